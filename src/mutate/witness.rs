//! What tells a mutant from the set that it is of: a world in words, and a test that only the set passes.

use indexmap::IndexSet;

use super::Mutation;
use crate::compile::Set;
use crate::expect::Attempt;
use crate::language::ast::Test;
use crate::model::{FeatureId, FieldId, Goal, Subject, ValueType};
use crate::prove::{Counterexample, Stage, read};
use crate::symbolic::{Decision, Difference};

/// A world in which a slip makes a difference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Witness {
    /// What is decided differently.
    pub decision: Decision,
    /// What is out of the ordinary in it, each in a few words.
    pub facts: Vec<String>,
    /// A test that the set passes, and would fail with the slip; None if no test can say it.
    pub test: Option<String>,
}

/// The world of a difference, told of the set and of its mutant.
pub(super) fn witness(set: &Set, mutant: &Set, mutation: &Mutation, found: Difference) -> Witness {
    let Difference { shape, decision, world } = found;
    let stage = Stage::new(set, &Counterexample { shape, world });
    let here = stage.directory();
    let passes = |set: &Set, test: &Test| {
        let (outcome, asked) = Attempt { set, directory: here.as_ref(), invariant: None }.run(test);
        let answered = outcome.checks.iter().all(|check| check.unknown.is_none());
        (asked.is_some() && answered).then(|| outcome.passed())
    };
    let tells_apart = |text: &String| {
        read(text).is_some_and(|test| passes(set, &test) == Some(true) && passes(mutant, &test) == Some(false))
    };
    let candidates = Candidates { set, mutant, stage: &stage }.expectations(decision);
    let mut tests = candidates.into_iter().map(|expected| stage.test(&mutation.label, &[expected]));
    let test = tests.find(tells_apart);
    Witness { decision, facts: stage.facts, test }
}

/// What a test can expect of a decision: one of these is so.
struct Candidates<'a> {
    set: &'a Set,
    mutant: &'a Set,
    stage: &'a Stage<'a>,
}

impl Candidates<'_> {
    fn expectations(&self, decision: Decision) -> Vec<String> {
        match decision {
            Decision::Sees(field) => self.sees(field).unwrap_or_default(),
            Decision::Level => self.level().unwrap_or_default(),
            Decision::Uses(feature) => {
                ["can", "cannot"].iter().filter_map(|verb| self.stage.uses(feature, verb)).collect()
            }
            Decision::Discloses(feature) => self.leaves(feature),
        }
    }

    fn sees(&self, field: FieldId) -> Option<Vec<String>> {
        let model = &self.set.model;
        let (viewer, owner) = (self.stage.person(Subject::Viewer)?, self.stage.person(Subject::Owner)?);
        let name = model.field_name(field);
        let mut all = vec![
            format!("expect {viewer} sees {owner} {name}"),
            format!("expect {viewer} does not see {owner} {name}"),
        ];
        if let Some(ValueType::Enumeration(values)) = &model.fields[field].kind {
            all.extend(values.iter().map(|value| format!("expect {viewer} sees {owner} {name} as {value}")));
        }
        Some(all)
    }

    fn level(&self) -> Option<Vec<String>> {
        let (viewer, owner) = (self.stage.person(Subject::Viewer)?, self.stage.person(Subject::Owner)?);
        let containers = self.set.model.containers.values();
        Some(containers.map(|it| format!("expect {viewer} in {} of {owner}", it.declared.name)).collect())
    }

    fn leaves(&self, feature: FeatureId) -> Vec<String> {
        let model = &self.set.model;
        let mut lines: IndexSet<(String, Goal)> = IndexSet::new();
        for model in [&*self.set.model, &*self.mutant.model] {
            let leaving = model.leaving(feature, self.set.organisation());
            lines.extend(leaving.map(|line| (model.item_of(line.item, line.whose), line.goal())));
        }
        let expectations = lines.into_iter().flat_map(|(item, goal)| {
            let ([does, does_not], goal) = match goal {
                Goal::Recipient(to) => {
                    (["discloses", "does not disclose"], format!("to {}", model.recipients[to].declared.name))
                }
                Goal::Place(at) => (["stores", "does not store"], format!("at {}", model.places[at].declared.name)),
            };
            [does, does_not].map(|verb| self.stage.leaves(feature, &format!("{verb} {item} {goal}")))
        });
        expectations.flatten().collect()
    }
}
