//! Attributes, settings and policy objects.

use pest::iterators::Pair;

use super::Lower;
use super::parts::Parts;
use crate::diagnostic::{Diagnostic, code};
use crate::syntax::ast::{
    Assignment, Attributes, Name, Parameter, PolicyObject, Role, ScopeKind, ScopeName, Settings, Type,
};
use crate::syntax::grammar::Rule;
use crate::text::Spanned;

impl Lower<'_> {
    pub(super) fn attributes(&mut self, mut parts: Parts<'_>, open: Rule) -> Option<Attributes> {
        let (mut head, brace) = self.open(&mut parts, open)?;
        let role = self.word(&head.take(Rule::attribute_role)?, Role::named)?;
        let parameters = self.parameters(parts.take(Rule::parameter_body)?, brace);
        Some(Attributes { role, parameters })
    }

    pub(super) fn settings(&mut self, mut parts: Parts<'_>, open: Rule) -> Option<Settings> {
        let (mut head, brace) = self.open(&mut parts, open)?;
        let class = self.name(&head.take(Rule::class_name)?);
        let scopes = head.all(Rule::settings_scope).into_iter().map(|scope| self.settings_scope(scope)).collect();
        let parameters = self.parameters(parts.take(Rule::parameter_body)?, brace);
        Some(Settings { class, scopes, parameters })
    }

    fn settings_scope(&mut self, pair: Pair<'_, Rule>) -> Spanned<ScopeKind> {
        let (span, written) = (self.place(&pair), pair.as_str());
        let kind = match written {
            "global" => ScopeKind::Global,
            "site" => ScopeKind::Site,
            "tag" => ScopeKind::Tag,
            "network_site" => ScopeKind::NetworkSite,
            _ => {
                let role = Parts::new(pair).take(Rule::service_role);
                ScopeKind::Service(role.map(|role| role.as_str().to_owned()).unwrap_or_default())
            }
        };
        Spanned::new(kind, span)
    }

    pub(super) fn parameters(&mut self, body: Pair<'_, Rule>, brace: usize) -> Vec<Parameter> {
        self.block(body, brace, Rule::parameter_probe, Self::parameter)
    }

    fn parameter(&mut self, pair: Pair<'_, Rule>) -> Option<Parameter> {
        let doc = self.doc(pair.as_span().start());
        let mut parts = Parts::new(pair);
        let name = self.name(&parts.take(Rule::setting_name)?);
        let also = parts.take(Rule::also).map(|also| self.names(also, Rule::value_name)).unwrap_or_default();
        let (mut of, mut default) = (None, None);
        if let Some(written) = parts.take(Rule::parameter_type) {
            let mut typed = Parts::new(written);
            of = Some(self.value_type(typed.take(Rule::value_type)?, Self::foreign_type)?);
            default = Some(self.value(typed.take(Rule::value)?)?);
        }
        let aka = parts.take(Rule::aka).map(|aka| self.names(aka, Rule::setting_name)).unwrap_or_default();
        Some(Parameter { doc, name, value_type: of, default, aka, also })
    }

    /// A type; `foreign` reads a lone name, which may be what another language calls one.
    pub(super) fn value_type(
        &mut self,
        pair: Pair<'_, Rule>,
        foreign: fn(&mut Self, &Name) -> Option<Type>,
    ) -> Option<Spanned<Type>> {
        let span = self.place(&pair);
        let inner = pair.into_inner().next()?;
        let of = match inner.as_rule() {
            Rule::bool_type => Type::Bool,
            Rule::text_type => Type::Text,
            Rule::range => {
                let mut parts = Parts::new(inner);
                let (low, high) = (parts.take(Rule::integer)?, parts.take(Rule::integer)?);
                Type::Range(self.integer(&low).it, self.integer(&high).it)
            }
            _ => {
                let values = self.names(inner, Rule::value_name);
                match values.as_slice() {
                    [only] => foreign(self, only).unwrap_or(Type::Enumeration(values)),
                    _ => Type::Enumeration(values),
                }
            }
        };
        Some(Spanned::new(of, span))
    }

    /// The same for a field, of which linking says that it is no text and no number.
    pub(super) fn foreign_type_of_field(&mut self, name: &Name) -> Option<Type> {
        match type_elsewhere(&name.it) {
            Some((of, _)) if of != Type::Bool => Some(of),
            _ => self.foreign_type(name),
        }
    }

    /// The type that another language calls by this name. As a list of one value it would be read otherwise.
    fn foreign_type(&mut self, name: &Name) -> Option<Type> {
        let (of, ours) = type_elsewhere(&name.it)?;
        let diagnostic = match ours {
            Some(ours) => {
                Diagnostic::new(code::FOREIGN_TYPE, format!("the type `{}` is written `{ours}` here", name.it))
                    .at(name.span, "")
                    .help(format!("write `{ours}`; a list of values has `|` between them"))
                    .fix(format!("write `{ours}`"), name.span, ours)
            }
            None => Diagnostic::new(code::FOREIGN_TYPE, format!("there is no type `{}`", name.it))
                .at(name.span, "")
                .help("say which numbers there can be, as in `0..100`"),
        };
        self.push(diagnostic);
        Some(of)
    }

    /// A policy object that is declared, or that a test gives; `opening` is the rule of its first line.
    pub(super) fn policy(&mut self, mut parts: Parts<'_>, opening: Rule) -> Option<PolicyObject> {
        let (mut head, brace) = self.open(&mut parts, opening)?;
        let class = self.name(&head.take(Rule::class_name)?);
        let scope = self.scope(head.next()?)?;
        let mut like = None;
        if let Some(written) = head.take(Rule::like) {
            like = Some(self.scope(Parts::new(written).take(Rule::scope)?)?);
        }
        let assignments = self.assignments(parts.take(Rule::assignment_body)?, brace);
        Some(PolicyObject { class, scope, like, assignments })
    }

    fn scope(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<ScopeName>> {
        let (rule, span) = (pair.as_rule(), self.place(&pair));
        let mut parts = Parts::new(pair);
        match rule {
            Rule::given_scope => return self.scope(parts.next()?),
            Rule::of_person => return Some(Spanned::new(ScopeName::Person(self.person(&mut parts)?), span)),
            _ => {}
        }
        let Some(kind) = parts.take(Rule::scope_kind) else {
            return Some(Spanned::new(ScopeName::Global, span));
        };
        let name = self.name(&parts.take(Rule::scope_value)?);
        let scope = match kind.as_str() {
            "site" => ScopeName::Site(name),
            "service" => ScopeName::Service(name),
            "tag" => ScopeName::Tag(name),
            _ => ScopeName::NetworkSite(name),
        };
        Some(Spanned::new(scope, span))
    }

    pub(super) fn assignments(&mut self, body: Pair<'_, Rule>, brace: usize) -> Vec<Assignment> {
        self.block(body, brace, Rule::assignment_probe, Self::assignment)
    }

    fn assignment(&mut self, pair: Pair<'_, Rule>) -> Option<Assignment> {
        let mut parts = Parts::new(pair);
        let name = self.name(&parts.take(Rule::assigned_name)?);
        if let Some(foreign) = parts.take(Rule::foreign_equals) {
            self.foreign(&foreign, "=");
        }
        let value = self.value(parts.take(Rule::value)?)?;
        Some(Assignment { name, value })
    }
}

/// What other languages call so, and how it is written here, if one word says it.
fn type_elsewhere(name: &str) -> Option<(Type, Option<&'static str>)> {
    match name.to_lowercase().as_str() {
        "bool" | "boolean" | "logical" => Some((Type::Bool, Some("bool"))),
        "text" | "string" | "str" | "varchar" => Some((Type::Text, Some("text"))),
        "int" | "integer" | "uint" | "long" | "number" | "numeric" => Some((Type::Range(i64::MIN, i64::MAX), None)),
        _ => None,
    }
}
