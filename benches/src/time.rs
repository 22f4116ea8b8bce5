//! Measuring: batches of a fixed number of questions, and the median of them.

use std::time::{Duration, Instant};

/// How often a batch is timed, and for how long at least.
const LEAST: Duration = Duration::from_millis(600);
const BATCHES: usize = 11;

/// The median time of a batch. Each is timed for itself until there are enough of them.
pub fn median(mut batch: impl FnMut()) -> Duration {
    batch();
    let (mut times, begun) = (Vec::new(), Instant::now());
    while times.len() < BATCHES || begun.elapsed() < LEAST {
        let start = Instant::now();
        batch();
        times.push(start.elapsed());
        if times.len() >= 3 && begun.elapsed() > 20 * LEAST {
            break;
        }
    }
    times.sort_unstable();
    times[times.len() / 2]
}

/// The median time of one of so many questions, in nanoseconds.
pub fn each(count: usize, batch: impl FnMut()) -> f64 {
    median(batch).as_secs_f64() * 1e9 / count as f64
}

/// How long something takes, with its result.
pub fn once<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}
