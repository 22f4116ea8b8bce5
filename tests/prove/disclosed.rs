//! Recipients are told apart by name. Where one comprises another, that is told beside the result.

use prescope::language::Diagnostic;
use prescope::project::Project;
use prescope::prove::{Limits, Proofs};
use prescope::report::{json, prove as report};

use super::RAISE;

const POLICY: &str = "\
data board_papers
data minutes
data agenda
recipient everybody is everyone
recipient anybody is network same_enterprise or federated or public_cloud or other
recipient outsiders is network federated or public_cloud
recipient partners is network federated
recipient printer
recipient board is group board
recipient staff is group staff
attributes user { prints: bool = false }
feature publishing for user { otherwise available, discloses board_papers to outsiders }
feature printing for user { allow \"on\" when user.prints, otherwise unavailable, discloses minutes to everybody }
feature inviting for user { otherwise available, discloses agenda to staff }
";

const DIRECTORY: &str = "organization: { domains: [contoso.com] }\n\
    users: { anna@contoso.com: { attributes: { prints: true } }, bob@contoso.com: {} }\n\
    groups: { staff: [\"group:team\"], team: [\"group:board\"], board: [anna@contoso.com] }\n";

fn claiming(clauses: &str) -> Project {
    let policy = format!("{POLICY}invariant \"i\" {{\n{clauses}\n}}\n");
    let project = Project::builder().policy("p.prescope", policy).directory("people.yaml", DIRECTORY).build();
    assert!(!project.has_errors(), "{:#?}", project.diagnostics());
    project
}

/// The findings about wider recipients, of all worlds.
pub(super) fn wider() -> Vec<Diagnostic> {
    let project = claiming("never board_papers disclosed to partners");
    report::findings(&Proofs::new(project.set(), Limits::default(), |_| true).expect("no errors"))
}

/// The verdict and the wider recipients of the only clause, in all worlds and in the directory.
fn told(clause: &str) -> [(String, Vec<String>); 2] {
    let project = claiming(clause);
    let worlds = Proofs::new(project.set(), Limits::default(), |_| true).expect("no errors");
    let here = Proofs::in_directory(project.set(), |_| true).expect("a directory");
    [worlds, here].map(|proofs| {
        let [told] = proofs.told.as_slice() else { panic!("one clause") };
        let wider = told.proof.wider.iter().map(|id| proofs.model.recipients[*id].declared.name.clone());
        (report::word(&told.proof.verdict).to_owned(), wider.collect())
    })
}

fn both(clause: &str, verdict: &str, wider: &[&str]) {
    let expected = (verdict.to_owned(), wider.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
    assert_eq!(told(clause), [expected.clone(), expected], "{clause}");
}

#[test]
fn whoever_comprises_a_recipient_is_told_beside_the_result() {
    // Networks, whoever they are; everybody; and groups that contain each other, through others.
    both("never board_papers disclosed to partners", "proved", &["outsiders"]);
    both("never minutes disclosed to partners", "proved", &["everybody"]);
    both("never minutes disclosed to printer", "proved", &["everybody"]);
    both("never agenda disclosed to board", "proved", &["staff"]);
    // What goes to a narrower one does not go to all, and who is not surely in it is none of it.
    both("never board_papers disclosed to everybody", "proved", &[]);
    both("never board_papers disclosed to board", "proved", &[]);
    both("never agenda disclosed to printer", "proved", &[]);
    // Of something that is broken anyway there is no need to say more.
    both("never minutes disclosed to everybody", "refuted", &[]);
    // What need not go to one may always go to the other.
    both("always board_papers disclosed to partners", "refuted", &["outsiders"]);
    both("always minutes disclosed to partners", "refuted", &[]);
    both("always minutes disclosed to partners when user.prints", "refuted", &["everybody"]);
}

/// Only where the clause applies.
#[test]
fn what_goes_to_a_wider_recipient_elsewhere_is_not_told() {
    both("never minutes disclosed to partners unless user.prints", "proved", &[]);
    both("never minutes disclosed to partners when user.prints", "proved", &["everybody"]);
}

#[test]
fn every_format_tells_it_as_a_note() {
    let project = claiming("never board_papers disclosed to partners");
    let proofs = Proofs::new(project.set(), Limits::default(), |_| true).expect("no errors");
    assert!(proofs.is_clean());
    let note = "it may go to `outsiders`, to whom `partners` belongs; recipients are told apart by name";
    let text = report::text(&proofs, RAISE);
    let expected = format!("  never board_papers disclosed to partners\n    note: {note}\n");
    assert!(text.starts_with("proved: i  p.prescope:") && text.contains(&expected), "{}", text.as_str());
    assert!(text.ends_with(": 1 proved\n"), "{}", text.as_str());
    let document: serde_json::Value = serde_json::from_str(&json::proofs(&proofs, None)).expect("a document");
    assert_eq!(document["invariants"][0]["clauses"][0]["notes"], serde_json::json!([note]));
    let junit = report::junit([&proofs]);
    assert!(junit.contains(&format!("<system-out>note: {note}")) && !junit.contains("<failure"), "{junit}");
    let [finding] = <[Diagnostic; 1]>::try_from(wider()).expect("one");
    assert_eq!(finding.code.name(), "proof::wider-recipient");
    assert!(finding.message.ends_with(note), "{finding:#?}");
}
