//! The one walk from a domain to those above it.

use crate::language::ast::DomainMatch;
use crate::model::{DomainId, Model};

/// The first of the named domains whose entries match the people of this one, from the nearest upward, for which something
/// is found: the domain itself and, where domains match by suffix, those above it.
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
