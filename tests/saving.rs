//! Writing files: all or none, whatever happens in between, and nothing that somebody else wrote gets lost.

pub(crate) use refused::codes;

mod killed;
mod refused;
mod removed;
mod together;

use std::fs;
use std::path::Path;

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

/// Every file below a folder with what it holds.
fn contents(folder: &Path) -> Vec<(String, String)> {
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
