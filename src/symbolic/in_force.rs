//! Which entries are in force for the viewer of a world: what is recorded, what memberships grant, and what the
//! manifest in effect makes of both. It is what `resolve` settles for one owner at a time; a law holds the two
//! together.

use std::sync::Arc;

use biodivine_lib_bdd::Bdd;

use super::settle::{Own, Stands};
use super::{EntryType, Question, Space, Undecided, Variable};
use crate::language::ast::{ContainerFlag, Relation};
use crate::model::{ContainerId, Containers, Entry, Id, Network, Subject};

/// As what a granted entry matches the viewer, in which container it is recorded, and where.
type Granted = (EntryType, ContainerId, Bdd);

/// Where entries for many stand in blocking containers.
struct Blocked {
    /// Those for everybody, with an address or without.
    all: Bdd,
    /// Those for the viewer's network.
    network: Bdd,
    /// Those for each network: where it is the viewer's, and where it is another.
    by_network: Vec<(Network, Bdd)>,
    /// Those for domains that match the viewer, as far as they are settled.
    domains: Bdd,
}

impl Blocked {
    fn new(nowhere: Bdd) -> Blocked {
        Blocked { all: nowhere.clone(), network: nowhere.clone(), by_network: Vec::new(), domains: nowhere }
    }
}

/// What is in force for the viewer.
#[derive(Debug)]
pub(super) struct InForce {
    /// By type, from the broadest.
    pub(super) entries: Vec<(EntryType, Stands)>,
    /// Where the viewer is a contact: on the list, or made one.
    pub(super) contact: Bdd,
}

impl Space<'_> {
    /// What is in force for the viewer of a question.
    pub(super) fn in_force(&mut self) -> Result<Arc<InForce>, Undecided> {
        if let Some(known) = &self.in_force {
            return Ok(Arc::clone(known));
        }
        let question = self.question.ok_or(Undecided)?;
        let in_force = Arc::new(self.settled(question)?);
        self.in_force = Some(Arc::clone(&in_force));
        Ok(in_force)
    }

    fn settled(&mut self, question: Question<'_>) -> Result<InForce, Undecided> {
        let blocking = question.model().flagged(ContainerFlag::Blocking);
        let contact = self.is_true(Variable::listed(Subject::Viewer, Relation::Contact))?;
        let granted = self.granted(question)?;
        let mut in_force = InForce { entries: Vec::new(), contact };
        let mut blocked = Blocked::new(self.variables.mk_false());
        for of in self.chain.types() {
            let recorded = self.recorded(question, of, &granted)?;
            let free = self.free(of, &blocked)?;
            let stands = match of {
                _ if self.manifests.is_empty() => recorded,
                EntryType::Person => {
                    let Own { stands, made_contact } = self.settled_person(&recorded, &free)?;
                    in_force.contact = self.or(&in_force.contact, &made_contact)?;
                    stands
                }
                _ => self.settled_type(of, &recorded, &free)?,
            };
            let blocks = self.any(&stands, blocking)?;
            match of {
                EntryType::Everyone | EntryType::Authenticated => blocked.all = self.or(&blocked.all, &blocks)?,
                EntryType::Network => {
                    // Only domains above the viewer's are asked for their network.
                    for network in Network::ALL.into_iter().filter(|_| self.chain.length > 1) {
                        let of_viewer = self.and(&blocks, &self.is_of(Subject::Viewer, network)?)?;
                        blocked.by_network.push((network, of_viewer));
                    }
                    blocked.network = blocks;
                }
                EntryType::OtherNetwork(network) => blocked.by_network.push((network, blocks)),
                EntryType::Domain(_) => blocked.domains = self.or(&blocked.domains, &blocks)?,
                EntryType::Person => {}
            }
            if !matches!(of, EntryType::OtherNetwork(_)) {
                in_force.entries.push((of, stands));
            }
        }
        Ok(in_force)
    }

    /// Where nothing broader stands in a blocking container, which keeps a missing entry from being added. A domain is
    /// covered by its own network, which need not be that of its sub-domains.
    fn free(&self, of: EntryType, blocked: &Blocked) -> Result<Bdd, Undecided> {
        let mut covered = self.or(&blocked.all, &blocked.domains)?;
        match of {
            EntryType::Domain(number) if number > 0 => {
                for (network, blocks) in &blocked.by_network {
                    covered = self.or(&covered, &self.and(blocks, &self.link_is_of(number, *network)?)?)?;
                }
            }
            EntryType::Domain(_) | EntryType::Person => covered = self.or(&covered, &blocked.network)?,
            EntryType::Everyone | EntryType::Authenticated | EntryType::Network | EntryType::OtherNetwork(_) => {}
        }
        Ok(covered.not())
    }

    /// Where entries of a type are recorded: in the directory, or by memberships whose condition holds.
    fn recorded(&self, question: Question<'_>, of: EntryType, granted: &[Granted]) -> Result<Stands, Undecided> {
        let mut recorded = vec![self.variables.mk_false(); question.model().containers.len()];
        for container in question.containers() {
            if let Some(stands) = recorded.get_mut(container.index()) {
                *stands = self.is_true(Variable::Entry(of, container))?;
            }
        }
        for (_, container, when) in granted.iter().filter(|(matches, ..)| *matches == of) {
            if let Some(stands) = recorded.get_mut(container.index()) {
                *stands = self.or(stands, when)?;
            }
        }
        Ok(recorded)
    }

    /// What memberships grant.
    fn granted(&mut self, question: Question<'_>) -> Result<Vec<Granted>, Undecided> {
        let mut granted = Vec::new();
        for membership in question.model().memberships.values() {
            let when = self.ternary(membership.when)?.holds;
            for (container, entry, _) in &membership.grants {
                for (of, matching) in self.matching(*entry)? {
                    granted.push((of, *container, self.and(&when, &matching)?));
                }
            }
        }
        Ok(granted)
    }

    /// As what an entry matches a viewer, and where it does.
    fn matching(&self, entry: Entry) -> Result<Vec<(EntryType, Bdd)>, Undecided> {
        let of = |network: Network| {
            let viewers = self.is_of(Subject::Viewer, network)?;
            let others = (EntryType::OtherNetwork(network), viewers.not());
            Ok(vec![(EntryType::Network, viewers), others])
        };
        match entry {
            Entry::Person(person) => {
                let is = self.value_is(Variable::Named, |value| value.0 == person.index() as i64)?;
                Ok(vec![(EntryType::Person, is)])
            }
            Entry::Group(group) => {
                Ok(vec![(EntryType::Person, self.is_true(Variable::Group(Subject::Viewer, group))?)])
            }
            Entry::Domain(domain) => {
                let numbers = self.numbers(&self.model.domains[domain].name);
                Ok(numbers.into_iter().map(|(number, when)| (EntryType::Domain(number), when)).collect())
            }
            Entry::SameEnterprise => of(Network::SameEnterprise),
            Entry::Federated => of(Network::Federated),
            Entry::PublicCloud => of(Network::PublicCloud),
            Entry::Authenticated => Ok(vec![(EntryType::Authenticated, self.is_true(Variable::Anonymous)?.not())]),
            Entry::Everyone => Ok(vec![(EntryType::Everyone, self.variables.mk_true())]),
        }
    }

    /// Where an entry stands in any of these containers.
    pub(super) fn any(&self, stands: &Stands, containers: Containers) -> Result<Bdd, Undecided> {
        let among: Vec<Bdd> =
            containers.iter().filter_map(|container| stands.get(container.index()).cloned()).collect();
        self.folded(&among, self.variables.mk_false(), Space::or)
    }
}
