//! What causes go by: where each stands, and by what a group or a disclosure is recognised when it is told again.

use super::{Different, Naming, named};
use crate::diff::{Causes, Difference, Direction, Disclosed, Group, Item, Location, Seen, Side};
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

/// By what a group is recognised: its direction, its fields with what was and is seen, and the names of its causes.
/// Neither owners nor viewers nor places count, and no address goes into it, so that it is the same wherever nobody may
/// be named.
pub(in crate::report) fn fingerprint(group: &Group, causes: Option<&Causes>) -> String {
    let mut stays = format!("group {}\n", group.direction.word());
    for change in &group.changes {
        let [before, after] = [&change.before, &change.after].map(seen);
        stays.push_str(&format!("{}.{}: {before} -> {after}\n", change.category, change.field));
    }
    let sets = causes.into_iter().flat_map(|causes| &causes.sets);
    let name = |item: &Item| named(&item.to_string(), Naming::Counts).into_owned();
    let mut sets: Vec<Vec<String>> = sets.map(|set| set.iter().map(name).collect()).collect();
    sets.iter_mut().for_each(|set| set.sort_unstable());
    sets.sort_unstable();
    sets.iter().for_each(|set| stays.push_str(&format!("because {}\n", set.join("; "))));
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
