//! What is wrong with a line of `batch`, in the words of JSON: keys and values.

use serde_json::{Map, Value};

use crate::language::nearest;
use crate::report::unknown::{self, names_of};
use crate::resolve::{Part, Unknown};
use crate::text::listed;

/// The keys of an object.
struct Keys {
    /// Those it has to have.
    required: &'static [&'static str],
    /// Those it can have.
    optional: &'static [&'static str],
}

impl Keys {
    fn all(&self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }
}

/// The keys of a line.
const LINE: Keys = Keys { required: &[], optional: &["id", "see", "use"] };

/// The keys of `see`.
const SEE: Keys = Keys { required: &["viewer", "owner", "category"], optional: &["field"] };

/// The keys of `use`.
const USE: Keys = Keys { required: &["subject", "feature"], optional: &["meeting", "role", "peer", "owner"] };

/// What is wrong with a question that means nothing.
pub(super) fn meaning(unknown: &Unknown) -> String {
    let (message, help) = match unknown {
        Unknown::Missing { feature, shape, part, instead } => {
            let names = instead.as_ref().filter(|names| !names.first.is_empty());
            let help = names.map(|names| format!("there are {}", names_of(names)));
            (format!("\"{}\" is missing: `{feature}` is for {}", key(*part), shape.name()), help)
        }
        Unknown::Unfitting { feature, shape, part, fits } => {
            let help = fits.map_or("leave it out".to_owned(), |fits| format!("give \"{}\" instead", key(fits)));
            (format!("\"{}\" does not fit: `{feature}` is for {}", key(*part), shape.name()), Some(help))
        }
        Unknown::NotParticipant { .. } => {
            let help = format!("give \"{}\", or ask about one of its participants", key(Part::Role));
            (unknown.to_string(), Some(help))
        }
        Unknown::Name { kind: "category", name, .. } if name.contains('.') => {
            (unknown.to_string(), name.split_once('.').map(|path| format!("write {}", two_keys(path))))
        }
        Unknown::FieldAlone { paths, .. } => {
            let paths: Vec<String> = paths.iter().filter_map(|path| path.split_once('.')).map(two_keys).collect();
            (unknown.to_string(), Some(format!("write {}", paths.join(" or "))))
        }
        _ => (unknown.to_string(), unknown::help(unknown)),
    };
    help.map_or_else(|| message.clone(), |help| format!("{message}; {help}"))
}

/// A category and a field of it.
fn two_keys((category, field): (&str, &str)) -> String {
    format!("\"category\": {}, \"field\": {}", Value::from(category), Value::from(field))
}

/// The key that says it.
fn key(part: Part) -> &'static str {
    match part {
        Part::Meeting => "meeting",
        Part::Role => "role",
        Part::Peer => "peer",
        Part::Owner => "owner",
    }
}

/// Why a text is no question, and its id if that much can be read.
pub(super) fn form(line: &str, error: &serde_json::Error) -> (Value, String) {
    let read: Value = match serde_json::from_str(line) {
        Ok(read) => read,
        Err(error) => return (Value::Null, format!("the line is no JSON: {}", without_line(&error))),
    };
    let Value::Object(object) = &read else {
        let help = "a question is an object with \"see\" or \"use\"";
        return (Value::Null, format!("the line is {}; {help}", type_of(&read)));
    };
    let id = object.get("id").cloned().unwrap_or_default();
    let inside = |name: &'static str, keys: &Keys| match object.get(name) {
        None | Some(Value::Null) => None,
        Some(Value::Object(inside)) => wrong_keys(inside, name, keys).or_else(|| wrong_values(inside, name, keys)),
        Some(other) => Some(format!("\"{name}\" is {}, and has to be an object", type_of(other))),
    };
    let found = wrong_keys(object, "a line", &LINE).or_else(|| inside("see", &SEE)).or_else(|| inside("use", &USE));
    let twice = || error.to_string().strip_prefix("duplicate field `").and_then(|rest| rest.split_once('`').map(twice));
    (id, found.or_else(twice).unwrap_or_else(|| without_line(error)))
}

fn twice((name, _): (&str, &str)) -> String {
    format!("\"{name}\" is given twice")
}

/// A key that an object must not have.
fn wrong_keys(object: &Map<String, Value>, name: &str, keys: &Keys) -> Option<String> {
    let wrong = object.keys().find(|key| !keys.all().any(|known| known == *key))?;
    let help = nearest(wrong, keys.all()).map(|near| format!("did you mean \"{}\"?", near.first()));
    let help = help.unwrap_or_else(|| format!("its keys are {}", listed(keys.all().map(|key| format!("\"{key}\"")))));
    let name = if name == "a line" { name.to_owned() } else { format!("\"{name}\"") };
    Some(format!("{name} has no key {}; {help}", Value::from(wrong.as_str())))
}

/// A key that is missing, or whose value is no text.
fn wrong_values(object: &Map<String, Value>, name: &str, keys: &Keys) -> Option<String> {
    keys.all().find_map(|key| match object.get(key) {
        Some(Value::String(_)) => None,
        None if keys.required.contains(&key) => Some(format!("\"{key}\" is missing in \"{name}\"")),
        Some(Value::Null) if keys.optional.contains(&key) => None,
        None => None,
        Some(other) => Some(format!("\"{key}\" is {}, and has to be a text", type_of(other))),
    })
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// What the parser says. It counts lines within the text it is given, which is one line of the input.
fn without_line(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match said.strip_suffix(&place) {
        Some(what) => format!("{what} at column {}", error.column()),
        None => said,
    }
}
