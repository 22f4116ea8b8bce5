//! Changing policy objects: `set`, `new`, `remove`.

use clap::Args;

use super::Planning;

/// How policy files are changed.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct Changing {
    /// Turn privacy mode on even where the preflight fails.
    #[arg(long)]
    pub(in crate::cli) force: bool,
    #[command(flatten)]
    pub(in crate::cli) planning: Planning,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Set {
    /// A setting and its value, as in PrivacyConfiguration.EnablePrivacyMode=true; repeatable.
    #[arg(value_name = "CLASS.SETTING=VALUE", required = true)]
    pub(in crate::cli) assignments: Vec<String>,
    /// The object: global, site:NAME, service:ROLE:POOL, tag:NAME, network_site:NAME; or all of the class [default:
    /// global].
    #[arg(long, value_name = "SCOPE")]
    pub(in crate::cli) at: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) how: Changing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct New {
    /// The settings class.
    pub(in crate::cli) class: String,
    /// Where it applies: site:NAME, service:ROLE:POOL, tag:NAME, network_site:NAME.
    #[arg(long, value_name = "SCOPE")]
    pub(in crate::cli) at: String,
    /// The object whose values it starts from [default: the declared defaults].
    #[arg(long, value_name = "SCOPE")]
    pub(in crate::cli) like: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) how: Changing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Remove {
    /// The settings class.
    pub(in crate::cli) class: String,
    /// Where it applies: global, site:NAME, service:ROLE:POOL, tag:NAME, network_site:NAME.
    #[arg(long, value_name = "SCOPE")]
    pub(in crate::cli) at: String,
    #[command(flatten)]
    pub(in crate::cli) how: Changing,
}
