//! Lists that a directory gives of a user, each element with its place. There are millions of elements, so they are kept
//! in little space: numbers only, and of places what differs from one to the next.

use super::{ContainerId, DomainId, Entry, GroupId, Id, PersonId};
use crate::text::{FileId, Span};

/// The places of a list's elements.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Places {
    /// The same for all: a program has built the directory, or a line lists them.
    One(Span),
    /// All in one file, and none of 64 kB or more: the usual case.
    OneFile { file: FileId, starts: Box<[u32]>, lengths: Box<[u16]> },
    /// Any.
    Any(Box<[Span]>),
}

impl Places {
    fn of(spans: Vec<Span>) -> Places {
        if let Some(first) = spans.first()
            && spans.iter().all(|span| span == first)
        {
            return Places::One(*first);
        }
        let file = spans.first().map(|span| span.file);
        let length = |span: &Span| u16::try_from(span.end.checked_sub(span.start)?).ok();
        let lengths: Option<Box<[u16]>> = spans.iter().map(length).collect();
        match (file, lengths) {
            (Some(file), Some(lengths)) if spans.iter().all(|span| span.file == file) => {
                Places::OneFile { file, starts: spans.iter().map(|span| span.start).collect(), lengths }
            }
            _ => Places::Any(spans.into()),
        }
    }

    fn at(&self, index: usize) -> Option<Span> {
        match self {
            Places::One(span) => Some(*span),
            Places::OneFile { file, starts, lengths } => {
                let (start, length) = (*starts.get(index)?, u32::from(*lengths.get(index)?));
                Some(Span { file: *file, start, end: start + length })
            }
            Places::Any(spans) => spans.get(index).copied(),
        }
    }

    /// The place of each element; of a list without elements this says nothing.
    fn iter(&self) -> impl Iterator<Item = Span> {
        (0..).map_while(|index| self.at(index))
    }
}

impl Default for Places {
    fn default() -> Places {
        Places::Any(Box::default())
    }
}

/// People with places, sorted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ContactList {
    people: Box<[PersonId]>,
    places: Places,
}

impl ContactList {
    /// A list of these, whoever is listed twice once.
    pub(super) fn of(mut listed: Vec<(PersonId, Span)>) -> ContactList {
        listed.sort_by_key(|(person, _)| *person);
        listed.dedup_by_key(|(person, _)| *person);
        let people = listed.iter().map(|(person, _)| *person).collect();
        ContactList { people, places: Places::of(listed.into_iter().map(|(_, span)| span).collect()) }
    }

    /// True if somebody is listed.
    pub fn has(&self, person: PersonId) -> bool {
        self.people.binary_search(&person).is_ok()
    }

    /// Everybody, sorted, with the place that lists them.
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, Span)> {
        self.people.iter().copied().zip(self.places.iter())
    }
}

/// Entries with the container each stands in and their places, in the order of the directory.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EntryList {
    /// Container and type of each in one number. A set has at most 64 containers; with more it has errors, and nobody
    /// reads what stands here.
    kinds: Box<[u16]>,
    /// Whom each is about, where its type does not say it all.
    subjects: Box<[u32]>,
    places: Places,
}

impl EntryList {
    pub(super) fn of(entries: &[(ContainerId, Entry, Span)]) -> EntryList {
        let packed = entries.iter().map(|(container, entry, _)| packed(*container, *entry));
        let (kinds, subjects): (Vec<u16>, Vec<u32>) = packed.unzip();
        let places = Places::of(entries.iter().map(|(_, _, span)| *span).collect());
        EntryList { kinds: kinds.into(), subjects: subjects.into(), places }
    }

    /// Every entry.
    pub fn iter(&self) -> impl Iterator<Item = (ContainerId, Entry, Span)> {
        let entries = self.kinds.iter().zip(&self.subjects).map(|(kind, subject)| unpacked(*kind, *subject as usize));
        entries.zip(self.places.iter()).map(|((container, entry), span)| (container, entry, span))
    }
}

fn packed(container: ContainerId, entry: Entry) -> (u16, u32) {
    let (kind, subject) = match entry {
        Entry::Person(person) => (0, person.index()),
        Entry::Group(group) => (1, group.index()),
        Entry::Domain(domain) => (2, domain.index()),
        Entry::SameEnterprise => (3, 0),
        Entry::Federated => (4, 0),
        Entry::PublicCloud => (5, 0),
        Entry::Everyone => (6, 0),
    };
    ((container.index() as u16) << 3 | kind, subject as u32)
}

fn unpacked(kind: u16, subject: usize) -> (ContainerId, Entry) {
    let entry = match kind & 7 {
        0 => Entry::Person(PersonId::from_index(subject)),
        1 => Entry::Group(GroupId::from_index(subject)),
        2 => Entry::Domain(DomainId::from_index(subject)),
        3 => Entry::SameEnterprise,
        4 => Entry::Federated,
        5 => Entry::PublicCloud,
        _ => Entry::Everyone,
    };
    (ContainerId::from_index(usize::from(kind >> 3)), entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

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
            assert_eq!(Places::of(spans.clone()).iter().take(3).collect::<Vec<_>>(), spans);
            let people = [5, 1, 5].map(PersonId::from_index);
            let list = ContactList::of(people.into_iter().zip(spans.iter().copied()).collect());
            assert_eq!(list.iter().collect::<Vec<_>>(), [(people[1], spans[1]), (people[0], spans[0])]);
            assert!(list.has(people[0]) && !list.has(PersonId::from_index(2)));
            let entries = [
                Entry::Person(PersonId::from_index(4_000_000_000)),
                Entry::Group(GroupId::from_index(7)),
                Entry::Domain(DomainId::from_index(65_536)),
                Entry::SameEnterprise,
                Entry::Federated,
                Entry::PublicCloud,
                Entry::Everyone,
            ];
            let place = |at: usize| (ContainerId::from_index(63 - at * 7), entries[at], spans[at % 3]);
            let all: Vec<_> = (0..entries.len()).map(place).collect();
            assert_eq!(EntryList::of(&all).iter().collect::<Vec<_>>(), all);
        }
        assert_eq!(ContactList::default().iter().count() + EntryList::of(&[]).iter().count(), 0);
    }
}
