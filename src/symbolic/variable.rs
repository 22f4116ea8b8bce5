//! What differs between worlds.

use crate::language::ast::{Relation, Role};
use crate::model::{ClassId, ContainerId, GroupId, Model, Network, ParameterOf, Reading, Subject, Value, What};

/// None of those who or which policies name.
pub(super) const NONE_NAMED: Value = Value(-1);

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
    /// Whether an entry of this type is recorded in a container.
    Entry(EntryType, ContainerId),
    /// Whether the viewer has no address.
    Anonymous,
    /// Who the viewer is, of the people that memberships name; -1 for somebody else.
    Named,
    /// Where the viewer's domain is, seen from those that memberships name, as a [`Whereabouts`](super::Whereabouts).
    Domain,
    /// The network of a domain above the viewer's, by its number as in [`EntryType::Domain`]; -1 for that of the
    /// viewer.
    NetworkAbove(usize),
    /// The policy object of a class that is granted to somebody, by its name or as a tag; -1 for none.
    Granted(Subject, ClassId),
    /// The pool of somebody, as the first policy object of it; -1 for one that has none.
    Pool(Subject),
    /// The network site that somebody is in, as the first policy object there; -1 for one that has none.
    NetworkSite(Subject),
}

impl Variable {
    pub(super) fn listed(subject: Subject, relation: Relation) -> Variable {
        Variable::Listed(subject, relation == Relation::Delegate)
    }
}

/// As whom an entry can match a viewer. Networks are one: a viewer comes from one only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EntryType {
    /// As anybody.
    Everyone,
    /// As somebody who has an address.
    Authenticated,
    /// As one of their network.
    Network,
    /// Not at all: it is for a network that the viewer is not of. A domain above theirs may be, and what becomes of its
    /// entries depends on whether its network is blocked.
    OtherNetwork(Network),
    /// As one of a domain: of their own, which has the number 0, or, where domains match by suffix, of the domain that
    /// is so many labels above it. [`World::domains`](super::World::domains) says which names they have.
    Domain(usize),
    /// As themselves, alone or as a member of a group.
    Person,
}

/// True for readings that are not known of people outside the organisation.
pub(super) fn needs_inside(model: &Model, reading: Reading) -> bool {
    match reading.what {
        What::Network | What::Site | What::Mode => false,
        What::Presence(_) => true,
        What::Parameter(parameter) => {
            matches!(
                model.parameters[parameter].belongs_to,
                ParameterOf::Attribute(Role::User) | ParameterOf::Setting(_)
            )
        }
    }
}

/// The network of somebody.
pub(super) fn network_of(subject: Subject) -> Reading {
    Reading { whose: subject, what: What::Network }
}
