//! `prescope test` on the command line: exit status, where output goes, and explanations that are kept in files.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::cli::{Ran, run_in};
use crate::given;

/// A copy of the passing fixture, to be changed.
fn copy() -> TempDir {
    let copy = TempDir::new().expect("a folder");
    for path in given::files_below("tests/fixtures/expect/forms", "") {
        let name = Path::new(&path).file_name().expect("a file");
        fs::write(copy.path().join(name), given::text_of(&path)).expect("a file");
    }
    copy
}

fn test(folder: &TempDir, arguments: &[&str]) -> Ran {
    run_in(folder.path(), &[&["test"], arguments].concat(), b"")
}

fn change(folder: &TempDir, file: &str, from: &str, to: &str) {
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from), "{file} has no `{from}`");
    fs::write(path, text.replace(from, to)).expect("a file");
}

const KEPT: &str = "tests.prescope.snap";

#[test]
fn the_status_says_how_it_went() {
    let folder = copy();
    let all = test(&folder, &[]);
    assert_eq!((all.status, all.out.as_str()), (0, "21 tests with 85 expectations passed\n"));
    assert_eq!(all.err, "");
    let some = test(&folder, &["--filter", "LISTS"]);
    assert_eq!((some.status, some.out.as_str()), (0, "1 test with 2 expectations passed; 20 left out\n"));
    let none = test(&folder, &["--filter", "no such"]);
    assert_eq!((none.status, none.out.as_str()), (2, ""));
    change(&folder, "people.yaml", "state.availability: busy", "state.availability: free");
    let failed = test(&folder, &["--format", "github"]);
    assert_eq!((failed.status, failed.err.as_str()), (1, ""));
    assert!(failed.out.contains("::error file=tests.prescope,line="), "{failed:?}");
    change(&folder, "people.yaml", "users:", "usres:");
    assert_eq!(test(&folder, &[]).status, 2);
}

#[test]
fn a_reason_that_drifts_fails_until_it_is_kept() {
    let folder = copy();
    change(&folder, "people.yaml", "contacts: [bob@contoso.com, kim@fabrikam.com]", "contacts: [kim@fabrikam.com]");
    change(&folder, "levels.prescope", "deny \"blocked\" when viewer", "deny \"refused\" when viewer");
    let drifted = test(&folder, &[]);
    assert_eq!(drifted.status, 1);
    assert!(
        drifted.out.contains("      - rules: \"blocked\" does not fire\n      + rules: \"refused\" does not fire\n")
    );
    let kept = test(&folder, &["--update"]);
    assert_eq!((kept.status, kept.err), (0, format!("{KEPT}: written\n")));
    let again = test(&folder, &["--update"]);
    assert_eq!((again.status, again.err.as_str()), (0, ""), "nothing changes twice");
    assert_eq!(test(&folder, &[]).status, 0);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 6, "nothing is left over");
}

#[test]
fn what_nothing_asks_for_is_taken_away() {
    let folder = copy();
    change(&folder, "tests.prescope", " because snapshot \"knocking\"", "");
    let stale = test(&folder, &[]);
    assert_eq!(stale.status, 0);
    assert!(stale.out.contains("tests.prescope: no expectation asks for snapshot \"knocking\" any more\n"));
    assert_eq!(test(&folder, &["--update"]).status, 0);
    let text = fs::read_to_string(folder.path().join(KEPT)).expect("the other one is kept");
    assert!(text.contains("snapshot \"strangers\"") && !text.contains("knocking"));
    change(&folder, "tests.prescope", " because snapshot \"strangers\"", "");
    assert_eq!(test(&folder, &["--update"]).err, format!("{KEPT}: removed\n"));
    assert!(!folder.path().join(KEPT).exists());
}

#[test]
fn an_update_of_some_tests_leaves_the_others_alone() {
    let folder = copy();
    fs::remove_file(folder.path().join(KEPT)).expect("a file");
    assert_eq!(test(&folder, &["--update", "--filter", "features"]).status, 0);
    let text = fs::read_to_string(folder.path().join(KEPT)).expect("a file");
    assert!(text.contains("knocking") && !text.contains("strangers"));
    assert_eq!(test(&folder, &["--update", "--filter", "several"]).status, 0);
    let text = fs::read_to_string(folder.path().join(KEPT)).expect("a file");
    assert_eq!(text, given::text_of(&format!("tests/fixtures/expect/forms/{KEPT}")));
}

#[test]
fn a_wrong_answer_is_never_kept() {
    let folder = copy();
    change(&folder, "tests.prescope", "bob@contoso.com can use knock", "bob@contoso.com cannot use knock");
    assert_eq!(test(&folder, &["--update"]).status, 1);
    let text = fs::read_to_string(folder.path().join(KEPT)).expect("a file");
    assert_eq!(text, given::text_of(&format!("tests/fixtures/expect/forms/{KEPT}")));
}

#[test]
fn coverage_is_a_document_or_stands_below() {
    let folder = copy();
    let below = test(&folder, &["--coverage"]);
    assert!(below.out.starts_with("21 tests with 85 expectations passed\n\ncoverage 93.5 %"), "{below:?}");
    let lcov = test(&folder, &["--coverage-format", "lcov"]);
    assert!(lcov.out.starts_with("TN:\nSF:levels.prescope\n"), "{lcov:?}");
    assert_eq!(lcov.err, "21 tests with 85 expectations passed\n");
    let json = test(&folder, &["--coverage-format", "json"]);
    assert!(json.out.starts_with("{\"schema\":\"prescope/coverage/v1\""), "{json:?}");
    assert_eq!(test(&folder, &["--coverage-threshold", "93.5"]).status, 0);
    let low = test(&folder, &["--coverage-threshold", "94"]);
    assert_eq!((low.status, low.err.as_str()), (1, "coverage 93.5 % is below 94 %\n"));
}
