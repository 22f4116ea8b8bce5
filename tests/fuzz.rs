//! Every reader, on inputs that nobody would write: for a moment in each run of the suite, and for as many as
//! `fuzz/long` says.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use crate::given;
use crate::readers::{self, TARGETS};
use crate::tries::{is_whole, share, tries};

/// How long one input may take, on a slow machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(60);

/// So many mutated inputs of each target, beside those that are right.
const FEW: u32 = 960;

/// Of so many a share is tried by default.
const FEWEST: u32 = 240;

fn told(failures: &[readers::Failure]) -> String {
    failures.iter().fold(String::new(), |mut all, failure| {
        _ = writeln!(all, "{}: {}", failure.input, failure.how);
        all
    })
}

#[test]
fn no_reader_fails_on_what_nobody_would_write() {
    let inputs = |target: &readers::Target| {
        let right = (target.seeds)().len() as u64;
        let few = if is_whole() { FEW } else { FEWEST };
        share(0..=right).into_iter().chain(right + 1..=right + u64::from(tries(few)))
    };
    let failed = given::in_parallel(TARGETS, |target| told(&readers::drive(target, inputs(target), PATIENCE))).concat();
    assert!(failed.is_empty(), "{failed}");
}

/// `FUZZ` names a target and the numbers of the inputs, as in `snapshot 0 1000`.
#[test]
#[ignore = "takes as long as it is told to"]
fn long() {
    let what = std::env::var("FUZZ").unwrap();
    let words: Vec<&str> = what.split(' ').collect();
    let [name, from, to] = words[..] else { panic!("write FUZZ='TARGET FROM TO'") };
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let failed = readers::drive(target, from.parse().unwrap()..to.parse().unwrap(), PATIENCE);
    assert!(failed.is_empty(), "{}", told(&failed));
}

/// Nothing else builds what wraps the targets: that takes nightly Rust.
#[test]
fn each_target_is_wrapped_for_cargo_fuzz() {
    let names: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
    let package = given::text_of("fuzz/Cargo.toml");
    for name in &names {
        let line = format!("libfuzzer_sys::fuzz_target!(|bytes: &[u8]| prescope_fuzz::run(\"{name}\", bytes));");
        assert_eq!(given::text_of(&format!("fuzz/fuzz_targets/{name}.rs")), format!("#![no_main]\n{line}\n"));
        assert!(package.contains(&format!("\nname = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"\n")), "{name}");
    }
    assert_eq!(given::files_below("fuzz/fuzz_targets", ".rs").len(), names.len(), "no file without a target");
    assert_eq!(package.matches("[[bin]]").count(), names.len());
}
