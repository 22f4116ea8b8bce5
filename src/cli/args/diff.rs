//! Comparing two sides: `diff`.

use std::path::PathBuf;

use clap::Args;

use super::AnswerFormat;

#[derive(Args, Debug)]
pub(in crate::cli) struct Diff {
    /// What there was: a folder, a revision of git, REVISION:FOLDER, A..B, or A...B from where A and B come from.
    #[arg(required_unless_present_any = ["staged", "merge_base"])]
    pub(in crate::cli) base: Option<String>,
    /// What there is, the same way [default: the working tree].
    pub(in crate::cli) head: Option<String>,
    /// BASE and HEAD are revisions, whatever folders there are.
    #[arg(long, conflicts_with = "folder")]
    pub(in crate::cli) git: bool,
    /// BASE and HEAD are folders, whatever revisions there are.
    #[arg(long)]
    pub(in crate::cli) folder: bool,
    /// What there is, is what is staged for the next commit [default of BASE: HEAD].
    #[arg(long, conflicts_with_all = ["head", "folder"])]
    pub(in crate::cli) staged: bool,
    /// Compare with where BASE and HEAD come from [default of BASE: the branch that a pull request is for, or
    /// origin/HEAD].
    #[arg(long, conflicts_with = "folder")]
    pub(in crate::cli) merge_base: bool,
    /// A directory file for both sides, in place of their own; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) directory: Vec<PathBuf>,
    /// Exit with 1 if anything differs.
    #[arg(long)]
    pub(in crate::cli) exit_code: bool,
    /// How the comparison is written.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(in crate::cli) format: AnswerFormat,
}
