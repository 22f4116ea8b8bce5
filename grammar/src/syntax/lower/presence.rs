//! Categories, containers, memberships and manifests.

use pest::iterators::Pair;

use super::Lower;
use super::parts::Parts;
use crate::diagnostic::{Diagnostic, code};
use crate::syntax::ast::{
    Cardinality, Category, Container, ContainerFlag, ContainerItem, Entry, EntryKind, Field, Granted, Manifest,
    ManifestPlace, ManifestRule, ManifestSubject, Membership, Name, Named, Remedy, Shows, SubjectKind,
};
use crate::syntax::grammar::Rule;
use crate::syntax::recover::shown;
use crate::text::{Span, Spanned};

impl Lower<'_> {
    pub(super) fn category(&mut self, mut parts: Parts<'_>, open: Rule) -> Option<Category> {
        let (mut head, brace) = self.open(&mut parts, open)?;
        let name = self.name(&head.take(Rule::category_name)?);
        let fields = self.block(parts.take(Rule::category_body)?, brace, Rule::category_probe, Self::field);
        Some(Category { name, fields })
    }

    pub(super) fn field(&mut self, pair: Pair<'_, Rule>) -> Option<Field> {
        let doc = self.doc(pair.as_span().start());
        let mut parts = Parts::new(pair);
        let name = self.name(&parts.take(Rule::field_name)?);
        let mut of = None;
        if let Some(written) = parts.take(Rule::field_type) {
            of = Some(self.value_type(Parts::new(written).take(Rule::value_type)?, Self::foreign_type_of_field)?);
        }
        let also = parts.take(Rule::also).map(|also| self.names(also, Rule::value_name)).unwrap_or_default();
        Some(Field { doc, name, value_type: of, also })
    }

    /// All names of one rule in a pair.
    pub(super) fn names(&self, pair: Pair<'_, Rule>, rule: Rule) -> Vec<Name> {
        Parts::new(pair).all(rule).iter().map(|name| self.name(name)).collect()
    }

    pub(super) fn container(&mut self, mut parts: Parts<'_>) -> Option<Container> {
        let (mut head, brace) = self.open(&mut parts, Rule::container_open)?;
        let name = self.name(&head.take(Rule::container_name)?);
        let id = self.container_id(head.take(Rule::container_id)?)?;
        let title = head.take(Rule::title).map(|title| self.name(&title));
        let mut flags: Vec<Spanned<ContainerFlag>> = Vec::new();
        for written in head.all(Rule::flag) {
            let Some(flag) = self.word(&written, ContainerFlag::named) else { continue };
            match flags.iter().find(|first| **first == flag) {
                Some(first) => self.repeated(&format!("`{}`", written.as_str()), first.span, flag.span),
                None => flags.push(flag),
            }
        }
        let items = self.container_items(parts.take(Rule::container_body)?, brace);
        Some(Container { name, id, title, flags, items })
    }

    fn container_id(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<u32>> {
        let integer = Parts::new(pair).take(Rule::integer)?;
        let span = self.place(&integer);
        Some(Spanned::new(self.container_number(integer.as_str(), span), span))
    }

    /// The number of a container; one that cannot be is an error, and 0.
    pub(in crate::syntax) fn container_number(&mut self, written: &str, span: Span) -> u32 {
        written.parse::<u32>().unwrap_or_else(|_| {
            let message = format!("`{}` is no container id", shown(written));
            self.push(Diagnostic::new(code::BAD_NUMBER, message).at(span, "").help("ids lie between 0 and 32767"));
            0
        })
    }

    pub(super) fn container_items(&mut self, body: Pair<'_, Rule>, brace: usize) -> Vec<ContainerItem> {
        self.block(body, brace, Rule::container_probe, Self::container_item)
    }

    fn container_item(&mut self, pair: Pair<'_, Rule>) -> Option<ContainerItem> {
        let (rule, span) = (pair.as_rule(), self.place(&pair));
        let mut parts = Parts::new(pair);
        Some(match rule {
            Rule::publishes => ContainerItem::Publishes(self.published(parts)),
            Rule::withholds => ContainerItem::Withholds(self.published(parts)),
            Rule::masks => {
                ContainerItem::Masks(parts.all(Rule::category_name).iter().map(|name| self.name(name)).collect())
            }
            _ => {
                let target = self.target(&parts.take(Rule::field_target)?)?;
                let value = self.value(parts.take(Rule::value)?)?;
                let when = self.circumstance(&mut parts)?;
                ContainerItem::Shows(Spanned::new(Shows { target, value, when }, span))
            }
        })
    }

    fn published(&mut self, mut parts: Parts<'_>) -> Vec<Spanned<Named>> {
        let mut all = Vec::new();
        for pair in parts.all(Rule::published) {
            let span = self.place(&pair);
            let mut parts = Parts::new(pair);
            let named = if let Some(dotted) = parts.take(Rule::field_target) {
                self.target(&dotted).map(|target| Named {
                    category: target.category,
                    fields: target.field.map(|field| vec![field]),
                    dotted: true,
                })
            } else {
                parts.take(Rule::category_name).map(|category| {
                    let fields = parts.take(Rule::field_list);
                    let fields = fields.map(|list| self.list(list, |lower, name| Some(lower.name(&name))));
                    Named { category: self.name(&category), fields, dotted: false }
                })
            };
            all.extend(named.map(|named| Spanned::new(named, span)));
        }
        all
    }

    pub(super) fn membership(&mut self, mut parts: Parts<'_>) -> Option<Membership> {
        let (mut head, brace) = self.open(&mut parts, Rule::membership_open)?;
        let label = self.name(&head.take(Rule::label)?);
        let when = self.circumstance(&mut head)?;
        let grants = self.block(parts.take(Rule::membership_body)?, brace, Rule::membership_probe, Self::grant);
        Some(Membership { label, when, grants })
    }

    pub(super) fn grant(&mut self, pair: Pair<'_, Rule>) -> Option<Granted> {
        let mut parts = Parts::new(pair);
        let container = self.name(&parts.take(Rule::container_name)?);
        let entries = parts.all(Rule::entry).into_iter().filter_map(|entry| self.entry(entry)).collect();
        Some(Granted { container, entries })
    }

    pub(super) fn entry(&mut self, pair: Pair<'_, Rule>) -> Option<Entry> {
        let span = self.place(&pair);
        let inner = pair.into_inner().next()?;
        let word = |word: &str| match word {
            "same_enterprise" => Some(EntryKind::SameEnterprise),
            "federated" => Some(EntryKind::Federated),
            "public_cloud" => Some(EntryKind::PublicCloud),
            "authenticated" => Some(EntryKind::Authenticated),
            "everyone" => Some(EntryKind::Everyone),
            _ => None,
        };
        let (kind, value) = match inner.as_rule() {
            Rule::group_entry => (EntryKind::Group, Parts::new(inner).take(Rule::group_name)),
            Rule::domain_entry => (EntryKind::Domain, Parts::new(inner).take(Rule::domain_name)),
            Rule::person => (EntryKind::User, Some(inner)),
            _ => (self.word(&inner, word)?.it, None),
        };
        let value = value.map(|value| self.name(&value));
        // Of `group g` the word is the type; a bare address is its own.
        let kind_span = match kind {
            EntryKind::Group => self.span(span.start as usize, span.start as usize + "group".len()),
            EntryKind::Domain => self.span(span.start as usize, span.start as usize + "domain".len()),
            _ => span,
        };
        Some(Entry { kind: Spanned::new(kind, kind_span), value })
    }

    pub(super) fn manifest(&mut self, mut parts: Parts<'_>) -> Option<Manifest> {
        let (mut head, brace) = self.open(&mut parts, Rule::manifest_open)?;
        let name = self.name(&head.take(Rule::manifest_name)?);
        let before = head.take(Rule::before).map(|before| self.names(before, Rule::manifest_name)).unwrap_or_default();
        let when = self.circumstance(&mut head)?;
        let rules = self.block(parts.take(Rule::manifest_body)?, brace, Rule::manifest_probe, Self::manifest_rule);
        Some(Manifest { name, before, when, rules })
    }

    pub(super) fn manifest_rule(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<ManifestRule>> {
        let span = self.place(&pair);
        let mut parts = Parts::new(pair);
        let subjects = parts.all(Rule::subject).into_iter().filter_map(|subject| self.subject(subject)).collect();
        let places = parts.all(Rule::container_name).iter().map(|place| self.manifest_place(place)).collect();
        let mut rule = ManifestRule { subjects, places, cardinality: None, default: None, otherwise: None };
        loop {
            let comma = parts.has(Rule::comma);
            let Some(part) = parts.take(Rule::manifest_part) else { break };
            if !comma {
                let start = part.as_span().start();
                self.missing_separator(self.end_before(start), start);
            }
            self.manifest_part(&mut rule, part);
        }
        Some(Spanned::new(rule, span))
    }

    fn subject(&mut self, pair: Pair<'_, Rule>) -> Option<ManifestSubject> {
        let mut parts = Parts::new(pair);
        let written = parts.take(Rule::subject_kind)?;
        let kind = self.word(&written, SubjectKind::named)?;
        let from = parts.take(Rule::subject_from).map(|from| self.names(from, Rule::network_name)).unwrap_or_default();
        Some(ManifestSubject { kind, from })
    }

    fn manifest_place(&self, written: &Pair<'_, Rule>) -> Spanned<ManifestPlace> {
        let container = || ManifestPlace::Container(written.as_str().to_owned());
        let place = ContainerFlag::named(written.as_str()).map_or_else(container, ManifestPlace::Flag);
        Spanned::new(place, self.place(written))
    }

    fn manifest_part(&mut self, rule: &mut ManifestRule, pair: Pair<'_, Rule>) {
        let span = self.place(&pair);
        let Some(part) = pair.into_inner().next() else { return };
        match part.as_rule() {
            Rule::cardinality => {
                let exactly = part.as_str().starts_with("exactly");
                let many = if exactly { Cardinality::ExactlyOne } else { Cardinality::AtMostOne };
                match &rule.cardinality {
                    Some(first) => self.repeated("how many entries there may be", first.span, span),
                    None => rule.cardinality = Some(Spanned::new(many, span)),
                }
            }
            Rule::default_part => {
                let Some(name) = Parts::new(part).take(Rule::container_name) else { return };
                match &rule.default {
                    Some(first) => self.repeated("the default container", first.span, span),
                    None => rule.default = Some(self.name(&name)),
                }
            }
            _ => {
                let Some(written) = Parts::new(part).take(Rule::remedy) else { return };
                let remedy = match written.into_inner().next().map(|word| word.as_rule()) {
                    Some(Rule::kw_move) => Remedy::Move,
                    Some(Rule::kw_remove) => Remedy::Remove,
                    Some(Rule::kw_make) => Remedy::MakeContact,
                    _ => return,
                };
                match &rule.otherwise {
                    Some(first) => self.repeated("what becomes of other entries", first.span, span),
                    None => rule.otherwise = Some(Spanned::new(remedy, span)),
                }
            }
        }
    }
}
