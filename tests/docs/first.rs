//! The first command of the README: a build for development, of which tests need nothing a second time.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use super::shell::BY_CARGO;
use super::{document, root};

#[test]
fn the_first_command_builds_for_development() {
    let readme = document("README.md");
    let block = readme.blocks().into_iter().find(|block| block.language() == "console").expect("a session");
    let command = block.lines.first().and_then(|line| line.strip_prefix("$ ")).expect("a command");
    let arguments = command.strip_prefix(BY_CARGO).expect("nothing between `cargo run` and what is asked");
    assert!(arguments.starts_with("why "), "{command}");
}

/// The features of every package that Cargo builds for these kinds of dependencies.
fn features(edges: &str) -> BTreeMap<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", edges, "--prefix", "none", "--format", "{p}|{f}"])
        .current_dir(root())
        .output()
        .expect("Cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("output in UTF-8");
    let packages = text.lines().filter_map(|line| line.trim_end_matches(" (*)").split_once('|'));
    packages.map(|(package, features)| (package.to_owned(), features.to_owned())).collect()
}

/// What later versions of `textwrap` and `idna_adapter`, of `psm` and of `ppv-lite86` stand on.
const HELD_BACK: [&str; 4] = ["icu_", "ar_archive_writer ", "object ", "zerocopy "];

#[test]
fn the_lock_file_holds_back_what_only_takes_longer_to_build() {
    let packages = features("normal,build");
    let back: Vec<_> = packages.keys().filter(|package| HELD_BACK.iter().any(|it| package.starts_with(it))).collect();
    assert!(back.is_empty(), "CONTRIBUTING.md says which versions do without: {back:?}");
}

/// What rustc is asked to compile for a command, each with all that decides whether it can be used for another command.
fn compiled(command: &str) -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(command.split(' '))
        .args(["--locked", "--offline", "--unit-graph", "-Zunstable-options"])
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(root())
        .output()
        .expect("Cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let graph: Value = serde_json::from_slice(&output.stdout).expect("a graph of units as JSON");
    let mut compiled: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for unit in graph["units"].as_array().expect("units").iter().filter(|unit| unit["mode"] == "build") {
        let mut how = unit["profile"].clone();
        // `dev` or `test`, which says nothing.
        how.as_object_mut().expect("a profile").remove("name");
        let what = format!("{} {} {}", unit["pkg_id"], unit["target"]["kind"], unit["target"]["name"]);
        compiled.entry(what).or_default().insert(format!("{how} {} {}", unit["features"], unit["platform"]));
    }
    compiled
}

/// One that tests want with other features or flags would be built again, with all that stand on it; so would one that
/// the build script wants otherwise than the library.
#[test]
fn the_first_command_and_tests_build_nothing_twice() {
    let (run, test) = (compiled("build --bin prescope"), compiled("test --no-run"));
    assert!(run.len() > 100 && test.len() > run.len(), "{} and {}", run.len(), test.len());
    let other: Vec<_> = run.iter().filter(|(what, how)| test.get(*what) != Some(*how)).collect();
    assert!(other.is_empty(), "built by `cargo run` otherwise than by `cargo test`: {other:#?}");
    let twice: Vec<_> = test.iter().filter(|(_, ways)| ways.len() > 1).collect();
    assert!(twice.is_empty(), "built twice: {twice:#?}");
}
