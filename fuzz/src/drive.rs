//! Feeds a target with mutated seeds, each input known by a number: what fails is found again by it alone.

use std::any::Any;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Target;
use super::mutate::mutated;
use super::random::Random;

/// What failed.
#[derive(Debug)]
pub struct Failure {
    /// The target, and the number of the input.
    pub input: String,
    /// How it failed.
    pub how: String,
}

/// The input with a number.
pub fn input(seeds: &[Vec<u8>], number: u64) -> Vec<u8> {
    let mut random = Random::new(number);
    let (seed, other) = (random.one(seeds), random.one(seeds));
    // What is right has to hold, too; and so has the least input there is.
    match number {
        0 => Vec::new(),
        number if number as usize <= seeds.len() => seeds[number as usize - 1].clone(),
        _ => mutated(&mut random, seed, other),
    }
}

/// Runs a target on the inputs with these numbers. A panic is a failure and the run goes on; an input that takes longer
/// than it may ends the process, for nothing else ends it.
pub fn drive(target: &Target, numbers: impl IntoIterator<Item = u64>, patience: Duration) -> Vec<Failure> {
    let seeds = (target.seeds)();
    assert!(!seeds.is_empty(), "{} has no seeds", target.name);
    let now: Mutex<(u64, Instant)> = Mutex::new((0, Instant::now()));
    let set = |number| *now.lock().unwrap_or_else(PoisonError::into_inner) = (number, Instant::now());
    let (done, ended) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(|| {
            let ended = ended;
            while ended.recv_timeout(Duration::from_millis(200)) == Err(RecvTimeoutError::Timeout) {
                let (number, since) = *now.lock().unwrap_or_else(PoisonError::into_inner);
                if since.elapsed() > patience {
                    // Not through what tests print, which is kept until they end.
                    let told = format!("{} {number}: it takes longer than {patience:?}\n", target.name);
                    _ = io::stderr().write_all(told.as_bytes());
                    process::abort();
                }
            }
        });
        let run = |number| {
            set(number);
            let bytes = input(&seeds, number);
            let how = said(&*catch_unwind(AssertUnwindSafe(|| (target.run)(&bytes))).err()?);
            Some(Failure { input: format!("{} {number}", target.name), how })
        };
        let failed = numbers.into_iter().filter_map(run).collect();
        drop(done);
        failed
    })
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
