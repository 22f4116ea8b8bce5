//! What speaks against a change of policy objects, as facts.

use std::fmt;

use crate::language::Near;
use crate::language::ast::ScopeKind;
use crate::model::ValueType;
use crate::resolve::{Listing, Unknown};

use super::named_scope::NamedScope;

/// Why a change cannot be made as it is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Objection {
    /// A name means nothing.
    Unknown(Unknown),
    /// A text gives nothing a value.
    NoAssignment(String),
    /// A setting is not said of any class.
    NoClass {
        /// The setting.
        setting: String,
        /// The value it is to have.
        value: String,
        /// The classes that have such a setting.
        classes: Vec<String>,
    },
    /// A setting gets two values.
    Twice(String),
    /// A setting cannot have this value.
    NoValue {
        /// The value as typed.
        typed: String,
        /// The setting, with its class.
        setting: String,
        /// What it can be.
        kind: ValueType,
        /// Values that are near.
        near: Option<Near>,
    },
    /// There is no such scope, or objects of the class have none like it.
    NoScope {
        /// The scope as typed.
        typed: String,
        /// The class.
        class: String,
        /// The scopes that objects of it can have.
        scopes: Vec<ScopeKind>,
    },
    /// A service is named by its role and its pool.
    NoService {
        /// The name as typed.
        name: String,
        /// The role of services that the class is for.
        role: String,
    },
    /// The directory has no sites, so not this one.
    NoSites(String),
    /// A class has no object at a scope.
    NoObject {
        /// The class.
        class: String,
        /// The scope.
        at: Box<NamedScope>,
        /// Objects of the class that are near.
        near: Option<Near>,
        /// The objects of the class.
        declared: Listing,
        /// It would be there if it were declared.
        may_be_new: bool,
    },
    /// A class has an object there already.
    Declared {
        /// The class.
        class: String,
        /// The scope.
        at: Box<NamedScope>,
    },
    /// The global object of a class is always there.
    AlwaysThere {
        /// The class.
        class: String,
    },
    /// An object stands in a file that is not edited.
    InLibrary {
        /// The object: its class and scope.
        object: String,
        /// The file.
        path: String,
    },
    /// A set has no policy file to which something could be added.
    NoFile,
}

impl From<Unknown> for Objection {
    fn from(unknown: Unknown) -> Objection {
        Objection::Unknown(unknown)
    }
}

/// What is wrong. Not what to do about it.
impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Objection::Unknown(unknown) => unknown.fmt(f),
            Objection::NoAssignment(typed) => write!(f, "`{typed}` gives nothing a value"),
            Objection::NoClass { setting, .. } => write!(f, "`{setting}` is not said of any class"),
            Objection::Twice(setting) => write!(f, "`{setting}` is given twice"),
            Objection::NoValue { typed, setting, .. } => write!(f, "`{typed}` is no value of `{setting}`"),
            Objection::NoScope { typed, class, .. } => write!(f, "`{typed}` is no scope of `{class}`"),
            Objection::NoService { name, .. } => write!(f, "`service:{name}` names no service"),
            Objection::NoSites(name) => write!(f, "there is no site `{name}`"),
            Objection::NoObject { class, at, .. } => write!(f, "`{class}` has no object at {}", at.words()),
            Objection::Declared { class, at } => write!(f, "`{class}` has an object at {} already", at.words()),
            Objection::AlwaysThere { class } => write!(f, "`{class}` always has its global object"),
            Objection::InLibrary { object, path } => {
                write!(f, "`{object}` stands in {path}, which is not a file of this set")
            }
            Objection::NoFile => f.write_str("this set has no policy file of its own"),
        }
    }
}

impl std::error::Error for Objection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Objection::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }
}
