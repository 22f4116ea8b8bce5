//! One test binary: its modules read like the pipeline.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::unreachable,
    reason = "a test that cannot go on has failed"
)]

mod allocations;
mod amend;
mod architecture;
mod catalogue;
mod change;
mod cli;
mod diagnostics;
mod directory;
mod docs;
mod examples;
mod expect;
mod format;
mod given;
mod hooks;
mod hostile;
mod kept;
mod lint;
mod migrate;
mod oracle;
mod saving;
mod schemas;
mod scopes;
mod sentences;
mod stored;
mod symbolic;
mod syntax;
mod truth;
mod usage;
mod vectors;
