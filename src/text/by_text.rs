//! Things found by a text that they themselves hold: the map knows only hashes and ids, and no text a second time.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Finds ids by text. The hash is seeded anew in each process, since others choose the texts.
#[derive(Clone, Debug)]
pub(crate) struct ByText<I> {
    hasher: RandomState,
    /// Each id beneath the hash of its text, so that a table that grows reads no text again, and a search almost none
    /// but the right one.
    ids: HashTable<(u32, I)>,
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
        let hash = self.hash(text);
        let found = self.ids.find(spread(hash), |(of, id)| *of == hash && text_of(*id) == text);
        found.map(|(_, id)| *id)
    }

    /// Writes down something whose text is not in it yet.
    pub(crate) fn add(&mut self, id: I, text: &str) {
        let hash = self.hash(text);
        self.ids.insert_unique(spread(hash), (hash, id), |(hash, _)| spread(*hash));
    }

    #[inline]
    fn hash(&self, text: &str) -> u32 {
        // One text and nothing behind it: its length need not be part of the hash.
        let mut hasher = self.hasher.build_hasher();
        hasher.write(text.as_bytes());
        hasher.finish() as u32
    }
}

/// A hash as the table wants it, which looks at the lowest bits and at the highest.
#[inline]
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}
