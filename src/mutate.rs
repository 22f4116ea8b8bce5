//! Which slips of an author the tests and invariants of a set would catch.
//!
//! A mutant is the set with one slip in its own policies: a rule left out, a condition turned round, a field published
//! too. It is caught if a test fails or an invariant is refuted that was not before. One that nothing catches is
//! compared with the set in every world there can be: if both decide alike, the slip changes nothing and is not
//! counted; else the plainest world that tells them apart is what a test is missing for.

mod all;
mod author;
mod conditions;
mod edit;
mod features;
mod operator;
mod presence;
mod sample;
mod settings;
mod trial;
mod witness;

pub use all::{Counts, Mutant, Mutants, Untried};
pub use operator::Operator;
pub use sample::Share;
pub use trial::{Catcher, mutant};
pub use witness::Witness;

use rustc_hash::FxHashMap;

use crate::compile::Set;
use crate::language::Span;
use crate::language::ast::ItemKind;
use crate::symbolic::NODES;
use author::Author;
use edit::Edit;

/// One slip.
#[derive(Clone, Debug)]
pub struct Mutation {
    /// Of which kind it is.
    pub operator: Operator,
    /// What is not as it was.
    pub at: Span,
    /// What is so instead, in words.
    pub says: String,
    /// The label of a test that it would fail; each slip has another one.
    pub(crate) label: String,
    /// The declarations that are other ones.
    changed: Vec<Changed>,
}

/// A declaration in place of another one: the file and the item among the set's own, and what is declared.
type Changed = (usize, usize, ItemKind);

impl Mutation {
    fn new(edit: Edit<Vec<Changed>>) -> Mutation {
        let label = format!("not so: {}", edit.says.replace(['`', '"'], ""));
        Mutation { operator: edit.operator, at: edit.at, says: edit.says, label, changed: edit.tree }
    }
}

/// What became of a mutant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It has errors, so everybody would notice.
    Invalid,
    /// Some tests or invariants fail.
    Caught,
    /// Nothing fails, and nothing is decided differently in any world.
    Alike,
    /// Nothing fails, though something is decided differently in this world and others.
    Survived(Witness),
    /// Nothing fails, and whether anything is decided differently is not known: it needs too many nodes.
    Unknown,
}

/// How mutants are tried.
#[derive(Clone, Debug)]
pub struct Options {
    /// Only slips of these kinds; of every kind if there are none.
    pub operators: Vec<Operator>,
    /// How many of them.
    pub share: Share,
    /// How many nodes a diagram may have.
    pub limit: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { operators: Vec::new(), share: Share::default(), limit: NODES }
    }
}

/// Every slip that an author could make in the set's own policies, one at a time and in the order of files and places.
/// None if the set has errors.
pub fn mutations(set: &Set, options: &Options) -> Option<Vec<Mutation>> {
    every(set, options).map(|all| options.share.chosen(all))
}

/// The same, whatever their share.
fn every(set: &Set, options: &Options) -> Option<Vec<Mutation>> {
    let mut all = Author::new(set)?.slips();
    let tests = set.model.tests.iter().map(|test| (test.declared.name.clone(), 1));
    let mut known: FxHashMap<String, usize> = tests.collect();
    for mutation in &mut all {
        let number = known.entry(mutation.label.clone()).or_default();
        *number += 1;
        if *number > 1 {
            mutation.label.push_str(&format!(" ({number})"));
        }
    }
    all.retain(|mutation| options.operators.is_empty() || options.operators.contains(&mutation.operator));
    Some(all)
}
