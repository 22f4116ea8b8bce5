//! The domains whose entries match a viewer, numbered as the worlds of proofs number them: of domains that no policy
//! names, those alone that decide something.

use prescope::language::ast::{Cardinality, ContainerFlag, DomainMatch, Remedy, SubjectKind};
use prescope::model::{Condition, Containers, DomainId, Entry, ManifestRule, Model, Network, UserId};
use prescope::resolve::RuleSet;
use prescope::symbolic::{Space, Variable, Whereabouts};

/// Numbered domains, and where the viewer's is.
pub(super) struct Chain {
    /// Each with its name, and whether policies give it one.
    numbered: Vec<Option<(String, bool)>>,
    pub(super) whereabouts: Whereabouts,
}

impl Chain {
    /// The chain of somebody with this address. Whom memberships name is where their address says.
    pub(super) fn new(rules: &RuleSet, space: &Space<'_>, owner: UserId, address: &str, is_named: bool) -> Chain {
        let model = rules.model();
        let Some((_, own)) = address.rsplit_once('@') else {
            return Chain { numbered: Vec::new(), whereabouts: Whereabouts::Elsewhere };
        };
        let by_suffix = model.matching == DomainMatch::BySuffix;
        let mut names = vec![own];
        if by_suffix {
            names.extend(own.match_indices('.').map(|(at, _)| &own[at + 1..]));
        }
        let named = names.iter().position(|name| id(model, name).is_some_and(|id| granted(model, id)));
        let place = |at: usize| match (at, id(model, names[at])) {
            (0, Some(domain)) => Whereabouts::At(domain),
            (_, Some(domain)) => Whereabouts::Below(domain),
            (_, None) => Whereabouts::Elsewhere,
        };
        let whereabouts = named.map_or(Whereabouts::Elsewhere, place);
        // The first that has a name, and its number.
        let (first, number) = match named {
            _ if is_named && by_suffix => (0, 0),
            Some(0) => (0, 0),
            Some(at) => (at, space.unnamed_domains()),
            None => (names.len(), space.unnamed_domains()),
        };
        let unnamed = if by_suffix {
            numbered(space, &kept(rules, owner, &names, first), space.unnamed_domains())
        } else {
            vec![Some(0)]
        };
        let mut all: Vec<_> = unnamed.into_iter().map(|at| at.map(|at: usize| (names[at].to_owned(), false))).collect();
        all.resize(number, None);
        all.extend(names[first..].iter().map(|name| Some(((*name).to_owned(), true))));
        Chain { numbered: all, whereabouts }
    }

    /// The domain of a number, if the set knows it.
    pub(super) fn domain(&self, model: &Model, number: usize) -> Option<DomainId> {
        id(model, &self.numbered.get(number)?.as_ref()?.0)
    }

    /// The network of a domain above a viewer of this one, where policies do not name it and it is another.
    pub(super) fn network(&self, model: &Model, number: usize, viewers: Network) -> Option<Network> {
        let (name, named) = self.numbered.get(number)?.as_ref()?;
        Some(model.network_named(name)).filter(|network| !named && *network != viewers)
    }
}

fn id(model: &Model, name: &str) -> Option<DomainId> {
    model.names.domains.get(name).copied()
}

/// Whether memberships name a domain.
fn granted(model: &Model, domain: DomainId) -> bool {
    let mut grants = model.memberships.values().flat_map(|membership| &membership.grants);
    grants.any(|(_, entry, _)| *entry == Entry::Domain(domain))
}

/// The domains before the first that has a name, of which entries decide something: the first that is found by a
/// search, and the topmost that blocks.
fn kept(rules: &RuleSet, owner: UserId, names: &[&str], first: usize) -> Vec<usize> {
    let model = rules.model();
    let standing = rules.standing(owner);
    let settled: Vec<(DomainId, Containers)> = standing.domains().collect();
    let stands = |name: &str| {
        let of = settled.iter().find(|(domain, _)| Some(*domain) == id(model, name));
        of.map_or(Containers::NONE, |(_, containers)| *containers)
    };
    let asks_level = model.conditions.iter().any(|(_, test)| matches!(test, Condition::InContainer(..)));
    let mut searched: Vec<Containers> = asks_level.then_some(Containers(u64::MAX)).into_iter().collect();
    searched.extend(model.fields.ids().map(|field| rules.graph().tables().rules(field).among));
    let found = searched.iter().filter_map(|among| names.iter().position(|it| !stands(it).both(*among).is_empty()));
    let blocking = model.flagged(ContainerFlag::Blocking);
    let topmost = names.iter().rposition(|name| !stands(name).both(blocking).is_empty());
    let topmost = topmost.filter(|_| model.manifest_rules.values().any(is_kept_back));
    let mut kept: Vec<usize> = found.chain(topmost).filter(|at| *at < first).collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// Whether a rule adds entries of people or domains, which a block above keeps it from.
fn is_kept_back(rule: &ManifestRule) -> bool {
    let adds = rule.cardinality == Some(Cardinality::ExactlyOne);
    adds && rule.subjects.iter().any(|(subject, _)| match subject {
        SubjectKind::Delegate | SubjectKind::Contact | SubjectKind::Stranger => true,
        SubjectKind::Domain => rule.otherwise == Some(Remedy::Remove),
        _ => false,
    })
}

/// Numbers for those that are kept: where networks matter, only the viewer's own domain has the number 0.
fn numbered(space: &Space<'_>, kept: &[usize], unnamed: usize) -> Vec<Option<usize>> {
    let networks = space.variables().any(|variable| matches!(variable, Variable::NetworkAbove(_)));
    let skipped = networks && kept.first().is_none_or(|at| *at > 0);
    let numbered: Vec<Option<usize>> =
        skipped.then_some(None).into_iter().chain(kept.iter().copied().map(Some)).collect();
    assert!(numbered.len() <= unnamed, "{kept:?} are more than {unnamed}");
    numbered
}
