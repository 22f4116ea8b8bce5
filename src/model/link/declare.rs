//! All items of a set, kind by kind, in an order that does not depend on the order of its files.

use std::sync::Arc;

use super::{Input, Scenario};
use crate::language::ast::{self, Extend, Item, ItemKind, Name};
use crate::language::{Parsed, Span, Spanned};
use crate::model::Declared;

/// A declaration with its documentation and place.
#[derive(Debug)]
pub(super) struct Of<'a, T> {
    pub(super) it: &'a T,
    pub(super) doc: Option<&'a Spanned<String>>,
    pub(super) span: Span,
}

impl<T> Clone for Of<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Of<'_, T> {}

/// All items, kind by kind.
#[derive(Debug, Default)]
pub(super) struct Items<'a> {
    pub(super) categories: Vec<Of<'a, ast::Category>>,
    pub(super) containers: Vec<Of<'a, ast::Container>>,
    pub(super) memberships: Vec<Of<'a, ast::Membership>>,
    pub(super) manifests: Vec<Of<'a, ast::Manifest>>,
    pub(super) attributes: Vec<Of<'a, ast::Attributes>>,
    pub(super) settings: Vec<Of<'a, ast::Settings>>,
    pub(super) policies: Vec<Of<'a, ast::PolicyObject>>,
    /// Policy objects that a test gives: they replace those of their scope.
    pub(super) given: Vec<Of<'a, ast::PolicyObject>>,
    pub(super) features: Vec<Of<'a, ast::Feature>>,
    pub(super) guards: Vec<Of<'a, ast::Guard>>,
    pub(super) data: Vec<Of<'a, ast::Data>>,
    pub(super) recipients: Vec<Of<'a, ast::Recipient>>,
    pub(super) places: Vec<Of<'a, ast::Place>>,
    pub(super) invariants: Vec<Of<'a, Arc<ast::Invariant>>>,
    pub(super) tests: Vec<Of<'a, Arc<ast::Test>>>,
    pub(super) extends: Vec<Of<'a, Extend>>,
}

impl<'a> Items<'a> {
    /// Libraries first, then the set's own files, each in the order of the files given (the caller sorts them by path).
    pub(super) fn collect(input: Input<'a>) -> Items<'a> {
        let mut items = Items::default();
        for item in input.libraries.iter().flat_map(|file: &Parsed| &file.items) {
            if !matches!(item.kind, ItemKind::Invariant(_) | ItemKind::Test(_)) {
                items.take(item);
            }
        }
        for item in input.own.iter().flat_map(|file| &file.items) {
            items.take(item);
        }
        items
    }

    /// The same with what a test gives, and without what is only checked and never evaluated.
    pub(super) fn in_scenario(mut self, scenario: Scenario<'a>) -> Items<'a> {
        self.given = scenario.policies.iter().copied().map(|it| Of { it, doc: None, span: it.scope.span }).collect();
        self.invariants.retain(|item| scenario.invariant.is_some_and(|wanted| Arc::ptr_eq(item.it, wanted)));
        self.tests.clear();
        self
    }

    fn take(&mut self, item: &'a Item) {
        fn listed<'a, T>(it: &'a T, item: &'a Item) -> Of<'a, T> {
            Of { it, doc: item.doc.as_ref(), span: item.span.0 }
        }
        match &item.kind {
            ItemKind::Use(_) | ItemKind::Resolve(_) | ItemKind::Match(_) => {}
            ItemKind::Category(it) => self.categories.push(listed(it, item)),
            ItemKind::Container(it) => self.containers.push(listed(it, item)),
            ItemKind::Membership(it) => self.memberships.push(listed(it, item)),
            ItemKind::Manifest(it) => self.manifests.push(listed(it, item)),
            ItemKind::Attributes(it) => self.attributes.push(listed(it, item)),
            ItemKind::Settings(it) => self.settings.push(listed(it, item)),
            ItemKind::Policy(it) => self.policies.push(listed(it, item)),
            ItemKind::Feature(it) => self.features.push(listed(it, item)),
            ItemKind::Guard(it) => self.guards.push(listed(it, item)),
            ItemKind::Data(it) => self.data.push(listed(it, item)),
            ItemKind::Recipient(it) => self.recipients.push(listed(it, item)),
            ItemKind::Place(it) => self.places.push(listed(it, item)),
            ItemKind::Invariant(it) => self.invariants.push(listed(it, item)),
            ItemKind::Test(it) => self.tests.push(listed(it, item)),
            ItemKind::Extend(it) => self.extends.push(listed(it, item)),
        }
    }
}

/// What a declaration says about itself.
pub(super) fn declared(name: &Name, title: Option<&Name>, doc: Option<&Spanned<String>>) -> Declared {
    Declared {
        name: name.it.clone(),
        span: name.span,
        doc: doc.map(|doc| doc.it.clone()),
        title: title.map(|title| title.it.clone()).unwrap_or_default(),
    }
}
