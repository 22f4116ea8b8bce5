//! JUnit XML: one suite for each policy file, one case for each test.

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus};

use super::{empty, failures};
use crate::expect::{Outcome, Run};
use crate::language::Sources;
use crate::prove::Proofs;
use crate::report::finding::plain;
use crate::report::junit::{document, placed, skipped, unproved};
use crate::report::prove;
use crate::text::shown;

/// The document. It says nothing of times, which differ from run to run.
pub fn junit(sources: &Sources, run: &Run, keep: &str, proofs: Option<&Proofs<'_>>) -> String {
    let file = |outcome: &Outcome| sources.path(outcome.at.file);
    let cases = run.outcomes.iter().map(|outcome| (file(outcome), case(sources, outcome, keep)));
    let proved = proofs.into_iter().flat_map(prove::cases);
    document(cases.chain(nothing(run)).chain(unproved(run.invariants)).chain(proved))
}

/// A run without a test is a case of its own: without any, it would look as if all were well.
fn nothing(run: &Run) -> Option<(&'static str, TestCase)> {
    let nothing = empty(run)?;
    if !run.lacks_tests {
        return Some(("tests", skipped("tests", &nothing)));
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(nothing.as_str()).set_type("empty");
    let mut case = TestCase::new(nothing, status);
    case.set_classname("tests");
    Some(("tests", case))
}

fn case(sources: &Sources, outcome: &Outcome, keep: &str) -> TestCase {
    let failures = failures(sources, outcome, keep);
    let status = match failures.first() {
        None => TestCaseStatus::success(),
        Some((_, message, _)) => {
            // What could not even be asked is an error, not a failure.
            let (kind, word) = match outcome.impossible.is_empty() {
                true => (NonSuccessKind::Failure, "failed"),
                false => (NonSuccessKind::Error, "impossible"),
            };
            let mut status = TestCaseStatus::non_success(kind);
            let long: Vec<&str> = failures.iter().map(|(_, _, long)| long.trim_end()).collect();
            status.set_message(&*shown(message)).set_type(word).set_description(long.join("\n\n") + "\n");
            status
        }
    };
    let mut case = placed(sources, outcome.at, TestCase::new(&*shown(&outcome.label), status));
    // Of what is impossible nothing was asked.
    if outcome.impossible.is_empty() {
        case.set_assertions(outcome.checks.len());
    }
    if !outcome.doubts.is_empty() {
        case.set_system_err(plain(sources, &outcome.doubts));
    }
    case
}
