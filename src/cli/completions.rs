//! `completions`: what a shell needs to complete command lines.

use clap::CommandFactory;
use clap_complete::{Shell as Target, generate};

use super::Status;
use super::args::{Arguments, Completions, Shell};
use super::failure::Failure;
use super::output::Output;

pub(super) fn run(command: &Completions, output: &mut Output) -> Result<Status, Failure> {
    let target = match command.shell {
        Shell::Bash => Target::Bash,
        Shell::Zsh => Target::Zsh,
        Shell::Fish => Target::Fish,
        Shell::Powershell => Target::PowerShell,
        Shell::Elvish => Target::Elvish,
    };
    // Into memory first: what is generated here ends the program where a pipe is closed.
    let mut script = Vec::new();
    generate(target, &mut Arguments::command(), "prescope", &mut script);
    output.print_file(&String::from_utf8_lossy(&script))?;
    Ok(Status::Clean)
}
