//! What a plan does, as people read it, and what demands it. The amendments of a plan say the same in safe order.

use crate::model::{ContainerId, Containers, GroupId, ManifestId, ManifestRuleId, ParameterId, PersonId, Value};
use crate::resolve::Matcher;

/// One thing a plan does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
    /// What.
    pub does: Does,
    /// What demands it.
    pub because: Because,
}

/// What is done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Does {
    /// An entry comes into a container.
    Add(Matcher, ContainerId),
    /// Entries of one matcher leave these containers for another one, which they may stand in already.
    Move(Matcher, Containers, ContainerId),
    /// Entries leave these containers.
    Remove(Matcher, Containers),
    /// A group's entry leaves a container, since some of its people have to; those who stay get entries of their own.
    Replace(GroupId, ContainerId, Vec<PersonId>),
    /// Somebody comes on the contact list.
    AddContact(PersonId),
    /// Somebody leaves the contact list.
    RemoveContact(PersonId),
    /// The entries have the shape of this manifest now.
    Shape(ManifestId),
    /// An attribute gets a value.
    Set(ParameterId, Value),
}

/// What demands an act.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Because {
    /// A line of the manifest.
    Rule(ManifestRuleId),
    /// A person with an entry in these blocking containers has no other.
    Blocked(Containers),
    /// This person leaves the container, and the group cannot stand there any more.
    Leaves(PersonId),
    /// The manifest is in effect.
    InEffect(ManifestId),
    /// Whoever asks wants it.
    Asked,
}
