//! What can be typed of the life cycle: modes, migrations, contacts, blocks.

use clap::{Args, Subcommand};

use super::{AnswerFormat, Planning};

/// Which owners.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct Owners {
    /// Users, by address or by a local name that one person has.
    #[arg(value_name = "OWNER")]
    pub(in crate::cli) owners: Vec<String>,
    /// Every user.
    #[arg(long, conflicts_with = "owners")]
    pub(in crate::cli) all: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Mode {
    #[command(flatten)]
    pub(in crate::cli) owners: Owners,
    /// How the modes are written.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(in crate::cli) format: AnswerFormat,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Preference {
    /// Who chooses.
    #[arg(value_name = "OWNER")]
    pub(in crate::cli) owner: String,
    /// What they choose: none, private, standard.
    #[arg(value_name = "PREFERENCE")]
    pub(in crate::cli) preference: String,
    #[command(flatten)]
    pub(in crate::cli) planning: Planning,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Migrate {
    #[command(flatten)]
    pub(in crate::cli) owners: Owners,
    /// Plan as if this manifest were in effect; it is written only where it is.
    #[arg(long, value_name = "MANIFEST")]
    pub(in crate::cli) to: Option<String>,
    /// Print no plan; exit with 1 if anybody's recorded entries are not those in force.
    #[arg(long, conflicts_with_all = ["write", "output", "to"])]
    pub(in crate::cli) check: bool,
    /// Take absent contacts and memberships for empty ones, instead of skipping their owners.
    #[arg(long)]
    pub(in crate::cli) absent_is_empty: bool,
    /// Where the manifest moves somebody to its default, keep the highest level they had and may have.
    #[arg(long)]
    pub(in crate::cli) keep_highest: bool,
    #[command(flatten)]
    pub(in crate::cli) planning: Planning,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Contact {
    #[command(subcommand)]
    pub(in crate::cli) change: ContactChange,
}

/// What becomes of a contact.
#[derive(Subcommand, Debug)]
pub(in crate::cli) enum ContactChange {
    /// Somebody comes on the contact list, with the entry that the manifest demands.
    Add(AboutContact),
    /// Somebody leaves the contact list, with their entries where contacts need entries; what blocks them stays.
    Remove(AboutContact),
    /// Somebody's entries are exchanged for one in another container.
    Move(MoveContact),
}

#[derive(Args, Debug)]
pub(in crate::cli) struct AboutContact {
    /// Whose contact.
    #[arg(value_name = "OWNER")]
    pub(in crate::cli) owner: String,
    /// Who.
    #[arg(value_name = "CONTACT")]
    pub(in crate::cli) contact: String,
    /// The container, by name or number, instead of the one the manifest asks for.
    #[arg(long, value_name = "CONTAINER")]
    pub(in crate::cli) container: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) planning: Planning,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct MoveContact {
    /// Whose contact.
    #[arg(value_name = "OWNER")]
    pub(in crate::cli) owner: String,
    /// Who.
    #[arg(value_name = "CONTACT")]
    pub(in crate::cli) contact: String,
    /// Where to, by name or number.
    #[arg(long, value_name = "CONTAINER")]
    pub(in crate::cli) container: String,
    #[command(flatten)]
    pub(in crate::cli) planning: Planning,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Block {
    /// Whose entries.
    #[arg(value_name = "OWNER")]
    pub(in crate::cli) owner: String,
    /// Who is blocked: an address, domain:NAME, group:NAME, same_enterprise, federated, public_cloud, authenticated,
    /// everyone.
    #[arg(value_name = "ENTRY")]
    pub(in crate::cli) entry: String,
    /// The container, where several block.
    #[arg(long, value_name = "CONTAINER")]
    pub(in crate::cli) container: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) planning: Planning,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Unblock {
    /// Whose entries.
    #[arg(value_name = "OWNER")]
    pub(in crate::cli) owner: String,
    /// Who is blocked no more, written as for block.
    #[arg(value_name = "ENTRY")]
    pub(in crate::cli) entry: String,
    #[command(flatten)]
    pub(in crate::cli) planning: Planning,
}
