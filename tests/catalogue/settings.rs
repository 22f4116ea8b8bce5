//! The settings of the catalogue against the vendor's parameters.

use prescope::language::ast::ScopeKind;
use prescope::model::{Class, Model, Parameter, ValueType};
use serde::Deserialize;

use super::{nothing_of, read, shipped};

/// A row of `settings.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    class: String,
    name: String,
    aka: Vec<String>,
    kind: String,
    low: Option<i64>,
    high: Option<i64>,
    values: Vec<String>,
    default: Option<Default>,
    #[serde(rename = "documented")]
    _documented: bool,
    scopes: Vec<String>,
    #[serde(rename = "note")]
    _note: String,
}

/// A default of the table.
#[derive(Deserialize, Debug)]
#[serde(untagged)]
enum Default {
    Bool(bool),
    Number(i64),
    Text(String),
}

/// `settings.yaml`.
#[derive(Deserialize)]
pub(super) struct Facts {
    rows: Vec<Row>,
}

/// Parameters of named objects, which became attributes of the person whose call goes through the object:
/// class, parameter, attribute.
pub(super) const ATTRIBUTES: &[(&str, &str, &str)] = &[
    ("TrunkConfiguration", "EnablePIDFLOSupport", "trunk_carries_location"),
    ("TrunkConfiguration", "EnableBypass", "trunk_bypasses"),
    ("TrunkConfiguration", "ConcentratedTopology", "trunk_concentrated"),
    ("TrunkConfiguration", "EnableReferSupport", "trunk_refers"),
    ("TrunkConfiguration", "RTCPActiveCalls", "trunk_reports_active_calls"),
    ("TrunkConfiguration", "RTCPCallsOnHold", "trunk_reports_held_calls"),
];

/// Ranges that begin before the vendor's: the value in front stands for `not set`.
const UNSET: &[(&str, i64)] = &[("MaximumLogonAttempts", 0)];

/// A scope as the language writes it.
pub(super) fn scope_name(scope: &ScopeKind) -> String {
    match scope {
        ScopeKind::Global => "global".to_owned(),
        ScopeKind::Site => "site".to_owned(),
        ScopeKind::Tag => "tag".to_owned(),
        ScopeKind::NetworkSite => "network_site".to_owned(),
        ScopeKind::Service(role) => format!("service {role}"),
    }
}

/// A default as the language writes it, without the quotes of a text.
pub(super) fn default_name(model: &Model, parameter: &Parameter) -> String {
    model.value_name(&parameter.kind, parameter.default).trim_matches('"').to_owned()
}

impl Default {
    /// As the language writes it.
    fn name(&self) -> String {
        match self {
            Default::Bool(value) => value.to_string(),
            Default::Number(value) => value.to_string(),
            Default::Text(value) => value.clone(),
        }
    }
}

/// The setting of a class.
pub(super) fn setting<'a>(model: &'a Model, class: &str, name: &str) -> Option<(&'a Class, &'a Parameter)> {
    let id = model.names.classes.find(class)?;
    let parameter = model.names.settings.get(&id)?.find(name)?;
    Some((&model.classes[id], &model.parameters[parameter]))
}

/// The attribute of a role, `user.client`.
pub(super) fn attribute<'a>(model: &'a Model, path: &str) -> Option<&'a Parameter> {
    let (role, name) = path.split_once('.')?;
    let named = |of: &str| model.names.attributes.iter().find(|(role, _)| format!("{role:?}").to_lowercase() == of);
    named(role).and_then(|(_, names)| names.find(name)).map(|id| &model.parameters[id])
}

impl Row {
    fn kind_fits(&self, kind: &ValueType) -> bool {
        match (self.kind.as_str(), kind) {
            ("bool", ValueType::Bool) | ("text", ValueType::Text) | ("integer", ValueType::Range(..)) => true,
            ("range", ValueType::Range(low, high)) => {
                let unset = UNSET.iter().find(|(name, _)| *name == self.name).map(|(_, value)| *value);
                Some(*low) == unset.or(self.low) && Some(*high) == self.high
            }
            ("enumeration", ValueType::Enumeration(values)) => {
                let (mut ours, mut theirs) = (values.to_vec(), self.values.clone());
                ours.sort();
                theirs.sort();
                ours == theirs
            }
            _ => false,
        }
    }

    /// What is wrong with a set by this row.
    fn wrong(&self, model: &Model) -> Vec<String> {
        let name = format!("{}.{}", self.class, self.name);
        let became = ATTRIBUTES.iter().find(|(class, name, _)| *class == self.class && *name == self.name);
        let (scopes, parameter) = match became {
            Some((_, _, ours)) => (None, attribute(model, &format!("user.{ours}"))),
            None => match setting(model, &self.class, &self.name) {
                Some((class, parameter)) => {
                    (Some(class.scopes.iter().map(scope_name).collect::<Vec<_>>()), Some(parameter))
                }
                None => (None, None),
            },
        };
        let Some(parameter) = parameter else { return vec![format!("there is no {name}")] };
        let mut wrong = Vec::new();
        if !self.kind_fits(&parameter.kind) {
            wrong.push(format!("{name} is {}", parameter.kind.describe()));
        }
        let default = default_name(model, parameter);
        if self.default.as_ref().is_some_and(|expected| expected.name() != default) {
            wrong.push(format!("{name} is {default} by default, not {:?}", self.default));
        }
        if scopes.is_some_and(|scopes| scopes != self.scopes) {
            wrong.push(format!("{name} has other scopes than {:?}", self.scopes));
        }
        for other in self.aka.iter().filter(|other| !parameter.aka.contains(other)) {
            wrong.push(format!("{name} does not go by {other}"));
        }
        wrong
    }
}

impl Facts {
    pub(super) fn wrong(&self, model: &Model) -> Vec<String> {
        self.rows.iter().flat_map(|row| row.wrong(model)).collect()
    }
}

#[test]
fn settings_are_what_the_vendor_documents() {
    nothing_of(&read::<Facts>("settings").wrong(shipped().model()));
}

#[test]
fn there_is_no_setting_without_a_documented_parameter() {
    let facts: Facts = read("settings");
    let project = shipped();
    let model = project.model();
    let mut wrong = Vec::new();
    for class in model.classes.values() {
        for setting in &class.settings {
            let (class, name) = (&class.declared.name, &model.parameters[*setting].declared.name);
            if !facts.rows.iter().any(|row| row.class == *class && row.name == *name) {
                wrong.push(format!("{class}.{name} is in no row"));
            }
        }
    }
    nothing_of(&wrong);
}
