//! A file that a command writes its answer into: there as a whole or not at all, and never in the place of what
//! somebody else wrote.

use std::io;
use std::path::Path;

use super::failure::Failure;
use crate::project::{self, Before, FileChange};

/// What a command writes into files.
pub(super) struct Own {
    /// In a word or two, with its article.
    pub(super) what: &'static str,
    /// Whether this is the text of one.
    pub(super) is_one: fn(&str) -> bool,
}

/// Writes the file, if it is not there, is empty, or holds an earlier answer of this kind.
pub(super) fn write(file: &Path, text: &str, own: &Own) -> Result<(), Failure> {
    let shown = file.display();
    let failure = |message: String, help: &str| Failure::Other(message, Some(help.to_owned()));
    if file == Path::new("-") {
        let message = format!("--output writes {} into a file, not to standard output", own.what);
        return Err(failure(message, "name a file, or leave --output out"));
    }
    // Which project it lies in is not seen from a name with `..` in it.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().map_err(|error| {
        let why = project::unreadable_because(folder, &error);
        failure(format!("`{shown}` cannot be written: {why}"), "name a file in a folder that is there")
    })?;
    let path = file.file_name().map_or_else(|| folder.clone(), |name| folder.join(name));
    if path.is_symlink() {
        let message = format!("`{shown}` cannot be written: it is a link, which is not followed");
        return Err(failure(message, "name a new file"));
    }
    let before = match project::text_of(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Before::Nothing,
        Ok(text) if text.is_empty() || (own.is_one)(&text) => Before::Text(text),
        Ok(_) => {
            let message = format!("`{shown}` holds something else than {}", own.what);
            return Err(failure(message, "name a new file, or remove this one first"));
        }
        Err(error) => {
            let why = project::unreadable_because(file, &error);
            return Err(failure(format!("`{shown}` cannot be replaced: {why}"), "name a new file"));
        }
    };
    let change = FileChange { path: path.clone(), before, new: Some(text.as_bytes().to_vec()) };
    Ok(project::save(&project::home(&path), &[change])?)
}
