//! Ids of one set, and the tables they index.

use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

/// A number that names an element of one [`Table`].
pub trait Id: Copy + Eq + Ord + std::hash::Hash + fmt::Debug {
    /// The id of the element at this index.
    fn from_index(index: usize) -> Self;
    /// The index of its element.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(NonZeroU32); // counted from one, so that an id that may be missing is no longer than an id

        impl Id for $name {
            #[inline]
            fn from_index(index: usize) -> Self {
                // Offsets into texts are 32 bits, so nothing can be declared more often.
                $name(NonZeroU32::MIN.saturating_add(index as u32))
            }
            #[inline]
            fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.index()).finish()
            }
        }
    )*};
}

ids! {
    /// A category.
    CategoryId
    /// A field of any category.
    FieldId
    /// A container; ordered by the container's number, so at most 64 of them fit a [`super::Containers`].
    ContainerId
    /// A manifest, in the order in which they are asked.
    ManifestId
    /// A rule of any manifest.
    ManifestRuleId
    /// A `membership` declaration.
    MembershipId
    /// A settings class.
    ClassId
    /// A setting, or an attribute.
    ParameterId
    /// A policy object: a class at a scope.
    ObjectId
    /// A distinct condition.
    ConditionId
    /// A rule of a feature or guard.
    RuleId
    /// A guard.
    GuardId
    /// A feature.
    FeatureId
    /// A recipient of disclosures.
    RecipientId
    /// A place where data is stored.
    PlaceId
    /// Declared data.
    DataId
    /// An address the set names anywhere.
    PersonId
    /// A person of the organisation.
    UserId
    /// A domain the set names anywhere.
    DomainId
    /// A group.
    GroupId
    /// A site.
    SiteId
    /// A meeting.
    MeetingId
}

/// Elements that only their own kind of id can reach.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Table<I, T> {
    elements: Vec<T>,
    ids: PhantomData<I>,
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Table { elements: Vec::new(), ids: PhantomData }
    }
}

impl<I: Id, T> Table<I, T> {
    /// Adds an element.
    pub fn push(&mut self, element: T) -> I {
        self.elements.push(element);
        I::from_index(self.elements.len() - 1)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// The element of an id of another table; None beyond the last one.
    pub fn get(&self, id: I) -> Option<&T> {
        self.elements.get(id.index())
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.elements.len()).map(I::from_index)
    }

    /// Every element with its id, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> {
        self.elements.iter().enumerate().map(|(index, element)| (I::from_index(index), element))
    }

    /// Every element, in order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.elements.iter()
    }

    /// A table with one element for each of this one's.
    pub fn map<U>(&self, make: impl FnMut(&T) -> U) -> Table<I, U> {
        Table { elements: self.elements.iter().map(make).collect(), ids: PhantomData }
    }
}

impl<I: Id, T> FromIterator<T> for Table<I, T> {
    fn from_iter<C: IntoIterator<Item = T>>(elements: C) -> Self {
        Table { elements: elements.into_iter().collect(), ids: PhantomData }
    }
}

// The one place that indexes: an id is only ever made by the table it indexes.
impl<I: Id, T> std::ops::Index<I> for Table<I, T> {
    type Output = T;
    fn index(&self, id: I) -> &T {
        &self.elements[id.index()]
    }
}

impl<I: Id, T> std::ops::IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.elements[id.index()]
    }
}
