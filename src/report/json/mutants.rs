//! `prescope/mutants/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::At;
use crate::language::Sources;
use crate::mutate::{Catcher, Fate, Mutant, Mutants, Witness};
use crate::report::Naming;
use crate::report::mutate::{NO_TEST, decided, word};

const SCHEMA: &str = "prescope/mutants/v1";

/// Which slips the tests and invariants of a set catch.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// Whether every slip of every kind was tried.
    complete: bool,
    /// How many slips became what.
    counts: Counts,
    /// How many slips there are, of which those below were tried.
    all_slips: usize,
    /// Clauses that are undecided without any slip, so that they catch nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undecided: Vec<WireCatcher>,
    /// Each slip, in the order of files and places.
    slips: Vec<WireSlip>,
    /// The expectations and clauses that caught none; left out unless every slip was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    idle: Option<Vec<WireCatcher>>,
}

/// How many slips.
#[derive(Serialize, JsonSchema)]
struct Counts {
    /// That something caught.
    caught: usize,
    /// That nothing caught, though they change an answer.
    survived: usize,
    /// That nothing caught, and of which it is not known whether they change an answer.
    unknown: usize,
    /// That change no answer in any world; they are not counted.
    alike: usize,
    /// That are errors; they are not counted.
    invalid: usize,
    /// How many percent of the first three were caught; null if there are none.
    percent: Option<f64>,
}

/// A slip.
#[derive(Serialize, JsonSchema)]
struct WireSlip {
    /// Its kind.
    operator: &'static str,
    /// What it is.
    slip: String,
    /// Where it is.
    at: At,
    /// `caught`, `survived`, `unknown`, `alike` or `invalid`.
    #[schemars(extend("enum" = ["caught", "survived", "unknown", "alike", "invalid"]))]
    fate: &'static str,
    /// What caught it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    caught_by: Vec<WireCatcher>,
    /// Of one that survived: where it shows.
    #[serde(flatten)]
    shows: Option<WireWitness>,
}

/// The smallest world in which a slip changes an answer.
#[derive(Serialize, JsonSchema)]
struct WireWitness {
    /// What is decided differently: a field, `level`, a feature, or `disclosures of` a feature.
    decides: String,
    /// What is out of the ordinary in the world.
    facts: Vec<String>,
    /// A test that passes and would fail with the slip.
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<String>,
    /// Why there is no test.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_test: Option<&'static str>,
}

/// An expectation of a test, or a clause of an invariant.
#[derive(Serialize, JsonSchema)]
struct WireCatcher {
    /// The label of the test or invariant.
    label: String,
    /// Where the expectation or the clause stands.
    at: At,
}

/// The document.
pub fn mutants(naming: Naming<'_>, mutants: &Mutants) -> String {
    let sources = naming.sources;
    let counts = mutants.counts();
    let shows = |fate: &Fate| match fate {
        Fate::Survived(witness) => Some(witnessed(naming, witness)),
        Fate::Invalid | Fate::Caught | Fate::Alike | Fate::Unknown => None,
    };
    let slip = |mutant: &Mutant| WireSlip {
        operator: mutant.mutation.operator.name(),
        slip: mutant.mutation.says.clone(),
        at: At::new(sources, mutant.mutation.at),
        fate: word(&mutant.fate),
        shows: shows(&mutant.fate),
        caught_by: mutant
            .caught_by
            .iter()
            .filter_map(|it| mutants.catchers.get(*it))
            .map(|it| wire(sources, it))
            .collect(),
    };
    super::line(&Document {
        schema: SCHEMA,
        complete: mutants.complete,
        counts: Counts {
            caught: counts.caught,
            survived: counts.survived,
            unknown: counts.unknown,
            alike: counts.alike,
            invalid: counts.invalid,
            percent: counts.percent(),
        },
        all_slips: mutants.slips,
        undecided: mutants
            .undecided
            .iter()
            .filter_map(|it| mutants.catchers.get(*it))
            .map(|it| wire(sources, it))
            .collect(),
        slips: mutants.all.iter().map(slip).collect(),
        idle: mutants.idle().map(|idle| idle.into_iter().map(|it| wire(sources, it)).collect()),
    })
}

fn witnessed(naming: Naming<'_>, witness: &Witness) -> WireWitness {
    let no_test = witness.test.is_none().then_some(NO_TEST);
    let (facts, test) = (witness.facts.clone(), witness.test.clone());
    WireWitness { decides: decided(naming.model, witness.decision), facts, test, no_test }
}

fn wire(sources: &Sources, catcher: &Catcher) -> WireCatcher {
    WireCatcher { label: catcher.label.clone(), at: At::new(sources, catcher.at) }
}
