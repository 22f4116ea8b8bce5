//! `pre-commit try-repo` of this checkout: what each hook says of good files and of bad ones.

use super::repository::{Repository, repository};
use super::{FINDING, PROJECT, WITHOUT_ASSISTANTS, told, verdicts};

/// A repository with the project in a folder of it.
fn with_project(folder: &str) -> Option<Repository> {
    let repository = repository()?;
    add(&repository, folder);
    Some(repository)
}

fn add(repository: &Repository, folder: &str) {
    let placed = PROJECT.map(|(name, text)| (format!("{folder}{name}"), text));
    repository.write(&placed.each_ref().map(|(name, text)| (name.as_str(), *text)));
}

#[test]
fn a_good_commit_passes_at_the_root_and_below() {
    for folder in ["", "presence/policy/"] {
        let Some(repository) = with_project(folder) else { return };
        let files = PROJECT.map(|(name, _)| format!("{folder}{name}"));
        let ran = repository.tried(&files.each_ref().map(String::as_str));
        assert_eq!(verdicts(&ran), "check passed, fmt passed, lint passed, prove passed, test passed", "{ran:?}");
        assert_eq!(ran.status, 0);
        let said = [
            ("check", "no errors: 6 containers, 6 categories, 112 features, 3 users\n"),
            ("fmt", "0 files changed, 2 files left as they are\n"),
            ("lint", "no findings\n"),
            ("prove", "no invariants: nothing was proved\n"),
            ("test", "1 test with 2 expectations passed\n"),
        ];
        for (hook, words) in said {
            assert!(told(&ran, hook).contains(words), "{hook}: {ran:?}");
        }
    }
}

#[test]
fn several_projects_are_looked_at_together_and_messages_say_where() {
    let Some(repository) = with_project("one/") else { return };
    add(&repository, "two/");
    repository.write(&[("other.yaml", "a: [\n")]);
    let good = repository.tried(&["one/policies/levels.prescope", "two/policies/levels.prescope", "other.yaml"]);
    assert_eq!(verdicts(&good), "check passed, fmt passed, lint passed, prove passed, test passed", "{good:?}");
    assert!(told(&good, "check").contains("no errors in 2 projects\n"), "{good:?}");
    assert!(told(&good, "test").contains("in two\n1 test with 2 expectations passed\n"), "{good:?}");

    // A finding in one of them, and an error in the other.
    repository.write(&[("one/policies/found.prescope", FINDING.1), ("two/directory/people.yaml", WITHOUT_ASSISTANTS)]);
    let bad = repository.tried(&["one/policies/found.prescope", "two/directory/people.yaml"]);
    assert_eq!(verdicts(&bad), "check failed, fmt passed, lint failed, prove failed, test failed", "{bad:?}");
    assert!(told(&bad, "check").contains("two/policies/levels.prescope:5:"), "{bad:?}");
    let lint = told(&bad, "lint");
    assert!(lint.contains("one/policies/found.prescope:1:") && lint.contains("two/policies/levels.prescope:5:"));
    assert!(told(&bad, "test").contains("in one\n1 test with 2 expectations passed\n"), "{bad:?}");
}

#[test]
fn a_repository_without_a_project_passes() {
    let Some(repository) = repository() else { return };
    repository.write(&[("config.yaml", "a: [\n")]);
    let ran = repository.tried(&["config.yaml", "README.md"]);
    assert_eq!(
        verdicts(&ran),
        "check passed, fmt (no files to check)skipped, lint passed, prove passed, test passed",
        "{ran:?}"
    );
    assert_eq!(ran.status, 0);
    assert!(told(&ran, "check").contains("no project here or below\n"), "{ran:?}");
}

#[test]
fn a_badly_formatted_file_is_rewritten_and_refused() {
    let Some(repository) = with_project("below/") else { return };
    let (name, neat) = ("below/policies/levels.prescope", PROJECT[1].1);
    repository.write(&[(name, &neat.replace("    workgroup", "  workgroup   "))]);
    let ran = repository.tried(&[name]);
    assert_eq!(verdicts(&ran), "check passed, fmt failed, lint passed, prove passed, test passed", "{ran:?}");
    assert_ne!(ran.status, 0);
    let told = told(&ran, "fmt");
    assert!(told.contains("- files were modified by this hook\n"), "{told}");
    assert!(told.contains("formatted below/policies/levels.prescope\n1 file changed, "), "{told}");
    assert_eq!(repository.text(name), neat);
}

#[test]
fn a_finding_is_refused_in_the_files_of_the_commit_only() {
    let Some(repository) = with_project("") else { return };
    repository.write(&[FINDING]);
    let changed = repository.tried(&[FINDING.0]);
    assert_eq!(verdicts(&changed), "check passed, fmt passed, lint failed, prove passed, test passed", "{changed:?}");
    let lint = told(&changed, "lint");
    assert!(lint.contains("lint::unused-declaration") && lint.contains("policies/found.prescope:1:"), "{lint}");
    assert!(lint.contains("- exit code: 1\n") && lint.contains("1 error\n"), "{lint}");
    let other = repository.tried(&["policies/levels.prescope", "directory/people.yaml", "prescope.yaml"]);
    assert_eq!(verdicts(&other), "check passed, fmt passed, lint passed, prove passed, test passed", "{other:?}");
}

#[test]
fn a_broken_file_is_refused_by_every_hook_and_left_as_it_is() {
    let Some(repository) = with_project("") else { return };
    let broken = "use  std/lync2013\nmembership {\n";
    repository.write(&[("policies/levels.prescope", broken)]);
    let ran = repository.tried(&["policies/levels.prescope"]);
    assert_eq!(verdicts(&ran), "check failed, fmt failed, lint failed, prove failed, test failed", "{ran:?}");
    for (hook, status) in [("check", 1), ("fmt", 1), ("lint", 1), ("prove", 2), ("test", 2)] {
        let told = told(&ran, hook);
        assert!(told.contains(&format!("- exit code: {status}\n")), "{hook}: {told}");
        assert!(told.contains("syntax::") && told.contains("policies/levels.prescope:2:"), "{hook}: {told}");
        assert!(!told.contains("files were modified"), "{hook}: {told}");
    }
    assert_eq!(repository.text("policies/levels.prescope"), broken);
}

#[test]
fn a_commit_that_breaks_another_file_is_refused() {
    for folder in ["", "presence/"] {
        let Some(repository) = with_project(folder) else { return };
        let changed = format!("{folder}directory/people.yaml");
        repository.write(&[(&changed, WITHOUT_ASSISTANTS)]);
        let ran = repository.tried(&[&changed]);
        let expected = "check failed, fmt (no files to check)skipped, lint failed, prove failed, test failed";
        assert_eq!(verdicts(&ran), expected, "{ran:?}");
        for hook in ["check", "lint", "prove", "test"] {
            let told = told(&ran, hook);
            assert!(told.contains("there is no group `assistants`"), "{hook}: {told}");
            assert!(told.contains(&format!("{folder}policies/levels.prescope:5:")), "{hook}: {told}");
        }
    }
}

#[test]
fn a_test_that_fails_elsewhere_refuses_the_commit() {
    let Some(repository) = with_project("") else { return };
    let elsewhere = PROJECT[3].1.replace("assistants: [dan@", "assistants: [bob@");
    repository.write(&[("directory/people.yaml", &elsewhere)]);
    let ran = repository.tried(&["directory/people.yaml"]);
    let expected = "check passed, fmt (no files to check)skipped, lint passed, prove passed, test failed";
    assert_eq!(verdicts(&ran), expected, "{ran:?}");
    let told = told(&ran, "test");
    assert!(told.contains("- exit code: 1\n") && told.contains("policies/tests.prescope:1"), "{told}");
    assert!(told.contains("1 of 1 test failed, 2 of 2 expectations\n"), "{told}");
}
