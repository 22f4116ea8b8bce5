//! The entries of one owner, as fast look-ups.

use crate::model::{ContainerId, Containers, DomainId, ManifestId, Model, Network, PersonId};
use crate::syntax::ast::DomainMatch;

use super::settle::Settled;
use super::somebody::Somebody;

/// Whom an entry matches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Matcher {
    /// One person.
    Person(PersonId),
    /// The people of a domain.
    Domain(DomainId),
    /// The people of a network; never [`Network::Other`].
    Network(Network),
    /// Everybody, anonymous viewers too.
    Everyone,
}

impl Matcher {
    /// The type of such an entry, as the directory calls it.
    pub fn type_name(self) -> &'static str {
        match self {
            Matcher::Person(_) => "user",
            Matcher::Domain(_) => "domain",
            Matcher::Network(network) => network.name(),
            Matcher::Everyone => "everyone",
        }
    }

    /// The entry as the directory writes it.
    pub fn describe(self, model: &Model) -> String {
        match self {
            Matcher::Person(person) => model.people[person].address.to_string(),
            Matcher::Domain(domain) => format!("domain:{}", model.domains[domain].name),
            Matcher::Network(network) => network.name().to_owned(),
            Matcher::Everyone => "everyone".to_owned(),
        }
    }
}

/// The entries of an owner by type: for each of them the containers it stands in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Sorted by person.
    people: Box<[(PersonId, Containers)]>,
    /// Sorted by domain; owners have few.
    domains: Box<[(DomainId, Containers)]>,
    /// By network.
    networks: [Containers; 4],
    everyone: Containers,
    /// The manifest in effect; None if the set has no manifests.
    manifest: Option<ManifestId>,
    /// Contacts, those that settling made included. Sorted.
    contacts: Box<[PersonId]>,
}

impl Standing {
    pub(super) fn of(model: &Model, owner: crate::model::UserId, settled: &Settled) -> Standing {
        let mut people: Vec<(PersonId, Containers)> = Vec::new();
        let mut domains: Vec<(DomainId, Containers)> = Vec::new();
        let mut networks = [Containers::NONE; 4];
        let mut everyone = Containers::NONE;
        for stand in &settled.entries {
            match stand.matcher {
                Matcher::Person(person) => people.push((person, Containers::only(stand.container))),
                Matcher::Domain(domain) => domains.push((domain, Containers::only(stand.container))),
                Matcher::Network(network) => {
                    let of = &mut networks[network as usize];
                    *of = of.with(stand.container);
                }
                Matcher::Everyone => everyone = everyone.with(stand.container),
            }
        }
        let made = settled.made_contacts.iter().map(|(person, _)| *person);
        let mut contacts: Vec<PersonId> =
            model.users[owner].contacts.iter().map(|(person, _)| *person).chain(made).collect();
        contacts.sort_unstable();
        contacts.dedup();
        Standing {
            people: joined(people),
            domains: joined(domains),
            networks,
            everyone,
            manifest: settled.manifest,
            contacts: contacts.into(),
        }
    }

    /// The manifest in effect.
    pub fn manifest(&self) -> Option<ManifestId> {
        self.manifest
    }

    /// True if the person is a contact of the owner.
    pub fn is_contact(&self, person: PersonId) -> bool {
        self.contacts.binary_search(&person).is_ok()
    }

    /// Everybody with a user entry, sorted.
    pub fn people(&self) -> impl Iterator<Item = (PersonId, Containers)> {
        self.people.iter().copied()
    }

    /// The contacts, sorted.
    pub fn contacts(&self) -> &[PersonId] {
        &self.contacts
    }

    /// Where a person's user entries stand.
    pub fn of_person(&self, person: PersonId) -> Containers {
        self.person(person)
    }

    /// True if the entries for domains, networks and everyone are the same ones, and the manifest in effect is.
    pub fn same_broad(&self, other: &Standing) -> bool {
        self.domains == other.domains
            && self.networks == other.networks
            && self.everyone == other.everyone
            && self.manifest == other.manifest
    }

    /// The domains with an entry, sorted.
    pub fn domains(&self) -> impl Iterator<Item = (DomainId, Containers)> {
        self.domains.iter().copied()
    }

    /// The same entries less one of them.
    #[must_use]
    pub fn without(&self, matcher: Matcher, container: ContainerId) -> Standing {
        let one = Containers::only(container);
        let mut less = self.clone();
        match matcher {
            Matcher::Person(person) => {
                less.people.iter_mut().filter(|(of, _)| *of == person).for_each(|(_, all)| *all = all.without(one));
            }
            Matcher::Domain(domain) => {
                less.domains.iter_mut().filter(|(of, _)| *of == domain).for_each(|(_, all)| *all = all.without(one));
            }
            Matcher::Network(network) => {
                let all = &mut less.networks[network as usize];
                *all = all.without(one);
            }
            Matcher::Everyone => less.everyone = less.everyone.without(one),
        }
        less
    }

    fn person(&self, person: PersonId) -> Containers {
        let at = self.people.binary_search_by_key(&person, |(named, _)| *named);
        at.ok().and_then(|at| self.people.get(at)).map_or(Containers::NONE, |(_, containers)| *containers)
    }

    /// The container that answers a viewer among those allowed, and the entry that says so: types from the most
    /// specific to the broadest, and inside a type the highest number.
    pub fn answering(&self, model: &Model, viewer: Somebody, among: Containers) -> Option<(Matcher, ContainerId)> {
        if let Some(person) = viewer.person
            && let Some(container) = self.person(person).both(among).highest()
        {
            return Some((Matcher::Person(person), container));
        }
        if !self.domains.is_empty()
            && let Some(found) = self.by_domain(model, viewer, among)
        {
            return Some(found);
        }
        if viewer.network != Network::Other
            && let Some(container) = self.networks[viewer.network as usize].both(among).highest()
        {
            return Some((Matcher::Network(viewer.network), container));
        }
        self.everyone.both(among).highest().map(|container| (Matcher::Everyone, container))
    }

    /// The longest matching domain that has an entry among the containers.
    fn by_domain(&self, model: &Model, viewer: Somebody, among: Containers) -> Option<(Matcher, ContainerId)> {
        let mut next = match model.matching {
            DomainMatch::BySuffix => viewer.domain,
            DomainMatch::Exactly => viewer.domain.filter(|_| viewer.exact_domain),
        };
        while let Some(domain) = next {
            if let Ok(at) = self.domains.binary_search_by_key(&domain, |(named, _)| *named)
                && let Some((_, containers)) = self.domains.get(at)
                && let Some(container) = containers.both(among).highest()
            {
                return Some((Matcher::Domain(domain), container));
            }
            next = match model.matching {
                DomainMatch::BySuffix => model.domains[domain].above,
                DomainMatch::Exactly => None,
            };
        }
        None
    }
}

/// One element per key, with the containers of all of it.
fn joined<K: Ord + Copy>(mut pairs: Vec<(K, Containers)>) -> Box<[(K, Containers)]> {
    pairs.sort_unstable();
    let mut joined: Vec<(K, Containers)> = Vec::with_capacity(pairs.len());
    for (key, containers) in pairs {
        match joined.last_mut() {
            Some((last, all)) if *last == key => *all = all.either(containers),
            _ => joined.push((key, containers)),
        }
    }
    joined.into()
}
