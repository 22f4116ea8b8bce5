//! Where the viewer's domain is in a world: which names the domains of its chain have, and of which networks they are.

use biodivine_lib_bdd::Bdd;

use super::chain::{Link, Whereabouts, labels};
use super::variable::NONE_NAMED;
use super::variable::network_of;
use super::{EntryType, Question, Space, Undecided, Variable, World};
use crate::directory::Domain;
use crate::language::ast::DomainMatch;
use crate::model::{DomainId, Id, Network, Organisation, PersonId, Subject, Value};

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
    pub(super) fn chains(&self) -> Result<Bdd, Undecided> {
        let no = || self.variables.mk_false();
        let anchored: Vec<Bdd> = self.anchors.iter().map(|anchor| anchor.when.clone()).collect();
        let unanchored = self.folded(&anchored, no(), Space::or)?.not();
        let mut all = self.variables.mk_true();
        for number in 1..self.chain.length {
            let network = Variable::NetworkAbove(number);
            let ended = self.anchors.iter().filter(|it| number >= it.first + labels(&it.name));
            let mut ended: Vec<Bdd> = ended.map(|anchor| anchor.when.clone()).collect();
            ended.extend((number >= self.chain.unnamed).then(|| unanchored.clone()));
            let mut used = self.entries_as(EntryType::Domain(number))?;
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
        let own = world.value(Variable::Reading(network_of(Subject::Viewer)));
        let own = Network::ALL.into_iter().find(|network| Some(network.value()) == own).unwrap_or(Network::Other);
        let person = world.value(Variable::Named).and_then(|Value(code)| usize::try_from(code).ok());
        let place = world.value(Variable::Domain).map_or(Whereabouts::Elsewhere, Whereabouts::of_value);
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
