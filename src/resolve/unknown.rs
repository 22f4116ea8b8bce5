//! What stands in the way of a question, as facts. What to do about it is said where the question was asked: the
//! command line answers with options, a line of JSON with keys, a test with the words of policies.

use std::fmt;

use crate::language::Near;
use crate::language::ast::Shape;
use crate::model::{Doubt, ValueType};

/// A question that means nothing, or does not say all it has to.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// Nothing of a kind has this name.
    Name {
        /// Of what: `category`, `meeting` …
        kind: &'static str,
        /// The name as written.
        name: String,
        /// What there is instead.
        instead: Instead,
    },
    /// A category has no such field.
    Field {
        /// The category.
        category: String,
        /// The name as written.
        field: String,
        /// What it has instead.
        instead: Instead,
    },
    /// A field stands where a category belongs.
    FieldAlone {
        /// Its name.
        field: String,
        /// It with each category that has one, as in `state.location`.
        paths: Vec<String>,
    },
    /// A category stands where a field belongs.
    CategoryAlone(String),
    /// Somebody is no user of the directory.
    User {
        /// Their address, or `anonymous`.
        name: String,
        /// What speaks against the address.
        doubt: Option<Doubt>,
        /// Users whose addresses are near.
        near: Option<Near>,
    },
    /// Nobody has this name.
    Nobody {
        /// The name as written.
        name: String,
        /// Names that are near.
        near: Option<Near>,
    },
    /// More than one person has this local name.
    Several {
        /// The name as written.
        name: String,
        /// Their addresses, in alphabetical order.
        addresses: Vec<String>,
    },
    /// No network is called so.
    Network(String),
    /// People in meetings have no such role.
    MeetingRole {
        /// The name as written.
        role: String,
        /// What there is instead.
        instead: Instead,
    },
    /// A feature needs another role, and nothing is said of it.
    Missing {
        /// The feature.
        feature: String,
        /// The roles it is for.
        shape: Shape,
        /// What is missing.
        part: Part,
        /// The meetings there are, if one is missing.
        instead: Option<Listing>,
    },
    /// Something is said of a role that a feature does not have.
    Unfitting {
        /// The feature.
        feature: String,
        /// The roles it is for.
        shape: Shape,
        /// What does not fit.
        part: Part,
        /// What would fit; None if nothing does.
        fits: Option<Part>,
    },
    /// Somebody is not in a meeting, and as what they would be is not said.
    NotParticipant {
        /// Their address, or `anonymous`.
        name: String,
        /// The meeting.
        meeting: String,
    },
    /// Somebody stands on both sides of a feature.
    BothSides {
        /// Their address.
        name: String,
        /// The other side.
        part: Part,
    },
    /// A text is no assumption.
    Assumption(String),
    /// An assumption is about somebody the set does not know.
    AssumedPerson(String),
    /// An assumption is about a role that questions do not have.
    AssumedRole {
        /// The name as written.
        role: String,
        /// Roles that are near.
        near: Option<Near>,
    },
    /// An assumption gives something a value that it cannot have.
    AssumedValue {
        /// The value as written.
        value: String,
        /// What it is assumed of.
        path: String,
        /// What it can be.
        kind: ValueType,
    },
    /// No rule can read this field.
    FreeText(String),
    /// A class has no such setting.
    Setting {
        /// The class.
        class: String,
        /// The name as written.
        setting: String,
        /// Settings that are near.
        near: Option<Near>,
    },
    /// There is no such attribute, nor a setting.
    Parameter {
        /// The name as written.
        name: String,
        /// Names that are near.
        near: Option<Near>,
    },
    /// More than one class has this setting.
    SeveralClasses(String),
}

/// What there is instead of a name that means nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Instead {
    /// Names that are near.
    Near(Near),
    /// All there are.
    All(Listing),
    /// So many that a message had better not name them.
    Many(Listing),
}

/// Names, of which some are kept to be shown.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Listing {
    /// The first of them.
    pub first: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

impl Listing {
    /// How many names are kept.
    const KEPT: usize = 20;

    /// A list of names.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Listing {
        let mut names = names.into_iter();
        let first = names.by_ref().take(Listing::KEPT).map(str::to_owned).collect();
        Listing { first, more: names.count() }
    }
}

/// What a question about a feature says besides who wants to use it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The meeting.
    Meeting,
    /// As what somebody takes part in it.
    Role,
    /// The other side of a conversation.
    Peer,
    /// The owner who is looked at.
    Owner,
}

impl Part {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Part::Meeting => "meeting",
            Part::Role => "role",
            Part::Peer => "peer",
            Part::Owner => "owner",
        }
    }
}

/// What is wrong. Not what to do about it.
impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unknown::Name { kind, name, .. } => write!(f, "there is no {kind} `{name}`"),
            Unknown::Field { category, field, .. } => write!(f, "`{category}` has no field `{field}`"),
            Unknown::FieldAlone { field, .. } => {
                write!(f, "`{field}` is a field, and stands here without its category")
            }
            Unknown::CategoryAlone(category) => write!(f, "`{category}` is a category"),
            Unknown::User { name, .. } => write!(f, "`{name}` is not among the users"),
            Unknown::Nobody { name, .. } => write!(f, "nobody is known as `{name}`"),
            Unknown::Several { name, .. } => write!(f, "several people are known as `{name}`"),
            Unknown::Network(name) => write!(f, "there is no network `{name}`"),
            Unknown::MeetingRole { role, .. } => write!(f, "there is no role `{role}` in meetings"),
            Unknown::Missing { feature, shape, .. } => {
                write!(f, "`{feature}` is for {}, and that is not said", shape.name())
            }
            Unknown::Unfitting { feature, shape, part, .. } => {
                write!(f, "`{feature}` is for {}, so the {} does not fit", shape.name(), part.word())
            }
            Unknown::NotParticipant { name, meeting } => {
                write!(f, "`{name}` is not among the participants of {meeting}")
            }
            Unknown::BothSides { name, part: Part::Owner } => {
                write!(f, "`{name}` stands on both sides, and nobody looks at themselves as others do")
            }
            Unknown::BothSides { name, .. } => {
                write!(f, "`{name}` stands on both sides, and nobody is their own peer")
            }
            Unknown::Assumption(text) => write!(f, "`{text}` is not an assumption"),
            Unknown::AssumedPerson(path) => write!(f, "`{path}` names nobody the set knows"),
            Unknown::AssumedRole { role, .. } => write!(f, "there is no role `{role}`"),
            Unknown::AssumedValue { value, path, .. } => write!(f, "`{value}` is not a value of `{path}`"),
            Unknown::FreeText(path) => write!(f, "`{path}` is free text, which no rule reads"),
            Unknown::Setting { class, setting, .. } => write!(f, "`{class}` has no setting `{setting}`"),
            Unknown::Parameter { name, .. } => write!(f, "there is no attribute or setting `{name}`"),
            Unknown::SeveralClasses(setting) => write!(f, "several classes have a setting `{setting}`"),
        }
    }
}

/// As it is displayed: a program whose `main` returns it prints this, and so does `unwrap`.
impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Unknown {}
