//! People by address. The book knows only hashes and ids; the addresses themselves stand once, in the table of people.

use std::hash::BuildHasher;

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
    fn hash(&self, address: &str) -> u64 {
        self.hasher.hash_one(address.as_bytes())
    }

    /// Whoever has this address among the people the book was written for.
    #[inline]
    pub(super) fn find(&self, people: &Table<PersonId, Person>, address: &str) -> Option<PersonId> {
        let same = |person: &PersonId| people[*person].address.as_str() == address;
        self.people.find(self.hash(address), same).copied()
    }

    /// Writes down somebody who is not in it yet.
    pub(super) fn add(&mut self, people: &Table<PersonId, Person>, person: PersonId) {
        let hash = |person: &PersonId| self.hasher.hash_one(people[*person].address.as_str().as_bytes());
        self.people.insert_unique(hash(&person), person, hash);
    }
}
