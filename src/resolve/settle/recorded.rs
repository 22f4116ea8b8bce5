//! What is recorded of one owner, before the manifest has a say.

use super::Origin;
use crate::model::{ContainerId, Containers};
use crate::viewers::Matcher;

/// One recorded entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::resolve) struct Record {
    pub(super) matcher: Matcher,
    pub(super) container: ContainerId,
    pub(super) origin: Origin,
}

impl Record {
    pub(in crate::resolve) fn new(matcher: Matcher, container: ContainerId, origin: Origin) -> Record {
        Record { matcher, container, origin }
    }
}

/// The entries of one owner, sorted by whom they match and by container, each once.
#[derive(Debug)]
pub(in crate::resolve) struct Recorded(Vec<Record>);

impl Recorded {
    /// Of entries that come twice, the first origin counts.
    pub(in crate::resolve) fn new(mut entries: Vec<Record>) -> Recorded {
        entries.sort_unstable();
        entries.dedup_by_key(|entry| (entry.matcher, entry.container));
        Recorded(entries)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The entries for these people.
    pub(super) fn entries_for(&self, matcher: Matcher) -> &[Record] {
        let first = self.0.partition_point(|entry| entry.matcher < matcher);
        let rest = self.0.get(first..).unwrap_or_default();
        let count = rest.iter().take_while(|entry| entry.matcher == matcher).count();
        rest.get(..count).unwrap_or_default()
    }

    /// The entries for people, sorted by person.
    pub(super) fn of_people(&self) -> &[Record] {
        let count = self.0.partition_point(|entry| matches!(entry.matcher, Matcher::Person(_)));
        self.0.get(..count).unwrap_or_default()
    }

    /// Whom entries match; those of several entries as often as there are.
    pub(super) fn matchers(&self) -> impl Iterator<Item = Matcher> {
        self.0.iter().map(|entry| entry.matcher)
    }
}

/// The containers of entries.
pub(super) fn containers(entries: &[Record]) -> Containers {
    entries.iter().fold(Containers::NONE, |set, entry| set.with(entry.container))
}
