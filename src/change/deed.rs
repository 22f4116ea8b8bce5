//! What is done to the tree of a file: the same as the edits do to its text, and what these are compared with.

use crate::language::Parsed;
use crate::language::ast::{Assignment, Item, ItemKind, Literal};

/// What is done to the tree of a file.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// The value of an assignment.
    Value { item: usize, assignment: usize, literal: Literal },
    /// Further assignments.
    Lines { item: usize, assignments: Vec<Assignment> },
    /// A new item behind this one; None is behind all.
    New { behind: Option<usize>, item: Box<Item> },
    /// The item goes.
    Removed { item: usize },
}

/// The tree of a file after what is done to it.
pub(super) fn tree(parsed: &Parsed, deeds: &[&Deed]) -> Vec<Item> {
    let mut items = Vec::new();
    let inserted = |at: Option<usize>| {
        deeds.iter().filter_map(move |deed| match deed {
            Deed::New { behind, item } if *behind == at => Some(Item::clone(item)),
            _ => None,
        })
    };
    for (index, item) in parsed.items.iter().enumerate() {
        let mut item = item.clone();
        let mut gone = false;
        for deed in deeds {
            match (deed, &mut item.kind) {
                (Deed::Removed { item: of }, _) if *of == index => gone = true,
                (Deed::Value { item: of, assignment, literal }, ItemKind::Policy(policy)) if *of == index => {
                    if let Some(assignment) = policy.assignments.get_mut(*assignment) {
                        assignment.value.it = literal.clone();
                    }
                }
                (Deed::Lines { item: of, assignments }, ItemKind::Policy(policy)) if *of == index => {
                    policy.assignments.extend(assignments.iter().cloned());
                }
                _ => {}
            }
        }
        if !gone {
            items.push(item);
        }
        items.extend(inserted(Some(index)));
    }
    items.extend(inserted(None));
    items
}
