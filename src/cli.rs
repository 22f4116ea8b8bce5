//! The command line: arguments to library calls, results to bytes and an exit status. Nothing is decided here.
#![allow(clippy::disallowed_methods, reason = "a command reads what it is pointed at")]

mod apply;
mod args;
mod ask;
mod audit;
mod batch;
mod change;
mod check;
mod compile;
mod completions;
mod diff;
mod disclosures;
mod explain;
mod failure;
mod file;
mod findings;
mod fmt;
mod gate;
mod graph;
mod init;
mod lint;
mod man;
mod meant;
mod migrate;
mod mutate;
mod named;
mod open;
mod output;
mod planning;
mod plans;
mod progress;
mod prove;
mod recover;
mod schema;
mod show;
mod test;
mod typed;
mod what;
mod who;
mod wish;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Color, Command};
use failure::Failure;
use output::Output;

use crate::language::Sources;
use crate::report::json;
use crate::resolve::RuleSet;
use crate::text::shown;

/// The exit status of every command; of several, the greatest counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Status {
    /// Done and clean.
    Clean = 0,
    /// Errors were found, or the answer is no and the exit status was asked to say so.
    Found = 1,
    /// The question could not be answered.
    Failed = 2,
}

/// Runs a command line and says how it went.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let typed: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&typed) {
        Ok(arguments) => arguments,
        Err(told) => {
            // Help and version go to standard output with status 0, mistakes to standard error with 2.
            let code = if told.use_stderr() { Status::Failed } else { Status::Clean };
            let told = meant::honest(as_shown(&typed).unwrap_or(told));
            let shown = Output::usage(&told).map_err(Failure::from);
            return ExitCode::from(ended(shown.map(|()| code), &Output::new(Color::Auto)) as u8);
        }
    };
    let mut output = Output::asked(&arguments);
    let done =
        arguments.from.as_deref().map_or(Ok(()), open::go_to).and_then(|()| dispatch(&arguments, &typed, &mut output));
    let done = done.and_then(|status| output.finish().map(|()| status).map_err(Failure::from));
    let done = done.and_then(|status| match output.changed_meanwhile() {
        None => Ok(status),
        Some(path) => {
            let message = format!("`{path}` has changed while the answer was made, which names no places in it");
            Err(Failure::Other(message, Some("ask again".to_owned())))
        }
    });
    ExitCode::from(ended(done, &output) as u8)
}

/// What `batch` answers to a line. For the fuzz targets, which run no command.
#[doc(hidden)]
pub fn batch_line(rules: &RuleSet, sources: &Sources, line: &str) -> String {
    json::line(&batch::answer(rules, sources, line).unwrap_or_else(|mistake| mistake.at(1)))
}

/// Whether a command line is one; otherwise what is wrong is put into words. For the fuzz targets, which run none.
#[doc(hidden)]
pub fn is_understood(arguments: impl IntoIterator<Item = OsString>) -> bool {
    match Arguments::try_parse_from(arguments) {
        Ok(_) => true,
        Err(error) => {
            _ = meant::honest(error).to_string();
            false
        }
    }
}

/// The exit status; what went wrong is told.
fn ended(done: Result<Status, Failure>, output: &Output) -> Status {
    match done {
        Ok(status) => status,
        Err(Failure::Closed) => Status::Clean, // the reader has seen enough
        Err(failure) => {
            output.complain(&failure);
            Status::Failed
        }
    }
}

/// What the parser says of the arguments as they are shown, which no line end of theirs can leave.
fn as_shown(typed: &[OsString]) -> Option<clap::Error> {
    Arguments::try_parse_from(typed.iter().map(|it| shown(&it.to_string_lossy()).into_owned())).err()
}

fn dispatch(arguments: &Arguments, typed: &[OsString], output: &mut Output) -> Result<Status, Failure> {
    let place = &arguments.place;
    recover::run(place, &arguments.command)?;
    match &arguments.command {
        Command::Check(command) => check::run(place, command, output),
        Command::Lint(command) => lint::run(place, command, output),
        Command::Explain(command) => explain::run(command, output),
        Command::Fmt(command) => fmt::run(place, command, output),
        Command::Can(command) => ask::can(place, command, output),
        Command::Why(command) => ask::why(place, command, output),
        Command::Who(command) => who::run(place, command, output),
        Command::What(command) => what::run(place, command, output),
        Command::Disclosures(command) => disclosures::run(place, command, output),
        Command::Audit(command) => audit::run(place, command, output),
        Command::Batch(command) => batch::run(place, command, output),
        Command::Mode(command) => migrate::mode(place, command, output),
        Command::Preference(_)
        | Command::Migrate(_)
        | Command::Contact(_)
        | Command::Block(_)
        | Command::Unblock(_)
        | Command::Set(_)
        | Command::New(_)
        | Command::Remove(_) => plans::run(arguments, typed, output),
        Command::Apply(command) => apply::run(place, command, output),
        Command::Diff(command) => diff::run(place, command, output),
        Command::Prove(command) => prove::run(place, command, output),
        Command::Mutate(command) => mutate::run(place, command, output),
        Command::Test(command) => test::run(place, command, output),
        Command::Show(command) => show::run(place, command, output),
        Command::Graph(command) => graph::run(place, command, output),
        Command::Compile => compile::run(place, output),
        Command::Init(command) => init::run(place, command, output),
        Command::Schema(command) => schema::run(command, output),
        Command::Completions(command) => completions::run(command, output),
        Command::Man(command) => man::run(command, output),
    }
}
