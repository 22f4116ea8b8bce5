//! `can`, `why`, and how names are written.

use super::{contoso, keys};

const MOBILE: &str = "kim@fabrikam.com see anna@contoso.com contact_card.mobile_phone";

#[test]
fn can_answers_in_a_word() {
    let ran = contoso(&format!("can {MOBILE}")).clean();
    assert_eq!(ran.out, "hidden\n");
    let ran = contoso("can sue@adatum.com see anna@contoso.com state.availability").clean();
    assert_eq!(ran.out, "altered: offline\n");
    let ran = contoso("can kim@fabrikam.com see anna@contoso.com note").clean();
    assert_eq!(ran.out, "partial\n  personal       hidden\n  out_of_office  visible\n");
}

#[test]
fn the_exit_status_tells_the_answer_only_when_asked_to() {
    let status = |line: &str| contoso(line).status;
    assert_eq!(status(&format!("can {MOBILE}")), 0);
    assert_eq!(status(&format!("can {MOBILE} --exit-code")), 1);
    assert_eq!(status("can kim@fabrikam.com see anna@contoso.com state.availability --exit-code"), 0);
    assert_eq!(status("can sue@adatum.com see anna@contoso.com state.availability --exit-code"), 1, "altered is no");
    assert_eq!(status("can kim@fabrikam.com see anna@contoso.com note --exit-code"), 1, "partial is no");
    assert_eq!(status("can ida@contoso.com see anna@contoso.com note --exit-code"), 0, "all of it is yes");
    assert_eq!(status("can nobody see anna@contoso.com note --exit-code"), 2);
}

#[test]
fn can_in_json_has_the_keys_of_the_contract() {
    let ran = contoso(&format!("can {MOBILE} --format json")).clean();
    assert_eq!(ran.out.lines().count(), 1, "one document in one line");
    let answer = ran.json();
    assert_eq!(keys(&answer), ["answer", "container", "elsewhere", "fields", "membership", "question", "schema"]);
    assert_eq!(answer["schema"], "prescope/answer/v1");
    assert_eq!(keys(&answer["question"]["see"]), ["category", "field", "owner", "viewer"]);
    assert_eq!(answer["container"], serde_json::json!({ "name": "external", "id": 100 }));
    assert_eq!(
        answer["membership"],
        serde_json::json!({ "type": "federated", "entry": "federated",
            "at": { "file": "directory/redmond.yaml", "line": 18, "column": 28 } })
    );
    assert_eq!(answer["fields"], serde_json::json!([{ "field": "mobile_phone", "answer": "hidden" }]));
}

#[test]
fn an_altered_answer_has_its_value_and_a_category_every_field() {
    let altered = contoso("can sue@adatum.com see anna@contoso.com state.availability --format json").clean().json();
    assert_eq!((&altered["answer"], &altered["value"]), (&"altered".into(), &"offline".into()));
    assert_eq!(altered["fields"][0]["value"], "offline");
    let category = contoso("can sue@adatum.com see anna@contoso.com state --format json").clean().json();
    assert_eq!(category["answer"], "partial");
    assert_eq!(keys(&category["question"]["see"]), ["category", "owner", "viewer"]);
    let fields: Vec<_> = category["fields"].as_array().expect("fields").iter().map(|it| &it["field"]).collect();
    assert_eq!(fields.len(), 8);
    assert_eq!((fields[0], fields[7]), (&"availability".into(), &"meeting_location".into()));
}

#[test]
fn nobody_who_answers_and_no_entry_are_null() {
    let hidden = contoso("can joe@live.com see anna@contoso.com state.device --format json").clean().json();
    assert!(hidden["container"].is_null() && hidden["membership"].is_null());
    let fallback = contoso("can joe@live.com see anna@contoso.com contact_card.email --format json").clean().json();
    assert_eq!(fallback["container"]["id"], 0);
    assert!(fallback["membership"].is_null());
    let own = contoso("can anna@contoso.com see anna@contoso.com state.device --format json").clean().json();
    assert_eq!(own["answer"], "visible");
    assert!(own["container"].is_null() && own["membership"].is_null());
}

#[test]
fn why_gives_the_same_answer_with_its_explanation() {
    let text = contoso(&format!("why {MOBILE}")).clean().out;
    assert!(text.starts_with("hidden: contact_card.mobile_phone of anna@contoso.com, from kim@fabrikam.com\n\n"));
    assert!(text.contains("federated is in external (100)"));
    let answer = contoso(&format!("why {MOBILE} --format json")).clean().json();
    assert_eq!(answer["answer"], "hidden");
    let sentences = answer["explanation"].as_array().expect("an explanation");
    assert_eq!(keys(&sentences[0]), ["at", "depth", "step", "text", "verdict"]);
    assert_eq!(sentences[1]["step"], "membership");
}

#[test]
fn a_name_may_be_local_or_a_sip_address_in_any_case() {
    for name in ["kim", "KIM", "Kim@Fabrikam.COM", "sip:kim@fabrikam.com", "SIP:Kim@fabrikam.com"] {
        let ran = contoso(&format!("can {name} see Anna contact_card.mobile_phone --format json")).clean();
        let see = &ran.json()["question"]["see"];
        assert_eq!((&see["viewer"], &see["owner"]), (&"kim@fabrikam.com".into(), &"anna@contoso.com".into()), "{name}");
    }
    let anonymous = contoso("can anonymous see press state.availability").clean();
    assert_eq!(anonymous.out, "visible\n");
}

#[test]
fn an_unknown_name_is_an_error_with_did_you_mean() {
    let told = |line: &str| contoso(line).failed();
    assert_eq!(
        told("can kim see ana@contoso.com note"),
        "error: `ana@contoso.com` is not among the users\n  help: did you mean `anna@contoso.com`?\n"
    );
    assert_eq!(told("can kin see anna note"), "error: nobody is known as `kin`\n  help: did you mean `kim`?\n");
    assert_eq!(told("why kim see anna notes"), "error: there is no category `notes`\n  help: did you mean `note`?\n");
    assert_eq!(
        told("can kim see anna note.personnal"),
        "error: `note` has no field `personnal`\n  help: did you mean `personal`?\n"
    );
    assert_eq!(
        told("can kim see anna note.x"),
        "error: `note` has no field `x`\n  help: its fields are personal, out_of_office\n"
    );
    assert_eq!(
        told("can kim see kim note"),
        "error: `kim@fabrikam.com` is not among the users\n  help: questions are asked about users of the directory\n"
    );
    assert!(told("can kim see anonymous note").contains("`anonymous` is not among the users"));
}

/// However many of its letters are of another script, and in whatever part of it.
#[test]
fn an_address_that_looks_like_a_known_one_is_a_warning_that_says_which_letters_differ() {
    let warning = |viewer: &str| contoso(&format!("can {viewer} see anna@contoso.com note")).err;
    let kim = "did you mean `kim@fabrikam.com`, with `i` instead of `\u{456}` (U+0456)?\n";
    assert!(warning("k\u{456}m@fabrikam.com").ends_with(kim));
    assert!(warning("k\u{456}m@fabr\u{456}kam.com").ends_with(kim));
    assert!(warning("kim@fabr\u{456}kam.com").ends_with(kim));
    let eve = "`eve@contoso.com`, with `e` instead of `\u{435}` (U+0435), `v` instead of `\u{3bd}` (U+03BD)?\n";
    assert!(warning("\u{435}\u{3bd}\u{435}@contoso.com").ends_with(eve));
    assert_eq!(warning("m\u{fc}ller@nowhere.example"), "");
    let owner = contoso("can bob@contoso.com see \u{430}nna@contoso.com note").failed();
    assert!(
        owner.ends_with("help: did you mean `anna@contoso.com`, with `a` instead of `\u{430}` (U+0430)?\n"),
        "{owner}"
    );
}

#[test]
fn an_address_of_the_organisation_that_nobody_has_is_a_warning() {
    let line = "can bop@contoso.com see anna@contoso.com state.availability";
    let warning = "`bop@contoso.com` is an address of the organisation, but nobody has it; \
                   did you mean `bob@contoso.com`?";
    let text = contoso(line);
    assert_eq!((text.status, text.out.as_str()), (0, "visible\n"));
    assert_eq!(text.err, format!("warning: {warning}\n"));
    let json = contoso(&format!("{line} --format json")).clean().json();
    assert_eq!(json["warnings"], serde_json::json!([warning]));
}

#[test]
fn a_question_can_be_asked_on_recorded_entries_and_as_if() {
    let line = "can carol see paul state.availability";
    assert_eq!(contoso(line).clean().out, "hidden\n");
    assert_eq!(contoso(&format!("{line} --recorded")).clean().out, "(on the recorded entries)\nvisible\n");
    let assumed = contoso(&format!("{line} --assume owner.EnablePrivacyMode=false")).clean();
    assert_eq!(assumed.out, "(assuming owner.EnablePrivacyMode=false)\nvisible\n");
    let both = contoso(&format!("{line} --recorded --assume owner.mode=standard --assume carol@contoso.com.client=x"));
    assert!(both.failed().contains("`x` is not a value of `client`"));
    assert!(contoso(&format!("{line} --assume nonsense")).failed().contains("`nonsense` is not an assumption"));
    assert!(contoso(&format!("{line} --assume owner.EnablePrivacyMod=true")).failed().contains("EnablePrivacyMode`?"));
    assert!(
        contoso(&format!("{line} --assume ownr.EnablePrivacyMode=true")).failed().contains("did you mean `owner`?")
    );
}
