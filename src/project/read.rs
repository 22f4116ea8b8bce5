//! Reading one file. Only ordinary files of a bearable size are read: a pipe would be waited for, a device never ends.

use std::fs;
use std::io;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic};

/// The largest file that is read, in bytes. Nothing that people write comes near it.
const LARGEST: u64 = 256 << 20;

/// The bytes of an ordinary file.
pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    bytes_within(path, LARGEST)
}

/// The bytes of an ordinary file that programs wrote, and that may be larger.
pub(super) fn bytes_of_program(path: &Path) -> io::Result<Vec<u8>> {
    bytes_within(path, u64::from(u32::MAX))
}

fn bytes_within(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if !about.is_file() {
        return Err(io::Error::other("it is no ordinary file"));
    }
    if about.len() > largest {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {} MB", largest >> 20)));
    }
    fs::read(path)
}

/// What is said of a file that cannot be read.
pub(super) fn unreadable(shown: &str, path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::UNREADABLE, format!("`{shown}` cannot be read"))
        .help(format!("{}; give the name of a readable file", unreadable_because(path, error)))
}

/// Why a file cannot be read, without the operating system's error number.
pub fn unreadable_because(path: &Path, error: &io::Error) -> String {
    let is_link = || fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink());
    match error.kind() {
        io::ErrorKind::NotFound if is_link() => "it is a link that leads nowhere".to_owned(),
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        kind if error.raw_os_error().is_some() => kind.to_string(),
        _ => error.to_string(),
    }
}
