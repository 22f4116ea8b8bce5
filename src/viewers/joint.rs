//! Everybody of two sets at once: people by address, open classes by name, and for one owner the cohorts that are
//! answered alike on each of both sides.

mod cohorts;
mod kinds;

use std::sync::OnceLock;

use indexmap::IndexSet;

use super::{Everybody, Somebody, elsewhere};
use crate::directory::{Address, Domain};
use crate::language::ast::DomainMatch;
use crate::model::{Id, Model, PersonId};

pub use cohorts::{JointCohort, JointCohorts, Members};
pub use kinds::Kinds;

/// Everybody whom either of two sets knows, and every class that neither can enumerate.
#[derive(Debug)]
pub struct Joint {
    people: Vec<Address>,
    /// The place of each of them by address; found when somebody first asks.
    ranks: OnceLock<Vec<u32>>,
    /// Each of them as each of the sets knows them. Whom one does not know is there who that address would be.
    viewers: Vec<[Somebody; 2]>,
    /// People of each set to the index of all.
    indexes: [Vec<u32>; 2],
    open: Vec<Open>,
    /// The open class of the domain of each person.
    at: Vec<u32>,
    /// The open classes that an entry for a domain matches, by domain of each set.
    matched: [Vec<Vec<u32>>; 2],
}

/// An open class.
#[derive(Debug)]
pub struct Open {
    /// Who is in it.
    pub everybody: Everybody,
    /// One of them, on both sides.
    pub viewer: [Somebody; 2],
}

impl Joint {
    /// Everybody of two sets.
    pub fn new(models: [&Model; 2]) -> Joint {
        let mut people: Vec<Address> = models[0].people.values().map(|person| person.address.clone()).collect();
        let first = (0..people.len() as u32).collect();
        let second = models[1].people.values().map(|person| match models[0].person(person.address.as_str()) {
            Some(known) => known.index() as u32,
            None => {
                people.push(person.address.clone());
                people.len() as u32 - 1
            }
        });
        let indexes = [first, second.collect()];
        let on = |address: &Address| models.map(|model| Somebody::with_address(model, address));
        let viewers: Vec<[Somebody; 2]> = people.iter().map(on).collect();
        let names: IndexSet<&Domain> =
            [models[1], models[0]].iter().flat_map(|model| model.domains.values().map(|named| &named.name)).collect();
        let open = open(models, &names);
        let at = |both: &[Somebody; 2]| {
            let known = [0, 1].into_iter().find(|side| both[*side].person.is_some()).unwrap_or_default();
            let name = both[known].domain.map(|domain| &models[known].domains[domain].name);
            name.and_then(|name| names.get_index_of(name)).unwrap_or_default() as u32
        };
        let at = viewers.iter().map(at).collect();
        let matched = [0, 1].map(|side| {
            let mut matched = vec![Vec::new(); models[side].domains.len()];
            for (index, class) in open.iter().enumerate() {
                class.viewer[side].up(models[side], |domain| {
                    matched[domain.index()].push(index as u32);
                    None::<()>
                });
            }
            matched
        });
        Joint { people, ranks: OnceLock::new(), viewers, indexes, open, at, matched }
    }

    /// The address of a person.
    pub fn address(&self, person: u32) -> &Address {
        &self.people[person as usize]
    }

    /// The addresses of these people, sorted.
    pub fn addresses(&self, mut people: Vec<u32>) -> Vec<Address> {
        let ranks = self.ranks.get_or_init(|| {
            let mut order: Vec<u32> = (0..self.people.len() as u32).collect();
            order.sort_unstable_by_key(|person| self.address(*person));
            let mut ranks = vec![0; order.len()];
            (0..).zip(order).for_each(|(rank, person)| ranks[person as usize] = rank);
            ranks
        });
        people.sort_unstable_by_key(|person| ranks[*person as usize]);
        people.into_iter().map(|person| self.address(person).clone()).collect()
    }

    /// Everybody whom either set knows, as each of them does.
    pub fn viewers(&self) -> &[[Somebody; 2]] {
        &self.viewers
    }

    /// A person of one of the sets as both know them.
    pub fn both(&self, side: usize, person: PersonId) -> [Somebody; 2] {
        self.viewers[self.index(side, person) as usize]
    }

    /// The index of a person of one of the sets.
    pub fn index(&self, side: usize, person: PersonId) -> u32 {
        self.indexes[side][person.index()]
    }

    /// The open classes: named domains, what lies below them where that can matter, everywhere else, and anonymous. If
    /// both sets are one, they are its own in the same order ([`open_classes`](super::open_classes)).
    pub fn open(&self) -> &[Open] {
        &self.open
    }
}

/// Every class of viewers whom neither set can enumerate, of the networks that they have in the second.
fn open(models: [&Model; 2], names: &IndexSet<&Domain>) -> Vec<Open> {
    let [_, second] = models;
    let at = names.iter().map(|domain| Everybody::At((*domain).clone(), second.network_of(domain)));
    // Networks list domains by name, so what is not named belongs to the network of all the rest.
    let rest = elsewhere(second);
    let by_suffix = models.iter().any(|model| model.matching == DomainMatch::BySuffix);
    let below = names.iter().filter(|_| by_suffix).map(|domain| Everybody::Below((*domain).clone(), rest));
    let all = at.chain(below).chain([Everybody::Elsewhere(rest), Everybody::Anonymous]);
    all.map(|everybody| Open { viewer: models.map(|model| everybody.somebody(model)), everybody }).collect()
}
