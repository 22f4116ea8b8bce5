//! What varies between worlds, and the values that are enough to tell apart everything some conditions can say.

use std::ops::RangeInclusive;

use indexmap::{IndexMap, IndexSet};

use super::Terms;
use crate::language::ast::{Relation, Role};
use crate::model::{
    Condition, ConditionId, ContainerId, Containers, GroupId, Id, ManifestId, Model, Network, ParameterOf, Reading,
    Subject, Value, ValueType, What,
};

/// Something that differs between worlds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Variable {
    /// The value of a reading.
    Reading(Reading),
    /// The container that is somebody's level; the value is the index of the first of those that the conditions do not
    /// tell apart, or -1 for none.
    Level(Subject),
    /// Whether somebody is in a group.
    Group(Subject, GroupId),
    /// Whether somebody is on a list of the owner.
    Listed(Subject, bool),
}

impl Variable {
    pub(super) fn listed(subject: Subject, relation: Relation) -> Variable {
        Variable::Listed(subject, relation == Relation::Delegate)
    }
}

/// The variables of a space with their values; the first value of each is the ordinary one.
#[derive(Debug)]
pub(super) struct Domains {
    values: IndexMap<Variable, Vec<Value>>,
}

/// What is said about readings: the values they are compared with, and the readings they are compared with.
#[derive(Default)]
struct Said<'m> {
    /// The manifests, whose conditions make the mode.
    manifests: &'m [ManifestId],
    variables: IndexSet<Variable>,
    constants: IndexMap<Reading, Vec<Value>>,
    pairs: Vec<(Reading, Reading)>,
    /// The sets of containers in which conditions look for somebody.
    levels: IndexMap<Subject, Vec<Containers>>,
}

impl Domains {
    pub(super) fn new(
        model: &Model,
        manifests: &[ManifestId],
        terms: Terms<impl IntoIterator<Item = ConditionId>, impl IntoIterator<Item = (Reading, Value)>>,
    ) -> Domains {
        let mut said = Said { manifests, ..Said::default() };
        for condition in terms.conditions {
            said.take(model, condition);
        }
        for (reading, value) in terms.values {
            said.reading(model, reading);
            said.constants.entry(reading).or_default().push(value);
        }
        let variables: Vec<Variable> = said.variables.iter().copied().collect();
        let values = variables.into_iter().map(|variable| (variable, said.domain(model, variable))).collect();
        Domains { values }
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

    pub(super) fn variables(&self) -> impl Iterator<Item = Variable> {
        self.values.keys().copied()
    }
}

/// True for readings that are not known of people outside the organisation.
pub(super) fn needs_inside(model: &Model, reading: Reading) -> bool {
    match reading.what {
        What::Network | What::Site | What::Mode => false,
        What::Presence(_) => true,
        What::Parameter(parameter) => {
            matches!(
                model.parameters[parameter].belongs_to,
                ParameterOf::Attribute(Role::User) | ParameterOf::Setting(_)
            )
        }
    }
}

/// The network of somebody.
pub(super) fn network_of(subject: Subject) -> Reading {
    Reading { whose: subject, what: What::Network }
}

impl Said<'_> {
    fn reading(&mut self, model: &Model, reading: Reading) {
        if reading.what == What::Mode {
            // No variable of its own: it follows from what the manifests read.
            let manifests = self.manifests.iter().filter_map(|manifest| model.manifests[*manifest].when);
            return manifests.for_each(|when| self.take(model, when));
        }
        // Whether somebody is inside decides whether anything else of them is known, so it comes first.
        if needs_inside(model, reading) || reading.what == What::Site {
            self.variables.insert(Variable::Reading(network_of(reading.whose)));
        }
        self.variables.insert(Variable::Reading(reading));
    }

    fn take(&mut self, model: &Model, id: ConditionId) {
        match model.conditions.get(id) {
            Condition::Constant(_) => {}
            Condition::Not(operand) => self.take(model, *operand),
            Condition::All(operands) | Condition::Any(operands) => {
                operands.iter().for_each(|operand| self.take(model, *operand));
            }
            Condition::Compare(reading, _, value) => {
                self.reading(model, *reading);
                self.constants.entry(*reading).or_default().push(*value);
            }
            Condition::OneOf(reading, values) => {
                self.reading(model, *reading);
                self.constants.entry(*reading).or_default().extend(values);
            }
            Condition::CompareReadings(left, _, right) => {
                self.reading(model, *left);
                self.reading(model, *right);
                self.pairs.push((*left, *right));
            }
            Condition::InContainer(subject, containers) => {
                self.variables.insert(Variable::Level(*subject));
                self.levels.entry(*subject).or_default().push(*containers);
            }
            Condition::InGroup(subject, group) => _ = self.variables.insert(Variable::Group(*subject, *group)),
            Condition::Is(subject, relation) => _ = self.variables.insert(Variable::listed(*subject, *relation)),
        }
    }

    /// The readings that are compared with each other, directly or through others.
    fn connected(&self, reading: Reading) -> IndexSet<Reading> {
        let mut connected = IndexSet::from([reading]);
        let mut next = 0;
        while let Some(reading) = connected.get_index(next).copied() {
            next += 1;
            for (left, right) in &self.pairs {
                if *left == reading {
                    connected.insert(*right);
                }
                if *right == reading {
                    connected.insert(*left);
                }
            }
        }
        connected
    }

    fn domain(&self, model: &Model, variable: Variable) -> Vec<Value> {
        match variable {
            Variable::Reading(reading) => self.reading_domain(model, reading),
            Variable::Level(subject) => self.level_domain(model, subject),
            Variable::Group(..) | Variable::Listed(..) => vec![Value::FALSE, Value::TRUE],
        }
    }

    /// The first of those levels that the conditions do not tell apart.
    fn level_domain(&self, model: &Model, subject: Subject) -> Vec<Value> {
        let asked = self.levels.get(&subject).map_or(&[][..], Vec::as_slice);
        let nobody = model.fallback().is_none().then_some(Value(-1)).map(|nobody| (vec![false; asked.len()], nobody));
        let level =
            |id: ContainerId| (asked.iter().map(|containers| containers.has(id)).collect(), Value(id.index() as i64));
        let mut told_apart: IndexMap<Vec<bool>, Value> = nobody.into_iter().collect();
        for (among, value) in model.containers.ids().map(level) {
            told_apart.entry(among).or_insert(value);
        }
        told_apart.into_values().collect()
    }

    fn reading_domain(&self, model: &Model, reading: Reading) -> Vec<Value> {
        let ordinary = match reading.what {
            What::Parameter(parameter) => model.parameters[parameter].default,
            What::Site => Value::NOWHERE,
            What::Presence(_) | What::Network | What::Mode => Value(0),
        };
        let count = |count: usize| (0..count as i64).map(Value).collect::<Vec<_>>();
        let mut values = match model.kind_of(reading.what) {
            ValueType::Bool => count(2),
            ValueType::Enumeration(values) => count(values.len()),
            ValueType::Network => count(Network::ALL.len()),
            ValueType::Site => self.sites(model, reading),
            ValueType::Manifest => count(model.manifests.len().max(1)),
            ValueType::Range(low, high) => self.numbers(model, reading, low..=high, ordinary),
            ValueType::Text => self.texts(reading, ordinary),
        };
        if let Some(at) = values.iter().position(|value| *value == ordinary) {
            values.swap(0, at);
        }
        values
    }

    /// No site, every site there is, and, where people are asked for the same site, others that nobody names: one for
    /// each reading that is compared.
    fn sites(&self, model: &Model, reading: Reading) -> Vec<Value> {
        let compared = self.pairs.iter().any(|(left, right)| *left == reading || *right == reading);
        let unnamed = if compared { self.connected(reading).len() } else { 0 };
        let sites = (0..(model.sites.len() + unnamed) as i64).map(Value);
        std::iter::once(Value::NOWHERE).chain(sites).collect()
    }

    /// One number for each interval that the constants leave; where readings are compared with each other, as many as
    /// there are readings, so that they can be in any order inside it.
    fn numbers(&self, model: &Model, reading: Reading, range: RangeInclusive<i64>, ordinary: Value) -> Vec<Value> {
        let connected = self.connected(reading);
        let mut cuts: Vec<i64> = vec![ordinary.0];
        for other in &connected {
            cuts.extend(self.constants.get(other).into_iter().flatten().map(|value| value.0));
            if let ValueType::Range(low, high) = model.kind_of(other.what) {
                cuts.extend([low, high]);
            }
        }
        cuts.retain(|cut| range.contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        let mut values = Vec::new();
        for (at, cut) in cuts.iter().enumerate() {
            values.push(Value(*cut));
            let end = cuts.get(at + 1).copied().unwrap_or(*cut);
            let between = (cut.saturating_add(1)..end).take(connected.len());
            values.extend(between.map(Value));
        }
        values
    }

    /// The literals that matter, and one other text for each reading that is compared.
    fn texts(&self, reading: Reading, ordinary: Value) -> Vec<Value> {
        let connected = self.connected(reading);
        let mut values = vec![ordinary];
        for other in &connected {
            values.extend(self.constants.get(other).into_iter().flatten());
        }
        values.sort_unstable();
        values.dedup();
        // No text has a negative index.
        values.extend((1..=connected.len() as i64).map(|other| Value(-other)));
        values
    }
}
