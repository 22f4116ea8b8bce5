//! People by address. The addresses themselves stand once, in the table of people.

use crate::directory::Address;
use crate::text::ByText;

use super::{Person, PersonId, Table};

/// Finds people by the canonical text of their address.
#[derive(Clone, Debug, Default)]
pub struct AddressBook(ByText<PersonId>);

impl AddressBook {
    /// Whoever has this address among the people the book was written for.
    #[inline]
    pub(super) fn find(&self, people: &Table<PersonId, Person>, address: &str) -> Option<PersonId> {
        self.0.find(address, |person| people[person].address.as_str())
    }

    /// Writes down somebody who is not in it yet.
    pub(super) fn add(&mut self, person: PersonId, address: &Address) {
        self.0.add(person, address.as_str());
    }
}
