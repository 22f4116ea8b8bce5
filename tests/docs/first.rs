//! The first command of the README: a build for development, of which tests need nothing a second time.

use std::collections::BTreeMap;
use std::process::Command;

use super::console::BY_CARGO;
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

/// One that tests want with other features would be built again, with all that stand on it.
#[test]
fn the_first_command_and_tests_need_the_same_features() {
    let (run, test) = (features("normal,build"), features("normal,build,dev"));
    assert!(run.len() > 100 && test.len() > run.len(), "{} and {}", run.len(), test.len());
    let twice: Vec<_> = run.iter().filter(|(package, features)| test.get(*package) != Some(*features)).collect();
    assert!(twice.is_empty(), "built by `cargo run` with features that `cargo test` does not want: {twice:#?}");
}
