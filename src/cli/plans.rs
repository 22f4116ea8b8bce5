//! The commands that plan, and the plan that one of them makes.

use std::ffi::OsString;

use super::args::{Arguments, Command};
use super::failure::Failure;
use super::open;
use super::output::Output;
use super::planning::End;
use super::{Status, change, migrate, wish};
use crate::project::Project;

/// Runs a command that plans.
pub(super) fn run(arguments: &Arguments, typed: &[OsString], output: &mut Output) -> Result<Status, Failure> {
    let project = open::sound(&arguments.place, output)?;
    made(&project, &arguments.command, &mut End::AsAsked(typed, &arguments.place), output)
}

/// Makes the plan of a command. One that plans nothing is done.
pub(super) fn made(
    project: &Project,
    command: &Command,
    end: &mut End<'_>,
    output: &mut Output,
) -> Result<Status, Failure> {
    match command {
        Command::Preference(command) => wish::preference(project, command, end, output),
        Command::Migrate(command) => migrate::migrate(project, command, end, output),
        Command::Contact(command) => wish::contact(project, command, end, output),
        Command::Block(command) => wish::block(project, command, end, output),
        Command::Unblock(command) => wish::unblock(project, command, end, output),
        Command::Set(command) => change::set(project, command, end, output),
        Command::New(command) => change::new(project, command, end, output),
        Command::Remove(command) => change::remove(project, command, end, output),
        _ => Ok(Status::Clean),
    }
}
