//! Times of several runs, as medians: the machine may do other things meanwhile.

use std::time::{Duration, Instant};

/// The median and the best of several runs.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// Half of the runs took longer.
    pub median: Duration,
    /// The shortest run.
    pub best: Duration,
}

impl Times {
    /// Of the durations of runs.
    pub fn of(mut runs: Vec<Duration>) -> Times {
        runs.sort();
        let at = |index: usize| runs.get(index).copied().unwrap_or_default();
        Times { median: at(runs.len() / 2), best: at(0) }
    }

    /// Of something done so many times. What it returns is dropped outside of the measurement.
    pub fn measure<T>(runs: usize, mut work: impl FnMut() -> T) -> Times {
        let one = |_| {
            let start = Instant::now();
            let result = std::hint::black_box(work());
            let taken = start.elapsed();
            drop(result);
            taken
        };
        Times::of((0..runs).map(one).collect())
    }
}
