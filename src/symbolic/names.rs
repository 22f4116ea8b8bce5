//! What two sets call the same, so that both can be asked in the same worlds: by which number each knows it.
//!
//! Texts have the same numbers in both, and both know all people and domains of either, because the sets were linked
//! for that. Everything is paired by name. Joined numbers are those of the first set, and behind them stands what the
//! second has alone. What a set lacks has a number there beyond all of its own, which nothing of the set asks for.

use std::hash::Hash;

use indexmap::IndexSet;
use rustc_hash::FxHashMap;

use super::{Variable, Whereabouts};
use crate::model::{
    ClassId, ContainerId, DomainId, FieldId, GroupId, Id, Model, ParameterId, ParameterOf, Reading, Value, ValueType,
    What,
};

/// The value that is ordinary in each set, where the two have different ones: nobody said another.
pub(super) const USUAL: Value = Value(i64::MIN);

/// The declared default of each set, where the two have different ones and objects of the sets say others.
pub(super) const DECLARED: Value = Value(i64::MIN + 1);

/// More sites than these that nobody names are never told apart.
const FOREIGN: usize = 1_000;

/// The numbers of things of one kind.
#[derive(Clone, Debug, Default)]
struct Numbers {
    /// The number in the second set of each joined number.
    second: Vec<usize>,
    /// The joined number of each number in the second set.
    joined: Vec<usize>,
    /// How many each set has.
    counts: [usize; 2],
}

impl Numbers {
    fn new<K: Hash + Eq>(first: impl Iterator<Item = K>, second: impl Iterator<Item = K>) -> Numbers {
        let (first, second): (IndexSet<K>, IndexSet<K>) = (first.collect(), second.collect());
        let lacking = first.iter().filter(|key| !second.contains(*key)).count();
        let mut beyond = second.len()..second.len() + lacking;
        let mut numbers = Numbers { counts: [first.len(), second.len()], ..Numbers::default() };
        let paired = first.iter().map(|key| second.get_index_of(key).or_else(|| beyond.next()).unwrap_or_default());
        numbers.second.extend(paired);
        let alone = second.iter().enumerate().filter(|(_, key)| !first.contains(*key));
        numbers.second.extend(alone.map(|(index, _)| index));
        numbers.joined = vec![0; numbers.second.len()];
        for (joined, second) in numbers.second.iter().enumerate() {
            if let Some(known) = numbers.joined.get_mut(*second) {
                *known = joined;
            }
        }
        numbers
    }

    fn to(&self, side: usize, joined: usize) -> usize {
        if side == 0 { joined } else { self.second.get(joined).copied().unwrap_or(joined) }
    }

    fn from(&self, side: usize, own: usize) -> usize {
        if side == 0 { own } else { self.joined.get(own).copied().unwrap_or(own) }
    }
}

/// The kinds of values that can be compared with each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Sort {
    Truth,
    Number,
    Word,
    Text,
    Other,
}

impl Sort {
    fn new(kind: &ValueType) -> Sort {
        match kind {
            ValueType::Bool => Sort::Truth,
            ValueType::Range(..) => Sort::Number,
            ValueType::Enumeration(_) => Sort::Word,
            ValueType::Text => Sort::Text,
            ValueType::Network | ValueType::Site | ValueType::Manifest => Sort::Other,
        }
    }
}

/// The names of two sets; by itself, of sets in which everything has the same number.
#[derive(Clone, Debug, Default)]
pub(super) struct Names<'m> {
    models: Option<[&'m Model; 2]>,
    containers: Numbers,
    /// As what is read: a field of another sort is another one.
    fields: Numbers,
    parameters: Numbers,
    classes: Numbers,
    groups: Numbers,
    people: Numbers,
    domains: Numbers,
    sites: Numbers,
    /// The words of enumerations of which the sets have different ones, by joined number.
    words: FxHashMap<What, Numbers>,
}

impl<'m> Names<'m> {
    pub(super) fn new(models: [&'m Model; 2]) -> Names<'m> {
        let [groups, people, domains, sites] = [
            paired(models, |model| model.groups.values().map(|it| it.name.clone()).collect()),
            paired(models, |model| model.people.values().map(|it| it.address.to_string()).collect()),
            paired(models, |model| model.domains.values().map(|it| it.name.to_string()).collect()),
            paired(models, |model| model.sites.values().map(|it| it.name.to_lowercase()).collect()),
        ];
        let [containers, fields, parameters, classes] = [
            paired(models, |model| model.containers.values().map(|it| it.declared.name.clone()).collect()),
            paired(models, |model| {
                let sort = |id| Sort::new(&model.kind_of(What::Presence(id)));
                model.fields.ids().map(|id| (model.field_name(id), sort(id))).collect()
            }),
            paired(models, |model| model.parameters.ids().map(|id| parameter_key(model, id)).collect()),
            paired(models, |model| model.classes.values().map(|it| it.declared.name.to_lowercase()).collect()),
        ];
        let mut names = Names {
            models: Some(models),
            containers,
            fields,
            parameters,
            classes,
            groups,
            people,
            domains,
            sites,
            words: FxHashMap::default(),
        };
        let parameters = models[0].parameters.ids().map(What::Parameter);
        for what in parameters.chain(models[0].fields.ids().map(What::Presence)) {
            let there = names.what_to(1, what);
            if !names.has(1, there) {
                continue;
            }
            let kinds = [models[0].kind_of(what), models[1].kind_of(there)];
            if let [ValueType::Enumeration(first), ValueType::Enumeration(second)] = &kinds
                && first != second
            {
                names.words.insert(what, Numbers::new(first.iter(), second.iter()));
            }
        }
        names
    }

    /// A variable as a set knows it.
    pub(super) fn to(&self, side: usize, variable: Variable) -> Variable {
        self.renumbered(variable, |numbers, joined| numbers.to(side, joined))
    }

    /// A variable of a set by joined numbers.
    pub(super) fn from(&self, side: usize, variable: Variable) -> Variable {
        self.renumbered(variable, |numbers, own| numbers.from(side, own))
    }

    /// True if a set has what one of its variables is about.
    pub(super) fn knows(&self, side: usize, variable: Variable) -> bool {
        match variable {
            Variable::Reading(reading) => self.has(side, reading.what),
            Variable::Entry(_, container) => self.is_in(&self.containers, side, container.index()),
            Variable::Granted(_, class) => self.is_in(&self.classes, side, class.index()),
            Variable::Group(_, group) => self.is_in(&self.groups, side, group.index()),
            _ => true,
        }
    }

    pub(super) fn reading_to(&self, side: usize, reading: Reading) -> Reading {
        Reading { what: self.what_to(side, reading.what), ..reading }
    }

    pub(super) fn reading_from(&self, side: usize, reading: Reading) -> Reading {
        Reading { what: self.what(reading.what, |numbers, own| numbers.from(side, own)), ..reading }
    }

    /// A value of a joined variable as a set knows it; None if it has no such value.
    pub(super) fn value_to(&self, side: usize, variable: Variable, value: Value) -> Option<Value> {
        let Some(models) = self.models else { return Some(value) };
        let Variable::Reading(reading) = variable else {
            return Some(self.renumbered_value(variable, value, |numbers, joined| numbers.to(side, joined)));
        };
        let own = self.what_to(side, reading.what);
        match value {
            _ if !self.has(side, own) => Some(value),
            USUAL => Some(usual(models[side], own)),
            DECLARED => Some(declared(models[side], own)),
            _ if reading.what == What::Site => Some(self.site_to(side, value)),
            _ => {
                let words = self.words.get(&reading.what);
                let index = |Value(code): Value| usize::try_from(code).ok();
                match (words, models[side].kind_of(own)) {
                    (Some(words), _) => {
                        let there = words.to(side, index(value)?);
                        (there < words.counts[side]).then_some(Value(there as i64))
                    }
                    (None, ValueType::Range(low, high)) => (low..=high).contains(&value.0).then_some(value),
                    _ => Some(value),
                }
            }
        }
    }

    /// A value of a set's variable by joined numbers. The variable is a joined one.
    pub(super) fn value_from(&self, side: usize, variable: Variable, value: Value) -> Value {
        let Variable::Reading(reading) = variable else {
            return self.renumbered_value(variable, value, |numbers, own| numbers.from(side, own));
        };
        if reading.what == What::Site {
            return self.site_from(side, value);
        }
        let words = self.words.get(&reading.what);
        match (words, usize::try_from(value.0)) {
            (Some(words), Ok(own)) => Value(words.from(side, own) as i64),
            _ => value,
        }
    }

    /// True if a set has a name for the value of one of its variables: not for a site that the other alone names.
    pub(super) fn names_value(&self, side: usize, variable: Variable, value: Value) -> bool {
        let foreign = (self.sites.counts[side] + FOREIGN) as i64;
        !matches!(variable, Variable::Reading(Reading { what: What::Site, .. }) if value.0 >= foreign)
    }

    /// Sites that nobody names have the numbers behind all that are named. One that the other set alone names is one
    /// of those here, and none that a question asks for by itself.
    fn site_to(&self, side: usize, value: Value) -> Value {
        let (Some(_), Ok(joined)) = (self.models, usize::try_from(value.0)) else { return value };
        let (all, own) = (self.sites.second.len(), self.sites.counts[side]);
        let number = match joined.checked_sub(all) {
            Some(unnamed) => own + unnamed,
            None => match self.sites.to(side, joined) {
                known if known < own => known,
                beyond => beyond + FOREIGN,
            },
        };
        Value(number as i64)
    }

    fn site_from(&self, side: usize, value: Value) -> Value {
        let (Some(_), Ok(own)) = (self.models, usize::try_from(value.0)) else { return value };
        let number = match own.checked_sub(self.sites.counts[side]) {
            Some(unnamed) => self.sites.second.len() + unnamed,
            None => self.sites.from(side, own),
        };
        Value(number as i64)
    }

    /// Who somebody is, or where they are.
    fn renumbered_value(&self, variable: Variable, value: Value, number: impl Fn(&Numbers, usize) -> usize) -> Value {
        let domain = |id: DomainId| DomainId::from_index(number(&self.domains, id.index()));
        match (variable, usize::try_from(value.0)) {
            (Variable::Named, Ok(person)) => Value(number(&self.people, person) as i64),
            (Variable::Domain, _) => match Whereabouts::of_value(value) {
                Whereabouts::Elsewhere => value,
                Whereabouts::At(id) => Whereabouts::At(domain(id)).value(),
                Whereabouts::Below(id) => Whereabouts::Below(domain(id)).value(),
            },
            _ => value,
        }
    }

    /// The values of a joined reading that each set has by itself, where they are different ones.
    pub(super) fn apart(&self, reading: Reading) -> Vec<Value> {
        let Some(models) = self.models else { return Vec::new() };
        let own = [0, 1].map(|side| self.what_to(side, reading.what));
        if ![0, 1].into_iter().all(|side: usize| self.has(side, own[side])) {
            return Vec::new();
        }
        let both = |value: fn(&Model, What) -> Value| {
            [0, 1].map(|side: usize| self.value_from(side, Variable::Reading(reading), value(models[side], own[side])))
        };
        let (usual, declared) = (both(usual), both(declared));
        let differ = |values: [Value; 2]| values[0] != values[1];
        let mut apart = Vec::new();
        apart.extend(differ(usual).then_some(USUAL));
        apart.extend((differ(declared) && declared != usual).then_some(DECLARED));
        apart
    }

    /// What the other side calls the same as a side does, be it of another sort.
    pub(super) fn namesake(&self, side: usize, what: What) -> Option<What> {
        let models = self.models?;
        let (here, there) = (models[side], models[1 - side]);
        match what {
            What::Parameter(id) => {
                let name = parameter_name(here, id);
                there.parameters.ids().find(|other| parameter_name(there, *other) == name).map(What::Parameter)
            }
            What::Presence(field) => {
                let name = here.field_name(field);
                there.fields.ids().find(|other| there.field_name(*other) == name).map(What::Presence)
            }
            What::Network | What::Site | What::Mode => None,
        }
    }

    fn what_to(&self, side: usize, what: What) -> What {
        self.what(what, |numbers, joined| numbers.to(side, joined))
    }

    fn has(&self, side: usize, what: What) -> bool {
        match what {
            What::Parameter(id) => self.is_in(&self.parameters, side, id.index()),
            What::Presence(id) => self.is_in(&self.fields, side, id.index()),
            What::Network | What::Site | What::Mode => true,
        }
    }

    fn is_in(&self, numbers: &Numbers, side: usize, own: usize) -> bool {
        self.models.is_none() || own < numbers.counts[side]
    }

    fn what(&self, what: What, number: impl Fn(&Numbers, usize) -> usize) -> What {
        match what {
            What::Parameter(id) => What::Parameter(ParameterId::from_index(number(&self.parameters, id.index()))),
            What::Presence(id) => What::Presence(FieldId::from_index(number(&self.fields, id.index()))),
            What::Network | What::Site | What::Mode => what,
        }
    }

    fn renumbered(&self, variable: Variable, number: impl Fn(&Numbers, usize) -> usize) -> Variable {
        match variable {
            Variable::Reading(reading) => {
                Variable::Reading(Reading { what: self.what(reading.what, number), ..reading })
            }
            Variable::Entry(of, container) => {
                Variable::Entry(of, ContainerId::from_index(number(&self.containers, container.index())))
            }
            Variable::Granted(whose, class) => {
                Variable::Granted(whose, ClassId::from_index(number(&self.classes, class.index())))
            }
            Variable::Group(whose, group) => {
                Variable::Group(whose, GroupId::from_index(number(&self.groups, group.index())))
            }
            _ => variable,
        }
    }
}

fn paired<K: Hash + Eq>(models: [&Model; 2], keys: impl Fn(&Model) -> Vec<K>) -> Numbers {
    let [first, second] = models.map(keys);
    Numbers::new(first.into_iter(), second.into_iter())
}

/// By what a setting or an attribute is the same in both sets. One of another sort is another one.
fn parameter_key(model: &Model, id: ParameterId) -> (ParameterName, Sort) {
    (parameter_name(model, id), Sort::new(&model.parameters[id].kind))
}

/// What a setting or an attribute is called, of any sort.
type ParameterName = (Option<String>, String);

fn parameter_name(model: &Model, id: ParameterId) -> ParameterName {
    let of = &model.parameters[id];
    match of.belongs_to {
        ParameterOf::Setting(class) => {
            (Some(model.classes[class].declared.name.to_lowercase()), of.declared.name.to_lowercase())
        }
        ParameterOf::Attribute(role) => (None, format!("{}.{}", role.name(), of.declared.name)),
    }
}

/// The value that something has where nobody says another: of a setting, in the object that holds everywhere.
pub(super) fn usual(model: &Model, what: What) -> Value {
    match what {
        What::Parameter(id) => {
            let of = &model.parameters[id];
            match of.belongs_to {
                ParameterOf::Setting(class) => model.value_in(model.object_for(class, None), of),
                ParameterOf::Attribute(_) => of.default,
            }
        }
        What::Site => Value::NOWHERE,
        What::Presence(_) | What::Network | What::Mode => Value(0),
    }
}

fn declared(model: &Model, what: What) -> Value {
    match what {
        What::Parameter(id) => model.parameters[id].default,
        _ => usual(model, what),
    }
}
