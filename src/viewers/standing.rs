//! The entries of one owner, as fast look-ups.

use std::sync::Arc;

use super::roster::{Listed, Roster};
use super::{Somebody, up};
use crate::model::{ContainerId, Containers, DomainId, Entry, ManifestId, Model, Network, PersonId};

/// Whom an entry matches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Matcher {
    /// One person.
    Person(PersonId),
    /// The people of a domain.
    Domain(DomainId),
    /// The people of a network; never [`Network::Other`].
    Network(Network),
    /// Everybody with an address, of whatever network.
    Authenticated,
    /// Everybody, anonymous viewers too.
    Everyone,
}

impl Matcher {
    /// Whom an entry matches; None for a group, whose people are matched one by one.
    pub fn from_entry(entry: Entry) -> Option<Matcher> {
        Some(match entry {
            Entry::Group(_) => return None,
            Entry::Person(person) => Matcher::Person(person),
            Entry::Domain(domain) => Matcher::Domain(domain),
            Entry::SameEnterprise => Matcher::Network(Network::SameEnterprise),
            Entry::Federated => Matcher::Network(Network::Federated),
            Entry::PublicCloud => Matcher::Network(Network::PublicCloud),
            Entry::Authenticated => Matcher::Authenticated,
            Entry::Everyone => Matcher::Everyone,
        })
    }

    /// The type of such an entry, as the directory calls it.
    pub fn type_name(self) -> &'static str {
        match self {
            Matcher::Person(_) => "user",
            Matcher::Domain(_) => "domain",
            Matcher::Network(network) => network.name(),
            Matcher::Authenticated => "authenticated",
            Matcher::Everyone => "everyone",
        }
    }

    /// The entry as the directory writes it.
    pub fn describe(self, model: &Model) -> String {
        match self {
            Matcher::Person(person) => model.people[person].address.to_string(),
            Matcher::Domain(domain) => format!("domain:{}", model.domains[domain].name),
            Matcher::Network(_) | Matcher::Authenticated | Matcher::Everyone => self.type_name().to_owned(),
        }
    }
}

/// What most owners have in common with others: the entries for many, and the manifest.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Wide {
    /// By network, in the order of [`Network::ALL`]. The last, `other`, has no entries.
    networks: [Containers; 3],
    authenticated: Containers,
    everyone: Containers,
    /// The manifest in effect; None if the set has no manifests.
    manifest: Option<ManifestId>,
}

/// The entries of an owner by type: for each of them the containers it stands in.
#[derive(Clone, Debug)]
pub struct Standing {
    named: Roster,
    /// Whether any domain is named.
    any_domain: bool,
    wide: Arc<Wide>,
}

/// Standings are equal if all they say of entries and contacts is.
impl PartialEq for Standing {
    fn eq(&self, other: &Standing) -> bool {
        self.wide == other.wide
            && self.domains().eq(other.domains())
            && self.people() == other.people()
            && self.contacts() == other.contacts()
    }
}

impl Eq for Standing {}

impl Standing {
    /// The look-ups of these entries and contacts, under a manifest. What many owners have in common is shared.
    pub fn new(
        entries: impl IntoIterator<Item = (Matcher, ContainerId)>,
        contacts: impl IntoIterator<Item = PersonId>,
        manifest: Option<ManifestId>,
        share: impl FnOnce(Wide) -> Arc<Wide>,
    ) -> Standing {
        let mut people: Vec<(PersonId, Containers, bool)> = Vec::new();
        let mut domains: Vec<(DomainId, Containers)> = Vec::new();
        let mut networks = [Containers::NONE; 3];
        let (mut authenticated, mut everyone) = (Containers::NONE, Containers::NONE);
        for (matcher, container) in entries {
            match matcher {
                Matcher::Person(person) => people.push((person, Containers::only(container), false)),
                Matcher::Domain(domain) => domains.push((domain, Containers::only(container))),
                Matcher::Network(network) => {
                    networks.get_mut(network as usize).into_iter().for_each(|of| *of = of.with(container));
                }
                Matcher::Authenticated => authenticated = authenticated.with(container),
                Matcher::Everyone => everyone = everyone.with(container),
            }
        }
        people.extend(contacts.into_iter().map(|person| (person, Containers::NONE, true)));
        Standing {
            any_domain: !domains.is_empty(),
            named: Roster::new(&joined_people(people), &joined(domains)),
            wide: share(Wide { networks, authenticated, everyone, manifest }),
        }
    }

    /// The manifest in effect.
    pub fn manifest(&self) -> Option<ManifestId> {
        self.wide.manifest
    }

    /// True if the person is a contact of the owner.
    pub fn is_contact(&self, person: PersonId) -> bool {
        self.named.is_contact(person)
    }

    /// Everybody with a user entry or on the contact list, in no order.
    pub fn named(&self) -> impl Iterator<Item = Listed> {
        self.named.people()
    }

    /// Everybody with a user entry, sorted.
    pub fn people(&self) -> Vec<(PersonId, Containers)> {
        let with_entry = self.named.people().filter(|named| !named.containers.is_empty());
        let mut people: Vec<_> = with_entry.map(|named| (named.person, named.containers)).collect();
        people.sort_unstable();
        people
    }

    /// The contacts, those that settling made included. Sorted.
    pub fn contacts(&self) -> Vec<PersonId> {
        let mut contacts: Vec<_> = self.named.people().filter(|it| it.contact).map(|it| it.person).collect();
        contacts.sort_unstable();
        contacts
    }

    /// True if viewers without address may be answered otherwise than whoever else no narrower entry matches.
    pub fn tells_anonymous_apart(&self) -> bool {
        !self.wide.authenticated.is_empty()
    }

    /// Where a person's user entries stand.
    pub fn of_person(&self, person: PersonId) -> Containers {
        self.named.containers_of(person)
    }

    /// The domains with an entry, sorted.
    pub fn domains(&self) -> impl Iterator<Item = (DomainId, Containers)> {
        let mut domains: Vec<_> = if self.any_domain { self.named.domains().collect() } else { Vec::new() };
        domains.retain(|(_, containers)| !containers.is_empty());
        domains.sort_unstable();
        domains.into_iter()
    }

    /// True if a domain has an entry.
    pub fn has_domain(&self, domain: DomainId) -> bool {
        self.any_domain && self.named.of_domain(domain, Containers(u64::MAX)).is_some()
    }

    /// The container that answers a viewer among those allowed, and the entry that says so: types from the most
    /// specific to the broadest, and inside a type the highest number.
    #[inline(always)] // part of every decision
    pub fn answering(&self, model: &Model, viewer: Somebody, among: Containers) -> Option<(Matcher, ContainerId)> {
        if let Some(person) = viewer.person
            && let Some(container) = self.named.of_person(person, among)
        {
            return Some((Matcher::Person(person), container));
        }
        if self.any_domain
            && let Some(found) = self.by_domain(model, viewer, among)
        {
            return Some(found);
        }
        if let Some(container) = self.of_network(viewer.network, among) {
            return Some((Matcher::Network(viewer.network), container));
        }
        if let Some(container) = self.wide.authenticated.both(among).highest()
            && viewer.has_address()
        {
            return Some((Matcher::Authenticated, container));
        }
        self.wide.everyone.both(among).highest().map(|container| (Matcher::Everyone, container))
    }

    /// The same as if one of the entries were not there.
    pub fn answering_without(
        &self,
        model: &Model,
        viewer: Somebody,
        among: Containers,
        left_out: (Matcher, ContainerId),
    ) -> Option<(Matcher, ContainerId)> {
        let answer = self.answering(model, viewer, among)?;
        if answer != left_out {
            return Some(answer);
        }
        let (matcher, container) = answer;
        let less = among.without(Containers::only(container));
        let authenticated = Somebody::unnamed(Network::Other);
        let (instead, broader) = match matcher {
            Matcher::Person(person) => (self.named.of_person(person, less), Somebody { person: None, ..viewer }),
            Matcher::Domain(domain) => {
                let above = up(model, Some(domain), |above| (above != domain).then_some(above));
                let broader = Somebody { person: None, domain: above, exact_domain: true, ..viewer };
                (self.named.of_domain(domain, less), broader)
            }
            Matcher::Network(network) => (self.of_network(network, less), authenticated),
            Matcher::Authenticated => (self.wide.authenticated.both(less).highest(), Somebody::ANONYMOUS),
            Matcher::Everyone => return self.wide.everyone.both(less).highest().map(|container| (matcher, container)),
        };
        let instead = instead.map(|container| (matcher, container));
        instead.or_else(|| self.answering(model, broader, among))
    }

    /// The highest container of a network among those allowed.
    #[inline(always)] // part of every decision
    fn of_network(&self, network: Network, among: Containers) -> Option<ContainerId> {
        self.wide.networks.get(network as usize)?.both(among).highest()
    }

    /// The longest matching domain that has an entry among the containers.
    fn by_domain(&self, model: &Model, viewer: Somebody, among: Containers) -> Option<(Matcher, ContainerId)> {
        viewer.up(model, |domain| {
            let container = self.named.of_domain(domain, among)?;
            Some((Matcher::Domain(domain), container))
        })
    }
}

/// Everybody once.
fn joined_people(mut people: Vec<(PersonId, Containers, bool)>) -> Vec<Listed> {
    people.sort_unstable();
    let mut joined: Vec<Listed> = Vec::with_capacity(people.len());
    for (person, containers, contact) in people {
        match joined.last_mut() {
            Some(last) if last.person == person => {
                last.containers = last.containers.either(containers);
                last.contact |= contact;
            }
            _ => joined.push(Listed { person, containers, contact }),
        }
    }
    joined
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
