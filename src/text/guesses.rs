//! Guessing what many unknown names were meant to be, and listing what there is, at a cost that does not grow with both.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::language::{Near, nearest};

/// How many names a list in a message has before it is cut short.
const LISTED: usize = 20;

/// Guesses what unknown names were meant to be, as long as that is bearable: many unknown names among many known ones are
/// no slips of the pen but a missing file, and comparing all with all would take hours. Each kind of name is counted by
/// itself, so that none is left without guesses for another.
#[derive(Debug, Default)]
pub struct Guesses {
    spent: Mutex<BTreeMap<&'static str, Spent>>,
}

/// What guesses have taken so far.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    /// How many names have been guessed at.
    guessed: usize,
    /// How many have been compared with them.
    compared: usize,
}

impl Spent {
    /// Whether it was enough: after so many names there are no guesses beyond so many comparisons, and none at all beyond
    /// the last limit.
    fn is_enough(self) -> bool {
        self.compared >= Guesses::LIMIT
            || self.guessed >= Guesses::NAMES && self.compared >= Guesses::NAMES * Guesses::NAMES
    }
}

/// What was spent is of no concern to a copy, which is asked other questions.
impl Clone for Guesses {
    fn clone(&self) -> Guesses {
        Guesses::default()
    }
}

impl Guesses {
    /// As many unknown names are looked for among any number of known ones.
    pub const NAMES: usize = 200;

    /// How many comparisons are made in all; the candidates of the guess that exceeds it are the last ones.
    pub const LIMIT: usize = 1_000_000;

    /// The candidates that a misspelt name of a kind most likely means; None too once there were enough guesses.
    pub fn nearest<'a>(
        &self,
        kind: &'static str,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<Near> {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        let spent = spent.entry(kind).or_default();
        if spent.is_enough() {
            return None;
        }
        spent.guessed += 1;
        nearest(name, candidates.into_iter().inspect(|_| spent.compared += 1))
    }
}

/// Names one after the other; of many only the first, and how many more there are.
pub fn listed(names: impl IntoIterator<Item: AsRef<str>>) -> String {
    first_of(LISTED, names)
}

/// The same with this many at most.
pub(crate) fn first_of(most: usize, names: impl IntoIterator<Item: AsRef<str>>) -> String {
    let mut names = names.into_iter();
    let mut shown = String::new();
    for (at, name) in names.by_ref().take(most).enumerate() {
        if at > 0 {
            shown.push_str(", ");
        }
        shown.push_str(name.as_ref());
    }
    match names.count() {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of so many misspelt names are guessed at among so many strangers and the one that is meant.
    fn guessed(guesses: &Guesses, kind: &'static str, names: usize, strangers: usize) -> usize {
        let strangers = std::iter::repeat_n("somebody whose name is much longer", strangers);
        let guess = || guesses.nearest(kind, "ana", strangers.clone().chain(["anna"])).is_some();
        (0..names).filter(|_| guess()).count()
    }

    #[test]
    fn guessing_ends() {
        let few = |strangers| guessed(&Guesses::default(), "person", 100_000, strangers);
        assert_eq!(few(Guesses::LIMIT / 10 - 1), 10, "the last limit");
        assert_eq!(few(999), Guesses::NAMES, "as many names");
        assert_eq!(few(0), Guesses::NAMES * Guesses::NAMES, "where there is little to compare, more of them");
    }

    #[test]
    fn each_kind_is_guessed_at_by_itself() {
        let guesses = Guesses::default();
        assert_eq!(guessed(&guesses, "person", 1_000, 999), Guesses::NAMES);
        assert_eq!(guessed(&guesses, "person", 1, 999), 0);
        assert_eq!(guessed(&guesses, "group", 1, 999), 1);
    }

    #[test]
    fn long_lists_are_cut_short() {
        let of = |count: usize| listed(std::iter::repeat_n("a", count));
        assert_eq!(of(0), "");
        assert_eq!(of(3), "a, a, a");
        assert_eq!(of(LISTED), vec!["a"; LISTED].join(", "));
        assert_eq!(of(LISTED + 2), format!("{} and 2 more", of(LISTED)));
    }
}
