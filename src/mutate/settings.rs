//! Slips in defaults and policy objects.

use super::edit::{Edit, replaced, without};
use super::{Author, Operator};
use crate::language::Spanned;
use crate::language::ast::{Literal, Parameter, PolicyObject};
use crate::model::{ParameterId, ValueType};

impl Author<'_> {
    /// Declarations with another default, each one of them.
    pub(super) fn in_defaults(
        &self,
        parameters: &[Parameter],
        declared: impl Fn(&str) -> Option<ParameterId>,
    ) -> Vec<Edit<Vec<Parameter>>> {
        let mut edits = Vec::new();
        for (at, parameter) in parameters.iter().enumerate() {
            // What is added to one that is declared elsewhere has no default.
            let (Some(id), Some(default)) = (declared(&parameter.name.it), &parameter.default) else { continue };
            let Some(other) = self.another(id, &default.it) else { continue };
            let says = format!("with {} as default of `{}`", spelled(&other), parameter.name.it);
            let default = Some(Spanned { it: other, span: default.span });
            let changed = Parameter { default, ..parameter.clone() };
            edits.push(Edit::new(
                Operator::ParameterDefault,
                parameter.name.span,
                says,
                replaced(parameters, at, changed),
            ));
        }
        edits
    }

    pub(super) fn in_object(&self, object: &PolicyObject) -> Vec<Edit<PolicyObject>> {
        let mut edits = Vec::new();
        for (at, assignment) in object.assignments.iter().enumerate() {
            let name = &assignment.name.it;
            let rest = PolicyObject { assignments: without(&object.assignments, at), ..object.clone() };
            edits.push(Edit::new(Operator::Unset, assignment.name.span, format!("does not set `{name}`"), rest));
            let other = self.setting(&object.class.it, name).and_then(|id| self.another(id, &assignment.value.it));
            if let Some(other) = other {
                let says = format!("sets `{name}` to {}", spelled(&other));
                let mut changed = assignment.clone();
                changed.value.it = other;
                let assignments = replaced(&object.assignments, at, changed);
                let changed = PolicyObject { assignments, ..object.clone() };
                edits.push(Edit::new(Operator::Value, assignment.value.span, says, changed));
            }
        }
        if let Some(like) = &object.like {
            let rest = PolicyObject { like: None, ..object.clone() };
            edits.push(Edit::new(Operator::Unset, like.span, format!("without `{}`", self.written(like.span)), rest));
        }
        edits
    }

    /// Another value of the same kind: the next one. None of a text, of which any other would do.
    fn another(&self, parameter: ParameterId, value: &Literal) -> Option<Literal> {
        match (&self.model().parameters[parameter].kind, value) {
            (ValueType::Bool, Literal::Bool(value)) => Some(Literal::Bool(!value)),
            (ValueType::Range(low, high), Literal::Integer(value)) => {
                let other = if value == low { high } else { low };
                (other != value).then_some(Literal::Integer(*other))
            }
            (ValueType::Enumeration(values), Literal::Word(value)) => self
                .next(&values.iter().map(String::as_str).collect::<Vec<&str>>(), value)
                .map(|next| Literal::Word(next.to_owned())),
            _ => None,
        }
    }
}

/// A value as messages show it.
fn spelled(literal: &Literal) -> String {
    match literal {
        Literal::Word(word) => format!("`{word}`"),
        Literal::Bool(value) => format!("`{value}`"),
        Literal::Integer(value) => value.to_string(),
        Literal::Text(text) => format!("\"{text}\""),
    }
}
