//! Where the project is, and sets with errors.

use std::path::Path;

use super::{Ran, contoso, run_in};
use crate::given;

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

#[test]
fn the_project_is_found_upward_from_a_folder_inside() {
    let question = ["can", "kim", "see", "anna", "state.availability"];
    let inside = given::repository().join("examples/contoso/policies");
    assert_eq!(run_in(&inside, &question, b"").clean().out, "visible\n");
    let outside = tempfile::tempdir().expect("a folder");
    assert_eq!(
        run_in(outside.path(), &question, b"").failed(),
        "error: there is no `prescope.yaml` here or in a folder above\n  \
         help: name a project with --project, or give files with --policy and --directory\n"
    );
}

#[test]
fn a_project_or_its_files_can_be_named() {
    let outside = tempfile::tempdir().expect("a folder");
    let contoso = given::repository().join("examples/contoso");
    let minimal = given::repository().join("examples/minimal");
    let named = |more: &[&str]| {
        let question = ["can", "bob", "see", "anna", "state.availability"];
        run_in(outside.path(), &[more, &question].concat(), b"")
    };
    assert_eq!(named(&["--project", &contoso.to_string_lossy()]).clean().out, "visible\n");
    let policy = minimal.join("policies/presence.prescope");
    let directory = minimal.join("directory/contoso.yaml");
    let (policy, directory) = (policy.to_string_lossy(), directory.to_string_lossy());
    assert_eq!(named(&["--policy", &policy, "--directory", &directory]).clean().out, "visible\n");
    assert!(named(&["--policy", &policy]).failed().contains("nobody is known as `bob`"));
    assert!(named(&["--directory", &directory]).failed().contains("--policy"));
    assert!(named(&["--policy", &policy, "--project", "."]).failed().contains("cannot be used with"));
}

#[test]
fn a_named_project_that_is_none_cannot_be_read() {
    let outside = tempfile::tempdir().expect("a folder");
    for command in [&["check"][..], &["show"], &["can", "a", "see", "b", "c"]] {
        let ran = run_in(outside.path(), &[command, &["--project", "nowhere"]].concat(), b"");
        let told = format!("{}{}", ran.out, ran.err);
        assert!(told.contains("there is no `prescope.yaml` in nowhere"), "{ran:?}");
        assert_eq!(ran.status, 2, "{ran:?}");
    }
}

/// A project with two errors in two files and one warning.
fn broken() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [\"*.yaml\", \"none/*.yaml\"]\n");
    write(
        folder.path(),
        "prescope.yaml",
        "policies: [\"*.prescope\"]\ndirectory: [\"people.yaml\", \"none/*.yaml\"]\n",
    );
    write(folder.path(), "a.prescope", "use std/lync2013\nextend container colleges { publishes note }\n");
    write(folder.path(), "people.yaml", "organization: { domains: [contoso.com] }\nuserz: {}\n");
    folder
}

#[test]
fn check_reports_every_error_at_once_and_ends_with_1() {
    let folder = broken();
    let text = run_in(folder.path(), &["check"], b"");
    assert_eq!((text.status, text.err.as_str()), (1, ""), "findings are the answer");
    assert!(text.out.contains("did you mean `colleagues`?") && text.out.contains("userz"), "{}", text.out);
    assert!(text.out.ends_with("2 errors and 1 warning\n"), "{}", text.out);
    let json = run_in(folder.path(), &["check", "--format", "json"], b"");
    assert_eq!((json.status, json.err.as_str()), (1, ""));
    let json = json.json();
    assert_eq!(json["schema"], "prescope/findings/v1");
    assert_eq!(json["counts"], serde_json::json!({ "error": 2, "warning": 1, "information": 0 }));
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(3));
}

#[test]
fn check_of_a_clean_set_counts_what_is_in_it() {
    let ran = contoso("check").clean();
    assert_eq!(
        ran.out,
        "no errors: 7 containers, 6 categories, 113 features, 25 users\n6 invariants, not proved: `prescope prove` proves them\n"
    );
    let json = contoso("check --format json").clean().json();
    assert_eq!(json["findings"], serde_json::json!([]));
}

#[test]
fn warnings_leave_a_set_clean_and_answering() {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        "prescope.yaml",
        "policies: [\"*.prescope\", \"none/*.prescope\"]\ndirectory: [people.yaml]\n",
    );
    write(folder.path(), "a.prescope", "use std/lync2013\n");
    write(folder.path(), "people.yaml", "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n");
    let check = run_in(folder.path(), &["check"], b"");
    assert_eq!(check.status, 0);
    assert!(check.out.contains("project::no-match") && check.out.ends_with("1 warning\n"), "{}", check.out);
    let answer = run_in(folder.path(), &["can", "x@y.example", "see", "anna", "contact_card.email"], b"");
    assert_eq!(answer.clean().out, "visible\n");
}

#[test]
fn a_set_with_errors_answers_nothing() {
    let folder = broken();
    let commands: [&[&str]; 8] = [
        &["can", "kim", "see", "anna", "note"],
        &["why", "kim", "see", "anna", "note"],
        &["who", "sees", "anna", "note"],
        &["what", "--of", "anna"],
        &["what", "kim", "sees"],
        &["batch"],
        &["show", "note"],
        &["graph"],
    ];
    for command in commands {
        let told: String = Ran::failed(run_in(folder.path(), command, b"{}"));
        assert!(told.contains("did you mean `colleagues`?"), "{command:?}: {told}");
        assert!(told.ends_with("error: a set with errors answers no question\n"), "{command:?}: {told}");
    }
}
