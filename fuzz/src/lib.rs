//! Every reader of prescope as a plain function of bytes, with laws where there are any. The suite runs each for a moment
//! on inputs that are the same on every machine, `fuzz/long` for as many as it is told, and `cargo fuzz` for as long as it
//! is let.

mod asked;
mod asking;
mod drive;
mod files;
mod mutate;
#[path = "../../benches/src/random.rs"]
mod random;
mod stored;
mod texts;

pub use asking::everything;
pub use drive::{Failure, drive};
pub use files::{PEOPLE, POLICY};
pub use mutate::mutated;
pub use random::Random;

/// A reader.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name; that of the file that wraps it for `cargo fuzz`, too.
    pub name: &'static str,
    /// Reads some bytes. It panics if a law does not hold.
    pub run: fn(&[u8]),
    /// Input that is right, to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// Every target, by name. Each has a file in `fuzz_targets`.
pub const TARGETS: &[Target] = &[
    Target { name: "addresses", run: texts::addresses, seeds: texts::some_addresses },
    Target { name: "amended", run: texts::amended, seeds: texts::directories_yaml },
    Target { name: "arguments", run: asked::arguments, seeds: asked::command_lines },
    Target { name: "assumptions", run: asked::assumptions, seeds: asked::some_assumptions },
    Target { name: "batch", run: asked::batch, seeds: asked::batches },
    Target { name: "changes", run: asked::changes, seeds: asked::some_changes },
    Target { name: "directory_lines", run: texts::directory_lines, seeds: texts::directories_lines },
    Target { name: "directory_table", run: texts::directory_table, seeds: texts::directories_table },
    Target { name: "directory_yaml", run: texts::directory_yaml, seeds: texts::directories_yaml },
    Target { name: "journal", run: stored::journal, seeds: stored::journals },
    Target { name: "patterns", run: texts::patterns, seeds: texts::some_patterns },
    Target { name: "plan_file", run: stored::plan_file, seeds: stored::plan_files },
    Target { name: "policy", run: texts::policy, seeds: texts::policies },
    Target { name: "project_file", run: texts::project_file, seeds: texts::project_files },
    Target { name: "questions", run: asked::questions, seeds: asked::some_questions },
    Target { name: "reasons", run: texts::reasons, seeds: texts::some_reasons },
    Target { name: "set", run: texts::set, seeds: texts::sets },
    Target { name: "snapshot", run: stored::snapshot, seeds: stored::snapshots },
    Target { name: "version", run: texts::version, seeds: texts::versions },
];

/// Runs a target by its name; what wraps one for `cargo fuzz` is a line.
pub fn run(name: &str, bytes: &[u8]) {
    TARGETS.iter().filter(|target| target.name == name).for_each(|target| (target.run)(bytes));
}
