//! Every file below a folder, through links as well, and never without end.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::find::{FILE, SKIPPED};

/// What lies below a folder.
#[derive(Default, Debug)]
pub(super) struct Listing {
    /// Every file, sorted by path.
    pub(super) files: Vec<Listed>,
    /// Every folder, relative to the one that was listed; those that were not searched, too.
    pub(super) folders: Vec<PathBuf>,
    /// The folders that cannot be read, with the reason; sorted.
    pub(super) unread: Vec<(PathBuf, io::Error)>,
}

/// A file that lies below a folder.
#[derive(Debug)]
pub(super) struct Listed {
    /// Its path from the folder on.
    pub(super) path: PathBuf,
    /// No folder on the way is hidden, a link, another project or another repository: nobody but the project that is
    /// listed will read it.
    pub(super) ours: bool,
}

/// A folder to be searched.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    path: PathBuf,
    ours: bool,
}

/// Everything below a folder. Links to folders are followed after everything else, and none to a folder that was listed
/// before: whatever leads in circles, or to one place by many ways, is listed once.
pub(super) fn listing(folder: &Path) -> Listing {
    let mut listing = Listing::default();
    let mut listed = BTreeSet::new();
    let mut open = vec![Open { path: PathBuf::new(), ours: true }];
    let mut links = BTreeSet::new();
    while let Some(below) = open.pop().or_else(|| links.pop_first()) {
        let here = folder.join(&below.path);
        let (entries, real) = match std::fs::read_dir(&here).and_then(|entries| Ok((entries, here.canonicalize()?))) {
            Ok(both) => both,
            Err(error) => {
                listing.unread.push((here, error));
                continue;
            }
        };
        if !listed.insert(real) {
            continue;
        }
        let entries: Vec<DirEntry> = entries.flatten().collect();
        let others = |entry: &DirEntry| entry.file_name() == FILE || entry.file_name() == ".git";
        let ours = below.ours && (below.path.as_os_str().is_empty() || !entries.iter().any(others));
        for entry in entries {
            let name = entry.file_name();
            let path = below.path.join(&name);
            let kind = entry.file_type();
            let link = kind.as_ref().is_ok_and(FileType::is_symlink);
            // The folder says what its entries are; only of a link it cannot say what it leads to.
            if !if link { folder.join(&path).is_dir() } else { kind.is_ok_and(|kind| kind.is_dir()) } {
                listing.files.push(Listed { path, ours });
                continue;
            }
            listing.folders.push(path.clone());
            if SKIPPED.iter().any(|skipped| name == *skipped) {
                continue;
            }
            let inside = Open { path, ours: ours && !link && !is_hidden(&name) };
            if link { _ = links.insert(inside) } else { open.push(inside) }
        }
    }
    listing.files.sort_by(|one, other| one.path.cmp(&other.path));
    listing.unread.sort_by(|(one, _), (other, _)| one.cmp(other));
    listing
}

/// Whether a name is one that listings leave out.
pub(super) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}
