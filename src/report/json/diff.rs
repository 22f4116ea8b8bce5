//! `prescope/diff/v1`.

mod effect;
mod group;
mod renamed;
mod selection;
mod structure;
mod worlds;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::{NotCompared, Verdict};
use crate::project::side::{Origin, Side, shown_folder};
use crate::report::diff::{Comparison, Found};
use crate::resolve::Entries;
use effect::WireEffect;
use renamed::WireRenamed;
use selection::WireSelection;
use structure::WireDifference;
use worlds::WireWorlds;

const SCHEMA: &str = "prescope/diff/v1";

/// What differs between two sides.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document<'a> {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// What there was.
    base: WireSide,
    /// What there is.
    head: WireSide,
    /// Files of the people that both sides were given; absent if each side has its own.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    people: &'a [String],
    /// Which entries answers are about: those in force, or those that are recorded.
    #[schemars(extend("enum" = ["in_force", "recorded"]))]
    entries: &'static str,
    /// Whether every file that is read is the same on both sides. Then nothing was compiled.
    same_files: bool,
    /// What has another name in HEAD; absent if nothing was told so, and nothing looks so.
    #[serde(skip_serializing_if = "Option::is_none")]
    renamed: Option<WireRenamed<'a>>,
    /// What was asked for, and how much is left out; absent if everything is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    selection: Option<WireSelection<'a>>,
    /// What differs as it is declared. Null if only the effect was asked for.
    structure: Option<Vec<WireDifference<'a>>>,
    /// What changes for whom. Null if only the structure was asked for.
    effect: Option<WireEffect<'a>>,
    /// What differs in every world there can be; absent if worlds were not compared, or only the structure was asked
    /// for.
    #[serde(skip_serializing_if = "Option::is_none")]
    all_worlds: Option<WireWorlds>,
    /// What the gates say, in the order of the help.
    gates: Vec<WireGate<'a>>,
}

/// What a gate says.
#[derive(Serialize, JsonSchema)]
struct WireGate<'a> {
    /// Its name: the option without dashes, with what it names.
    name: &'a str,
    /// How many there may be.
    limit: usize,
    /// How many there are: of `deny-new-visibility`, for known people. Null if that was not looked at.
    found: Option<usize>,
    /// How many there are for classes of viewers that no directory enumerates, which `found` never counts too. Null of
    /// other gates than `deny-new-visibility`, and if that was not looked at.
    found_open: Option<usize>,
    /// How many more came with owners, users or a project that arrived, and do not count.
    arrived: usize,
    /// The same for classes of viewers that no directory enumerates, where `found_open` is a number.
    arrived_open: Option<usize>,
    /// Why nobody was asked about: neither side has anybody (`nobody`), or everybody is on one side only
    /// (`nobody_on_both`). Null if somebody was.
    #[schemars(extend("enum" = ["nobody", "nobody_on_both", null]))]
    not_compared: Option<&'static str>,
    /// What there is in any world; absent if worlds were not compared, and of gates that count people.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_worlds: Option<WireInWorlds>,
    /// Whether everything was looked at, no number is above the limit, and everything is known that it is about.
    passed: bool,
}

/// What there is of a gate in any world.
#[derive(Serialize, JsonSchema)]
struct WireInWorlds {
    /// How many fields, features or disclosures there are of which somebody can gain what the gate denies.
    found: usize,
    /// Of how many others that is not known.
    unknown: usize,
}

/// One of the two sides.
#[derive(Serialize, JsonSchema)]
struct WireSide {
    /// What it is.
    #[schemars(extend("enum" = Origin::WORDS))]
    kind: &'static str,
    /// What was named: a folder or a revision as it was typed, `A...B` for where two revisions come from, or words for
    /// the index and the working tree.
    spec: String,
    /// The commit; null if it is none.
    commit: Option<String>,
    /// The folder of the project in the repository, if the other side has it in another one; null otherwise.
    moved: Option<String>,
    /// Whether it has the project; otherwise it is compared as if it had nothing.
    has_project: bool,
}

/// The whole document.
pub fn diff<'c>(comparison: Comparison<'c>) -> String {
    let [base, head] = comparison.sides;
    let (same_files, structure, effect) = match comparison.found {
        Found::Same(_) => (true, Vec::new(), WireEffect::nothing()),
        Found::Different(of) => (false, structure::differences(of), WireEffect::new(of)),
    };
    let told = comparison.selection;
    let (structure, effect) = (told.has_structure().then_some(structure), told.has_effect().then_some(effect));
    let selection = (!told.is_everything()).then(|| WireSelection::new(comparison));
    let all_worlds = match comparison.found {
        Found::Different(of) if told.has_effect() => WireWorlds::new(of),
        _ => None,
    };
    let (base, head) = (side(base), side(head));
    let gate = |gate: &'c Verdict| WireGate {
        name: &gate.name,
        limit: gate.limit,
        found: gate.found.ok().map(|found| found.count),
        found_open: gate.found.ok().and_then(|found| found.open),
        arrived: gate.arrived.count,
        arrived_open: gate.arrived.open,
        not_compared: gate.found.err().map(NotCompared::word),
        in_worlds: gate.worlds.map(|it| WireInWorlds { found: it.found, unknown: it.unknown }),
        passed: gate.passed(),
    };
    let gates = comparison.gates.iter().map(gate).collect();
    let entries = match comparison.entries {
        Entries::InForce => "in_force",
        Entries::Recorded => "recorded",
    };
    let (people, renamed) = (comparison.people, WireRenamed::new(comparison.renamed));
    let schema = SCHEMA;
    super::line(&Document {
        schema,
        base,
        head,
        people,
        entries,
        same_files,
        renamed,
        selection,
        structure,
        effect,
        all_worlds,
        gates,
    })
}

fn side(side: &Side) -> WireSide {
    WireSide {
        kind: side.origin.word(),
        spec: side.origin.named(),
        commit: side.commit.clone(),
        moved: side.moved.as_deref().map(shown_folder),
        has_project: side.has_project(),
    }
}
