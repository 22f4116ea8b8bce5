//! Every file below a folder, through links as well, and never without end.

use std::io;
use std::path::{Path, PathBuf};

/// Folders that never hold files of a project, and can be large.
pub(super) const SKIPPED: [&str; 3] = [".git", "target", "node_modules"];

/// How deep folders are searched.
pub(super) const DEEPEST: usize = 32;

/// How many links may lead to a folder: folders of links to folders of links would be endless for practical purposes.
const LINKS: usize = 4;

/// A folder still to be read.
struct Open {
    below: PathBuf,
    depth: usize,
    /// Where the links that led here were, really.
    through: Vec<PathBuf>,
}

/// Every file below a folder, relative to it, sorted; and the folders that cannot be read, with the reason.
pub(super) fn files(folder: &Path) -> (Vec<PathBuf>, Vec<(PathBuf, io::Error)>) {
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    let mut open = vec![Open { below: PathBuf::new(), depth: 0, through: Vec::new() }];
    while let Some(at) = open.pop() {
        let entries = match std::fs::read_dir(folder.join(&at.below)) {
            Ok(entries) => entries,
            Err(error) => {
                unread.push((folder.join(&at.below), error));
                continue;
            }
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let below = at.below.join(&name);
            if !folder.join(&below).is_dir() {
                files.push(below);
                continue;
            }
            if at.depth == DEEPEST || SKIPPED.iter().any(|skipped| name == *skipped) {
                continue;
            }
            let link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            let through = if link { through(folder, &at, &below) } else { Some(at.through.clone()) };
            if let Some(through) = through {
                open.push(Open { below, depth: at.depth + 1, through });
            }
        }
    }
    files.sort();
    unread.sort_by(|(one, _), (other, _)| one.cmp(other));
    (files, unread)
}

/// The links behind this one, with it; None if it leads back to where one of them was or to a folder above that.
fn through(folder: &Path, at: &Open, link: &Path) -> Option<Vec<PathBuf>> {
    let here = folder.join(&at.below).canonicalize().ok()?;
    let target = folder.join(link).canonicalize().ok()?;
    let mut through = at.through.clone();
    through.push(here);
    let back = through.iter().any(|before| before.starts_with(&target));
    (!back && through.len() <= LINKS).then_some(through)
}
