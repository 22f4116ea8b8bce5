//! What differs between two sides as it is declared, on the wire.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::{Difference, Location, Meaning, PartDifference, Side, Thing};
use crate::report::diff::{Different, Naming, named};
use crate::report::json::At;

/// A declaration, or something of a directory, that differs.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireDifference<'a> {
    /// What it is: `container`, `policy`, `user` …
    kind: &'static str,
    /// Its name; empty if there is only one. Absent where people are only counted and it is of a directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// How many of them, where they are only counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    /// Whether one side alone has it, or parts of it differ.
    #[schemars(extend("enum" = ["added", "removed", "changed"]))]
    change: &'static str,
    /// Where it stands.
    at: WirePlaces,
    /// Whether all that differs are conditions that were written anew and mean the same in every world.
    same_meaning: bool,
    /// The parts that differ; of what one side alone has, all.
    parts: Vec<WirePart<'a>>,
}

/// A part that differs.
#[derive(Serialize, JsonSchema)]
struct WirePart<'a> {
    /// Which part; empty if it is the whole.
    what: String,
    /// What it says in BASE, in one line; of a list only what HEAD does not have. Null if it is not there.
    before: Option<String>,
    /// The same of HEAD.
    after: Option<String>,
    /// Where it stands.
    at: WirePlaces,
    /// Of a condition that alone was written anew: whether it means the same in every world.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["same", "other", "undecided"]))]
    meaning: Option<&'a str>,
}

/// Where something stands on each side; null where it does not.
#[derive(Serialize, JsonSchema)]
struct WirePlaces {
    /// In the files of BASE.
    base: Option<At>,
    /// In the files of HEAD.
    head: Option<At>,
}

impl From<&Location> for At {
    fn from(place: &Location) -> At {
        At { file: place.path.clone(), line: place.start.line, column: place.start.column }
    }
}

/// Everything that differs. Where nobody is named, things of a directory are counted.
pub(super) fn differences(of: Different<'_>) -> Vec<WireDifference<'_>> {
    let is_counted = |difference: &&Difference| of.naming == Naming::Counts && difference.thing.is_of_directory();
    let (counted, told): (Vec<&Difference>, Vec<&Difference>) = of.structure.iter().partition(is_counted);
    let mut counts: IndexMap<(Thing, Option<Side>), usize> = IndexMap::new();
    counted.iter().for_each(|difference| *counts.entry((difference.thing, difference.only)).or_default() += 1);
    let counted = counts.into_iter().map(|((thing, only), count)| WireDifference {
        kind: thing.word(),
        name: None,
        count: Some(count),
        change: change(only),
        at: WirePlaces { base: None, head: None },
        same_meaning: false,
        parts: Vec::new(),
    });
    told.into_iter().map(|told| difference(told, of.naming)).chain(counted).collect()
}

fn difference(of: &Difference, naming: Naming) -> WireDifference<'_> {
    // What a test says is about people.
    let has_parts = of.thing != Thing::Test || naming == Naming::People;
    let parts = of.parts.iter().filter(|_| has_parts).map(|it| part(it, naming)).collect();
    WireDifference {
        kind: of.thing.word(),
        name: Some(named(&of.name, naming).into_owned()),
        count: None,
        change: change(of.only),
        at: places(&of.places),
        same_meaning: of.parts.iter().all(|part| part.meaning == Some(Meaning::Same)),
        parts,
    }
}

fn part(of: &PartDifference, naming: Naming) -> WirePart<'_> {
    let [before, after] = of.says.each_ref().map(|says| says.as_ref().map(|says| named(says, naming).into_owned()));
    WirePart {
        what: named(&of.item.part, naming).into_owned(),
        before,
        after,
        at: places(&of.places),
        meaning: of.meaning.map(|meaning| match meaning {
            Meaning::Same => "same",
            Meaning::Other => "other",
            Meaning::Undecided => "undecided",
        }),
    }
}

fn change(only: Option<Side>) -> &'static str {
    match only {
        Some(Side::Base) => "removed",
        Some(Side::Head) => "added",
        None => "changed",
    }
}

fn places(places: &[Option<Location>; 2]) -> WirePlaces {
    let [base, head] = places.each_ref().map(|place| place.as_ref().map(At::from));
    WirePlaces { base, head }
}
