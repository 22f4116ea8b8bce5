//! One change of a part of a tree.

use super::Operator;
use crate::language::Span;

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

/// The same changes of something larger.
pub(super) fn within<T, U>(edits: Vec<Edit<T>>, whole: impl Fn(T) -> U) -> Vec<Edit<U>> {
    edits.into_iter().map(|edit| edit.within(&whole)).collect()
}

/// The same changes, each with what it is a change of.
pub(super) fn said_of<T>(of: &str, mut edits: Vec<Edit<T>>) -> Vec<Edit<T>> {
    edits.iter_mut().for_each(|edit| edit.says = format!("{of}: {}", edit.says));
    edits
}

/// The changes of each element of a list as changes of the list; None is the element left out.
pub(super) fn of_each<T: Clone>(list: &[T], changed: impl Fn(&T) -> Vec<Edit<Option<T>>>) -> Vec<Edit<Vec<T>>> {
    let of_one = |(at, element): (usize, &T)| {
        within(changed(element), |element| match element {
            Some(element) => replaced(list, at, element),
            None => without(list, at),
        })
    };
    list.iter().enumerate().flat_map(of_one).collect()
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
