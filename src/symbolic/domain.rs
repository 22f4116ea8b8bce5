//! The variables of worlds with their values: of one set, or as each of two sets knows them.

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};

use super::chain::Chain;
use super::names::{Names, USUAL};
use super::said::Said;
use super::{Asked, Question, Terms, Variable};
use crate::model::{ConditionId, ManifestId, Model, Reading, Subject, Value};

/// The variables of a space with their values; the first value of each is the ordinary one.
#[derive(Clone, Debug, Default)]
pub(super) struct Domains {
    values: IndexMap<Variable, Vec<Value>>,
    /// The variables and positions of values that another side alone has.
    lacking: BTreeSet<(usize, usize)>,
}

impl Domains {
    pub(super) fn new(
        model: &Model,
        manifests: &[ManifestId],
        terms: Terms<impl IntoIterator<Item = ConditionId>, impl IntoIterator<Item = (Reading, Value)>>,
    ) -> Domains {
        let mut said = Said::of_conditions(manifests);
        for condition in terms.conditions {
            said.take(model, condition);
        }
        for (reading, value) in terms.values {
            said.compare(model, reading, value);
        }
        let values = said.variables.iter().map(|variable| (*variable, said.domain(model, *variable))).collect();
        Domains { values, ..Domains::default() }
    }

    /// What is told apart in the worlds of these questions, as each of them knows it: the variables, and the values of
    /// each, stand at the same positions for all.
    pub(super) fn for_questions<'m, const N: usize>(
        questions: &[Question<'m>; N],
        names: &Names<'_>,
        chain: &Chain,
        asked: [&Asked; N],
    ) -> [Domains; N] {
        let mut said = Said::default();
        for (side, (question, asked)) in questions.iter().zip(asked).enumerate() {
            let mut own = Said::of_question(*question);
            if question.is_about(Subject::Viewer) {
                own.view(*question, chain);
            }
            for condition in asked.all_conditions(*question) {
                own.take(question.model(), condition);
            }
            said.join(own, names, side);
        }
        let mut all: IndexMap<Variable, IndexSet<Value>> =
            said.variables.iter().map(|variable| (*variable, IndexSet::new())).collect();
        for (side, question) in questions.iter().enumerate() {
            let own = said.as_said(*question, names, side);
            for (variable, values) in &mut all {
                let here = names.to(side, *variable);
                if names.knows(side, here) {
                    let domain = own.domain(question.model(), here).into_iter();
                    values.extend(domain.map(|value| names.value_from(side, *variable, value)));
                }
            }
        }
        for (variable, values) in &mut all {
            if let Variable::Reading(reading) = variable {
                let apart = names.apart(*reading);
                let usual = apart.first() == Some(&USUAL);
                apart.into_iter().for_each(|value| _ = values.insert(value));
                if usual && let Some(at) = values.get_index_of(&USUAL) {
                    values.swap_indices(0, at);
                }
            }
        }
        std::array::from_fn(|side| Domains::of_side(&all, names, side))
    }

    /// Joined variables with their values as a side knows them.
    fn of_side(all: &IndexMap<Variable, IndexSet<Value>>, names: &Names<'_>, side: usize) -> Domains {
        let mut domains = Domains::default();
        for (index, (variable, values)) in all.iter().enumerate() {
            let mut own = Vec::with_capacity(values.len());
            for (position, value) in values.iter().enumerate() {
                let here = names.value_to(side, *variable, *value);
                if here.is_none() {
                    domains.lacking.insert((index, position));
                }
                own.push(here.unwrap_or(Value::FALSE));
            }
            domains.values.insert(names.to(side, *variable), own);
        }
        domains
    }

    /// True if a side has a value at a position: what the other side alone has, nobody has here.
    pub(super) fn has_position(&self, index: usize, position: usize) -> bool {
        position < self.values_of(index).len() && !self.lacking.contains(&(index, position))
    }

    /// The variables that have values which this side lacks.
    pub(super) fn lacking(&self) -> impl Iterator<Item = usize> {
        self.lacking.iter().map(|(index, _)| *index)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &[Value]> {
        self.values.values().map(Vec::as_slice)
    }

    pub(super) fn values_of(&self, index: usize) -> &[Value] {
        self.values.get_index(index).map_or(&[], |(_, values)| values)
    }

    pub(super) fn index(&self, variable: Variable) -> Option<usize> {
        self.values.get_index_of(&variable)
    }

    pub(super) fn variable(&self, index: usize) -> Option<Variable> {
        self.values.get_index(index).map(|(variable, _)| *variable)
    }

    pub(super) fn variables(&self) -> impl Iterator<Item = Variable> {
        self.values.keys().copied()
    }
}
