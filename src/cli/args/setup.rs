//! The commands around a project: beginning one, and what shells, editors and manuals need.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub(in crate::cli) struct Init {
    /// Where; made if there is no such folder [default: here].
    #[arg(value_name = "FOLDER")]
    pub(in crate::cli) folder: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Schema {
    /// The schema, as `answer` or `directory`.
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: Option<String>,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Completions {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    pub(in crate::cli) shell: Shell,
}

/// Shells that completions can be written for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum Shell {
    /// `source <(prescope completions bash)`
    Bash,
    /// A file `_prescope` in a folder of `$fpath`.
    Zsh,
    /// `prescope completions fish | source`
    Fish,
    /// `prescope completions powershell | Out-String | Invoke-Expression`
    Powershell,
    /// `eval (prescope completions elvish | slurp)`
    Elvish,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Man {
    /// The folder of the pages; made if there is none [default: the page of prescope itself, to standard output].
    #[arg(value_name = "FOLDER")]
    pub(in crate::cli) folder: Option<PathBuf>,
}
