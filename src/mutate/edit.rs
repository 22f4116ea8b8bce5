//! One change of a part of a tree.

use super::Operator;
use crate::language::{Sources, Span};

/// A changed part of a tree, with what was changed.
#[derive(Clone, Debug)]
pub(super) struct Edit<T> {
    pub(super) operator: Operator,
    /// What was changed.
    pub(super) at: Span,
    /// The change in words.
    pub(super) says: String,
    /// The part as it is now.
    pub(super) tree: T,
}

impl<T> Edit<T> {
    pub(super) fn new(operator: Operator, at: Span, says: impl Into<String>, tree: T) -> Edit<T> {
        Edit { operator, at, says: says.into(), tree }
    }

    /// The same change of something larger.
    pub(super) fn within<U>(self, whole: impl FnOnce(T) -> U) -> Edit<U> {
        Edit { operator: self.operator, at: self.at, says: self.says, tree: whole(self.tree) }
    }
}

/// A list without one of its elements.
pub(super) fn without<T: Clone>(list: &[T], at: usize) -> Vec<T> {
    let rest = list.iter().enumerate().filter(|(index, _)| *index != at);
    rest.map(|(_, element)| element.clone()).collect()
}

/// A list with another element at a place.
pub(super) fn replaced<T: Clone>(list: &[T], at: usize, new: T) -> Vec<T> {
    let mut list = list.to_vec();
    if let Some(element) = list.get_mut(at) {
        *element = new;
    }
    list
}

/// What stands at a place, in one line.
pub(super) fn written(sources: &Sources, at: Span) -> String {
    sources.slice(at).split_whitespace().collect::<Vec<&str>>().join(" ")
}
