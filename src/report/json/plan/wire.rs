//! The types of `prescope/plan/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::At;
use super::super::follows::WireFollows;
use super::super::shift::WireShift;

pub(in super::super) const SCHEMA: &str = "prescope/plan/v1";

/// Plans of what changes in the directory, owner by owner.
#[derive(Serialize, JsonSchema)]
#[allow(missing_debug_implementations, reason = "it is written, and nothing else")]
pub struct Document {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    pub(super) schema: &'static str,
    /// Whether the files have been changed.
    pub(super) written: bool,
    /// The plans: of `migrate --all`, of those owners for whom there is something to say.
    pub(super) owners: Vec<WirePlan>,
    /// What follows from all of them besides their effect; absent if nothing changes or nothing can be written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) follows: Option<WireFollows>,
}

/// The plan for one owner.
#[derive(Serialize, JsonSchema, Debug)]
pub struct WirePlan {
    /// The owner's address.
    pub(super) owner: String,
    /// Present if the owner is skipped: what the directory does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) skipped: Option<WireUnknown>,
    /// The mode that the directory records; null if it records none.
    pub(super) recorded: Option<String>,
    /// The manifest that the plan leads to; null if there is none.
    pub(super) in_effect: Option<String>,
    /// What is done, with what demands it.
    pub(super) acts: Vec<WireAct>,
    /// The same as changes of the directory, in the order in which nobody who keeps access loses it on the way.
    pub(super) amendments: Vec<WireAmendment>,
    /// Levels that are lost by the letter of the manifest.
    pub(super) lost: Vec<WireLost>,
    /// Entries demanded by policy that the manifest drops, and that no change of the directory takes away.
    pub(super) in_the_way: Vec<WireResidue>,
    /// What else there is to know.
    pub(super) notes: Vec<String>,
    /// What changes for whom.
    pub(super) effect: Vec<WireShift>,
}

/// What the directory does not say of an owner.
#[derive(Serialize, JsonSchema, Debug)]
pub(super) struct WireUnknown {
    /// True if there is no contact list.
    pub(super) contacts: bool,
    /// True if there are no recorded entries.
    pub(super) memberships: bool,
}

/// One thing that is done.
#[derive(Serialize, JsonSchema, Debug)]
pub(super) struct WireAct {
    /// What is done.
    pub(super) act: WireDoes,
    /// The entry, the contact or the attribute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) entry: Option<String>,
    /// The containers that the entry leaves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) from: Vec<String>,
    /// The container that the entry comes into; the mode, or the value of the attribute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<String>,
    /// The people of an exchanged group who get an entry of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) staying: Vec<String>,
    /// What demands it.
    pub(super) because: WireBecause,
}

/// What is done.
#[derive(Serialize, JsonSchema, Debug)]
#[serde(rename_all = "snake_case")]
pub(super) enum WireDoes {
    /// An entry comes into a container.
    Add,
    /// An entry leaves containers for another one.
    Move,
    /// An entry leaves containers.
    Remove,
    /// A group's entry is exchanged for those of its people who stay.
    ReplaceGroup,
    /// Somebody comes on the contact list.
    AddContact,
    /// Somebody leaves the contact list.
    RemoveContact,
    /// The recorded mode changes.
    SetMode,
    /// An attribute gets a value.
    SetAttribute,
}

/// What demands something.
#[derive(Serialize, JsonSchema, Debug)]
pub(super) struct WireBecause {
    /// In words.
    pub(super) text: String,
    /// The line that demands it; null if nobody but the user does.
    pub(super) at: Option<At>,
}

/// One change of the directory.
#[derive(Serialize, JsonSchema, Debug)]
#[serde(rename_all = "snake_case")]
pub(super) enum WireAmendment {
    /// This address comes at the end of `contacts`.
    AddContact(String),
    /// This address leaves `contacts`.
    RemoveContact(String),
    /// An entry comes at the end of a container's list.
    AddEntry {
        /// The container's name.
        container: String,
        /// The entry.
        entry: String,
    },
    /// An entry leaves a container's list.
    RemoveEntry {
        /// The container's name.
        container: String,
        /// The entry.
        entry: String,
    },
    /// `mode` gets this value.
    SetMode(String),
    /// An attribute gets a value.
    SetAttribute {
        /// The attribute's name.
        name: String,
        /// The value in words.
        value: String,
    },
}

/// A level that is lost by the letter of the manifest.
#[derive(Serialize, JsonSchema, Debug)]
pub(super) struct WireLost {
    /// Who loses it.
    pub(super) entry: String,
    /// The container they had.
    pub(super) level: String,
    /// The container they get.
    pub(super) to: String,
    /// The container that `--keep-highest` leaves them in; null if that changes nothing.
    pub(super) can_keep: Option<String>,
    /// Whether the plan does so.
    pub(super) kept: bool,
    /// The manifest's line.
    pub(super) at: At,
}

/// An entry demanded by policy that the manifest drops.
#[derive(Serialize, JsonSchema, Debug)]
pub(super) struct WireResidue {
    /// The entry.
    pub(super) entry: String,
    /// The container it is in.
    pub(super) container: String,
    /// The membership that demands it.
    pub(super) membership: String,
    /// Its place there.
    pub(super) at: At,
}
