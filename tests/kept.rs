//! Snapshots: the same answers as from the files, never used where anything differs, and never believed when damaged.

mod files;
mod same;

use std::path::Path;

use crate::cli::{Ran, run_in};

const FILE: &str = ".prescope.snapshot";

/// Runs a command line, written as one.
fn run(folder: &Path, line: &str) -> Ran {
    let arguments: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    run_in(folder, &arguments, b"")
}
