//! The walks from the narrow to the broad: from a domain to those above it, from an entry to broader ones.

use super::Matcher;
use crate::language::ast::DomainMatch;
use crate::model::{DomainId, Model};

/// The first of the named domains whose entries match the people of this one, from the nearest upward, for which
/// something is found: the domain itself and, where domains match by suffix, those above it.
#[inline(always)] // part of every decision
pub fn up<T>(model: &Model, from: Option<DomainId>, mut found: impl FnMut(DomainId) -> Option<T>) -> Option<T> {
    let mut next = from;
    while let Some(domain) = next {
        if let Some(found) = found(domain) {
            return Some(found);
        }
        next = match model.matching {
            DomainMatch::BySuffix => model.domains[domain].above,
            DomainMatch::Exactly => None,
        };
    }
    None
}

/// The first of the broader entries that match all whom this one matches, from the nearest, for which something is
/// found: of domains, of the network, of everybody with an address, of everyone.
pub fn broader<T>(model: &Model, of: Matcher, mut found: impl FnMut(Matcher) -> Option<T>) -> Option<T> {
    let (domain, network) = match of {
        Matcher::Person(person) => (Some(model.people[person].domain), Some(model.people[person].network)),
        Matcher::Domain(domain) => (Some(domain), Some(model.domains[domain].network)),
        Matcher::Network(_) | Matcher::Authenticated => (None, None),
        Matcher::Everyone => return None,
    };
    let mut found = |broader: Matcher| Some(broader).filter(|broader| *broader != of).and_then(&mut found);
    up(model, domain, |domain| found(Matcher::Domain(domain)))
        .or_else(|| found(Matcher::Network(network?)))
        .or_else(|| found(Matcher::Authenticated))
        .or_else(|| found(Matcher::Everyone))
}
