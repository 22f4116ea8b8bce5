//! `extend` of categories, attributes and settings: further entries, and further values of enumerations.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Linking;
use super::declare::Items;
use crate::diagnostic::code;
use crate::language::Diagnostic;
use crate::language::ast::{self, Extend, Name};
use crate::model::names::declared_twice;
use crate::model::{ParameterOf, ValueType};

impl Linking {
    /// Fields and values that `extend category` adds.
    pub(super) fn extend_categories(&mut self, items: &Items<'_>) {
        for item in &items.extends {
            let Extend::Category(extension) = item.it else { continue };
            let Some(category) = self.named_category(&extension.name) else { continue };
            for field in &extension.fields {
                if field.also.is_empty() {
                    self.declare_field(category, field);
                    continue;
                }
                let Some(id) = self.field(category, &field.name) else { continue };
                let mut kind = self.model.fields[id].kind.take();
                self.extend_values(kind.as_mut(), &field.name, &field.also);
                self.model.fields[id].kind = kind;
            }
        }
    }

    /// Entries and values that `extend attributes` and `extend settings` add.
    pub(super) fn extend_parameters(&mut self, items: &Items<'_>) {
        for item in &items.extends {
            match item.it {
                Extend::Attributes(extension) => {
                    self.extend_each(ParameterOf::Attribute(extension.role.it), &extension.parameters);
                }
                Extend::Settings(extension) => {
                    let class = &extension.class;
                    if let Some(class) = self.model.names.classes.expect(class, code::UNKNOWN_CLASS, &mut self.sink) {
                        self.extend_each(ParameterOf::Setting(class), &extension.parameters);
                    }
                }
                _ => {}
            }
        }
    }

    fn extend_each(&mut self, belongs_to: ParameterOf, parameters: &[ast::Parameter]) {
        for parameter in parameters {
            if parameter.also.is_empty() {
                self.declare_parameter(belongs_to, parameter);
                continue;
            }
            let names = match belongs_to {
                ParameterOf::Attribute(role) => self.model.names.attributes.get(&role),
                ParameterOf::Setting(class) => self.model.names.settings.get(&class),
            };
            let Some(names) = names else { continue };
            let Some(id) = names.expect(&parameter.name, code::UNKNOWN_SETTING, &mut self.sink) else { continue };
            let mut kind = self.model.parameters[id].kind.clone();
            self.extend_values(Some(&mut kind), &parameter.name, &parameter.also);
            self.model.parameters[id].kind = kind;
        }
    }

    /// Further values at the end of an enumeration.
    #[expect(clippy::needless_pass_by_value, reason = "what is passed is a reference, if there is one")]
    fn extend_values(&mut self, kind: Option<&mut ValueType>, name: &Name, also: &[Name]) {
        let Some(ValueType::Enumeration(values)) = kind else {
            self.sink.push(
                Diagnostic::new(code::WRONG_TYPE, format!("`{}` has no list of values", name.it))
                    .at(name.span, "so none can be added")
                    .help("only an enumeration can get further values"),
            );
            return;
        };
        let mut known: FxHashSet<&str> = values.iter().map(String::as_str).collect();
        let mut added = Vec::new();
        for value in also {
            if !known.insert(&value.it) {
                self.sink.push(
                    declared_twice("value", value, name.span, code::DUPLICATE_NAME)
                        .help("leave it out: it is there already"),
                );
            } else {
                added.push(value.it.clone());
            }
        }
        if !added.is_empty() {
            Arc::make_mut(values).extend(added);
        }
    }
}
