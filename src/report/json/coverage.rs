//! `prescope/coverage/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{At, words};
use crate::expect::{Coverage, Point, PointKind};
use crate::language::Sources;

const SCHEMA: &str = "prescope/coverage/v1";

/// What tests exercised.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// Of all outcomes, those that were exercised, with two decimals; null if there is nothing to exercise.
    percent: Option<f64>,
    /// The same for each kind of point.
    counts: Vec<WireCount>,
    /// Every point.
    points: Vec<WirePoint>,
}

/// How much of one kind was exercised.
#[derive(Serialize, JsonSchema)]
struct WireCount {
    /// The kind.
    #[schemars(extend("enum" = words::points()))]
    kind: &'static str,
    /// How many outcomes its points have.
    outcomes: usize,
    /// How many of them were exercised.
    exercised: usize,
}

/// Something that tests can exercise.
#[derive(Serialize, JsonSchema)]
struct WirePoint {
    /// What kind of thing.
    #[schemars(extend("enum" = words::points()))]
    kind: &'static str,
    /// Its name, or its text.
    name: String,
    /// Where it stands; null for what stands nowhere.
    at: Option<At>,
    /// What can come of it.
    outcomes: Vec<WireOutcome>,
}

/// Something that can come of a point.
#[derive(Serialize, JsonSchema)]
struct WireOutcome {
    /// What.
    outcome: &'static str,
    /// How often it did.
    times: usize,
}

/// The whole document. The percentage has two decimals.
pub fn coverage(sources: &Sources, coverage: &Coverage) -> String {
    let count = |kind: PointKind| {
        let (outcomes, exercised) = coverage.counts(Some(kind));
        WireCount { kind: kind.name(), outcomes, exercised }
    };
    super::line(&Document {
        schema: SCHEMA,
        percent: coverage.percent().map(|percent| (percent * 100.0).floor() / 100.0),
        counts: PointKind::ALL.map(count).into(),
        points: coverage.points().map(|it| point(sources, it)).collect(),
    })
}

fn point(sources: &Sources, point: &Point) -> WirePoint {
    let outcome = |(outcome, times): &(&'static str, usize)| WireOutcome { outcome, times: *times };
    WirePoint {
        kind: point.kind.name(),
        name: point.name.clone(),
        at: point.at.map(|span| At::new(sources, span)),
        outcomes: point.outcomes.iter().map(outcome).collect(),
    }
}
