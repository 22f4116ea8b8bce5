//! Addresses that only seem to be known: of the organisation, and nobody has them; one slip of the pen from one that
//! is; or with letters that look like those of one that is.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use indexmap::IndexSet;

use super::{DomainId, Id, Model, Network, Person, PersonId};
use crate::directory::{Address, Domain};
use crate::language::Near;
use crate::text::{Guesses, Slips, is_slip, taken_for_ascii};

/// Names in a "did you mean".
const NAMED: usize = 3;

/// How many people are looked at before there is an index.
const LOOKED_AT: usize = 2_000_000;

/// Finds what an address may have been meant to be.
///
/// INVARIANT: it is asked about one model, which does not change any more.
#[derive(Debug, Default)]
pub struct Alike {
    people: OnceLock<Slips<PersonId>>,
    /// Everybody by what stands before the `@`, then by id.
    called: OnceLock<Box<[PersonId]>>,
    /// How many people have been looked at without an index.
    looked_at: AtomicUsize,
    domains: OnceLock<Slips<DomainId>>,
    /// For users who are more than a slip away.
    guesses: Guesses,
}

/// Who is there beside those of the model: the people a test brings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guests {
    /// Domains of the organisation beside those of the directory.
    pub(crate) domains: IndexSet<Domain>,
    /// The people; those of the organisation are users.
    pub(crate) people: IndexSet<Address>,
}

/// An address that seems to be a mistake.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubt {
    /// The address.
    pub address: Address,
    /// What speaks against it.
    pub kind: DoubtKind,
    /// The addresses that may be meant, in alphabetical order.
    pub near: Vec<String>,
}

/// What speaks against an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DoubtKind {
    /// It is of the organisation, and nobody has it.
    Nobody,
    /// It is named nowhere, and one of the same domain is that differs by a slip.
    Person,
    /// Its domain is named nowhere, and one is that differs by a slip.
    Domain,
}

impl Doubt {
    /// What is wrong.
    pub fn message(&self) -> String {
        let address = &self.address;
        match self.kind {
            DoubtKind::Nobody => format!("`{address}` is an address of the organisation, but nobody has it"),
            DoubtKind::Person => format!("nobody is known as `{address}`"),
            DoubtKind::Domain => format!("nobody is known at `{}`", address.domain()),
        }
    }

    /// The one address that is meant, if a slip explains it and there is no other.
    pub fn only(&self) -> Option<&str> {
        match self.near.as_slice() {
            [only] if is_slip(self.address.as_str(), only) => Some(only),
            _ => None,
        }
    }

    /// "did you mean `anna@contoso.com`?"; None if nothing is near. Of one that looks the same, it says which letters
    /// differ.
    pub fn guess(&self) -> Option<String> {
        let read =
            taken(&self.address).filter(|(taken, _)| self.near.first().is_some_and(|near| near == taken.as_str()));
        let Some((taken, disguised)) = read else { return did_you_mean(&self.near) };
        let letters = disguised.iter().take(NAMED);
        let letters = letters.map(|(is, like)| format!("`{like}` instead of `{is}` (U+{:04X})", u32::from(*is)));
        Some(format!("did you mean `{taken}`, with {}?", letters.collect::<Vec<_>>().join(", ")))
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        self.guess().map_or(Ok(()), |guess| write!(f, "; {guess}"))
    }
}

impl Alike {
    /// What is doubtful about an address; None if nothing is.
    pub fn doubt(&self, model: &Model, address: &Address) -> Option<Doubt> {
        self.doubt_among(model, address, &Guests::default())
    }

    /// The same where guests are known like everybody else.
    pub(crate) fn doubt_among(&self, model: &Model, address: &Address, guests: &Guests) -> Option<Doubt> {
        let domain = address.domain();
        let own = guests.domains.contains(&domain) || model.network_of(&domain) == Network::SameEnterprise;
        let is_known = |address: &Address| {
            let person = model.person(address.as_str()).map(|person| &model.people[person]);
            guests.people.contains(address) || person.is_some_and(|person| !own || person.user.is_some())
        };
        if is_known(address) {
            return None;
        }
        if let Some((near, _)) = taken(address).filter(|(taken, _)| is_known(taken)) {
            let kind = if own { DoubtKind::Nobody } else { DoubtKind::Person };
            return Some(Doubt { address: address.clone(), kind, near: vec![near.to_string()] });
        }
        let slips = self.people_near(model, address, guests, own);
        let (kind, near) = match (own, slips.is_empty()) {
            (true, false) => (DoubtKind::Nobody, slips),
            (true, true) => (
                DoubtKind::Nobody,
                self.nearest_user(model, address).map(|near| near.first().to_owned()).into_iter().collect(),
            ),
            (false, false) => (DoubtKind::Person, slips),
            (false, true) => {
                let near = self.domains_near(model, &domain, guests);
                (DoubtKind::Domain, near.iter().map(|near| format!("{}@{near}", address.local())).collect())
            }
        };
        let doubtful = kind == DoubtKind::Nobody || !near.is_empty();
        doubtful.then(|| Doubt { address: address.clone(), kind, near })
    }

    /// The domains that one which is named nowhere may be meant to be; none if it is named.
    pub(crate) fn domains_near(&self, model: &Model, domain: &Domain, guests: &Guests) -> Vec<String> {
        let of_guests: IndexSet<Domain> = guests.people.iter().map(Address::domain).collect();
        if model.names.domains.contains_key(domain.as_str()) || of_guests.contains(domain) {
            return Vec::new();
        }
        let name_of = |id: DomainId| (0, model.domains[id].name.as_str());
        let all = || model.domains.ids().map(|id| (id, 0, model.domains[id].name.as_str()));
        let index = self.domains.get_or_init(|| Slips::new(all()));
        let near = index.near(0, domain.as_str(), name_of).into_iter().map(|id| name_of(id).1);
        let here = of_guests.iter().map(Domain::as_str).filter(|other| is_slip(domain.as_str(), other));
        sorted(near.chain(here))
    }

    /// The people of the same domain who are one slip away; of the organisation's own domain, users only.
    fn people_near(&self, model: &Model, address: &Address, guests: &Guests, own: bool) -> Vec<String> {
        let domain = address.domain();
        let known = model.names.domains.get(domain.as_str());
        let known = known
            .map(|domain| self.slips(model, *domain, address.local()))
            .unwrap_or_default()
            .into_iter()
            .map(|id| &model.people[id])
            .filter(|person| !own || person.user.is_some());
        let near = |other: &&Address| other.domain() == domain && is_slip(address.local(), other.local());
        let guests = guests.people.iter().filter(near);
        sorted(known.map(|person| &person.address).chain(guests).map(Address::as_str))
    }

    /// Everybody of a domain who is one slip away. To write an index takes as long as to look at everybody many times.
    fn slips(&self, model: &Model, domain: DomainId, local: &str) -> Vec<PersonId> {
        if self.looks_at_all(model) {
            let near = |person: &Person| person.domain == domain && is_slip(local, person.address.local());
            return model.people.iter().filter(|(_, person)| near(person)).map(|(id, _)| id).collect();
        }
        let name_of = |id: PersonId| (model.people[id].domain.index(), model.people[id].address.local());
        let named = |id: PersonId| (id, name_of(id).0, name_of(id).1);
        let index = self.people.get_or_init(|| Slips::new(model.people.ids().map(named)));
        index.near(domain.index(), local, name_of)
    }

    /// Everybody whose address begins like this, up to the `@`.
    pub fn called(&self, model: &Model, local: &str) -> Vec<PersonId> {
        let local_of = |id: PersonId| model.people[id].address.local();
        if self.looks_at_all(model) {
            return model.people.ids().filter(|id| local_of(*id) == local).collect();
        }
        let index = self.called.get_or_init(|| {
            let mut people: Box<[PersonId]> = model.people.ids().collect();
            people.sort_by_key(|id| local_of(*id));
            people
        });
        let start = index.partition_point(|id| local_of(*id) < local);
        index.iter().skip(start).copied().take_while(|id| local_of(*id) == local).collect()
    }

    /// The people whose addresses begin nearly like this.
    pub fn nearest_called(&self, model: &Model, local: &str) -> Option<Near> {
        let locals = model.people.values().map(|person| person.address.local());
        self.guesses.nearest_for_question("name", local, locals)
    }

    /// Whether to look at everybody once more, or to have an index from now on.
    fn looks_at_all(&self, model: &Model) -> bool {
        self.looked_at.fetch_add(model.people.len(), Ordering::Relaxed) < LOOKED_AT
    }

    /// The user whose address is nearest, though it may be more than a slip away.
    pub fn nearest_user(&self, model: &Model, address: &Address) -> Option<Near> {
        self.guesses.nearest_for_question("user", address.as_str(), model.user_addresses())
    }
}

/// The address that one is taken for whose letters only look like ASCII, and those letters.
fn taken(address: &Address) -> Option<(Address, Vec<(char, char)>)> {
    let (taken, disguised) = taken_for_ascii(&address.readable())?;
    Some((Address::parse(&taken)?, disguised))
}

fn sorted<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// "did you mean `a`, `b` or `c`?"; None if there is nothing to mean.
pub(crate) fn did_you_mean(names: &[String]) -> Option<String> {
    let names: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let (last, others) = names.split_last()?;
    let others = others.join(", ");
    Some(if others.is_empty() { format!("did you mean {last}?") } else { format!("did you mean {others} or {last}?") })
}
