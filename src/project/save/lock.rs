//! The lock of a project. It is the project file's own, so it needs no file that stays behind, and who may only read can
//! take it too. The system lets go of it when a process ends, however it ends.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::super::find::FILE;
use super::{SaveError, journal};

/// How long to wait for somebody else.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often to look.
const PAUSE: Duration = Duration::from_millis(5);

/// A lock that is held; None where there is nothing to lock, or the file system knows no locks. What was read is compared
/// before it is replaced in any case.
#[derive(Debug)]
pub(in super::super) struct Lock {
    _held: Option<File>,
}

/// The lock of somebody who writes: nobody else holds one.
pub(super) fn exclusive(folder: &Path) -> Result<Lock, SaveError> {
    take(folder, File::try_lock, PATIENCE)
}

/// The lock of somebody who reads: nobody writes.
pub(super) fn shared(folder: &Path) -> Result<Lock, SaveError> {
    take(folder, File::try_lock_shared, PATIENCE)
}

fn take(
    folder: &Path,
    attempt: impl Fn(&File) -> Result<(), TryLockError>,
    patience: Duration,
) -> Result<Lock, SaveError> {
    let Some(file) = open(folder) else { return Ok(Lock { _held: None }) };
    let start = Instant::now();
    loop {
        match attempt(&file) {
            Ok(()) => return Ok(Lock { _held: Some(file) }),
            Err(TryLockError::Error(_)) => return Ok(Lock { _held: None }),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {
                return Err(SaveError::Busy { folder: folder.to_owned(), process: journal::process(folder) });
            }
        }
    }
}

/// What is locked: the project file, or the folder where there is none (some systems cannot).
fn open(folder: &Path) -> Option<File> {
    let file = folder.join(FILE);
    if file.is_file() {
        // A lock over the network may want to be able to write.
        return File::options().read(true).write(true).open(&file).or_else(|_| File::open(&file)).ok();
    }
    File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_wait_for_writers_and_say_for_whom() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "").unwrap();
        let briefly = Duration::from_millis(20);
        let reader = shared(folder.path()).unwrap();
        let other = take(folder.path(), File::try_lock_shared, briefly);
        assert!(other.is_ok());
        drop(other);
        let told = take(folder.path(), File::try_lock, briefly).unwrap_err().to_string();
        assert!(told.starts_with("another command holds the project in "), "{told}");
        drop(reader);
        let writer = exclusive(folder.path()).unwrap();
        assert!(take(folder.path(), File::try_lock_shared, briefly).is_err());
        drop(writer);
        assert!(shared(folder.path()).is_ok());
    }
}
