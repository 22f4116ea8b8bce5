//! What saving asks of the disk, so that every such step can be made to fail, or to be the last one, in tests.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// The steps, which tests count.
#[cfg(test)]
use super::faults::{step, write};

#[cfg(not(test))]
fn step(_: &'static str) -> io::Result<()> {
    Ok(())
}

#[cfg(not(test))]
fn write(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    io::Write::write_all(file, bytes)
}

/// Who may read a file that is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Access {
    /// Whoever may read any file that this user makes here.
    Usual,
    /// Nobody else, at least until it has the permissions of another file.
    Own,
}

/// Makes a file that is not there yet, and brings it down to the disk.
pub(super) fn create(path: &Path, bytes: &[u8], access: Access) -> io::Result<File> {
    step("open")?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if access == Access::Own {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = access;
    let mut file = options.open(path)?;
    write(&mut file, bytes)?;
    sync(&file)?;
    Ok(file)
}

/// Brings a file down to the disk.
pub(super) fn sync(file: &File) -> io::Result<()> {
    step("sync")?;
    file.sync_all()
}

/// Gives a file another name, in place of whatever has it.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step("rename")?;
    fs::rename(from, to)
}

/// Takes a file away; one that is not there is gone already.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    step("unlink")?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Brings the names in a folder down to the disk. Not every system can, and none that cannot needs it.
pub(super) fn sync_folder(folder: &Path) {
    if step("sync folder").is_ok()
        && let Ok(folder) = File::open(folder)
    {
        _ = folder.sync_all();
    }
}
