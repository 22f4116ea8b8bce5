//! Which groups contain which.

use indexmap::IndexSet;
use rustc_hash::FxHashMap;

use super::{GroupId, Model};

/// The groups that contain each group themselves.
pub(crate) struct Nesting(FxHashMap<GroupId, Vec<GroupId>>);

impl Nesting {
    pub(crate) fn new(model: &Model) -> Nesting {
        let mut containing: FxHashMap<GroupId, Vec<GroupId>> = FxHashMap::default();
        for (outer, group) in model.groups.iter() {
            group.groups.iter().for_each(|(inner, _)| containing.entry(*inner).or_default().push(outer));
        }
        Nesting(containing)
    }

    /// The groups that contain one of these, through any number of others, in no particular order. Those for which
    /// nobody looks further are the last on their way.
    pub(crate) fn around(
        &self,
        groups: impl IntoIterator<Item = GroupId>,
        looks_further: impl Fn(GroupId) -> bool,
    ) -> IndexSet<GroupId> {
        let containing = |group: GroupId| self.0.get(&group).into_iter().flatten().copied();
        let mut around: IndexSet<GroupId> = groups.into_iter().flat_map(containing).collect();
        let mut next = 0;
        while let Some(group) = around.get_index(next).copied() {
            next += 1;
            if looks_further(group) {
                around.extend(containing(group));
            }
        }
        around
    }
}
