//! Viewers by classes and exceptions: for one owner, everybody counted without asking them one by one.
//!
//! People are answered like their domain, domains like their network. Exceptions are the domains that an entry of the
//! owner names, and the people whom an entry or a rule singles out; those for whom everything comes to the same are
//! counted together.

use super::{Listed, Somebody, Viewers, elsewhere};
use crate::language::ast::DomainMatch;
use crate::model::{ContainerId, Containers, DomainId, Id, Network, PersonId};

/// Viewers of one owner who all get the same.
#[derive(Clone, Copy, Debug)]
pub struct Cohort {
    /// One of them, who stands for all.
    pub representative: Somebody,
    /// How many known people there are.
    pub known: usize,
    /// How many classes of people the directory cannot enumerate.
    pub open: usize,
}

/// What the answers of a viewer depend on: the container that answers whatever is asked, or 64 if no entry matches;
/// whether they are a contact; their network.
const PLACES: usize = 65 * 2 * 4;

/// Not seen yet.
const NONE: u16 = u16::MAX;

struct Cohorts<'a> {
    viewers: &'a Viewers<'a>,
    by_network: bool,
    found: Vec<Cohort>,
    at: [u16; PLACES],
}

impl Cohorts<'_> {
    /// Counts viewers who get what the representative gets.
    fn add(&mut self, highest: usize, contact: bool, network: Network, cohort: impl FnOnce() -> Cohort) {
        let network = if self.by_network { network as usize } else { 0 };
        let contact = usize::from(contact && self.viewers.reads.relations);
        let Some(at) = self.at.get_mut((highest * 2 + contact) * 4 + network) else { return };
        let more = cohort();
        match self.found.get_mut(usize::from(*at)) {
            Some(cohort) => {
                cohort.known += more.known;
                cohort.open += more.open;
            }
            None => {
                *at = self.found.len() as u16;
                self.found.push(more);
            }
        }
    }

    /// Counts viewers of whom nothing is known yet but one of them, who is on no contact list.
    fn add_by_walk(&mut self, contact: bool, cohort: Cohort) {
        let viewer = cohort.representative;
        match self.viewers.answering(viewer) {
            None => self.add(64, contact, viewer.network, || cohort),
            Some(container) if self.viewers.holds_all.has(container) => {
                self.add(container.index(), contact, viewer.network, || cohort);
            }
            // Another entry answers for what this container does not hold: a cohort of its own.
            Some(_) => self.found.push(cohort),
        }
    }

    /// Counts a person whom an entry or the contact list names.
    fn add_listed(&mut self, listed: Listed, network: Network) {
        let viewers = self.viewers;
        let one = || Cohort { representative: Somebody::known(viewers.model, listed.person), known: 1, open: 0 };
        match listed.containers.highest() {
            Some(container) if viewers.holds_all.has(container) => {
                self.add(container.index(), listed.contact, network, one);
            }
            Some(_) => self.found.push(one()),
            None => self.add_by_walk(listed.contact, one()),
        }
    }
}

impl Viewers<'_> {
    /// The container that answers somebody over all there is.
    pub(super) fn answering(&self, viewer: Somebody) -> Option<ContainerId> {
        self.standing.answering(self.model, viewer, Containers(u64::MAX)).map(|(_, container)| container)
    }

    /// The nearest named domain of somebody that has an entry.
    pub fn nearest(&self, viewer: Somebody) -> Option<DomainId> {
        viewer.up(self.model, |domain| self.standing.has_domain(domain).then_some(domain))
    }

    /// The named domains that an entry of the owner matches, sorted.
    pub fn exceptional_domains(&self) -> Vec<DomainId> {
        let mut domains: Vec<DomainId> = Vec::new();
        for (domain, _) in self.standing.domains() {
            domains.push(domain);
            domains.extend(self.crowds.below(domain));
        }
        domains.sort_unstable();
        domains.dedup();
        domains
    }

    /// One of each of those whom no entry of their own tells apart: at the domains with an entry, below them, and
    /// elsewhere of each network that somebody can be of, with an address and without.
    pub fn strangers(&self) -> Vec<Somebody> {
        self.strangers_beside(&self.exceptional_domains())
    }

    /// The same where entries match these domains, sorted.
    pub fn strangers_beside(&self, domains: &[DomainId]) -> Vec<Somebody> {
        let of = |domain| Somebody::of_domain(self.model, domain);
        let mut strangers: Vec<Somebody> = domains.iter().map(|domain| of(*domain)).collect();
        if self.model.matching == DomainMatch::BySuffix {
            strangers.extend(domains.iter().map(|domain| Somebody::below(self.model, *domain)));
        }
        let others = self.model.domains.iter().filter(|(domain, _)| domains.binary_search(domain).is_err());
        let mut networks: Vec<Network> = others.map(|(_, named)| named.network).collect();
        networks.push(elsewhere(self.model));
        networks.sort_unstable();
        networks.dedup();
        strangers.extend(networks.into_iter().map(Somebody::unnamed));
        strangers.push(Somebody::ANONYMOUS);
        strangers
    }

    /// All of them, counted.
    pub fn cohorts(&self) -> Vec<Cohort> {
        self.counted(self.reads.network || !self.reads.own.is_empty())
    }

    /// The same, where viewers of several networks are never counted together.
    pub fn cohorts_by_network(&self) -> Vec<Cohort> {
        self.counted(true)
    }

    fn counted(&self, by_network: bool) -> Vec<Cohort> {
        let (model, crowds) = (self.model, self.crowds);
        let mut all = Cohorts { viewers: self, by_network, found: Vec::new(), at: [NONE; PLACES] };

        // Who is left of each domain with an entry, and of each network, when the exceptions are taken away.
        let domains = self.exceptional_domains();
        let mut of_domain: Vec<usize> = domains.iter().map(|domain| crowds.of_domain(*domain).len()).collect();
        let mut of_network = Network::ALL.map(|network| crowds.size(network));
        for domain in &domains {
            of_network[model.domains[*domain].network as usize] -= crowds.of_domain(*domain).len();
        }
        let mut take_away = |person: PersonId| {
            let known = &model.people[person];
            match domains.binary_search(&known.domain).ok().and_then(|at| of_domain.get_mut(at)) {
                Some(left) => *left -= 1,
                None => of_network[known.network as usize] -= 1,
            }
            known.network
        };
        let own = model.users[self.owner].person;
        take_away(own);
        let apart = &self.apart;
        for person in apart.iter().filter(|person| **person != own) {
            take_away(*person);
            all.found.push(Cohort { representative: Somebody::known(model, *person), known: 1, open: 0 });
        }
        for listed in self.standing.named() {
            if self.single_out(&listed)
                && listed.person != own
                && (apart.is_empty() || apart.binary_search(&listed.person).is_err())
            {
                let network = take_away(listed.person);
                all.add_listed(listed, network);
            }
        }

        let mut open = Network::ALL.map(|network| crowds.domains(network));
        let elsewhere = elsewhere(model);
        open[elsewhere as usize] += 1; // the domains that nobody names
        if self.standing.tells_anonymous_apart() {
            all.add_by_walk(false, Cohort { representative: Somebody::ANONYMOUS, known: 0, open: 1 });
        } else {
            open[Network::Other as usize] += 1; // viewers without address
        }
        let below = model.matching == DomainMatch::BySuffix;
        if below {
            open[elsewhere as usize] += model.domains.len() - domains.len();
        }
        for (domain, known) in domains.iter().zip(of_domain) {
            let at = Somebody::of_domain(model, *domain);
            open[at.network as usize] -= 1;
            all.add_by_walk(false, Cohort { representative: at, known, open: 1 });
            if below {
                let below = Somebody::below(model, *domain);
                all.add_by_walk(false, Cohort { representative: below, known: 0, open: 1 });
            }
        }
        for ((network, known), open) in Network::ALL.into_iter().zip(of_network).zip(open) {
            if known + open > 0 {
                let representative = Somebody::unnamed(network);
                all.add_by_walk(false, Cohort { representative, known, open });
            }
        }
        all.found
    }
}
