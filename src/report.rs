//! Answers, findings and pictures as bytes. A renderer chooses words and places; it computes
//! nothing, and what it does not show it counts.

pub mod answer;
pub mod audit;
pub mod change;
pub mod coverage;
pub mod diff;
pub mod disclosure;
pub mod effect;
pub mod finding;
pub mod follows;
pub mod github;
pub mod graph;
pub mod json;
pub mod junit;
pub mod matrix;
pub mod mode;
pub mod mutate;
pub mod page;
pub mod plan;
pub mod prove;
pub mod sarif;
pub mod show;
mod sign;
mod table;
pub mod telling;
pub mod tests;
pub mod unknown;
pub mod usage;
pub mod who;

use crate::language::{Sources, Span};
use crate::model::{Model, UserId};
use crate::project::side::Side;
use crate::text::{self, first_of};
use telling::Telling;

/// What ids and places are called.
#[derive(Clone, Copy, Debug)]
pub struct Naming<'a> {
    /// The set that the ids are of.
    pub model: &'a Model,
    /// The texts that the places are in.
    pub sources: &'a Sources,
}

/// What is told beside findings: what nobody has looked at, and what there was before.
#[derive(Clone, Copy, Default, Debug)]
pub struct Beside<'a> {
    /// How many invariants are not proved.
    pub invariants: usize,
    /// With what today's findings were compared; None if all of them are told.
    pub since: Option<Since<'a>>,
}

/// What findings were compared with, which are told if they are new.
#[derive(Clone, Copy, Debug)]
pub struct Since<'a> {
    /// What there was.
    pub side: &'a Side,
    /// Today's findings that were there already.
    pub old: &'a Telling<'a>,
}

impl Since<'_> {
    /// "12 findings were there at `main` already and are not shown"; None if there were none.
    pub fn there_already(&self) -> Option<String> {
        let (count, origin) = (self.old.count(), &self.side.origin);
        match count {
            0 => None,
            1 => Some(format!("1 finding was there at {origin} already and is not shown")),
            many => Some(format!("{many} findings were there at {origin} already and are not shown")),
        }
    }
}

/// `path:line` of a place.
pub(crate) fn place(sources: &Sources, span: Span) -> String {
    format!("{}:{}", sources.path(span.file), sources.start(span).line)
}

/// Up to three of some users by address, and how many more there are.
pub(crate) fn some_users(model: &Model, users: &[UserId]) -> String {
    first_of(SHOWN, users.iter().map(|user| model.people[model.users[*user].person].address.as_str()))
}

/// How many users, and who the first of them are.
pub(crate) fn counted(model: &Model, users: &[UserId]) -> String {
    match users.len() {
        0 => "no user".to_owned(),
        1 => format!("1 user: {}", some_users(model, users)),
        many => format!("{many} users: {}", some_users(model, users)),
    }
}

/// The same of owners: "1 owner: anna@contoso.com".
pub(crate) fn counted_owners(model: &Model, owners: &[UserId]) -> String {
    format!("{}: {}", text::counted(owners.len(), "owner"), some_users(model, owners))
}

/// "3 invariants, not proved"; None where there is none. Whoever only reads them says so, or it would seem otherwise.
pub fn not_proved(invariants: usize) -> Option<String> {
    (invariants > 0).then(|| format!("{}, not proved", text::counted(invariants, "invariant")))
}

/// How many users are named where all would be too many.
const SHOWN: usize = 3;

/// "1 person", "3 people".
pub(crate) fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}
