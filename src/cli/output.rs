//! The only place that writes: answers to standard output, everything about the tool itself to standard error.
//! Everything passes the gate, so that no data commands a terminal or a build service.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::mem::ManuallyDrop;
use std::rc::Rc;

use terminal_size::{Height, Width, terminal_size_of};

use super::args::{Arguments, Color};
use super::failure::Failure;
use super::gate::{Own, pass};
use crate::language::{Diagnostic, Sources};
use crate::project::Ready;
use crate::report::finding;
use crate::report::page::{Page, Screen, wrapped};
use crate::report::telling::Telling;
use crate::text::line;

/// The narrowest terminal for which texts are laid out, in columns: in a narrower one they would have no shape.
const NARROWEST: usize = 20;

/// Where a command writes.
#[derive(Debug)]
pub(super) struct Output {
    out: BufWriter<Stdout>,
    color: Color,
    /// Nothing is told of how it went.
    quiet: bool,
    /// How standard output shows texts.
    screen: Screen,
    /// Files that were written, by the names that messages show.
    written: Vec<String>,
    /// The set that answers come from, which may turn out to have changed.
    ready: Option<Rc<ManuallyDrop<Ready>>>,
}

impl Output {
    pub(super) fn new(color: Color) -> Output {
        let screen = screen(color, io::stdout().is_terminal(), terminal_size_of(io::stdout()));
        Output { out: BufWriter::new(io::stdout()), color, quiet: false, screen, written: Vec::new(), ready: None }
    }

    /// As a command line asks for it.
    pub(super) fn asked(arguments: &Arguments) -> Output {
        Output { quiet: arguments.quiet, ..Output::new(arguments.color) }
    }

    /// Whether nothing is told of how it went.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes an answer for people, as wide as the terminal and in its colours.
    pub(super) fn tell(&mut self, text: impl Into<Page>) -> io::Result<()> {
        self.write(&Reply::Text(text.into()))
    }

    /// Writes how it went, unless nobody wants to know.
    pub(super) fn sum_up(&mut self, text: impl Into<Page>) -> io::Result<()> {
        if self.quiet { Ok(()) } else { self.tell(text) }
    }

    /// Writes an answer for programs.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(pass(text, Own::Lines).as_bytes())
    }

    /// Writes an answer.
    pub(super) fn write(&mut self, reply: &Reply) -> io::Result<()> {
        self.out.write_all(shown(reply, self.screen).as_bytes())
    }

    /// Writes what is to be a file: a formatted policy, a script. A terminal gets it as any other text; a file and a
    /// pipe get every byte, or it would not be that file.
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
        draw(sources, telling, self.screen, &mut self.out)
    }

    /// Findings beside an answer, on standard error.
    pub(super) fn complain_findings(&self, sources: &Sources, found: &[Diagnostic]) {
        let telling = Telling::grouped(sources, found, "`prescope check --all`");
        // If nobody reads that, there is nobody to tell.
        _ = draw(sources, &telling, err(self.color), &mut io::stderr());
    }

    /// What went wrong, on standard error.
    pub(super) fn complain(&self, failure: &Failure) {
        Self::note(&format!("{failure}\n"));
        if matches!(failure, Failure::Output(_)) && !self.written.is_empty() {
            let these = if self.written.len() == 1 { "this file has" } else { "these files have" };
            Self::note(&line!("  note: {these} been written all the same: {}", self.written.join(", ")));
        }
    }

    /// A word beside the answer, on standard error. If nobody reads that, there is nobody to tell.
    pub(super) fn note(text: &str) {
        let reply = Reply::Text(Page::from(text));
        _ = io::stderr().write_all(shown(&reply, err(Color::Never)).as_bytes());
    }

    /// What would be an answer if there were not another one.
    pub(super) fn write_beside(&self, reply: &Reply) {
        _ = io::stderr().write_all(shown(reply, err(self.color)).as_bytes());
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

/// What a command answers.
#[derive(Debug)]
pub(super) enum Reply {
    /// A text for people.
    Text(Page),
    /// A text for programs, and what of it is our own. No line of it is broken, and it has no colours.
    Data(String, Own),
}

impl Reply {
    /// A text for programs that is nothing but lines.
    pub(super) fn data(text: String) -> Reply {
        Reply::Data(text, Own::Lines)
    }
}

/// A reply as it is written.
fn shown(reply: &Reply, screen: Screen) -> Cow<'_, str> {
    match reply {
        Reply::Text(page) => page.on(screen, |text| pass(text, Own::Lines)),
        Reply::Data(text, own) => pass(text, *own),
    }
}

/// A reply as a file holds it: neither laid out for a screen nor coloured.
pub(super) fn in_file(reply: &Reply) -> Cow<'_, str> {
    shown(reply, Screen { width: None, colour: false })
}

/// Writes findings.
fn draw(sources: &Sources, telling: &Telling<'_>, screen: Screen, out: &mut impl Write) -> io::Result<()> {
    let drawn = finding::graphical(sources, telling, screen);
    out.write_all(wrapped(&pass(&drawn, coloured(screen.colour)), screen.width).as_bytes())
}

/// How standard error shows texts.
fn err(color: Color) -> Screen {
    screen(color, io::stderr().is_terminal(), terminal_size_of(io::stderr()))
}

fn screen(color: Color, terminal: bool, size: Option<(Width, Height)>) -> Screen {
    let width = size.map(|(Width(width), _)| usize::from(width)).filter(|width| terminal && *width > 0);
    Screen { width: width.map(|width| width.max(NARROWEST)), colour: is_coloured(color, terminal) }
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
