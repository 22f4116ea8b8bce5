//! A comparison: its two sides, and what differs for whom.

use super::effect;
use super::page::Page;
use super::table::Rows;
use crate::diff::{Aside, Effect};
use crate::model::Model;
use crate::project::side::Side;
use crate::text::line;

/// Two sides and what became of them.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'c> {
    /// The sides.
    pub sides: &'c [Side; 2],
    /// Files of the people that both sides have, if they were named.
    pub people: &'c [String],
    /// What was found.
    pub found: Found<'c>,
}

/// What was found out of two sides.
#[derive(Clone, Copy, Debug)]
pub enum Found<'c> {
    /// Both have the same files, so many.
    Same(usize),
    /// They have not.
    Different(Different<'c>),
}

/// What differs between two sides that were compiled.
#[derive(Clone, Copy, Debug)]
pub struct Different<'c> {
    /// The first set, which users are named by.
    pub model: &'c Model,
    /// What changes for whom, of owners on both sides.
    pub effect: &'c Effect,
    /// Owners on the second side only.
    pub arrived: Aside,
    /// Owners on the first side only.
    pub left: Aside,
    /// Whether there is anybody on either side.
    pub has_people: bool,
}

impl Found<'_> {
    /// Whether any answer differs, or anybody is on one side only.
    pub fn is_difference(&self) -> bool {
        match self {
            Found::Same(_) => false,
            Found::Different(of) => of.arrived.owners > 0 || of.left.owners > 0 || *of.effect != Effect::default(),
        }
    }
}

/// The whole comparison.
pub fn text(comparison: Comparison<'_>) -> Page {
    let mut text = Page::new();
    for side in comparison.sides {
        let without = if side.has_project() { "" } else { ": without this project, so there is nothing" };
        text.push_str(line!("{} {side}{without}", side.which));
    }
    if !comparison.people.is_empty() {
        text.push_str(line!("the same people on both sides, from {}", comparison.people.join(", ")));
    }
    match comparison.found {
        Found::Same(1) => text.push_str("\nno difference: both sides have the same file\n"),
        Found::Same(files) => text.push_str(format!("\nno difference: both sides have the same {files} files\n")),
        Found::Different(of) => text.push_str(different(of)),
    }
    text
}

fn different(of: Different<'_>) -> Page {
    if !of.has_people {
        return Page::from(
            "\nthe files differ, and neither side has a directory: there is nobody whose answers could be compared\n",
        );
    }
    let mut text = effect::everything(of.model, of.effect, None);
    if of.arrived.owners + of.left.owners > 0 {
        let mut rows = Rows::default();
        rows.push(["", "owners", "visible to known people", "to open classes"].map(str::to_owned));
        for (word, aside) in [("arrived", of.arrived), ("left", of.left)] {
            let counts = [aside.owners, aside.known, aside.open].map(|count| count.to_string());
            let [owners, known, open] = counts;
            rows.push([word.to_owned(), owners, known, open]);
        }
        text.push_str("\nowners on one side only, each viewer and field counted\n");
        text.push_str(rows.render("  "));
    }
    text
}
