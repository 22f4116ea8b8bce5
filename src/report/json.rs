//! The JSON contracts, version 1. Wire types are their own: the core may change its types, these may only grow.

mod answer;
mod batch;
mod change;
mod coverage;
mod diff;
mod effect;
mod finding;
mod follows;
mod matrix;
mod mistake;
mod mutants;
mod plan;
mod plan_file;
mod proofs;
pub mod schema;
mod shift;
mod tests;
mod usage;
mod who;
pub(super) mod words;

pub use answer::{WireAnswer, answer};
pub(super) use answer::{WireChannel, channel};
pub use batch::{BatchAnswer, BatchLine, Mistake, Question, SeeQuestion, UseQuestion, read_line};
pub use change::change;
pub use coverage::coverage;
pub use diff::diff;
pub use finding::findings;
pub use follows::Follows;
pub use matrix::{matrix_of_owner, matrix_of_viewer};
pub use mutants::mutants;
pub use plan::{WirePlan, migration_plan, plans, proposal_plan};
pub use plan_file::{PLAN_FILE_HEAD, PlanFile, plan_file, read_plan_file};
pub use proofs::proofs;
pub use tests::tests;
pub use usage::{WireUse, use_answer, what_uses, who_uses};
pub use who::who;

use schemars::JsonSchema;
use serde::Serialize;

use crate::language::{Sources, Span, is_command};

/// A place: file, and line and column from 1 (columns in characters).
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema, Debug)]
pub struct At {
    /// The path.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl At {
    /// Where a span starts.
    pub fn new(sources: &Sources, span: Span) -> At {
        let start = sources.start(span);
        At { file: sources.path(span.file).to_owned(), line: start.line, column: start.column }
    }
}

/// A plan as programs read it.
#[derive(Serialize)]
#[serde(untagged)]
#[allow(missing_debug_implementations, reason = "it is written, and nothing else")]
pub enum PlanDocument<'a> {
    /// A change of policy objects.
    Objects(Box<change::Document<'a>>),
    /// Changes in the directory.
    Entries(Box<plan::Document>),
}

/// A document in one line, with the line end.
pub fn line(document: &impl Serialize) -> String {
    // Wire types have string keys and finite numbers only, so writing them cannot fail.
    let mut text = quiet(serde_json::to_string(document).unwrap_or_default());
    text.push('\n');
    text
}

/// A document that says the same and commands nobody who prints it: what JSON lets stand in its strings, and a terminal
/// or a build service (`##[error]`) would obey, is written by its number.
fn quiet(text: String) -> String {
    if !text.contains("##") && !text.contains(is_command) {
        return text;
    }
    let mut quiet = String::with_capacity(text.len() + text.len() / 8);
    let mut before = ' ';
    for letter in text.chars() {
        match letter {
            '#' if before == '#' => quiet.push_str("\\u0023"),
            letter if is_command(letter) => quiet.push_str(&format!("\\u{:04x}", u32::from(letter))),
            letter => quiet.push(letter),
        }
        before = letter;
    }
    quiet
}
