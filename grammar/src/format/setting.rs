//! Attributes, settings and policy objects.

use super::entry::Alike;
use super::piece::{Break, Group};
use super::tape::Tape;
use crate::syntax::ast::{Assignment, Attributes, Parameter, PolicyObject, ScopeKind, ScopeName, Settings, Type};
use crate::text::Spanned;

impl<'a> Tape<'a> {
    pub(super) fn attributes(&mut self, attributes: &'a Attributes) -> Alike {
        self.word("attributes");
        self.said(attributes.role.span, attributes.role.it.name());
        self.parameters(&attributes.parameters);
        Some("attributes")
    }

    pub(super) fn settings(&mut self, settings: &'a Settings) -> Alike {
        self.word("settings");
        self.name(&settings.class);
        if !settings.scopes.is_empty() {
            self.word("at");
            self.commas(&settings.scopes, |tape, scope| match &scope.it {
                ScopeKind::Global => tape.word("global"),
                ScopeKind::Site => tape.word("site"),
                ScopeKind::Tag => tape.word("tag"),
                ScopeKind::NetworkSite => tape.word("network_site"),
                ScopeKind::Service(role) => {
                    tape.word("service");
                    tape.value(scope.span, role.clone());
                }
            });
        }
        self.parameters(&settings.parameters);
        Some("settings")
    }

    fn parameters(&mut self, parameters: &'a [Parameter]) {
        self.block(parameters, |tape, parameter, next| {
            tape.parameter(parameter);
            // Parameters with these names would be read as parts of the one above them.
            tape.line.comma = next.is_some_and(|next| matches!(next.name.it.as_str(), "also" | "aka"));
            Some("parameter")
        });
    }

    fn parameter(&mut self, parameter: &'a Parameter) {
        self.doc(parameter.doc.as_ref());
        self.name(&parameter.name);
        if let Some(of) = &parameter.value_type {
            self.close_behind(":");
            self.tab(0);
            self.type_of(of);
        }
        if !parameter.also.is_empty() {
            self.word("also");
            self.values(&parameter.also);
        }
        if let Some(default) = &parameter.default {
            self.word("=");
            self.literal(default);
        }
        if !parameter.aka.is_empty() {
            self.line_break(Break::Soft);
            self.group(Group::Nest(0), |tape| {
                tape.word("aka");
                tape.names(&parameter.aka);
            });
        }
    }

    /// `bool`, `text`, `2..1000`, or values.
    pub(super) fn type_of(&mut self, of: &'a Spanned<Type>) {
        match &of.it {
            Type::Bool => self.word("bool"),
            Type::Text => self.word("text"),
            Type::Range(low, high) => self.value(of.span, format!("{low}..{high}")),
            Type::Enumeration(names) => self.values(names),
        }
    }

    pub(super) fn policy(&mut self, policy: &'a PolicyObject) -> Alike {
        self.word("policy");
        self.name(&policy.class);
        self.scope(&policy.scope);
        if let Some(like) = &policy.like {
            self.line_break(Break::Soft);
            self.group(Group::Nest(0), |tape| {
                tape.word("like");
                tape.scope(like);
            });
        }
        self.assignments(&policy.assignments);
        Some("policy")
    }

    fn scope(&mut self, scope: &'a Spanned<ScopeName>) {
        let (word, name) = scope.it.words();
        self.word(word);
        if let Some(name) = name {
            self.name(name);
        }
    }

    /// `{ name = value, … }`
    pub(super) fn assignments(&mut self, assignments: &'a [Assignment]) {
        self.block(assignments, |tape, assignment, _| {
            tape.assignment(assignment);
            Some("assignment")
        });
    }

    pub(super) fn assignment(&mut self, assignment: &'a Assignment) {
        self.name(&assignment.name);
        self.tab(0);
        self.word("=");
        self.literal(&assignment.value);
    }
}
