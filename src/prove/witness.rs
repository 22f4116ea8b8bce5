//! Counterexamples as somebody would tell them: what is out of the ordinary in words, and a test that can be pasted
//! into a policy file. Nothing is told that was not tried: in the set that the test makes, the resolver has to find
//! that the clause applies and is broken, and the test itself has to fail.

mod cast;
mod confirmed;
mod expected;
mod given;
mod stage;
mod surroundings;
mod words;

use super::{Counterexample, Proof, Verdict};
use crate::compile::Set;
use crate::directory::Directory;
use crate::expect::{Attempt, Check, Outcome};
use crate::language::Sources;
use crate::language::ast::Quantifier;
use crate::resolve::RuleSet;
pub(crate) use stage::{Stage, read};
pub(crate) use words::{fact, policy_value};

use confirmed::Confirming;
use expected::Expecting;

/// What stands in place of the path of a test that is in no file.
pub const PLACE: &str = "the test";

/// A counterexample in words.
#[derive(Clone, Debug)]
pub struct Witness {
    /// What is out of the ordinary, each in a few words.
    pub facts: Vec<String>,
    /// What became of the test.
    pub trial: Trial,
}

/// A test of a counterexample.
#[derive(Clone, Debug)]
pub enum Trial {
    /// It fails, as it does until the clause holds.
    Failed(Tried),
    /// The resolver does not find the clause broken, or it does not fail: a mistake of prescope.
    Mistaken(Tried),
    /// No test can say it.
    Unsayable(Unsayable),
}

/// A test that was run.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Its text, as it can be pasted.
    pub text: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// Why no test can say what a counterexample is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unsayable {
    /// No feature discloses it, and a test names the feature.
    Disclosed,
    /// A test gives facts beside the directory, and takes none of somebody who is in it away.
    Known,
    /// What it would have to give, tests cannot give.
    Impossible,
}

/// The counterexample of a refuted clause in words. The text of the test is added to the sources, for the places that
/// its outcome names. None if what is written is no test.
pub fn witness(set: &Set, sources: &mut Sources, proof: &Proof<'_>, found: &Counterexample) -> Option<Witness> {
    let stage = Stage::new(set, found);
    let wanted = proof.clause.quantifier == Quantifier::Always;
    let mut expected = Expecting { stage: &stage, wanted }.lines(proof);
    let label = label(proof, found);
    let text = |expected: &[String]| stage.test(&label, expected);
    let here = stage.directory();
    let nobody = stage.nobody();
    let mut attempts = Attempts { stage: &stage, proof, sources };
    let told = |trial: Trial| Some(Witness { facts: stage.facts.clone(), trial });
    // What the directory records of somebody in the world counts only for the test: the world is without it.
    let mut tried = attempts.tried(nobody.as_ref(), &text(&expected))?;
    match tried.confirmed {
        None => return told(Trial::Unsayable(Unsayable::Impossible)),
        Some(false) => return told(Trial::Mistaken(tried.test)),
        Some(true) if expected.is_empty() => return told(Trial::Unsayable(Unsayable::Disclosed)),
        Some(true) => {}
    }
    if stage.cast.is_known() {
        tried = attempts.tried(here.as_ref(), &text(&expected))?;
    }
    let confirmed = tried.confirmed == Some(true);
    let mut failing = tried.test.outcome.checks.iter().map(|check| confirmed && failed(check));
    let all = expected.len();
    expected.retain(|_| failing.next() == Some(true));
    if !expected.is_empty() && expected.len() < all {
        tried = attempts.tried(here.as_ref(), &text(&expected))?;
    }
    told(match expected.is_empty() {
        false => Trial::Failed(tried.test),
        true if stage.cast.is_known() => Trial::Unsayable(Unsayable::Known),
        true => Trial::Mistaken(tried.test),
    })
}

/// Whether an expectation failed because the answer is another one.
fn failed(check: &Check) -> bool {
    !check.passed && check.unknown.is_none()
}

/// The label of a test of a clause: that of its invariant, and which of its counterexamples to which clause it is.
fn label(proof: &Proof<'_>, found: &Counterexample) -> String {
    let invariant = proof.invariant;
    let clause = invariant.clauses.iter().position(|clause| clause.span == proof.clause.span).unwrap_or_default() + 1;
    let name = &invariant.declared.name;
    let number = match &proof.verdict {
        Verdict::Refuted(all) => all.iter().position(|it| it == found).filter(|at| *at > 0),
        _ => None,
    };
    let number = number.map(|at| format!(" {}", at + 1)).unwrap_or_default();
    match invariant.clauses.len() {
        0 | 1 => format!("{name}: counterexample{number}"),
        _ => format!("{name}: counterexample{number} to clause {clause}"),
    }
}

/// What the attempts at a counterexample have in common.
struct Attempts<'a> {
    stage: &'a Stage<'a>,
    proof: &'a Proof<'a>,
    sources: &'a mut Sources,
}

/// A test that was run, and what the resolver says of the clause in the set that it makes.
struct Attempted {
    test: Tried,
    /// Whether the clause applies and is broken; None if what the test gives is impossible.
    confirmed: Option<bool>,
}

impl Attempts<'_> {
    /// Reads a test, and runs it. What is wrong with its text counts as impossible.
    fn tried(&mut self, directory: Option<&Directory>, text: &str) -> Option<Attempted> {
        let file = self.sources.add(PLACE, text);
        let (tree, found) = stage::parsed(file, text)?;
        let invariant = Some(&self.proof.invariant.tree);
        let (mut outcome, rules) = Attempt { set: self.stage.set, directory, invariant }.run(&tree);
        outcome.impossible.splice(0..0, found);
        let rules = rules.filter(|_| outcome.impossible.is_empty());
        let confirmed = rules.map(|rules| self.confirms(&rules));
        Some(Attempted { test: Tried { text: text.to_owned(), outcome }, confirmed })
    }

    fn confirms(&self, rules: &RuleSet) -> bool {
        Confirming { rules, stage: self.stage }.is_broken(self.proof.clause.span)
    }
}
