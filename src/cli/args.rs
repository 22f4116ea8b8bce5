//! What can be typed. No behaviour.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Who can see what, and why: presence privacy and feature availability as policy files.
#[derive(Parser, Debug)]
#[command(name = "prescope", version, max_term_width = 100, propagate_version = true)]
#[command(
    after_help = "Exit status: 0 done and clean; 1 errors found, tests failed, or \"no\" with --exit-code; 2 could not answer."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) place: Place,
    /// Colours in text output.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Which policies and directory.
#[derive(Args, Clone, Debug)]
pub(super) struct Place {
    /// The folder of the project [default: the nearest one upward that has a prescope.yaml].
    #[arg(long, global = true, help_heading = "Project", value_name = "DIR")]
    pub(super) project: Option<PathBuf>,
    /// A policy file, instead of a project; repeatable.
    #[arg(long, global = true, help_heading = "Project", value_name = "FILE", conflicts_with = "project")]
    pub(super) policy: Vec<PathBuf>,
    /// A directory file, beside --policy; repeatable.
    #[arg(long, global = true, help_heading = "Project", value_name = "FILE", requires = "policy")]
    pub(super) directory: Vec<PathBuf>,
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
    /// What a lint finds and why; without a name, every lint.
    Rule(Rule),
    /// Bring policy files into the one layout; every comment stays.
    Fmt(Fmt),
    /// One answer: `can kim@fabrikam.com see anna@contoso.com note`, `can bob@contoso.com use recording --in review`.
    Can(Can),
    /// The same question, with the explanation.
    Why(Why),
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
    /// Run the tests that the policies bring with them.
    Test(Test),
    /// Give settings values: `set PrivacyConfiguration.EnablePrivacyMode=true --at site:Redmond`.
    Set(Set),
    /// Declare a policy object: `new PrivacyConfiguration --at site:Redmond --like global`.
    New(New),
    /// Remove a policy object; the global one returns to its defaults.
    Remove(Remove),
    /// The documentation of a name; without one, every name.
    Show(Show),
    /// The rule graph as a picture.
    Graph(Graph),
}

#[derive(Args, Debug)]
pub(super) struct Check {
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(super) format: FindingFormat,
}

#[derive(Args, Debug)]
pub(super) struct Lint {
    /// Only findings with a place in these files, and every error anywhere [default: everything]. The project of each
    /// is found upward from it.
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Apply fixes that change no decision, until nothing changes.
    #[arg(long)]
    pub(super) fix: bool,
    /// Apply fixes that change decisions too.
    #[arg(long, requires = "fix")]
    pub(super) unsafe_fixes: bool,
    /// Make a lint an error; `warnings` makes every warning one; repeatable.
    #[arg(long, value_name = "LINT")]
    pub(super) deny: Vec<String>,
    /// Make a lint a warning; repeatable.
    #[arg(long, value_name = "LINT")]
    pub(super) warn: Vec<String>,
    /// Turn a lint off; repeatable.
    #[arg(long, value_name = "LINT")]
    pub(super) allow: Vec<String>,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(super) format: FindingFormat,
}

#[derive(Args, Debug)]
pub(super) struct Rule {
    /// The lint, as `block-bypass`.
    #[arg(value_name = "LINT")]
    pub(super) name: Option<String>,
}

/// Formats of findings.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(super) enum FindingFormat {
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
pub(super) struct Fmt {
    /// Policy files, or - for standard input to standard output [default: all of the project].
    pub(super) files: Vec<PathBuf>,
    /// Change nothing; name what would change and exit with 1 if anything would.
    #[arg(long)]
    pub(super) check: bool,
    /// Change nothing; print what would change as a unified diff, with the same exit status.
    #[arg(long)]
    pub(super) diff: bool,
}

/// On what a question is answered.
#[derive(Args, Clone, Debug)]
pub(super) struct Basis {
    /// Answer on the recorded entries, as they stand before the manifest in effect settles them.
    #[arg(long)]
    pub(super) recorded: bool,
    /// Answer as if, as in owner.EnablePrivacyMode=true or bob@contoso.com.client=lync_2010; repeatable.
    #[arg(long, value_name = "PATH=VALUE")]
    pub(super) assume: Vec<String>,
}

#[derive(Args, Debug)]
pub(super) struct Ask {
    /// Who asks: an address, a local name that one person has, or anonymous.
    #[arg(value_name = "WHO")]
    pub(super) who: String,
    /// What they want to do.
    #[arg(value_enum)]
    pub(super) verb: Verb,
    /// see: OWNER CATEGORY[.FIELD]; use: FEATURE.
    #[arg(value_name = "WHAT", required = true, num_args = 1..=2)]
    pub(super) what: Vec<String>,
    #[command(flatten)]
    pub(super) context: Context,
    #[command(flatten)]
    pub(super) basis: Basis,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(super) format: AnswerFormat,
}

/// The other roles of a feature.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct Context {
    /// The meeting, for a feature of participants.
    #[arg(long, value_name = "MEETING")]
    pub(super) r#in: Option<String>,
    /// As what somebody takes part in it, instead of what the directory lists.
    #[arg(long, value_name = "ROLE", requires = "in")]
    pub(super) r#as: Option<String>,
    /// The other side, for a feature of conversations.
    #[arg(long, value_name = "PEER")]
    pub(super) with: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct Can {
    #[command(flatten)]
    pub(super) ask: Ask,
    /// The owner, for a feature of viewers.
    #[arg(long, value_name = "OWNER")]
    pub(super) of: Option<String>,
    /// Exit with 1 if the answer is not yes.
    #[arg(long)]
    pub(super) exit_code: bool,
}

#[derive(Args, Debug)]
pub(super) struct Why {
    #[command(flatten)]
    pub(super) ask: Ask,
    /// The owner, for a feature of viewers.
    #[arg(long, value_name = "OWNER")]
    pub(super) of: Option<String>,
}

/// What somebody wants to do.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(super) enum Verb {
    /// See somebody's presence.
    See,
    /// Use a feature.
    Use,
}

/// What everybody does, or one person.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(super) enum Verbs {
    /// Sees somebody's presence.
    Sees,
    /// Uses a feature, or features.
    Uses,
}

#[derive(Args, Debug)]
pub(super) struct Who {
    /// What they do.
    #[arg(value_enum)]
    pub(super) verb: Verbs,
    /// sees: OWNER CATEGORY[.FIELD]; uses: FEATURE.
    #[arg(value_name = "WHAT", required = true, num_args = 1..=2)]
    pub(super) what: Vec<String>,
    #[command(flatten)]
    pub(super) context: Context,
    /// The owner, for a feature of viewers.
    #[arg(long, value_name = "OWNER")]
    pub(super) of: Option<String>,
    #[command(flatten)]
    pub(super) basis: Basis,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(super) format: AnswerFormat,
}

#[derive(Args, Debug)]
pub(super) struct What {
    /// Who looks, or uses.
    #[arg(value_name = "WHO", requires = "verb", required_unless_present = "of")]
    pub(super) who: Option<String>,
    /// What they do.
    #[arg(value_enum)]
    pub(super) verb: Option<Verbs>,
    /// sees, of one owner: `of anna@contoso.com`; without it, of everybody.
    #[arg(value_names = ["of", "OWNER"], num_args = 2, requires = "verb")]
    pub(super) of_owner: Vec<String>,
    #[command(flatten)]
    pub(super) context: Context,
    /// Without WHO, everything that others see of this owner, level by level; with `uses`, the owner of features of viewers.
    #[arg(long, value_name = "OWNER")]
    pub(super) of: Option<String>,
    #[command(flatten)]
    pub(super) basis: Basis,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(super) format: AnswerFormat,
}

#[derive(Args, Debug)]
pub(super) struct Batch {
    /// The questions [default: standard input].
    pub(super) file: Option<PathBuf>,
    #[command(flatten)]
    pub(super) basis: Basis,
}

#[derive(Args, Debug)]
pub(super) struct Disclosures {
    /// Only what leaves when this person uses features.
    #[arg(long, value_name = "USER")]
    pub(super) user: Option<String>,
    /// Only through this feature.
    #[arg(long, value_name = "FEATURE")]
    pub(super) feature: Option<String>,
    /// Only to this recipient.
    #[arg(long, value_name = "RECIPIENT")]
    pub(super) to: Option<String>,
    /// Only to recipients outside the organisation.
    #[arg(long)]
    pub(super) external: bool,
    #[command(flatten)]
    pub(super) basis: Basis,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(super) format: AnswerFormat,
}

#[derive(Args, Debug)]
pub(super) struct Audit {
    /// Only this category or field; repeatable.
    #[arg(long, value_name = "CATEGORY[.FIELD]")]
    pub(super) field: Vec<String>,
    /// Only viewers of this network: same_enterprise, federated, public_cloud, other; repeatable.
    #[arg(long, value_name = "NETWORK")]
    pub(super) network: Vec<String>,
    /// Only owners in this group.
    #[arg(long, value_name = "GROUP")]
    pub(super) owner_group: Option<String>,
    /// A row for each of these.
    #[arg(long, value_enum, default_value_t = AuditBy::Field)]
    pub(super) by: AuditBy,
    #[command(flatten)]
    pub(super) basis: Basis,
    /// How the counts are written.
    #[arg(long, value_enum, default_value_t = AuditFormat::Text)]
    pub(super) format: AuditFormat,
}

/// What the rows of an audit are.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(super) enum AuditBy {
    /// People whose presence it is.
    Owner,
    /// Fields.
    Field,
    /// Containers that answer.
    Container,
    /// Networks of the viewers.
    Network,
    /// Sites of the owners.
    Site,
}

/// Formats of audits.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(super) enum AuditFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

#[derive(Args, Debug)]
pub(super) struct Test {
    /// Only tests with this text in their label, whatever the case.
    #[arg(long, value_name = "TEXT")]
    pub(super) filter: Option<String>,
    /// Stop after the first test that fails.
    #[arg(long)]
    pub(super) fail_fast: bool,
    /// How results are written.
    #[arg(long, value_enum, default_value_t = TestFormat::Text)]
    pub(super) format: TestFormat,
    /// Keep the explanations of now for `because snapshot`, and remove those that nothing asks for.
    #[arg(long)]
    pub(super) update: bool,
    /// Report which containers, membership types, rules and conditions the tests exercised.
    #[arg(long)]
    pub(super) coverage: bool,
    /// How coverage is written; lcov and json go to standard output, and the results to standard error.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) coverage_format: Option<CoverageFormat>,
    /// Exit with 1 if the coverage is below this percentage.
    #[arg(long, value_name = "PERCENT")]
    pub(super) coverage_threshold: Option<f64>,
}

/// Formats of test results.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(super) enum TestFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For build servers.
    Junit,
    /// Annotations of a change on GitHub.
    Github,
}

/// Formats of coverage.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(super) enum CoverageFormat {
    /// For people.
    Text,
    /// For tools that colour lines.
    Lcov,
    /// For programs.
    Json,
}

/// How policy files are changed.
#[derive(Args, Clone, Debug)]
pub(super) struct Changing {
    /// Write the files; without it the plan is printed and nothing is written.
    #[arg(long)]
    pub(super) write: bool,
    /// Turn privacy mode on even where the preflight fails.
    #[arg(long)]
    pub(super) force: bool,
    /// How the plan is written.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(super) format: AnswerFormat,
}

#[derive(Args, Debug)]
pub(super) struct Set {
    /// A setting and its value, as in PrivacyConfiguration.EnablePrivacyMode=true; repeatable.
    #[arg(value_name = "CLASS.SETTING=VALUE", required = true)]
    pub(super) assignments: Vec<String>,
    /// The object: global, site:NAME, service:ROLE:POOL, tag:NAME, network_site:NAME; or all of the class [default: global].
    #[arg(long, value_name = "SCOPE")]
    pub(super) at: Option<String>,
    #[command(flatten)]
    pub(super) how: Changing,
}

#[derive(Args, Debug)]
pub(super) struct New {
    /// The settings class.
    pub(super) class: String,
    /// Where it applies: site:NAME, service:ROLE:POOL, tag:NAME, network_site:NAME.
    #[arg(long, value_name = "SCOPE")]
    pub(super) at: String,
    /// The object whose values it starts from [default: the declared defaults].
    #[arg(long, value_name = "SCOPE")]
    pub(super) like: Option<String>,
    #[command(flatten)]
    pub(super) how: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Remove {
    /// The settings class.
    pub(super) class: String,
    /// Where it applies: global, site:NAME, service:ROLE:POOL, tag:NAME, network_site:NAME.
    #[arg(long, value_name = "SCOPE")]
    pub(super) at: String,
    #[command(flatten)]
    pub(super) how: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    /// A category, field, container, manifest, setting, attribute, guard, feature, group …
    pub(super) name: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct Graph {
    /// How the picture is written.
    #[arg(long, value_enum, default_value_t = GraphFormat::Dot)]
    pub(super) format: GraphFormat,
    /// Only what acts on this name and on what it acts.
    #[arg(long, value_name = "NAME")]
    pub(super) focus: Option<String>,
}

/// Formats of answers.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(super) enum AnswerFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Formats of pictures.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(super) enum GraphFormat {
    /// Graphviz.
    Dot,
    /// Mermaid.
    Mermaid,
    /// For programs.
    Json,
}
