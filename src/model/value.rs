//! Values and the kinds they are of. Every kind has a finite domain or only equality.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ManifestId, SiteId, Words};
use crate::text::listed;

/// A value, to be read with its [`ValueType`]: 0 or 1, a number, or an index into the values of an enumeration,
/// the texts of the set, its sites or its manifests.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Value(pub i64);

impl Value {
    /// `true`
    pub const TRUE: Value = Value(1);
    /// `false`
    pub const FALSE: Value = Value(0);
    /// No site at all; equal to no site.
    pub const NOWHERE: Value = Value(-1);

    /// The value of a site.
    pub fn site(site: Option<SiteId>) -> Value {
        site.map_or(Value::NOWHERE, |site| Value(super::Id::index(site) as i64))
    }

    /// The value of a manifest.
    pub fn manifest(manifest: ManifestId) -> Value {
        Value(super::Id::index(manifest) as i64)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Value {
        Value(i64::from(truth))
    }
}

/// The values something can have.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum ValueType {
    /// `true` and `false`.
    Bool,
    /// The whole numbers from the first to the second, both included.
    Range(i64, i64),
    /// One of these words. Shared, because every condition that reads such a value looks at them.
    Enumeration(Arc<Words>),
    /// Any text; only equality is asked of it.
    Text,
    /// One of the four networks.
    Network,
    /// A site of the directory.
    Site,
    /// A manifest of the set.
    Manifest,
}

impl ValueType {
    /// How messages call it.
    pub fn describe(&self) -> String {
        match self {
            ValueType::Bool => "true or false".to_owned(),
            ValueType::Range(low, high) => format!("a number from {low} to {high}"),
            ValueType::Enumeration(values) => format!("one of {}", listed(values.iter().map(String::as_str))),
            ValueType::Text => "a text".to_owned(),
            ValueType::Network => format!("a network: {}", Network::ALL.map(Network::name).join(", ")),
            ValueType::Site => "a site".to_owned(),
            ValueType::Manifest => "a manifest".to_owned(),
        }
    }
}

/// Where somebody comes from, as the directory tells it. The first that fits, in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Network {
    /// A domain of the organisation.
    SameEnterprise,
    /// A domain listed as public cloud.
    PublicCloud,
    /// A domain listed as partner, or any other that is not blocked while federation is open.
    Federated,
    /// Anywhere else, blocked domains, and `anonymous`.
    Other,
}

impl Network {
    /// All four, in order.
    pub const ALL: [Network; 4] = [Network::SameEnterprise, Network::PublicCloud, Network::Federated, Network::Other];

    /// Its name in the language.
    pub fn name(self) -> &'static str {
        match self {
            Network::SameEnterprise => "same_enterprise",
            Network::PublicCloud => "public_cloud",
            Network::Federated => "federated",
            Network::Other => "other",
        }
    }

    /// The network of this name.
    pub fn named(name: &str) -> Option<Network> {
        Network::ALL.into_iter().find(|network| network.name() == name)
    }

    /// Its value in conditions.
    pub fn value(self) -> Value {
        Value(self as i64)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Kleene's three truth values. What is not known never reveals: an allow fires on `True` only, a denial on the rest
/// but `False`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Truth {
    /// Known not to hold.
    False,
    /// Not known.
    Unknown,
    /// Known to hold.
    True,
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Truth {
        if truth { Truth::True } else { Truth::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;
    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}
