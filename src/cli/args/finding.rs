//! Looking for mistakes: `check`, `lint` and `rule`; and `fmt`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Reach;

#[derive(Args, Debug)]
pub(in crate::cli) struct Check {
    #[command(flatten)]
    pub(in crate::cli) paths: Paths,
    #[command(flatten)]
    pub(in crate::cli) told: Told,
}

/// Files and folders that a command is about.
#[derive(Args, Debug)]
pub(in crate::cli) struct Paths {
    /// Only what stands in these files and folders, and every error anywhere [default: the whole project]. The project
    /// of each is found upward from it; of a folder, every project in it too.
    /// `-` is standard input, in the place of the file that --stdin-filename names.
    #[arg(value_name = "PATH", conflicts_with = "all_projects")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Of which file standard input is the text.
    #[arg(long, value_name = "FILE", requires = "paths")]
    pub(in crate::cli) stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) reach: Reach,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Lint {
    #[command(flatten)]
    pub(in crate::cli) paths: Paths,
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
    #[arg(long, visible_alias = "ignore", value_name = "LINT")]
    pub(in crate::cli) allow: Vec<String>,
    /// Only this lint, also one that is off; repeatable.
    #[arg(long, value_name = "LINT")]
    pub(in crate::cli) select: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) told: Told,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Explain {
    /// A code, as `model::unknown-field` or `block-bypass`.
    #[arg(value_name = "CODE")]
    pub(in crate::cli) code: Option<String>,
}

/// How findings are told.
#[derive(Args, Clone, Copy, Debug)]
pub(in crate::cli) struct Told {
    /// Show each finding, however many have one cause. JSON and JUnit always do.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// Count findings by code, and show none.
    #[arg(long, conflicts_with_all = ["format", "all"])]
    pub(in crate::cli) statistics: bool,
    /// Exit with 0, whatever is found.
    #[arg(long)]
    pub(in crate::cli) exit_zero: bool,
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

impl FindingFormat {
    /// Whether tools read it that look for files in the repository.
    pub(in crate::cli) fn is_located(self) -> bool {
        matches!(self, FindingFormat::Sarif | FindingFormat::Github | FindingFormat::Junit)
    }
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Fmt {
    /// Policy files, folders, or - for standard input to standard output [default: all of the project].
    #[arg(value_name = "PATH", conflicts_with = "all_projects")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// How messages call standard input.
    #[arg(long, value_name = "FILE", requires = "files")]
    pub(in crate::cli) stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) reach: Reach,
    /// Change nothing; name what would change and exit with 1 if anything would.
    #[arg(long)]
    pub(in crate::cli) check: bool,
    /// Change nothing; print what would change as a unified diff, with the same exit status.
    #[arg(long)]
    pub(in crate::cli) diff: bool,
}
