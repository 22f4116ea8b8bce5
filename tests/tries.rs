//! How many of many cases are tried: a twelfth, so that a change is tested in a part of the time; all of them with
//! `PRESCOPE_TESTS=all`, as `.ci/run` does; and with a number so many times all of them, random ones with other seeds
//! each time.

use std::ops::Range;

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// What is left out by default: all but one of so many.
const SHARE: u32 = 12;

/// How many times all of it, if it is all; and whether the seeds are other ones than last time.
fn asked() -> Option<(u32, bool)> {
    match std::env::var("PRESCOPE_TESTS").ok()?.as_str() {
        "" => None,
        "all" => Some((1, false)),
        times => Some((times.parse().expect("PRESCOPE_TESTS is `all` or a number"), true)),
    }
}

/// Of so many, how many are tried.
pub(crate) fn tries(all: u32) -> u32 {
    asked().map_or(all.div_ceil(SHARE), |(times, _)| all * times)
}

/// Of so many that all tries come upon at least, how many some of them do: less than their share, for chance has a
/// part.
pub(crate) fn at_least(all: u32) -> u32 {
    if asked().is_some() { all } else { (all / SHARE * 3 / 4).max(1) }
}

/// The seeds of so many tries.
pub(crate) fn seeds(all: u32) -> Range<u64> {
    let others = asked().is_some_and(|(_, others)| others);
    let first = if others { u64::from(std::process::id()) << 32 } else { 0 };
    first..first + u64::from(tries(all))
}

/// Of cases that stand in a row, every twelfth, or all.
pub(crate) fn share<T>(all: Vec<T>) -> Vec<T> {
    let step = if asked().is_some() { 1 } else { SHARE as usize };
    all.into_iter().step_by(step).collect()
}

/// Whether the case with this number is one of those that are tried: every twelfth, or all. Where cases are pairs of
/// several things, the sum of their numbers has each of them meet some of the others.
pub(crate) fn is_due(case: usize) -> bool {
    asked().is_some() || case.is_multiple_of(SHARE as usize)
}

/// A law whose every case takes long, so that a quarter of the usual share has to do.
pub(crate) fn slow_config(cases: u32) -> ProptestConfig {
    config(if asked().is_some() { cases } else { cases.div_ceil(4) })
}

/// A law that is tried on so many cases. Nothing is written into the tree.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    let others = asked().is_some_and(|(_, others)| others);
    let rng_seed = if others { RngSeed::Random } else { RngSeed::Fixed(2013) };
    ProptestConfig {
        cases: tries(cases),
        rng_seed,
        failure_persistence: None,
        max_shrink_iters: 4096,
        ..ProptestConfig::default()
    }
}
