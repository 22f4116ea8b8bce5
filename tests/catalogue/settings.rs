//! Every parameter of the vendor's classes: class, name, aka, type, scopes and default.

use serde_json::Value;

use prescope::model::{Kind, Parameter, ParameterOf};
use prescope::syntax::ast::{Role, ScopeKind};

use super::facts::{list, text, texts};
use crate::shipped::SHIPPED;

/// A trunk is a named object: what belongs to it is an attribute of the person whose calls take it, under the vendor's
/// name as another name.
const NAMED_OBJECTS: [&str; 1] = ["TrunkConfiguration"];

pub(crate) fn scope_name(scope: &ScopeKind) -> String {
    match scope {
        ScopeKind::Global => "global".to_owned(),
        ScopeKind::Site => "site".to_owned(),
        ScopeKind::Tag => "tag".to_owned(),
        ScopeKind::NetworkSite => "network_site".to_owned(),
        ScopeKind::Service(role) => format!("service {role}"),
    }
}

/// A default as the fixtures write it.
pub(crate) fn default_name(parameter: &Parameter) -> String {
    SHIPPED.model().value_name(&parameter.kind, parameter.default).trim_matches('"').to_owned()
}

fn is_of_kind(kind: &Kind, row: &Value) -> bool {
    let bound = |key: &str| row.get(key).and_then(Value::as_i64);
    match (kind, text(row, "kind")) {
        (Kind::Bool, "bool") | (Kind::Text, "text") => true,
        // Where nothing is set by default, the value below the lowest stands for that.
        (Kind::Range(low, high), "range") => {
            let unset = i64::from(default_of(row).is_none());
            bound("low") == Some(low + unset) && bound("high") == Some(*high)
        }
        // No bounds are documented, so ours have to be wide.
        (Kind::Range(low, high), "integer") => *low == 0 && *high >= 65535,
        (Kind::Enumeration(values), "enumeration") => {
            let (mut ours, mut theirs) = (values.clone(), texts(row, "values"));
            ours.sort();
            theirs.sort();
            ours == theirs
        }
        _ => false,
    }
}

fn default_of(row: &Value) -> Option<String> {
    match row.get("default") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
    }
}

#[test]
fn every_setting_is_what_the_vendor_documents() {
    let rows = list("catalogue/settings.yaml", "rows");
    assert_eq!(rows.len(), 106);
    let model = SHIPPED.model();
    for row in &rows {
        let (class, name) = (text(row, "class"), text(row, "name"));
        let named_object = NAMED_OBJECTS.contains(&class);
        let id = if named_object {
            model.names.attributes[&Role::User].find(name)
        } else {
            let class = model.names.classes.find(class).unwrap_or_else(|| panic!("no class: {row}"));
            model.names.settings[&class].find(name)
        };
        let parameter = &model.parameters[id.unwrap_or_else(|| panic!("no setting: {row}"))];
        for aka in texts(row, "aka") {
            assert!(parameter.aka.contains(&aka), "no aka {aka}: {row}");
        }
        assert!(is_of_kind(&parameter.kind, row), "{:?}: {row}", parameter.kind);
        if let Some(default) = default_of(row) {
            assert_eq!(default_name(parameter), default, "{row}");
        }
        match parameter.of {
            ParameterOf::Setting(class) => {
                let scopes: Vec<String> = model.classes[class].scopes.iter().map(scope_name).collect();
                assert_eq!(scopes, texts(row, "scopes"), "{row}");
                assert_eq!(parameter.declared.name, name, "{row}");
            }
            ParameterOf::Attribute(_) => {
                assert!(named_object && parameter.aka.iter().any(|aka| aka == name), "{row}");
            }
        }
    }
}

#[test]
fn every_setting_of_ours_is_among_the_documented_ones() {
    let rows = list("catalogue/settings.yaml", "rows");
    let model = SHIPPED.model();
    let documented =
        |name: &str| rows.iter().any(|row| format!("{}.{}", text(row, "class"), text(row, "name")) == name);
    let ours = model.parameters.values().filter_map(|parameter| match parameter.of {
        ParameterOf::Setting(class) => {
            Some(format!("{}.{}", model.classes[class].declared.name, parameter.declared.name))
        }
        ParameterOf::Attribute(_) => None,
    });
    let surplus: Vec<String> = ours.filter(|name| !documented(name)).collect();
    assert!(surplus.is_empty(), "{surplus:?}");
}
