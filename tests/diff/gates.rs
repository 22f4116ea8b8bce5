//! What is told of a comparison, and the gates that deny it.

use super::repository::Repository;
use super::{OPENED, PROJECT, opened};
use crate::given;
use crate::tries::{by_turns, is_whole};

const POLICY: &str = "use std/lync2013
recipient auditors \"Auditors\" external
data notes_taken \"Notes\"
feature note_taking for user { otherwise unavailable }
feature note_reading for viewer of owner { otherwise unavailable }
invariant \"numbers\" {
    never viewer sees contact_card.home_phone when viewer.network == federated
    never viewer sees contact_card.mobile_phone when viewer.network == public_cloud
}
";

const PEOPLE: &str = "organization: { domains: [contoso.com] }
federation: { partners: [fabrikam.com], public_cloud: [live.com] }
sites: { London: { pools: [pool1.contoso.com] }, Oslo: { pools: [pool2.contoso.com] } }
users:
  anna@contoso.com: { pool: pool1.contoso.com, contacts: [kim@fabrikam.com] }
  bob@contoso.com: { pool: pool2.contoso.com, contacts: [anna@contoso.com] }
";

/// Much at once: partners see more, London keeps a number, somebody arrives, a clause goes, features open.
pub(super) fn changed() -> Repository {
    let repository = Repository::new();
    repository.commit("one", &[PROJECT[0], ("policies/ours.prescope", POLICY), ("people/all.yaml", PEOPLE)]);
    let policy = POLICY
        .replace(
            "for user { otherwise unavailable }",
            "for user { otherwise available, discloses notes_taken to auditors }",
        )
        .replace("for viewer of owner { otherwise unavailable }", "for viewer of owner { otherwise available }")
        .replace("    never viewer sees contact_card.mobile_phone when viewer.network == public_cloud\n", "")
        + "extend container external { publishes contact_card.mobile_phone, note }
guard contact_card.mobile_phone {
    deny \"London keeps its numbers\" when owner.site == London and viewer is not contact of owner
}
policy PrivacyConfiguration site Oslo { EnablePrivacyMode = true }
";
    let people = format!("{PEOPLE}  carol@contoso.com: {{ pool: pool1.contoso.com }}\n");
    repository.commit("two", &[("policies/ours.prescope", &policy), ("people/all.yaml", &people)]);
    repository
}

/// What stands below a heading.
fn section(text: &str, heading: &str) -> String {
    let found = text.split("\n\n").find(|part| part.trim_start().starts_with(heading));
    found.unwrap_or_else(|| panic!("no {heading} in\n{text}")).to_owned()
}

#[test]
fn a_comparison_is_told_in_sections() {
    let told = changed().told("diff HEAD~1 HEAD --deny-new-visibility --max-gain 10");
    let (groups, features) = told.split_once("\nfeatures\n").expect("features");
    insta::assert_snapshot!("sections-up-to-groups", groups);
    insta::assert_snapshot!("sections-from-features", features);
}

#[test]
fn lines_are_no_wider_than_a_screen() {
    let told = changed().prescope("diff HEAD~1 HEAD --deny-new-visibility --deny-new-use").out;
    let tables = |line: &&str| line.split("  ").filter(|cell| !cell.trim().is_empty()).count() > 2;
    let wide: Vec<&str> = told.lines().filter(|line| line.chars().count() > 80 && !tables(line)).collect();
    assert!(wide.is_empty(), "{wide:#?}");
}

/// Each gate with what is found: what arrived counts only if that is asked for.
#[test]
fn gates_find_what_is_new() {
    let repository = changed();
    let all = "--deny-new-visibility --deny-new-visibility=note --deny-new-visibility=contact_card.mobile_phone \
               --deny-new-visibility=state --deny-open-gain --max-gain 1000 --deny-new-use \
               --deny-new-use=note_taking --deny-new-use=recording --deny-new-disclosure \
               --deny-removed-invariants";
    for arrivals in ["", " --count-arrivals"] {
        let ran = repository.prescope(&format!("diff HEAD~1 HEAD {all}{arrivals}"));
        assert_eq!(ran.status, 1);
        insta::assert_snapshot!(format!("gates{}", arrivals.replace(" --", "-")), section(&ran.out, "gates"));
        let json = repository.prescope(&format!("diff HEAD~1 HEAD {all}{arrivals} --format json")).json();
        for gate in json["gates"].as_array().expect("a list") {
            let within = |of: &str| gate[of].as_u64().is_none_or(|found| found <= gate["limit"].as_u64().unwrap());
            assert_eq!(gate["passed"], within("found") && within("found_open"), "{gate}");
        }
    }
}

#[test]
fn each_gate_alone_decides_the_status() {
    let repository = changed();
    let gates = [
        ("--deny-new-visibility", 1, 1),
        ("--deny-new-visibility=note", 1, 1),
        ("--deny-new-visibility=contact_card.title", 0, 1),
        ("--deny-open-gain", 1, 1),
        ("--max-gain 0", 1, 1),
        ("--max-gain 100000", 0, 0),
        ("--deny-new-use=note_taking", 1, 0),
        ("--deny-new-use=note_reading", 1, 0),
        ("--deny-new-disclosure", 1, 0),
        ("--deny-removed-invariants", 1, 0),
    ];
    for (number, (gate, forward, back)) in gates.into_iter().enumerate().filter(|(at, _)| is_whole() || at % 3 == 0) {
        for (sides, status) in by_turns(number, [("HEAD~1 HEAD", forward), ("HEAD HEAD~1", back), ("HEAD HEAD", 0)]) {
            assert_eq!(repository.prescope(&format!("diff {sides} {gate}")).status, status, "{gate} {sides}");
        }
    }
}

/// Equal files can both be wrong, and then nobody knows what they would decide.
#[test]
fn no_gate_passes_on_a_set_with_errors() {
    let repository = opened();
    repository.commit("wrong", &[("policies/own.prescope", "extend container nowhere { masks note }\n")]);
    for gate in ["--deny-new-visibility", "--deny-open-gain", "--max-gain 0", "--deny-removed-invariants"] {
        let ran = repository.prescope(&format!("diff HEAD HEAD {gate}"));
        assert!(ran.status == 2 && ran.err.contains("nowhere"), "{gate}: {ran:?}");
    }
    assert_eq!(repository.prescope("diff HEAD HEAD").status, 0);
}

/// What was not looked at has not passed.
#[test]
fn a_gate_without_people_is_judged_by_worlds_or_undecided() {
    let repository = opened();
    repository.commit("no people", &[("prescope.yaml", "policies: [\"policies/**/*.prescope\"]\n")]);
    repository.commit("other", &[PROJECT[1]]);
    let told =
        repository.told("diff HEAD~1 HEAD --deny-new-visibility --deny-removed-invariants --deny-new-disclosure");
    insta::assert_snapshot!(told);
    let json = repository.prescope("diff HEAD~1 HEAD --deny-open-gain --format json");
    assert_eq!(json.status, 1);
    let gate = &json.json()["gates"][0];
    assert!(gate["found"].is_null() && gate["passed"] == false, "{gate}");
}

#[test]
fn names_that_neither_side_has_are_an_error() {
    let repository = opened();
    repository.commit("more", &[OPENED, ("policies/own.prescope", "category mood { now }\n")]);
    let lines = [
        "diff HEAD~1 HEAD --deny-new-visibility=nots",
        "diff HEAD HEAD --deny-new-visibility=note.personnel",
        "diff HEAD~1 HEAD --deny-new-use=record_meting",
        "diff HEAD~1 HEAD --max-gain -1",
    ];
    given::snapshots!("unknown", lines.map(|line| (line, repository.told(line))));
    for sides in ["HEAD~1 HEAD", "HEAD HEAD~1", "HEAD HEAD"] {
        assert_eq!(repository.prescope(&format!("diff {sides} --deny-new-visibility=mood")).status, 0, "{sides}");
    }
}

/// Somebody who arrives brings nothing that anybody gains.
#[test]
fn who_arrives_or_leaves_is_no_gain() {
    let repository = Repository::new();
    repository.commit("one", &PROJECT);
    repository
        .commit("two", &[("people/more.yaml", "users: { carol@contoso.com: { contacts: [kim@fabrikam.com] } }\n")]);
    let all = "--deny-new-visibility --deny-open-gain --max-gain 0 --deny-new-use --deny-new-disclosure";
    assert_eq!(repository.prescope(&format!("diff HEAD~1 HEAD {all}")).status, 0);
    for gate in ["--deny-new-visibility", "--deny-open-gain", "--max-gain 0", "--deny-new-use"] {
        let counting = format!("diff HEAD~1 HEAD {gate} --count-arrivals");
        assert_eq!(repository.prescope(&counting).status, 1, "{gate}");
    }
}
