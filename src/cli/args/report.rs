//! What holds over everybody, and what there is: `disclosures`, `audit`, `show`, `graph`.

use clap::{Args, ValueEnum};

use super::question::{AnswerFormat, Basis};

#[derive(Args, Debug)]
pub(in crate::cli) struct Disclosures {
    /// Only what leaves when this person uses features.
    #[arg(long, value_name = "USER")]
    pub(in crate::cli) user: Option<String>,
    /// Only through this feature.
    #[arg(long, value_name = "FEATURE")]
    pub(in crate::cli) feature: Option<String>,
    /// Only to this recipient.
    #[arg(long, value_name = "RECIPIENT")]
    pub(in crate::cli) to: Option<String>,
    /// Only to recipients among whom people outside the organisation can be.
    #[arg(long)]
    pub(in crate::cli) external: bool,
    #[command(flatten)]
    pub(in crate::cli) basis: Basis,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(in crate::cli) format: AnswerFormat,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Audit {
    /// Only this category or field; repeatable.
    #[arg(long, value_name = "CATEGORY[.FIELD]")]
    pub(in crate::cli) field: Vec<String>,
    /// Only viewers of this network: same_enterprise, federated, public_cloud, other; repeatable.
    #[arg(long, value_name = "NETWORK")]
    pub(in crate::cli) network: Vec<String>,
    /// Only owners in this group.
    #[arg(long, value_name = "GROUP")]
    pub(in crate::cli) owner_group: Option<String>,
    /// A row for each of these.
    #[arg(long, value_enum, default_value_t = AuditBy::Field)]
    pub(in crate::cli) by: AuditBy,
    #[command(flatten)]
    pub(in crate::cli) basis: Basis,
    /// How the counts are written.
    #[arg(long, value_enum, default_value_t = AuditFormat::Text)]
    pub(in crate::cli) format: AuditFormat,
}

/// What the rows of an audit are.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum AuditBy {
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
pub(in crate::cli) enum AuditFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Show {
    /// A category, field, container, manifest, setting, attribute, guard, feature, group …
    pub(in crate::cli) name: Option<String>,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Graph {
    /// How the picture is written.
    #[arg(long, value_enum, default_value_t = GraphFormat::Dot)]
    pub(in crate::cli) format: GraphFormat,
    /// Only what acts on this name and on what it acts.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) focus: Option<String>,
}

/// Formats of pictures.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum GraphFormat {
    /// Graphviz.
    Dot,
    /// Mermaid.
    Mermaid,
    /// For programs.
    Json,
}
