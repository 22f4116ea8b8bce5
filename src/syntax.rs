//! From text to tree: total, with every error of a file in one run.

pub mod ast;

use crate::diagnostic::Diagnostic;
use crate::text::{FileId, Spanned};

/// A policy file as it was read.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The file.
    pub file: FileId,
    /// The `//!` lines, joined by line ends.
    pub doc: Option<Spanned<String>>,
    /// Its items, in order; those with errors keep what could be read of them.
    pub items: Vec<ast::Item>,
    /// Its `//` comments, in order, each from the slashes to the end of the line.
    pub comments: Vec<Spanned<String>>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}
