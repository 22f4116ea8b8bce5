//! Things found by a text that they themselves hold: the map knows only hashes and ids, and no text a second time.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Finds ids by text. The hash is seeded anew in each process, since others choose the texts.
#[derive(Clone, Debug)]
pub(crate) struct ByText<I> {
    hasher: RandomState,
    ids: HashTable<I>,
}

impl<I> Default for ByText<I> {
    fn default() -> ByText<I> {
        ByText { hasher: RandomState::default(), ids: HashTable::new() }
    }
}

impl<I: Copy> ByText<I> {
    /// Whatever has this text, where the function says which text something has.
    #[inline]
    pub(crate) fn find<'t>(&self, text: &str, text_of: impl Fn(I) -> &'t str) -> Option<I> {
        self.ids.find(hash(&self.hasher, text), |id| text_of(*id) == text).copied()
    }

    /// Writes down something whose text is not in it yet.
    pub(crate) fn add<'t>(&mut self, id: I, text_of: impl Fn(I) -> &'t str) {
        let (ids, hasher) = (&mut self.ids, &self.hasher);
        let hash = |id: &I| hash(hasher, text_of(*id));
        ids.insert_unique(hash(&id), id, hash);
    }
}

#[inline]
fn hash(hasher: &RandomState, text: &str) -> u64 {
    // One text and nothing behind it: its length need not be part of the hash.
    let mut hasher = hasher.build_hasher();
    hasher.write(text.as_bytes());
    hasher.finish()
}
