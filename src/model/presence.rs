//! Categories and containers: what there is to see, and what each level shows of it.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::{CategoryId, ConditionId, FieldId, Value, ValueType};
use crate::language::Span;

/// What somebody wrote about a declaration, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Declared {
    /// Its name.
    pub name: String,
    /// The place of the name.
    pub span: Span,
    /// Its documentation.
    pub doc: Option<String>,
    /// Its name for people; empty if it has none.
    pub title: String,
}

/// A category.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Category {
    /// Its name and documentation.
    pub declared: Declared,
    /// Its fields: first those of its own declaration, then those that `extend` adds.
    pub fields: Vec<FieldId>,
    /// How many of the fields stand in its own declaration: what `publishes C` means.
    pub own: usize,
}

/// A field of a category.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Field {
    /// Its name and documentation.
    pub declared: Declared,
    /// Its category.
    pub category: CategoryId,
    /// The values it can have; None is free text.
    pub kind: Option<ValueType>,
}

/// A container.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Container {
    /// Its name and documentation.
    pub declared: Declared,
    /// Its number.
    pub number: u32,
    /// One of the levels a person can be put in.
    pub visible: bool,
    /// It blocks.
    pub blocking: bool,
    /// What it holds, by category.
    pub holds: IndexMap<CategoryId, Held>,
}

/// What a container holds of one category.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Held {
    /// The lines that publish, mask or show any of it, in order; the first is the one to name for what is left out.
    pub lines: Vec<Line>,
    /// The published fields, each with the line that names it.
    pub published: IndexMap<FieldId, Span>,
    /// Fields named in `withholds`, with their line.
    pub withheld: IndexMap<FieldId, Span>,
    /// What is shown instead of the owner's value, in order.
    pub shows: Vec<Shows>,
}

/// A line of a container.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// What it says.
    pub says: Says,
    /// Where.
    pub span: Span,
}

/// What a line of a container says about a category.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Says {
    /// It publishes fields.
    Publishes,
    /// It publishes the category as empty.
    Masks,
    /// It shows another value.
    Shows,
}

/// `shows C.f as V when …`
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shows {
    /// The field.
    pub field: FieldId,
    /// The value shown.
    pub value: Value,
    /// When; reads the owner only.
    pub when: ConditionId,
    /// Where it stands.
    pub span: Span,
}

/// A set of containers, as bits in the order of their numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Containers(pub u64);

impl Containers {
    /// None.
    pub const NONE: Containers = Containers(0);
    /// How many containers a set can have.
    pub const LIMIT: usize = 64;

    /// The set of one container.
    pub fn only(container: super::ContainerId) -> Containers {
        Containers(1 << (super::Id::index(container) & 63))
    }

    /// The same with one container more.
    #[must_use]
    pub fn with(self, container: super::ContainerId) -> Containers {
        Containers(self.0 | Containers::only(container).0)
    }

    /// Those in both.
    #[must_use]
    pub fn both(self, other: Containers) -> Containers {
        Containers(self.0 & other.0)
    }

    /// Those in either.
    #[must_use]
    pub fn either(self, other: Containers) -> Containers {
        Containers(self.0 | other.0)
    }

    /// Those in this set only.
    #[must_use]
    pub fn without(self, other: Containers) -> Containers {
        Containers(self.0 & !other.0)
    }

    /// True if the container is in it.
    pub fn has(self, container: super::ContainerId) -> bool {
        self.0 & Containers::only(container).0 != 0
    }

    /// The one with the highest number.
    pub fn highest(self) -> Option<super::ContainerId> {
        (self.0 != 0).then(|| super::Id::from_index(63 - self.0.leading_zeros() as usize))
    }

    /// True if there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Every one, from the lowest number.
    pub fn iter(self) -> impl Iterator<Item = super::ContainerId> {
        (0..64usize).filter(move |index| self.0 >> index & 1 == 1).map(super::Id::from_index)
    }
}
