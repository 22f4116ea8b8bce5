//! Which entries are in force for the viewer of a world: what is recorded, what memberships grant, and what the
//! manifest in effect makes of both. It is what `resolve` settles for one owner at a time; a law holds the two
//! together.

use std::sync::Arc;

use biodivine_lib_bdd::Bdd;

use super::settle::{Own, Stands};
use super::{EntryType, Question, Space, Undecided, Variable};
use crate::language::ast::{ContainerFlag, DomainMatch, Relation};
use crate::model::{Containers, Entry, Id, Network, Subject};

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
        // Where domains match by suffix, entries of several domains match one viewer. No variable stands for them yet.
        if question.model().matching == DomainMatch::BySuffix {
            return Err(Undecided);
        }
        let in_force = Arc::new(self.settled(question)?);
        self.in_force = Some(Arc::clone(&in_force));
        Ok(in_force)
    }

    fn settled(&mut self, question: Question<'_>) -> Result<InForce, Undecided> {
        let blocking = question.model().flagged(ContainerFlag::Blocking);
        let contact = self.is_true(Variable::listed(Subject::Viewer, Relation::Contact))?;
        let mut in_force = InForce { entries: Vec::new(), contact };
        // Where nothing broader stands in a blocking container, which keeps a missing entry from being added.
        let mut free = self.variables.mk_true();
        for of in EntryType::ALL {
            let recorded = self.recorded(question, of)?;
            let stands = match of {
                _ if self.manifests.is_empty() => recorded,
                EntryType::Person => {
                    let Own { stands, made_contact } = self.settled_person(&recorded, &free)?;
                    in_force.contact = self.or(&in_force.contact, &made_contact)?;
                    stands
                }
                _ => self.settled_type(of, &recorded, &free)?,
            };
            free = self.and(&free, &self.any(&stands, blocking)?.not())?;
            in_force.entries.push((of, stands));
        }
        Ok(in_force)
    }

    /// Where entries of a type are recorded: in the directory, or by memberships whose condition holds.
    fn recorded(&mut self, question: Question<'_>, of: EntryType) -> Result<Stands, Undecided> {
        let model = question.model();
        let mut recorded = vec![self.variables.mk_false(); model.containers.len()];
        for container in question.containers() {
            if let Some(stands) = recorded.get_mut(container.index()) {
                *stands = self.is_true(Variable::Entry(of, container))?;
            }
        }
        for membership in model.memberships.values() {
            let when = self.ternary(membership.when)?.holds;
            for (container, entry, _) in &membership.grants {
                let (matches, matching) = self.matching(*entry)?;
                if let Some(stands) = recorded.get_mut(container.index()).filter(|_| matches == of) {
                    *stands = self.or(stands, &self.and(&when, &matching)?)?;
                }
            }
        }
        Ok(recorded)
    }

    /// As what an entry matches a viewer, and where it does.
    fn matching(&self, entry: Entry) -> Result<(EntryType, Bdd), Undecided> {
        let of = |network: Network| Ok((EntryType::Network, self.is_of(Subject::Viewer, network)?));
        match entry {
            Entry::Person(person) => {
                let is = self.value_is(Variable::Named, |value| value.0 == person.index() as i64)?;
                Ok((EntryType::Person, is))
            }
            Entry::Group(group) => Ok((EntryType::Person, self.is_true(Variable::Group(Subject::Viewer, group))?)),
            Entry::Domain(domain) => Ok((EntryType::Domain, self.is_at(domain)?)),
            Entry::SameEnterprise => of(Network::SameEnterprise),
            Entry::Federated => of(Network::Federated),
            Entry::PublicCloud => of(Network::PublicCloud),
            Entry::Authenticated => Ok((EntryType::Authenticated, self.is_true(Variable::Anonymous)?.not())),
            Entry::Everyone => Ok((EntryType::Everyone, self.variables.mk_true())),
        }
    }

    /// Where an entry stands in any of these containers.
    pub(super) fn any(&self, stands: &Stands, containers: Containers) -> Result<Bdd, Undecided> {
        let among: Vec<Bdd> =
            containers.iter().filter_map(|container| stands.get(container.index()).cloned()).collect();
        self.folded(&among, self.variables.mk_false(), Space::or)
    }
}
