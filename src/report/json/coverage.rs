//! `prescope/coverage/v1`.

use serde::Serialize;

use super::At;
use crate::expect::{Coverage, Point, PointKind};
use crate::text::Sources;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    percent: f64,
    counts: Vec<WireCount>,
    points: Vec<WirePoint>,
}

#[derive(Serialize)]
struct WireCount {
    kind: &'static str,
    outcomes: usize,
    exercised: usize,
}

#[derive(Serialize)]
struct WirePoint {
    kind: &'static str,
    name: String,
    at: Option<At>,
    outcomes: Vec<WireOutcome>,
}

#[derive(Serialize)]
struct WireOutcome {
    outcome: &'static str,
    times: usize,
}

/// The whole document. The percentage has two decimals.
pub fn coverage(sources: &Sources, coverage: &Coverage) -> String {
    let count = |kind: PointKind| {
        let (outcomes, exercised) = coverage.counts(Some(kind));
        WireCount { kind: kind.name(), outcomes, exercised }
    };
    super::line(&Document {
        schema: "prescope/coverage/v1",
        percent: (coverage.percent() * 100.0).floor() / 100.0,
        counts: PointKind::ALL.map(count).into(),
        points: coverage.points().map(|it| point(sources, it)).collect(),
    })
}

fn point(sources: &Sources, point: &Point) -> WirePoint {
    let outcome = |(outcome, times): &(&'static str, usize)| WireOutcome { outcome, times: *times };
    WirePoint {
        kind: point.kind.name(),
        name: point.name.clone(),
        at: point.at.map(|span| At::of(sources, span)),
        outcomes: point.outcomes.iter().map(outcome).collect(),
    }
}
