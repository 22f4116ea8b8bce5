//! What becomes of a plan: `--write`, `-o`, and `apply`, which carries out what was kept.

use std::path::PathBuf;

use clap::Args;

use super::{AnswerFormat, Command, ContactChange};
use crate::report::effect::Names;

/// What becomes of a plan, and how it is printed.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct Planning {
    /// Carry the plan out; without it, nothing is changed.
    #[arg(long, conflicts_with = "output")]
    pub(in crate::cli) write: bool,
    /// Keep the plan in this file, as JSON; `prescope apply FILE` carries it out, if nothing has changed since.
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Name everybody who gains or loses, in place of counting those alike.
    #[arg(long)]
    pub(in crate::cli) names: bool,
    /// How the plan is printed.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(in crate::cli) format: AnswerFormat,
}

/// What a command line says of how its plan is told and where it is kept, and not of what is planned.
pub(in crate::cli) const ABOUT_TELLING: [&str; 4] = ["write", "output", "names", "format"];

#[derive(Args, Debug)]
pub(in crate::cli) struct Apply {
    /// The file, as `-o` of a command that plans wrote it.
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
}

impl Planning {
    /// Who is named of those who gain or lose alike.
    pub(in crate::cli) fn names(&self) -> Names {
        if self.names { Names::All } else { Names::Counted }
    }
}

impl Command {
    /// What is to become of the plan; None if the command plans nothing.
    pub(in crate::cli) fn planning(&self) -> Option<&Planning> {
        Some(match self {
            Command::Preference(command) => &command.planning,
            Command::Migrate(command) => &command.planning,
            Command::Contact(command) => match &command.change {
                ContactChange::Add(it) | ContactChange::Remove(it) => &it.planning,
                ContactChange::Move(it) => &it.planning,
            },
            Command::Block(command) => &command.planning,
            Command::Unblock(command) => &command.planning,
            Command::Set(command) => &command.how.planning,
            Command::New(command) => &command.how.planning,
            Command::Remove(command) => &command.how.planning,
            _ => return None,
        })
    }
}
