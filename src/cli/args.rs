//! What can be typed. No behaviour.

mod change;
mod diff;
mod finding;
mod life;
mod mutate;
mod planning;
mod prove;
mod question;
mod report;
mod setup;
mod test;
mod writes;

use std::path::PathBuf;

pub(super) use life::{Block, Contact, ContactChange, Migrate, Mode, Owners, Preference, Unblock};

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use change::{Changing, New, Remove, Set};
pub(super) use diff::{Diff, DiffBy, DiffFormat, DiffPart, DiffTold, Gates};
pub(super) use finding::*;
pub(super) use mutate::Mutate;
pub(super) use planning::{ABOUT_TELLING, Apply, Planning};
pub(super) use prove::{Denied, Effort, Prove};
pub(super) use question::*;
pub(super) use report::*;
pub(super) use setup::{Completions, Init, Man, Schema, Shell};
pub(super) use test::*;
pub(super) use writes::{Writes, has_input};

/// Who can see what, and why: presence privacy and feature availability as policy files.
#[derive(Parser, Debug)]
#[command(name = "prescope", version, max_term_width = 100, propagate_version = true)]
#[command(
    after_help = "Exit status: 0 done and clean; 1 errors found, tests failed, or \"no\" with --exit-code; 2 could not answer."
)]
pub(super) struct Arguments {
    /// Run as if it had been started in this folder.
    #[arg(short = 'C', global = true, value_name = "DIR")]
    pub(super) from: Option<PathBuf>,
    /// Print findings, answers and errors, and nothing about how it went.
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    #[command(flatten)]
    pub(super) place: Location,
    /// Colours in text output.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Which policies and directory.
#[derive(Args, Clone, Debug)]
pub(super) struct Location {
    /// The folder of the project, or its prescope.yaml [default: the nearest one upward that has one].
    #[arg(long, global = true, help_heading = "Project", value_name = "DIR")]
    pub(super) project: Option<PathBuf>,
    /// A policy file, instead of a project; repeatable.
    #[arg(long, global = true, help_heading = "Project", value_name = "FILE", conflicts_with = "project")]
    pub(super) policy: Vec<PathBuf>,
    /// A directory file, beside --policy; repeatable.
    #[arg(long, global = true, help_heading = "Project", value_name = "FILE", requires = "policy")]
    pub(super) directory: Vec<PathBuf>,
    /// Read the files, even if `prescope compile` wrote a snapshot of them.
    #[arg(long, global = true, help_heading = "Project")]
    pub(super) no_snapshot: bool,
}

/// Whether a command about whole projects is about one, or about all there are.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct Reach {
    /// Every project in this folder and below, but for those of other git repositories.
    #[arg(long, help_heading = "Project", conflicts_with_all = ["project", "policy"])]
    pub(super) all_projects: bool,
}

/// When to use colours.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Read everything and report all errors at once.
    Check(Check),
    /// Findings beyond errors: what is allowed and most likely not meant.
    Lint(Lint),
    /// What a code of a message means, as `block-bypass`; without one, every code.
    Explain(Explain),
    /// Bring policy files into the one layout; every comment stays.
    Fmt(Fmt),
    /// One answer: `can kim@fabrikam.com see anna@contoso.com note`, `can bob@contoso.com use recording --in review`.
    Can(Can),
    /// The same question, with the explanation.
    Why(Ask),
    /// Everybody who sees or uses something: `who sees anna@contoso.com note`, `who uses recording --in review`.
    Who(Who),
    /// What somebody sees or uses: `what kim@fabrikam.com sees of anna@contoso.com`, `what bob@contoso.com uses`.
    What(What),
    /// Which data leaves to whom through which available feature.
    Disclosures(Disclosures),
    /// Counts over everybody: who sees what of how many.
    Audit(Audit),
    /// Questions as NDJSON in, answers as NDJSON out, in order.
    Batch(Batch),
    /// The manifest in effect for each owner, beside the recorded one, and why.
    Mode(Mode),
    /// An owner's choice of manifest, and what comes of it.
    Preference(Preference),
    /// What has to be written for the directory to record what is in force; --write does it.
    Migrate(Migrate),
    /// Contacts that come, go and move, with their entries.
    Contact(Contact),
    /// Block a person, a domain or a network.
    Block(Block),
    /// Block somebody no more.
    Unblock(Unblock),
    /// Run the tests that the policies bring with them.
    Test(Test),
    /// Prove the invariants, for every owner, viewer, setting and attribute there can be.
    Prove(Prove),
    /// What differs for whom between two folders or revisions: `diff main`, `diff v1.2 HEAD`, `diff ../before .`.
    Diff(Diff),
    /// Which slips of an author the tests and invariants would catch, and which they would not.
    Mutate(Mutate),
    /// Give settings values: `set PrivacyConfiguration.EnablePrivacyMode=true --at site:Redmond`.
    Set(Set),
    /// Declare a policy object: `new PrivacyConfiguration --at site:Redmond --like global`.
    New(New),
    /// Remove a policy object; the global one returns to its defaults.
    Remove(Remove),
    /// Carry out a plan that was kept with `-o`, if nothing has changed since.
    Apply(Apply),
    /// The documentation of a name; without one, every name.
    Show(Show),
    /// The rule graph as a picture.
    Graph(Graph),
    /// Write a snapshot of the set, from which questions are answered without reading the files.
    Compile,
    /// Write a small commented project to begin with.
    Init(Init),
    /// The JSON Schema of a document or of a YAML file; without a name, every schema.
    Schema(Schema),
    /// Completions for a shell.
    Completions(Completions),
    /// The manual page; into a folder, one for each command.
    Man(Man),
}
