//! Attributes, settings and policy objects.

use serde::{Deserialize, Serialize};

use super::{Literal, Name};
use crate::syntax::words::words;
use crate::text::Spanned;

/// `attributes ROLE { … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Attributes {
    /// Whose.
    pub role: Spanned<Role>,
    /// The attributes, in order.
    pub parameters: Vec<Parameter>,
}

words! {
    /// Who or what has attributes.
    pub enum Role {
        /// A person of the organisation.
        User = "user",
        /// Somebody in a meeting.
        Participant = "participant",
        /// A meeting.
        Meeting = "meeting",
    }
}

/// `settings CLASS at SCOPES { … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// The class, in the vendor's spelling.
    pub class: Name,
    /// Its scopes, from the broadest to the most specific. Empty in an `extend`.
    pub scopes: Vec<Spanned<ScopeKind>>,
    /// The settings, in order.
    pub parameters: Vec<Parameter>,
}

/// A kind of scope.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum ScopeKind {
    /// Everywhere.
    Global,
    /// A site.
    Site,
    /// A service with this role: `service UserServer`.
    Service(String),
    /// A policy that is granted to people.
    Tag,
    /// The network site a client is in.
    NetworkSite,
}

/// `name: type = default aka other`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Parameter {
    /// The `///` lines before it.
    pub doc: Option<Spanned<String>>,
    /// Its name.
    pub name: Name,
    /// Its type; None in an `extend` with `also`.
    pub value_type: Option<Spanned<Type>>,
    /// Its default; None in an `extend` with `also`.
    pub default: Option<Spanned<Literal>>,
    /// Other names it goes by.
    pub aka: Vec<Name>,
    /// `also a | b`, in an `extend` only: further values of the enumeration.
    pub also: Vec<Name>,
}

/// The values something can have.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Type {
    /// `bool`
    Bool,
    /// `low..high`, both included.
    Range(i64, i64),
    /// `a | b | c`
    Enumeration(Vec<Name>),
    /// `text`
    Text,
}

/// `policy CLASS SCOPE like SCOPE { … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PolicyObject {
    /// The settings class.
    pub class: Name,
    /// Where it applies.
    pub scope: Spanned<ScopeName>,
    /// The object whose values it starts from.
    pub like: Option<Spanned<ScopeName>>,
    /// What it sets.
    pub assignments: Vec<Assignment>,
}

impl PolicyObject {
    /// The person for whom a test gives it.
    pub fn person(&self) -> Option<&Name> {
        match &self.scope.it {
            ScopeName::Person(person) => Some(person),
            _ => None,
        }
    }
}

/// A scope with the name of its place.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum ScopeName {
    /// `global`
    Global,
    /// `site NAME`
    Site(Name),
    /// `service "ROLE:pool"`
    Service(Name),
    /// `tag NAME`
    Tag(Name),
    /// `network_site NAME`
    NetworkSite(Name),
    /// `of PERSON`, in a test: this person, whatever the scopes say.
    Person(Name),
}

impl ScopeName {
    /// The word for it, and the name of the place.
    pub fn words(&self) -> (&'static str, Option<&Name>) {
        match self {
            ScopeName::Global => ("global", None),
            ScopeName::Site(name) => ("site", Some(name)),
            ScopeName::Service(name) => ("service", Some(name)),
            ScopeName::Tag(name) => ("tag", Some(name)),
            ScopeName::NetworkSite(name) => ("network_site", Some(name)),
            ScopeName::Person(name) => ("of", Some(name)),
        }
    }
}

/// `name = value`; in tests the name may be dotted (`state.availability`).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Assignment {
    /// What is set; one name, or several with dots between.
    pub name: Name,
    /// To what.
    pub value: Spanned<Literal>,
}

impl ScopeKind {
    /// As the language writes it.
    pub fn name(&self) -> String {
        match self {
            ScopeKind::Global => "global".to_owned(),
            ScopeKind::Site => "site".to_owned(),
            ScopeKind::Service(role) => format!("service {role}"),
            ScopeKind::Tag => "tag".to_owned(),
            ScopeKind::NetworkSite => "network_site".to_owned(),
        }
    }
}
