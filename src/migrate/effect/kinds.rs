//! Everybody by what no owner's entries change: the domain, and what rules read of a viewer.

use std::hash::Hash;

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxHashSet;

use super::pairing::{Pairing, Viewer};
use crate::directory::Domain;
use crate::model::{Id, Network, UserId};
use crate::resolve::{AssumptionOf, RuleSet, Somebody, Standing};
use crate::syntax::ast::DomainMatch;

/// Viewers whom the sets cannot enumerate, and the known people among them who are answered like them.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Everybody {
    /// Of a named domain.
    At(Domain, Network),
    /// Of the unnamed domains below a named one.
    Below(Domain, Network),
    /// Of domains that are named nowhere.
    Elsewhere(Network),
    /// Viewers without address.
    Anonymous,
}

impl Everybody {
    /// Who it is in words. "Else" says that some of them have answers of their own.
    pub fn words(&self, some_apart: bool) -> String {
        let other = if some_apart { " else" } else { "" };
        match self {
            Everybody::At(domain, network) => format!("anyone{other} at {domain} ({network})"),
            Everybody::Below(domain, network) => format!("any other domain below {domain} ({network})"),
            Everybody::Elsewhere(Network::Other) => "anyone else from elsewhere".to_owned(),
            Everybody::Elsewhere(network) => format!("anyone else who is {network}"),
            Everybody::Anonymous => "anonymous".to_owned(),
        }
    }
}

/// What somebody is to an owner, where rules read it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Related {
    contact: bool,
    delegate: bool,
}

/// People of one domain of whom rules read the same.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) traits: u32,
    /// By index, sorted.
    members: Vec<u32>,
}

impl Kind {
    /// Its people by index, sorted.
    pub(super) fn members(&self) -> &[u32] {
        &self.members
    }
}

/// An open class.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) everybody: Everybody,
    pub(super) traits: u32,
    pub(super) viewer: Viewer,
    /// The kinds of its domain.
    pub(super) kinds: Vec<u32>,
}

/// Everybody by kind.
#[derive(Debug)]
pub(super) struct Kinds {
    kinds: Vec<Kind>,
    open: Vec<Open>,
    /// The kind of each person.
    of: Vec<u32>,
    relations: bool,
}

/// What rules read of somebody in one set, entries and lists apart.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Trait {
    network: Network,
    groups: Vec<bool>,
    /// Site, policy objects, attributes and presence of a user, interned; 0 is somebody who is none.
    profile: usize,
    /// Something is assumed of this person.
    assumed: Option<usize>,
}

/// Interned profiles of one set.
struct Reader<'a> {
    set: &'a RuleSet,
    profiles: IndexSet<String>,
}

impl Reader<'_> {
    fn read(&mut self, viewer: Somebody) -> Trait {
        let reads = self.set.graph().tables().viewer_reads();
        let in_group = |group: &crate::model::GroupId| {
            viewer.person.is_some_and(|person| self.set.graph().member_at(*group, person).is_some())
        };
        let groups = reads.groups.iter().map(in_group).collect();
        let profile = match viewer.user.filter(|_| reads.own) {
            Some(user) => 1 + self.profiles.insert_full(profile(self.set, user)).0,
            None => 0,
        };
        let named = |person| self.set.assumptions().iter().any(|it| it.of == AssumptionOf::Person(person));
        let assumed = viewer.person.filter(|person| named(*person)).map(Id::index);
        Trait { network: viewer.network, groups, profile, assumed }
    }
}

/// All that rules can read of a user, places left out.
fn profile(set: &RuleSet, user: UserId) -> String {
    let user = &set.model().users[user];
    let attributes: Vec<_> = user.attributes.iter().map(|(id, value, _)| (*id, *value)).collect();
    let presence: Vec<_> = user.presence.iter().map(|(id, value, _)| (*id, *value)).collect();
    format!("{:?} {:?} {attributes:?} {presence:?}", user.site, user.objects)
}

impl Kinds {
    pub(super) fn of(before: &RuleSet, after: &RuleSet, pairing: &Pairing) -> Kinds {
        let mut readers = [before, after].map(|set| Reader { set, profiles: IndexSet::new() });
        let mut traits: IndexSet<[Trait; 2]> = IndexSet::new();
        let mut kinds: IndexMap<(Domain, u32), Kind> = IndexMap::new();
        let mut of = Vec::with_capacity(pairing.len());
        let mut read = |viewer: Viewer| {
            let [first, second] = &mut readers;
            traits.insert_full([first.read(viewer.on(0)), second.read(viewer.on(1))]).0 as u32
        };
        for person in 0..pairing.len() as u32 {
            let viewer = pairing.viewers[person as usize];
            let key = (pairing.address(person).domain(), read(viewer));
            let traits = key.1;
            let entry = kinds.entry(key);
            of.push(entry.index() as u32);
            entry.or_insert_with(|| Kind { traits, members: Vec::new() }).members.push(person);
        }
        let mut open = Vec::new();
        for (everybody, viewer) in classes(before, after) {
            let of_domain = |domain: &Domain| {
                let same = |((of, _), _): &(&(Domain, u32), &Kind)| of == domain;
                let found = kinds.iter().enumerate().filter(|(_, kind)| same(kind));
                found.map(|(index, _)| index as u32).collect()
            };
            let kinds = if let Everybody::At(domain, _) = &everybody { of_domain(domain) } else { Vec::new() };
            open.push(Open { everybody, traits: read(viewer), viewer, kinds });
        }
        let relations = [before, after].iter().any(|set| set.graph().tables().viewer_reads().relations);
        Kinds { kinds: kinds.into_values().collect(), open, of, relations }
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter()
    }

    pub(super) fn open(&self) -> impl Iterator<Item = &Open> {
        self.open.iter()
    }

    pub(super) fn of_person(&self, person: u32) -> u32 {
        self.of.get(person as usize).copied().unwrap_or_default()
    }

    pub(super) fn traits_of(&self, kind: u32) -> u32 {
        self.kinds.get(kind as usize).map_or(0, |kind| kind.traits)
    }

    pub(super) fn members(&self, kind: u32) -> &[u32] {
        self.kinds.get(kind as usize).map_or(&[], |kind| kind.members.as_slice())
    }

    /// How many people of a kind stand apart from it.
    pub(super) fn apart_of(&self, kind: u32, apart: &FxHashSet<u32>) -> usize {
        apart.iter().filter(|person| self.of_person(**person) == kind).count()
    }

    pub(super) fn reads_relations(&self) -> bool {
        self.relations
    }

    pub(super) fn related(&self, set: &RuleSet, owner: UserId, viewer: Somebody) -> Related {
        let Some(person) = viewer.person.filter(|_| self.relations) else { return Related::default() };
        let delegates = &set.model().users[owner].delegates;
        Related {
            contact: set.standing(owner).is_contact(person),
            delegate: delegates.binary_search_by_key(&person, |(listed, _)| *listed).is_ok(),
        }
    }

    /// The nearest named domain of a viewer that has an entry, by index in its set.
    pub(super) fn domain_key(&self, set: &RuleSet, standing: &Standing, viewer: Somebody) -> Option<u32> {
        let model = set.model();
        let mut next = match model.matching {
            DomainMatch::BySuffix => viewer.domain,
            DomainMatch::Exactly => viewer.domain.filter(|_| viewer.exact_domain),
        };
        while let Some(domain) = next {
            if standing.domains().any(|(named, _)| named == domain) {
                return Some(domain.index() as u32);
            }
            next = match model.matching {
                DomainMatch::BySuffix => model.domains[domain].above,
                DomainMatch::Exactly => None,
            };
        }
        None
    }
}

/// Every class of viewers whom neither set can enumerate: named domains, what lies below them where that can matter,
/// everywhere else, and nobody in particular.
fn classes(before: &RuleSet, after: &RuleSet) -> Vec<(Everybody, Viewer)> {
    let sets = [before, after];
    let domains: IndexSet<&Domain> =
        [after, before].iter().flat_map(|set| set.model().domains.values().map(|named| &named.name)).collect();
    let mut classes = Vec::new();
    for domain in &domains {
        let [one, other] = sets.map(|set| Somebody::at(set.model(), domain));
        classes.push((Everybody::At((*domain).clone(), other.network), Viewer::new(one, other)));
    }
    if sets.iter().any(|set| set.model().matching == DomainMatch::BySuffix) {
        for domain in &domains {
            let [one, other] = sets.map(|set| Somebody { exact_domain: false, ..unnamed(set, domain) });
            classes.push((Everybody::Below((*domain).clone(), other.network), Viewer::new(one, other)));
        }
    }
    let [one, other] = sets.map(elsewhere);
    classes.push((Everybody::Elsewhere(other.network), Viewer::new(one, other)));
    classes.push((Everybody::Anonymous, Viewer::new(Somebody::ANONYMOUS, Somebody::ANONYMOUS)));
    classes
}

/// Somebody of a domain that no set names, below this one. Networks list domains by name, so what is not named belongs to
/// the network of all the rest.
fn unnamed(set: &RuleSet, below: &Domain) -> Somebody {
    Somebody { network: elsewhere(set).network, ..Somebody::at(set.model(), below) }
}

fn elsewhere(set: &RuleSet) -> Somebody {
    let network = if set.model().organization.open { Network::Federated } else { Network::Other };
    Somebody::unnamed(network)
}
