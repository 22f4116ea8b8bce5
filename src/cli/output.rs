//! The only place that writes: answers to standard output, everything about the tool itself to standard error.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::mem::ManuallyDrop;
use std::rc::Rc;

use super::args::Color;
use super::failure::Failure;
use crate::diagnostic::Diagnostic;
use crate::project::Ready;
use crate::report::finding;
use crate::report::telling::Telling;
use crate::text::Sources;

/// Where a command writes.
#[derive(Debug)]
pub(super) struct Output {
    out: BufWriter<Stdout>,
    color: Color,
    /// Files that were written, by the names that messages show.
    written: Vec<String>,
    /// The set that answers come from, which may turn out to have changed.
    ready: Option<Rc<ManuallyDrop<Ready>>>,
}

impl Output {
    pub(super) fn new(color: Color) -> Output {
        Output { out: BufWriter::new(io::stdout()), color, written: Vec::new(), ready: None }
    }

    /// Writes an answer.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Notes that files have been written, which is told even if the answer that says so cannot be.
    pub(super) fn wrote(&mut self, paths: impl IntoIterator<Item = String>) {
        self.written.extend(paths);
    }

    /// Notes what the answers come from.
    pub(super) fn depend_on(&mut self, ready: Rc<ManuallyDrop<Ready>>) {
        self.ready = Some(ready);
    }

    /// A file that has changed while answers were made that come from it.
    pub(super) fn changed_meanwhile(&self) -> Option<&str> {
        self.ready.as_ref()?.changed()
    }

    /// Passes everything on that was written so far.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Findings as answer.
    pub(super) fn findings(&mut self, sources: &Sources, telling: &Telling<'_>) -> io::Result<()> {
        let colour = self.colours(io::stdout().is_terminal());
        self.print(&finding::graphical(sources, telling, colour))
    }

    /// Findings beside an answer, on standard error.
    pub(super) fn complain_findings(&self, sources: &Sources, found: &[Diagnostic]) {
        let colour = self.colours(io::stderr().is_terminal());
        let telling = Telling::grouped(sources, found, "`prescope check --all`");
        Self::note(&finding::graphical(sources, &telling, colour));
    }

    /// What went wrong, on standard error.
    pub(super) fn complain(&self, failure: &Failure) {
        Self::note(&format!("{failure}\n"));
        if matches!(failure, Failure::Output(_)) && !self.written.is_empty() {
            let these = if self.written.len() == 1 { "this file has" } else { "these files have" };
            Self::note(&format!("  note: {these} been written all the same: {}\n", self.written.join(", ")));
        }
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
