//! The documents hold: their sessions are run, their samples read, their links followed, and nothing is left
//! unmentioned.
//!
//! A code block says behind its language what it is:
//!
//! | block | is |
//! |---|---|
//! | `console`, `console in=FOLDER` | a session, run in the root of the repository or in a folder of it |
//! | `console in=files`, `console in=files/FOLDER` | a session, run among the files of the document, or in a folder of them |
//! | `console … columns=80` | a session at a terminal that is as wide; without it there is none |
//! | `LANGUAGE … file=PATH` | a file of the document, which the sessions below find |
//! | `LANGUAGE … add=PATH` | lines that are added to a file, behind a blank one |
//! | `prescope` | policies that parse |
//! | `prescope set`, `prescope alone` | policies that compile, with the shipped catalogue or without |
//! | `prescope error=CODE` | policies that do not compile with the catalogue, for this reason |
//! | `yaml directory`, `yaml project` | a directory file or a project file that can be read |
//!
//! `UPDATE=1 cargo test docs` writes the output of sessions and the pages of the grammar and of codes anew.

#![allow(unreachable_pub, reason = "a module of a test binary: nothing here is reachable from outside")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may stop where a document cannot be read")]

mod block;
mod codes;
mod console;
mod coverage;
mod first;
mod found;
mod grammar;
mod links;
mod readings;
mod samples;
mod shell;

use std::fs;
use std::path::{Path, PathBuf};

/// A document of the repository.
struct Document {
    /// Its path from the root, with `/`.
    path: String,
    text: String,
}

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents at the root and in `docs/`, sorted by path.
fn documents() -> Vec<Document> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in [root().to_owned(), root().join("docs")] {
        let entries = fs::read_dir(&folder).expect("a folder of documents");
        let files = entries.map(|entry| entry.expect("a file").path());
        paths.extend(files.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    }
    paths.sort();
    paths.into_iter().map(|path| read(&path)).collect()
}

/// One document by its path from the root.
fn document(path: &str) -> Document {
    read(&root().join(path))
}

fn read(path: &Path) -> Document {
    let text = fs::read_to_string(path).expect("a document in UTF-8");
    let path = path.strip_prefix(root()).expect("a file of the repository");
    Document { path: path.to_string_lossy().replace('\\', "/"), text }
}

/// True if documents are to be brought up to date instead of compared.
fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// Complains of everything that is wrong at once.
#[track_caller]
fn all_well(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n\n{}\n", wrong.join("\n\n"));
}
