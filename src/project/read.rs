//! Reading one file. Only ordinary files of a bearable size are read: a pipe would be waited for, a device never ends.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::thread;

use crate::diagnostic::code;
use crate::language::Diagnostic;

/// The largest file that is read, in bytes. Nothing that people write comes near it.
pub(super) const LARGEST: u64 = 256 << 20;

/// How many bytes are worth starting a thread for.
const WORTH_A_THREAD: u64 = 1 << 20;

/// The bytes of an ordinary file.
pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    bytes_about(path).map(|(bytes, _)| bytes)
}

/// The bytes of an ordinary file, and what the system says of that very file.
pub(super) fn bytes_about(path: &Path) -> io::Result<(Vec<u8>, Metadata)> {
    let (mut file, about) = open(path, Links::Followed, LARGEST)?;
    whole(&mut file, &about).map(|bytes| (bytes, about))
}

/// The bytes of a file that prescope writes for itself, and what the system says of it. It is no link, whatever
/// somebody has put in its place.
pub(super) fn own(path: &Path, largest: u64) -> io::Result<(Vec<u8>, Metadata)> {
    let (mut file, about) = open(path, Links::Refused, largest)?;
    whole(&mut file, &about).map(|bytes| (bytes, about))
}

/// The beginning of an ordinary file; what is not UTF-8 in it is replaced.
pub(super) fn beginning(path: &Path, bytes: u64) -> io::Result<String> {
    let (file, _) = open(path, Links::Followed, u64::MAX)?;
    let mut beginning = Vec::new();
    file.take(bytes).read_to_end(&mut beginning)?;
    Ok(String::from_utf8_lossy(&beginning).into_owned())
}

/// The bytes of an ordinary file that programs wrote, and that may be larger. Of a long one, one half is read beside
/// the other: most of the time goes into the memory that is new to this process.
pub(super) fn bytes_of_program(path: &Path) -> io::Result<Vec<u8>> {
    halves(path, Links::Followed)
}

/// The same of a file that prescope writes for itself.
pub(super) fn own_of_program(path: &Path) -> io::Result<Vec<u8>> {
    halves(path, Links::Refused)
}

fn halves(path: &Path, links: Links) -> io::Result<Vec<u8>> {
    let (mut file, about) = open(path, links, u64::from(u32::MAX))?;
    if about.len() < WORTH_A_THREAD {
        return whole(&mut file, &about);
    }
    let mut bytes = vec![0; usize::try_from(about.len()).map_err(io::Error::other)?];
    let half = bytes.len() / 2;
    let (first, second) = bytes.split_at_mut(half);
    // A place of its own in the same file, even if another one takes its name meanwhile.
    let beside = open(path, links, u64::from(u32::MAX))?;
    if !is_same(&about, &beside.1) {
        return Err(io::Error::other("it was replaced while it was read"));
    }
    thread::scope(|scope| {
        let beside = scope.spawn(|| part(beside.0, half as u64, second));
        file.read_exact(first)?;
        beside.join().unwrap_or_else(|_| Err(io::Error::other("it could not be read to its end")))
    })?;
    Ok(bytes)
}

/// Fills bytes with what stands in a file from a place on.
fn part(mut file: File, start: u64, bytes: &mut [u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(bytes)
}

/// Whether both are about one file, as far as the system says.
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }
    #[cfg(not(unix))]
    {
        (one.len(), one.modified().ok()) == (other.len(), other.modified().ok())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Links {
    Followed,
    Refused,
}

/// Opens an ordinary file. What it is was asked of the open file, so nobody can exchange it in between.
fn open(path: &Path, links: Links, largest: u64) -> io::Result<(File, Metadata)> {
    if links == Links::Refused && fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("it is a link"));
    }
    let file = open_without_waiting(path, links)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if !about.is_file() {
        return Err(io::Error::other("it is no ordinary file"));
    }
    if about.len() > largest {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {}", size(largest))));
    }
    Ok((file, about))
}

fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MB", bytes >> 20) } else { format!("{bytes} bytes") }
}

/// Nobody has to write into a pipe first for it to be opened, and none is read.
#[cfg(unix)]
fn open_without_waiting(path: &Path, links: Links) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let mut flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    if links == Links::Refused {
        flags |= OFlags::NOFOLLOW;
    }
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
fn open_without_waiting(path: &Path, _: Links) -> io::Result<File> {
    if fs::metadata(path)?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    File::open(path)
}

/// A file to its end, and no further than it was long when it was opened and a little: one that grows is not followed.
fn whole(file: &mut File, about: &Metadata) -> io::Result<Vec<u8>> {
    let length = usize::try_from(about.len()).map_err(io::Error::other)?;
    let mut bytes = Vec::with_capacity(length + 1);
    file.take(about.len() + 1).read_to_end(&mut bytes)?;
    if bytes.len() > length {
        return Err(io::Error::other("it grows while it is read"));
    }
    Ok(bytes)
}

/// Why a file cannot be read, and what to do about it.
#[derive(Debug)]
pub(super) struct Unreadable {
    because: String,
    advice: &'static str,
}

impl Unreadable {
    /// For a reason that the system gives.
    pub(super) fn new(path: &Path, error: &io::Error) -> Unreadable {
        Unreadable { because: unreadable_because(path, error), advice: NAME_ANOTHER }
    }

    /// For this reason.
    pub(super) fn because(because: &str, advice: &'static str) -> Unreadable {
        Unreadable { because: because.to_owned(), advice }
    }

    /// There is none.
    pub(super) fn missing() -> Unreadable {
        Unreadable::because(MISSING, NAME_ANOTHER)
    }

    /// What is said of the file.
    pub(super) fn told(&self, shown: &str) -> Diagnostic {
        Diagnostic::new(code::UNREADABLE, format!("`{shown}` cannot be read"))
            .help(format!("{}; {}", self.because, self.advice))
    }
}

const MISSING: &str = "there is no such file";
const NAME_ANOTHER: &str = "give the name of a readable file";

/// What is said of a file that cannot be read.
pub(super) fn unreadable(shown: &str, path: &Path, error: &io::Error) -> Diagnostic {
    Unreadable::new(path, error).told(shown)
}

/// Why a file cannot be read, without the operating system's error number.
pub fn unreadable_because(path: &Path, error: &io::Error) -> String {
    let is_link = || fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink());
    match error.kind() {
        io::ErrorKind::NotFound if is_link() => "it is a link that leads nowhere".to_owned(),
        io::ErrorKind::NotFound => MISSING.to_owned(),
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
        assert!(bytes_of_program(folder.path()).is_err());
    }
}
