//! JUnit XML: one suite for each policy file, one case for each test.

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus};

use super::failures;
use crate::expect::{Outcome, Run};
use crate::report::junit::document;
use crate::text::Sources;

/// The document. It says nothing of times, which differ from run to run.
pub fn junit(sources: &Sources, run: &Run) -> String {
    let file = |outcome: &Outcome| sources.path(outcome.at.file);
    document(run.outcomes.iter().map(|outcome| (file(outcome), case(sources, file(outcome), outcome))))
}

fn case(sources: &Sources, file: &str, outcome: &Outcome) -> TestCase {
    let failures = failures(sources, outcome);
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
            status.set_message(message.as_str()).set_type(word).set_description(long.join("\n\n") + "\n");
            status
        }
    };
    let mut case = TestCase::new(outcome.label.as_str(), status);
    case.set_classname(file);
    case.extra.insert("file".into(), file.into());
    case.extra.insert("line".into(), sources.start(outcome.at).line.to_string().into());
    case.set_assertions(outcome.checks.len());
    case
}
