//! The only place that writes: answers to standard output, everything about the tool itself to standard error. Everything
//! passes the gate, so that no data commands a terminal or a build service.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::mem::ManuallyDrop;
use std::rc::Rc;

use super::args::Color;
use super::failure::Failure;
use super::gate::{Own, pass};
use crate::language::{Diagnostic, Sources};
use crate::project::Ready;
use crate::report::finding;
use crate::report::telling::Telling;
use crate::text::line;

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
        self.print_with(text, Own::Lines)
    }

    /// Writes an answer that holds more of our own than lines.
    pub(super) fn print_with(&mut self, text: &str, own: Own) -> io::Result<()> {
        self.out.write_all(pass(text, own).as_bytes())
    }

    /// Writes what is to be a file: a formatted policy, a script. A terminal gets it as any other text; a file and a pipe
    /// get every byte, or it would not be that file.
    pub(super) fn print_file(&mut self, text: &str) -> io::Result<()> {
        if io::stdout().is_terminal() { self.print(text) } else { self.out.write_all(text.as_bytes()) }
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
        let colour = is_coloured(self.color, io::stdout().is_terminal());
        self.print_with(&finding::graphical(sources, telling, colour), coloured(colour))
    }

    /// Findings beside an answer, on standard error.
    pub(super) fn complain_findings(&self, sources: &Sources, found: &[Diagnostic]) {
        let colour = is_coloured(self.color, io::stderr().is_terminal());
        let telling = Telling::grouped(sources, found, "`prescope check --all`");
        Self::note_with(&finding::graphical(sources, &telling, colour), coloured(colour));
    }

    /// What went wrong, on standard error.
    pub(super) fn complain(&self, failure: &Failure) {
        Self::note(&format!("{failure}\n"));
        if matches!(failure, Failure::Output(_)) && !self.written.is_empty() {
            let these = if self.written.len() == 1 { "this file has" } else { "these files have" };
            Self::note(&line!("  note: {these} been written all the same: {}", self.written.join(", ")));
        }
    }

    /// A word beside the answer, on standard error.
    pub(super) fn note(text: &str) {
        Self::note_with(text, Own::Lines);
    }

    /// The same with more of our own than lines. If nobody reads that, there is nobody to tell.
    pub(super) fn note_with(text: &str, own: Own) {
        _ = io::stderr().write_all(pass(text, own).as_bytes());
    }

    /// What the parser of command lines says: help to standard output, mistakes to standard error.
    pub(super) fn usage(told: &clap::Error) -> io::Result<()> {
        let terminal = if told.use_stderr() { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
        let colour = is_coloured(Color::Auto, terminal);
        let text = if colour { told.render().ansi().to_string() } else { told.render().to_string() };
        let text = pass(&text, coloured(colour));
        match told.use_stderr() {
            true => io::stderr().write_all(text.as_bytes()),
            false => io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()),
        }
    }
}

fn coloured(colour: bool) -> Own {
    if colour { Own::Colours } else { Own::Lines }
}

fn is_coloured(color: Color, terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}
