//! The chain of domains whose entries match the viewer: their own and, where domains match by suffix, those above it.
//! They are numbered from the viewer's own upward, so the longest name comes first.
//!
//! Policies give names to some domains, in memberships. At such a domain the chain is known: it has one domain for each
//! label of the name. Anywhere else, and below such a domain, the chain begins with domains that no policy names, of
//! which there can be any number. A few are enough, though. Of those that have entries, keep
//!
//! - for each set of containers that is searched, the first domain with an entry in force in it, and
//! - the topmost domain with an entry in force in a blocking container, if that keeps anything from being added,
//!
//! and leave out the entries of the others. What becomes of the entries of a domain depends on them, on its network and
//! on whether anything broader blocks. Of the domains above it, the topmost that blocks says so alone, and nothing
//! above that one does in either world. So whatever is kept settles as it did, the same people are covered by a block,
//! and each search finds what it found. What is left out is no longer out of the ordinary, so the plainest of all
//! worlds is among those that are left. Domains that policies name keep their entries, because what is granted there
//! stays.

use indexmap::{IndexMap, IndexSet};

use super::variable::NONE_NAMED;
use super::{Asked, EntryType, Question};
use crate::directory::Domain;
use crate::language::ast::{Cardinality, ContainerFlag, DomainMatch, Remedy, SubjectKind};
use crate::model::{
    Condition, Containers, DomainId, Id, ManifestRule, ManifestRuleId, Model, Network, PersonId, Subject, Value,
};

/// A domain of the viewer's chain in one world.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// Its name. None if any name will do that no policy says, and that has one label more than that of the next.
    pub name: Option<Domain>,
    /// Its network.
    pub network: Network,
}

/// Where the viewer's domain is, seen from those that memberships name: the values of
/// [`Variable::Domain`](super::Variable::Domain).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whereabouts {
    /// Elsewhere, or nowhere.
    Elsewhere,
    /// It is this one.
    At(DomainId),
    /// It is below this one, and none of those between is named.
    Below(DomainId),
}

impl Whereabouts {
    /// What a value stands for.
    pub fn of_value(Value(code): Value) -> Whereabouts {
        match (usize::try_from(code), usize::try_from(-2 - code)) {
            (Ok(at), _) => Whereabouts::At(DomainId::from_index(at)),
            (_, Ok(below)) => Whereabouts::Below(DomainId::from_index(below)),
            _ => Whereabouts::Elsewhere,
        }
    }

    /// The value that stands for it.
    pub fn value(self) -> Value {
        match self {
            Whereabouts::Elsewhere => NONE_NAMED,
            Whereabouts::At(domain) => Value(domain.index() as i64),
            Whereabouts::Below(domain) => Value(-2 - domain.index() as i64),
        }
    }
}

/// How long chains have to be, and what of them has to be told apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// How many domains without a name are enough.
    pub(super) unnamed: usize,
    /// How many domains there are at most.
    pub(super) length: usize,
    /// Whether it matters of which networks the domains above the viewer's are.
    pub(super) networks: bool,
    /// Whether it matters, beside that, which of those networks are blocked.
    other_networks: bool,
    /// The sets of containers that are searched; None if any may be.
    searched: Option<IndexSet<Containers>>,
}

impl Chain {
    pub(super) fn new(question: Question<'_>, asked: &Asked) -> Chain {
        if !question.is_about(Subject::Viewer) {
            return Chain::default();
        }
        if question.model().matching == DomainMatch::Exactly {
            return Chain { unnamed: 1, length: 1, ..Chain::default() };
        }
        let searched = question.searched(asked);
        let adds = question.rules().any(|rule| puts_back(rule) || adds_for_people(rule));
        let networks = question.tells_networks_of_domains_apart();
        // The viewer's own domain is of the viewer's network, so where networks matter it may be none of those kept.
        let unnamed = (searched.len() + usize::from(adds) + usize::from(networks)).max(1);
        let below = question.domains().into_iter().map(|it| unnamed + labels(&question.model().domains[it].name));
        let at = question.homes().into_keys().map(|it| labels(&question.model().domains[it].name));
        let length = below.chain(at).fold(unnamed, usize::max);
        // An entry that is lost and not put back might as well not be recorded; what is granted is there anyway.
        let other_networks = !question.domains().is_empty() && question.rules().any(puts_back);
        Chain { unnamed, length, networks, other_networks, searched: Some(searched) }
    }

    /// A chain that is enough for what both are enough for.
    pub(super) fn with(self, other: Chain) -> Chain {
        Chain {
            unnamed: self.unnamed.max(other.unnamed),
            length: self.length.max(other.length),
            networks: self.networks || other.networks,
            other_networks: self.other_networks || other.other_networks,
            searched: match (self.searched, other.searched) {
                (Some(one), Some(other)) => Some(one.into_iter().chain(other).collect()),
                _ => None,
            },
        }
    }

    /// As what an entry that decides anything can match somebody, from the broadest to the narrowest, as they are
    /// settled.
    pub(super) fn types(&self) -> Vec<EntryType> {
        let mut types = vec![EntryType::Everyone, EntryType::Authenticated, EntryType::Network];
        if self.other_networks {
            types.extend(NAMED.map(EntryType::OtherNetwork));
        }
        types.extend((0..self.length).rev().map(EntryType::Domain));
        types.push(EntryType::Person);
        types
    }

    /// True if it is long enough for a search among these containers.
    pub(super) fn is_enough_for(&self, among: Containers) -> bool {
        self.searched.as_ref().is_none_or(|searched| searched.contains(&among))
    }
}

/// The networks that entries can be for.
const NAMED: [Network; 3] = [Network::SameEnterprise, Network::PublicCloud, Network::Federated];

/// How many domains a domain and those above it are.
pub(super) fn labels(domain: &Domain) -> usize {
    domain.as_str().split('.').count()
}

/// True if a rule adds an entry for a domain that has lost all of its own.
fn puts_back(rule: &ManifestRule) -> bool {
    adds(rule) && rule.otherwise == Some(Remedy::Remove) && is_about(rule, &[SubjectKind::Domain])
}

fn adds_for_people(rule: &ManifestRule) -> bool {
    adds(rule) && is_about(rule, &[SubjectKind::Delegate, SubjectKind::Contact, SubjectKind::Stranger])
}

/// True if a rule adds entries that are missing, unless something broader blocks.
fn adds(rule: &ManifestRule) -> bool {
    rule.cardinality == Some(Cardinality::ExactlyOne) && rule.default.is_some()
}

fn is_about(rule: &ManifestRule, subjects: &[SubjectKind]) -> bool {
    rule.subjects.iter().any(|(subject, _)| subjects.contains(subject))
}

impl<'m> Question<'m> {
    fn rules(self) -> impl Iterator<Item = &'m ManifestRule> {
        let rules = self.graph.manifest_order().iter().flat_map(move |it| &self.model().manifests[*it].rules);
        let blocks = !self.model().flagged(ContainerFlag::Blocking).is_empty();
        rules.map(move |rule| &self.model().manifest_rules[*rule]).filter(move |_| blocks)
    }

    /// The sets of containers among which somebody is looked for.
    fn searched(self, asked: &Asked) -> IndexSet<Containers> {
        let model = self.model();
        let everywhere = Containers(u64::MAX);
        let asks_level = |id| model.conditions.any(id, &mut |test| matches!(test, Condition::InContainer(..)));
        let of_fields = asked.fields.iter().map(|field| self.graph.tables().rules(*field).among);
        let of_levels = asked.level || asked.all_conditions(self).into_iter().any(asks_level);
        let of_levels = of_levels.then_some(everywhere);
        of_fields.chain(of_levels).map(|among| among_existing(model, among)).collect()
    }

    /// True if two domains may be treated differently because of their networks.
    fn tells_networks_of_domains_apart(self) -> bool {
        let model = self.model();
        self.graph.manifest_order().iter().any(|manifest| {
            let governing = |network| -> Option<ManifestRuleId> {
                let mut rules = model.manifests[*manifest].rules.iter().copied();
                rules.find(|rule| model.manifest_rules[*rule].is_about(SubjectKind::Domain, network))
            };
            let [first, others @ ..] = Network::ALL.map(governing);
            others.iter().any(|other| *other != first)
        }) || self.rules().any(puts_back)
    }

    /// The domains of which somebody can be whom memberships name: those that they name, and those of the people.
    pub(super) fn homes(self) -> IndexMap<DomainId, Vec<PersonId>> {
        let mut homes: IndexMap<DomainId, Vec<PersonId>> = IndexMap::new();
        self.domains().into_iter().for_each(|domain| _ = homes.entry(domain).or_default());
        for person in self.people() {
            homes.entry(self.model().people[person].domain).or_default().push(person);
        }
        homes
    }

    /// Where the people of a domain are, seen from those that memberships name.
    pub(super) fn whereabouts(self, domain: DomainId, named: &IndexSet<DomainId>) -> Whereabouts {
        let above = |found: DomainId| named.contains(&found).then_some(found);
        match crate::viewers::up(self.model(), Some(domain), above) {
            Some(found) if found == domain => Whereabouts::At(domain),
            Some(found) => Whereabouts::Below(found),
            None => Whereabouts::Elsewhere,
        }
    }

    /// The values that tell where the viewer's domain is.
    pub(super) fn all_whereabouts(self) -> Vec<Value> {
        let named = self.domains();
        let below = named.iter().copied().map(Whereabouts::Below);
        let below = below.filter(|_| self.model().matching == DomainMatch::BySuffix);
        let places = named.iter().copied().map(Whereabouts::At).chain(below);
        std::iter::once(Whereabouts::Elsewhere).chain(places).map(Whereabouts::value).collect()
    }
}

/// Those of some containers that a set has.
pub(super) fn among_existing(model: &Model, among: Containers) -> Containers {
    model.containers.ids().filter(|it| among.has(*it)).fold(Containers::NONE, Containers::with)
}
