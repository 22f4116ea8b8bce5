//! How many of many cases are tried, and the only place that says so: a share by default, so that a change is tested in
//! a part of the time; all of them with `PRESCOPE_TESTS=all`, as `.ci/run` does; and with a number so many times all of
//! them, random ones with other seeds each time.
//!
//! Whoever names tests, as in `cargo test docs`, gets every case of theirs that somebody wrote down; of random ones a
//! share, as ever. `PRESCOPE_TESTS=few` tries of tests that are named what it tries of all.

use std::cell::Cell;
use std::ops::Range;

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// Of random cases all but one of so many are left out by default.
const RANDOM: u32 = 24;

/// The same of cases that somebody wrote down: rows of a table, and combinations of several tables.
pub(crate) const WRITTEN: usize = 12;

/// How many times all of it, if it is all; and whether the seeds are other ones than last time.
fn asked() -> Option<(u32, bool)> {
    match std::env::var("PRESCOPE_TESTS").ok()?.as_str() {
        "" | "few" => None,
        "all" => Some((1, false)),
        times => Some((times.parse().expect("PRESCOPE_TESTS is `all`, `few` or a number"), true)),
    }
}

/// Options of test programs that are followed by a value.
const WITH_VALUE: [&str; 7] = ["--color", "--format", "--logfile", "--shuffle-seed", "--skip", "--test-threads", "-Z"];

/// Whether tests are named on the command line of this program.
fn are_named() -> bool {
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let is_name = |pair: &[String]| !pair[1].starts_with('-') && !WITH_VALUE.contains(&pair[0].as_str());
    arguments.windows(2).any(is_name)
}

/// Says once to each test that it does not try everything. It is shown where the test fails.
#[allow(clippy::print_stdout, reason = "whoever looks at a failure should know what was tried")]
fn tell() {
    thread_local!(static TOLD: Cell<bool> = const { Cell::new(false) });
    if !TOLD.replace(true) {
        println!("a share of the cases is tried here; `PRESCOPE_TESTS=all cargo test NAME` tries all");
    }
}

/// Whether every case is tried that somebody wrote down.
pub(crate) fn is_whole() -> bool {
    let few = std::env::var("PRESCOPE_TESTS").is_ok_and(|asked| asked == "few");
    let whole = asked().is_some() || are_named() && !few;
    if !whole {
        tell();
    }
    whole
}

/// Of so many random cases, how many are tried.
pub(crate) fn tries(all: u32) -> u32 {
    match asked() {
        Some((times, _)) => all * times,
        None => {
            tell();
            all.div_ceil(RANDOM)
        }
    }
}

/// Of so many that all random cases come upon at least, how many some of them do: half of their share, for chance has a
/// part; what is so rare that nobody can expect it of them is asked of all only.
pub(crate) fn at_least(all: u32) -> u32 {
    if asked().is_some() { all } else { all / RANDOM / 2 }
}

/// The same of written cases.
pub(crate) fn at_least_due(all: usize) -> usize {
    if is_whole() { all } else { all / WRITTEN / 2 }
}

/// The seeds of so many tries.
pub(crate) fn seeds(all: u32) -> Range<u64> {
    let others = asked().is_some_and(|(_, others)| others);
    let first = if others { u64::from(std::process::id()) << 32 } else { 0 };
    first..first + u64::from(tries(all))
}

/// Of cases that stand in a row, every twelfth, or all.
pub(crate) fn share<T>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    all.into_iter().enumerate().filter(|(number, _)| is_due(*number)).map(|(_, case)| case).collect()
}

/// Whether the case with this number is one of those that are tried: every twelfth, or all. Where cases are pairs of
/// several things, the sum of their numbers has each of them meet some of the others.
pub(crate) fn is_due(case: usize) -> bool {
    is_whole() || case.is_multiple_of(WRITTEN)
}

/// Of several ways to ask the same of a case, those that are tried: one, another for each case; or all of them.
pub(crate) fn by_turns<T>(case: usize, ways: impl IntoIterator<Item = T>) -> Vec<T> {
    let ways: Vec<T> = ways.into_iter().collect();
    let due = case % ways.len().max(1);
    ways.into_iter().enumerate().filter(|(at, _)| is_whole() || *at == due).map(|(_, way)| way).collect()
}

/// A law whose every case takes long, so that half of the usual share has to do.
pub(crate) fn slow_config(cases: u32) -> ProptestConfig {
    config(if asked().is_some() { cases } else { cases.div_ceil(2) })
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
