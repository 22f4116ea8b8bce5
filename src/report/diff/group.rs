//! What changes alike, in lines: which fields, of whom, for whom, and one example.

use super::{COLUMNS, Different, Naming, named, placed, sign};
use crate::diff::{Causes, Direction, FieldChange, Group, Item, OpenClass, Reasons, Seen, Side, Step, Viewer, Witness};
use crate::report::effect::fields;
use crate::report::page::{Ink, Page};
use crate::report::plan::address;
use crate::report::table::wrap;
use crate::report::{counted_owners, people, place};
use crate::resolve::Sentence;
use crate::text::{counted, line};

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
    let wanted = || of.groups().filter(|(group, _)| directions.contains(&group.direction));
    for (group, reasons) in wanted().take(SHOWN) {
        text.push_str("\n");
        text.push_str(one(of, group, reasons));
    }
    let groups: Vec<&Group> = wanted().map(|(group, _)| group).collect();
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
    let mut classes = group.classes.iter().take(CLASSES).map(OpenClass::words).collect::<Vec<String>>().join("; ");
    if group.classes.len() > CLASSES {
        classes.push_str(&format!("; and {} more", group.classes.len() - CLASSES));
    }
    classes
}

fn one(of: Different<'_>, group: &Group, reasons: Option<&Reasons>) -> Page {
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
    let why = reasons.map(|reasons| reasons.why.as_slice()).unwrap_or_default();
    let why = why.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
    // Causes are those of the first example, and stand below it.
    let causes = std::iter::once(reasons.map(|reasons| &reasons.causes)).chain(std::iter::repeat(None));
    for ((witness, why), causes) in std::iter::once(&group.witness).chain(&group.others).zip(why).zip(causes) {
        let example = format!("e.g. {}", example(of, witness));
        text.push_str(wrap(example.split(' '), "      ", COLUMNS).behind("    ") + "\n");
        if of.naming == Naming::People {
            text.push_str(steps(of, why));
        }
        text.push_str(causes.map(|causes| because(of, causes)).unwrap_or_default());
    }
    text
}

/// One of the answers, before and after.
pub(super) fn example(of: Different<'_>, witness: &Witness) -> String {
    let FieldChange { category, field, before, after, .. } = &witness.change;
    let became = format!("was {}, is {}", seen(before), seen(after));
    if of.naming == Naming::Counts {
        return format!("{category}.{field}: {became}");
    }
    format!("{}, {category}.{field} of {}: {became}", viewer(&witness.viewer), address(of.model, witness.owner))
}

/// Who looks, in words.
pub(in crate::report) fn viewer(viewer: &Viewer) -> String {
    match viewer {
        Viewer::Known(viewer) => viewer.to_string(),
        Viewer::Open(everybody) => everybody.words(),
    }
}

/// What decides on each side, in a few lines: which entry is meant, then the first and the last step that the other
/// side does not have. `why` tells everything.
fn steps(of: Different<'_>, why: &[Step]) -> Page {
    // How an entry came about explains the step before it.
    let told = || why.iter().filter(|step| step.sentence.depth == 0 && step.sentence.step != "settled");
    let mut text = Page::new();
    let mut say = |word: &str, step: &Step| {
        let mut words = format!("{word} {}", sentence(step));
        if let Some(span) = step.sentence.at {
            words.push_str(&format!(" ({})", place(of.sources_of(step), span)));
        }
        text.push_str(wrap(words.split(' '), "        ", COLUMNS).behind("      ") + "\n");
    };
    if let Some(both) = told().rfind(|step| step.side.is_none() && step.sentence.step != "viewer") {
        say("both:", both);
    }
    for (side, word) in [(Side::Base, "BASE:"), (Side::Head, "HEAD:")] {
        let mut steps = told().filter(|step| step.side == Some(side));
        let (first, last) = (steps.next(), steps.next_back());
        first.into_iter().chain(last).for_each(|step| say(word, step));
    }
    text
}

/// A sentence with its reason.
pub(super) fn sentence(step: &Step) -> String {
    let Sentence { text, detail, .. } = &step.sentence;
    if detail.is_empty() { text.clone() } else { format!("{text}; {detail}") }
}

/// Why the answer that is told as the first example is another one.
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
    match placed(of, item) {
        Some((_, place)) => format!("{} ({}:{})", called(of, item), place.path, place.start.line),
        None => called(of, item),
    }
}

/// Something that differs, by name.
pub(super) fn called(of: Different<'_>, item: &Item) -> String {
    match of.naming {
        Naming::Counts if item.thing.is_of_directory() => "something in the directory".to_owned(),
        naming => named(&item.to_string(), naming).into_owned(),
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
