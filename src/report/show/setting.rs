//! Settings classes, settings and attributes.

use crate::language::Sources;
use crate::language::ast::ScopeKind;
use crate::model::{ClassId, Model, Object, ParameterId, ParameterOf, ValueType};
use crate::report::page::Page;
use crate::report::place;
use crate::report::table::Rows;

/// The scopes of a class, and its settings with their defaults.
pub(super) fn class(model: &Model, id: ClassId) -> Page {
    let class = &model.classes[id];
    let scopes: Vec<String> = class.scopes.iter().map(ScopeKind::name).collect();
    let mut rows = Rows::default();
    rows.push(["scopes, broad to specific".to_owned(), scopes.join(", ")]);
    for setting in &class.settings {
        let setting = &model.parameters[*setting];
        let default = model.value_name(&setting.kind, setting.default);
        rows.push([setting.declared.name.clone(), format!("{default} by default")]);
    }
    rows.render("  ")
}

/// A setting: its values at every scope, and who set them.
pub(super) fn parameter(model: &Model, sources: &Sources, id: ParameterId) -> Page {
    let parameter = &model.parameters[id];
    let default = model.value_name(&parameter.kind, parameter.default);
    let mut rows = Rows::default();
    let of = match parameter.belongs_to {
        ParameterOf::Setting(class) => model.classes[class].declared.name.clone(),
        ParameterOf::Attribute(role) => format!("attributes {role:?}").to_lowercase(),
    };
    rows.push(["of".to_owned(), of, String::new()]);
    let values = match &parameter.kind {
        ValueType::Enumeration(values) => values.join(" | "),
        other => other.describe(),
    };
    rows.push(["values".to_owned(), values, String::new()]);
    if !parameter.aka.is_empty() {
        rows.push(["also called".to_owned(), parameter.aka.join(", "), String::new()]);
    }
    rows.push(["default".to_owned(), default, place(sources, parameter.declared.span)]);
    if let ParameterOf::Setting(class) = parameter.belongs_to {
        let of_class = |object: &&Object| object.class == class;
        for object in model.objects.values().filter(of_class) {
            let value = object.values.get(parameter.slot).map(|value| model.value_name(&parameter.kind, *value));
            let set = object.set_at.get(parameter.slot).copied().flatten();
            let value = value.unwrap_or_default();
            let value = if set.is_some() { value } else { format!("{value} (not set: the default)") };
            rows.push([object.spelt.clone(), value, place(sources, set.unwrap_or(object.span))]);
        }
    }
    rows.render("  ")
}
