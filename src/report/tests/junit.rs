//! JUnit XML: one suite for each policy file, one case for each test.

use indexmap::IndexMap;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::failures;
use crate::expect::{Outcome, Run};
use crate::text::Sources;

/// The document. It says nothing of times, which differ from run to run.
pub fn junit(sources: &Sources, run: &Run) -> String {
    let mut by_file: IndexMap<&str, Vec<&Outcome>> = IndexMap::new();
    for outcome in &run.outcomes {
        by_file.entry(sources.path(outcome.at.file)).or_default().push(outcome);
    }
    let mut report = Report::new("prescope");
    for (file, outcomes) in by_file {
        let mut suite = TestSuite::new(file);
        for outcome in outcomes {
            suite.add_test_case(case(sources, file, outcome));
        }
        report.add_test_suite(suite);
    }
    // Writing into a string cannot fail; characters that XML does not have are left out by the writer.
    let mut text = report.to_string().unwrap_or_default();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
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
