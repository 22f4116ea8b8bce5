//! `use`: what is asked of features, and what does not fit them.

use super::{contoso, keys};
use prescope::resolve::lookup;

#[test]
fn a_feature_is_answered_with_what_decided() {
    let answer = contoso("can kim use recording --in budget_review --format json").clean().json();
    assert_eq!(keys(&answer), ["answer", "question", "rule", "schema"], "no other keys");
    assert_eq!((&answer["answer"], &answer["rule"]), (&"unavailable".into(), &serde_json::Value::Null));
    let answer = contoso("can bob use recording --in budget_review --format json").clean().json();
    assert_eq!(answer["rule"], "presenters of the enterprise");
    let answer = contoso(
        "can mia use attachment_download --in design_workshop --format json \
                          --assume organizer.EnableFileTransfer=false",
    );
    assert_eq!(answer.clean().json()["rule"], "requires meeting_attachments");
}

#[test]
fn the_exit_status_can_say_no() {
    let status = |line: &str| contoso(line).status;
    assert_eq!(status("can bob use recording --in budget_review --exit-code"), 0);
    assert_eq!(status("can kim use recording --in budget_review --exit-code"), 1);
    assert_eq!(status("can kim use recording --in budget_review"), 0);
}

#[test]
fn what_does_not_exist_is_told_with_what_does() {
    let told = |line: &str| contoso(line).failed();
    assert!(told("can bob use recordin --in budget_review").contains("did you mean `recording`?"));
    assert!(told("can bob use recording --in budget_reviews").contains("did you mean `budget_review`?"));
    assert!(told("can bob use recording --in budget_review --as presnter").contains("did you mean `presenter`?"));
    assert!(told("can bob use recording --in budget_review --as king").contains("organizer, presenter, attendee"));
    assert!(told("can nobodyy use archiving").contains("nobody is known as `nobodyy`"));
    assert!(told("who uses invite --of annna@contoso.com").contains("did you mean `anna@contoso.com`?"));
    assert!(told("disclosures --to vender").contains("did you mean `vendor`?"));
    assert!(told("audit --network inside").contains("the networks are same_enterprise"));
    assert!(told("audit --field contact_card.fone").contains("`contact_card` has no field `fone`"));
}

#[test]
fn roles_that_do_not_fit_a_feature_are_told_with_those_that_do() {
    let told = |line: &str| contoso(line).failed();
    let wrong = told("can bob use recording --with kim");
    assert!(wrong.contains("`recording` is for participant of meeting, so --with PEER does not fit"), "{wrong}");
    assert!(wrong.contains("use --in MEETING"), "{wrong}");
    let missing = told("can bob use recording");
    assert!(missing.contains("add --in MEETING; there are budget_review, design_workshop, board_call"), "{missing}");
    assert!(told("can bob use p2p_recording").contains("add --with PEER"));
    assert!(told("can bob use invite").contains("add --of OWNER"));
    assert!(told("can bob use archiving --of anna").contains("leave it out"));
    let stranger = told("can victor use recording --in budget_review");
    assert!(stranger.contains("`victor@contoso.com` is not among the participants of budget_review"), "{stranger}");
    assert!(stranger.contains("--as"), "{stranger}");
}

#[test]
fn a_batch_answers_features_too() {
    let lines = r#"{"id":1,"use":{"subject":"bob","feature":"recording","meeting":"budget_review"}}
{"id":2,"use":{"subject":"wendy","feature":"p2p_recording","peer":"kim"}}
{"id":3,"use":{"subject":"ida","feature":"interrupt","owner":"anna"}}
{"id":4,"use":{"subject":"bob","feature":"recording"}}
{"id":5,"see":{"viewer":"bob","owner":"anna","category":"note"},"use":{"subject":"bob","feature":"archiving"}}
{"id":6}
"#;
    let ran = super::batch::batch(lines.as_bytes(), &[]);
    assert_eq!(ran.0.status, 2);
    let answers = ran.1;
    assert_eq!(
        answers[0],
        serde_json::json!({ "id": 1, "answer": "available", "rule": "presenters of the enterprise" })
    );
    assert_eq!(keys(&answers[1]), ["answer", "id", "rule"]);
    assert_eq!(answers[2]["answer"], "available");
    for answer in answers.iter().skip(3) {
        assert_eq!(keys(answer), ["error", "id", "line"], "{answer}");
    }
}

#[test]
fn other_channels_are_named() {
    let answer = contoso("can bob see anna contact_card.home_phone --format json").clean().json();
    assert_eq!(answer["answer"], "hidden");
    assert_eq!(answer["elsewhere"][0]["feature"], "address_book_service");
    assert_eq!(answer["elsewhere"][0]["recipient"], "same_enterprise");
    let outside = contoso("can kim see anna contact_card.home_phone --format json").clean().json();
    // The address book is for the enterprise; Kim takes part in a meeting of Anna's.
    let [meeting] = outside["elsewhere"].as_array().expect("channels").as_slice() else { panic!("{outside}") };
    assert_eq!((&meeting["feature"], &meeting["certainty"]), (&"lync_web_app_server".into(), &"certain".into()));
    assert_eq!(meeting["meetings"], serde_json::json!(["budget_review"]));
}

#[test]
fn stored_data_is_the_hosters_too_where_there_is_one() {
    let hosted = "users: { a@contoso.com: }\norganization: { domains: [contoso.com], hosting: Hoster Ltd }\n";
    let own = "users: { a@contoso.com: }\norganization: { domains: [contoso.com] }\n";
    let policy = "use std/lync2013\npolicy CdrConfiguration global { EnableCDR = true }\n";
    let to_hoster = |directory: &str| {
        let project = crate::given::set(policy, directory);
        let rules = crate::given::rules(&project, prescope::resolve::Entries::InForce);
        let to = Some(lookup::recipient(rules.model(), "hoster").expect("declared"));
        prescope::resolve::disclosures(&rules, prescope::resolve::Asked { to, ..Default::default() }).len()
    };
    assert!(to_hoster(hosted) > 10);
    assert_eq!(to_hoster(own), 0);
}

/// The word is needed only where nothing else says so.
#[test]
fn recipients_are_external_if_people_outside_can_be_among_them() {
    let recipients = [
        ("said", "external", true),
        ("unsaid", "", false),
        ("here", "is network same_enterprise", false),
        ("partners", "is network same_enterprise or federated", true),
        ("clouds", "is network public_cloud", true),
        ("others", "is network other", true),
        ("chairs", "is role presenter", true),
        ("public", "is everyone", true),
        ("board", "is group board", false),
        ("council", "is group council", true),
        ("all_councils", "is group all_councils", true),
    ];
    let declared = recipients.map(|(name, is, _)| format!("recipient {name} {is}\n")).concat();
    let names = recipients.map(|(name, ..)| name).join(", ");
    let policy = format!(
        "use std/lync2013\n{declared}data papers\nfeature vote for user {{\n    discloses papers to {names}\n    \
         otherwise available\n}}\n"
    );
    let directory = "organization: { domains: [contoso.com] }\nusers: { a@contoso.com: {}, b@contoso.com: {} }\n\
                     groups: { board: [a@contoso.com], council: [b@contoso.com, k@fabrikam.com], \
                     all_councils: [\"group:board\", \"group:council\"] }\n";
    let project = crate::given::set(&policy, directory);
    let rules = crate::given::rules(&project, prescope::resolve::Entries::InForce);
    let feature = Some(lookup::feature(rules.model(), "vote").expect("declared"));
    let asked = prescope::resolve::Asked { feature, external: true, ..Default::default() };
    let to = prescope::resolve::disclosures(&rules, asked).into_iter().map(|line| match line.to {
        prescope::resolve::Goes::Recipient(to) => rules.model().recipients[to].declared.name.clone(),
        other => panic!("{other:?} is no recipient"),
    });
    let mut external: Vec<&str> =
        recipients.iter().filter(|(.., external)| *external).map(|(name, ..)| *name).collect();
    let mut found: Vec<String> = to.collect();
    external.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, external);
}
