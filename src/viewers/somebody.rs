//! Who a question is about, known to the directory or not.

use super::elsewhere;
use super::up;
use crate::directory::{Address, Domain};
use crate::language::ast::DomainMatch;
use crate::model::{DomainId, Model, Network, PersonId, UserId};

/// Anybody: a user, an address the set names, one it never heard of, or `anonymous`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Somebody {
    /// Set when the address is named anywhere.
    pub person: Option<PersonId>,
    /// Set for a person of the organisation.
    pub user: Option<UserId>,
    /// The domain if it is named anywhere, else the nearest named one above it.
    pub domain: Option<DomainId>,
    /// True if `domain` is the domain itself, or nobody names theirs nor one above it; never without an address.
    pub exact_domain: bool,
    /// Where they come from.
    pub network: Network,
}

impl Somebody {
    /// A viewer without address.
    pub const ANONYMOUS: Somebody =
        Somebody { person: None, user: None, domain: None, exact_domain: false, network: Network::Other };

    /// Somebody with an address, of whom only the network is known.
    pub fn unnamed(network: Network) -> Somebody {
        Somebody { network, exact_domain: true, ..Somebody::ANONYMOUS }
    }

    /// A person the set names.
    pub fn known(model: &Model, person: PersonId) -> Somebody {
        let known = &model.people[person];
        Somebody {
            person: Some(person),
            user: known.user,
            domain: Some(known.domain),
            exact_domain: true,
            network: known.network,
        }
    }

    /// Somebody without a name of their own, at a named domain.
    pub fn of_domain(model: &Model, domain: DomainId) -> Somebody {
        let network = model.domains[domain].network;
        Somebody { person: None, user: None, domain: Some(domain), exact_domain: true, network }
    }

    /// Somebody of an unnamed domain below a named one. Networks list domains by name, so theirs is that of all the
    /// rest.
    pub fn below(model: &Model, domain: DomainId) -> Somebody {
        Somebody { exact_domain: false, network: elsewhere(model), ..Somebody::of_domain(model, domain) }
    }

    /// The same in a set that may not name the domain.
    pub fn below_named(model: &Model, domain: &Domain) -> Somebody {
        let at = Somebody::at(model, domain);
        Somebody { exact_domain: at.domain.is_none(), network: elsewhere(model), ..at }
    }

    /// A user.
    pub fn user(model: &Model, user: UserId) -> Somebody {
        Somebody::known(model, model.users[user].person)
    }

    /// Whoever has this address.
    pub fn with_address(model: &Model, address: &Address) -> Somebody {
        match model.person(address.as_str()) {
            Some(person) => Somebody::known(model, person),
            None => Somebody::at(model, &address.domain()),
        }
    }

    /// Somebody without a name of their own, at a domain.
    pub fn at(model: &Model, domain: &Domain) -> Somebody {
        let network = model.network_of(domain);
        let mut next = Some(domain.as_str());
        let mut exact_domain = true;
        while let Some(name) = next {
            if let Some(named) = model.names.domains.get(name) {
                return Somebody { person: None, user: None, domain: Some(*named), exact_domain, network };
            }
            exact_domain = false;
            next = name.split_once('.').map(|(_, above)| above);
        }
        Somebody::unnamed(network)
    }

    /// The first named domain whose entries match them, from the nearest upward, for which something is found.
    #[inline(always)] // part of every decision
    pub fn up<T>(self, model: &Model, found: impl FnMut(DomainId) -> Option<T>) -> Option<T> {
        let exactly = model.matching == DomainMatch::Exactly;
        up(model, self.domain.filter(|_| self.exact_domain || !exactly), found)
    }

    /// True for everybody but viewers without address: whoever says who they are, wherever they come from.
    pub fn has_address(self) -> bool {
        self.exact_domain || self.domain.is_some()
    }

    /// The network of whoever has an address; None for the others. Entries for many know nothing else of somebody.
    pub fn crowd(self) -> Option<Network> {
        self.has_address().then_some(self.network)
    }

    /// True for a person of the organisation.
    pub fn inside(self) -> bool {
        self.network == Network::SameEnterprise
    }
}
