//! Answers, findings and pictures as bytes. A renderer chooses words and places; it computes and drops nothing.

pub mod answer;
pub mod audit;
pub mod coverage;
pub mod disclosure;
pub mod effect;
pub mod finding;
pub mod github;
pub mod graph;
pub mod json;
pub mod junit;
pub mod matrix;
pub mod mode;
pub mod plan;
pub mod sarif;
pub mod show;
mod table;
pub mod tests;
pub mod usage;
pub mod who;

use crate::text::{Sources, Span};

/// `path:line` of a place.
pub(crate) fn place(sources: &Sources, span: Span) -> String {
    format!("{}:{}", sources.path(span.file), sources.start(span).line)
}

/// "1 person", "3 people".
pub(crate) fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}
