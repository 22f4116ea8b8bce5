//! The only place that writes: answers to standard output, everything about the tool itself to standard error.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use super::args::Color;
use super::failure::Failure;
use crate::diagnostic::Diagnostic;
use crate::report::finding;
use crate::text::Sources;

/// Where a command writes.
#[derive(Debug)]
pub(super) struct Output {
    out: BufWriter<Stdout>,
    color: Color,
}

impl Output {
    pub(super) fn new(color: Color) -> Output {
        Output { out: BufWriter::new(io::stdout()), color }
    }

    /// Writes an answer.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Passes everything on that was written so far.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Findings as answer.
    pub(super) fn findings(&mut self, sources: &Sources, found: &[Diagnostic]) -> io::Result<()> {
        let colour = self.colours(io::stdout().is_terminal());
        self.print(&finding::graphical(sources, found, colour))
    }

    /// Findings beside an answer, on standard error.
    pub(super) fn complain_findings(&self, sources: &Sources, found: &[Diagnostic]) {
        let colour = self.colours(io::stderr().is_terminal());
        Self::note(&finding::graphical(sources, found, colour));
    }

    /// What went wrong, on standard error.
    pub(super) fn complain(&self, failure: &Failure) {
        Self::note(&format!("{failure}\n"));
    }

    /// A word beside the answer, on standard error. If nobody reads that, there is nobody to tell.
    pub(super) fn note(text: &str) {
        _ = io::stderr().write_all(text.as_bytes());
    }

    fn colours(&self, terminal: bool) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }
}
