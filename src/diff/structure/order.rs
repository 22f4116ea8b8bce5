//! Order, where it has a meaning: of manifests, and of rules of a manifest that are about the same.

use std::collections::BTreeMap;

use super::part::{Key, Part, Said};
use crate::language::ast::ManifestRule;

/// Whether it matters which of two comes first.
pub(in crate::diff) trait Matters {
    /// For these two.
    fn matters(&self, one: &Key, other: &Key) -> bool;
}

/// It matters for any two.
pub(in crate::diff) struct Always;

impl Matters for Always {
    fn matters(&self, _: &Key, _: &Key) -> bool {
        true
    }
}

/// Of rules of a manifest it matters if something is the subject of both: the first that fits counts.
pub(in crate::diff) struct Overlap<'a> {
    pub(in crate::diff) parts: Vec<&'a BTreeMap<Key, Part>>,
}

impl Matters for Overlap<'_> {
    fn matters(&self, one: &Key, other: &Key) -> bool {
        self.parts.iter().any(|parts| match (parts.get(one), parts.get(other)) {
            (Some(Part { said: Said::ManifestRule(one), .. }), Some(Part { said: Said::ManifestRule(other), .. })) => {
                overlap(&one.it, &other.it)
            }
            _ => false,
        })
    }
}

fn overlap(one: &ManifestRule, other: &ManifestRule) -> bool {
    one.subjects.iter().any(|one| {
        let mut alike = other.subjects.iter().filter(|other| other.kind.it == one.kind.it);
        alike.any(|other| {
            one.from.is_empty() || other.from.is_empty() || one.from.iter().any(|it| other.from.contains(it))
        })
    })
}

/// True if two that both have stand the other way round, and that matters.
pub(in crate::diff) fn reordered(orders: [&[Key]; 2], matters: &impl Matters) -> bool {
    let places: BTreeMap<&Key, usize> = orders[1].iter().zip(0..).collect();
    let common: Vec<(&Key, usize)> = orders[0].iter().filter_map(|key| Some((key, *places.get(key)?))).collect();
    common.iter().enumerate().any(|(index, (one, place))| {
        common.iter().skip(index + 1).any(|(other, behind)| behind < place && matters.matters(one, other))
    })
}

/// Puts some of them in order: as the first says where it knows both of two, else as the second does.
pub(in crate::diff) fn ordered<'k>(
    present: impl IntoIterator<Item = &'k Key>,
    orders: [&[Key]; 2],
    matters: &impl Matters,
) -> Vec<&'k Key> {
    let places = orders.map(|order| order.iter().zip(0..).collect::<BTreeMap<&Key, usize>>());
    let place = |key: &Key| [0, 1].map(|side: usize| places[side].get(key).copied());
    let mut left: Vec<(&Key, [Option<usize>; 2])> = present.into_iter().map(|key| (key, place(key))).collect();
    // Whom the first order does not know stands where the second has it, as far as that can be said.
    left.sort_by_key(|(_, [first, second])| (first.or(*second), second.unwrap_or(usize::MAX)));
    let before = |one: &(&Key, [Option<usize>; 2]), other: &(&Key, [Option<usize>; 2])| {
        let known = one.1.iter().zip(&other.1).find_map(|(one, other)| Some(((*one)?, (*other)?)));
        known.is_some_and(|(first, second)| first < second) && matters.matters(one.0, other.0)
    };
    let mut sorted = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free = left.iter().position(|it| !left.iter().any(|other| before(other, it)));
        // Two orders that contradict each other: the first beats the second.
        sorted.push(left.remove(free.unwrap_or(0)).0);
    }
    sorted
}
