//! What is asked for: settings with their values, and the objects they are for.

use crate::compile::Set;
use crate::language::ast::Literal;
use crate::language::nearest;
use crate::model::{ClassId, Model, ParameterId, Value, ValueType};
use crate::resolve::{Unknown, find};
use crate::text::written;

use super::named_scope::NamedScope;
use super::objection::Objection;
use super::scope::scope;
use super::values::value_words;

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Request {
    /// Settings get values.
    Set(Vec<Assigned>),
    /// A new object.
    New {
        /// Its class.
        class: ClassId,
        /// Where it applies.
        at: NamedScope,
        /// The object whose values it starts from.
        like: Option<NamedScope>,
    },
    /// An object goes; the global one returns to its defaults.
    Remove {
        /// Its class.
        class: ClassId,
        /// Where it applies.
        at: NamedScope,
    },
}

/// A setting with the value it is to have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assigned {
    /// The class of the setting.
    pub class: ClassId,
    /// The setting.
    pub parameter: ParameterId,
    /// The value.
    pub literal: Literal,
    /// The objects that get it.
    pub at: At,
}

/// Which objects of a class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum At {
    /// Every object that is declared, and the global one.
    All,
    /// One.
    One(NamedScope),
}

impl Assigned {
    /// The value as policies write it.
    pub(super) fn written(&self) -> String {
        match &self.literal {
            Literal::Text(text) => written::text(text),
            literal => value_words(literal),
        }
    }
}

impl Request {
    /// `CLASS.PARAM=VALUE`, each for the same scope as people type it, or for `all`. Without one it is `global`.
    pub fn set(set: &Set, typed: &[String], at: Option<&str>) -> Result<Request, Objection> {
        let mut assigned: Vec<Assigned> = Vec::new();
        for typed in typed {
            let next = assignment(set, typed, at.unwrap_or("global"))?;
            if let Some(first) = assigned.iter().find(|first| first.parameter == next.parameter) {
                return Err(Objection::Twice(set.model.setting_name(&set.model.parameters[first.parameter])));
            }
            assigned.push(next);
        }
        Ok(Request::Set(assigned))
    }

    /// A new object of a class at a scope, which may start from the values of another one.
    pub fn new(set: &Set, class: &str, at: &str, like: Option<&str>) -> Result<Request, Objection> {
        let class = class_named(&set.model, class)?;
        let at = scope(set, class, at)?;
        let like = like.map(|like| scope(set, class, like)).transpose()?;
        Ok(Request::New { class, at, like })
    }

    /// The object of a class at a scope is to go.
    pub fn remove(set: &Set, class: &str, at: &str) -> Result<Request, Objection> {
        let class = class_named(&set.model, class)?;
        Ok(Request::Remove { class, at: scope(set, class, at)? })
    }
}

fn class_named(model: &Model, name: &str) -> Result<ClassId, Objection> {
    Ok(find(&model.names.classes, "settings class", name)?)
}

fn assignment(set: &Set, typed: &str, at: &str) -> Result<Assigned, Objection> {
    let model = &*set.model;
    let Some((path, value)) = typed.split_once('=') else {
        return Err(Objection::NoAssignment(typed.to_owned()));
    };
    let (path, value) = (path.trim(), value.trim());
    let Some((class, setting)) = path.split_once('.') else { return Err(without_class(model, path, value)) };
    let class = class_named(model, class.trim())?;
    let names = model.names.settings.get(&class);
    let Some(parameter) = names.and_then(|names| names.find(setting.trim())) else {
        let near = names.and_then(|names| names.nearest(setting.trim()));
        let class = model.classes[class].declared.name.clone();
        return Err(Unknown::Setting { class, setting: setting.trim().to_owned(), near }.into());
    };
    let literal = literal(model, parameter, value)?;
    let at = match at.trim() {
        all if all.eq_ignore_ascii_case("all") => At::All,
        one => At::One(scope(set, class, one)?),
    };
    Ok(Assigned { class, parameter, literal, at })
}

/// A setting without its class: the classes that have it can be meant.
fn without_class(model: &Model, setting: &str, value: &str) -> Objection {
    let has = |(_, names): &(&ClassId, &crate::model::Names<ParameterId>)| names.find(setting).is_some();
    let classes = model.names.settings.iter().filter(has);
    let classes = classes.map(|(class, _)| model.classes[*class].declared.name.clone()).collect();
    Objection::NoClass { setting: setting.to_owned(), value: value.to_owned(), classes }
}

/// The value of a setting as typed: one that its type has.
fn literal(model: &Model, parameter: ParameterId, typed: &str) -> Result<Literal, Objection> {
    let kind = &model.parameters[parameter].kind;
    let found = match kind {
        ValueType::Bool if typed.eq_ignore_ascii_case("true") => Some(Literal::Bool(true)),
        ValueType::Bool if typed.eq_ignore_ascii_case("false") => Some(Literal::Bool(false)),
        ValueType::Range(low, high) => {
            typed.parse().ok().filter(|number| (low..=high).contains(&number)).map(Literal::Integer)
        }
        ValueType::Enumeration(values) => {
            let Value(index) = values.find(typed).unwrap_or(Value(-1));
            values.get(index as usize).cloned().map(Literal::Word)
        }
        ValueType::Text => {
            let bare = typed.strip_prefix('"').and_then(|typed| typed.strip_suffix('"')).unwrap_or(typed);
            Some(Literal::Text(bare.to_owned()))
        }
        // No setting is of these kinds.
        ValueType::Bool | ValueType::Network | ValueType::Site | ValueType::Manifest => None,
    };
    found.ok_or_else(|| {
        let words: Vec<&str> = match kind {
            ValueType::Enumeration(values) => values.iter().map(String::as_str).collect(),
            ValueType::Bool => vec!["true", "false"],
            _ => Vec::new(),
        };
        let setting = model.setting_name(&model.parameters[parameter]);
        let near = nearest(typed, words);
        Objection::NoValue { typed: typed.to_owned(), setting, kind: kind.clone(), near }
    })
}
