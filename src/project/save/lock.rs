//! The locks of somebody who writes: one on every folder in which a file is to change, and on that of the journal. So
//! two who write the same file meet, whichever project each of them has opened.
//!
//! What is locked is the folder itself: there is no file that stays behind, and none that can be exchanged meanwhile.
//! The system lets go of a lock when a process ends, however it ends. Who reads takes no lock, and waits for none.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::super::find::FILE;
use super::{SaveError, journal};

/// How often to look.
const PAUSE: Duration = Duration::from_millis(5);

/// How long to wait for somebody else.
#[cfg(not(test))]
fn patience() -> Duration {
    Duration::from_secs(10)
}

#[cfg(test)]
use super::faults::patience;

/// Locks that are held. There is none on a folder where the file system knows no locks; what was read is compared
/// before it is replaced in any case.
#[derive(Debug)]
pub(super) struct Locks {
    _held: Vec<File>,
}

/// Locks folders, which are sorted, so that of two who lock several nobody waits for the other for ever.
pub(super) fn exclusive(folders: &BTreeSet<PathBuf>) -> Result<Locks, SaveError> {
    let start = Instant::now();
    let mut held = Vec::new();
    for folder in folders {
        let Some(file) = open(folder) else { continue };
        loop {
            match file.try_lock() {
                Ok(()) => break held.push(file),
                Err(TryLockError::Error(_)) => break,
                Err(TryLockError::WouldBlock) if start.elapsed() < patience() => sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    return Err(SaveError::Busy { folder: folder.clone(), process: journal::process(folder) });
                }
            }
        }
    }
    Ok(Locks { _held: held })
}

/// A folder as something that can be locked; the project file where the system does not open folders.
fn open(folder: &Path) -> Option<File> {
    File::open(folder).or_else(|_| File::open(folder.join(FILE))).ok()
}
