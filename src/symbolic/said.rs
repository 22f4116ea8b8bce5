//! What conditions and questions say about what varies between worlds, and the values that are enough to tell apart all
//! that they can say.

use std::ops::RangeInclusive;

use indexmap::{IndexMap, IndexSet};

use super::chain::Chain;
use super::names::{Names, usual};
use super::variable::{NONE_NAMED, needs_inside, network_of};
use super::{EntryType, Question, Variable};
use crate::language::ast::Relation;
use crate::model::{
    Condition, ConditionId, ContainerId, Containers, Id, ManifestId, Model, Network, Reading, Subject, Value,
    ValueType, What,
};

/// What is said about readings: the values they are compared with, and the readings they are compared with.
#[derive(Default)]
pub(super) struct Said<'m> {
    /// The manifests, whose conditions make the mode.
    manifests: &'m [ManifestId],
    /// What is asked; None if conditions are asked by themselves.
    question: Option<Question<'m>>,
    pub(super) variables: IndexSet<Variable>,
    constants: IndexMap<Reading, Vec<Value>>,
    pairs: Vec<(Reading, Reading)>,
    /// The sets of containers in which conditions look for somebody.
    levels: IndexMap<Subject, Vec<Containers>>,
}

/// The kind of what a reading reads; None of what another side alone has.
fn kind_if_known(model: &Model, what: What) -> Option<ValueType> {
    let is_known = match what {
        What::Parameter(id) => id.index() < model.parameters.len(),
        What::Presence(id) => id.index() < model.fields.len(),
        What::Network | What::Site | What::Mode => true,
    };
    is_known.then(|| model.kind_of(what))
}

impl<'m> Said<'m> {
    /// Nothing yet, of conditions by themselves.
    pub(super) fn of_conditions(manifests: &'m [ManifestId]) -> Said<'m> {
        Said { manifests, ..Said::default() }
    }

    /// Nothing yet, of a question.
    pub(super) fn of_question(question: Question<'m>) -> Said<'m> {
        Said { manifests: question.graph.manifest_order(), question: Some(question), ..Said::default() }
    }

    /// Takes in what is said on a side, by joined numbers. What is new stands where it stood there.
    pub(super) fn join(&mut self, own: Said<'_>, names: &Names<'_>, side: usize) {
        let mut at = 0;
        for variable in own.variables {
            let variable = names.from(side, variable);
            at = match self.variables.get_index_of(&variable) {
                Some(known) => known + 1,
                None => {
                    self.variables.shift_insert(at, variable);
                    at + 1
                }
            };
        }
        for (reading, values) in own.constants {
            let reading = names.reading_from(side, reading);
            let values = values.into_iter().map(|value| names.value_from(side, Variable::Reading(reading), value));
            self.constants.entry(reading).or_default().extend(values);
        }
        let pair = |reading| names.reading_from(side, reading);
        self.pairs.extend(own.pairs.into_iter().map(|(left, right)| (pair(left), pair(right))));
    }

    /// What both sides say, as a side knows it.
    pub(super) fn as_said<'q>(&self, question: Question<'q>, names: &Names<'_>, side: usize) -> Said<'q> {
        let mut own = Said::of_question(question);
        for (reading, values) in &self.constants {
            let here = names.reading_to(side, *reading);
            let values = values.iter().filter_map(|value| names.value_to(side, Variable::Reading(*reading), *value));
            own.constants.insert(here, values.collect());
        }
        let pair = |reading| names.reading_to(side, reading);
        own.pairs = self.pairs.iter().map(|(left, right)| (pair(*left), pair(*right))).collect();
        own
    }

    /// What decides the entries of an owner that are in force for a viewer, in an order that keeps diagrams small: what
    /// makes the mode, who the viewer is, and entries from the broadest to the narrowest, the highest container first.
    pub(super) fn view(&mut self, question: Question<'_>, chain: &Chain) {
        let model = question.model();
        let manifests = self.manifests.iter().filter_map(|manifest| model.manifests[*manifest].when);
        manifests.for_each(|when| self.take(model, when));
        model.memberships.values().for_each(|membership| self.take(model, membership.when));
        let viewer = Subject::Viewer;
        self.variables.insert(Variable::Reading(network_of(viewer)));
        self.variables.insert(Variable::Anonymous);
        self.variables.extend([Relation::Delegate, Relation::Contact].map(|list| Variable::listed(viewer, list)));
        if !question.people().is_empty() {
            self.variables.insert(Variable::Named);
        }
        if !question.domains().is_empty() {
            self.variables.insert(Variable::Domain);
        }
        self.variables.extend(question.groups().into_iter().map(|group| Variable::Group(viewer, group)));
        for of in chain.types() {
            // What a domain's entries come to depends on its network and on little that came before. Were all networks
            // told apart first, diagrams would be as wide as there are combinations of them.
            if let EntryType::Domain(number @ 1..) = of
                && chain.networks
            {
                self.variables.insert(Variable::NetworkAbove(number));
            }
            self.variables.extend(question.containers().map(|container| Variable::Entry(of, container)));
        }
    }

    /// True if somebody is in the worlds.
    fn has(&self, subject: Subject) -> bool {
        self.question.is_none_or(|question| question.is_about(subject))
    }

    fn reading(&mut self, model: &Model, reading: Reading) {
        if !self.has(reading.whose) {
            return;
        }
        if reading.what == What::Mode {
            // No variable of its own: it follows from what the manifests read.
            let manifests = self.manifests.iter().filter_map(|manifest| model.manifests[*manifest].when);
            return manifests.for_each(|when| self.take(model, when));
        }
        // Whether somebody is inside decides whether anything else of them is known, so it comes first.
        if needs_inside(model, reading) || reading.what == What::Site {
            self.variables.insert(Variable::Reading(network_of(reading.whose)));
        }
        match self.question.and_then(|question| Some((question, question.class_of(reading)?))) {
            Some((question, class)) => {
                if !self.variables.contains(&Variable::Granted(reading.whose, class)) {
                    self.variables.extend(question.deciding_objects(reading.whose, class));
                }
                self.constants.entry(reading).or_default().extend(question.values_in_objects(reading, class));
            }
            None => _ = self.variables.insert(Variable::Reading(reading)),
        }
    }

    /// Takes in a value that a reading is compared with.
    pub(super) fn compare(&mut self, model: &Model, reading: Reading, value: Value) {
        self.reading(model, reading);
        self.constants.entry(reading).or_default().push(value);
    }

    pub(super) fn take(&mut self, model: &Model, id: ConditionId) {
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
                if self.has(left.whose) && self.has(right.whose) {
                    self.pairs.push((*left, *right));
                }
            }
            Condition::InGroup(subject, group) => {
                if self.has(*subject) {
                    self.variables.insert(Variable::Group(*subject, *group));
                }
            }
            // Of a question they follow from what is recorded.
            Condition::InContainer(..) | Condition::Is(..) if self.question.is_some() => {}
            Condition::InContainer(subject, containers) => {
                self.variables.insert(Variable::Level(*subject));
                self.levels.entry(*subject).or_default().push(*containers);
            }
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

    pub(super) fn domain(&self, model: &Model, variable: Variable) -> Vec<Value> {
        match variable {
            Variable::Reading(reading) => self.reading_domain(model, reading),
            Variable::Level(subject) => self.level_domain(model, subject),
            Variable::Group(..) | Variable::Listed(..) | Variable::Anonymous | Variable::Entry(..) => {
                vec![Value::FALSE, Value::TRUE]
            }
            Variable::Granted(..) | Variable::Pool(_) | Variable::NetworkSite(_) => {
                self.question.map_or_else(|| vec![NONE_NAMED], |question| question.codes(variable))
            }
            Variable::Named => named(self.question.map(Question::people)),
            Variable::Domain => self.question.map(Question::all_whereabouts).unwrap_or_default(),
            Variable::NetworkAbove(_) => std::iter::once(NONE_NAMED).chain(Network::ALL.map(Network::value)).collect(),
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
        if let Some(sampled) = self.question.and_then(|question| question.sampled(reading)) {
            return sampled;
        }
        let ordinary = match (reading.what, self.question) {
            // Conditions by themselves are asked whatever objects say.
            (What::Parameter(parameter), None) => model.parameters[parameter].default,
            (what, _) => usual(model, what),
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
            if let Some(ValueType::Range(low, high)) = kind_if_known(model, other.what) {
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

/// None of those that memberships name, and each of them.
fn named<I: Id>(named: Option<IndexSet<I>>) -> Vec<Value> {
    let named = named.into_iter().flatten().map(|id| Value(id.index() as i64));
    std::iter::once(NONE_NAMED).chain(named).collect()
}
