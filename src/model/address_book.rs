//! People by address. The book knows only hashes and ids; the addresses themselves stand once, in the table of people.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::{Person, PersonId, Table};

/// Finds people by the canonical text of their address. The hash is seeded anew in each process, since others choose the
/// addresses.
#[derive(Clone, Debug, Default)]
pub struct AddressBook {
    hasher: RandomState,
    people: HashTable<PersonId>,
}

impl AddressBook {
    /// Whoever has this address among the people the book was written for.
    #[inline]
    pub(super) fn find(&self, people: &Table<PersonId, Person>, address: &str) -> Option<PersonId> {
        let same = |person: &PersonId| people[*person].address.as_str() == address;
        self.people.find(hash(&self.hasher, address), same).copied()
    }

    /// Writes down somebody who is not in it yet.
    pub(super) fn add(&mut self, people: &Table<PersonId, Person>, person: PersonId) {
        let (table, hasher) = (&mut self.people, &self.hasher);
        let hash = |person: &PersonId| hash(hasher, people[*person].address.as_str());
        table.insert_unique(hash(&person), person, hash);
    }
}

#[inline]
fn hash(hasher: &RandomState, address: &str) -> u64 {
    // One text and nothing behind it: its length need not be part of the hash.
    let mut hasher = hasher.build_hasher();
    hasher.write(address.as_bytes());
    hasher.finish()
}
