//! What changes for whom: who gains, who loses, who gets something else, in this order.

use indexmap::IndexMap;

use super::counted;
use super::page::{Ink, Page};
use super::table::{Cell, Rows, wrap, wrap_names};
use crate::diff::{Direction, Effect, Features, FieldChange, Presence, Rest, Seen, SettingChange, Shift};
use crate::directory::Address;
use crate::model::Model;
use crate::text::line;
use crate::viewers::Everybody;

/// How wide lists of names are laid out, in characters.
const WIDTH: usize = 110;

/// How many exceptions are still named.
const NAMED: usize = 8;

/// Of how many sorts of owners it is said who gains and loses.
const SHOWN: usize = 3;

/// Everything that changes, with users as this set knows them; gains first. `all` is how to have everything that is
/// left out, if there is a way.
pub fn everything(model: &Model, effect: &Effect, all: Option<&str>) -> Page {
    let Effect { settings, presence, .. } = effect;
    let features: Vec<&Features> = effect.features.iter().filter(|of| of.changes()).collect();
    let mut text = self::settings(model, settings);
    if *presence == Presence::default() && features.is_empty() {
        text.push_str("\nno answer about the people and meetings of the directory changes\n");
        return text;
    }
    if *presence != Presence::default() {
        let known = [presence.gained, presence.lost, presence.altered];
        let owners = if presence.owners == 1 { "1 owner".to_owned() } else { format!("{} owners", presence.owners) };
        let mut rows = Rows::default();
        rows.push(["", "gained", "lost", "altered"]);
        for (words, [gained, lost, altered]) in [("known people", known), ("open classes", presence.open)] {
            let altered = count(Ink::Partly, altered);
            rows.push([words.into(), count(Ink::Yes, gained), count(Ink::Loss, lost), altered]);
        }
        text.push_str(format!("\nwhat is seen of {owners}, each viewer and field counted\n"));
        text.push_str(rows.render("  "));
        for (owners, shifts) in presence.alike.iter().take(SHOWN) {
            text.push_str(format!("\n{}", line!("what is seen of {}", counted(model, owners))));
            text.push_str(self::text(shifts, "  "));
        }
        let more: usize = presence.alike.iter().skip(SHOWN).map(|(owners, _)| owners.len()).sum();
        if more > 0 {
            text.push_str(format!(
                "\n{}",
                match all {
                    Some(all) => line!("and otherwise of {more} more; {all} has them all"),
                    None => line!("and otherwise of {more} more"),
                }
            ));
        }
    }
    if !features.is_empty() {
        let mut rows = Rows::default();
        rows.push(["", "gained", "lost"]);
        for of in features {
            rows.push([Cell::from(&of.feature), count(Ink::Yes, of.gained), count(Ink::Loss, of.lost)]);
        }
        text.push_str("\nfeatures\n");
        text.push_str(rows.render("  "));
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
