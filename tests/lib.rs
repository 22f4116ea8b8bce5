//! One test binary: its modules read like the pipeline.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::unreachable,
    reason = "a test that cannot go on has failed"
)]
#![allow(clippy::disallowed_methods, reason = "tests make projects and look at what became of them")]

mod allocations;
mod amend;
mod architecture;
mod beside;
#[allow(dead_code, unreachable_pub, reason = "a build script is a program, and these are tests of its parts")]
#[path = "../build.rs"]
mod build;
mod catalogue;
mod causes;
mod change;
mod circles;
mod cli;
mod diagnostics;
mod diff;
mod directory;
mod docs;
mod doorway;
mod examples;
mod expect;
mod fixes;
mod format;
mod fuzz;
mod given;
mod hooks;
mod hostile;
mod kept;
mod lint;
mod migrate;
mod mutate;
mod oracle;
mod prove;
#[allow(unreachable_pub, dead_code, reason = "these are libraries elsewhere")]
#[path = "../fuzz/src/lib.rs"]
mod readers;
mod saving;
mod schemas;
mod scopes;
mod sentences;
mod stored;
mod structure;
mod symbolic;
mod syntax;
mod tries;
mod truth;
mod usage;
mod vectors;
mod worlds;
