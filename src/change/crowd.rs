//! Known people whom no rule tells apart by what they are themselves, before a change and after it. An owner's own
//! entries and lists tell people apart too; those are few for each owner.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::model::{
    Condition, Containers, DomainId, GroupId, Id, Model, ParameterId, ParameterOf, PersonId, Reading, Subject, UserId,
    Value, What,
};
use crate::resolve::{RuleSet, Somebody};

/// What rules read of somebody, before and after.
type Traits = Vec<[Option<Value>; 2]>;

/// People whom no rule tells apart.
#[derive(Debug)]
pub(super) struct Crowd {
    /// Who; sorted.
    pub(super) people: Vec<PersonId>,
    /// Something that rules read of them changes.
    pub(super) changes: bool,
}

/// Everybody, each in one crowd.
#[derive(Debug)]
pub(super) struct Crowds {
    pub(super) all: Vec<Crowd>,
    /// The crowd of each person, by index.
    of: Vec<usize>,
    /// Something changes that rules read of viewers.
    pub(super) viewers_change: bool,
}

/// Known people whom nothing tells apart for an owner.
#[derive(Debug)]
pub(super) struct Viewers {
    /// One of them.
    pub(super) representative: Somebody,
    pub(super) count: usize,
}

/// What rules read of viewers, and of the two sides of a conversation. Of the other roles a question names one, and
/// what is asked about them is compared one by one.
#[derive(Debug, Default)]
struct Read {
    /// And whether it is read of viewers.
    what: IndexMap<What, bool>,
    groups: Vec<GroupId>,
}

impl Read {
    fn of(model: &Model) -> Read {
        let mut read = Read::default();
        let counts = |of: Subject| matches!(of, Subject::Viewer | Subject::Party | Subject::Peer);
        for (_, condition) in model.conditions.iter() {
            let mut take = |reading: &Reading| {
                if counts(reading.of) && reading.what != What::Network {
                    *read.what.entry(reading.what).or_default() |= reading.of == Subject::Viewer;
                }
            };
            match condition {
                Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => take(reading),
                Condition::CompareReadings(left, _, right) => {
                    take(left);
                    take(right);
                }
                Condition::InGroup(subject, group) if counts(*subject) => read.groups.push(*group),
                _ => {}
            }
        }
        read.groups.sort_unstable();
        read.groups.dedup();
        read
    }
}

impl Crowds {
    /// The crowds of two sets whose ids mean the same.
    pub(super) fn of(before: &RuleSet, after: &RuleSet) -> Crowds {
        let model = before.model();
        let read = Read::of(model);
        let mut crowds: IndexMap<(DomainId, Traits), Crowd> = IndexMap::new();
        let mut of = Vec::with_capacity(model.people.len());
        let mut viewers_change = false;
        for (person, known) in model.people.iter() {
            let mut traits = Traits::with_capacity(read.what.len() + read.groups.len());
            let mut changes = false;
            for (what, of_viewers) in &read.what {
                let both = [before, after].map(|rules| value(rules, person, *what));
                // Texts are numbered anew, so values are compared by name.
                let name = |rules: &RuleSet, value: Option<Value>| {
                    value.map(|value| rules.model().value_name(&rules.model().kind_of(*what), value))
                };
                let [old, new] = both;
                let differs = name(before, old) != name(after, new);
                changes |= differs;
                viewers_change |= differs && *of_viewers;
                traits.push(both);
            }
            for group in &read.groups {
                let is_member = before.graph().member_at(*group, person).is_some();
                traits.push([Some(Value::from(is_member)); 2]);
            }
            let entry = crowds.entry((known.domain, traits));
            of.push(entry.index());
            let crowd = entry.or_insert_with(|| Crowd { people: Vec::new(), changes });
            crowd.people.push(person);
        }
        Crowds { all: crowds.into_values().collect(), of, viewers_change }
    }

    /// The known viewers of an owner. Whom the owner's entries or lists name stands beside those whom they name alike;
    /// everybody else beside the rest of the crowd.
    pub(super) fn known(&self, before: &RuleSet, after: &RuleSet, owner: UserId) -> Vec<Viewers> {
        let model = before.model();
        let myself = model.users[owner].person;
        let standings = [before.standing(owner), after.standing(owner)];
        let mut named: BTreeMap<PersonId, [Containers; 2]> = BTreeMap::new();
        for (at, standing) in standings.into_iter().enumerate() {
            for (person, containers) in standing.people() {
                if let Some(place) = named.entry(person).or_insert([Containers::NONE; 2]).get_mut(at) {
                    *place = containers;
                }
            }
            for person in standing.contacts() {
                named.entry(person).or_insert([Containers::NONE; 2]);
            }
        }
        let delegates = &model.users[owner].delegates;
        for (person, _) in delegates {
            named.entry(*person).or_insert([Containers::NONE; 2]);
        }
        named.remove(&myself);
        let mut alike: IndexMap<_, Viewers> = IndexMap::new();
        let mut rest: Vec<usize> = self.all.iter().map(|crowd| crowd.people.len()).collect();
        let mut less = |crowd: usize| {
            if let Some(count) = rest.get_mut(crowd) {
                *count = count.saturating_sub(1);
            }
        };
        less(self.at(myself));
        for (person, containers) in &named {
            let crowd = self.at(*person);
            less(crowd);
            let contact = standings.map(|standing| standing.is_contact(*person));
            let delegate = delegates.iter().any(|(delegate, _)| delegate == person);
            let viewers = Viewers { representative: Somebody::known(model, *person), count: 0 };
            alike.entry((crowd, *containers, contact, delegate)).or_insert(viewers).count += 1;
        }
        let mut all: Vec<Viewers> = alike.into_values().collect();
        for (crowd, count) in self.all.iter().zip(rest).filter(|(_, count)| *count > 0) {
            let unnamed = |person: &&PersonId| **person != myself && !named.contains_key(*person);
            if let Some(person) = crowd.people.iter().find(unnamed) {
                all.push(Viewers { representative: Somebody::known(model, *person), count });
            }
        }
        all
    }

    /// The crowd of a person.
    pub(super) fn at(&self, person: PersonId) -> usize {
        self.of.get(person.index()).copied().unwrap_or_default()
    }
}

/// What rules read of somebody.
fn value(rules: &RuleSet, person: PersonId, what: What) -> Option<Value> {
    let model = rules.model();
    let user = model.people[person].user;
    match what {
        What::Parameter(parameter) => parameter_value(model, person, parameter),
        What::Presence(field) => {
            let presence = user.map(|user| &model.users[user].presence)?;
            presence.iter().find(|(of, _, _)| *of == field).map(|(_, value, _)| *value)
        }
        What::Site => Some(Value::site(user.and_then(|user| model.users[user].site))),
        What::Mode => user.and_then(|user| rules.standing(user).manifest()).map(Value::manifest),
        What::Network => None,
    }
}

/// The value of a setting or an attribute of somebody; None where it is not known, or the default.
fn parameter_value(model: &Model, person: PersonId, id: ParameterId) -> Option<Value> {
    let parameter = &model.parameters[id];
    let user = model.people[person].user;
    match parameter.of {
        ParameterOf::Attribute(_) => {
            let attributes = user.map(|user| &model.users[user].attributes)?;
            attributes.iter().find(|(of, _, _)| *of == id).map(|(_, value, _)| *value)
        }
        ParameterOf::Setting(class) => {
            // Somebody of the organisation who is no user has what holds everywhere; the crowd is one domain's.
            Some(model.value_in(model.object_for(class, user), parameter))
        }
    }
}
