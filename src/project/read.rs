//! Reading one file. Only ordinary files of a bearable size are read: a pipe would be waited for, a device never ends.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::thread;

use crate::diagnostic::{Code, Diagnostic};

/// The largest file that is read, in bytes. Nothing that people write comes near it.
const LARGEST: u64 = 256 << 20;

/// How many bytes are worth starting a thread for.
const WORTH_A_THREAD: u64 = 1 << 20;

/// The bytes of an ordinary file.
pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    length(path, LARGEST)?;
    fs::read(path)
}

/// The beginning of an ordinary file; what is not UTF-8 in it is replaced.
pub(super) fn beginning(path: &Path, bytes: u64) -> io::Result<String> {
    length(path, u64::MAX)?;
    let mut beginning = Vec::new();
    File::open(path)?.take(bytes).read_to_end(&mut beginning)?;
    Ok(String::from_utf8_lossy(&beginning).into_owned())
}

/// The bytes of an ordinary file that programs wrote, and that may be larger. Of a long one, one half is read beside the
/// other: most of the time goes into the memory that is new to this process. If the file is replaced meanwhile, these may be
/// halves of two, which whoever asks has to find out by a sum or by comparing.
pub(super) fn bytes_of_program(path: &Path) -> io::Result<Vec<u8>> {
    let length = length(path, u64::from(u32::MAX))?;
    if length < WORTH_A_THREAD {
        return fs::read(path);
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    let half = bytes.len() / 2;
    let (first, second) = bytes.split_at_mut(half);
    thread::scope(|scope| {
        let beside = scope.spawn(|| part(path, half as u64, second));
        part(path, 0, first)?;
        beside.join().unwrap_or_else(|_| Err(io::Error::other("it could not be read to its end")))
    })?;
    Ok(bytes)
}

/// Fills bytes with what stands in a file from a place on.
fn part(path: &Path, start: u64, bytes: &mut [u8]) -> io::Result<()> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(bytes)
}

/// The length of an ordinary file.
fn length(path: &Path, largest: u64) -> io::Result<u64> {
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
    Ok(about.len())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long");
        for length in [0, 1, WORTH_A_THREAD - 1, WORTH_A_THREAD, WORTH_A_THREAD + 1] {
            let written: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            fs::write(&path, &written).unwrap();
            assert!(bytes_of_program(&path).unwrap() == written, "{length}");
        }
        assert!(bytes_of_program(folder.path()).is_err() && part(&path, 1, &mut vec![0; 2 << 20]).is_err());
    }
}
