//! Viewer classes: for one owner, all possible viewers fall into finitely many classes that no rule tells apart.
//!
//! A person is a class of their own only where something can single them out: a user entry, the owner's lists, a group
//! or a value that a rule reads. Everybody else of a domain, known or not, is answered like the rest of that domain.

use super::{Somebody, Viewers};
use crate::directory::Domain;
use crate::language::ast::DomainMatch;
use crate::model::{DomainId, Model, Network, Networks, PersonId};

/// Viewers that no rule tells apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Class {
    /// Who is in it.
    pub who: ClassOf,
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

/// An open class by name: viewers whom no set can enumerate, and the known people among them who are answered like
/// them.
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
    /// Who it is in words: "anyone at fabrikam.com (federated)".
    pub fn words(&self) -> String {
        self.called("anyone", "any domain")
    }

    /// The same where some who would belong to it have answers of their own: "anyone else at fabrikam.com (federated)".
    pub fn words_for_the_rest(&self) -> String {
        self.called("anyone else", "any other domain")
    }

    /// One of them, as a set knows them.
    pub fn somebody(&self, model: &Model) -> Somebody {
        match self {
            Everybody::At(domain, _) => Somebody::at(model, domain),
            Everybody::Below(domain, _) => Somebody::below_named(model, domain),
            Everybody::Elsewhere(_) => Somebody::unnamed(elsewhere(model)),
            Everybody::Anonymous => Somebody::ANONYMOUS,
        }
    }

    fn called(&self, anyone: &str, any_domain: &str) -> String {
        match self {
            Everybody::At(domain, network) => format!("{anyone} at {domain} ({network})"),
            Everybody::Below(domain, network) => format!("{any_domain} below {domain} ({network})"),
            Everybody::Elsewhere(Network::Other) => format!("{anyone} from elsewhere"),
            Everybody::Elsewhere(network) => format!("{anyone} who is {network}"),
            Everybody::Anonymous => "anonymous".to_owned(),
        }
    }
}

impl ClassOf {
    /// It in words. "Else" says that some of them are known people or named domains, which have answers of their own.
    pub fn words(self, model: &Model) -> String {
        let name = |domain| model.domains[domain].name.clone();
        let (everybody, some_apart) = match self {
            ClassOf::Person(person) => return model.people[person].address.to_string(),
            ClassOf::Domain(domain) => {
                let known = model.people.values().any(|person| person.domain == domain);
                (Everybody::At(name(domain), model.domains[domain].network), known)
            }
            ClassOf::Below(domain, network) => {
                let named = model.domains.values().any(|named| named.above == Some(domain));
                (Everybody::Below(name(domain), network), named)
            }
            ClassOf::Network(network) => {
                let named = model.domains.values().any(|named| named.network == network);
                (Everybody::Elsewhere(network), named)
            }
            ClassOf::Anonymous => (Everybody::Anonymous, false),
        };
        if some_apart { everybody.words_for_the_rest() } else { everybody.words() }
    }

    /// What explanations call one of them: an address, or as much of one as is known.
    pub fn one_of(self, model: &Model) -> String {
        match self {
            ClassOf::Person(person) => model.people[person].address.to_string(),
            ClassOf::Domain(domain) => format!("anyone@{}", model.domains[domain].name),
            ClassOf::Below(domain, _) => format!("anyone@*.{}", model.domains[domain].name),
            ClassOf::Network(_) => "anyone".to_owned(),
            ClassOf::Anonymous => "anonymous".to_owned(),
        }
    }

    /// One of them, who stands for all.
    pub fn representative(self, model: &Model) -> Somebody {
        match self {
            ClassOf::Person(person) => Somebody::known(model, person),
            ClassOf::Domain(domain) => Somebody::of_domain(model, domain),
            ClassOf::Below(domain, _) => Somebody::below(model, domain),
            ClassOf::Network(network) => Somebody::unnamed(network),
            ClassOf::Anonymous => Somebody::ANONYMOUS,
        }
    }

    /// The class, without the known people in it.
    fn class(self, model: &Model) -> Class {
        Class { who: self, representative: self.representative(model), people: Vec::new() }
    }
}

impl Class {
    /// True if the directory cannot enumerate it.
    pub fn is_open(&self) -> bool {
        !matches!(self.who, ClassOf::Person(_))
    }
}

/// The network of everybody at a domain that nobody names: federated where federation is open, and other where it is
/// not. The other two networks have listed domains only.
pub fn elsewhere(model: &Model) -> Network {
    if model.organization.open { Network::Federated } else { Network::Other }
}

/// True if somebody can be of one of these networks: at a domain, or without an address.
pub fn can_come_from(model: &Model, networks: Networks) -> bool {
    let domains = model.domains.values().map(|domain| domain.network);
    domains.chain([elsewhere(model), Network::Other]).any(|network| networks.has(network))
}

/// The classes that a directory cannot enumerate, the same for every owner: domains, then, where domains match by
/// suffix, what lies below them and differs from the rest of its network, then networks, then anonymous. The known
/// people in them are not listed.
pub fn open_classes(model: &Model) -> Vec<Class> {
    let network = elsewhere(model);
    let below = model.domains.ids().filter(|_| model.matching == DomainMatch::BySuffix);
    let domains = model.domains.ids().map(ClassOf::Domain);
    let all = domains.chain(below.map(|domain| ClassOf::Below(domain, network)));
    all.chain([ClassOf::Network(network), ClassOf::Anonymous]).map(|of| of.class(model)).collect()
}

impl Viewers<'_> {
    /// Their classes: people, then domains, then networks, then anonymous.
    pub fn classes(&self) -> Vec<Class> {
        let model = self.model;
        let singled_out = self.singled_out();
        let person = |person| Class { people: vec![person], ..ClassOf::Person(person).class(model) };
        let mut classes: Vec<Class> = singled_out.iter().map(|it| person(*it)).collect();
        let own = model.users[self.owner].person;
        for mut class in open_classes(model) {
            if let ClassOf::Domain(domain) = class.who {
                let singled_out = |person: PersonId| singled_out.binary_search(&person).is_ok();
                let people = self.crowds.of_domain(domain).iter().copied();
                class.people = people.filter(|person| *person != own && !singled_out(*person)).collect();
            }
            classes.push(class);
        }
        classes
    }
}
