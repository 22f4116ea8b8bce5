//! The tree of a policy file: exactly what stands there, in its order, with the place of every name.
//!
//! Equality ignores places ([`Spanned`]), so two trees are equal when they say the same.

mod condition;
mod feature;
mod presence;
mod proof;
mod setting;

pub use condition::{Circumstance, Comparison, Condition, Literal, Operand, Path, Relation};
pub use feature::{
    Data, DataName, DataPart, Disclosed, Discloses, Effect, Feature, FeatureItem, Guard, Otherwise, Place, Recipient,
    RecipientIs, Retention, Rule, Shape, Stores,
};
pub use presence::{
    Cardinality, Category, Container, ContainerFlag, ContainerItem, Entry, EntryKind, Field, Granted, Manifest,
    ManifestPlace, ManifestRule, ManifestSubject, Membership, Named, Remedy, Shows, SubjectKind, Target,
};
pub use proof::{
    Claim, Destination, Expect, Expectation, Extent, Given, Invariant, InvariantClause, Leaves, Quantifier, Test,
    TestItem, UseContext, Who,
};
pub use setting::{Assignment, Attributes, Parameter, PolicyObject, Role, ScopeKind, ScopeName, Settings, Type};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::words::words;
use crate::text::{Span, Spanned};

/// The files that say how parts of a tree are stored: what was stored is read by no build in which any of them is
/// another. A test of prescope compares the list with the files that derive it.
#[doc(hidden)]
pub const LAYOUT: &[&[u8]] = &[
    include_bytes!("ast.rs"),
    include_bytes!("ast/condition.rs"),
    include_bytes!("ast/feature.rs"),
    include_bytes!("ast/presence.rs"),
    include_bytes!("ast/proof.rs"),
    include_bytes!("ast/setting.rs"),
    include_bytes!("words.rs"),
    include_bytes!("../text/source.rs"),
    include_bytes!("../text/span.rs"),
];

/// An identifier, an address, or a quoted name, without its quotes.
pub type Name = Spanned<String>;

/// A declaration or statement at the top of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Item {
    /// The `///` lines before it, without the slashes and one following space, joined by line ends.
    pub doc: Option<Spanned<String>>,
    /// What it declares.
    pub kind: ItemKind,
    /// From its first word to its last character, documentation excluded.
    pub span: ItemSpan,
}

/// The place of an item. Equal to every other, as [`Spanned`] says.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ItemSpan(pub Span);

impl PartialEq for ItemSpan {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for ItemSpan {}

/// What an item declares.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ItemKind {
    /// `use std/lync2013`: the path, with its slashes.
    Use(Name),
    /// `resolve per category` or `resolve per viewer`.
    Resolve(Spanned<Resolution>),
    /// `match domains by suffix` or `match domains exactly`.
    Match(Spanned<DomainMatch>),
    /// `category NAME { … }`
    Category(Category),
    /// `container NAME(ID) "…" flags { … }`
    Container(Container),
    /// `membership "label" when … { … }`
    Membership(Membership),
    /// `manifest NAME before … when … { … }`
    Manifest(Manifest),
    /// `attributes ROLE { … }`
    Attributes(Attributes),
    /// `settings CLASS at … { … }`
    Settings(Settings),
    /// `policy CLASS SCOPE like SCOPE { … }`
    Policy(PolicyObject),
    /// `feature NAME "…" for … { … }`
    Feature(Feature),
    /// `guard TARGET, … { … }`
    Guard(Guard),
    /// `data NAME "…"`
    Data(Data),
    /// `recipient NAME "…" external is …`
    Recipient(Recipient),
    /// `place NAME "…"`
    Place(Place),
    /// `invariant "label" under policies { … }`
    Invariant(Arc<Invariant>),
    /// `test "label" { … }`
    Test(Arc<Test>),
    /// `extend KIND NAME { … }`
    Extend(Extend),
}

words! {
    /// Which container answers: one per category asked for, or one for all.
    pub enum Resolution {
        /// Only containers that hold the category take part.
        PerCategory = "category",
        /// All containers take part.
        PerViewer = "viewer",
    }
}

/// How domain entries match.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum DomainMatch {
    /// The named domain only.
    Exactly,
    /// The named domain and those below it.
    BySuffix,
}

/// `extend KIND NAME { … }`: adds to a declaration made elsewhere in the set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Extend {
    /// `extend category NAME { field, …, field also value | value }`
    Category(Category),
    /// `extend container NAME { publications }`
    Container {
        /// The container.
        name: Name,
        /// What is added.
        items: Vec<ContainerItem>,
    },
    /// `extend feature NAME { rules, disclosures, without "label" }`
    Feature {
        /// The feature.
        name: Name,
        /// What is added or taken away.
        items: Vec<FeatureItem>,
    },
    /// `extend guard TARGET, … { denials, without "label" }`
    Guard(Guard),
    /// `extend attributes ROLE { … }`
    Attributes(Attributes),
    /// `extend settings CLASS { … }` (its scopes are those of the declaration, the list is empty)
    Settings(Settings),
}
