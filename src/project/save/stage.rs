//! One file: where it is, what it holds, and a new text beside it that is like it in everything else.

use std::fs::{self, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::super::read;
use super::disk::{self, Access};

/// The file itself, where a path is a link; one that is not there by its folder.
pub(super) fn target(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // The folder may be a link.
            let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Err(error) };
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            fs::create_dir_all(folder)?;
            Ok(fs::canonicalize(folder)?.join(name))
        }
        found => found,
    }
}

/// The file at a path that prescope alone writes. A link in its place leads to something that is not prescope's.
pub(super) fn own_target(path: &Path) -> io::Result<PathBuf> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_symlink() => Err(io::Error::other("it is a link, which is not followed")),
        Ok(about) if about.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        Ok(about) if !about.is_file() => Err(io::Error::other("it is no ordinary file")),
        _ => target(path),
    }
}

/// What a file holds; None if there is none.
pub(super) fn bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match read::bytes_of_program(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// By what the contents of a file are known.
pub(in crate::project) fn sum(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Where the new text of a file lies until it takes the file's place: in the same folder, so that a rename will do. The
/// name is short, whatever the file's own is.
pub(super) fn beside(target: &Path, number: &str, index: usize) -> PathBuf {
    target.with_file_name(format!(".prescope.{number}.{index}.new"))
}

/// What the system says of a file that may be replaced or removed; None if there is none. A file that may not be
/// written is not replaced either, though its folder may allow that.
pub(super) fn replaceable(target: &Path) -> io::Result<Option<Metadata>> {
    let about = match fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        found => found?,
    };
    let denied = |why: &str| Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
    if about.permissions().readonly() {
        return denied("it is read-only");
    }
    if OpenOptions::new().write(true).open(target).is_err() {
        return denied("you may not write it");
    }
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::nlink(&about) > 1 {
        return Err(io::Error::other("it has another name as well (a hard link), which would keep the old text"));
    }
    Ok(Some(about))
}

/// Writes a new text beside its file, down to the disk, with the file's owner, permissions, access list and attributes.
/// There is none beside a file that is to go, which only has to be one that may be written.
pub(super) fn write(target: &Path, beside: &Path, bytes: Option<&[u8]>) -> io::Result<()> {
    let about = replaceable(target)?;
    let Some(bytes) = bytes else { return Ok(()) };
    let Some(about) = about else { return disk::create(beside, bytes, Access::Usual).map(drop) };
    let file = disk::create(beside, bytes, Access::Own)?;
    alike(target, beside, &about)?;
    disk::sync(&file)
}

/// Makes a file like another one: the same owner, permissions, access list and attributes.
#[cfg(unix)]
fn alike(target: &Path, beside: &Path, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let new = fs::metadata(beside)?;
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        chown(beside, Some(old.uid()), Some(old.gid()))
            .map_err(|_| io::Error::other("it belongs to another user or group, and would be yours then"))?;
    }
    fs::set_permissions(beside, old.permissions())?;
    let kept = |name: &str| name.starts_with("user.") || name == "system.posix_acl_access";
    // A file system without attributes has none to be kept.
    for name in xattr::list(target).into_iter().flatten() {
        if name.to_str().is_some_and(kept)
            && let Some(value) = xattr::get(target, &name)?
        {
            xattr::set(beside, &name, &value)
                .map_err(|error| io::Error::other(format!("`{}` of it would be lost: {error}", name.display())))?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn alike(_: &Path, beside: &Path, old: &Metadata) -> io::Result<()> {
    fs::set_permissions(beside, old.permissions())
}

/// The text that lies ready takes the file's place; or, if there is none to be, the file goes.
pub(super) fn replace(target: &Path, ready: Option<&Path>) -> io::Result<()> {
    match ready {
        Some(ready) => disk::rename(ready, target),
        None => disk::remove(target),
    }
}
