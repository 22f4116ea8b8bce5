//! What is asked about the worlds of a space: who is in them, and what can be recorded of them.

use indexmap::IndexSet;

use crate::graph::RuleGraph;
use crate::language::ast::Shape;
use crate::model::{
    ClassId, ConditionId, ContainerId, DomainId, Entry, FieldId, GroupId, Model, Organisation, ParameterOf, PersonId,
    Reading, Subject, What,
};

/// A question about people and rules. A world has the people of its shape and nobody else: no rule reads a third
/// person. A viewer is somebody else than the owner.
#[derive(Clone, Copy, Debug)]
pub struct Question<'m> {
    /// The rules.
    pub graph: &'m RuleGraph,
    /// Who is in the world.
    pub shape: Shape,
    /// Whether a directory says of which networks domains are, and who hosts the organisation.
    pub organisation: Organisation,
    /// Which values settings can have.
    pub settings: Settings,
}

/// Which values settings can have in the worlds of a question.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Settings {
    /// All that are declared.
    Any,
    /// Those of the set's own policy objects, each of which applies whole. What a meeting has sampled is of one of them
    /// too.
    OfObjects,
    /// The same in meetings that have sampled nothing: an organizer has the settings of the objects that apply.
    OfObjectsNow,
}

/// What is asked in the worlds of a question.
#[derive(Clone, Default, Debug)]
pub struct Asked {
    /// Fields: what is seen of them.
    pub fields: Vec<FieldId>,
    /// Conditions: where they hold.
    pub conditions: Vec<ConditionId>,
    /// Whether it is asked which container is the viewer's level, beside what conditions read of it.
    pub level: bool,
}

impl Asked {
    /// Everything that any of them asks.
    pub fn together(all: impl IntoIterator<Item = Asked>) -> Asked {
        all.into_iter().fold(Asked::default(), |mut together, asked| {
            together.fields.extend(asked.fields);
            together.conditions.extend(asked.conditions);
            together.level |= asked.level;
            together
        })
    }

    /// The conditions, and before them those that decide what is seen of the fields.
    pub(super) fn all_conditions(&self, question: Question<'_>) -> Vec<ConditionId> {
        let of_fields = self.fields.iter().flat_map(|field| question.deciding(*field));
        of_fields.chain(self.conditions.iter().copied()).collect()
    }
}

impl<'m> Question<'m> {
    pub(super) fn model(self) -> &'m Model {
        self.graph.model()
    }

    /// True if somebody is in its worlds. Of somebody who is not, nothing is known.
    pub(super) fn is_about(self, subject: Subject) -> bool {
        Subject::of_shape(self.shape).contains(&subject)
    }

    /// The class whose objects give a reading its value; None if it has a value of its own.
    pub(super) fn class_of(self, reading: Reading) -> Option<ClassId> {
        self.setting_of(reading).filter(|_| self.settings != Settings::Any && !self.is_sampled(reading))
    }

    /// The class of the setting that is read, if one is.
    pub(super) fn setting_of(self, reading: Reading) -> Option<ClassId> {
        let What::Parameter(parameter) = reading.what else { return None };
        match self.model().parameters[parameter].belongs_to {
            ParameterOf::Setting(class) => Some(class),
            ParameterOf::Attribute(_) => None,
        }
    }

    /// Of an organizer each setting may have been sampled by itself, so no one object gives them all.
    pub(super) fn is_sampled(self, reading: Reading) -> bool {
        reading.whose == Subject::Organizer && self.settings == Settings::OfObjects
    }

    /// The containers in which entries can stand, from the highest number.
    pub(super) fn containers(self) -> impl Iterator<Item = ContainerId> {
        let containers = self.model().containers.iter().rev();
        containers.filter(|(_, container)| container.number != 0).map(|(id, _)| id)
    }

    /// The people whom memberships name.
    pub(super) fn people(self) -> IndexSet<PersonId> {
        self.granted(|entry| if let Entry::Person(person) = entry { Some(person) } else { None })
    }

    /// The domains that memberships name.
    pub(super) fn domains(self) -> IndexSet<DomainId> {
        self.granted(|entry| if let Entry::Domain(domain) = entry { Some(domain) } else { None })
    }

    /// The groups that memberships name.
    pub(super) fn groups(self) -> IndexSet<GroupId> {
        self.granted(|entry| if let Entry::Group(group) = entry { Some(group) } else { None })
    }

    fn granted<T: std::hash::Hash + Eq>(self, named: impl Fn(Entry) -> Option<T>) -> IndexSet<T> {
        let grants = self.model().memberships.values().flat_map(|membership| &membership.grants);
        grants.filter_map(|(_, entry, _)| named(*entry)).collect()
    }
}
