//! Changes of one list at a time, as edits: what fixes of findings are made of.

use std::cell::LazyCell;
use std::collections::HashMap;

use super::super::yaml::{Node, Value, parse};
use super::list::{self, Item, is_in_a_line};
use super::page::{Page, Splices};
use crate::diagnostic::code;
use crate::language::{Edit, FileId, Span};

/// A change of the list in which some item stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ListChange {
    /// The item goes.
    Remove,
    /// A text comes behind the last item.
    Append(String),
}

/// The edits that make each change by itself, of lists in a YAML file, found by the places of their items. None where a list
/// has a form that edits do not know, or where an alias or `<<` takes it over.
///
/// Of edits that must not be made together, two overlap.
pub(crate) fn list_edits(file: FileId, text: &str, changes: &[(Span, ListChange)]) -> Vec<Option<Vec<Edit>>> {
    let root = parse(file, text, code::YAML).root;
    let page = Page::new(text);
    let mut found = Found { page: &page, wanted: changes.iter().map(|(item, _)| (*item, Vec::new())).collect() };
    if let Some(root) = &root {
        found.look_through(root);
    }
    let edits = |(item, change): &(Span, ListChange)| {
        // More than one list has an item at this place if something stands for a list that stands elsewhere.
        let [item] = found.wanted.get(item)?.as_slice() else { return None };
        let mut splices = Splices::on(&page);
        let made = match change {
            ListChange::Remove => list::without(*item, &mut splices),
            ListChange::Append(text) => list::with_another(*item, text, &mut splices),
        };
        made.ok().map(|()| splices.into_edits(file))
    };
    changes.iter().map(edits).collect()
}

/// The lists in which items stand that somebody asks for, and where in them.
struct Found<'n, 'a> {
    page: &'n Page<'n>,
    wanted: HashMap<Span, Vec<Item<'n, 'a>>>,
}

impl<'n, 'a> Found<'n, 'a> {
    fn look_through(&mut self, node: &'n Node<'a>) {
        match &node.value {
            Value::Mapping(pairs) => pairs.iter().for_each(|pair| {
                if let Value::List(items) = &pair.value.value {
                    let in_a_line = LazyCell::new(|| is_in_a_line(self.page, &pair.value));
                    for (at, item) in items.iter().enumerate() {
                        if let Some(places) = self.wanted.get_mut(&item.span) {
                            places.push(Item { pair, at, in_a_line: *in_a_line });
                        }
                    }
                }
                self.look_through(&pair.value);
            }),
            Value::List(items) => items.iter().for_each(|item| self.look_through(item)),
            Value::Scalar { .. } => {}
        }
    }
}
