//! "As if": values that a question assumes instead of the directory's and the policies'.

use crate::model::{PersonId, Reading, Subject, Value, What};
use crate::viewers::Somebody;

/// One assumed value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Assumption {
    /// Of whom.
    pub of: AssumptionOf,
    /// What.
    pub what: What,
    /// The value.
    pub value: Value,
}

/// Of whom a value is assumed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AssumptionOf {
    /// Whoever plays this role in the question.
    Role(Subject),
    /// A person, in whatever role.
    Person(PersonId),
}

/// All assumptions of a question; of two about the same, the later counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Assumptions {
    all: Vec<Assumption>,
}

impl Assumptions {
    pub(super) fn new(all: &[Assumption]) -> Assumptions {
        Assumptions { all: all.to_vec() }
    }

    pub(super) fn all(&self) -> &[Assumption] {
        &self.all
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    #[cold] // most questions assume nothing
    pub(super) fn value(&self, reading: Reading, somebody: Option<Somebody>) -> Option<Value> {
        let applies = |assumption: &&Assumption| {
            assumption.what == reading.what
                && match assumption.of {
                    AssumptionOf::Role(subject) => subject == reading.whose,
                    AssumptionOf::Person(person) => somebody.is_some_and(|somebody| somebody.person == Some(person)),
                }
        };
        self.all.iter().rev().find(applies).map(|assumption| assumption.value)
    }
}
