//! The tests that policies bring with them: facts are given, expectations asked, and what differs is explained.

mod beside;
mod coverage;
mod everybody;
mod given;
mod leaves;
mod level;
mod reason;
mod scenario;
mod sees;
mod uses;
mod using;

pub use beside::{Beside, Named};
pub use coverage::{Coverage, Point, PointKind};
pub use reason::{Drift, Reasons};

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::compile::Set;
use crate::directory::Directory;
use crate::language::ast::{self, Expect, Expectation, TestItem};
use crate::language::{Diagnostic, FileId, Span};
use crate::model::Stranger;
use crate::resolve::{Cover, RuleSet, Sentence, Unknown};
use leaves::Leaves;
use level::Level;
use scenario::{Scenarios, Staged};
use sees::Sees;
use uses::Uses;
use using::Using;

/// How tests are run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Only tests in these files.
    pub files: Option<&'a BTreeSet<FileId>>,
    /// Only tests with this in their label, whatever the case.
    pub filter: Option<&'a str>,
    /// Stop after the first test that fails.
    pub fail_fast: bool,
    /// Take every explanation as the one to keep.
    pub update: bool,
    /// Listen to what the tests exercise.
    pub coverage: bool,
    /// A set without tests fails.
    pub fail_on_empty: bool,
}

/// What became of all tests.
#[derive(Clone, Debug)]
pub struct Run {
    /// Those that ran, in the order of files and places.
    pub outcomes: Vec<Outcome>,
    /// How many the filter left out.
    pub left_out: usize,
    /// How many did not run because another failed.
    pub not_run: usize,
    /// For each file with kept explanations, those it should keep from now on; the same as before unless updating.
    pub reasons: IndexMap<FileId, Reasons>,
    /// Explanations that are kept and that no expectation asks for any more: file and name.
    pub stale: Vec<(FileId, String)>,
    /// What was exercised, if that was asked for.
    pub coverage: Option<Coverage>,
    /// How many invariants of the set nobody has tried to prove; tests do not.
    pub invariants: usize,
    /// The set has no tests, and that was not to be.
    pub lacks_tests: bool,
}

/// What became of one test.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its label.
    pub label: String,
    /// Where the label stands.
    pub at: Span,
    /// What is wrong with what it gives; nothing is asked then.
    pub impossible: Vec<Diagnostic>,
    /// What is doubtful about the people it names.
    pub doubts: Vec<Diagnostic>,
    /// Its expectations, in order.
    pub checks: Vec<Check>,
}

/// What became of one expectation.
#[derive(Clone, Debug)]
pub struct Check {
    /// Where it stands.
    pub at: Span,
    /// What is expected, in words.
    pub expected: String,
    /// What is so, in words.
    pub actual: String,
    /// Of one that asks what has no answer: why that is so.
    pub unknown: Option<Unknown>,
    /// It is as expected, and for the kept reason.
    pub passed: bool,
    /// Of one that failed: whom the explanation is about, where the expectation is about several.
    pub about: Option<String>,
    /// Of one that failed: why it is so.
    pub explanation: Vec<Sentence>,
    /// The answer is as expected, and the reason is not the one that is kept.
    pub drift: Option<Drift>,
    /// What is doubtful about the people it names.
    pub warnings: Vec<String>,
}

impl Outcome {
    /// True if everything is as expected.
    pub fn passed(&self) -> bool {
        self.impossible.is_empty() && self.checks.iter().all(|check| check.passed)
    }
}

impl Run {
    /// True if every test that ran passed.
    pub fn passed(&self) -> bool {
        !self.lacks_tests && self.outcomes.iter().all(Outcome::passed)
    }

    /// True if no test ran, so that nothing is known to be right.
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }
}

/// Runs the tests of a set's own files; those of the libraries it uses are not run. None if the set has errors. Without
/// a directory tests run on what they give.
pub fn run(set: &Set, beside: &Beside, options: Options<'_>) -> Option<Run> {
    let (graph, model) = (set.graph.as_ref()?, &set.model);
    let mut runner = Runner {
        scenarios: Scenarios::new(set, graph, beside),
        kept: &beside.reasons,
        update: options.update,
        reasons: IndexMap::new(),
        coverage: options.coverage.then(|| Coverage::new(graph, &set.own)),
    };
    let wanted = options.filter.map(str::to_lowercase);
    let mut run = Run {
        outcomes: Vec::new(),
        left_out: 0,
        not_run: 0,
        reasons: IndexMap::new(),
        stale: Vec::new(),
        coverage: None,
        invariants: model.invariants.len(),
        lacks_tests: options.fail_on_empty && model.tests.is_empty(),
    };
    let mut failed = false;
    for test in &model.tests {
        let is_named = options.files.is_none_or(|files| files.contains(&test.declared.span.file));
        if !is_named || wanted.as_ref().is_some_and(|wanted| !test.declared.name.to_lowercase().contains(wanted)) {
            run.left_out += 1;
        } else if failed && options.fail_fast {
            run.not_run += 1;
        } else {
            let (outcome, _) = runner.test(&test.tree);
            failed |= !outcome.passed();
            run.outcomes.push(outcome);
        }
    }
    (run.reasons, run.stale) = reason::settled(&model.tests, &beside.reasons, &runner.reasons);
    run.coverage = runner.coverage;
    Some(run)
}

/// A test that need not be one of the set's own.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The set that it is a test of.
    pub set: &'a Set,
    /// The directory in place of the set's.
    pub directory: Option<&'a Directory>,
    /// An invariant of the set that is to be asked of what the test gives.
    pub invariant: Option<&'a Arc<ast::Invariant>>,
}

impl Attempt<'_> {
    /// Runs a test. With its outcome comes the set that it asks, with that invariant at most; None if what the test
    /// gives is impossible.
    pub fn run(self, test: &ast::Test) -> (Outcome, Option<Arc<RuleSet>>) {
        let beside = Beside::default();
        let mut runner = Runner {
            scenarios: Scenarios::for_directory(self.set, self.directory, &beside).asking(self.invariant),
            kept: &beside.reasons,
            update: false,
            reasons: IndexMap::new(),
            coverage: None,
        };
        runner.test(test)
    }
}

struct Runner<'a> {
    scenarios: Scenarios<'a>,
    kept: &'a IndexMap<FileId, Reasons>,
    update: bool,
    /// Explanations to keep from now on.
    reasons: IndexMap<FileId, Reasons>,
    coverage: Option<Coverage>,
}

/// An answer to an expectation.
struct Answered {
    holds: bool,
    actual: String,
    about: Option<String>,
    explanation: Vec<Sentence>,
    /// Why, as it is kept.
    reason: String,
}

impl Runner<'_> {
    /// The outcome, and the set that was asked.
    fn test(&mut self, test: &ast::Test) -> (Outcome, Option<Arc<RuleSet>>) {
        let mut outcome = Outcome {
            label: test.label.it.clone(),
            at: test.label.span,
            impossible: Vec::new(),
            doubts: Vec::new(),
            checks: Vec::new(),
        };
        let mut asked = None;
        match self.scenarios.stage(test) {
            Ok(Staged { rules, doubts }) => {
                asked = Some(Arc::clone(&rules));
                for line in &test.items {
                    if let TestItem::Expect(expect) = &line.it {
                        let mut check = self.expect(&rules, expect, line.span);
                        check.warnings = doubts_in(&doubts, line.span);
                        outcome.checks.push(check);
                    }
                }
                outcome.doubts = doubts.into_iter().map(|doubt| doubt.found).collect();
            }
            Err(diagnostics) => outcome.impossible = diagnostics,
        }
        (outcome, asked)
    }

    fn expect(&mut self, rules: &RuleSet, expect: &Expect, at: Span) -> Check {
        let mut cover = self.coverage.as_mut().map(|coverage| coverage.listen());
        let asked = Asked::new(expect);
        let answered = asked.answer(rules, cover.as_mut());
        if let (Some(coverage), Some(cover)) = (&mut self.coverage, &cover) {
            coverage.take(rules, cover);
        }
        let mut check = Check {
            at,
            expected: asked.words(),
            actual: String::new(),
            passed: false,
            about: None,
            explanation: Vec::new(),
            unknown: None,
            drift: None,
            warnings: Vec::new(),
        };
        match answered {
            Ok(answered) => {
                check.actual = answered.actual;
                check.passed = answered.holds;
                if let (true, Some(name)) = (answered.holds, &expect.because) {
                    check.drift = self.because(at.file, &name.it, &answered.reason);
                    check.passed = check.drift.is_none();
                }
                if !answered.holds {
                    (check.about, check.explanation) = (answered.about, answered.explanation);
                }
            }
            Err(unknown) => {
                check.actual = unknown.to_string();
                check.unknown = Some(unknown);
            }
        }
        check
    }

    /// How the reason differs from the kept one; when updating it is the one to keep.
    fn because(&mut self, file: FileId, name: &str, reason: &str) -> Option<Drift> {
        let kept = match (self.update, self.reasons.get(&file).and_then(|reasons| reasons.get(name))) {
            // Two expectations of one run that keep their reasons under one name have to agree.
            (true, Some(earlier)) => Some(earlier),
            (true, None) => Some(reason),
            (false, _) => self.kept.get(&file).and_then(|reasons| reasons.get(name)),
        };
        let drift = Drift::between(name, kept, reason);
        if self.update && drift.is_none() {
            self.reasons.entry(file).or_default().keep(name, reason);
        }
        drift
    }
}

/// An expectation that can be asked.
enum Asked<'a> {
    Sees(Sees<'a>),
    Level(Level<'a>),
    Uses(Uses<'a>),
    Leaves(Leaves<'a>),
}

impl<'a> Asked<'a> {
    fn new(expect: &'a Expect) -> Asked<'a> {
        let who = &expect.who;
        match &expect.what {
            Expectation::Sees { extent, owner, target } => {
                Asked::Sees(Sees { who, extent: &extent.it, owner: &owner.it, target })
            }
            Expectation::In { negated, container, owner } => {
                Asked::Level(Level { who, negated: *negated, container: &container.it, owner: &owner.it })
            }
            Expectation::Uses { can, feature, context } => {
                Asked::Uses(Uses { using: Using { who, feature, context }, can: *can })
            }
            Expectation::Leaves(leaves) => Asked::Leaves(Leaves { who, leaves }),
        }
    }

    /// Asks, and compares.
    fn answer(&self, rules: &RuleSet, cover: Option<&mut Cover>) -> Result<Answered, Unknown> {
        match self {
            Asked::Sees(sees) => sees.answer(rules, cover),
            Asked::Level(level) => level.answer(rules, cover),
            Asked::Uses(uses) => uses.answer(rules, cover),
            Asked::Leaves(leaves) => leaves.answer(rules, cover),
        }
    }

    /// The expectation in words.
    fn words(&self) -> String {
        match self {
            Asked::Sees(sees) => sees.words(),
            Asked::Level(level) => level.words(),
            Asked::Uses(uses) => uses.words(),
            Asked::Leaves(leaves) => leaves.words(),
        }
    }
}

/// Those about somebody who is named in a line.
fn doubts_in(doubts: &[Stranger], line: Span) -> Vec<String> {
    let inside = |at: &Span| line.file == at.file && line.start <= at.start && at.end <= line.end;
    let doubts = doubts.iter().filter(|doubt| doubt.places.iter().any(inside));
    doubts.map(|doubt| doubt.found.sentence()).collect()
}
