//! What changes alike, in lines: which fields, of whom, for whom, and one example.

use super::{COLUMNS, Different, Naming, sign};
use crate::diff::{Causes, Direction, FieldChange, Group, Item, Seen, Viewer, Witness};
use crate::report::effect::fields;
use crate::report::page::{Ink, Page};
use crate::report::table::wrap;
use crate::report::tests::counted;
use crate::report::{counted_owners, people};
use crate::text::line;

/// How many groups are told, and how many classes of viewers of each.
pub(super) const SHOWN: usize = 20;
const CLASSES: usize = 6;

/// The groups; nothing without any.
pub(super) fn text(of: Different<'_>) -> Page {
    of_directions(of, &[Direction::Gains, Direction::Loses, Direction::Differs])
}

/// The groups of these directions.
pub(super) fn of_directions(of: Different<'_>, directions: &[Direction]) -> Page {
    let mut text = Page::new();
    let is_wanted = |group: &Group| directions.contains(&group.direction);
    let groups: Vec<&Group> = of.groups.iter().filter(|group| is_wanted(group)).collect();
    // The causes of the first groups are known.
    let causes = of.causes.iter().map(Some).chain(std::iter::repeat(None));
    for (group, causes) in of.groups.iter().zip(causes).filter(|(group, _)| is_wanted(group)).take(SHOWN) {
        text.push_str("\n");
        text.push_str(one(of, group));
        text.push_str(causes.map(|causes| because(of, causes)).unwrap_or_default());
    }
    let left = groups.get(SHOWN..).unwrap_or_default();
    if !left.is_empty() {
        let sum = |count: fn(&Group) -> usize| left.iter().map(|group| count(group)).sum::<usize>();
        let (known, open) = (sum(|group| group.known), sum(|group| group.open));
        let groups = counted(left.len(), "more group");
        text.push_str(format!(
            "\n{}",
            line!("and {groups} of fields: {known} answers of known people, {open} of open classes")
        ));
    }
    text
}

/// The fields of a group.
pub(super) fn what(group: &Group) -> String {
    let changes: Vec<&FieldChange> = group.changes.iter().collect();
    fields(&changes)
}

/// The owners of a group.
pub(super) fn owners(of: Different<'_>, group: &Group) -> String {
    match of.naming {
        Naming::People => counted_owners(of.model, &group.owners),
        Naming::Counts => counted(group.owners.len(), "owner"),
    }
}

/// The viewers of a group: how many known people, with one of them, and the open classes.
pub(super) fn viewers(of: Different<'_>, group: &Group) -> String {
    let known = (group.known > 0).then(|| match &group.witness.viewer {
        Viewer::Known(viewer) if of.naming == Naming::People && group.people == 1 => viewer.to_string(),
        Viewer::Known(viewer) if of.naming == Naming::People => format!("{}, e.g. {viewer}", people(group.people)),
        _ => people(group.people),
    });
    let open = (group.open > 0).then(|| classes(group));
    known.into_iter().chain(open).collect::<Vec<String>>().join("; ")
}

fn classes(group: &Group) -> String {
    let mut classes = group.classes.iter().take(CLASSES).cloned().collect::<Vec<String>>().join("; ");
    if group.classes.len() > CLASSES {
        classes.push_str(&format!("; and {} more", group.classes.len() - CLASSES));
    }
    classes
}

fn one(of: Different<'_>, group: &Group) -> Page {
    let (mark, ink) = match group.direction {
        Direction::Gains => ("+ ", Ink::Yes),
        Direction::Loses => ("- ", Ink::Loss),
        Direction::Differs => ("~ ", Ink::Partly),
    };
    let heading = wrap(what(group).split(' '), "      ", COLUMNS).behind(mark);
    let mut text = sign(heading, mark, ink) + "\n";
    let mut say = |words: String| text.push_str(wrap(words.split(' '), "      ", COLUMNS).behind("    ") + "\n");
    say(format!("of {}", owners(of, group)));
    if group.known > 0 {
        say(format!("for {}: {}", people(group.people), answers(group.known)));
    }
    if group.open > 0 {
        say(format!("for {}: {}", classes(group), answers(group.open)));
    }
    say(format!("e.g. {}", witness(of, group)));
    text
}

/// One of the answers, before and after.
fn witness(of: Different<'_>, group: &Group) -> String {
    let Witness { viewer, owner, change } = &group.witness;
    let FieldChange { category, field, before, after, .. } = change;
    let became = format!("was {}, is {}", seen(before), seen(after));
    if of.naming == Naming::Counts {
        return format!("{category}.{field}: {became}");
    }
    let viewer = match viewer {
        Viewer::Known(viewer) => viewer.to_string(),
        Viewer::Open(everybody) => everybody.words(),
    };
    let owner = &of.model.people[of.model.users[*owner].person].address;
    format!("{viewer}, {category}.{field} of {owner}: {became}")
}

/// Why the answer that is told is another one.
fn because(of: Different<'_>, causes: &Causes) -> Page {
    let mut text = Page::new();
    let mut say = |words: &str, indent: &str| {
        text.push_str(wrap(words.split(' '), &format!("{indent}  "), COLUMNS).behind(indent) + "\n");
    };
    let alone: Vec<&Item> = causes.sets.iter().filter(|set| set.len() == 1).flatten().collect();
    let together = causes.sets.iter().filter(|set| set.len() > 1).map(|set| set.iter().collect::<Vec<&Item>>());
    let lists = std::iter::once((alone, "needed")).chain(together.map(|set| (set, "enough")));
    for (items, each) in lists {
        match items.as_slice() {
            [] => {}
            [only] => say(&format!("because {}", cause(of, only)), "      "),
            several => {
                say(&format!("because, and each of these is {each}:"), "      ");
                several.iter().for_each(|item| say(&cause(of, item), "        "));
            }
        }
    }
    if causes.has_more {
        say("there may be other causes", "      ");
    }
    text
}

/// Something that differs, and where.
fn cause(of: Different<'_>, item: &Item) -> String {
    if of.naming == Naming::Counts && item.thing.is_of_directory() {
        return "something in the directory".to_owned();
    }
    let mut parts = of.structure.iter().flat_map(|it| &it.parts);
    let part = parts.find(|part| part.item == *item);
    let place = part.and_then(|part| part.places[1].as_ref().or(part.places[0].as_ref()));
    match place {
        Some(place) => format!("{item} ({}:{})", place.path, place.line),
        None => item.to_string(),
    }
}

fn answers(count: usize) -> String {
    counted(count, "answer")
}

/// What is seen.
fn seen(seen: &Seen) -> String {
    match seen {
        Seen::Hidden => "hidden".to_owned(),
        Seen::Altered(value) => format!("altered to {value}"),
        Seen::Visible => "visible".to_owned(),
    }
}
