//! What differs in every world there can be, in lines: what changes, where, and the plainest world.

use std::collections::BTreeSet;

use super::{COLUMNS, Naming, named, sign};
use crate::diff::{Direction, Seen, Side};
use crate::language::ast::Shape;
use crate::report::page::{Ink, Page};
use crate::report::prove::{facts, why};
use crate::report::table::wrap;
use crate::resolve::Certainty;
use crate::worlds::{Aspect, Change, Decided, Everywhere, Located, Open, Region, Rest, Row, State, Term, Verified};

/// So many rows are told of each direction.
const ROWS: usize = 20;

/// So many names stand in a row, and so many decisions of which something is not known.
const NAMES: usize = 12;

/// So many disclosures that change alike, which mostly are all of one feature.
const DISCLOSURES: usize = 3;

/// Everything that differs, and what is not known.
pub(super) fn text(of: &Everywhere, naming: Naming) -> Page {
    let mut text = Page::from(format!("\nin every world, whatever a directory records: {}\n", summary(of)));
    for direction in [Direction::Gains, Direction::Loses, Direction::Differs] {
        let rows: Vec<&Row> = of.rows.iter().filter(|row| row.direction == direction).collect();
        rows.iter().take(ROWS).for_each(|it| text.push_str(row(it, naming)));
        let more = rows.len().saturating_sub(ROWS);
        if more > 0 {
            text.push_str(format!("  and {more} more sets of worlds with {}\n", direction_nouns(direction)));
        }
    }
    text.push_str(open(of, naming));
    text
}

/// "2 gains, 1 loss", and what is not known.
pub(super) fn summary(of: &Everywhere) -> String {
    let count = |direction: Direction| {
        of.rows.iter().filter(|row| row.direction == direction).map(|row| row.changes.len()).sum::<usize>()
    };
    let directions = [Direction::Gains, Direction::Loses, Direction::Differs].map(|it| (it, count(it)));
    let found = directions.into_iter().filter(|(_, many)| *many > 0);
    let mut told: Vec<String> = found.map(|(direction, many)| amount(direction, many)).collect();
    if told.is_empty() {
        told.push(match of.undecided.is_empty() && of.uncompared.is_empty() {
            true => "nothing differs".to_owned(),
            false => "no difference found".to_owned(),
        });
    }
    if !of.undecided.is_empty() {
        told.push(format!("{} undecided", of.undecided.len()));
    }
    if !of.uncompared.is_empty() {
        told.push(format!("{} not compared everywhere", decided(&of.uncompared).len()));
    }
    told.join(", ")
}

fn direction_nouns(direction: Direction) -> &'static str {
    match direction {
        Direction::Gains => "gains",
        Direction::Loses => "losses",
        Direction::Differs => "other differences",
    }
}

fn amount(direction: Direction, many: usize) -> String {
    match (direction, many) {
        (Direction::Gains, 1) => "1 gain".to_owned(),
        (Direction::Loses, 1) => "1 loss".to_owned(),
        (Direction::Differs, 1) => "1 other difference".to_owned(),
        _ => format!("{many} {}", direction_nouns(direction)),
    }
}

fn row(row: &Row, naming: Naming) -> Page {
    let (mark, ink) = match row.direction {
        Direction::Gains => ("  + ", Ink::Yes),
        Direction::Loses => ("  - ", Ink::Loss),
        Direction::Differs => ("  ~ ", Ink::Partly),
    };
    let words = changes(&row.changes);
    let mut text = sign(wrap(words.split(' '), "      ", COLUMNS).behind(mark), mark, ink) + "\n";
    for line in places(row) {
        let line = named(&line, naming);
        text.push_str(wrap(line.split(' '), "        ", COLUMNS).behind("      ") + "\n");
    }
    text
}

/// Where a row is, in sentences.
pub(in crate::report) fn places(row: &Row) -> Vec<String> {
    let Some(Located { regions, rest, world }) = &row.located else {
        return vec!["where was not sought".to_owned()];
    };
    let mut lines: Vec<String> = regions.iter().map(|it| format!("where {}", region(it, row.shape))).collect();
    if *rest == Rest::More {
        lines.push("and in more worlds".to_owned());
    }
    let verified = match world.verified {
        Verified::Yes => "",
        Verified::Unsayable => "; the resolver was not asked, since no test can give that",
    };
    let world = match world.facts.as_slice() {
        [] => "in the smallest world, where nothing is out of the ordinary".to_owned(),
        all => format!("in the smallest world, {}", facts(all)),
    };
    lines.push(world + verified);
    lines
}

/// "note.personal, note.work: hidden → visible"
pub fn changes(all: &[Change]) -> String {
    let mut parts: Vec<([&State; 2], Vec<String>)> = Vec::new();
    for change in all {
        let states = [&change.before, &change.after];
        match parts.iter_mut().find(|(known, _)| *known == states) {
            Some((_, names)) => names.push(name(&change.decided)),
            None => parts.push((states, vec![name(&change.decided)])),
        }
    }
    let part = |([before, after], names): ([&State; 2], Vec<String>)| {
        let most = if matches!(before, State::Leaves(_)) { DISCLOSURES } else { NAMES };
        format!("{}: {} → {}", few(&names, most), state(before), state(after))
    };
    parts.into_iter().map(part).collect::<Vec<String>>().join("; ")
}

/// What is decided.
pub(in crate::report) fn name(decided: &Decided) -> String {
    match decided {
        Decided::Sees { category, field } => format!("{category}.{field}"),
        Decided::Uses(feature) => feature.clone(),
        Decided::Leaves(of) => format!("{} {} through {}", of.item, of.goes, of.feature),
    }
}

/// What comes of it.
pub(in crate::report) fn state(state: &State) -> String {
    match state {
        State::Seen(Seen::Hidden) => "hidden".to_owned(),
        State::Seen(Seen::Altered(value)) => format!("altered to {value}"),
        State::Seen(Seen::Visible) => "visible".to_owned(),
        State::Unavailable => "unavailable".to_owned(),
        State::Available => "available".to_owned(),
        State::Leaves(certainty) => certainty.map_or("never", Certainty::name).to_owned(),
    }
}

/// A region in words.
pub(in crate::report) fn region(of: &Region, shape: Shape) -> String {
    let terms: Vec<String> = of.iter().map(term).collect();
    match (terms.is_empty(), shape) {
        (false, _) => terms.join(", "),
        (true, Shape::User) => "anybody uses it".to_owned(),
        (true, Shape::Viewer) => "anybody looks at anybody".to_owned(),
        (true, Shape::Participant) => "anybody takes part in any meeting".to_owned(),
        (true, Shape::Party) => "anybody is with anybody".to_owned(),
    }
}

fn term(of: &Term) -> String {
    let quoted = |quote: &str, values: &[String]| {
        values.iter().map(|value| format!("{quote}{value}{quote}")).collect::<Vec<String>>().join(" or ")
    };
    // What it is not is said where that is shorter.
    let is = |quote: &str| match of.others.len() < of.values.len() {
        true => format!("is not {}", quoted(quote, &of.others)),
        false => format!("is {}", quoted(quote, &of.values)),
    };
    let on = |side: &Option<Side>| side.map_or(String::new(), |side| format!(" in {side}"));
    match &of.aspect {
        Aspect::Mode(side) => format!("mode {}{}", is("`"), on(side)),
        Aspect::Answering(side) => format!("{} answers{}", quoted("`", &of.values), on(side)),
        Aspect::Reading(name) => format!("`{name}` {}", is("`")),
        Aspect::List => format!("viewer is recorded as {}", quoted("", &of.values)),
        Aspect::Fact => quoted("", &of.values),
    }
}

/// Decisions of which not everything is known, those with the same reason in one line.
fn open(of: &Everywhere, naming: Naming) -> Page {
    let mut text = Page::new();
    for (word, why, names) in unknown(of) {
        let words = format!("{word}  {}: {why}", few(&names, NAMES));
        let words = named(&words, naming);
        text.push_str(wrap(words.split(' '), "      ", COLUMNS).behind("  ") + "\n");
    }
    text
}

/// What is not known: in a word, why, and of which decisions.
pub(in crate::report) fn unknown(of: &Everywhere) -> Vec<(&'static str, String, Vec<String>)> {
    let mut all: Vec<(&'static str, String, Vec<String>)> = Vec::new();
    let undecided = of.undecided.iter().map(|it| ("undecided", why(it.why), name(&it.decided)));
    let uncompared = of.uncompared.iter().map(|it| ("not compared", it.why.clone(), name(&it.decided)));
    for (word, why, name) in undecided.chain(uncompared) {
        match all.iter_mut().find(|(known, reason, _)| *known == word && *reason == why) {
            Some((_, _, names)) => names.push(name),
            None => all.push((word, why, vec![name])),
        }
    }
    all
}

fn decided<W>(all: &[Open<W>]) -> BTreeSet<&Decided> {
    all.iter().map(|it| &it.decided).collect()
}

/// A few names, and how many more.
fn few(names: &[String], most: usize) -> String {
    let shown = names.iter().take(most).cloned().collect::<Vec<String>>().join(", ");
    match names.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
