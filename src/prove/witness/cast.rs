//! Who is in a counterexample: an address for everybody, of a domain that has the network which the world demands.

use indexmap::IndexMap;

use crate::directory::Domain;
use crate::model::{
    DomainId, Entry, Id, Model, NamedDomain, Network, Organisation, PersonId, Reading, Subject, Value, What,
};
use crate::prove::Counterexample;
use crate::symbolic::{Link, Variable, World};
use crate::viewers::{Somebody, up};

/// Everybody in a world.
pub(super) struct Cast {
    people: IndexMap<Subject, Member>,
}

/// Somebody in a world.
pub(super) struct Member {
    /// An address, or `anonymous`.
    pub(super) name: String,
    /// Where they come from.
    pub(super) network: Network,
    /// The domain, and those above it that matter, each with its network; none of somebody without an address.
    pub(super) domains: Vec<(String, Network)>,
    /// The person of the set that it is.
    pub(super) known: Option<PersonId>,
}

impl Member {
    /// True for people of the organisation.
    pub(super) fn is_inside(&self) -> bool {
        self.network == Network::SameEnterprise
    }
}

impl Cast {
    pub(super) fn new(model: &Model, organisation: Organisation, found: &Counterexample) -> Cast {
        let casting = Casting { model, organisation, world: &found.world };
        let subjects = Subject::of_shape(found.shape).iter().filter(|subject| **subject != Subject::Meeting);
        Cast { people: subjects.map(|subject| (*subject, casting.member(*subject))).collect() }
    }

    /// Somebody; None of those who are not in the world.
    pub(super) fn get(&self, subject: Subject) -> Option<&Member> {
        self.people.get(&subject)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Subject, &Member)> {
        self.people.iter().map(|(subject, member)| (*subject, member))
    }

    /// True if somebody in it is a user of the directory, of whom more is known than the world says.
    pub(super) fn is_known(&self) -> bool {
        self.people.values().any(|member| member.known.is_some())
    }
}

struct Casting<'a> {
    model: &'a Model,
    organisation: Organisation,
    world: &'a World,
}

impl Casting<'_> {
    fn member(&self, subject: Subject) -> Member {
        let viewer = subject == Subject::Viewer;
        let is = |variable| self.world.value(variable).filter(|_| viewer);
        if is(Variable::Anonymous) == Some(Value::TRUE) {
            return Member { name: "anonymous".to_owned(), network: Network::Other, domains: Vec::new(), known: None };
        }
        let network = self.network(subject);
        let domains = self.domains(subject, network);
        if let Some(person) = is(Variable::Named).and_then(|value| usize::try_from(value.0).ok()) {
            let person = PersonId::from_index(person);
            return Member {
                name: self.model.people[person].address.to_string(),
                network,
                domains,
                known: Some(person),
            };
        }
        let domain = domains.first().map(|(domain, _)| domain.as_str()).unwrap_or_default();
        Member { name: self.new_address(subject.name(), domain), network, domains, known: None }
    }

    /// Somebody's domain and those above it. Those without a name are below the next one.
    fn domains(&self, subject: Subject, network: Network) -> Vec<(String, Network)> {
        let alone = [Link { name: None, network }];
        let links = if subject == Subject::Viewer { self.world.domains.as_slice() } else { &alone };
        let mut domains: Vec<(String, Network)> = Vec::new();
        for link in links.iter().rev() {
            let name = match (&link.name, domains.last()) {
                (Some(name), _) => name.to_string(),
                (None, Some((above, _))) => self.new_domain_below(above),
                (None, None) if network == Network::SameEnterprise && links.len() == 1 => self.own_domain(),
                (None, None) => self.new_domain(if subject == Subject::Peer { "example.com" } else { "example.net" }),
            };
            domains.push((name, link.network));
        }
        domains.reverse();
        domains
    }

    fn network(&self, subject: Subject) -> Network {
        let network = self.world.value(Variable::Reading(Reading { whose: subject, what: What::Network }));
        let network = network.and_then(|value| Network::ALL.into_iter().find(|network| network.value() == value));
        network.unwrap_or(Network::SameEnterprise)
    }

    /// A domain of the organisation to whose people no membership grants anything.
    fn own_domain(&self) -> String {
        let is_own = |domain: &&NamedDomain| {
            domain.network == Network::SameEnterprise && domain.listed.is_some() && !self.is_granted(&domain.name)
        };
        let own = self.model.domains.values().find(is_own);
        let own = own.filter(|_| self.organisation == Organisation::Directory);
        own.map_or_else(|| self.new_domain("example.org"), |domain| domain.name.to_string())
    }

    /// True if a membership names this domain, or one above it.
    fn is_granted(&self, domain: &Domain) -> bool {
        let grants = || self.model.memberships.values().flat_map(|membership| &membership.grants);
        let is_named = |id: DomainId| grants().any(|(_, entry, _)| *entry == Entry::Domain(id)).then_some(());
        up(self.model, Somebody::at(self.model, domain).domain, is_named).is_some()
    }

    /// A domain that the set does not name, and to whose people no membership grants anything.
    fn new_domain(&self, name: &str) -> String {
        let numbered = |number: usize| if number == 1 { name.to_owned() } else { format!("{name}{number}") };
        first_new(numbered, |name| {
            Domain::parse(name).is_some_and(|domain| !self.is_known(&domain) && !self.is_granted(&domain))
        })
    }

    /// A domain below another one that the set does not name.
    fn new_domain_below(&self, above: &str) -> String {
        let numbered =
            |number: usize| if number == 1 { format!("sub.{above}") } else { format!("sub{number}.{above}") };
        first_new(numbered, |name| Domain::parse(name).is_none_or(|domain| !self.is_known(&domain)))
    }

    fn is_known(&self, domain: &Domain) -> bool {
        self.model.names.domains.contains_key(domain)
    }

    /// An address of nobody whom the set names.
    fn new_address(&self, name: &str, domain: &str) -> String {
        let address = |number: usize| match number {
            1 => format!("{name}@{domain}"),
            _ => format!("{name}{number}@{domain}"),
        };
        first_new(address, |address| self.model.people.values().all(|person| person.address.as_str() != address))
    }
}

/// The first of numbered names that is new.
fn first_new(name: impl Fn(usize) -> String, is_new: impl Fn(&str) -> bool) -> String {
    let mut number = 1;
    loop {
        let name = name(number);
        if is_new(&name) {
            return name;
        }
        number += 1;
    }
}
