//! The addresses of one file: each is read once and kept once. Lists name the same people hundreds of times, so almost
//! every address is found by its text, and whether a list has it already is seen at a glance.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use foldhash::fast::RandomState;

use crate::text::Span;

use super::entry::parse_address;
use super::{Address, Entry, Malformed};

/// A map by texts that others choose: fast, and seeded anew in each process.
type Fast<K, V> = HashMap<K, V, RandomState>;

/// The addresses known so far.
#[derive(Debug, Default)]
pub(super) struct Known<'a> {
    /// By what is written, in any spelling.
    spelt: Fast<&'a str, Ticket>,
    /// By the address.
    tickets: Fast<Address, Ticket>,
    people: Vec<Person>,
    /// How many lists have been begun.
    lists: usize,
}

/// Names one of the known addresses.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Ticket(usize);

#[derive(Debug)]
struct Person {
    address: Address,
    /// The last list that has the address, and its first place in that list.
    last: Option<(usize, Span)>,
}

impl<'a> Known<'a> {
    /// Reads an address.
    #[allow(clippy::ptr_arg, reason = "only a borrowed text stands in the file and can be kept as a key")]
    pub(super) fn address(&mut self, text: &Cow<'a, str>) -> Result<(Address, Ticket), Malformed> {
        match text {
            Cow::Borrowed(text) => self.spelt(text),
            Cow::Owned(text) => self.resolved(text),
        }
    }

    /// Reads a membership entry; with a ticket if it is about a person.
    #[allow(clippy::ptr_arg, reason = "only a borrowed text stands in the file and can be kept as a key")]
    pub(super) fn entry(&mut self, text: &Cow<'a, str>) -> Result<(Entry, Option<Ticket>), Malformed> {
        let mut about = None;
        let mut keep = |(address, ticket)| {
            about = Some(ticket);
            address
        };
        let entry = match text {
            Cow::Borrowed(text) => Entry::parse_with(text, |address| self.spelt(address).map(&mut keep)),
            Cow::Owned(text) => Entry::parse_with(text, |address| self.resolved(address).map(&mut keep)),
        };
        Ok((entry?, about))
    }

    /// An address that stands in the file like this.
    fn spelt(&mut self, text: &'a str) -> Result<(Address, Ticket), Malformed> {
        let ticket = match self.spelt.get(text) {
            Some(ticket) => *ticket,
            None => {
                let ticket = self.ticket(parse_address(text)?);
                self.spelt.insert(text, ticket);
                ticket
            }
        };
        Ok((self.people[ticket.0].address.clone(), ticket))
    }

    /// An address out of a text with escapes, which are resolved here.
    fn resolved(&mut self, text: &str) -> Result<(Address, Ticket), Malformed> {
        let ticket = self.ticket(parse_address(text)?);
        Ok((self.people[ticket.0].address.clone(), ticket))
    }

    fn ticket(&mut self, address: Address) -> Ticket {
        match self.tickets.entry(address) {
            Slot::Occupied(slot) => *slot.get(),
            Slot::Vacant(slot) => {
                let ticket = Ticket(self.people.len());
                self.people.push(Person { address: slot.key().clone(), last: None });
                *slot.insert(ticket)
            }
        }
    }

    /// Begins a list: nobody is in it.
    pub(super) fn begin_list(&mut self) {
        self.lists += 1;
    }

    /// Puts somebody into the list that was begun last; the place where they stand in it already, if they do.
    pub(super) fn list(&mut self, ticket: Ticket, span: Span) -> Option<Span> {
        let last = &mut self.people[ticket.0].last;
        match last {
            Some((list, first)) if *list == self.lists => Some(*first),
            _ => {
                *last = Some((self.lists, span));
                None
            }
        }
    }
}
