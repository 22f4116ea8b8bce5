//! Guessing what many unknown names were meant to be, and listing what there is, at a cost that does not grow with
//! both.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::language::{Near, nearest};

/// How many names a list in a message has before it is cut short.
const LISTED: usize = 20;

/// Guesses what unknown names were meant to be, as long as that is bearable: many unknown names among many known ones
/// are no slips of the pen but a missing file, and comparing all with all would take hours. Each kind of name is
/// counted by itself, so that none is left without guesses for another.
#[derive(Debug, Default)]
pub struct Guesses {
    spent: Mutex<BTreeMap<(&'static str, For), Spent>>,
}

/// What a guess is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum For {
    /// One run over what is written, which comes to an end.
    Run,
    /// A question. Others may follow for hours, so each brings comparisons of its own.
    Question,
}

/// What guesses have taken so far.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    /// How many names were asked about.
    asked: usize,
    /// How many have been guessed at.
    guessed: usize,
    /// How many have been compared with them.
    compared: usize,
}

impl Spent {
    /// Whether it was enough: after so many names there are no guesses beyond so many comparisons, and none at all
    /// beyond the last limit. Questions bring so many comparisons that among a few names each is guessed at.
    fn is_enough(self, of: For) -> bool {
        let brought = if of == For::Question { self.asked * Guesses::NAMES } else { 0 };
        self.compared >= Guesses::LIMIT.max(brought)
            || self.guessed >= Guesses::NAMES && self.compared >= brought.max(Guesses::NAMES * Guesses::NAMES)
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
        self.nearest_for(For::Run, kind, name, candidates)
    }

    /// The same for a question, of which others may follow as long as the program runs: among [`Guesses::NAMES`] names
    /// each is guessed at, and among more now and then at least.
    pub fn nearest_for_question<'a>(
        &self,
        kind: &'static str,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<Near> {
        self.nearest_for(For::Question, kind, name, candidates)
    }

    fn nearest_for<'a>(
        &self,
        purpose: For,
        kind: &'static str,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<Near> {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        let spent = spent.entry((kind, purpose)).or_default();
        spent.asked += 1;
        if spent.is_enough(purpose) {
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
    fn questions_are_guessed_at_for_hours() {
        let guessed = |strangers| {
            let guesses = Guesses::default();
            let strangers = std::iter::repeat_n("somebody whose name is much longer", strangers);
            let candidates = || strangers.clone().chain(["anna"]);
            assert!(guesses.nearest("person", "ana", std::iter::repeat_n("x", Guesses::LIMIT)).is_none());
            (0..2_000).filter(|_| guesses.nearest_for_question("person", "ana", candidates()).is_some()).count()
        };
        assert_eq!(guessed(Guesses::NAMES - 1), 2_000, "among a few names, each");
        assert_eq!(guessed(10 * Guesses::NAMES - 1), 200, "among ten times as many, each tenth");
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
