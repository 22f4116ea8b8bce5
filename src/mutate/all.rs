//! All mutants of a set, and what became of each.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::trial::{Catcher, Results, Trials, Tried};
use super::{Fate, Mutation, Options, every};
use crate::compile::Set;
use crate::expect::Beside;

/// A mutant, and what became of it.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The slip.
    pub mutation: Mutation,
    /// What became of it.
    pub fate: Fate,
    /// What caught it, by number among the catchers.
    pub caught_by: Vec<usize>,
}

/// The mutants of a set.
#[derive(Clone, Debug)]
pub struct Mutants {
    /// Those that were tried, in the order of files and places.
    pub all: Vec<Mutant>,
    /// Every expectation of the tests, and every clause of the invariants.
    pub catchers: Vec<Catcher>,
    /// The clauses that are undecided without any slip, by number among the catchers: they catch nothing.
    pub undecided: Vec<usize>,
    /// How many slips there are of the kinds that are wanted.
    pub slips: usize,
    /// Every slip of every kind was tried.
    pub complete: bool,
}

/// How many mutants became what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Something caught them.
    pub caught: usize,
    /// Nothing did, though they decide differently.
    pub survived: usize,
    /// Nothing did, and whether they decide differently is not known.
    pub unknown: usize,
    /// They decide alike, so they are not counted.
    pub alike: usize,
    /// They have errors, so they are not counted.
    pub invalid: usize,
}

/// Why mutants are not tried.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Untried {
    /// The set has errors.
    Errors,
    /// These fail without any slip, so they would catch everything.
    Failing(Vec<Catcher>),
}

impl Mutants {
    /// Tries the mutants of a set; each time one is done, a function is called with how many there are.
    pub fn new(
        set: &Set,
        beside: &Beside,
        options: &Options,
        done: &(dyn Fn(usize) + Sync),
    ) -> Result<Mutants, Untried> {
        let every = every(set, options).ok_or(Untried::Errors)?;
        let trials = Trials::new(set, beside, options).ok_or(Untried::Errors)?;
        let Results { failing, undecided } = trials.results().ok_or(Untried::Errors)?;
        let catchers = trials.catchers.clone();
        if !failing.is_empty() {
            let failing = failing.into_iter().filter_map(|number| catchers.get(number).cloned());
            return Err(Untried::Failing(failing.collect()));
        }
        let slips = every.len();
        let mutations = options.share.chosen(every);
        let tried = tried(trials, &mutations, done);
        let mutant = |(mutation, Tried { fate, caught_by })| Mutant { mutation, fate, caught_by };
        let complete = options.share.is_all() && options.operators.is_empty();
        Ok(Mutants {
            all: mutations.into_iter().zip(tried).map(mutant).collect(),
            catchers,
            undecided,
            slips,
            complete,
        })
    }

    /// How many became what.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for mutant in &self.all {
            *match mutant.fate {
                Fate::Caught => &mut counts.caught,
                Fate::Survived(_) => &mut counts.survived,
                Fate::Unknown => &mut counts.unknown,
                Fate::Alike => &mut counts.alike,
                Fate::Invalid => &mut counts.invalid,
            } += 1;
        }
        counts
    }

    /// Those that nothing caught though they decide differently, or may.
    pub fn survivors(&self) -> impl Iterator<Item = &Mutant> {
        self.all.iter().filter(|mutant| matches!(mutant.fate, Fate::Survived(_) | Fate::Unknown))
    }

    /// The expectations and clauses that caught nothing; None unless everything was tried.
    pub fn idle(&self) -> Option<Vec<&Catcher>> {
        let mut caught = vec![false; self.catchers.len()];
        for number in self.all.iter().flat_map(|mutant| &mutant.caught_by) {
            if let Some(caught) = caught.get_mut(*number) {
                *caught = true;
            }
        }
        let is_idle = |number: usize| caught.get(number) == Some(&false) && !self.undecided.contains(&number);
        let idle = self.catchers.iter().enumerate().filter(|(number, _)| is_idle(*number));
        self.complete.then(|| idle.map(|(_, catcher)| catcher).collect())
    }
}

impl Counts {
    /// How many count.
    pub fn counted(self) -> usize {
        self.caught + self.survived + self.unknown
    }

    /// How many percent of those that count were caught; None if none counts.
    pub fn percent(self) -> Option<f64> {
        let counted = self.counted();
        (counted > 0).then(|| self.caught as f64 * 100.0 / counted as f64)
    }
}

/// Tries mutants, on as many threads as can run at once: each by itself, so that nothing depends on which does which.
fn tried(mut trials: Trials<'_>, mutations: &[Mutation], done: &(dyn Fn(usize) + Sync)) -> Vec<Tried> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(mutations.len());
    let next = AtomicUsize::new(0);
    let work = |trials: &mut Trials<'_>| {
        let mut tried = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutation) = mutations.get(at) else { return tried };
            tried.push((at, trials.attempt(mutation)));
            done(mutations.len());
        }
    };
    let mut all = thread::scope(|scope| {
        let others: Vec<_> = (1..threads)
            .filter_map(|_| {
                let mut trials = trials.copy();
                let builder = thread::Builder::new();
                builder.spawn_scoped(scope, move || work(&mut trials)).ok()
            })
            .collect();
        let mut all = work(&mut trials);
        for other in others {
            match other.join() {
                Ok(tried) => all.extend(tried),
                Err(panic) => resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, tried)| tried).collect()
}
