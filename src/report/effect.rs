//! What changes for whom: who gains, who loses, who gets something else, in this order.

use indexmap::IndexMap;

use super::counted;
use super::page::{Ink, Page};
use super::table::{Cell, Rows, wrap, wrap_names};
use crate::diff::{Direction, FieldChange, Rest, Seen, SettingChange, Shift};
use crate::directory::Address;
use crate::model::{Model, UserId};
use crate::text::line;
use crate::viewers::Everybody;

/// How wide lists of names are laid out, in characters.
const WIDTH: usize = 110;

/// How many exceptions are still named.
const NAMED: usize = 8;

/// Up to how many people who gain or lose alike are named unless everybody is wanted.
const FEW: usize = 3;

/// Whether everybody is named who gains or loses alike, or counted, with one of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Names {
    /// Everybody.
    All,
    /// Counted where there are more than a few.
    Counted,
}

/// What is seen, owner by owner, with everybody's name.
pub(super) fn by_owner(model: &Model, alike: &[(Vec<UserId>, Vec<Shift>)]) -> Page {
    let mut text = Page::new();
    for (owners, shifts) in alike {
        let address = |owner: &UserId| model.people[model.users[*owner].person].address.as_str();
        let all: Vec<&str> = owners.iter().map(address).collect();
        text.push_str("\nwhat is seen of\n");
        text.push_str(wrap_names(&all, "    ", WIDTH) + "\n");
        text.push_str(self::text(shifts, Names::All, "  "));
    }
    text
}

/// Settings of users that change.
pub(super) fn settings(model: &Model, settings: &[SettingChange]) -> Page {
    let mut rows = Rows::default();
    for change in settings {
        let values = format!("{} → {}", change.before, change.after);
        rows.push([change.setting.clone(), values, format!("for {}", counted(model, &change.users))]);
    }
    if settings.is_empty() { Page::new() } else { Page::from("\nsettings\n") + rows.render("  ") }
}

/// How many gain or lose, in its colour; none is no gain.
pub(super) fn count(ink: Ink, count: usize) -> Cell {
    if count == 0 { Cell::from("0") } else { Cell::inked(ink, &count.to_string()) }
}

/// The shifts of one owner, each line behind an indent; empty if nothing changes.
pub fn text(shifts: &[Shift], names: Names, indent: &str) -> Page {
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
                rest.extend(shift.rest.iter().map(|rest| &**rest));
            }
        }
        for (fields, (mut people, rest)) in alike {
            people.sort();
            text.push_str(heading(&format!("{word} {fields}"), ink, indent));
            text.push_str(viewers(&people, &rest, names, &format!("{indent}    ")));
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
fn viewers(people: &[&Address], rest: &[&Rest], names: Names, indent: &str) -> Page {
    let mut text = Page::new();
    match people {
        [] => {}
        [first, ..] if names == Names::Counted && people.len() > FEW => {
            text.push_str(line!("{indent}{}, e.g. {first}", super::people(people.len())));
        }
        all => {
            let all: Vec<&str> = all.iter().map(|it| it.as_str()).collect();
            text.push_str(wrap_names(&all, indent, WIDTH) + "\n");
        }
    }
    for rest in rest {
        text.push_str(line!("{indent}{}", class(rest, names)));
    }
    text
}

/// A class with how many known people it has, and who is not among them.
fn class(rest: &Rest, names: Names) -> String {
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
        few if few <= NAMED || names == Names::All => {
            let names: Vec<&str> = rest.except.iter().map(Address::as_str).collect();
            words.push_str(&format!("; not {}", names.join(", ")));
        }
        many => words.push_str(&format!("; not {many} others")),
    }
    words
}

/// Fields by category; the category alone where all its fields change alike.
pub(super) fn fields(changes: &[&FieldChange]) -> String {
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
