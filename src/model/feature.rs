//! Features and guards, and what features reveal.

use serde::{Deserialize, Serialize};

use super::manifest::Networks;
use super::{
    CategoryId, ConditionId, DataId, Declared, FeatureId, FieldId, GroupId, ParameterId, PlaceId, RecipientId, RuleId,
    Subject,
};
use crate::language::Span;
use crate::language::ast::{Effect, Otherwise, Shape};

/// A feature.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Feature {
    /// Its name and documentation.
    pub declared: Declared,
    /// The roles of its question.
    pub shape: Shape,
    /// Who controls it, in the words of the policy.
    pub controlled_by: Vec<String>,
    /// The platforms it is managed on.
    pub platforms: Vec<String>,
    /// The features it requires, with the place that says so.
    pub requires: Vec<(FeatureId, Span)>,
    /// Its rules, in order.
    pub rules: Vec<RuleId>,
    /// What decides when no rule fires.
    pub otherwise: Otherwise,
    /// Where that is said; None if it is not.
    pub otherwise_at: Option<Span>,
    /// What it discloses.
    pub discloses: Vec<Disclosure>,
    /// What it stores.
    pub stores: Vec<Storage>,
}

/// A block of denials for fields.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Guard {
    /// What it guards, as written; the name of a guard.
    pub declared: Declared,
    /// The fields it guards by themselves.
    pub fields: Vec<FieldId>,
    /// The categories it guards as a whole.
    pub categories: Vec<CategoryId>,
    /// Its denials, in order.
    pub rules: Vec<RuleId>,
}

/// A rule of a feature or guard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// Its label as name, and its documentation.
    pub declared: Declared,
    /// What it does when it fires.
    pub effect: Effect,
    /// When it fires.
    pub when: ConditionId,
    /// Where the whole rule stands.
    pub span: Span,
}

/// What is disclosed or stored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Item {
    /// A whole category.
    Category(CategoryId),
    /// A field.
    Field(FieldId),
    /// Declared data, or a part of it.
    Data(DataId, Option<usize>),
}

/// `discloses … to …`
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Disclosure {
    /// What; None is `nothing`.
    pub item: Option<Item>,
    /// Whose.
    pub whose: Option<Subject>,
    /// To whom.
    pub to: RecipientId,
    /// When.
    pub when: ConditionId,
    /// Where it is said.
    pub span: Span,
}

/// `stores … at …`
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Storage {
    /// What.
    pub item: Item,
    /// Whose.
    pub whose: Option<Subject>,
    /// Where.
    pub at: PlaceId,
    /// How long.
    pub retention: Option<Retention>,
    /// When.
    pub when: ConditionId,
    /// Where it is said.
    pub span: Span,
}

/// How long something is stored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Retention {
    /// As long as this setting of this subject says.
    Setting(Subject, ParameterId),
    /// In words.
    Until(String),
}

/// Declared data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Data {
    /// Its name and documentation.
    pub declared: Declared,
    /// Its parts.
    pub parts: Vec<Declared>,
}

/// A recipient of disclosures.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recipient {
    /// Its name and documentation.
    pub declared: Declared,
    /// Whether people outside the organisation can be among them.
    pub external: bool,
    /// Who belongs to it, if that can be said.
    pub is: Option<RecipientIs>,
}

/// Who belongs to a recipient.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum RecipientIs {
    /// Everybody of these networks.
    Network(Networks),
    /// The members of a group.
    Group(GroupId),
    /// Participants with one of these roles.
    Role(Vec<super::Value>),
    /// Everybody.
    Everyone,
}

/// A place where data is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    /// Its name and documentation.
    pub declared: Declared,
}
