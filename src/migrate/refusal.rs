//! What is not done for an owner, and what else there is to know of what is, as facts.

use std::fmt;

use crate::directory::{Address, Malformed};
use crate::model::{ContainerId, ManifestRuleId, PersonId, UserId};
use crate::resolve::Matcher;

/// Why something is not done.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// Somebody without an address cannot be a contact.
    Anonymous,
    /// The owner stands in no entry of their own.
    Owner(Address),
    /// Nobody is known by this address.
    Nobody(Address),
    /// A text names nobody, but could be a domain.
    BareDomain(String),
    /// A text is no entry.
    Malformed(Malformed),
    /// Nobody is in this group, or the entry means nobody.
    EmptyGroup,
    /// Somebody is a contact already, and so is not put into a container by being made one.
    ContactAlready {
        /// Whose.
        owner: Address,
        /// Who.
        person: Address,
        /// Where they were to be put.
        into: String,
    },
    /// Somebody is no contact.
    NoContact {
        /// Whose.
        owner: Address,
        /// Who.
        person: Address,
    },
    /// Somebody is no contact, and has no entry either.
    NoRelation {
        /// Whose.
        owner: Address,
        /// Who.
        person: Address,
    },
    /// Somebody has no entry in a container.
    NoEntry {
        /// Who.
        person: Address,
        /// The container.
        container: String,
    },
    /// Somebody is blocked, so they are put nowhere else.
    Blocked {
        /// By whom.
        owner: Address,
        /// Who.
        person: Address,
    },
    /// Nobody is taken out of a container that blocks by being a contact no more.
    FromBlocking {
        /// Whose entries.
        owner: Address,
        /// Who.
        person: Address,
        /// The container.
        container: String,
    },
    /// Nobody is put into a container that blocks by being a contact.
    IntoBlocking {
        /// Whose entries.
        owner: Address,
        /// Who.
        person: Address,
        /// The container.
        container: String,
    },
    /// Container 0 is for those who have no entry.
    Zero,
    /// A line of the manifest does not allow it.
    NotAllowed {
        /// Who.
        person: Address,
        /// The container.
        container: String,
        /// The line.
        rule: ManifestRuleId,
    },
    /// A container does not block.
    DoesNotBlock(String),
    /// More than one container blocks.
    SeveralBlock(Vec<String>),
    /// No container blocks.
    NoneBlocks,
    /// Nobody of an entry is blocked.
    NotBlocked {
        /// By whom.
        owner: Address,
    },
    /// No manifest asks what people prefer.
    NoPreference,
    /// What people prefer has no words to choose from.
    NoChoice,
    /// What people prefer is none of the words to choose from.
    NoWord {
        /// The word as typed.
        word: String,
        /// The attribute.
        attribute: String,
        /// The words there are.
        words: Vec<String>,
    },
}

/// What is wrong. Not what to do about it.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Anonymous => f.write_str("anonymous viewers have no address"),
            Refusal::Owner(address) => write!(f, "{address} is the owner"),
            Refusal::Nobody(address) => write!(f, "nobody is known as {address}"),
            Refusal::BareDomain(text) => write!(f, "`{text}` is nobody's address"),
            Refusal::Malformed(malformed) => malformed.fmt(f),
            Refusal::EmptyGroup => f.write_str("nobody is in this group"),
            Refusal::ContactAlready { owner, person, .. } => write!(f, "{person} is a contact of {owner} already"),
            Refusal::NoContact { owner, person } => write!(f, "{person} is no contact of {owner}"),
            Refusal::NoRelation { owner, person } => {
                write!(f, "{person} is no contact of {owner}, and has no entry")
            }
            Refusal::NoEntry { person, container } => write!(f, "{person} has no entry in `{container}`"),
            Refusal::Blocked { person, .. } => write!(f, "{person} is blocked"),
            Refusal::FromBlocking { container, .. } | Refusal::IntoBlocking { container, .. } => {
                write!(f, "`{container}` blocks")
            }
            Refusal::Zero => f.write_str("container 0 has no entries of its own"),
            Refusal::NotAllowed { person, container, .. } => write!(f, "{person} may not stand in `{container}`"),
            Refusal::DoesNotBlock(container) => write!(f, "`{container}` does not block"),
            Refusal::SeveralBlock(_) => f.write_str("several containers block"),
            Refusal::NoneBlocks => f.write_str("no container blocks"),
            Refusal::NotBlocked { .. } => f.write_str("nothing of this entry is in a blocking container"),
            Refusal::NoPreference => f.write_str("no manifest asks what people prefer"),
            Refusal::NoChoice => f.write_str("people cannot choose a manifest here"),
            Refusal::NoWord { word, attribute, .. } => write!(f, "`{word}` is not a value of `{attribute}`"),
        }
    }
}

impl std::error::Error for Refusal {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Refusal::Malformed(malformed) => Some(malformed),
            _ => None,
        }
    }
}

/// What else there is to know of what is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Note {
    /// Somebody is a contact of an owner already.
    ContactAlready(UserId, PersonId),
    /// Somebody stays blocked.
    StaysBlocked(PersonId),
    /// A broader entry in a blocking container covers somebody, so no entry is added.
    Covered(PersonId),
    /// Somebody is a delegate, and keeps the entry of one.
    Delegate(PersonId),
    /// Somebody stands in a container already.
    StandsThere(PersonId, ContainerId),
    /// A broader entry puts somebody into a container already, so no entry is needed.
    PutThere(Matcher, PersonId, ContainerId),
    /// The entry of somebody outweighs that a broader one is blocked.
    Outweighs(Matcher, PersonId),
    /// Whoever an entry means is blocked already.
    BlockedAlready(Matcher),
}
