//! A table of lists: a row for each contact, delegate or entry.

use std::borrow::Cow;
use std::collections::HashSet;

use rustc_hash::FxHashMap;

use crate::diagnostic::code;
use crate::directory::csv::Row;
use crate::directory::form::Form;
use crate::directory::known::Ticket;
use crate::directory::read::item;
use crate::directory::yaml::{Node, Value};
use crate::directory::{Address, Lists, Name};
use crate::language::{Diagnostic, Span, Spanned};

use super::{Body, USER};

/// What such a table can hold, and its columns beside the user.
pub(super) const LISTS: [(ListKind, &[&str]); 3] = [
    (ListKind::Contacts, &["contact"]),
    (ListKind::Delegates, &["delegate"]),
    (ListKind::Memberships, &["container", "entry"]),
];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    Contacts,
    Delegates,
    Memberships,
}

/// Which column holds what.
pub(super) struct Listing {
    kind: ListKind,
    user: usize,
    container: Option<usize>,
    item: usize,
}

/// What a table lists of one user: items by container, or without one.
struct Listed<'a> {
    address: Spanned<Address>,
    items: Vec<(Option<Name>, Vec<Node<'a>>)>,
}

impl Listing {
    /// None if the first row is not that of a table of lists.
    pub(super) fn from_header(header: &Row<'_>) -> Option<Listing> {
        let column = |name: &str| header.cells.iter().position(|cell| cell.as_text() == name);
        let (kind, columns) =
            LISTS.into_iter().find(|(_, columns)| columns.iter().all(|name| column(name).is_some()))?;
        let user = column(USER)?;
        if header.cells.len() != columns.len() + 1 {
            return None;
        }
        let item = column(columns.last()?)?;
        Some(Listing { kind, user, container: column("container"), item })
    }

    /// The lists of everybody, in the order of their first rows.
    pub(super) fn read<'a>(&self, form: &mut Form<'a>, body: &mut Body<'a>, row: &mut Row<'a>) -> Vec<Lists> {
        let mut all: Vec<Listed<'a>> = Vec::new();
        let mut of_user: FxHashMap<Ticket, usize> = FxHashMap::default();
        let mut malformed: HashSet<String> = HashSet::new();
        // Most rows are about the user of the row before.
        let mut before: Option<(Cow<'a, str>, usize)> = None;
        while body.next_into(form, row) {
            let Some(Node { span, value: Value::Scalar { text, .. }, .. }) = row.cells.get(self.user) else { continue };
            let at = match &before {
                Some((user, at)) if user == text => *at,
                _ => {
                    let Ok((address, ticket)) = form.known.address(text) else {
                        // Once for all of its rows.
                        if malformed.insert(text.to_string()) {
                            item::address(form, text, *span);
                        }
                        continue;
                    };
                    let at = *of_user.entry(ticket).or_insert_with(|| {
                        all.push(Listed { address: Spanned::new(address, *span), items: Vec::new() });
                        all.len() - 1
                    });
                    before = Some((text.clone(), at));
                    at
                }
            };
            if let Some(listed) = all.get_mut(at) {
                self.take(form, listed, row);
            }
        }
        all.into_iter().map(|listed| self.lists(form, listed)).collect()
    }

    fn take<'a>(&self, form: &mut Form<'a>, listed: &mut Listed<'a>, row: &Row<'a>) {
        let Some(item) = row.cells.get(self.item) else { return };
        let container = self.container.and_then(|container| row.cells.get(container)).map(|cell| {
            let name = cell.as_text();
            (name, cell.span)
        });
        if let Some(("", span)) = container {
            if !item.as_text().is_empty() {
                form.report(nowhere(span));
            }
            return;
        }
        let same =
            |(name, _): &(Option<Name>, _)| name.as_ref().map(|name| name.it.as_str()) == container.map(|it| it.0);
        let at = listed.items.iter().rposition(same).unwrap_or_else(|| {
            let name = container.map(|(name, span)| Name::new(name.to_owned(), span));
            listed.items.push((name, Vec::new()));
            listed.items.len() - 1
        });
        if let Some((_, items)) = listed.items.get_mut(at)
            && !item.as_text().is_empty()
        {
            items.push(item.clone());
        }
    }

    fn lists<'a>(&self, form: &mut Form<'a>, listed: Listed<'a>) -> Lists {
        let Listed { address, items } = listed;
        let span = address.span;
        let list = |items: Vec<Node<'a>>| Node::new(span, Value::List(items));
        let mut lists = Lists::new(address);
        if self.kind == ListKind::Memberships {
            let entries = items
                .into_iter()
                .filter_map(|(name, items)| Some((name?, item::entries(form, &list(items)).unwrap_or_default())));
            lists.memberships = Some(entries.collect());
            return lists;
        }
        let items = items.into_iter().next().map(|(_, items)| items).unwrap_or_default();
        let people = item::addresses(form, &list(items));
        match self.kind {
            ListKind::Contacts => lists.contacts = people,
            _ => lists.delegates = people,
        }
        lists
    }
}

fn nowhere(cell: Span) -> Diagnostic {
    Diagnostic::new(code::CSV, "an entry without a container").at(cell, "").help("name the container it stands in")
}
