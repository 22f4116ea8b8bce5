//! Viewers by classes and exceptions: for one owner, everybody counted without asking them one by one.
//!
//! People are answered like their domain, domains like their network. Exceptions are the domains that an entry of the
//! owner names, and the people whom an entry or a rule singles out; those for whom everything comes to the same are
//! counted together.

use crate::graph::ViewerReads;
use crate::model::{Containers, DomainId, Id, Network, Networks, PersonId, UserId};
use crate::syntax::ast::DomainMatch;

use super::roster::Listed;
use super::rule_set::RuleSet;
use super::somebody::Somebody;

/// Viewers of one owner who all get the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cohort {
    /// One of them, who stands for all.
    pub(super) representative: Somebody,
    /// How many known people there are.
    pub(super) known: usize,
    /// How many classes of people the directory cannot enumerate.
    pub(super) open: usize,
}

/// What the answers of a viewer depend on: the container that answers whatever is asked, or 64 if no entry matches;
/// whether they are a contact; their network.
const PLACES: usize = 65 * 2 * 4;

/// Not seen yet.
const NONE: u16 = u16::MAX;

struct Cohorts<'a> {
    rules: &'a RuleSet,
    owner: UserId,
    reads: &'a ViewerReads,
    by_network: bool,
    found: Vec<Cohort>,
    at: [u16; PLACES],
}

impl Cohorts<'_> {
    /// Counts viewers who get what the representative gets.
    fn add(&mut self, highest: usize, contact: bool, network: Network, cohort: impl FnOnce() -> Cohort) {
        let network = if self.by_network { network as usize } else { 0 };
        let contact = usize::from(contact && self.reads.relations);
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
        let everywhere = Containers(u64::MAX);
        let viewer = cohort.representative;
        match self.rules.standing(self.owner).answering(self.rules.model(), viewer, everywhere) {
            None => self.add(64, contact, viewer.network, || cohort),
            Some((_, container)) if self.rules.graph().tables().holds_all().has(container) => {
                self.add(container.index(), contact, viewer.network, || cohort);
            }
            // Another entry answers for what this container does not hold: a cohort of its own.
            Some(_) => self.found.push(cohort),
        }
    }

    /// Counts a person whom an entry or the contact list names.
    fn add_listed(&mut self, listed: Listed, network: Network) {
        let rules = self.rules;
        let one = || Cohort { representative: Somebody::known(rules.model(), listed.person), known: 1, open: 0 };
        match listed.containers.highest() {
            Some(container) if rules.graph().tables().holds_all().has(container) => {
                self.add(container.index(), listed.contact, network, one);
            }
            Some(_) => self.found.push(one()),
            None => self.add_by_walk(listed.contact, one()),
        }
    }
}

impl RuleSet {
    /// The network of everybody at a domain that nobody names.
    pub(super) fn elsewhere(&self) -> Network {
        if self.model().organization.open { Network::Federated } else { Network::Other }
    }

    /// True if somebody can be of one of these networks: at a domain, or without an address.
    pub(super) fn can_come_from(&self, networks: Networks) -> bool {
        let domains = self.model().domains.values().map(|domain| domain.network);
        domains.chain([self.elsewhere(), Network::Other]).any(|network| networks.has(network))
    }

    /// The named domains that an entry of the owner matches, sorted.
    pub(super) fn exceptional_domains(&self, owner: UserId) -> Vec<DomainId> {
        let crowds = self.graph().crowds();
        let mut domains: Vec<DomainId> = Vec::new();
        for (domain, _) in self.standing(owner).domains().filter(|(_, containers)| !containers.is_empty()) {
            domains.push(domain);
            domains.extend(crowds.below(domain));
        }
        domains.sort_unstable();
        domains.dedup();
        domains
    }

    /// Everybody but the owner, for questions about fields whose rules read this of a viewer. With `by_network`, viewers
    /// of several networks are never counted together.
    pub(super) fn cohorts(&self, owner: UserId, reads: &ViewerReads, by_network: bool) -> Vec<Cohort> {
        let model = self.model();
        let crowds = self.graph().crowds();
        let by_network = by_network || reads.network || reads.own;
        let mut all = Cohorts { rules: self, owner, reads, by_network, found: Vec::new(), at: [NONE; PLACES] };

        // Who is left of each domain with an entry, and of each network, when the exceptions are taken away.
        let domains = self.exceptional_domains(owner);
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
        let own = model.users[owner].person;
        take_away(own);
        let apart = self.apart(owner, reads);
        for person in apart.iter().filter(|person| **person != own) {
            take_away(*person);
            all.found.push(Cohort { representative: Somebody::known(model, *person), known: 1, open: 0 });
        }
        for listed in self.standing(owner).named() {
            let singled_out = !listed.containers.is_empty() || (reads.relations && listed.contact);
            if singled_out && listed.person != own && (apart.is_empty() || apart.binary_search(&listed.person).is_err())
            {
                let network = take_away(listed.person);
                all.add_listed(listed, network);
            }
        }

        let mut open = Network::ALL.map(|network| crowds.domains(network));
        let elsewhere = self.elsewhere() as usize;
        open[elsewhere] += 1; // the domains that nobody names
        open[Network::Other as usize] += 1; // viewers without address
        let below = model.matching == DomainMatch::BySuffix;
        if below {
            open[elsewhere] += model.domains.len() - domains.len();
        }
        for (domain, known) in domains.iter().zip(of_domain) {
            let network = model.domains[*domain].network;
            open[network as usize] -= 1;
            let at = Somebody { person: None, user: None, domain: Some(*domain), exact_domain: true, network };
            all.add_by_walk(false, Cohort { representative: at, known, open: 1 });
            if below {
                let at = Somebody { exact_domain: false, network: self.elsewhere(), ..at };
                all.add_by_walk(false, Cohort { representative: at, known: 0, open: 1 });
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
