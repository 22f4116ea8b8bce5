//! What changes, and for whom.

use std::sync::Arc;

use crate::directory::Address;
use crate::model::{FieldId, Model};
use crate::resolve::Answer;
use crate::viewers::Everybody;

/// Viewers for whom the same changes.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Shift {
    /// Known people by themselves, sorted.
    pub people: Vec<Address>,
    /// Everybody else of domains and networks, known people of them included. Most of it is the same for many owners,
    /// who share it.
    pub rest: Vec<Arc<Rest>>,
    /// What changes for them, in order of declaration; never empty.
    pub changes: Arc<[FieldChange]>,
}

impl Shift {
    /// True if the changes are of all fields of a category.
    pub fn is_whole(changes: &[&FieldChange]) -> bool {
        changes.first().is_some_and(|first| first.fields == changes.len())
    }

    /// How many known people it is about.
    pub fn known(&self) -> usize {
        self.people.len() + self.rest.iter().map(|rest| rest.known).sum::<usize>()
    }
}

/// Everybody of a class but some.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Rest {
    /// Who is in it.
    pub everybody: Everybody,
    /// How many of them are known people.
    pub known: usize,
    /// Known people who would belong to it, for whom something else or nothing changes. Sorted.
    pub except: Vec<Address>,
}

/// A field with another answer.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct FieldChange {
    /// Its category.
    pub category: String,
    /// The field.
    pub field: String,
    /// How many fields the category has.
    pub fields: usize,
    /// What was seen.
    pub before: Seen,
    /// What will be.
    pub after: Seen,
}

/// An answer without the set it came from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Seen {
    /// Nothing.
    Hidden,
    /// Another value than the owner's.
    Altered(String),
    /// The owner's value.
    Visible,
}

/// Whether somebody gets more or less.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// More.
    Gains,
    /// Less.
    Loses,
    /// Something else.
    Differs,
}

impl Direction {
    /// Its word in documents.
    pub fn word(self) -> &'static str {
        match self {
            Direction::Gains => "gains",
            Direction::Loses => "loses",
            Direction::Differs => "differs",
        }
    }

    /// Every such word.
    pub const WORDS: [&str; 3] = ["gains", "loses", "differs"];
}

impl FieldChange {
    /// Whether this is more or less.
    pub fn direction(&self) -> Direction {
        match self.after.rank().cmp(&self.before.rank()) {
            std::cmp::Ordering::Greater => Direction::Gains,
            std::cmp::Ordering::Less => Direction::Loses,
            std::cmp::Ordering::Equal => Direction::Differs,
        }
    }
}

impl Seen {
    /// The more is seen, the higher.
    pub fn rank(&self) -> u8 {
        match self {
            Seen::Hidden => 0,
            Seen::Altered(_) => 1,
            Seen::Visible => 2,
        }
    }

    /// An answer about a field of a set, by names.
    pub fn new(model: &Model, field: FieldId, answer: Answer) -> Seen {
        match answer {
            Answer::Hidden => Seen::Hidden,
            Answer::Visible => Seen::Visible,
            Answer::Altered(value) => Seen::Altered(match &model.fields[field].kind {
                Some(kind) => model.value_name(kind, value),
                None => model.texts.get_index(value.0 as usize).cloned().unwrap_or_default(),
            }),
        }
    }
}
