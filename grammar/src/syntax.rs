//! From text to tree: total, with every error of a file in one run.

pub mod ast;
mod expected;
pub mod extent;
mod grammar;
mod habit;
mod lost;
mod lower;
mod recover;
mod scan;
mod words;

use pest::Parser as _;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, code};
use crate::text::{FileId, Span, Spanned};
use grammar::{Grammar, Rule};
use lower::Lower;

/// Brackets and `not`s inside each other. Far more than anybody reads, far less than a stack of 2 MB holds.
const MAX_DEPTH: usize = 64;

/// Errors reported of one file.
const MAX_ERRORS: usize = 100;

/// The words that start a declaration or statement. None of them is reserved.
const ITEM_WORDS: &[&str] = &[
    "use",
    "resolve",
    "match",
    "extend",
    "category",
    "container",
    "membership",
    "manifest",
    "attributes",
    "settings",
    "policy",
    "feature",
    "guard",
    "data",
    "recipient",
    "place",
    "invariant",
    "test",
];

/// A policy file as it was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parsed {
    /// The file.
    pub file: FileId,
    /// The `//!` lines, joined by line ends.
    pub doc: Option<Spanned<String>>,
    /// Its items, in order; those with errors keep what could be read of them.
    pub items: Vec<ast::Item>,
    /// Its `//` comments, in order, each from the slashes to the end of the line.
    pub comments: Vec<Spanned<String>>,
    /// What is wrong with it. It is not stored: whoever stores a tree has looked at it.
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a policy file. Any text has a tree; `diagnostics` says what of the text is not in it, in the order of places.
pub fn parse(file: FileId, text: &str) -> Parsed {
    let scan = scan::scan(text);
    let parsable = scan.parsable(text);
    let mut lower = Lower::new(file, &parsable, &scan);
    lower.report_flaws();
    let items = match Grammar::parse(Rule::file, &parsable) {
        Ok(pairs) => lower.items(pairs),
        Err(_) => {
            // The grammar reads any text, so this is the end of the parser's stack.
            let message = "this file nests too deep to be read";
            lower.push(Diagnostic::new(code::TOO_DEEP, message).at(Span::new(file, 0, 0), ""));
            Vec::new()
        }
    };
    let doc = lower.file_doc(items.first().map_or(text.len(), |item| item.span.0.start as usize));
    let comments = lower.comments();
    let mut diagnostics = lower.found;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span().map(|span| (span.start, span.end)));
    Parsed { file, doc, items, comments, diagnostics }
}
