//! The addresses of the files that one reader reads: each is read once and kept once. Lists name the same people
//! hundreds of times, so almost every address is found by its text, and whether a list has it already is seen at a
//! glance.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::language::Span;
use crate::text::ByText;

use super::entry::parse_address;
use super::{Address, Entry, Malformed};

/// The addresses known so far.
#[derive(Debug, Default)]
pub(super) struct Known<'a> {
    people: Vec<Person>,
    /// By the address, which is mostly what is written.
    by_address: ByText<Ticket>,
    /// By what is written, where that is not the address itself. Hashed anew in each process: others choose the texts.
    by_spelling: HashMap<&'a str, Ticket, RandomState>,
    /// How many lists have been begun.
    lists: usize,
}

/// Names one of the known addresses.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Ticket(u32);

#[derive(Debug)]
struct Person {
    address: Address,
    /// The last list that has the address; 0 if none has.
    list: usize,
    /// Its first place in that list.
    start: u32,
    end: u32,
}

impl<'a> Known<'a> {
    /// Reads an address.
    #[allow(clippy::ptr_arg, reason = "only a borrowed text stands in the file and can be kept as a key")]
    pub(super) fn address(&mut self, text: &Cow<'a, str>) -> Result<(Address, Ticket), Malformed> {
        let ticket = match text {
            Cow::Borrowed(text) => self.spelt(text),
            Cow::Owned(text) => self.resolved(text),
        };
        ticket.map(|ticket| (self.address_of(ticket).clone(), ticket))
    }

    /// Reads a membership entry; with a ticket if it is about a person.
    #[allow(clippy::ptr_arg, reason = "only a borrowed text stands in the file and can be kept as a key")]
    pub(super) fn entry(&mut self, text: &Cow<'a, str>) -> Result<(Entry, Option<Ticket>), Malformed> {
        let mut about = None;
        let entry = match text {
            Cow::Borrowed(text) => Entry::parse_with(text, |address| {
                let ticket = *about.insert(self.spelt(address)?);
                Ok(self.address_of(ticket).clone())
            }),
            Cow::Owned(text) => Entry::parse_with(text, |address| {
                let ticket = *about.insert(self.resolved(address)?);
                Ok(self.address_of(ticket).clone())
            }),
        };
        Ok((entry?, about))
    }

    /// An address that stands in the file like this.
    fn spelt(&mut self, text: &'a str) -> Result<Ticket, Malformed> {
        if let Some(ticket) = self.find(text).or_else(|| self.by_spelling.get(text).copied()) {
            return Ok(ticket);
        }
        let address = parse_address(text)?;
        if address.as_str() == text {
            return Ok(self.add(address));
        }
        let ticket = self.found_or_added(address);
        self.by_spelling.insert(text, ticket);
        Ok(ticket)
    }

    /// An address out of any text, such as one with escapes, which are resolved here.
    fn resolved(&mut self, text: &str) -> Result<Ticket, Malformed> {
        Ok(self.found_or_added(parse_address(text)?))
    }

    fn found_or_added(&mut self, address: Address) -> Ticket {
        self.find(address.as_str()).unwrap_or_else(|| self.add(address))
    }

    fn add(&mut self, address: Address) -> Ticket {
        // Who has that many addresses has no memory left for them.
        let ticket = Ticket(self.people.len() as u32);
        self.by_address.add(ticket, address.as_str());
        self.people.push(Person { address, list: 0, start: 0, end: 0 });
        ticket
    }

    fn find(&self, address: &str) -> Option<Ticket> {
        self.by_address.find(address, |ticket| self.address_of(ticket).as_str())
    }

    fn address_of(&self, ticket: Ticket) -> &Address {
        &self.people[ticket.0 as usize].address
    }

    /// Begins a list: nobody is in it.
    pub(super) fn begin_list(&mut self) {
        self.lists += 1;
    }

    /// Puts somebody into the list that was begun last; the place where they stand in it already, if they do.
    pub(super) fn list(&mut self, ticket: Ticket, span: Span) -> Option<Span> {
        let person = &mut self.people[ticket.0 as usize];
        if person.list == self.lists {
            // A list stands in one file.
            return Some(Span { start: person.start, end: person.end, ..span });
        }
        (person.list, person.start, person.end) = (self.lists, span.start, span.end);
        None
    }
}
