//! Features, guards, and what they reveal.

use serde::{Deserialize, Serialize};

use super::{Circumstance, Name, Target};
use crate::syntax::words::words;
use crate::text::Spanned;

/// `feature NAME "title" for SHAPE { … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Feature {
    /// Its name.
    pub name: Name,
    /// Its name for people.
    pub title: Option<Name>,
    /// Who asks, and about what.
    pub shape: Spanned<Shape>,
    /// Its lines.
    pub items: Vec<FeatureItem>,
}

/// The roles of a feature's question.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Shape {
    /// `user`
    User,
    /// `viewer of owner`
    Viewer,
    /// `participant of meeting`
    Participant,
    /// `party with peer`
    Party,
}

/// `guard TARGET, … { … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Guard {
    /// The fields or categories it guards.
    pub targets: Vec<Target>,
    /// Its denials; anything else in it is an error when linked.
    pub items: Vec<FeatureItem>,
}

/// A line of a feature or guard.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FeatureItem {
    /// `controlled by admin, user`: documentation; the words as written (`admin`, `user`, `both`, `nobody` …).
    ControlledBy(Vec<Name>),
    /// `platform lync_2013, …`: documentation.
    Platform(Vec<Name>),
    /// `requires FEATURE, …`
    Requires(Vec<Name>),
    /// `allow "label" when …`, `deny "label" unless …`
    Rule(Spanned<Rule>),
    /// `discloses … to … when …`
    Discloses(Spanned<Discloses>),
    /// `stores … at … for …`
    Stores(Spanned<Stores>),
    /// `otherwise available`
    Otherwise(Spanned<Otherwise>),
    /// `without "label"`, in an `extend` only.
    Without(Name),
}

words! {
    /// What a rule does.
    pub enum Effect {
        /// It makes available.
        Allow = "allow",
        /// It makes unavailable, or hides.
        Deny = "deny",
    }
}

words! {
    /// What decides when no rule fires.
    pub enum Otherwise {
        /// Available.
        Available = "available",
        /// Unavailable.
        Unavailable = "unavailable",
    }
}

/// `allow "label" when …`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// The `///` lines before it.
    pub doc: Option<Spanned<String>>,
    /// What it does.
    pub effect: Spanned<Effect>,
    /// Its label.
    pub label: Name,
    /// When.
    pub when: Circumstance,
}

/// `discloses DATA of ROLE to RECIPIENT when …`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Discloses {
    /// What.
    pub data: Disclosed,
    /// Whose.
    pub whose: Option<Name>,
    /// To whom.
    pub to: Vec<Name>,
    /// When.
    pub when: Circumstance,
}

/// What is disclosed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Disclosed {
    /// `discloses nothing to …`
    Nothing,
    /// `discloses A, B.c to …`
    Data(Vec<DataName>),
}

/// A category field, a category, or declared data (`meeting_content`, `meeting_content.poll_totals`).
pub type DataName = Target;

/// `stores DATA at PLACE for SETTING` or `… until "…"`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stores {
    /// What.
    pub data: Vec<DataName>,
    /// Whose.
    pub whose: Option<Name>,
    /// Where.
    pub at: Name,
    /// How long.
    pub retention: Option<Spanned<Retention>>,
    /// When.
    pub when: Circumstance,
}

/// How long something is stored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Retention {
    /// `for SETTING`: as long as that setting says.
    For(super::Path),
    /// `until "…"`: in words.
    Until(String),
}

/// `data NAME "title"`, or `data NAME "title" { part "title", … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Data {
    /// Its name.
    pub name: Name,
    /// Its name for people.
    pub title: Option<Name>,
    /// Its parts.
    pub parts: Vec<DataPart>,
}

/// A part of declared data.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DataPart {
    /// The `///` lines before it.
    pub doc: Option<Spanned<String>>,
    /// Its name.
    pub name: Name,
    /// Its name for people.
    pub title: Option<Name>,
}

/// `recipient NAME "title" external is …`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Recipient {
    /// Its name.
    pub name: Name,
    /// Its name for people.
    pub title: Option<Name>,
    /// Outside the organisation.
    pub external: bool,
    /// Who belongs to it, if it can be said.
    pub is: Option<Spanned<RecipientIs>>,
}

/// Who belongs to a recipient.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum RecipientIs {
    /// `is network N or M`
    Network(Vec<Name>),
    /// `is group G`
    Group(Name),
    /// `is role presenter or organizer`: participants with one of these roles.
    Role(Vec<Name>),
    /// `is everyone`
    Everyone,
}

/// `place NAME "title"`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Place {
    /// Its name.
    pub name: Name,
    /// Its name for people.
    pub title: Option<Name>,
}

impl Shape {
    /// The roles as the language writes them.
    pub fn name(self) -> &'static str {
        match self {
            Shape::User => "user",
            Shape::Viewer => "viewer of owner",
            Shape::Participant => "participant of meeting",
            Shape::Party => "party with peer",
        }
    }
}
