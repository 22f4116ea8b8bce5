//! `prescope/diff/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::effect::{WireFeature, addresses, features};
use crate::diff::{Aside, Presence, SettingChange, Verdict};
use crate::project::side::{Origin, Side};
use crate::report::diff::{Comparison, Different, Found, Naming};

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
    /// Whether every file that is read is the same on both sides. Then nothing was compiled.
    same_files: bool,
    /// What changes for whom.
    effect: WireEffect<'a>,
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
    /// How many there are: of `deny-new-visibility`, for known people. Null if that was not looked at, since neither
    /// side has a directory.
    found: Option<usize>,
    /// How many there are for classes of viewers that no directory enumerates, which `found` never counts too. Null of
    /// other gates than `deny-new-visibility`, and if that was not looked at.
    found_open: Option<usize>,
    /// Whether everything was looked at, and neither number is above the limit.
    passed: bool,
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
    /// Whether it has the project; otherwise it is compared as if it had nothing.
    has_project: bool,
}

/// What changes for whom.
#[derive(Serialize, JsonSchema)]
struct WireEffect<'a> {
    /// Whose answers were compared: those of everybody in a directory, or nobody's, since neither side has one. Null if
    /// nothing was compiled.
    #[schemars(extend("enum" = ["directory", "nobody", null]))]
    universe: Option<&'static str>,
    /// Of how many owners on both sides something changes.
    owners: usize,
    /// Triples of viewer, owner and field that change, for people that either side knows.
    known: WireCounts,
    /// The same for classes of viewers that no directory enumerates.
    open: WireCounts,
    /// Owners on the second side only.
    arrived: WireAside,
    /// Owners on the first side only.
    left: WireAside,
    /// Settings that have another value for some users.
    settings: Vec<WireSetting<'a>>,
    /// Features with other answers.
    features: Vec<WireFeature<'a>>,
}

/// A setting that has another value for some users on both sides.
#[derive(Serialize, JsonSchema)]
struct WireSetting<'a> {
    /// `CLASS.SETTING`.
    setting: &'a str,
    /// Its value.
    before: &'a str,
    /// Its new value.
    after: &'a str,
    /// For how many users.
    count: usize,
    /// For whom; absent where people are only counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<Vec<String>>,
}

/// How many answers.
#[derive(Serialize, JsonSchema, Default)]
struct WireCounts {
    /// Show more.
    gained: usize,
    /// Show less.
    lost: usize,
    /// Show another value instead of the owner's.
    differs: usize,
}

/// Owners on one side only, and what is seen of them there.
#[derive(Serialize, JsonSchema, Default)]
struct WireAside {
    /// How many owners.
    owners: usize,
    /// Pairs of viewer and field that are visible, for known people.
    known: usize,
    /// The same for classes of viewers that no directory enumerates.
    open: usize,
}

/// The whole document.
pub fn diff<'c>(comparison: Comparison<'c>) -> String {
    let [base, head] = comparison.sides;
    let (same_files, effect) = match comparison.found {
        Found::Same(_) => (true, WireEffect::nothing()),
        Found::Different(of) => (false, WireEffect::new(of)),
    };
    let (base, head) = (side(base), side(head));
    let gate = |gate: &'c Verdict| WireGate {
        name: &gate.name,
        limit: gate.limit,
        found: gate.found,
        found_open: gate.open,
        passed: gate.passed(),
    };
    let gates = comparison.gates.iter().map(gate).collect();
    super::line(&Document { schema: SCHEMA, base, head, people: comparison.people, same_files, effect, gates })
}

fn side(side: &Side) -> WireSide {
    WireSide {
        kind: side.origin.word(),
        spec: side.origin.named(),
        commit: side.commit.clone(),
        has_project: side.has_project(),
    }
}

fn setting<'a>(of: Different<'a>, change: &'a SettingChange) -> WireSetting<'a> {
    WireSetting {
        setting: &change.setting,
        before: &change.before,
        after: &change.after,
        count: change.users.len(),
        users: (of.naming == Naming::People).then(|| addresses(of.model, &change.users)),
    }
}

fn aside(aside: &Aside) -> WireAside {
    WireAside { owners: aside.owners, known: aside.known(), open: aside.open() }
}

impl<'a> WireEffect<'a> {
    fn nothing() -> WireEffect<'a> {
        WireEffect {
            universe: None,
            owners: 0,
            known: WireCounts::default(),
            open: WireCounts::default(),
            arrived: WireAside::default(),
            left: WireAside::default(),
            settings: Vec::new(),
            features: Vec::new(),
        }
    }

    fn new(of: Different<'a>) -> WireEffect<'a> {
        let Presence { owners, gained, lost, altered, open, .. } = of.effect.presence;
        let counts = |[gained, lost, differs]: [usize; 3]| WireCounts { gained, lost, differs };
        WireEffect {
            universe: Some(if of.has_people { "directory" } else { "nobody" }),
            owners,
            known: counts([gained, lost, altered]),
            open: counts(open),
            arrived: aside(of.arrived),
            left: aside(of.left),
            settings: of.effect.settings.iter().map(|change| setting(of, change)).collect(),
            features: features(&of.effect.features),
        }
    }
}
