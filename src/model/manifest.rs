//! Manifests and memberships: where entries come from and which may stand where.

use serde::{Deserialize, Serialize};

use super::{ConditionId, ContainerId, Containers, Declared, DomainId, GroupId, ManifestRuleId, Network, PersonId};
use crate::language::Span;
use crate::language::ast::{Cardinality, Remedy, SubjectKind};

/// A manifest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Its name and documentation.
    pub declared: Declared,
    /// For which owners it is in effect; None for the last one, which takes all others.
    pub when: Option<ConditionId>,
    /// Its rules, in order; the first whose subject fits counts.
    pub rules: Vec<ManifestRuleId>,
}

/// A rule of a manifest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ManifestRule {
    /// What it is about.
    pub subjects: Vec<(SubjectKind, Option<Networks>)>,
    /// Where entries may stand.
    pub allowed: Containers,
    /// How many there may be.
    pub cardinality: Option<Cardinality>,
    /// Where a missing or moved entry goes.
    pub default: Option<ContainerId>,
    /// What becomes of entries that break it.
    pub otherwise: Option<Remedy>,
    /// Where it stands.
    pub span: Span,
}

/// A set of networks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Networks(u8);

impl Networks {
    /// True if the network is in it.
    pub fn has(self, network: Network) -> bool {
        self.0 >> (network as u8) & 1 == 1
    }
}

impl FromIterator<Network> for Networks {
    fn from_iter<C: IntoIterator<Item = Network>>(networks: C) -> Self {
        Networks(networks.into_iter().fold(0, |set, network| set | 1 << (network as u8)))
    }
}

impl ManifestRule {
    /// True if it is about this subject of this network.
    pub fn is_about(&self, subject: SubjectKind, network: Network) -> bool {
        self.subjects.iter().any(|(kind, from)| *kind == subject && from.is_none_or(|networks| networks.has(network)))
    }
}

/// `membership "label" when … { … }`
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Membership {
    /// Its label, as name.
    pub declared: Declared,
    /// For which owners.
    pub when: ConditionId,
    /// The entries, each with its place.
    pub grants: Vec<(ContainerId, Entry, Span)>,
}

/// A membership entry with its names resolved.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Entry {
    /// Somebody.
    Person(PersonId),
    /// The members of a group.
    Group(GroupId),
    /// A domain.
    Domain(DomainId),
    /// The owner's organisation.
    SameEnterprise,
    /// Federated partners.
    Federated,
    /// Public clouds.
    PublicCloud,
    /// Everybody with an address.
    Authenticated,
    /// Everybody.
    Everyone,
}
