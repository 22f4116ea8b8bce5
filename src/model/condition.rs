//! Conditions with their names resolved. Each distinct one exists once, so equal conditions have equal ids.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use super::{ConditionId, Containers, FieldId, GroupId, Id, ParameterId, Value};
use crate::language::ast::{Comparison, Relation, Shape};

/// Somebody or something that a question is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Subject {
    /// Whose presence it is.
    Owner,
    /// Who looks.
    Viewer,
    /// Who uses a feature.
    User,
    /// Who takes part in a meeting.
    Participant,
    /// Who convened it.
    Organizer,
    /// The meeting itself.
    Meeting,
    /// One side of a conversation.
    Party,
    /// The other side.
    Peer,
}

impl Subject {
    /// Every one.
    pub const ALL: [Subject; 8] = [
        Subject::Owner,
        Subject::Viewer,
        Subject::User,
        Subject::Participant,
        Subject::Organizer,
        Subject::Meeting,
        Subject::Party,
        Subject::Peer,
    ];

    /// Who and what a question of a shape is about.
    pub fn of_shape(shape: Shape) -> &'static [Subject] {
        match shape {
            Shape::User => &[Subject::User],
            Shape::Viewer => &[Subject::Viewer, Subject::Owner],
            Shape::Participant => &[Subject::Participant, Subject::Organizer, Subject::Meeting],
            Shape::Party => &[Subject::Party, Subject::Peer],
        }
    }

    /// Its name in conditions.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Owner => "owner",
            Subject::Viewer => "viewer",
            Subject::User => "user",
            Subject::Participant => "participant",
            Subject::Organizer => "organizer",
            Subject::Meeting => "meeting",
            Subject::Party => "party",
            Subject::Peer => "peer",
        }
    }

    /// The subject of this name.
    pub fn named(name: &str) -> Option<Subject> {
        Subject::ALL.into_iter().find(|subject| subject.name() == name)
    }
}

/// What is read of a subject.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum What {
    /// A setting or attribute.
    Parameter(ParameterId),
    /// The true value of an enumerated field of presence.
    Presence(FieldId),
    /// The network.
    Network,
    /// The site.
    Site,
    /// The manifest in effect.
    Mode,
}

impl What {
    /// What comparing this of two people means. Nobody without a site is at the site of anybody, not even of somebody
    /// else without one.
    pub fn compares(self, left: Value, comparison: Comparison, right: Value) -> bool {
        match left {
            Value::NOWHERE if self == What::Site => comparison == Comparison::NotEqual,
            _ => comparison.holds(left, right),
        }
    }
}

/// A reading: what of whom.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Reading {
    /// Of whom.
    pub whose: Subject,
    /// What.
    pub what: What,
}

/// A condition.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Condition {
    /// Always or never.
    Constant(bool),
    /// Not.
    Not(ConditionId),
    /// All of them.
    All(Box<[ConditionId]>),
    /// Any of them.
    Any(Box<[ConditionId]>),
    /// A reading against a value.
    Compare(Reading, Comparison, Value),
    /// A reading against another of the same kind.
    CompareReadings(Reading, Comparison, Reading),
    /// A reading among values, which are sorted.
    OneOf(Reading, Box<[Value]>),
    /// The subject's level is one of these containers.
    InContainer(Subject, Containers),
    /// The subject is in a group.
    InGroup(Subject, GroupId),
    /// The subject is contact or delegate of the owner.
    Is(Subject, Relation),
}

impl Condition {
    /// Whom a test is about. Conditions that are made of others are about nobody by themselves.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> {
        let subjects = match self {
            Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => [Some(reading.whose), None],
            Condition::CompareReadings(left, _, right) => [Some(left.whose), Some(right.whose)],
            Condition::InContainer(subject, _) | Condition::Is(subject, _) | Condition::InGroup(subject, _) => {
                [Some(*subject), None]
            }
            Condition::Constant(_) | Condition::Not(_) | Condition::All(_) | Condition::Any(_) => [None, None],
        };
        subjects.into_iter().flatten()
    }
}

/// All distinct conditions of a set.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Conditions {
    all: IndexSet<Condition, FxBuildHasher>,
}

impl Conditions {
    /// The id of a condition, which is taken in if it is new. Operands come before what uses them.
    pub fn intern(&mut self, condition: Condition) -> ConditionId {
        ConditionId::from_index(self.all.insert_full(condition).0)
    }

    /// The condition that always holds.
    pub fn always(&mut self) -> ConditionId {
        self.intern(Condition::Constant(true))
    }

    /// The negation of a condition.
    pub fn negation(&mut self, of: ConditionId) -> ConditionId {
        self.intern(Condition::Not(of))
    }

    /// The condition of an id of this set.
    pub fn get(&self, id: ConditionId) -> &Condition {
        &self.all[id.index()]
    }

    /// Every condition with its id; operands come first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ConditionId, &Condition)> {
        self.all.iter().enumerate().map(|(index, condition)| (ConditionId::from_index(index), condition))
    }

    /// True if `id` or any of its operands satisfies a test.
    pub fn any(&self, id: ConditionId, test: &mut dyn FnMut(&Condition) -> bool) -> bool {
        let condition = self.get(id);
        if test(condition) {
            return true;
        }
        match condition {
            Condition::Not(operand) => self.any(*operand, test),
            Condition::All(operands) | Condition::Any(operands) => {
                operands.iter().any(|operand| self.any(*operand, test))
            }
            _ => false,
        }
    }
}
