//! `prescope/tests/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::answer::{WireSentence, sentence};
use super::finding::{WireFinding, finding, is_none};
use super::{At, proofs};
use crate::expect::{Check, Outcome, Run};
use crate::language::Sources;
use crate::prove::Proofs;
use crate::report::tests::actual;

const SCHEMA: &str = "prescope/tests/v1";

/// How tests went.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// How many.
    counts: Counts,
    /// Whether no test ran at all, so that nothing is known to be right.
    empty: bool,
    /// Every test that ran.
    tests: Vec<WireTest>,
    /// Kept explanations that no expectation asks for.
    stale: Vec<WireStale>,
    /// What was proved of invariants, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    proofs: Option<proofs::WireProofs>,
    /// Policy files of the project that are not read, so that no test in them ran; absent if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<String>,
}

/// How many tests.
#[derive(Serialize, JsonSchema)]
struct Counts {
    /// Whose expectations all hold.
    passed: usize,
    /// That have one which does not.
    failed: usize,
    /// That a filter left out.
    left_out: usize,
    /// That would have come behind the one at which the run stopped.
    not_run: usize,
    /// Invariants of the set that nobody tried to prove; absent if there are none.
    #[serde(skip_serializing_if = "is_none")]
    invariants_not_proved: usize,
}

/// A test.
#[derive(Serialize, JsonSchema)]
struct WireTest {
    /// Its label.
    test: String,
    /// Where it stands.
    at: At,
    /// Whether all of its expectations hold.
    passed: bool,
    /// What cannot be of that which is given in it, and what is doubtful about the people it names.
    findings: Vec<WireFinding>,
    /// Each of its expectations.
    expectations: Vec<WireCheck>,
}

/// An expectation.
#[derive(Serialize, JsonSchema)]
struct WireCheck {
    /// Where it stands.
    at: At,
    /// Whether it holds.
    passed: bool,
    /// What was expected.
    expected: String,
    /// What is so.
    actual: String,
    /// About whom the explanation is, where many were meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    /// Why it is so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<WireSentence>,
    /// How the reason has changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    drift: Option<WireDrift>,
    /// What is doubtful about the people it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

/// A reason that is not the one that was kept.
#[derive(Serialize, JsonSchema)]
struct WireDrift {
    /// Under which name it is kept.
    snapshot: String,
    /// What was kept; null if nothing was.
    kept: Option<String>,
    /// What the reason is.
    now: String,
}

/// A kept explanation that no expectation asks for.
#[derive(Serialize, JsonSchema)]
struct WireStale {
    /// The policy file whose tests kept it.
    file: String,
    /// Under which name.
    snapshot: String,
}

/// The whole document: every test that ran, passed or not.
pub fn tests(sources: &Sources, run: &Run, proofs: Option<&Proofs<'_>>, unread: Vec<String>) -> String {
    let passed = run.outcomes.iter().filter(|outcome| outcome.passed()).count();
    super::line(&Document {
        schema: SCHEMA,
        counts: Counts {
            passed,
            failed: run.outcomes.len() - passed,
            left_out: run.left_out,
            not_run: run.not_run,
            invariants_not_proved: run.invariants,
        },
        empty: run.is_empty(),
        tests: run.outcomes.iter().map(|outcome| test(sources, outcome)).collect(),
        stale: run
            .stale
            .iter()
            .map(|(file, name)| WireStale { file: sources.path(*file).to_owned(), snapshot: name.clone() })
            .collect(),
        proofs: proofs.map(proofs::wire),
        unread,
    })
}

fn test(sources: &Sources, outcome: &Outcome) -> WireTest {
    WireTest {
        test: outcome.label.clone(),
        at: At::new(sources, outcome.at),
        passed: outcome.passed(),
        findings: outcome.impossible.iter().chain(&outcome.doubts).map(|it| finding(sources, it)).collect(),
        expectations: outcome.checks.iter().map(|it| check(sources, it)).collect(),
    }
}

fn check(sources: &Sources, check: &Check) -> WireCheck {
    WireCheck {
        at: At::new(sources, check.at),
        passed: check.passed,
        expected: check.expected.clone(),
        actual: actual(check),
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
