//! Replacing a file as a whole: whoever reads it meanwhile finds the old text or the new one, never a part.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Puts a text in place of a file's, with the same permissions. If anything fails the file is as it was. A link stays
/// one: the file it leads to is replaced.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        // A rename would not mind, but whoever took the right to write away does.
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let (mut file, beside) = create_beside(&path)?;
    let done = file
        .write_all(text.as_bytes())
        .and_then(|()| file.set_permissions(permissions))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&beside, &path));
    if done.is_err() {
        // The error that counts is the first; a leftover is only untidy.
        _ = fs::remove_file(&beside);
        return done;
    }
    sync_folder(&path);
    Ok(())
}

/// A new file in the same folder, so that renaming it crosses no file system.
fn create_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().unwrap_or_default();
    let mut attempt = 0_u32;
    loop {
        let mut beside = OsString::from(".");
        beside.push(name);
        beside.push(format!(".{}-{attempt}.tmp", std::process::id()));
        let beside = path.with_file_name(beside);
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((file, beside)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Makes the rename last. Not every system can open folders; the text itself is safe already.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent() {
        _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
