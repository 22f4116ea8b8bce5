//! Attributes, settings, and the policy objects that give settings their values.

use serde::{Deserialize, Serialize};

use super::{ClassId, Declared, ParameterId, SiteId, Value, ValueType};
use crate::language::Span;
use crate::language::ast::{Role, ScopeKind};

/// A setting or an attribute: something that has a value for each person, participant or meeting.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name and documentation.
    pub declared: Declared,
    /// The class of a setting, or whose attribute it is.
    pub belongs_to: ParameterOf,
    /// The values it can have.
    pub kind: ValueType,
    /// The value where nothing else is said.
    pub default: Value,
    /// Other names it goes by.
    pub aka: Vec<String>,
    /// Its position among the settings of its class, or the attributes of its role.
    pub slot: usize,
}

/// What a parameter belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum ParameterOf {
    /// An attribute of this role.
    Attribute(Role),
    /// A setting of this class.
    Setting(ClassId),
}

/// A settings class.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Class {
    /// Its name and documentation.
    pub declared: Declared,
    /// Its scopes, from the broadest to the most specific.
    pub scopes: Vec<ScopeKind>,
    /// Its settings, by slot.
    pub settings: Vec<ParameterId>,
}

/// A policy object: the values of a whole class at one scope.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Object {
    /// The class.
    pub class: ClassId,
    /// Where it applies.
    pub scope: Scope,
    /// The same as its author spelt it: `site Redmond`.
    pub spelt: String,
    /// The values, by slot.
    pub values: Vec<Value>,
    /// Where each value is set, by slot; None where it is the declared default.
    pub set_at: Vec<Option<Span>>,
    /// The place of its scope in the text.
    pub span: Span,
}

/// A scope with its place resolved.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Scope {
    /// Everywhere.
    Global,
    /// A site, by name without case.
    Site(SiteName),
    /// A service: role and pool, without case.
    Service(String, String),
    /// A tag, without case.
    Tag(String),
    /// A network site, without case.
    NetworkSite(String),
    /// One person by address, before every other scope. Only tests give such objects.
    Person(String),
}

/// The name of a site, without case, and its id if a directory lists it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct SiteName {
    /// Lower case.
    pub name: String,
    /// None in a set without a directory.
    pub site: Option<SiteId>,
}

impl Scope {
    /// Its rank among the scopes of a class: the higher, the more specific.
    pub fn rank(&self, class: &Class) -> Option<usize> {
        class.scopes.iter().position(|kind| self.is_of(kind))
    }

    /// True if it is a scope of this kind.
    pub fn is_of(&self, kind: &ScopeKind) -> bool {
        match (self, kind) {
            (Scope::Global, ScopeKind::Global)
            | (Scope::Site(_), ScopeKind::Site)
            | (Scope::Tag(_), ScopeKind::Tag)
            | (Scope::NetworkSite(_), ScopeKind::NetworkSite) => true,
            (Scope::Service(role, _), ScopeKind::Service(of)) => role.eq_ignore_ascii_case(of),
            _ => false,
        }
    }
}
