//! `prescope/tests/v1`.

use serde::Serialize;

use super::At;
use super::answer::{WireSentence, sentence};
use super::finding::{WireFinding, finding};
use crate::expect::{Check, Outcome, Run};
use crate::text::Sources;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    counts: Counts,
    tests: Vec<WireTest>,
    stale: Vec<WireStale>,
}

#[derive(Serialize)]
struct Counts {
    passed: usize,
    failed: usize,
    left_out: usize,
    not_run: usize,
}

#[derive(Serialize)]
struct WireTest {
    test: String,
    at: At,
    passed: bool,
    findings: Vec<WireFinding>,
    expectations: Vec<WireCheck>,
}

#[derive(Serialize)]
struct WireCheck {
    at: At,
    passed: bool,
    expected: String,
    actual: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<WireSentence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drift: Option<WireDrift>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct WireDrift {
    snapshot: String,
    kept: Option<String>,
    now: String,
}

#[derive(Serialize)]
struct WireStale {
    file: String,
    snapshot: String,
}

/// The whole document: every test that ran, passed or not.
pub fn tests(sources: &Sources, run: &Run) -> String {
    let passed = run.outcomes.iter().filter(|outcome| outcome.passed()).count();
    super::line(&Document {
        schema: "prescope/tests/v1",
        counts: Counts { passed, failed: run.outcomes.len() - passed, left_out: run.left_out, not_run: run.not_run },
        tests: run.outcomes.iter().map(|outcome| test(sources, outcome)).collect(),
        stale: run
            .stale
            .iter()
            .map(|(file, name)| WireStale { file: sources.path(*file).to_owned(), snapshot: name.clone() })
            .collect(),
    })
}

fn test(sources: &Sources, outcome: &Outcome) -> WireTest {
    WireTest {
        test: outcome.label.clone(),
        at: At::of(sources, outcome.at),
        passed: outcome.passed(),
        findings: outcome.impossible.iter().map(|it| finding(sources, it)).collect(),
        expectations: outcome.checks.iter().map(|it| check(sources, it)).collect(),
    }
}

fn check(sources: &Sources, check: &Check) -> WireCheck {
    WireCheck {
        at: At::of(sources, check.at),
        passed: check.passed,
        expected: check.expected.clone(),
        actual: check.actual.clone(),
        about: check.about.clone(),
        explanation: check.explanation.iter().map(|it| sentence(sources, it)).collect(),
        drift: check.drift.as_ref().map(|drift| WireDrift {
            snapshot: drift.name.clone(),
            kept: drift.kept.clone(),
            now: drift.now.clone(),
        }),
        warnings: check.warnings.clone(),
    }
}
