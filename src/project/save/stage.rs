//! One file: where it is, what it holds, and a new text beside it.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::super::read;

/// The file itself, where a path is a link.
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

/// What a file holds; None if there is none.
pub(super) fn bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match read::bytes_of_program(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where the new text of a file lies until it takes the file's place: in the same folder, so that a rename will do.
pub(super) fn beside(target: &Path, number: &str) -> PathBuf {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    target.with_file_name(format!(".{name}.{number}.new"))
}

/// Writes a new text beside its file, down to the disk, with the file's permissions and owner. There is none beside a file
/// that is to go, which only has to be one that may be written.
pub(super) fn write(target: &Path, beside: &Path, bytes: Option<&[u8]>) -> io::Result<()> {
    let metadata = match fs::metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        found => Some(found?),
    };
    if metadata.as_ref().is_some_and(|metadata| metadata.permissions().readonly()) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let Some(bytes) = bytes else { return Ok(()) };
    #[cfg(unix)]
    let made = create(beside, bytes, metadata.as_ref().map(fs::Metadata::permissions)).inspect(|()| {
        use std::os::unix::fs::MetadataExt;
        // Somebody else's file stays theirs where the system allows it, as for root.
        if let (Some(old), Ok(new)) = (&metadata, fs::metadata(beside))
            && (old.uid(), old.gid()) != (new.uid(), new.gid())
            && std::os::unix::fs::chown(beside, Some(old.uid()), Some(old.gid())).is_ok()
        {
            _ = fs::set_permissions(beside, old.permissions());
        }
    });
    #[cfg(not(unix))]
    let made = create(beside, bytes, metadata.as_ref().map(fs::Metadata::permissions));
    made
}

/// The text that lies ready takes the file's place; or, if there is none to be, the file goes.
pub(super) fn replace(target: &Path, beside: &Path, stays: bool) -> io::Result<()> {
    if stays { fs::rename(beside, target) } else { fs::remove_file(target) }
}

/// Makes a file that is not there yet. Nobody else can read it before it has its permissions.
pub(super) fn create(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if permissions.is_some() {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()
}

/// Brings the names in a folder down to the disk. Not every system can, and none that cannot needs it.
pub(super) fn sync_folder(folder: &Path) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if let Ok(folder) = File::open(folder) {
        _ = folder.sync_all();
    }
}
