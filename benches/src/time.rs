//! Measuring: batches of a fixed number of questions, and the median of them.

use std::time::{Duration, Instant};

/// How often a batch is timed, and for how long at least.
const LEAST: Duration = Duration::from_millis(600);
const BATCHES: usize = 11;

/// The times of a batch.
#[derive(Clone, Copy, Debug)]
pub struct Each {
    /// Half of the batches took longer, in nanoseconds for one question.
    pub median: f64,
    /// The shortest batch: what the machine does when it has nothing else to do.
    pub best: f64,
}

/// The time of one of so many questions. Each batch is timed for itself until there are enough of them.
pub fn each(count: usize, mut batch: impl FnMut()) -> Each {
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
    let nanoseconds = |time: Duration| time.as_secs_f64() * 1e9 / count as f64;
    Each { median: nanoseconds(times[times.len() / 2]), best: nanoseconds(times[0]) }
}

/// How long this thread has had a processor, where the system says so.
pub fn on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split(' ').next()?.parse().ok()?))
}

/// How long something takes, with its result.
pub fn once<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}
