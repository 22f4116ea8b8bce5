//! Where causes stand, and by what a group or a disclosure is recognised when it is told again.

use super::{Different, Naming};
use crate::diff::{Difference, Direction, Disclosed, Group, Item, Location, Seen, Side};
use crate::text::sum;

/// Where something that differs stands: in HEAD if it is there, else in BASE. Nowhere if the place would name somebody.
pub(in crate::report) fn placed<'c>(of: Different<'c>, item: &Item) -> Option<(Side, &'c Location)> {
    if of.naming == Naming::Counts && item.thing.is_of_directory() {
        return None;
    }
    let is_whole = |it: &&Difference| item.part.is_empty() && it.thing == item.thing && it.name == item.name;
    let parts = || of.structure.iter().flat_map(|difference| &difference.parts);
    let places = match of.structure.iter().find(is_whole) {
        Some(whole) => &whole.places,
        None => &parts().find(|part| part.item == *item)?.places,
    };
    [Side::Head, Side::Base].into_iter().find_map(|side| Some((side, places[side.index()].as_ref()?)))
}

/// By what a group is recognised: its direction, and its fields with what was and is seen. That is what makes it one
/// group. Causes do not count: they are those of one example, and sought of the first groups only, so that owners who
/// come or go would change them. No address goes into it, so that it is the same wherever nobody may be named.
pub(in crate::report) fn fingerprint(group: &Group) -> String {
    let mut stays = format!("group {}\n", group.direction.word());
    for change in &group.changes {
        let [before, after] = [&change.before, &change.after].map(seen);
        stays.push_str(&format!("{}.{}: {before} -> {after}\n", change.category, change.field));
    }
    sum::fingerprint(&stays)
}

/// By what a disclosure is recognised: what leaves, through what and where to, and whether it is new.
pub(in crate::report) fn fingerprint_of_disclosure(of: &Disclosed) -> String {
    let (word, leaving) = (of.direction().map_or("aside", Direction::word), &of.leaving);
    sum::fingerprint(&format!("disclosure {word}\n{}\n{}\n{}\n", leaving.feature, leaving.item, leaving.goes))
}

fn seen(seen: &Seen) -> String {
    match seen {
        Seen::Hidden => "hidden".to_owned(),
        Seen::Altered(value) => format!("altered {value}"),
        Seen::Visible => "visible".to_owned(),
    }
}
