//! Changes of one list at a time, as edits: what fixes of findings are made of.

use std::collections::HashMap;

use super::super::yaml::{Node, Pair, Value, parse};
use super::habit::Habit;
use super::list::{self, Draft};
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
    let mut found = Found { wanted: changes.iter().map(|(item, _)| (*item, Vec::new())).collect() };
    if let Some(root) = &root {
        found.look_through(root);
    }
    let edits = |(item, change): &(Span, ListChange)| {
        // More than one list has an item at this place if something stands for a list that stands elsewhere.
        let [(pair, at)] = found.wanted.get(item)?.as_slice() else { return None };
        let mut splices = Splices::on(&page);
        let made = match change {
            ListChange::Remove => list::without(pair, *at, &mut splices),
            ListChange::Append(text) => {
                let mut draft = Draft::new(&[]);
                draft.add(text);
                list::edit(Habit::USUAL, pair, &draft, &mut splices)
            }
        };
        made.ok().map(|()| splices.into_edits(file))
    };
    changes.iter().map(edits).collect()
}

/// The lists in which items stand that somebody asks for, and where in them.
struct Found<'n, 'a> {
    wanted: HashMap<Span, Vec<(&'n Pair<'a>, usize)>>,
}

impl<'n, 'a> Found<'n, 'a> {
    fn look_through(&mut self, node: &'n Node<'a>) {
        match &node.value {
            Value::Mapping(pairs) => pairs.iter().for_each(|pair| {
                if let Value::List(items) = &pair.value.value {
                    for (at, item) in items.iter().enumerate() {
                        if let Some(places) = self.wanted.get_mut(&item.span) {
                            places.push((pair, at));
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
