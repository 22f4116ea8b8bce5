//! For tests: steps of saving that fail, or are the last ones, or let somebody else write in between.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
use std::time::Duration;

/// What happens at a step.
pub(super) enum Fault {
    /// This one fails.
    Once,
    /// This one fails, and so does every later one of its kind.
    Always(&'static str),
    /// This one and all later ones fail, as if the process had gone.
    Gone,
    /// Something else happens first.
    Meanwhile(Box<dyn FnMut()>),
}

#[derive(Default)]
struct Plan {
    taken: usize,
    at: usize,
    fault: Option<Fault>,
    kinds: Vec<&'static str>,
}

thread_local! {
    static PLAN: RefCell<Plan> = RefCell::default();
    static PATIENCE: RefCell<Duration> = const { RefCell::new(Duration::from_secs(10)) };
}

/// How long this thread waits for a lock.
pub(super) fn patience() -> Duration {
    PATIENCE.with_borrow(|patience| *patience)
}

pub(super) fn have_patience(patience: Duration) {
    PATIENCE.set(patience);
}

/// The kinds of the steps that something takes.
pub(super) fn steps(run: impl FnOnce()) -> Vec<&'static str> {
    PLAN.set(Plan::default());
    run();
    PLAN.take().kinds
}

/// Runs something with a fault at one step.
pub(super) fn with<T>(at: usize, fault: Fault, run: impl FnOnce() -> T) -> T {
    PLAN.set(Plan { at, fault: Some(fault), ..Plan::default() });
    let result = run();
    PLAN.take();
    result
}

/// Writes in two steps, so that somebody can be gone between both.
pub(super) fn write(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    let (first, rest) = bytes.split_at(bytes.len() / 2);
    step("write")?;
    file.write_all(first)?;
    step("write")?;
    file.write_all(rest)
}

pub(super) fn step(kind: &'static str) -> io::Result<()> {
    // What happens meanwhile may take steps itself, which do not count.
    let Ok(mut plan) = PLAN.try_with(RefCell::take) else { return Ok(()) };
    let now = plan.taken;
    plan.taken += 1;
    plan.kinds.push(kind);
    let failed = match &mut plan.fault {
        None => false,
        Some(Fault::Once) => now == plan.at,
        Some(Fault::Always(of)) => now >= plan.at && *of == kind,
        Some(Fault::Gone) => now >= plan.at,
        Some(Fault::Meanwhile(run)) => {
            if now == plan.at {
                run();
            }
            false
        }
    };
    PLAN.set(plan);
    if failed { Err(io::Error::other(format!("no {kind}, for a test"))) } else { Ok(()) }
}
