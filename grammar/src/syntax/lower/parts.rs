//! The parts of a pair, one after the other.

use pest::iterators::{Pair, Pairs};

use crate::syntax::expected::expected;
use crate::syntax::grammar::Rule;

/// Walks over the parts of a pair in the order of the grammar.
pub(super) struct Parts<'i> {
    rest: Pairs<'i, Rule>,
}

impl<'i> Parts<'i> {
    pub(super) fn new(pair: Pair<'i, Rule>) -> Parts<'i> {
        Parts { rest: pair.into_inner() }
    }

    /// The next part if it is of this rule; keywords and signs before it are passed over. Otherwise nothing is taken.
    pub(super) fn take(&mut self, wanted: Rule) -> Option<Pair<'i, Rule>> {
        let mut ahead = self.rest.clone();
        loop {
            let next = ahead.next()?;
            if next.as_rule() == wanted {
                self.rest = ahead;
                return Some(next);
            }
            if !expected(next.as_rule()).is_word() {
                return None;
            }
        }
    }

    /// True if the next part is of this rule; it is taken.
    pub(super) fn has(&mut self, wanted: Rule) -> bool {
        let found = self.rest.peek().is_some_and(|next| next.as_rule() == wanted);
        if found {
            self.rest.next();
        }
        found
    }

    /// The next part that is no keyword or sign.
    pub(super) fn next(&mut self) -> Option<Pair<'i, Rule>> {
        self.rest.find(|next| !expected(next.as_rule()).is_word())
    }

    /// All parts of this rule that come next, keywords and signs between them passed over.
    pub(super) fn all(&mut self, wanted: Rule) -> Vec<Pair<'i, Rule>> {
        std::iter::from_fn(|| self.take(wanted)).collect()
    }
}
