//! What stands beside a decision: what features disclose, the other channels, who is left out, and through which group
//! somebody is where they are.

mod channels;
mod groups;
mod law;
mod peers;
pub(crate) mod world;
