//! Changes of one list at a time, as edits: what fixes of findings are made of.

use std::collections::HashMap;

use super::super::yaml::{Node, Pair, Value, parse};
use super::list::List;
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

/// The edits that make each change by itself, of lists in a YAML file, found by the places of their items. None where a
/// list has a form that edits do not know, or where an alias or `<<` takes it over.
///
/// Of edits that must not be made together, two overlap.
pub(crate) fn list_edits(file: FileId, text: &str, changes: &[(Span, ListChange)]) -> Vec<Option<Vec<Edit>>> {
    let root = parse(file, text, code::YAML).root;
    let page = Page::new(text);
    let mut found = Found::default();
    for (index, (item, _)) in changes.iter().enumerate() {
        found.wanted.entry(*item).or_default().changes.push(index);
    }
    if let Some(root) = &root {
        found.look_through(root);
    }
    let mut edits = vec![None; changes.len()];
    for (pair, places) in &found.lists {
        let Ok(list) = List::read(&page, pair) else { continue };
        for (item, at) in places {
            // More than one list has an item at this place if something stands for a list that stands elsewhere.
            let Some(wanted) = found.wanted.get(item).filter(|wanted| wanted.lists == 1) else { continue };
            for index in &wanted.changes {
                if let (Some(edits), Some((_, change))) = (edits.get_mut(*index), changes.get(*index)) {
                    *edits = made(&page, list, *at, change).map(|splices| splices.into_edits(file));
                }
            }
        }
    }
    edits
}

fn made<'p>(page: &'p Page<'p>, list: List<'_, '_>, at: usize, change: &ListChange) -> Option<Splices<'p>> {
    let mut splices = Splices::on(page);
    let made = match change {
        ListChange::Remove => list.without(at, &mut splices),
        ListChange::Append(text) => list.with(text, &mut splices),
    };
    made.ok().map(|()| splices)
}

/// Which changes are of an item, and how many lists have it.
#[derive(Default)]
struct Wanted {
    changes: Vec<usize>,
    lists: usize,
}

/// The lists in which items stand that somebody asks for, and where in them.
#[derive(Default)]
struct Found<'n, 'a> {
    wanted: HashMap<Span, Wanted>,
    lists: Vec<(&'n Pair<'a>, Vec<(Span, usize)>)>,
}

impl<'n, 'a> Found<'n, 'a> {
    fn look_through(&mut self, node: &'n Node<'a>) {
        match &node.value {
            Value::Mapping(pairs) => pairs.iter().for_each(|pair| {
                if let Value::List(items) = &pair.value.value {
                    let mut places = Vec::new();
                    for (at, item) in items.iter().enumerate() {
                        if let Some(wanted) = self.wanted.get_mut(&item.span) {
                            wanted.lists += 1;
                            places.push((item.span, at));
                        }
                    }
                    if !places.is_empty() {
                        self.lists.push((pair, places));
                    }
                }
                self.look_through(&pair.value);
            }),
            Value::List(items) => items.iter().for_each(|item| self.look_through(item)),
            Value::Scalar { .. } => {}
        }
    }
}
