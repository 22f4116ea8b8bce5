//! Trying mutants: each is linked, its tests run, and its invariants proved.

use std::mem;
use std::sync::Arc;

use super::witness::witness;
use super::{Changed, Fate, Mutation, Options};
use crate::compile::Set;
use crate::diagnostic::Sink;
use crate::expect::{self, Beside, Check};
use crate::graph::{self, RuleGraph};
use crate::language::ast::{Test, TestItem};
use crate::language::{Diagnostic, Span};
use crate::model::{self, Model};
use crate::prove::{self, Limits, Verdict};
use crate::symbolic::{Comparing, Settings, Undecided, difference};

/// Something that can catch a mutant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Catcher {
    /// The label of the test or invariant.
    pub label: String,
    /// Where the expectation or the clause stands.
    pub at: Span,
}

/// What became of a mutant, and what caught it: by number among the catchers.
#[derive(Clone, Debug)]
pub(super) struct Tried {
    pub fate: Fate,
    pub caught_by: Vec<usize>,
}

/// What the catchers say of a set, each by its number.
#[derive(Clone, Debug)]
pub(super) struct Results {
    /// Those that fail.
    pub(super) failing: Vec<usize>,
    /// Those of which nothing is known.
    pub(super) undecided: Vec<usize>,
}

/// A set whose mutants are tried.
#[derive(Debug)]
pub(super) struct Trials<'s> {
    original: &'s Set,
    graph: &'s Arc<RuleGraph>,
    beside: &'s Beside,
    options: &'s Options,
    /// A copy of the set, in which declarations are exchanged.
    set: Set,
    /// Every expectation and every clause.
    pub catchers: Vec<Catcher>,
}

impl<'s> Trials<'s> {
    /// Gets ready. None if the set has errors.
    pub(super) fn new(set: &'s Set, beside: &'s Beside, options: &'s Options) -> Option<Trials<'s>> {
        let graph = set.graph.as_ref()?;
        Some(Trials { original: set, graph, beside, options, set: copy(set), catchers: catchers(set) })
    }

    /// The same for another thread.
    pub(super) fn copy(&self) -> Trials<'s> {
        Trials { set: copy(self.original), catchers: self.catchers.clone(), ..*self }
    }

    /// Tries a mutant.
    pub(super) fn attempt(&mut self, mutation: &Mutation) -> Tried {
        let before = exchange(&mut self.set, mutation.changed.clone());
        let tried = self.changed(mutation);
        exchange(&mut self.set, before);
        self.set.model = Arc::clone(&self.original.model);
        self.set.graph = Some(Arc::clone(self.graph));
        tried
    }

    /// What becomes of the set as it is now.
    fn changed(&mut self, mutation: &Mutation) -> Tried {
        let untried = |fate| Tried { fate, caught_by: Vec::new() };
        let Some((model, graph)) = linked(&self.set, self.original) else { return untried(Fate::Invalid) };
        (self.set.model, self.set.graph) = (model, Some(Arc::clone(&graph)));
        let Some(Results { failing: caught_by, .. }) = self.results() else { return untried(Fate::Invalid) };
        let fate = if caught_by.is_empty() { self.compared(&graph, mutation) } else { Fate::Caught };
        Tried { fate, caught_by }
    }

    /// What the catchers say of the set as it is now. A test that is impossible fails with everything that it expects.
    pub(super) fn results(&self) -> Option<Results> {
        let run = expect::run(&self.set, self.beside, expect::Options::default())?;
        let mut failed: Vec<bool> = Vec::new();
        for (test, outcome) in self.original.model.tests.iter().zip(&run.outcomes) {
            match outcome.impossible.is_empty() {
                true => failed.extend(outcome.checks.iter().map(fails)),
                false => failed.extend(expectations(&test.tree).map(|_| true)),
            }
        }
        let limits = Limits { nodes: self.options.limit, ..Limits::default() };
        let (verdicts, tests) = (prove::verdicts(&self.set, limits)?, failed.len());
        failed.extend(verdicts.iter().map(Verdict::is_broken));
        let failing = failed.into_iter().enumerate().filter(|(_, failed)| *failed).map(|(number, _)| number);
        let undecided = verdicts.iter().zip(tests..).filter(|(it, _)| matches!(it, Verdict::Undecided(_)));
        Some(Results { failing: failing.collect(), undecided: undecided.map(|(_, number)| number).collect() })
    }

    /// Whether a mutant that nothing caught decides anything differently: with any settings, and with those of the
    /// set's own policy objects, sampled or not.
    fn compared(&self, mutant: &RuleGraph, mutation: &Mutation) -> Fate {
        let mut unknown = false;
        for settings in [Settings::Any, Settings::OfObjects, Settings::OfObjectsNow] {
            let how = Comparing { organisation: self.set.organisation(), settings, limit: self.options.limit };
            match difference([self.graph, mutant], how) {
                Ok(Some(found)) => return Fate::Survived(witness(self.original, &self.set, mutation, found)),
                Ok(None) => {}
                Err(Undecided) => unknown = true,
            }
        }
        if unknown { Fate::Unknown } else { Fate::Alike }
    }
}

fn copy(set: &Set) -> Set {
    Set {
        sources: set.sources.clone(),
        own: set.own.clone(),
        libraries: set.libraries.clone(),
        directory: set.directory.clone(),
        found_in_directory: Arc::clone(&set.found_in_directory),
        model: Arc::clone(&set.model),
        graph: set.graph.clone(),
    }
}

/// Puts declarations where others stood, which are handed back.
fn exchange(set: &mut Set, changed: Vec<Changed>) -> Vec<Changed> {
    let mut before = Vec::new();
    for (file, item, kind) in changed {
        if let Some(declared) = set.own.get_mut(file).and_then(|parsed| parsed.items.get_mut(item)) {
            before.push((file, item, mem::replace(&mut declared.kind, kind)));
        }
    }
    before
}

/// What linking makes of a set in which something is not as in the original. None if that is an error.
fn linked(set: &Set, original: &Set) -> Option<(Arc<Model>, Arc<RuleGraph>)> {
    let (model, found) = model::link_beside(set.input(), &original.model);
    if found.iter().any(Diagnostic::is_error) {
        return None;
    }
    let model = Arc::new(model);
    let graph = graph::build(Arc::clone(&model), &mut Sink::new())?;
    Some((model, Arc::new(graph)))
}

/// A set with a slip. None if it has errors.
pub fn mutant(set: &Set, mutation: &Mutation) -> Option<Set> {
    let mut mutant = copy(set);
    exchange(&mut mutant, mutation.changed.clone());
    let (model, graph) = linked(&mutant, set)?;
    Some(Set { model, graph: Some(graph), ..mutant })
}

/// Whether an expectation is not met. Another reason than the kept one is no other answer.
fn fails(check: &Check) -> bool {
    !check.passed && check.drift.is_none()
}

/// Every expectation of the tests, then every clause of the invariants.
fn catchers(set: &Set) -> Vec<Catcher> {
    let tests = set
        .model
        .tests
        .iter()
        .flat_map(|test| expectations(&test.tree).map(|at| Catcher { label: test.declared.name.clone(), at }));
    let invariants = set.model.invariants.iter().flat_map(|invariant| {
        let label = &invariant.declared.name;
        invariant.clauses.iter().map(|clause| Catcher { label: label.clone(), at: clause.span })
    });
    tests.chain(invariants).collect()
}

/// Where a test expects something.
fn expectations(test: &Test) -> impl Iterator<Item = Span> {
    test.items.iter().filter(|line| matches!(line.it, TestItem::Expect(_))).map(|line| line.span)
}
