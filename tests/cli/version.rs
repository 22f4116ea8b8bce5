//! `requires` in the project file: the version whose catalogue is meant.

use std::fs;
use std::path::Path;

use super::{Ran, run_in};
use crate::tries::share;

const OURS: &str = env!("CARGO_PKG_VERSION");
const SHORT: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// A project that requires this, with a policy that a later version may understand.
fn project(requires: &str, policy: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let own = format!("requires: {requires}\npolicies: [\"*.prescope\"]\n");
    fs::write(folder.path().join("prescope.yaml"), own).expect("a file");
    fs::write(folder.path().join("a.prescope"), policy).expect("a file");
    folder
}

fn run(folder: &Path, line: &str) -> Ran {
    run_in(folder, &line.split(' ').collect::<Vec<_>>(), b"")
}

/// The code, severity and line of each finding of `check`.
fn found(requires: &str) -> Vec<(String, String, u64)> {
    let folder = project(requires, "use std/lync2013\n");
    let json = run(folder.path(), "check --format json").json();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let found = json["findings"].as_array().expect("findings").iter();
    found
        .map(|it| (text(&it["code"]), text(&it["severity"]), it["labels"][0]["line"].as_u64().expect("a line")))
        .collect()
}

fn one(code: &str, severity: &str) -> Vec<(String, String, u64)> {
    vec![(code.to_owned(), severity.to_owned(), 1)]
}

#[test]
fn the_version_that_runs_is_required() {
    for requires in [SHORT, OURS] {
        assert_eq!(found(requires), [], "{requires}");
        assert_eq!(found(&format!("\"{requires}\"")), [], "{requires}");
    }
    let folder = project(SHORT, "use std/lync2013\n");
    assert_eq!(run(folder.path(), "lint --deny warnings").clean().out, "no findings\n");
}

#[test]
fn another_version_is_a_note() {
    assert_eq!(found("0.0.1"), one("project::other-version", "information"));
    let folder = project("\"0.0\"", "use std/lync2013\n");
    let out = run(folder.path(), "check").clean().out;
    assert!(out.contains(&format!("the project is written for prescope 0.0, and this is {OURS}")), "{out}");
    assert!(out.contains(&format!("write `requires: \"{SHORT}\"`")) && out.ends_with("\n1 note\n"), "{out}");
    // It is told, and keeps nobody from anything.
    let lint = run(folder.path(), "lint --deny warnings").clean().out;
    assert!(lint.contains("project::other-version"), "{lint}");
    assert!(run(folder.path(), "show note").clean().out.starts_with("category note"));
}

#[test]
fn an_older_program_is_an_error_and_says_nothing_else() {
    for requires in ["\"999.0\"", "999", "999.1.0"] {
        assert_eq!(found(requires), one("project::older-program", "error"), "{requires}");
    }
    let folder = project("\"999.0\"", "words of a later version\n");
    for command in ["check", "lint", "test", "fmt --check", "show note", "can a see b note", "compile"] {
        let ran = run(folder.path(), command);
        let told = format!("{}{}", ran.out, ran.err);
        assert!(
            told.contains(&format!("the project requires prescope 999.0, and this is {OURS}")),
            "{command}: {ran:?}"
        );
        assert!(!told.contains("syntax::"), "{command}: {ran:?}");
        assert_ne!(ran.status, 0, "{command}: {ran:?}");
    }
}

#[test]
fn what_is_no_version_is_an_error_with_its_place() {
    for requires in share([
        "latest",
        "\"^0.1\"",
        "\">= 0.1\"",
        "v0.1",
        "0.1.x",
        "0.1.0.0",
        "01.1",
        "[0.1]",
        "{ a: b }",
        "true",
        "\"\"",
        "",
    ]) {
        assert_eq!(found(requires), one("project::bad-file", "error"), "{requires}");
    }
}
