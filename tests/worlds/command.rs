//! `diff` in every world as a command: sections, formats, gates and exit status.

use std::fs;
use std::path::Path;

use crate::cli::{Ran, run_in};
use crate::given;

const BASE: &str = "use std/lync2013\n";

/// One line of the catalogue's user, and what somebody might change there.
const CHANGES: [(&str, &str); 4] = [
    ("field", "extend container external { publishes contact_card.mobile_phone }\n"),
    ("shows", "extend container workgroup { shows state.availability as offline when owner.EnablePrivacyMode }\n"),
    ("guard", "guard note.personal {\n    deny \"off the record\" when viewer.network == federated\n}\n"),
    ("rule", "extend feature recording {\n    deny \"not here\" when participant.network == public_cloud\n}\n"),
];

/// A folder with the two sides `base` and `head`.
fn sides(base: &str, head: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (side, policy) in [("base", base), ("head", head)] {
        let project = folder.path().join(side);
        fs::create_dir(&project).expect("a folder");
        fs::write(project.join("prescope.yaml"), "policies: [\"*.prescope\"]\n").expect("a file");
        fs::write(project.join("ours.prescope"), policy).expect("a file");
    }
    folder
}

/// Gives both sides a directory.
fn with_people(folder: &Path) {
    for side in ["base", "head"] {
        let project = folder.join(side);
        let named = "policies: [\"*.prescope\"]\ndirectory: [\"people.yaml\"]\n";
        fs::write(project.join("prescope.yaml"), named).expect("a file");
        let people = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {}, bob@contoso.com: {} }\n";
        fs::write(project.join("people.yaml"), people).expect("a file");
    }
}

fn run(folder: &Path, line: &str) -> Ran {
    run_in(folder, &format!("diff {line}").split_whitespace().collect::<Vec<_>>(), b"")
}

#[test]
fn a_change_of_what_uses_the_catalogue_is_told() {
    for (name, change) in CHANGES {
        let folder = sides(BASE, &format!("{BASE}{change}"));
        let ran = run(folder.path(), "base head --only effect");
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{ran:?}");
        insta::assert_snapshot!(format!("change-{name}"), ran.out);
    }
}

#[test]
fn the_same_in_other_words_differs_nowhere() {
    let base = format!("{BASE}{}", CHANGES[2].1);
    let head = base.replace("viewer.network == federated", "not (viewer.network != federated)");
    let folder = sides(&base, &head);
    let ran = run(folder.path(), "base head --deny-new-visibility --deny-new-use --deny-new-disclosure");
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("in every world, whatever a directory records: nothing differs\n"), "{ran:?}");
}

#[test]
fn gates_judge_every_world_where_there_are_no_people() {
    let folder = sides(BASE, &format!("{BASE}{}", CHANGES[0].1));
    let rows = [
        ("base head --deny-new-visibility", 1),
        ("base head --deny-new-visibility=contact_card.mobile_phone", 1),
        ("base head --deny-new-visibility=note", 0),
        ("base head --deny-new-use --deny-new-disclosure", 0),
        ("base head --max-gain 10", 1),
        ("base head --deny-open-gain", 1),
        ("base head", 0),
        ("base head --exit-code", 1),
        ("head base --deny-new-visibility", 0),
        ("head head --deny-new-visibility --all-worlds", 0),
        ("base head --deny-new-visibility=note --limit 5", 1),
        ("base head --limit 5", 0),
        ("base head --all-worlds --recorded", 2),
        ("base head --recorded --deny-new-visibility", 1),
    ];
    for (line, status) in rows {
        let ran = run(folder.path(), line);
        assert_eq!(ran.status, status, "{line}: {ran:?}");
    }
    let gates = "--deny-new-visibility --deny-new-visibility=note --max-gain 10 --deny-new-use";
    let told = |line: &str| {
        let ran = run(folder.path(), line);
        ran.out.split_once("\ngates\n").expect("gates").1.to_owned()
    };
    let lines = [format!("base head {gates}"), format!("base head {gates} --limit 5")];
    given::snapshots!("gates", lines.iter().map(|line| (line.as_str(), told(line))));
}

#[test]
fn both_people_and_worlds_have_to_pass() {
    // Nobody is recorded in `external`, and somebody could be.
    let folder = sides(BASE, &format!("{BASE}{}", CHANGES[0].1));
    with_people(folder.path());
    let gate = "base head --deny-new-visibility";
    assert_eq!(run(folder.path(), gate).status, 0);
    let both = run(folder.path(), &format!("{gate} --all-worlds"));
    assert_eq!(both.status, 1, "{both:?}");
    let words = both.out.split_whitespace().collect::<Vec<&str>>().join(" ");
    assert!(
        words.contains("denied deny-new-visibility: 0 of known people, 0 of open classes, 1 in any world;"),
        "{words}"
    );
    assert!(both.out.contains("no answer about the people and meetings of both sides changes\n"), "{both:?}");
    let without = run(folder.path(), "base head");
    assert!(!without.out.contains("every world"), "{without:?}");
}

#[test]
fn what_is_undecided_is_told() {
    let folder = sides(BASE, &format!("{BASE}{}", CHANGES[0].1));
    let ran = run(folder.path(), "base head --only effect --field note --limit 5");
    insta::assert_snapshot!("undecided", ran.out);
}

#[test]
fn what_is_asked_for_narrows_it() {
    let all: String = CHANGES.iter().map(|(_, change)| *change).collect();
    let folder = sides(BASE, &format!("{BASE}{all}"));
    let rows = |line: &str| {
        let ran = run(folder.path(), &format!("base head --format json {line}"));
        let names = |row: &serde_json::Value| {
            let changes = row["changes"].as_array().expect("a list").clone();
            changes.into_iter().map(|it| it["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
        };
        let rows = ran.json()["all_worlds"]["rows"].as_array().map(|rows| rows.iter().flat_map(names).collect());
        rows.map(|mut names: Vec<String>| {
            names.sort();
            names.dedup();
            names.join(" ")
        })
    };
    assert_eq!(rows("--field note").as_deref(), Some("note.personal"));
    let recording = rows("--feature recording").expect("rows");
    assert!(recording.ends_with(" through recording recording"), "what leaves through it too: {recording}");
    assert!(!recording.contains("note"), "{recording}");
    assert_eq!(rows("--only structure"), None);
    let every = rows("").expect("rows");
    for name in ["contact_card.mobile_phone", "note.personal", "recording", "state.availability"] {
        assert!(every.contains(name), "{every}");
    }
}

#[test]
fn every_format_tells_it() {
    let folder = sides(BASE, &format!("{BASE}{}", CHANGES[0].1));
    let markdown = run(folder.path(), "base head --format markdown --deny-new-visibility");
    insta::assert_snapshot!("markdown", markdown.out.replace(&folder.path().display().to_string(), "FOLDER"));
    let sarif = run(folder.path(), "base head --format sarif").json();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "diff::gain-in-worlds", "{sarif:#}");
    let json = run(folder.path(), "base head --format json --deny-new-visibility").json();
    insta::assert_snapshot!("json", format!("{:#}\n{:#}", json["all_worlds"], json["gates"]));
}
