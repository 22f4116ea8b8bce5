//! Questions and on what they are answered: `can`, `why`, `who`, `what`, `batch`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub(in crate::cli) struct Can {
    #[command(flatten)]
    pub(in crate::cli) ask: Ask,
    /// Exit with 1 if the answer is not yes.
    #[arg(long)]
    pub(in crate::cli) exit_code: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Ask {
    /// Who asks: an address, a local name that one person has, or anonymous.
    #[arg(value_name = "WHO")]
    pub(in crate::cli) who: String,
    /// What they want to do.
    #[arg(value_enum)]
    pub(in crate::cli) verb: Verb,
    /// see: OWNER CATEGORY[.FIELD]; use: FEATURE.
    #[arg(value_name = "WHAT", required = true, num_args = 1..=2)]
    pub(in crate::cli) what: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) terms: Terms,
}

/// What somebody wants to do.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum Verb {
    /// See somebody's presence.
    See,
    /// Use a feature.
    Use,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Who {
    /// What they do.
    #[arg(value_enum)]
    pub(in crate::cli) verb: Verbs,
    /// sees: OWNER CATEGORY[.FIELD]; uses: FEATURE.
    #[arg(value_name = "WHAT", required = true, num_args = 1..=2)]
    pub(in crate::cli) what: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) terms: Terms,
}

#[derive(Args, Debug)]
#[command(mut_arg("of", |of| of.help("Without WHO, everything that others see of this owner, level by level; with `uses`, the owner of features of viewers")))]
pub(in crate::cli) struct What {
    /// Who looks, or uses.
    #[arg(value_name = "WHO", requires = "verb", required_unless_present = "of")]
    pub(in crate::cli) who: Option<String>,
    /// What they do.
    #[arg(value_enum)]
    pub(in crate::cli) verb: Option<Verbs>,
    /// sees, of one owner: `of anna@contoso.com`; without it, of everybody.
    #[arg(value_names = ["of", "OWNER"], num_args = 2, requires = "verb")]
    pub(in crate::cli) of_owner: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) terms: Terms,
}

/// What everybody does, or one person.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum Verbs {
    /// Sees somebody's presence.
    Sees,
    /// Uses a feature, or features.
    Uses,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Batch {
    /// The questions [default: standard input].
    pub(in crate::cli) file: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) basis: Basis,
}

/// What every question can say besides.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct Terms {
    #[command(flatten)]
    pub(in crate::cli) context: Context,
    #[command(flatten)]
    pub(in crate::cli) basis: Basis,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(in crate::cli) format: AnswerFormat,
}

/// The other roles of a feature.
#[derive(Args, Clone, Debug, Default)]
pub(in crate::cli) struct Context {
    /// The meeting, for a feature of participants.
    #[arg(long, value_name = "MEETING")]
    pub(in crate::cli) r#in: Option<String>,
    /// As what somebody takes part in it, instead of what the directory lists.
    #[arg(long, value_name = "ROLE", requires = "in")]
    pub(in crate::cli) r#as: Option<String>,
    /// The other side, for a feature of conversations.
    #[arg(long, value_name = "PEER")]
    pub(in crate::cli) with: Option<String>,
    /// The owner, for a feature of viewers.
    #[arg(id = "of", long = "of", value_name = "OWNER")]
    pub(in crate::cli) owner: Option<String>,
}

/// On what a question is answered.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct Basis {
    /// Answer on the recorded entries, as they stand before the manifest in effect settles them.
    #[arg(long)]
    pub(in crate::cli) recorded: bool,
    /// Answer as if, as in owner.EnablePrivacyMode=true or bob@contoso.com.client=lync_2010; repeatable.
    #[arg(long, value_name = "PATH=VALUE")]
    pub(in crate::cli) assume: Vec<String>,
}

/// Formats of answers.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum AnswerFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}
