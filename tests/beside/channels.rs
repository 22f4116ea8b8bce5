//! What features disclose, and what gets to somebody elsewhere: in every role and meeting, with the meeting's name, and
//! the same in every command.

use serde_json::Value;

use crate::cli::{Ran, run_in};

const POLICY: &str = "
category state { availability: available | busy }
category card { phone, photo }
container unlisted(0) { }
attributes user { sees_old: bool = false }
attributes participant { role: organizer | presenter | attendee = attendee }
attributes meeting { open: bool = false }
data minutes
recipient vendor external
recipient partners is network federated
recipient colleagues is network same_enterprise
recipient participants is role organizer or presenter or attendee
recipient presenters is role presenter or organizer
feature taker for participant of meeting {
    allow \"presenters\" when participant.role == presenter
    discloses minutes to vendor
    otherwise unavailable
}
feature browser for participant of meeting {
    discloses card.phone of participant to participants
    discloses state of organizer to presenters
    otherwise available
}
feature call for party with peer {
    deny \"inside\" when party.inside and peer.inside
    discloses minutes to partners when peer.network == federated
    otherwise available
}
feature glance for viewer of owner {
    allow \"old\" when viewer.sees_old and viewer.inside
    discloses card.photo of owner to colleagues
}
";

fn directory(meetings: &str) -> String {
    format!(
        "organization: {{ domains: [contoso.com] }}\nfederation: {{ partners: [fabrikam.com] }}\n\
         users:\n  anna@contoso.com: {{ contacts: [kim@fabrikam.com] }}\n  bob@contoso.com: {{}}\n  \
         zoe@contoso.com: {{ attributes: {{ sees_old: true }} }}\n{meetings}"
    )
}

const MEETING: &str = "meetings:
  kick_off:
    organizer: anna@contoso.com
    participants: { bob@contoso.com: presenter, zoe@contoso.com: attendee }
";

fn ran(meetings: &str, line: &str, input: &str) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [people.yaml]\n");
    write("a.prescope", POLICY);
    write("people.yaml", &directory(meetings));
    run_in(folder.path(), &line.split(' ').collect::<Vec<_>>(), input.as_bytes())
}

fn asked(meetings: &str, line: &str) -> String {
    ran(meetings, line, "").clean().out
}

fn json(meetings: &str, line: &str) -> Value {
    serde_json::from_str(&asked(meetings, &format!("{line} --format json"))).expect("JSON")
}

/// The line of a table that begins with a word, its cells joined by single spaces.
fn row(told: &str, first: &str) -> Option<String> {
    let line = told.lines().find(|line| line.split_whitespace().next() == Some(first))?;
    Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn whoever_can_use_a_feature_in_a_meeting_discloses_there() {
    let told = asked(MEETING, "disclosures --user bob --feature taker");
    let line = "taker minutes vendor (external) certain as presenter in kick_off a.prescope:16";
    assert_eq!(row(&told, "taker").as_deref(), Some(line), "{told}");
    // Not as they are listed, but in another role; and anybody in meetings to come.
    for (who, meetings) in [("zoe", MEETING), ("anna", MEETING), ("kim@fabrikam.com", MEETING)] {
        let told = asked(meetings, &format!("disclosures --user {who} --feature taker"));
        let line = "taker minutes vendor (external) possible as presenter in kick_off a.prescope:16";
        assert_eq!(row(&told, "taker").as_deref(), Some(line), "{told}");
    }
    let told = asked("", "disclosures --user bob --feature taker");
    let line = "taker minutes vendor (external) possible as presenter a.prescope:16";
    assert_eq!(row(&told, "taker").as_deref(), Some(line), "{told}");
    // When anybody does: somebody takes part in it.
    let told = asked(MEETING, "disclosures --feature taker");
    let line = "taker minutes vendor (external) certain as presenter in kick_off a.prescope:16";
    assert_eq!(row(&told, "taker").as_deref(), Some(line), "{told}");
}

#[test]
fn json_has_every_meeting_with_its_roles() {
    let document = json(MEETING, "disclosures --user zoe --feature taker");
    let occasions = &document["disclosures"][0]["in"];
    assert_eq!(
        *occasions,
        serde_json::json!([
            { "meeting": "kick_off", "roles": ["presenter"], "certainty": "possible" },
            { "meeting": null, "roles": ["presenter"], "certainty": "possible" },
        ])
    );
    assert_eq!(document["disclosures"][0]["external"], true);
    let call = json(MEETING, "disclosures --user bob --feature call");
    assert_eq!(call["disclosures"][0]["in"], Value::Null, "not about meetings");
    assert_eq!(call["disclosures"][0]["certainty"], "possible");
    assert_eq!(call["disclosures"][0]["external"], true, "partners are outside, said or not");
}

#[test]
fn an_assumed_role_is_the_only_one() {
    let told = asked(MEETING, "disclosures --user zoe --feature taker --assume participant.role=presenter");
    assert!(row(&told, "taker").is_some_and(|line| line.contains("certain as presenter in kick_off")), "{told}");
    let told = asked(MEETING, "disclosures --user bob --feature taker --assume participant.role=attendee");
    assert!(told.ends_with("nothing is disclosed\n"), "{told}");
}

#[test]
fn what_nobody_can_reveal_is_not_disclosed() {
    // Outsiders' values are unknown to every decision, not open.
    assert_eq!(asked(MEETING, "disclosures --user kim@fabrikam.com --feature glance"), "nothing is disclosed\n");
    let told = asked(MEETING, "disclosures --user zoe --feature glance");
    let line = "glance card.photo of owner colleagues certain a.prescope:31";
    assert_eq!(row(&told, "glance").as_deref(), Some(line), "{told}");
    assert_eq!(asked(MEETING, "disclosures --user bob --feature glance"), "nothing is disclosed\n");
}

#[test]
fn recipients_inside_and_outside_are_listed_and_those_outside_marked() {
    let all = asked(MEETING, "disclosures --user zoe");
    for to in ["vendor (external)", "participants (external)", "presenters (external)", "partners (external)"] {
        assert!(all.contains(to), "{to} in {all}");
    }
    assert!(all.contains("colleagues  "), "{all}");
    let outside = asked(MEETING, "disclosures --user zoe --external");
    assert!(!outside.contains("colleagues") && outside.contains("partners (external)"), "{outside}");
}

const ELSEWHERE: &str = "\nelsewhere, whatever presence shows\n";

fn elsewhere(meetings: &str, line: &str) -> String {
    let told = asked(meetings, line);
    let found = told.split_once(ELSEWHERE).map(|(_, found)| found.to_owned());
    found.unwrap_or_default().lines().map(|line| line.trim().replace("  ", " ") + "\n").collect()
}

#[test]
fn who_is_in_a_meeting_with_somebody_gets_what_it_discloses() {
    let certain = "browser discloses card.phone to participants in kick_off a.prescope:20\n";
    let possible = "browser may disclose card.phone to participants a.prescope:20\n";
    for (line, expected) in [
        ("why zoe see anna card.phone", certain),
        ("why zoe see bob card.phone", certain),
        ("why kim see anna card.phone", possible),
        ("who sees anna card.phone", certain),
    ] {
        assert_eq!(elsewhere(MEETING, line), expected, "{line}");
        assert_eq!(elsewhere("", line), possible, "{line}, without any meeting");
    }
}

#[test]
fn a_recipient_by_role_is_who_has_the_role_there() {
    // Of the organizer, to presenters: Bob is one, Zoe is not, and could be one of another meeting.
    let state = "browser discloses state to presenters in kick_off a.prescope:21\n";
    let perhaps = "browser may disclose state to presenters a.prescope:21\n";
    assert_eq!(elsewhere(MEETING, "why bob see anna state.availability"), state);
    assert_eq!(elsewhere(MEETING, "why zoe see anna state.availability"), perhaps);
    assert_eq!(elsewhere(MEETING, "why anna see bob state.availability"), perhaps, "Bob has convened nothing");
    assert_eq!(elsewhere(MEETING, "why anna see anna state.availability"), "", "nobody gets their own elsewhere");
}

#[test]
fn what_depends_on_the_viewer_is_asked_of_each() {
    let photo = "glance discloses card.photo to colleagues a.prescope:31\n";
    assert_eq!(elsewhere(MEETING, "why zoe see anna card.photo"), photo);
    assert_eq!(elsewhere(MEETING, "why bob see anna card.photo"), "");
    assert_eq!(elsewhere(MEETING, "who sees anna card.photo"), photo, "Zoe gets it");
    assert_eq!(elsewhere(MEETING, "who sees zoe card.photo"), "", "only Zoe would");
}

#[test]
fn every_command_names_the_same_channels() {
    let of = |document: &Value| document["elsewhere"].clone();
    let why = of(&json(MEETING, "why zoe see anna card"));
    assert_eq!(why.as_array().map(Vec::len), Some(2), "{why}");
    assert_eq!(
        (&why[0]["feature"], &why[0]["meetings"]),
        (&"glance".into(), &Value::Null),
        "what needs no meeting first"
    );
    assert_eq!(why[1]["meetings"], serde_json::json!(["kick_off"]));
    assert_eq!(of(&json(MEETING, "can zoe see anna card")), why);
    let line = r#"{"id":1,"see":{"viewer":"zoe","owner":"anna","category":"card"}}"#;
    let batch: Value = serde_json::from_str(&ran(MEETING, "batch", line).clean().out).expect("JSON");
    assert_eq!(of(&batch), why);
    assert_eq!(of(&json(MEETING, "who sees anna card")), why, "there are no others");
    // The matrix has every category.
    let whole = |document: &Value| -> Vec<Value> {
        let all = document.as_array().expect("channels").iter();
        all.filter(|it| it["item"].as_str().is_some_and(|item| item.starts_with("card"))).cloned().collect()
    };
    let what = json(MEETING, "what zoe sees of anna");
    assert_eq!(Value::from(whole(&what["owners"][0]["elsewhere"])), why);
    assert_eq!(Value::from(whole(&json(MEETING, "what --of anna")["elsewhere"])), why);
    let text = elsewhere(MEETING, "what zoe sees of anna");
    assert!(text.contains("browser discloses card.phone to participants in kick_off"), "{text}");
}

#[test]
fn an_audit_names_what_it_cannot_count() {
    let told = elsewhere(MEETING, "audit --field card.phone");
    assert_eq!(told, "browser discloses card.phone to participants in kick_off a.prescope:20\n");
    // Nobody outside takes part in a meeting yet.
    let told = elsewhere(MEETING, "audit --field card.phone --network federated");
    assert_eq!(told, "browser may disclose card.phone to participants a.prescope:20\n");
    assert_eq!(elsewhere(MEETING, "audit --field card.photo --network federated"), "", "colleagues are inside");
    let document = json(MEETING, "audit --field card.phone");
    assert_eq!(document["elsewhere"][0]["certainty"], "certain");
}
