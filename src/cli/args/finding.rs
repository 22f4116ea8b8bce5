//! Looking for mistakes: `check`, `lint` and `rule`; and `fmt`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Reach;

#[derive(Args, Debug)]
pub(in crate::cli) struct Check {
    #[command(flatten)]
    pub(in crate::cli) reach: Reach,
    #[command(flatten)]
    pub(in crate::cli) told: Told,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Lint {
    /// Only findings with a place in these files, and every error anywhere [default: everything]. The project of each
    /// is found upward from it.
    #[arg(value_name = "FILE", conflicts_with = "all_projects")]
    pub(in crate::cli) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) reach: Reach,
    /// Only findings that there were not at this revision of git, or, of A..., where A and the last commit come from;
    /// and every error. With --fix, what there was stays as it is.
    #[arg(long, value_name = "REV")]
    pub(in crate::cli) new_since: Option<String>,
    /// Apply fixes that change no decision, until nothing changes.
    #[arg(long)]
    pub(in crate::cli) fix: bool,
    /// Apply fixes that change decisions too.
    #[arg(long, requires = "fix")]
    pub(in crate::cli) unsafe_fixes: bool,
    /// Make a lint an error; `warnings` makes an error of every warning that is told; repeatable.
    #[arg(long, value_name = "LINT")]
    pub(in crate::cli) deny: Vec<String>,
    /// Make a lint a warning; repeatable.
    #[arg(long, value_name = "LINT")]
    pub(in crate::cli) warn: Vec<String>,
    /// Turn a lint off; repeatable.
    #[arg(long, value_name = "LINT")]
    pub(in crate::cli) allow: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) told: Told,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Rule {
    /// The lint, as `block-bypass`.
    #[arg(value_name = "LINT")]
    pub(in crate::cli) name: Option<String>,
}

/// How findings are told.
#[derive(Args, Clone, Copy, Debug)]
pub(in crate::cli) struct Told {
    /// Show each finding, however many have one cause. JSON and JUnit always do.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(in crate::cli) format: FindingFormat,
}

/// Formats of findings.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum FindingFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// Annotations of GitHub workflows.
    Github,
    /// For test reports.
    Junit,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Fmt {
    /// Policy files, or - for standard input to standard output [default: all of the project].
    #[arg(conflicts_with = "all_projects")]
    pub(in crate::cli) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) reach: Reach,
    /// Change nothing; name what would change and exit with 1 if anything would.
    #[arg(long)]
    pub(in crate::cli) check: bool,
    /// Change nothing; print what would change as a unified diff, with the same exit status.
    #[arg(long)]
    pub(in crate::cli) diff: bool,
}
