//! Writing files: all or none, whatever happens in between, and nothing that somebody else wrote gets lost.

pub(crate) use refused::codes;

mod refused;
mod removed;
mod together;

use std::fs;
use std::path::Path;

use etcetera::BaseStrategy;
use prescope::project::{Before, FileChange, save};
use tempfile::TempDir;

const DIRECTORY: &str = "people/all.yaml";

/// A project in a folder of its own.
fn project(policies: &[(String, String)], people: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let patterns = "policies: [\"policies/*.prescope\"]\ndirectory: [\"people/*.yaml\"]\n";
    fs::write(folder.path().join("prescope.yaml"), patterns).unwrap();
    fs::create_dir(folder.path().join("policies")).unwrap();
    fs::create_dir(folder.path().join("people")).unwrap();
    for (name, text) in policies {
        fs::write(folder.path().join(name), text).unwrap();
    }
    fs::write(folder.path().join(DIRECTORY), people).unwrap();
    folder
}

/// The least set that compiles and has containers.
fn least() -> Vec<(String, String)> {
    vec![("policies/set.prescope".to_owned(), "use std/lync2013\n".to_owned())]
}

/// The seal of this user on something, as SECURITY.md says it is made.
pub(crate) fn seal(context: &str, bytes: &[u8]) -> blake3::Hash {
    // Something has to have been sealed for there to be a key.
    let probe = tempfile::tempdir().unwrap();
    let change = FileChange { path: probe.path().join("file"), before: Before::Nothing, new: Some(Vec::new()) };
    save(probe.path(), &[change]).unwrap();
    let state = etcetera::choose_base_strategy().unwrap();
    let state = state.state_dir().unwrap_or_else(|| state.data_dir());
    let secret = fs::read(state.join("prescope/key")).unwrap();
    blake3::keyed_hash(&blake3::derive_key(context, &secret), bytes)
}

/// Leaves a journal of this user, as a command does that was killed.
pub(crate) fn leave_journal(folder: &Path, text: impl AsRef<[u8]>) {
    let seal = seal("prescope 2026 journal", text.as_ref());
    let journal = [text.as_ref(), format!("seal {}\n", seal.to_hex()).as_bytes()].concat();
    fs::write(folder.join(".prescope.journal"), journal).unwrap();
}

/// A snapshot of this user, with this behind the seal.
pub(crate) fn sealed_snapshot(rest: &[u8]) -> Vec<u8> {
    let seal = seal("prescope 2026 snapshot", rest);
    [b"prescope snapshot\n", seal.as_bytes().as_slice(), rest].concat()
}

/// By what a journal knows the contents of a file.
pub(crate) fn sum(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// Every file below a folder with what it holds.
pub(crate) fn contents(folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(below).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let shown = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                all.push((shown, fs::read_to_string(path).unwrap()));
            }
        }
    }
    all.sort();
    all
}
