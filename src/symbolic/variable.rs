//! What differs between worlds.

use crate::language::ast::Relation;
use crate::model::{ClassId, ContainerId, GroupId, Reading, Subject};

/// Something that differs between worlds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Variable {
    /// The value of a reading.
    Reading(Reading),
    /// The container that is somebody's level; the value is the index of the first of those that the conditions do not
    /// tell apart, or -1 for none.
    Level(Subject),
    /// Whether somebody is in a group.
    Group(Subject, GroupId),
    /// Whether somebody is on a list of the owner.
    Listed(Subject, bool),
    /// Whether an entry of this type that matches the viewer is recorded in a container.
    Entry(EntryType, ContainerId),
    /// Whether the viewer has no address.
    Anonymous,
    /// Who the viewer is, of the people that memberships name; -1 for somebody else.
    Named,
    /// At which domain the viewer is, of those that memberships name; -1 for another, or none.
    Domain,
    /// The policy object of a class that applies to somebody; -1 for none, which is the declared defaults.
    Object(Subject, ClassId),
    /// The network site that somebody is in, as the first policy object there; -1 for one that has none.
    NetworkSite(Subject),
}

impl Variable {
    pub(super) fn listed(subject: Subject, relation: Relation) -> Variable {
        Variable::Listed(subject, relation == Relation::Delegate)
    }
}

/// Whom an entry can match a viewer as. Networks are one: a viewer comes from one only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EntryType {
    /// As anybody.
    Everyone,
    /// As somebody who has an address.
    Authenticated,
    /// As one of their network.
    Network,
    /// As one of their domain.
    Domain,
    /// As themselves, alone or as a member of a group.
    Person,
}

impl EntryType {
    /// From the broadest to the narrowest, as they are settled.
    pub const ALL: [EntryType; 5] =
        [EntryType::Everyone, EntryType::Authenticated, EntryType::Network, EntryType::Domain, EntryType::Person];
}
