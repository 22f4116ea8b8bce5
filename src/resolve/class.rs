//! Viewer classes: for one owner, all possible viewers fall into finitely many classes that no rule tells apart.
//!
//! A person is a class of their own only where something can single them out: a user entry, the owner's lists, a group
//! or a value that a rule reads. Everybody else of a domain, known or not, is answered like the rest of that domain.

use indexmap::IndexMap;

use crate::graph::ViewerReads;
use crate::model::{DomainId, Id, Model, Network, PersonId, UserId};
use crate::syntax::ast::DomainMatch;

use super::assume::AssumptionOf;
use super::rule_set::RuleSet;
use super::somebody::Somebody;

/// Viewers that no rule tells apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Class {
    /// Who is in it.
    pub of: ClassOf,
    /// One of them, who stands for all.
    pub representative: Somebody,
    /// The known people in it, sorted by id.
    pub people: Vec<PersonId>,
}

/// Who is in a class.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ClassOf {
    /// One person.
    Person(PersonId),
    /// Everybody else of a named domain.
    Domain(DomainId),
    /// Everybody of an unnamed domain below a named one. The network may be another than the named one's.
    Below(DomainId, Network),
    /// Everybody else of a network.
    Network(Network),
    /// Viewers without address.
    Anonymous,
}

impl ClassOf {
    /// It in words: "anyone else at fabrikam.com (federated)", where "else" says that some of them are known people or
    /// named domains, which have answers of their own.
    pub fn words(self, model: &Model) -> String {
        match self {
            ClassOf::Person(person) => model.people[person].address.to_string(),
            ClassOf::Domain(domain) => {
                let named = &model.domains[domain];
                let known = model.people.values().any(|person| person.domain == domain);
                format!("anyone{} at {} ({})", if known { " else" } else { "" }, named.name, named.network)
            }
            ClassOf::Below(domain, network) => {
                let named = model.domains.values().any(|named| named.above == Some(domain));
                let other = if named { "any other" } else { "any" };
                format!("{other} domain below {} ({network})", model.domains[domain].name)
            }
            ClassOf::Network(network) => {
                let named = if model.domains.values().any(|named| named.network == network) { " else" } else { "" };
                match network {
                    Network::Other => format!("anyone{named} from elsewhere"),
                    network => format!("anyone{named} who is {network}"),
                }
            }
            ClassOf::Anonymous => "anonymous".to_owned(),
        }
    }
}

impl Class {
    /// True if the directory cannot enumerate it.
    pub fn is_open(&self) -> bool {
        !matches!(self.of, ClassOf::Person(_))
    }
}

impl RuleSet {
    /// The classes of viewers of an owner: people, then domains, then networks, then anonymous. The owner is left out.
    pub fn classes(&self, owner: UserId) -> Vec<Class> {
        let model = self.model();
        let owner_person = model.users[owner].person;
        let singled_out = self.singled_out(owner);
        let mut classes: Vec<Class> = Vec::new();
        let mut rest: IndexMap<DomainId, Vec<PersonId>> = model.domains.ids().map(|id| (id, Vec::new())).collect();
        for (person, known) in model.people.iter().filter(|(person, _)| *person != owner_person) {
            if singled_out.get(person.index()).copied().unwrap_or(false) {
                let representative = Somebody::known(model, person);
                classes.push(Class { of: ClassOf::Person(person), representative, people: vec![person] });
            } else if let Some(others) = rest.get_mut(&known.domain) {
                others.push(person);
            }
        }
        for (domain, people) in rest {
            let representative = Somebody {
                person: None,
                user: None,
                domain: Some(domain),
                exact_domain: true,
                network: model.domains[domain].network,
            };
            classes.push(Class { of: ClassOf::Domain(domain), representative, people });
        }
        self.below(&mut classes);
        self.rest_of_networks(&mut classes);
        classes.push(Class { of: ClassOf::Anonymous, representative: Somebody::ANONYMOUS, people: Vec::new() });
        classes
    }

    /// The people whom something singles out for this owner, by index.
    fn singled_out(&self, owner: UserId) -> Vec<bool> {
        let model = self.model();
        let reads = self.graph().tables().viewer_reads();
        let mut marked = vec![false; model.people.len()];
        let mut mark = |person: PersonId| {
            if let Some(place) = marked.get_mut(person.index()) {
                *place = true;
            }
        };
        let standing = self.standing(owner);
        standing.named().filter(|named| !named.containers.is_empty()).for_each(|named| mark(named.person));
        if reads.relations {
            standing.named().filter(|named| named.contact).for_each(|named| mark(named.person));
        }
        self.apart(owner, reads).into_iter().for_each(mark);
        marked
    }

    /// The people whom rules single out beside entries and the contact list: as delegates, by a group, by a value of
    /// theirs, or because something is assumed of them. Sorted.
    pub(super) fn apart(&self, owner: UserId, reads: &ViewerReads) -> Vec<PersonId> {
        let model = self.model();
        let mut apart: Vec<PersonId> = Vec::new();
        if reads.relations {
            apart.extend(model.users[owner].delegates.iter().map(|(person, _)| *person));
        }
        for group in &reads.groups {
            apart.extend(self.graph().members(*group).iter().map(|(person, _)| *person));
        }
        if reads.own {
            apart.extend(model.users.values().map(|user| user.person));
        }
        apart.extend(self.assumptions().iter().filter_map(|assumption| match assumption.of {
            AssumptionOf::Person(person) => Some(person),
            AssumptionOf::Role(_) => None,
        }));
        apart.sort_unstable();
        apart.dedup();
        apart
    }

    /// Where domains match by suffix, unnamed domains below a named one differ from the rest of their network.
    fn below(&self, classes: &mut Vec<Class>) {
        let model = self.model();
        if model.matching == DomainMatch::Exactly {
            return;
        }
        let network = self.elsewhere();
        for domain in model.domains.ids() {
            let representative =
                Somebody { person: None, user: None, domain: Some(domain), exact_domain: false, network };
            classes.push(Class { of: ClassOf::Below(domain, network), representative, people: Vec::new() });
        }
    }

    /// Domains that nobody names are federated where federation is open, and other where it is not; the other two
    /// networks have listed domains only.
    fn rest_of_networks(&self, classes: &mut Vec<Class>) {
        let network = self.elsewhere();
        let representative = Somebody::unnamed(network);
        classes.push(Class { of: ClassOf::Network(network), representative, people: Vec::new() });
    }
}
