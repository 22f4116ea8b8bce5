//! Lists that a directory gives of a user, each element with its place. There are millions of elements, so they are
//! kept as columns of numbers.

use super::columns::{Columns, GivenOut};
use super::{ContainerId, DomainId, Entry, GroupId, Id, Model, PersonId};
use crate::language::{FileId, Span};

/// A place as numbers: file, start, length.
fn numbers(span: Span) -> [u32; 3] {
    [u32::from(span.file), span.start, span.end.wrapping_sub(span.start)]
}

fn place([file, start, length]: [u32; 3]) -> Span {
    Span { file: FileId::from(file), start, end: start.wrapping_add(length) }
}

/// People with places, sorted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ContactList {
    /// The person, then the place.
    rows: Columns<4>,
}

impl ContactList {
    /// A list of these, who are sorted and each there once.
    pub(super) fn new(listed: &[(PersonId, Span)]) -> ContactList {
        let row = |(person, span): &(PersonId, Span)| {
            let [file, start, length] = numbers(*span);
            [person.index() as u32, file, start, length]
        };
        ContactList { rows: Columns::new(&listed.iter().map(row).collect::<Vec<_>>()) }
    }

    /// Writes the list behind others; its length in bytes.
    pub(super) fn keep(&self, written: &mut Vec<u8>) -> u32 {
        self.rows.keep(written)
    }

    /// The list in so many of the next bytes.
    pub(super) fn kept(length: u32, given: &mut GivenOut) -> Option<ContactList> {
        Columns::kept(length, given).map(|rows| ContactList { rows })
    }

    /// Whether it lists people of a model, sorted.
    pub(super) fn is_of(&self, model: &Model) -> bool {
        let Some(people) = self.rows.firsts() else { return false };
        let (mut next, count) = (0, model.people.len() as u64);
        for person in people.map(u64::from) {
            if person < next || person >= count {
                return false;
            }
            next = person + 1;
        }
        true
    }

    /// True if somebody is listed.
    pub fn has(&self, person: PersonId) -> bool {
        self.rows.begins_any(person.index() as u32)
    }

    /// Everybody, sorted, with the place that lists them.
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, Span)> {
        let rows = self.rows.rows();
        rows.map(|[person, file, start, length]| (PersonId::from_index(person as usize), place([file, start, length])))
    }
}

/// Entries with the container each stands in and their places, in the order of the directory.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EntryList {
    /// Whom each is about, where its type does not say it all; container and type in one number; then the place.
    rows: Columns<5>,
}

impl EntryList {
    pub(super) fn new(entries: &[(ContainerId, Entry, Span)]) -> EntryList {
        let row = |(container, entry, span): &(ContainerId, Entry, Span)| {
            let (kind, subject) = packed(*container, *entry);
            let [file, start, length] = numbers(*span);
            [subject, kind, file, start, length]
        };
        EntryList { rows: Columns::new(&entries.iter().map(row).collect::<Vec<_>>()) }
    }

    /// Writes the list behind others; its length in bytes.
    pub(super) fn keep(&self, written: &mut Vec<u8>) -> u32 {
        self.rows.keep(written)
    }

    /// The list in so many of the next bytes.
    pub(super) fn kept(length: u32, given: &mut GivenOut) -> Option<EntryList> {
        Columns::kept(length, given).map(|rows| EntryList { rows })
    }

    /// Whether its entries are about what a model has.
    pub(super) fn is_of(&self, model: &Model) -> bool {
        let is_known = |(container, entry, _): (ContainerId, Entry, Span)| {
            let about = match entry {
                Entry::Person(person) => person.index() < model.people.len(),
                Entry::Group(group) => group.index() < model.groups.len(),
                Entry::Domain(domain) => domain.index() < model.domains.len(),
                Entry::SameEnterprise
                | Entry::Federated
                | Entry::PublicCloud
                | Entry::Authenticated
                | Entry::Everyone => true,
            };
            about && container.index() < model.containers.len()
        };
        self.rows.firsts().is_some() && self.iter().all(is_known)
    }

    /// Every entry.
    pub fn iter(&self) -> impl Iterator<Item = (ContainerId, Entry, Span)> {
        self.rows.rows().map(|[subject, kind, file, start, length]| {
            let (container, entry) = unpacked(kind, subject as usize);
            (container, entry, place([file, start, length]))
        })
    }
}

fn packed(container: ContainerId, entry: Entry) -> (u32, u32) {
    let (kind, subject) = match entry {
        Entry::Person(person) => (0, person.index()),
        Entry::Group(group) => (1, group.index()),
        Entry::Domain(domain) => (2, domain.index()),
        Entry::SameEnterprise => (3, 0),
        Entry::Federated => (4, 0),
        Entry::PublicCloud => (5, 0),
        Entry::Authenticated => (6, 0),
        Entry::Everyone => (7, 0),
    };
    ((container.index() as u32) << 3 | kind, subject as u32)
}

fn unpacked(kind: u32, subject: usize) -> (ContainerId, Entry) {
    let entry = match kind & 7 {
        0 => Entry::Person(PersonId::from_index(subject)),
        1 => Entry::Group(GroupId::from_index(subject)),
        2 => Entry::Domain(DomainId::from_index(subject)),
        3 => Entry::SameEnterprise,
        4 => Entry::Federated,
        5 => Entry::PublicCloud,
        6 => Entry::Authenticated,
        _ => Entry::Everyone,
    };
    (ContainerId::from_index((kind >> 3) as usize), entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Sources;

    #[test]
    fn entries_and_places_come_out_as_they_went_in() {
        let mut sources = Sources::default();
        let (one, other) = (sources.add("a.yaml", ""), sources.add("b.yaml", ""));
        let spans = [
            vec![Span::new(one, 3, 9), Span::new(one, 4, 4), Span::new(one, 70_000, 70_001)],
            vec![Span::new(one, 3, 9), Span::new(other, 4, 4), Span::new(one, 7, 70_001)],
            vec![Span::new(one, 9, 12); 3],
            vec![Span::new(one, 9, 90_000), Span::new(one, 4, 4), Span { file: one, start: 8, end: 2 }],
        ];
        for spans in spans {
            let people = [1, 5, 70_000].map(PersonId::from_index);
            let listed: Vec<_> = people.into_iter().zip(spans.iter().copied()).collect();
            let list = ContactList::new(&listed);
            assert_eq!(list.iter().collect::<Vec<_>>(), listed);
            assert!(people.into_iter().all(|person| list.has(person)) && !list.has(PersonId::from_index(2)));
            let entries = [
                Entry::Person(PersonId::from_index(4_000_000_000)),
                Entry::Group(GroupId::from_index(7)),
                Entry::Domain(DomainId::from_index(65_536)),
                Entry::SameEnterprise,
                Entry::Federated,
                Entry::PublicCloud,
                Entry::Authenticated,
                Entry::Everyone,
            ];
            let place = |at: usize| (ContainerId::from_index(63 - at * 7), entries[at], spans[at % 3]);
            let all: Vec<_> = (0..entries.len()).map(place).collect();
            assert_eq!(EntryList::new(&all).iter().collect::<Vec<_>>(), all);
        }
        assert_eq!(ContactList::default().iter().count() + EntryList::new(&[]).iter().count(), 0);
    }
}
