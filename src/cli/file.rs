//! A file that a command writes its answer into: there as a whole or not at all, and never in the place of what
//! somebody else wrote.

use std::fs;
use std::io;
use std::path::Path;

use super::failure::Failure;
use crate::project::{Before, FileChange, save};

/// Replaces the file by a text, if it is not there, is empty, or holds an earlier answer, which begins as one of these.
pub(super) fn write(path: &Path, text: &str, begins: &[&str]) -> Result<(), Failure> {
    let before = held(path, begins)?;
    // A name alone is one in this folder.
    let folder = path.parent().unwrap_or(Path::new(""));
    let change = FileChange { path: path.to_owned(), before, new: Some(text.as_bytes().to_vec()) };
    Ok(save(folder, &[change])?)
}

fn held(path: &Path, begins: &[&str]) -> Result<Before, Failure> {
    let refused = |why: &str, help: &str| {
        Failure::Other(format!("`{}` is not written: {why}", path.display()), Some(help.to_owned()))
    };
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Before::Nothing),
        Ok(about) if !about.is_file() => return Err(refused("it is no ordinary file", "name a file")),
        Ok(_) | Err(_) => {}
    }
    let help = "name another file, or remove this one first";
    match fs::read_to_string(path) {
        Ok(text) if text.is_empty() || begins.iter().any(|begin| text.starts_with(begin)) => Ok(Before::Text(text)),
        Err(error) if error.kind() != io::ErrorKind::InvalidData => Err(refused(&error.to_string(), help)),
        Ok(_) | Err(_) => Err(refused("it holds something else than an earlier answer", help)),
    }
}
