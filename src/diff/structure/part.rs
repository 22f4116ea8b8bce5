//! The parts that a set's declarations are made of, wherever each of them stands.

use std::sync::Arc;

use crate::diff::{Item, Thing};
use crate::language::Span;
use crate::language::ast::{
    self, Assignment, Circumstance, ContainerFlag, Discloses, DomainMatch, Entry, FeatureItem, InvariantClause,
    ManifestPlace, ManifestRule, Name, RecipientIs, Resolution, Role, ScopeKind, ScopeName, Shape, Shows, Stores,
    Target, Type,
};
use crate::language::{Fragment, Sources, Spanned, one_line};

/// What a part goes by when two sets are laid side by side: spelling that means nothing is gone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(in crate::diff) struct Key {
    pub(in crate::diff) thing: Thing,
    pub(in crate::diff) name: String,
    /// Of a container, the category; empty for all others.
    pub(in crate::diff) section: String,
    /// Empty for the declaration itself, or the section itself.
    pub(in crate::diff) part: String,
}

impl Key {
    /// The declaration it belongs to.
    pub(in crate::diff) fn declaration(&self) -> Key {
        Key { thing: self.thing, name: self.name.clone(), section: String::new(), part: String::new() }
    }

    /// The section it belongs to.
    pub(in crate::diff) fn of_section(&self) -> Key {
        Key { section: self.section.clone(), ..self.declaration() }
    }
}

/// A part as one of the sets has it.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Part {
    pub(in crate::diff) said: Said,
    /// How it is called: the name of the declaration and the part, as spelt here.
    pub(in crate::diff) called: Item,
    pub(in crate::diff) span: Span,
}

/// What is declared, as far as its name says.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::diff) enum Head {
    Name(Name),
    Role(Spanned<Role>),
    Object(Name, Spanned<ScopeName>),
    Targets(Vec<Target>),
}

/// What a part says.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::diff) enum Said {
    /// The declaration is there.
    Head(Head),
    Library(Name),
    Resolution(Resolution),
    Match(DomainMatch),
    Title(Name),
    Number(Spanned<u32>),
    Flag(Spanned<ContainerFlag>),
    Field(ast::Field),
    /// The container answers for the category.
    Held,
    Publishes(Name),
    Shows(Vec<Spanned<Shows>>),
    When(Circumstance),
    Grant(Name, Entry),
    ManifestRule(Spanned<ManifestRule>),
    Parameter(ast::Parameter),
    Scopes(Vec<Spanned<ScopeKind>>),
    Like(Spanned<ScopeName>),
    Assignment(Assignment),
    Shape(Spanned<Shape>),
    Line(FeatureItem),
    Discloses(Vec<Spanned<Discloses>>),
    Stores(Vec<Spanned<Stores>>),
    DataPart(ast::DataPart),
    Recipient(ast::Recipient),
    UnderPolicies,
    Clause(Spanned<InvariantClause>),
    Test(Arc<ast::Test>),
}

impl Said {
    /// True if both say the same, whatever the order where order means nothing.
    pub(in crate::diff) fn is_same(&self, other: &Said) -> bool {
        self == other || self.plain() == other.plain()
    }

    /// The same in an order of its own.
    pub(in crate::diff) fn plain(&self) -> Said {
        let mut plain = self.clone();
        match &mut plain {
            // It goes by its name, so it is the same.
            Said::Head(_) => return Said::Held,
            Said::Field(field) => field.value_type.iter_mut().for_each(sort_values),
            Said::Parameter(parameter) => {
                parameter.value_type.iter_mut().for_each(sort_values);
                sort(&mut parameter.aka);
            }
            Said::ManifestRule(rule) => {
                rule.it.subjects.iter_mut().for_each(|subject| sort(&mut subject.from));
                rule.it.subjects.sort_by_key(|subject| subject.kind.it.name());
                rule.it.places.sort_by_key(|place| match &place.it {
                    ManifestPlace::Flag(flag) => (flag.name().to_owned(), false),
                    ManifestPlace::Container(name) => (name.clone(), true),
                });
            }
            Said::Like(scope) => return Said::Title(Name::new(folded_scope(&scope.it), scope.span)),
            Said::Line(FeatureItem::ControlledBy(names) | FeatureItem::Platform(names)) => sort(names),
            Said::Recipient(recipient) => {
                let is = recipient.is.as_mut().map(|is| &mut is.it);
                if let Some(RecipientIs::Network(names) | RecipientIs::Role(names)) = is {
                    sort(names);
                }
            }
            _ => {}
        }
        plain
    }

    /// Its conditions, in order.
    pub(in crate::diff) fn conditions(&self) -> Vec<&Circumstance> {
        match self {
            Said::When(when) => vec![when],
            Said::Line(FeatureItem::Rule(rule)) => vec![&rule.it.when],
            Said::Shows(all) => all.iter().map(|shows| &shows.it.when).collect(),
            Said::Discloses(all) => all.iter().map(|discloses| &discloses.it.when).collect(),
            Said::Stores(all) => all.iter().map(|stores| &stores.it.when).collect(),
            _ => Vec::new(),
        }
    }

    /// The same without conditions.
    pub(in crate::diff) fn unconditional(&self) -> Said {
        let mut rest = self.clone();
        match &mut rest {
            Said::When(when) => *when = Circumstance::default(),
            Said::Line(FeatureItem::Rule(rule)) => rule.it.when = Circumstance::default(),
            Said::Shows(all) => all.iter_mut().for_each(|shows| shows.it.when = Circumstance::default()),
            Said::Discloses(all) => all.iter_mut().for_each(|line| line.it.when = Circumstance::default()),
            Said::Stores(all) => all.iter_mut().for_each(|line| line.it.when = Circumstance::default()),
            _ => {}
        }
        rest
    }

    /// What it says in one line, as the layout has it.
    pub(in crate::diff) fn text(&self, key: &Key, part: &Part, sources: &Sources) -> String {
        let line = |span: Span, fragment: Fragment<'_>| one_line(sources.text(span.file), fragment);
        let lines = |lines: Vec<String>| lines.join(", ");
        match self {
            Said::Head(_) => Item { part: String::new(), ..part.called.clone() }.to_string(),
            Said::Library(name) => format!("use {}", name.it),
            Said::Resolution(how) => format!("resolve per {}", how.name()),
            Said::Match(DomainMatch::Exactly) => "match domains exactly".to_owned(),
            Said::Match(DomainMatch::BySuffix) => "match domains by suffix".to_owned(),
            Said::Title(title) => sources.slice(title.span).to_owned(),
            Said::Number(number) => number.it.to_string(),
            Said::Flag(flag) => flag.it.name().to_owned(),
            Said::Field(field) => described(&field.name, field.value_type.as_ref()),
            Said::Held => format!("masks {}", key.section),
            Said::Publishes(field) => format!("publishes {}.{}", key.section, field.it),
            Said::Shows(all) => lines(all.iter().map(|it| line(it.span, Fragment::Shows(it))).collect()),
            Said::When(when) if when.is_always() => "always".to_owned(),
            Said::When(when) => line(part.span, Fragment::Circumstance(when)),
            Said::Grant(container, entry) => {
                format!("{} has {}", container.it, line(entry.kind.span, Fragment::Entry(entry)))
            }
            Said::ManifestRule(rule) => line(rule.span, Fragment::ManifestRule(rule)),
            Said::Parameter(parameter) => parameter_text(parameter, sources),
            Said::Scopes(scopes) => format!("at {}", lines(scopes.iter().map(|scope| scope.it.name()).collect())),
            Said::Like(scope) => format!("like {}", scope_text(&scope.it)),
            Said::Assignment(assignment) => line(assignment.name.span, Fragment::Assignment(assignment)),
            Said::Shape(shape) => format!("for {}", shape.it.name()),
            Said::Line(FeatureItem::ControlledBy(names)) => format!("controlled by {}", joined(names, ", ")),
            Said::Line(FeatureItem::Platform(names)) => format!("platform {}", joined(names, ", ")),
            Said::Line(item) => line(part.span, Fragment::FeatureItem(item)),
            Said::Discloses(all) => lines(all.iter().map(|it| line(it.span, Fragment::Discloses(it))).collect()),
            Said::Stores(all) => lines(all.iter().map(|it| line(it.span, Fragment::Stores(it))).collect()),
            Said::DataPart(data) => data.name.it.clone(),
            Said::Recipient(recipient) => line(recipient.name.span, Fragment::Recipient(recipient)),
            Said::UnderPolicies => "under policies".to_owned(),
            Said::Clause(clause) => line(clause.span, Fragment::InvariantClause(clause)),
            Said::Test(test) => line(test.label.span, Fragment::Test(test)),
        }
    }
}

fn sort(names: &mut [Name]) {
    names.sort_by(|one, other| one.it.cmp(&other.it));
}

/// Nothing compares the values of an enumeration but for being the same.
fn sort_values(of: &mut Spanned<Type>) {
    if let Type::Enumeration(values) = &mut of.it {
        sort(values);
    }
}

/// Names with a sign between.
pub(super) fn joined(names: &[Name], between: &str) -> String {
    names.iter().map(|name| name.it.as_str()).collect::<Vec<&str>>().join(between)
}

/// A field or parameter with its type. Its values may stand in several files.
fn described(name: &Name, of: Option<&Spanned<Type>>) -> String {
    let words = of.map(|of| match &of.it {
        Type::Bool => "bool".to_owned(),
        Type::Text => "text".to_owned(),
        Type::Range(low, high) => format!("{low}..{high}"),
        Type::Enumeration(values) => joined(values, " | "),
    });
    words.map_or_else(|| name.it.clone(), |words| format!("{}: {words}", name.it))
}

fn parameter_text(parameter: &ast::Parameter, sources: &Sources) -> String {
    let mut text = described(&parameter.name, parameter.value_type.as_ref());
    if let Some(default) = &parameter.default {
        text.push_str(&format!(" = {}", sources.slice(default.span)));
    }
    if !parameter.aka.is_empty() {
        text.push_str(&format!(" aka {}", joined(&parameter.aka, ", ")));
    }
    text
}

/// A scope as it is spelt.
pub(super) fn scope_text(scope: &ScopeName) -> String {
    let (word, name) = scope.words();
    name.map_or_else(|| word.to_owned(), |name| format!("{word} {}", name.it))
}

/// A scope without case, which means nothing in names of sites, services and tags.
pub(super) fn folded_scope(scope: &ScopeName) -> String {
    scope_text(scope).to_lowercase()
}
