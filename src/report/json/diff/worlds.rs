//! What differs in every world, on the wire.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::Direction;
use crate::report::diff::{Different, Naming, named, worlds};
use crate::worlds::{Aspect, Located, Rest, Row, Term, Verified};

/// What differs in every world there can be, whatever a directory records.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireWorlds {
    /// How many fields, features and disclosures were asked about.
    decisions: usize,
    /// What changes, gains first; what changes in exactly the same worlds is one row.
    rows: Vec<WireRow>,
    /// What is not known, with the reason.
    unknown: Vec<WireUnknown>,
}

/// What changes in exactly the same worlds.
#[derive(Serialize, JsonSchema)]
struct WireRow {
    /// Whether it is more or less.
    #[schemars(extend("enum" = Direction::WORDS))]
    direction: &'static str,
    /// Who is in these worlds, as features are declared: `viewer of owner` for fields.
    shape: &'static str,
    /// What changes.
    changes: Vec<WireChange>,
    /// Sets of worlds that together are all of them; of each everything is so. Null if that was not sought, as of rows
    /// behind the first sixty.
    regions: Option<Vec<Vec<WireTerm>>>,
    /// Whether there are worlds in none of those regions.
    more_regions: bool,
    /// The world in which the least is out of the ordinary; null if it was not sought.
    world: Option<WireSmallest>,
}

/// A field, a feature or a disclosure with another outcome.
#[derive(Serialize, JsonSchema)]
struct WireChange {
    /// Its name.
    name: String,
    /// What it is in BASE: `hidden`, `altered to VALUE`, `visible`, `unavailable`, `available`, `never`, `possible` or
    /// `certain`.
    before: String,
    /// What it is in HEAD.
    after: String,
}

/// That something has one of some values.
#[derive(Serialize, JsonSchema)]
struct WireTerm {
    /// What: the `mode`, the container that is `answering`, a `reading`, the `list` of the owner that the viewer is
    /// recorded on, or a `fact`, of which the values say what is so.
    #[schemars(extend("enum" = ["mode", "answering", "reading", "list", "fact"]))]
    what: &'static str,
    /// The reading; null of anything else.
    reading: Option<String>,
    /// The side it is so on; null if it is the same on both.
    #[schemars(extend("enum" = ["base", "head", null]))]
    side: Option<&'static str>,
    /// The values.
    values: Vec<String>,
}

/// One world.
#[derive(Serialize, JsonSchema)]
struct WireSmallest {
    /// What is out of the ordinary, each in a few words.
    facts: Vec<String>,
    /// Whether the resolver was asked about it, on both sides, and answers so. It cannot be where no test can give what
    /// is so.
    verified: bool,
}

/// Something of which not everything is known.
#[derive(Serialize, JsonSchema)]
struct WireUnknown {
    /// `undecided` if it takes more than the limit allows; `uncompared` if the sides cannot be compared everywhere.
    #[schemars(extend("enum" = ["undecided", "uncompared"]))]
    kind: &'static str,
    /// Why.
    because: String,
    /// The fields, features and disclosures.
    names: Vec<String>,
}

impl WireWorlds {
    /// It on the wire; None if worlds were not compared.
    pub(super) fn new(of: Different<'_>) -> Option<WireWorlds> {
        let everywhere = of.everywhere?;
        let unknown = worlds::unknown(everywhere).into_iter().map(|(word, because, names)| WireUnknown {
            kind: if word == "undecided" { word } else { "uncompared" },
            because: named(&because, of.naming).into_owned(),
            names,
        });
        Some(WireWorlds {
            decisions: everywhere.decisions,
            rows: everywhere.rows.iter().map(|it| row(it, of.naming)).collect(),
            unknown: unknown.collect(),
        })
    }
}

fn row(of: &Row, naming: Naming) -> WireRow {
    let change = |change: &crate::worlds::Change| WireChange {
        name: worlds::name(&change.decided),
        before: worlds::state(&change.before),
        after: worlds::state(&change.after),
    };
    let world = |located: &Located| WireSmallest {
        facts: located.world.facts.iter().map(|it| named(it, naming).into_owned()).collect(),
        verified: located.world.verified == Verified::Yes,
    };
    let located = of.located.as_ref();
    WireRow {
        direction: of.direction.word(),
        shape: of.shape.name(),
        changes: of.changes.iter().map(change).collect(),
        regions: located.map(|it| {
            let region = |region: &crate::worlds::Region| region.iter().map(|it| term(it, naming)).collect();
            it.regions.iter().map(region).collect()
        }),
        more_regions: located.is_some_and(|it| it.rest == Rest::More),
        world: located.map(world),
    }
}

fn term(of: &Term, naming: Naming) -> WireTerm {
    let (what, reading, side) = match &of.aspect {
        Aspect::Mode(side) => ("mode", None, *side),
        Aspect::Answering(side) => ("answering", None, *side),
        Aspect::Reading(name) => ("reading", Some(name.clone()), None),
        Aspect::List => ("list", None, None),
        Aspect::Fact => ("fact", None, None),
    };
    WireTerm {
        what,
        reading,
        side: side.map(|side| ["base", "head"][side.index()]),
        values: of.values.iter().map(|it| named(it, naming).into_owned()).collect(),
    }
}
