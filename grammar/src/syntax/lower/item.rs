//! Items: what stands at the top of a file.

use std::sync::Arc;

use pest::iterators::{Pair, Pairs};

use super::Lower;
use super::parts::Parts;
use crate::diagnostic::{Diagnostic, code};
use crate::syntax::ast::{DomainMatch, Extend, Item, ItemKind, ItemSpan, Resolution};
use crate::syntax::grammar::Rule;
use crate::text::{Span, Spanned};

impl Lower<'_> {
    /// The items of a file.
    pub(in crate::syntax) fn items(&mut self, file: Pairs<'_, Rule>) -> Vec<Item> {
        let mut items = Vec::new();
        // The start and end of the last item, while nothing unreadable followed it.
        let mut last: Option<(usize, usize)> = None;
        for pair in file.flat_map(Pair::into_inner) {
            let span = self.place(&pair);
            let (start, end) = (span.start as usize, span.end as usize);
            match pair.as_rule() {
                Rule::EOI => {}
                Rule::bad_item => {
                    // `place archive "Archive" foo` goes wrong inside the item before.
                    let broken =
                        last.filter(|(_, to)| self.text.get(*to..start).is_some_and(|gap| !gap.contains('\n')));
                    let closed = broken.is_some_and(|(_, to)| self.text.get(..to).is_some_and(|it| it.ends_with('}')));
                    let from = broken.filter(|_| !closed).map_or(start, |(from, _)| from);
                    self.report(Rule::item_probe, from, start, end);
                    self.report_number(from, end);
                    last = None;
                }
                _ => {
                    let doc = self.doc(start);
                    match self.item(pair, span) {
                        Some(kind) => items.push(Item { doc, kind, span: ItemSpan(span) }),
                        None => self.lose(start, end),
                    }
                    last = Some((start, end));
                }
            }
        }
        items
    }

    fn item(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<ItemKind> {
        let rule = pair.as_rule();
        let mut parts = Parts::new(pair);
        Some(match rule {
            Rule::use_library => ItemKind::Use(self.name(&parts.take(Rule::library_path)?)),
            Rule::resolve => {
                let how = self.word(&parts.take(Rule::resolution)?, Resolution::named)?;
                ItemKind::Resolve(Spanned::new(how.it, span))
            }
            Rule::match_domains => {
                let how = parts.take(Rule::domain_match)?;
                let by = if how.as_str().starts_with("by") { DomainMatch::BySuffix } else { DomainMatch::Exactly };
                ItemKind::Match(Spanned::new(by, span))
            }
            Rule::category => ItemKind::Category(self.category(parts, Rule::category_open)?),
            Rule::container => ItemKind::Container(self.container(parts)?),
            Rule::membership => ItemKind::Membership(self.membership(parts)?),
            Rule::manifest => ItemKind::Manifest(self.manifest(parts)?),
            Rule::attributes => ItemKind::Attributes(self.attributes(parts, Rule::attributes_open)?),
            Rule::settings => ItemKind::Settings(self.settings(parts, Rule::settings_open)?),
            Rule::policy => ItemKind::Policy(self.policy(parts, Rule::policy_open)?),
            Rule::feature => ItemKind::Feature(self.feature(parts)?),
            Rule::guard => ItemKind::Guard(self.guard(parts, Rule::guard_open)?),
            Rule::data => ItemKind::Data(self.data(parts)?),
            Rule::recipient => ItemKind::Recipient(self.recipient(parts)?),
            Rule::place => ItemKind::Place(self.storage(parts)?),
            Rule::invariant => ItemKind::Invariant(Arc::new(self.invariant(parts)?)),
            Rule::test => ItemKind::Test(Arc::new(self.test(parts)?)),
            Rule::extend_category => {
                ItemKind::Extend(Extend::Category(self.category(parts, Rule::extend_category_open)?))
            }
            Rule::extend_container => {
                let (mut open, brace) = self.open(&mut parts, Rule::extend_container_open)?;
                let name = self.name(&open.take(Rule::container_name)?);
                let items = self.container_items(parts.take(Rule::container_body)?, brace);
                ItemKind::Extend(Extend::Container { name, items })
            }
            Rule::extend_feature => {
                let (mut open, brace) = self.open(&mut parts, Rule::extend_feature_open)?;
                let name = self.name(&open.take(Rule::feature_name)?);
                let items = self.feature_items(parts.take(Rule::feature_body)?, brace);
                ItemKind::Extend(Extend::Feature { name, items })
            }
            Rule::extend_guard => ItemKind::Extend(Extend::Guard(self.guard(parts, Rule::extend_guard_open)?)),
            Rule::extend_attributes => {
                ItemKind::Extend(Extend::Attributes(self.attributes(parts, Rule::extend_attributes_open)?))
            }
            Rule::extend_settings => {
                ItemKind::Extend(Extend::Settings(self.settings(parts, Rule::extend_settings_open)?))
            }
            _ => return self.broken(parts, span.start as usize),
        })
    }

    /// The first line of a declaration, and where its brace opens.
    pub(super) fn open<'i>(&self, parts: &mut Parts<'i>, rule: Rule) -> Option<(Parts<'i>, usize)> {
        let open = parts.take(rule)?;
        let brace = self.place(&open).end as usize;
        Some((Parts::new(open), brace.saturating_sub(1)))
    }

    /// A declaration whose first line cannot be read: says why, and reads its entries for their errors only.
    fn broken(&mut self, mut parts: Parts<'_>, start: usize) -> Option<ItemKind> {
        let of_guard = parts.take(Rule::kw_guard).is_some();
        let _ = parts.take(Rule::broken_head);
        let brace = parts.take(Rule::brace_open)?.as_span().start();
        self.report(Rule::item_probe, start, start, brace + 1);
        self.report_number(start, brace);
        let body = parts.next()?;
        match body.as_rule() {
            Rule::category_body => drop(self.block(body, brace, Rule::category_probe, Self::field)),
            Rule::container_body => drop(self.container_items(body, brace)),
            Rule::membership_body => drop(self.block(body, brace, Rule::membership_probe, Self::grant)),
            Rule::manifest_body => drop(self.block(body, brace, Rule::manifest_probe, Self::manifest_rule)),
            Rule::parameter_body => drop(self.parameters(body, brace)),
            Rule::assignment_body => drop(self.assignments(body, brace)),
            Rule::feature_body if of_guard => drop(self.guard_items(body, brace)),
            Rule::feature_body => drop(self.feature_items(body, brace)),
            Rule::invariant_body => drop(self.block(body, brace, Rule::invariant_probe, Self::clause)),
            _ => drop(self.block(body, brace, Rule::test_probe, Self::test_item)),
        }
        None
    }

    /// An operator of another language, with ours.
    pub(super) fn foreign(&mut self, written: &Pair<'_, Rule>, ours: &str) {
        let span = self.place(written);
        let shown = written.as_str().trim_end();
        let diagnostic = Diagnostic::new(code::FOREIGN_OPERATOR, format!("`{shown}` is written `{ours}` here"))
            .at(span, "")
            .fix(format!("write `{ours}`"), span, ours);
        self.push(diagnostic);
    }

    /// A part of a declaration given twice.
    pub(super) fn repeated(&mut self, what: &str, first: Span, second: Span) {
        let diagnostic = Diagnostic::new(code::REPEATED_PART, format!("{what} is given twice"))
            .at(second, "given again here")
            .at(first, "first given here")
            .help("take one of them away");
        self.push(diagnostic);
    }
}
