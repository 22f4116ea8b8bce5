//! Proving invariants: `prove`.

use clap::{Args, ValueEnum};

use super::{FindingFormat, Reach};
use crate::symbolic::NODES;

#[derive(Args, Debug)]
pub(in crate::cli) struct Prove {
    /// Only invariants with one of these texts in their label, whatever the case [default: every invariant].
    #[arg(value_name = "LABEL", conflicts_with = "all_projects")]
    pub(in crate::cli) labels: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) reach: Reach,
    #[command(flatten)]
    pub(in crate::cli) effort: Effort,
    /// Ask about everybody in this directory and everybody they can meet, not about everybody there can be.
    #[arg(long)]
    pub(in crate::cli) in_directory: bool,
    /// With --in-directory, ask about everybody there can be too.
    #[arg(long, requires = "in_directory")]
    pub(in crate::cli) all_worlds: bool,
    /// Make a result an error that is only a warning otherwise; repeatable.
    #[arg(long, value_enum, value_name = "RESULT")]
    pub(in crate::cli) deny: Vec<Denied>,
    /// Exit with 1 if a project has no invariants at all.
    #[arg(long)]
    pub(in crate::cli) fail_on_empty: bool,
    /// How results are written.
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(in crate::cli) format: FindingFormat,
}

/// How far proofs go.
#[derive(Args, Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) struct Effort {
    /// Show up to 20 worlds that break a clause, the smallest first; none has all facts of an earlier one.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// The most nodes a decision diagram may have; a clause that needs more is undecided.
    #[arg(long, value_name = "NODES", default_value_t = NODES)]
    pub(in crate::cli) limit: usize,
}

impl Default for Effort {
    fn default() -> Effort {
        Effort { all: false, limit: NODES }
    }
}

/// What can be made an error.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum Denied {
    /// A clause that applies in no world, or to nobody in the directory.
    Vacuous,
}
