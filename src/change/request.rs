//! What is asked for: settings with their values, and the objects they are for.

use crate::language::ast::Literal;
use crate::language::nearest;
use crate::model::{ClassId, Kind, Model, ParameterId, Value, enumerated};
use crate::resolve::{Unknown, find};

use super::scope::{Place, quoted};

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
        at: Place,
        /// The object whose values it starts from.
        like: Option<Place>,
    },
    /// An object goes; the global one returns to its defaults.
    Remove {
        /// Its class.
        class: ClassId,
        /// Where it applies.
        at: Place,
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
    One(Place),
}

impl Assigned {
    /// The value as policies write it.
    pub(super) fn written(&self) -> String {
        match &self.literal {
            Literal::Word(word) => word.clone(),
            Literal::Bool(truth) => truth.to_string(),
            Literal::Integer(number) => number.to_string(),
            Literal::Text(text) => quoted(text),
        }
    }

    /// The value as [`Model::value_name`] spells it.
    pub(super) fn name(&self) -> String {
        match &self.literal {
            Literal::Text(text) => format!("{text:?}"),
            _ => self.written(),
        }
    }
}

impl Request {
    /// `CLASS.PARAM=VALUE`, each for the same scope: as [`Place::read`] reads it, or `all`. Without one it is `global`.
    pub fn set(model: &Model, typed: &[String], at: Option<&str>, directory: bool) -> Result<Request, Unknown> {
        let mut assigned: Vec<Assigned> = Vec::new();
        for typed in typed {
            let next = assignment(model, typed, at.unwrap_or("global"), directory)?;
            if let Some(first) = assigned.iter().find(|first| first.parameter == next.parameter) {
                let name = model.setting_name(&model.parameters[first.parameter]);
                let help = Some("give each setting one value".to_owned());
                return Err(Unknown::new(format!("`{name}` is given twice"), help));
            }
            assigned.push(next);
        }
        Ok(Request::Set(assigned))
    }

    /// A new object of a class at a scope, which may start from the values of another one.
    pub fn new(model: &Model, class: &str, at: &str, like: Option<&str>, directory: bool) -> Result<Request, Unknown> {
        let class = class_named(model, class)?;
        let at = Place::read(model, class, at, directory)?;
        let like = like.map(|like| Place::read(model, class, like, directory)).transpose()?;
        Ok(Request::New { class, at, like })
    }

    /// The object of a class at a scope is to go.
    pub fn remove(model: &Model, class: &str, at: &str, directory: bool) -> Result<Request, Unknown> {
        let class = class_named(model, class)?;
        Ok(Request::Remove { class, at: Place::read(model, class, at, directory)? })
    }
}

fn class_named(model: &Model, name: &str) -> Result<ClassId, Unknown> {
    find(&model.names.classes, "settings class", name)
}

fn assignment(model: &Model, typed: &str, at: &str, directory: bool) -> Result<Assigned, Unknown> {
    let Some((path, value)) = typed.split_once('=') else {
        let help = Some("write it as in PrivacyConfiguration.EnablePrivacyMode=true".to_owned());
        return Err(Unknown::new(format!("`{typed}` gives nothing a value"), help));
    };
    let (path, value) = (path.trim(), value.trim());
    let Some((class, setting)) = path.split_once('.') else { return Err(without_class(model, path, value)) };
    let class = class_named(model, class.trim())?;
    let names = model.names.settings.get(&class);
    let Some(parameter) = names.and_then(|names| names.find(setting.trim())) else {
        let name = &model.classes[class].declared.name;
        let near = names.and_then(|names| names.nearest(setting.trim()));
        let help = match near {
            Some(near) => near.help(),
            None => format!("`prescope show {name}` lists its settings"),
        };
        return Err(Unknown::new(format!("`{name}` has no setting `{}`", setting.trim()), Some(help)));
    };
    let literal = literal(model, parameter, value)?;
    let at = match at.trim() {
        all if all.eq_ignore_ascii_case("all") => At::All,
        one => At::One(Place::read(model, class, one, directory)?),
    };
    Ok(Assigned { class, parameter, literal, at })
}

/// A setting without its class: the classes that have it are proposed.
fn without_class(model: &Model, setting: &str, value: &str) -> Unknown {
    let has = |(_, names): &(&ClassId, &crate::model::Names<ParameterId>)| names.find(setting).is_some();
    let classes = model.names.settings.iter().filter(has);
    let proposals: Vec<String> =
        classes.map(|(class, _)| format!("{}.{setting}={value}", model.classes[*class].declared.name)).collect();
    let help = match proposals.as_slice() {
        [] => "write it as in PrivacyConfiguration.EnablePrivacyMode=true".to_owned(),
        proposals => format!("write {}", proposals.join(" or ")),
    };
    Unknown::new(format!("`{setting}` is not said of any class"), Some(help))
}

/// The value of a setting as typed: one that its type has.
fn literal(model: &Model, parameter: ParameterId, typed: &str) -> Result<Literal, Unknown> {
    let kind = &model.parameters[parameter].kind;
    let found = match kind {
        Kind::Bool if typed.eq_ignore_ascii_case("true") => Some(Literal::Bool(true)),
        Kind::Bool if typed.eq_ignore_ascii_case("false") => Some(Literal::Bool(false)),
        Kind::Range(low, high) => {
            typed.parse().ok().filter(|number| (low..=high).contains(&number)).map(Literal::Integer)
        }
        Kind::Enumeration(values) => {
            let Value(index) = enumerated(values, typed).unwrap_or(Value(-1));
            values.get(index as usize).cloned().map(Literal::Word)
        }
        Kind::Text => {
            let bare = typed.strip_prefix('"').and_then(|typed| typed.strip_suffix('"')).unwrap_or(typed);
            Some(Literal::Text(bare.to_owned()))
        }
        // No setting is of these kinds.
        Kind::Bool | Kind::Network | Kind::Site | Kind::Manifest => None,
    };
    found.ok_or_else(|| {
        let words: Vec<&str> = match kind {
            Kind::Enumeration(values) => values.iter().map(String::as_str).collect(),
            Kind::Bool => vec!["true", "false"],
            _ => Vec::new(),
        };
        let name = model.setting_name(&model.parameters[parameter]);
        let help = match nearest(typed, words) {
            Some(near) => near.help(),
            None => format!("give {}", kind.describe()),
        };
        Unknown::new(format!("`{typed}` is no value of `{name}`"), Some(help))
    })
}
