//! The people and domains an owner names, with the containers each stands in: one look-up reads one line of the
//! processor's cache.

use crate::model::{ContainerId, Containers, DomainId, Id, PersonId};

/// How many names a bucket holds: their numbers and codes fill 60 of 64 bytes.
const WIDTH: usize = 12;

/// How many of them a bucket holds on average, so that few overflow.
const FILLED: usize = 7;

/// No one has this number.
const NOBODY: u32 = u32::MAX;

/// Domains are numbered from here on, people below: there are never two billion of either.
const DOMAINS: u32 = 1 << 31;

/// A name is in the bucket that the number leads to, or in one behind it if that one is full.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Bucket {
    numbers: [u32; WIDTH],
    codes: [Code; WIDTH],
}

/// Where somebody stands, in one byte: the container's index, or one of the words below; and whether they are a
/// contact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Code(u8);

impl Code {
    const CONTACT: u8 = 0x80;
    /// In no container: a contact without entry.
    const NOWHERE: u8 = 64;
    /// In several containers, which are listed apart.
    const SEVERAL: u8 = 65;

    fn new(containers: Containers, contact: bool) -> Code {
        let place = match (containers.len(), containers.highest()) {
            (1, Some(container)) => (container.index() & 63) as u8,
            (0, _) => Code::NOWHERE,
            _ => Code::SEVERAL,
        };
        Code(if contact { place | Code::CONTACT } else { place })
    }

    fn is_contact(self) -> bool {
        self.0 & Code::CONTACT != 0
    }
}

/// What an owner's entries and lists say of one person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Listed {
    /// Who.
    pub person: PersonId,
    /// Where the user entries stand.
    pub containers: Containers,
    /// Whether they are on the contact list.
    pub contact: bool,
}

/// Everybody and every domain an owner names.
#[derive(Clone, Debug, Default)]
pub(super) struct Roster {
    buckets: Box<[Bucket]>,
    /// Those in several containers, sorted. Rare, and so apart.
    #[allow(
        clippy::box_collection,
        reason = "one word here instead of three: the owner's entries fit a line of the cache"
    )]
    several: Option<Box<Vec<(u32, Containers)>>>,
}

impl Roster {
    /// The roster of these people and domains, each of which is named once.
    pub(super) fn new(named: &[Listed], domains: &[(DomainId, Containers)]) -> Roster {
        let empty = Bucket { numbers: [NOBODY; WIDTH], codes: [Code(Code::NOWHERE); WIDTH] };
        let mut buckets = vec![empty; (named.len() + domains.len()).div_ceil(FILLED)].into_boxed_slice();
        let mut several = Vec::new();
        let people = named.iter().map(|of| (person_number(of.person), of.containers, of.contact));
        let domains = domains.iter().map(|(domain, containers)| (domain_number(*domain), *containers, false));
        for (number, containers, contact) in people.chain(domains) {
            let code = Code::new(containers, contact);
            if code.0 & !Code::CONTACT == Code::SEVERAL {
                several.push((number, containers));
            }
            put(&mut buckets, number, code);
        }
        several.sort_unstable();
        Roster { buckets, several: (!several.is_empty()).then(|| Box::new(several)) }
    }

    #[inline(always)] // part of every decision
    fn code(&self, number: u32) -> Option<Code> {
        let mut at = first(number, self.buckets.len());
        // INVARIANT: some bucket is not full, since on average each holds fewer than it could.
        loop {
            let bucket = self.buckets.get(at)?;
            // All of them at once, as bits: this becomes three comparisons of whole registers. The lowest bit is free,
            // for to move a bit by nothing would be another step than all others.
            let mut found = 0_u32;
            for (place, known) in bucket.numbers.iter().enumerate() {
                found |= u32::from(*known == number) << (place + 1);
            }
            if let Some(code) = bucket.codes.get((found.trailing_zeros() as usize).wrapping_sub(1)) {
                return Some(*code);
            }
            if bucket.numbers[WIDTH - 1] == NOBODY {
                return None;
            }
            at = if at + 1 == self.buckets.len() { 0 } else { at + 1 };
        }
    }

    #[inline(always)]
    fn highest(&self, number: u32, among: Containers) -> Option<ContainerId> {
        let code = self.code(number)?;
        let place = usize::from(code.0 & !Code::CONTACT);
        if place < usize::from(Code::NOWHERE) {
            let container = ContainerId::from_index(place);
            return among.has(container).then_some(container);
        }
        self.decode(number, code).both(among).highest()
    }

    /// The highest container of a person among those allowed.
    #[inline(always)]
    pub(super) fn of_person(&self, person: PersonId, among: Containers) -> Option<ContainerId> {
        self.highest(person_number(person), among)
    }

    /// The highest container of a domain among those allowed.
    #[inline]
    pub(super) fn of_domain(&self, domain: DomainId, among: Containers) -> Option<ContainerId> {
        self.highest(domain_number(domain), among)
    }

    /// Every container of a person.
    pub(super) fn containers_of(&self, person: PersonId) -> Containers {
        let number = person_number(person);
        self.code(number).map_or(Containers::NONE, |code| self.decode(number, code))
    }

    fn decode(&self, number: u32, code: Code) -> Containers {
        match code.0 & !Code::CONTACT {
            Code::NOWHERE => Containers::NONE,
            Code::SEVERAL => {
                let several = self.several.as_ref().map_or(&[][..], |several| several.as_slice());
                let at = several.binary_search_by_key(&number, |(named, _)| *named);
                at.ok().and_then(|at| several.get(at)).map_or(Containers::NONE, |(_, containers)| *containers)
            }
            container => Containers::only(ContainerId::from_index(usize::from(container))),
        }
    }

    /// True if the person is a contact.
    pub(super) fn is_contact(&self, person: PersonId) -> bool {
        self.code(person_number(person)).is_some_and(Code::is_contact)
    }

    fn numbers(&self) -> impl Iterator<Item = (u32, Code)> {
        let all =
            self.buckets.iter().flat_map(|bucket| bucket.numbers.iter().copied().zip(bucket.codes.iter().copied()));
        all.filter(|(number, _)| *number != NOBODY)
    }

    /// Everybody, in no order.
    pub(super) fn people(&self) -> impl Iterator<Item = Listed> {
        self.numbers().filter(|(number, _)| *number < DOMAINS).map(|(number, code)| {
            let person = PersonId::from_index(number as usize);
            Listed { person, containers: self.decode(number, code), contact: code.is_contact() }
        })
    }

    /// Every domain, in no order.
    pub(super) fn domains(&self) -> impl Iterator<Item = (DomainId, Containers)> {
        self.numbers()
            .filter(|(number, _)| *number >= DOMAINS)
            .map(|(number, code)| (DomainId::from_index((number - DOMAINS) as usize), self.decode(number, code)))
    }
}

fn person_number(person: PersonId) -> u32 {
    person.index() as u32
}

fn domain_number(domain: DomainId) -> u32 {
    DOMAINS | domain.index() as u32
}

/// The bucket that a number leads to. Numbers that follow each other are spread, so that no run of them meets in one.
fn first(number: u32, buckets: usize) -> usize {
    let spread = number.wrapping_mul(0x9E37_79B1);
    ((u64::from(spread) * buckets as u64) >> 32) as usize
}

fn put(buckets: &mut [Bucket], number: u32, code: Code) {
    let mut at = first(number, buckets.len());
    while let Some(bucket) = buckets.get_mut(at) {
        if let Some(free) = bucket.numbers.iter().position(|known| *known == NOBODY) {
            bucket.numbers[free] = number;
            bucket.codes[free] = code;
            return;
        }
        at = if at + 1 == buckets.len() { 0 } else { at + 1 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(numbers: impl IntoIterator<Item = usize>) -> Vec<Listed> {
        let of = |number: usize| {
            let mut containers = Containers::NONE;
            (0..number % 4)
                .for_each(|more| containers = containers.with(ContainerId::from_index(number * 7 % 61 + more)));
            Listed { person: PersonId::from_index(number), containers, contact: number.is_multiple_of(3) }
        };
        numbers.into_iter().map(of).collect()
    }

    #[test]
    fn everybody_is_found_as_named_and_nobody_else() {
        // Runs, gaps, and numbers that all lead to the same bucket.
        let colliding = (0..200_000).filter(|number| first(*number as u32, 12) == 3).take(100).collect();
        for numbers in
            [vec![], vec![7], (0..12).collect(), (0..1000).collect(), (0..90_000).step_by(97).collect(), colliding]
        {
            let all = named(numbers);
            let domains: Vec<_> = all
                .iter()
                .skip(2)
                .step_by(5)
                .take(90)
                .map(|it| (DomainId::from_index(it.person.index()), it.containers))
                .collect();
            let roster = Roster::new(&all, &domains);
            for it in &all {
                assert_eq!(roster.of_person(it.person, Containers(u64::MAX)), it.containers.highest());
                if let Some(highest) = it.containers.highest() {
                    let less = Containers(u64::MAX).without(Containers::only(highest));
                    assert_eq!(roster.of_person(it.person, less), it.containers.both(less).highest());
                }
                assert_eq!(roster.is_contact(it.person), it.contact);
            }
            for number in (0..200_010).step_by(11) {
                let person = PersonId::from_index(number);
                if !all.iter().any(|it| it.person == person) {
                    assert_eq!(
                        (roster.of_person(person, Containers(u64::MAX)), roster.is_contact(person)),
                        (None, false)
                    );
                }
            }
            for (domain, containers) in &domains {
                assert_eq!(roster.of_domain(*domain, Containers(u64::MAX)), containers.highest());
            }
            assert_eq!(roster.of_domain(DomainId::from_index(200_011), Containers(u64::MAX)), None);
            let mut found: Vec<_> = roster.domains().collect();
            found.sort_unstable();
            assert_eq!(found, domains);
            let mut listed: Vec<Listed> = roster.people().collect();
            listed.sort_unstable();
            assert_eq!(listed, all);
        }
    }
}
