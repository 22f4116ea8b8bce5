//! What changes alike, in lines: which fields, of whom, for whom, and one example.

use super::{COLUMNS, Different, sign};
use crate::diff::{Direction, FieldChange, Group, Seen};
use crate::report::effect::fields;
use crate::report::page::{Ink, Page};
use crate::report::table::wrap;
use crate::report::{counted_owners, people};
use crate::text::line;

/// How many groups are told, and how many classes of viewers of each.
const SHOWN: usize = 20;
const CLASSES: usize = 6;

/// The groups; nothing without any.
pub(super) fn text(of: Different<'_>) -> Page {
    let mut text = Page::new();
    for group in of.groups.iter().take(SHOWN) {
        text.push_str("\n");
        text.push_str(one(of, group));
    }
    let left = of.groups.get(SHOWN..).unwrap_or_default();
    if !left.is_empty() {
        let sum = |count: fn(&Group) -> usize| left.iter().map(count).sum::<usize>();
        let (known, open) = (sum(|group| group.known), sum(|group| group.open));
        let groups = if left.len() == 1 { "1 more group".to_owned() } else { format!("{} more groups", left.len()) };
        text.push_str(format!(
            "\n{}",
            line!("and {groups} of fields: {known} answers of known people, {open} of open classes")
        ));
    }
    text
}

fn one(of: Different<'_>, group: &Group) -> Page {
    let (mark, ink) = match group.direction {
        Direction::Gains => ("+ ", Ink::Yes),
        Direction::Loses => ("- ", Ink::Loss),
        Direction::Differs => ("~ ", Ink::Partly),
    };
    let changes: Vec<&FieldChange> = group.changes.iter().collect();
    let heading = wrap(fields(&changes).split(' '), "      ", COLUMNS).behind(mark);
    let mut text = sign(heading, mark, ink) + "\n";
    let mut say = |words: String| text.push_str(wrap(words.split(' '), "      ", COLUMNS).behind("    ") + "\n");
    say(format!("of {}", counted_owners(of.model, &group.owners)));
    if group.known > 0 {
        say(format!("for {}: {}", people(group.people), answers(group.known)));
    }
    if group.open > 0 {
        let mut classes = group.classes.iter().take(CLASSES).cloned().collect::<Vec<String>>().join("; ");
        if group.classes.len() > CLASSES {
            classes.push_str(&format!("; and {} more classes", group.classes.len() - CLASSES));
        }
        say(format!("for {classes}: {}", answers(group.open)));
    }
    let witness = &group.witness;
    let viewer = witness.viewer.as_ref().map(ToString::to_string).or_else(|| witness.class.clone()).unwrap_or_default();
    let model = of.model;
    let owner = &model.people[model.users[witness.owner].person].address;
    let FieldChange { category, field, before, after, .. } = &witness.change;
    say(format!("e.g. {viewer}, {category}.{field} of {owner}: was {}, is {}", seen(before), seen(after)));
    text
}

fn answers(count: usize) -> String {
    if count == 1 { "1 answer".to_owned() } else { format!("{count} answers") }
}

/// What is seen.
fn seen(seen: &Seen) -> String {
    match seen {
        Seen::Hidden => "hidden".to_owned(),
        Seen::Altered(value) => format!("altered to {value}"),
        Seen::Visible => "visible".to_owned(),
    }
}
