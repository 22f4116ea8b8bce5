//! What changes for whom: who gains, who loses, who gets something else, in this order.

use indexmap::IndexMap;

use super::page::{Ink, Page};
use super::table::{wrap, wrap_names};
use crate::diff::{Direction, FieldChange, Rest, Seen, Shift};
use crate::directory::Address;
use crate::text::line;
use crate::viewers::Everybody;

/// How wide lists of names are laid out, in characters.
const WIDTH: usize = 110;

/// How many exceptions are still named.
const NAMED: usize = 8;

/// The shifts of one owner, each line behind an indent; empty if nothing changes.
pub fn text(shifts: &[Shift], indent: &str) -> Page {
    let mut text = Page::new();
    for (direction, word, ink) in [
        (Direction::Gains, "gains", Ink::Yes),
        (Direction::Loses, "loses", Ink::Loss),
        (Direction::Differs, "gets another value of", Ink::Partly),
    ] {
        // Who differ in what they lose may gain the same.
        let mut alike: IndexMap<String, (Vec<&Address>, Vec<&Rest>)> = IndexMap::new();
        for shift in shifts {
            let changes: Vec<&FieldChange> =
                shift.changes.iter().filter(|changed| changed.direction() == direction).collect();
            if !changes.is_empty() {
                let (people, rest) = alike.entry(fields(&changes)).or_default();
                people.extend(&shift.people);
                rest.extend(&shift.rest);
            }
        }
        for (fields, (mut people, rest)) in alike {
            people.sort();
            text.push_str(heading(&format!("{word} {fields}"), ink, indent));
            text.push_str(viewers(&people, &rest, &format!("{indent}    ")));
        }
    }
    text
}

/// What is gained or lost, in lines: those behind the first lie deeper than the names that follow.
fn heading(words: &str, ink: Ink, indent: &str) -> Page {
    // A closing brace never begins a line, so it is one word with what stands before it.
    let mut parts: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match parts.last_mut() {
            Some(last) if word.starts_with('}') => last.push_str(&format!(" {word}")),
            _ => parts.push(word.to_owned()),
        }
    }
    let lines = wrap(parts.iter().map(String::as_str), &format!("{indent}      "), WIDTH);
    lines.behind(indent).in_ink(ink) + "\n"
}

/// Everybody for whom it changes, one line for the known people, and one for each class.
fn viewers(people: &[&Address], rest: &[&Rest], indent: &str) -> Page {
    let mut text = Page::new();
    if !people.is_empty() {
        let names: Vec<&str> = people.iter().map(|it| it.as_str()).collect();
        text.push_str(wrap_names(&names, indent, WIDTH));
        text.push('\n');
    }
    for rest in rest {
        text.push_str(line!("{indent}{}", class(rest)));
    }
    text
}

/// A class with how many known people it has, and who is not among them.
fn class(rest: &Rest) -> String {
    let at_a_domain = matches!(rest.everybody, Everybody::At(..));
    let some_apart = !at_a_domain || rest.known > 0 || !rest.except.is_empty();
    let everybody = &rest.everybody;
    let mut words = if some_apart { everybody.words_for_the_rest() } else { everybody.words() };
    if at_a_domain {
        match rest.known {
            0 => words.push_str(", nobody known"),
            1 => words.push_str(", 1 person known"),
            known => words.push_str(&format!(", {known} people known")),
        }
    }
    match rest.except.len() {
        0 => {}
        few if few <= NAMED => {
            let names: Vec<&str> = rest.except.iter().map(Address::as_str).collect();
            words.push_str(&format!("; not {}", names.join(", ")));
        }
        many => words.push_str(&format!("; not {many} others")),
    }
    words
}

/// Fields by category; the category alone where all its fields change alike.
fn fields(changes: &[&FieldChange]) -> String {
    let mut by_category: IndexMap<&str, Vec<&FieldChange>> = IndexMap::new();
    for changed in changes {
        by_category.entry(&changed.category).or_default().push(changed);
    }
    let words = by_category.iter().map(|(category, changes)| {
        if Shift::is_whole(changes) && changes.iter().all(|changed| seen(changed).is_empty()) {
            return (*category).to_owned();
        }
        let fields: Vec<String> = changes.iter().map(|changed| format!("{}{}", changed.field, seen(changed))).collect();
        match fields.as_slice() {
            [only] => format!("{category}.{only}"),
            several => format!("{category} {{ {} }}", several.join(", ")),
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What is seen in place of the owner's value.
fn seen(changed: &FieldChange) -> String {
    match (&changed.before, &changed.after) {
        (Seen::Visible, Seen::Altered(value)) => format!(" (gets {value})"),
        (_, Seen::Altered(value)) => format!(" as {value}"),
        (Seen::Altered(value), Seen::Hidden) => format!(" as {value}"),
        _ => String::new(),
    }
}
