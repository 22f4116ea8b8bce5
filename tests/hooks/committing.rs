//! Hooks that are installed guard every commit.

use super::repository::repository;
use super::{PROJECT, WITHOUT_ASSISTANTS, verdicts};
use crate::cli::Ran;

const ALL: [&str; 5] = [
    "prescope-fmt-system",
    "prescope-check-system",
    "prescope-lint-system",
    "prescope-test-system",
    "prescope-prove-system",
];

/// pre-commit tells git's standard error what its hooks say.
fn said(ran: &Ran) -> Ran {
    Ran { status: ran.status, out: format!("{}{}", ran.out, ran.err), err: String::new() }
}

#[test]
fn commits_are_refused_until_nothing_is_broken() {
    let Some(repository) = repository() else { return };
    repository.install(&ALL);
    let none = said(&repository.commit());
    let expected = "fmt (no files to check)skipped, check passed, lint passed, test passed, prove passed";
    assert_eq!((none.status, verdicts(&none).as_str()), (0, expected), "{none:?}");

    let placed = PROJECT.map(|(name, text)| (format!("presence/{name}"), text));
    repository.write(&placed.each_ref().map(|(name, text)| (name.as_str(), *text)));
    let good = said(&repository.commit());
    let expected = "fmt passed, check passed, lint passed, test passed, prove passed";
    assert_eq!((good.status, verdicts(&good).as_str()), (0, expected), "{good:?}");

    // It touches one file and breaks another.
    repository.write(&[("presence/directory/people.yaml", WITHOUT_ASSISTANTS)]);
    let breaking = said(&repository.commit());
    let expected = "fmt (no files to check)skipped, check failed, lint failed, test failed, prove failed";
    assert_eq!((breaking.status, verdicts(&breaking).as_str()), (1, expected), "{breaking:?}");
    assert!(breaking.out.contains("presence/policies/levels.prescope:5:"), "{breaking:?}");
    repository.git(&["reset", "--quiet", "--hard"]);

    // It only deletes, so that there are no files to name.
    repository.git(&["rm", "--quiet", "presence/directory/people.yaml"]);
    let deleting = said(&repository.commit());
    let skipped = "(no files to check)skipped";
    let expected = format!("fmt {skipped}, check failed, lint {skipped}, test failed, prove failed");
    assert_eq!((deleting.status, verdicts(&deleting)), (1, expected), "{deleting:?}");
    assert_eq!(repository.git(&["rev-list", "--count", "HEAD"]), "2\n");

    // Without the rest of the project nothing is broken any more.
    repository.git(&["rm", "--quiet", "-r", "presence"]);
    let gone = said(&repository.commit());
    assert_eq!(gone.status, 0, "{gone:?}");
    assert_eq!(repository.git(&["rev-list", "--count", "HEAD"]), "3\n");
}

#[test]
fn what_is_formatted_can_be_committed_the_second_time() {
    let Some(repository) = repository() else { return };
    repository.install(&ALL);
    let sloppy = PROJECT.map(|(name, text)| (name, text.replace("    workgroup", "\n\n workgroup")));
    repository.write(&sloppy.each_ref().map(|(name, text)| (*name, text.as_str())));
    let first = said(&repository.commit());
    assert_eq!(verdicts(&first), "fmt failed, check passed, lint passed, test passed, prove passed", "{first:?}");
    let second = said(&repository.commit());
    assert_eq!(second.status, 0, "{second:?}");
}

/// What has no test is proved for everybody.
#[test]
fn an_invariant_that_a_commit_breaks_refuses_it() {
    let Some(repository) = repository() else { return };
    repository.install(&ALL);
    let invariant = "invariant \"meetings are for assistants\" {\n    \
                     never viewer sees state.meeting_subject when viewer in colleagues\n}\n";
    repository.write(&PROJECT);
    repository.write(&[("policies/invariants.prescope", invariant)]);
    let good = said(&repository.commit());
    assert_eq!((good.status, verdicts(&good).contains("prove passed")), (0, true), "{good:?}");

    repository
        .write(&[("policies/ours.prescope", "extend container colleagues { publishes state.meeting_subject }\n")]);
    let breaking = said(&repository.commit());
    let expected = "fmt passed, check passed, lint passed, test failed, prove failed";
    assert_eq!((breaking.status, verdicts(&breaking).as_str()), (1, expected), "{breaking:?}");
    assert!(breaking.out.contains("test \"meetings are for assistants: counterexample\" {"), "{breaking:?}");
}
