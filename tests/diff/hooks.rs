//! In a hook of git, which says by variables which repository and which index it is about.
#![cfg(unix)]

use std::fs;

use super::opened;
use super::repository::script;

/// `commit --all` makes an index of its own, which is the one that will be committed.
#[test]
fn what_is_staged_is_what_will_be_committed() {
    let repository = opened();
    let told = repository.beside("told");
    let line = format!("exec prescope diff --staged > '{}' 2>&1", told.display());
    script(&repository.path().join(".git/hooks/pre-commit"), &line);
    repository.write(&[("policies/ours.prescope", "use std/lync2013\n")]);
    let differs = |told: &str| told.contains("HEAD the index") && told.contains("\n- note\n");
    assert!(!differs(&repository.prescope("diff --staged").out), "nothing is staged yet");
    repository.git(&["commit", "--quiet", "--all", "--message", "Closed again"]);
    let said = fs::read_to_string(&told).expect("the hook ran");
    assert!(differs(&said), "{said}");
    // From a folder below git runs the hook at the top all the same.
    repository.write(&[("policies/ours.prescope", "use std/lync2013\nextend container external { publishes note }\n")]);
    repository.git_in(&repository.path().join("people"), &["commit", "--quiet", "--all", "--message", "Open again"]);
    let said = fs::read_to_string(&told).expect("the hook ran");
    assert!(said.contains("HEAD the index") && said.contains("\n+ note\n"), "{said}");
}

/// The variables as git sets them for a hook, with paths from where it runs it.
#[test]
fn variables_with_relative_paths_are_understood() {
    let repository = opened();
    fs::copy(repository.path().join(".git/index"), repository.path().join(".git/next")).expect("a file");
    let mut command = repository.prescope_with(&repository.path(), "diff main --staged --project . --format json");
    command.env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/next");
    let document = super::repository::ran(&mut command).clean().json();
    assert_eq!(document["effect"]["owners"], 2);
}
