//! Writing files: each is replaced at once or not at all, and none before all are ready. Nothing read-only is touched.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that could not be written. Nothing was changed unless several files were being replaced and an earlier one
/// was already in place.
#[derive(Debug)]
pub struct SaveError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be written: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for SaveError {}

/// Replaces the contents of files, or makes them. Every new text is first written beside its file; then each takes its file's place.
/// Permissions stay, and a link stays a link.
pub fn save(files: &[(PathBuf, String)]) -> Result<(), SaveError> {
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    for (path, text) in files {
        match stage(path, text) {
            Ok(pair) => staged.push(pair),
            Err(error) => {
                discard(&staged);
                return Err(SaveError { path: path.clone(), error });
            }
        }
    }
    for (at, (from, to)) in staged.iter().enumerate() {
        if let Err(error) = fs::rename(from, to) {
            discard(staged.get(at..).unwrap_or_default());
            return Err(SaveError { path: to.clone(), error });
        }
    }
    Ok(())
}

/// Writes a text beside its file, with the file's permissions.
fn stage(path: &Path, text: &str) -> io::Result<(PathBuf, PathBuf)> {
    let target = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_path_buf(),
        found => found?,
    };
    let about = if target.exists() { Some(fs::metadata(&target)?) } else { None };
    if about.as_ref().is_some_and(|about| !about.is_file()) {
        return Err(io::Error::other("something else than a file has its name"));
    }
    let permissions = about.map(|about| about.permissions());
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(read_only());
    }
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = target.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        // First, so that nobody reads the new text who may not read the old one.
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()
    })();
    match written {
        Ok(()) => Ok((beside, target)),
        Err(error) => {
            _ = fs::remove_file(&beside);
            Err(error)
        }
    }
}

/// Takes a file away, unless it may not be written.
pub fn remove(path: &Path) -> Result<(), SaveError> {
    let of = |error| SaveError { path: path.to_path_buf(), error };
    if fs::metadata(path).map_err(of)?.permissions().readonly() {
        return Err(of(read_only()));
    }
    fs::remove_file(path).map_err(of)
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only")
}

fn discard(staged: &[(PathBuf, PathBuf)]) {
    for (beside, _) in staged {
        _ = fs::remove_file(beside);
    }
}
