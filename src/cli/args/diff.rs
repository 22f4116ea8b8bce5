//! Comparing two sides: `diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::symbolic::NODES;

#[derive(Args, Debug)]
pub(in crate::cli) struct Diff {
    /// What there was: a folder, a revision of git, REVISION:FOLDER, A..B, or A...B from where A and B come from.
    #[arg(required_unless_present_any = ["staged", "merge_base", "pre_push"])]
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
    /// Compare what is pushed with what there was, of every project: in a pre-push hook of git, or of pre-commit.
    #[arg(long, conflicts_with_all = ["head", "git", "folder", "staged", "merge_base"])]
    pub(in crate::cli) pre_push: bool,
    /// A directory file for both sides, in place of their own; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) directory: Vec<PathBuf>,
    /// Compare on the recorded entries, as they stand before the manifests in effect settle them.
    #[arg(long)]
    pub(in crate::cli) recorded: bool,
    /// Compare in every world there can be too, whatever a directory records [default where neither side has a
    /// directory].
    #[arg(long, conflicts_with_all = ["recorded", "owner_group"])]
    pub(in crate::cli) all_worlds: bool,
    /// The most nodes a decision diagram may have; what needs more in every world is undecided.
    #[arg(long, value_name = "NODES", default_value_t = NODES)]
    pub(in crate::cli) limit: usize,
    /// Compare as one what has the first name in BASE and the second in HEAD: a field, feature, container, group or
    /// person; repeatable.
    #[arg(long, value_name = "OLD=NEW")]
    pub(in crate::cli) renamed: Vec<String>,
    /// Exit with 1 if anything differs.
    #[arg(long)]
    pub(in crate::cli) exit_code: bool,
    /// Count people, and name nobody: for places that anybody can read.
    #[arg(long)]
    pub(in crate::cli) no_people: bool,
    /// How the comparison is written.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(in crate::cli) format: DiffFormat,
    /// Write it into this file, which is there as a whole or not at all; only a file of an earlier comparison is
    /// replaced.
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) gates: Gates,
    #[command(flatten)]
    pub(in crate::cli) told: DiffTold,
}

/// Formats of comparisons.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum DiffFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// A comment of a pull request, of less than 60,000 characters.
    Markdown,
    /// For code scanning, SARIF 2.1.0.
    Sarif,
}

/// What is told of all that differs. Gates judge everything.
#[derive(Args, Debug)]
#[command(next_help_heading = "What is told, while gates judge everything")]
pub(in crate::cli) struct DiffTold {
    /// Tell only what differs as it is declared, or only for whom it does.
    #[arg(long, value_enum)]
    pub(in crate::cli) only: Option<DiffPart>,
    /// Tell only answers about this field or category; repeatable.
    #[arg(long, value_name = "FIELD")]
    pub(in crate::cli) field: Vec<String>,
    /// Tell only of this feature and of what leaves through it; repeatable.
    #[arg(long, value_name = "FEATURE", conflicts_with = "owner_group")]
    pub(in crate::cli) feature: Vec<String>,
    /// Tell only of owners who are in this group on either side.
    #[arg(long, value_name = "GROUP")]
    pub(in crate::cli) owner_group: Option<String>,
    /// Count the answers that change by field, or by the sites or groups of owners.
    #[arg(long, value_enum)]
    pub(in crate::cli) by: Option<DiffBy>,
    /// How many examples each group of answers has [default: 1].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(in crate::cli) witness: Option<u16>,
}

/// The parts of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum DiffPart {
    /// What differs as it is declared.
    Structure,
    /// What differs for anybody.
    Effect,
}

/// What must not come with a change. Each gate that denies ends the command with 1.
#[derive(Args, Default, PartialEq, Eq, Debug)]
#[command(next_help_heading = "Gates, which end with 1")]
pub(in crate::cli) struct Gates {
    /// Nobody may see a value that they did not see: of this field or category, or of any; repeatable.
    #[arg(long, value_name = "FIELD", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(in crate::cli) deny_new_visibility: Vec<String>,
    /// No viewers whom no directory enumerates may gain anything.
    #[arg(long)]
    pub(in crate::cli) deny_open_gain: bool,
    /// Known people may gain at most so many answers, each viewer, owner and field counted.
    #[arg(long, value_name = "N")]
    pub(in crate::cli) max_gain: Option<usize>,
    /// Nobody may use a feature that they could not: this one, or any; repeatable.
    #[arg(long, value_name = "FEATURE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(in crate::cli) deny_new_use: Vec<String>,
    /// Nothing may leave that did not: through a feature, to a recipient or a place.
    #[arg(long)]
    pub(in crate::cli) deny_new_disclosure: bool,
    /// No invariant may be removed, and none may lose a clause.
    #[arg(long)]
    pub(in crate::cli) deny_removed_invariants: bool,
    /// Gates count what is seen of people on the second side only, and used by them, as gained.
    #[arg(long)]
    pub(in crate::cli) count_arrivals: bool,
}

/// By what answers are counted.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum DiffBy {
    /// Each field.
    Field,
    /// The sites of owners in BASE.
    Site,
    /// The groups in BASE that owners are in; whoever is in several counts in each.
    OwnerGroup,
}
