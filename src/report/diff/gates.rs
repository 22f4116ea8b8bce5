//! What gates say of a comparison.

use super::{COLUMNS, sign};
use crate::diff::{NotCompared, Verdict};
use crate::report::page::{Ink, Page};
use crate::report::table::wrap;

/// What each gate says: whether it passed, what it found, and how many there may be.
pub fn gates(gates: &[Verdict]) -> Page {
    let mut text = if gates.is_empty() { Page::new() } else { Page::from("\ngates\n") };
    for gate in gates {
        let (verdict, ink) = match (gate.is_undecided(), gate.passed()) {
            (true, _) => ("  undecided  ", Ink::Partly),
            (_, true) => ("  passed     ", Ink::Yes),
            (_, false) => ("  denied     ", Ink::Loss),
        };
        let words = format!("{}: {}; limit {}", gate.name, found(gate), gate.limit);
        let words = wrap(words.split(' '), "               ", COLUMNS).behind(verdict);
        text.push_str(sign(words, verdict, ink) + "\n");
    }
    text
}

/// What a gate found: of people, and in every world.
pub(super) fn found(gate: &Verdict) -> String {
    let arrived = match gate.arrived.is_nothing() {
        true => String::new(),
        false => format!(" (arrived, and not counted: {})", gate.arrived),
    };
    let people = match (gate.found, gate.worlds) {
        (Err(NotCompared::Nobody), Some(_)) => None,
        (Err(why), _) => Some(format!("not looked at, since {why}")),
        (Ok(found), _) => Some(format!("{found}{}{arrived}", if found.open.is_none() { " found" } else { "" })),
    };
    let unknown = |many: usize| if many > 0 { format!(", {many} not known") } else { String::new() };
    let worlds = gate.worlds.map(|it| format!("{} in any world{}", it.found, unknown(it.unknown)));
    people.into_iter().chain(worlds).collect::<Vec<String>>().join(", ")
}
