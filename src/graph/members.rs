//! Who is in each group, those of its groups included. Groups that nobody asks about are never counted out: with a
//! thousand groups in a row, each inside the next, that would be half a million times the people of one.

use std::sync::OnceLock;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::language::Span;
use crate::model::{GroupId, Model, PersonId, Table};

/// The people of a group, each with the place that names them, sorted by person.
type Everybody = Box<[(PersonId, Span)]>;

/// The people of groups, as far as somebody has asked.
#[derive(Clone, Debug)]
pub(super) struct Members(Table<GroupId, OnceLock<Everybody>>);

impl Members {
    pub(super) fn new(model: &Model) -> Members {
        Members(model.groups.map(|_| OnceLock::new()))
    }

    /// All people of a group.
    pub(super) fn all(&self, model: &Model, group: GroupId) -> &[(PersonId, Span)] {
        self.0[group].get_or_init(|| flatten(model, group))
    }
}

/// A walk with a list of what was seen, so that no stack grows.
fn flatten(model: &Model, group: GroupId) -> Everybody {
    let mut people: Vec<(PersonId, Span)> = Vec::new();
    let mut open = vec![group];
    let mut seen = FxHashSet::from_iter([group]);
    while let Some(next) = open.pop() {
        let of = &model.groups[next];
        people.extend(&of.people);
        open.extend(of.groups.iter().rev().map(|(inner, _)| *inner).filter(|inner| seen.insert(*inner)));
    }
    // Of several places that name somebody, the one that was met first stands before the others, and stays.
    people.sort_by_key(|(person, _)| *person);
    people.dedup_by_key(|(person, _)| *person);
    people.into_boxed_slice()
}

/// The groups from one to the one that names somebody at a place, each with its line that names the next, and at the
/// end the person.
pub(super) fn path(model: &Model, group: GroupId, person: PersonId, named: Span) -> Vec<(GroupId, Span)> {
    // Groups in the order in which they are met, each with the one it is in; the nearest come first.
    let mut met: IndexMap<GroupId, Option<(usize, Span)>, FxBuildHasher> = IndexMap::default();
    met.insert(group, None);
    let mut at = 0;
    while let Some((next, _)) = met.get_index(at) {
        let of = &model.groups[*next];
        if of.people.contains(&(person, named)) {
            break;
        }
        for (inner, span) in &of.groups {
            met.entry(*inner).or_insert(Some((at, *span)));
        }
        at += 1;
    }
    let mut path = Vec::new();
    let mut line = named;
    while let Some((group, outer)) = met.get_index(at) {
        path.push((*group, line));
        let Some((outer, span)) = outer else { break };
        (at, line) = (*outer, *span);
    }
    path.reverse();
    path
}
