//! Categories, containers, memberships and manifests.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Circumstance, Literal, Name, Type};
use crate::syntax::words::words;
use crate::text::Spanned;

/// `category NAME { … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Category {
    /// Its name.
    pub name: Name,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

/// A field of a category.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Field {
    /// The `///` lines before it.
    pub doc: Option<Spanned<String>>,
    /// Its name.
    pub name: Name,
    /// `: a | b`: only enumerations make sense here, linking says so. None is opaque text.
    pub value_type: Option<Spanned<Type>>,
    /// `also c | d`, in an `extend` only: further values of the field's enumeration.
    pub also: Vec<Name>,
}

/// `C` or `C.f`, a category or one field of it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Target {
    /// The category.
    pub category: Name,
    /// The field; None is the whole category.
    pub field: Option<Name>,
}

impl Target {
    /// From the category to the end of the field.
    pub fn span(&self) -> crate::text::Span {
        self.field.as_ref().map_or(self.category.span, |field| self.category.span.to(field.span))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.category.it)?;
        self.field.as_ref().map_or(Ok(()), |field| write!(f, ".{}", field.it))
    }
}

/// `container NAME(ID) "title" flags { … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Container {
    /// Its name.
    pub name: Name,
    /// Its number; syntax accepts any that fits, linking knows the range.
    pub id: Spanned<u32>,
    /// Its name for people.
    pub title: Option<Name>,
    /// Its flags, in order.
    pub flags: Vec<Spanned<ContainerFlag>>,
    /// What it publishes.
    pub items: Vec<ContainerItem>,
}

words! {
    /// What a container is.
    pub enum ContainerFlag {
        /// One of the levels a person can be put in.
        Visible = "visible",
        /// It blocks.
        Blocking = "blocking",
    }
}

/// A line of a container.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ContainerItem {
    /// `publishes C { f, g }, D, E.f`
    Publishes(Vec<Spanned<Named>>),
    /// `withholds C { f }`
    Withholds(Vec<Spanned<Named>>),
    /// `masks C, D`
    Masks(Vec<Name>),
    /// `shows C.f as V when …`
    Shows(Spanned<Shows>),
}

/// Fields of one category, as a container names them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Named {
    /// The category.
    pub category: Name,
    /// `C { f, g }` or `C.f`; None is `C` alone: all fields. An empty list is `C {}`.
    pub fields: Option<Vec<Name>>,
    /// True when written `C.f` (for the formatter).
    pub dotted: bool,
}

/// `shows C.f as V when …`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shows {
    /// What is altered; always with a field.
    pub target: Target,
    /// The value shown.
    pub value: Spanned<Literal>,
    /// When.
    pub when: Circumstance,
}

/// `membership "label" when … { CONTAINER has ENTRY, … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Membership {
    /// Its label.
    pub label: Name,
    /// For which owners.
    pub when: Circumstance,
    /// What they get.
    pub grants: Vec<Granted>,
}

/// `CONTAINER has ENTRY, ENTRY`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Granted {
    /// The container.
    pub container: Name,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// An entry as policies write it: `group G`, `domain D`, a network, `authenticated`, `everyone`, or an address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its type.
    pub kind: Spanned<EntryKind>,
    /// The group, domain or address; None for networks, authenticated and everyone.
    pub value: Option<Name>,
}

/// The type of an entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum EntryKind {
    /// One address.
    User,
    /// The members of a group.
    Group,
    /// A domain.
    Domain,
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

/// `manifest NAME before A, B when … { … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Its name.
    pub name: Name,
    /// The manifests it is asked before.
    pub before: Vec<Name>,
    /// For which owners it is in effect.
    pub when: Circumstance,
    /// Its rules, in order.
    pub rules: Vec<Spanned<ManifestRule>>,
}

/// `SUBJECT, … from NETWORKS in CONTAINERS, CARDINALITY, default CONTAINER, else REMEDY`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ManifestRule {
    /// What it is about.
    pub subjects: Vec<ManifestSubject>,
    /// Where the entries may stand.
    pub places: Vec<Spanned<ManifestPlace>>,
    /// How many there may be.
    pub cardinality: Option<Spanned<Cardinality>>,
    /// Where a missing or moved entry goes.
    pub default: Option<Name>,
    /// What becomes of entries that break the rule.
    pub otherwise: Option<Spanned<Remedy>>,
}

/// A subject with its networks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ManifestSubject {
    /// Who or what.
    pub kind: Spanned<SubjectKind>,
    /// `from federated or public_cloud`; empty is every network. As written: linking knows the networks.
    pub from: Vec<Name>,
}

words! {
    /// Who or what a manifest rule is about.
    pub enum SubjectKind {
        /// The owner's delegates.
        Delegate = "delegate",
        /// The owner's contacts.
        Contact = "contact",
        /// User entries of people who are neither.
        Stranger = "stranger",
        /// Domain entries, each name by itself.
        Domain = "domain",
        /// The entry of the organisation.
        SameEnterprise = "same_enterprise",
        /// The entry of federated partners.
        Federated = "federated",
        /// The entry of public clouds.
        PublicCloud = "public_cloud",
        /// The entry of everybody with an address.
        Authenticated = "authenticated",
        /// The entry of everybody.
        Everyone = "everyone",
    }
}

/// Where a manifest lets entries stand.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum ManifestPlace {
    /// Every container with this flag.
    Flag(ContainerFlag),
    /// One container.
    Container(String),
}

/// How many entries a manifest permits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Cardinality {
    /// `exactly one`
    ExactlyOne,
    /// `at most one`
    AtMostOne,
}

/// What a manifest does to entries that break it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Remedy {
    /// `else move`: one entry in the default container.
    Move,
    /// `else remove`
    Remove,
    /// `else make contact`
    MakeContact,
}

impl Cardinality {
    /// As a rule of a manifest says it.
    pub fn words(self) -> &'static str {
        match self {
            Cardinality::ExactlyOne => "exactly one",
            Cardinality::AtMostOne => "at most one",
        }
    }
}

impl Remedy {
    /// As a rule of a manifest says it.
    pub fn words(self) -> &'static str {
        match self {
            Remedy::Move => "else move",
            Remedy::Remove => "else remove",
            Remedy::MakeContact => "else make contact",
        }
    }
}
