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
//! and each search finds what it found. What is left out is no longer out of the ordinary, so the plainest of all worlds
//! is among those that are left. Domains that policies name keep their entries, because what is granted there stays.

use biodivine_lib_bdd::Bdd;
use indexmap::{IndexMap, IndexSet};

use super::domain::NONE_NAMED;
use super::{Asked, EntryType, Question, Space, Undecided, Variable, World};
use crate::directory::Domain;
use crate::language::ast::{Cardinality, ContainerFlag, DomainMatch, Remedy, SubjectKind};
use crate::model::{
    Condition, Containers, DomainId, Id, ManifestRule, ManifestRuleId, Model, Network, Organisation, PersonId, Subject,
    Value,
};

/// A domain of the viewer's chain in one world.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// Its name. None if any name will do that no policy says, and that has one label more than that of the next.
    pub name: Option<Domain>,
    /// Its network.
    pub network: Network,
}

/// Where the viewer's domain is, seen from those that memberships name: the values of [`Variable::Domain`].
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
    pub fn of(Value(code): Value) -> Whereabouts {
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
#[derive(Debug, Default)]
pub(super) struct Chain {
    /// How many domains without a name are enough.
    unnamed: usize,
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
        let other_networks = networks && question.rules().any(puts_back);
        Chain { unnamed, length, networks, other_networks, searched: Some(searched) }
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
fn labels(domain: &Domain) -> usize {
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
        let of_levels = asked.all_conditions(self).into_iter().any(asks_level).then_some(everywhere);
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
    fn homes(self) -> IndexMap<DomainId, Vec<PersonId>> {
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

/// Where chains run into domains that have a name.
#[derive(Debug)]
pub(super) struct Anchor {
    name: Domain,
    /// The number that the name has in the chain.
    first: usize,
    /// In which worlds.
    when: Bdd,
}

impl Anchor {
    /// The name that a domain of the chain has.
    fn name(&self, number: usize) -> Option<&str> {
        let up = number.checked_sub(self.first)?;
        self.name.as_str().splitn(up + 1, '.').nth(up)
    }

    /// The number that a name has in the chain.
    fn number(&self, domain: &Domain) -> Option<usize> {
        (self.first..self.first + labels(&self.name)).find(|number| self.name(*number) == Some(domain.as_str()))
    }
}

impl Space<'_> {
    /// How many domains that no policy names its worlds have at most for entries that match one viewer.
    pub fn unnamed_domains(&self) -> usize {
        self.chain.unnamed
    }

    /// Where chains run into which names.
    pub(super) fn anchored(&self, question: Question<'_>) -> Result<Vec<Anchor>, Undecided> {
        if !question.is_about(Subject::Viewer) {
            return Ok(Vec::new());
        }
        let name = |domain: DomainId| question.model().domains[domain].name.clone();
        let mut anchors = Vec::new();
        let named = question.domains();
        for domain in named.iter().copied() {
            anchors.push(Anchor { name: name(domain), first: 0, when: self.is_placed(Whereabouts::At(domain))? });
        }
        if question.model().matching == DomainMatch::Exactly {
            return Ok(anchors);
        }
        let is_nobody = match self.domains.index(Variable::Named) {
            Some(_) => self.value_is(Variable::Named, |value| value == NONE_NAMED)?,
            None => self.variables.mk_true(),
        };
        for domain in named {
            let when = self.and(&self.is_placed(Whereabouts::Below(domain))?, &is_nobody)?;
            anchors.push(Anchor { name: name(domain), first: self.chain.unnamed, when });
        }
        for (domain, people) in question.homes().into_iter().filter(|(_, people)| !people.is_empty()) {
            let is_there = |value: Value| people.iter().any(|person| person.index() as i64 == value.0);
            anchors.push(Anchor { name: name(domain), first: 0, when: self.value_is(Variable::Named, is_there)? });
        }
        Ok(anchors)
    }

    /// Where the viewer's domain is there.
    pub(super) fn is_placed(&self, place: Whereabouts) -> Result<Bdd, Undecided> {
        self.value_is(Variable::Domain, |value| value == place.value())
    }

    /// As which domain of the chain an entry for a domain matches, and where.
    pub(super) fn numbers(&self, domain: &Domain) -> Vec<(usize, Bdd)> {
        let number = |anchor: &Anchor| Some((anchor.number(domain)?, anchor.when.clone()));
        self.anchors.iter().filter_map(number).filter(|(number, _)| *number < self.chain.length).collect()
    }

    /// Where a domain of the chain is of a network.
    pub(super) fn link_is_of(&self, number: usize, network: Network) -> Result<Bdd, Undecided> {
        let of_viewer = self.is_of(Subject::Viewer, network)?;
        let variable = Variable::NetworkAbove(number);
        if number == 0 || self.domains.index(variable).is_none() {
            return Ok(of_viewer);
        }
        let own = self.value_is(variable, |value| value == network.value())?;
        let as_viewer = self.and(&of_viewer, &self.value_is(variable, |value| value == NONE_NAMED)?)?;
        let mut is_of = self.or(&own, &as_viewer)?;
        for (network_there, when) in self.listed_at(number) {
            let listed = if network_there == network { when.clone() } else { self.variables.mk_false() };
            is_of = self.or(&self.and(&is_of, &when.not())?, &listed)?;
        }
        Ok(is_of)
    }

    /// The networks that the directory gives to a domain of the chain, and where it does.
    fn listed_at(&self, number: usize) -> Vec<(Network, &Bdd)> {
        let directory = self.question.is_some_and(|it| it.organisation == Organisation::Directory);
        let anchors = self.anchors.iter().filter(|_| directory);
        let listed = |anchor| Anchor::name(anchor, number).map(|name| (self.model.network_named(name), &anchor.when));
        anchors.filter_map(listed).collect()
    }

    /// Chains end where the names do, and what the directory says of networks is so.
    pub(super) fn chains(&self, question: Question<'_>) -> Result<Bdd, Undecided> {
        let no = || self.variables.mk_false();
        let anchored: Vec<Bdd> = self.anchors.iter().map(|anchor| anchor.when.clone()).collect();
        let unanchored = self.folded(&anchored, no(), Space::or)?.not();
        let mut all = self.variables.mk_true();
        for number in 1..self.chain.length {
            let network = Variable::NetworkAbove(number);
            let ended = self.anchors.iter().filter(|it| number >= it.first + labels(&it.name));
            let mut ended: Vec<Bdd> = ended.map(|anchor| anchor.when.clone()).collect();
            ended.extend((number >= self.chain.unnamed).then(|| unanchored.clone()));
            let mut used = Vec::new();
            for container in question.containers() {
                used.push(self.is_true(Variable::Entry(EntryType::Domain(number), container))?);
            }
            if self.chain.networks {
                let own = self.value_is(network, |value| value != NONE_NAMED)?;
                let known: Vec<Bdd> = self.listed_at(number).into_iter().map(|(_, when)| when.clone()).collect();
                all = self.and(&all, &self.and(&own, &self.folded(&known, no(), Space::or)?)?.not())?;
                for of in Network::ALL {
                    // There is one way to say that it is that of the viewer.
                    let same = self.value_is(network, |value| value == of.value())?;
                    all = self.and(&all, &self.and(&same, &self.is_of(Subject::Viewer, of)?)?.not())?;
                }
                used.push(own);
            }
            let beyond = self.and(&self.folded(&used, no(), Space::or)?, &self.folded(&ended, no(), Space::or)?)?;
            all = self.and(&all, &beyond.not())?;
        }
        for (variable, network) in self.entries_for_other_networks() {
            let stands = self.is_true(variable)?;
            all = self.and(&all, &self.and(&stands, &self.is_of(Subject::Viewer, network)?)?.not())?;
        }
        Ok(all)
    }

    fn entries_for_other_networks(&self) -> impl Iterator<Item = (Variable, Network)> {
        self.domains.variables().filter_map(|variable| match variable {
            Variable::Entry(EntryType::OtherNetwork(network), _) => Some((variable, network)),
            _ => None,
        })
    }

    /// The chain of a world, up to the last domain of which anything is said.
    pub(super) fn links(&self, world: &World) -> Vec<Link> {
        let Some(question) = self.question.filter(|question| question.is_about(Subject::Viewer)) else {
            return Vec::new();
        };
        if world.value(Variable::Anonymous) == Some(Value::TRUE) {
            return Vec::new();
        }
        let model = question.model();
        let own = world.value(Variable::Reading(super::domain::network_of(Subject::Viewer)));
        let own = Network::ALL.into_iter().find(|network| Some(network.value()) == own).unwrap_or(Network::Other);
        let person = world.value(Variable::Named).and_then(|Value(code)| usize::try_from(code).ok());
        let place = world.value(Variable::Domain).map_or(Whereabouts::Elsewhere, Whereabouts::of);
        let (first, name) = match (person.map(PersonId::from_index), place) {
            (Some(person), _) => (0, Some(&model.domains[model.people[person].domain].name)),
            (None, Whereabouts::At(domain)) => (0, Some(&model.domains[domain].name)),
            (None, Whereabouts::Below(domain)) => (self.chain.unnamed, Some(&model.domains[domain].name)),
            (None, Whereabouts::Elsewhere) => (self.chain.unnamed, None),
        };
        let said = world.departures().filter_map(|fact| match fact.variable {
            Variable::Entry(EntryType::Domain(number), _) | Variable::NetworkAbove(number) => Some(number),
            _ => None,
        });
        let named = name.map_or(0, |_| first);
        let last = said.fold(named, usize::max);
        let anchor = name.map(|name| Anchor { name: name.clone(), first, when: self.variables.mk_true() });
        let link = |number: usize| {
            let name = anchor.as_ref().and_then(|anchor| anchor.name(number)).and_then(Domain::parse);
            let other = world.value(Variable::NetworkAbove(number));
            let network = match &name {
                Some(name) if question.organisation == Organisation::Directory && number > 0 => model.network_of(name),
                _ => Network::ALL.into_iter().find(|it| Some(it.value()) == other).unwrap_or(own),
            };
            Link { name, network }
        };
        (0..=last).map(link).collect()
    }
}
