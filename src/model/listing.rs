//! Lists that a directory gives of a user, each element with its place. There are millions of elements, so they are kept
//! in little space: numbers only, and of places what differs from one to the next. The numbers of many lists may be parts
//! of one run of bytes, as a snapshot has them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ContainerId, DomainId, Entry, GroupId, Id, PersonId};
use crate::text::{FileId, Span};

/// Numbers as bytes, the lowest byte of each first.
#[derive(Clone, Debug, Default)]
struct Bytes {
    of: Arc<Vec<u8>>,
    start: u32,
    length: u32,
}

impl Bytes {
    fn all(&self) -> &[u8] {
        let start = self.start as usize;
        self.of.get(start..start + self.length as usize).unwrap_or_default()
    }

    /// The numbers of `width` bytes from a place on.
    fn numbers<const WIDTH: usize>(&self, start: usize, count: usize) -> &[[u8; WIDTH]] {
        self.all().get(start..start + count * WIDTH).unwrap_or_default().as_chunks().0
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(mut bytes: Vec<u8>) -> Bytes {
        bytes.shrink_to_fit();
        // Texts have less than 4 GiB, and so have the lists that stand in one.
        let length = bytes.len() as u32;
        Bytes { of: Arc::new(bytes), start: 0, length }
    }
}

impl PartialEq for Bytes {
    fn eq(&self, other: &Bytes) -> bool {
        self.all() == other.all()
    }
}

impl Eq for Bytes {}

/// How the places of a list's elements are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
enum Places {
    /// File, start and end of each.
    #[default]
    Any,
    /// The same for all: a program has built the directory, or a line lists them.
    One(Span),
    /// All in this file, and none of 64 kB or more: starts, then lengths. The usual case.
    In(FileId),
}

impl Places {
    /// Writes places behind what is written of the elements.
    fn write(spans: &[Span], bytes: &mut Vec<u8>) -> Places {
        if let Some(first) = spans.first()
            && spans.iter().all(|span| span == first)
        {
            return Places::One(*first);
        }
        let file = spans.first().map(|span| span.file);
        let length = |span: &Span| u16::try_from(span.end.checked_sub(span.start)?).ok();
        let lengths: Option<Vec<u16>> = spans.iter().map(length).collect();
        match (file, lengths) {
            (Some(file), Some(lengths)) if spans.iter().all(|span| span.file == file) => {
                bytes.extend(spans.iter().flat_map(|span| span.start.to_le_bytes()));
                bytes.extend(lengths.into_iter().flat_map(u16::to_le_bytes));
                Places::In(file)
            }
            _ => {
                let numbers = |span: &Span| [u32::from(span.file), span.start, span.end];
                bytes.extend(spans.iter().flat_map(numbers).flat_map(u32::to_le_bytes));
                Places::Any
            }
        }
    }

    /// The bytes that each place takes.
    fn width(self) -> usize {
        match self {
            Places::Any => 12,
            Places::One(_) => 0,
            Places::In(_) => 6,
        }
    }

    /// The places of so many elements, written from a byte on.
    fn iter(self, bytes: &Bytes, start: usize, count: usize) -> impl Iterator<Item = Span> {
        let (one, any, one_file) = match self {
            Places::One(span) => (Some(std::iter::repeat_n(span, count)), None, None),
            Places::Any => (None, Some(bytes.numbers::<4>(start, count * 3)), None),
            Places::In(file) => {
                let lengths = bytes.numbers::<2>(start + count * 4, count);
                (None, None, Some((file, bytes.numbers::<4>(start, count).iter().zip(lengths))))
            }
        };
        let any = any.into_iter().flat_map(|numbers| numbers.as_chunks::<3>().0).map(|numbers| {
            let [file, start, end] = numbers.map(u32::from_le_bytes);
            Span { file: FileId::from(file), start, end }
        });
        let one_file = one_file.into_iter().flat_map(|(file, spans)| {
            spans.map(move |(start, length)| {
                let start = u32::from_le_bytes(*start);
                Span { file, start, end: start + u32::from(u16::from_le_bytes(*length)) }
            })
        });
        one.into_iter().flatten().chain(any).chain(one_file)
    }
}

/// What is kept of a list beside its bytes.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct KeptList {
    places: Places,
    length: u32,
}

/// Runs of bytes that are written one behind the other.
#[derive(Debug, Default)]
pub(super) struct Written(pub(super) Vec<u8>);

impl Written {
    fn put(&mut self, places: Places, bytes: &Bytes) -> KeptList {
        self.0.extend_from_slice(bytes.all());
        KeptList { places, length: bytes.length }
    }
}

/// The same, to be given out again in the same order.
#[derive(Debug)]
pub(super) struct GivenOut {
    of: Arc<Vec<u8>>,
    next: u32,
}

impl GivenOut {
    /// Those that begin at a byte.
    pub(super) fn from(of: Arc<Vec<u8>>, start: u32) -> GivenOut {
        GivenOut { of, next: start }
    }

    fn take(&mut self, list: KeptList) -> Option<Bytes> {
        let bytes = Bytes { of: Arc::clone(&self.of), start: self.next, length: list.length };
        self.next = self.next.checked_add(list.length)?;
        (self.next as usize <= self.of.len()).then_some(bytes)
    }

    /// True if nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.next as usize == self.of.len()
    }
}

/// People with places, sorted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ContactList {
    /// The people, then the places.
    bytes: Bytes,
    places: Places,
}

impl ContactList {
    /// A list of these, whoever is listed twice once.
    pub(super) fn of(mut listed: Vec<(PersonId, Span)>) -> ContactList {
        listed.sort_by_key(|(person, _)| *person);
        listed.dedup_by_key(|(person, _)| *person);
        let mut bytes: Vec<u8> = listed.iter().flat_map(|(person, _)| (person.index() as u32).to_le_bytes()).collect();
        let spans: Vec<Span> = listed.into_iter().map(|(_, span)| span).collect();
        let places = Places::write(&spans, &mut bytes);
        ContactList { bytes: bytes.into(), places }
    }

    pub(super) fn keep(&self, written: &mut Written) -> KeptList {
        written.put(self.places, &self.bytes)
    }

    pub(super) fn kept(list: KeptList, given: &mut GivenOut) -> Option<ContactList> {
        Some(ContactList { bytes: given.take(list)?, places: list.places })
    }

    fn people(&self) -> &[[u8; 4]] {
        self.bytes.numbers(0, self.bytes.length as usize / (4 + self.places.width()))
    }

    /// True if somebody is listed.
    pub fn has(&self, person: PersonId) -> bool {
        self.people()
            .binary_search_by_key(&person, |bytes| PersonId::from_index(u32::from_le_bytes(*bytes) as usize))
            .is_ok()
    }

    /// Everybody, sorted, with the place that lists them.
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, Span)> {
        let people = self.people();
        let ids = people.iter().map(|bytes| PersonId::from_index(u32::from_le_bytes(*bytes) as usize));
        ids.zip(self.places.iter(&self.bytes, people.len() * 4, people.len()))
    }
}

/// Entries with the container each stands in and their places, in the order of the directory.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EntryList {
    /// Whom each is about, where its type does not say it all; then container and type of each in one number; then the
    /// places. A set has at most 64 containers; with more it has errors, and nobody reads what stands here.
    bytes: Bytes,
    places: Places,
}

impl EntryList {
    pub(super) fn of(entries: &[(ContainerId, Entry, Span)]) -> EntryList {
        let packed = entries.iter().map(|(container, entry, _)| packed(*container, *entry));
        let (kinds, subjects): (Vec<u16>, Vec<u32>) = packed.unzip();
        let mut bytes: Vec<u8> = subjects.into_iter().flat_map(u32::to_le_bytes).collect();
        bytes.extend(kinds.into_iter().flat_map(u16::to_le_bytes));
        let spans: Vec<Span> = entries.iter().map(|(_, _, span)| *span).collect();
        let places = Places::write(&spans, &mut bytes);
        EntryList { bytes: bytes.into(), places }
    }

    pub(super) fn keep(&self, written: &mut Written) -> KeptList {
        written.put(self.places, &self.bytes)
    }

    pub(super) fn kept(list: KeptList, given: &mut GivenOut) -> Option<EntryList> {
        Some(EntryList { bytes: given.take(list)?, places: list.places })
    }

    /// Every entry.
    pub fn iter(&self) -> impl Iterator<Item = (ContainerId, Entry, Span)> {
        let count = self.bytes.length as usize / (6 + self.places.width());
        let subjects = self.bytes.numbers::<4>(0, count).iter().map(|bytes| u32::from_le_bytes(*bytes));
        let kinds = self.bytes.numbers::<2>(count * 4, count).iter().map(|bytes| u16::from_le_bytes(*bytes));
        let entries = kinds.zip(subjects).map(|(kind, subject)| unpacked(kind, subject as usize));
        let places = self.places.iter(&self.bytes, count * 6, count);
        entries.zip(places).map(|((container, entry), span)| (container, entry, span))
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
