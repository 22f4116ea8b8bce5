//! Every file below a folder, through links as well, and never without end.

use std::collections::BTreeSet;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that never hold files of a project, and can be large.
pub(super) const SKIPPED: [&str; 3] = [".git", "target", "node_modules"];

/// How deep folders are searched.
pub(super) const DEEPEST: usize = 32;

/// Every file below a folder, relative to it, sorted; and the folders that cannot be read, with the reason. Links to
/// folders are followed after everything else, and none to a folder that was listed before: whatever leads in circles,
/// or to one place by many ways, is listed once.
pub(super) fn files(folder: &Path) -> (Vec<PathBuf>, Vec<(PathBuf, io::Error)>) {
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    let mut listed = BTreeSet::new();
    let mut open = vec![(PathBuf::new(), 0)];
    let mut links = BTreeSet::new();
    while let Some((below, depth)) = open.pop().or_else(|| links.pop_first()) {
        let here = folder.join(&below);
        let (entries, real) = match std::fs::read_dir(&here).and_then(|entries| Ok((entries, here.canonicalize()?))) {
            Ok(both) => both,
            Err(error) => {
                unread.push((here, error));
                continue;
            }
        };
        if !listed.insert(real) {
            continue;
        }
        for entry in entries.flatten() {
            let name = entry.file_name();
            let path = below.join(&name);
            let kind = entry.file_type();
            let link = kind.as_ref().is_ok_and(FileType::is_symlink);
            // The folder says what its entries are; only of a link it cannot say what it leads to.
            if !if link { folder.join(&path).is_dir() } else { kind.is_ok_and(|kind| kind.is_dir()) } {
                files.push(path);
            } else if depth < DEEPEST && !SKIPPED.iter().any(|skipped| name == *skipped) {
                if link { _ = links.insert((path, depth + 1)) } else { open.push((path, depth + 1)) }
            }
        }
    }
    files.sort();
    unread.sort_by(|(one, _), (other, _)| one.cmp(other));
    (files, unread)
}
