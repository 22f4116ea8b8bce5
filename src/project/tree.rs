//! Where the files of a project are: in a folder, or in git, in a revision or in the index. Listing and reading go
//! through here, so a project is read from git as it is read from a folder.

mod stored;

use std::io;
use std::path::Path;

pub(super) use stored::Stored;

use super::config::Config;
use super::find::FILE;
use super::read::{Unreadable, unreadable};
use super::save::{Interrupted, JOURNAL, SaveError, View};
use super::walk::{self, Listing};
use crate::language::Diagnostic;

/// Where the files of a project are.
#[derive(Debug)]
pub(super) enum Tree {
    /// On disk, as somebody sees them who only reads.
    Disk(View),
    /// In git. Paths begin at the top of the repository.
    Git(Stored),
}

impl Default for Tree {
    fn default() -> Tree {
        Tree::Disk(View::default())
    }
}

impl Tree {
    /// Everything below the folder of a project. Also what is in the way of every answer, and what is wrong with
    /// folders.
    pub(super) fn listing(&mut self, folder: &Path) -> (Listing, Vec<SaveError>, Vec<Diagnostic>) {
        let view = match self {
            Tree::Git(stored) => return (stored.listing(folder), Vec::new(), Vec::new()),
            Tree::Disk(view) => view,
        };
        let mut all = walk::listing(folder);
        let unread = all.unread.iter().map(|(path, error)| unreadable(&path.to_string_lossy(), path, error));
        let (unread, mut failed) = (unread.collect(), Vec::new());
        // Projects below have journals of their own, which may be about files of this one.
        for journal in all.files.iter().filter(|it| it.path.file_name().is_some_and(|name| name == JOURNAL)) {
            let below = folder.join(&journal.path).parent().and_then(|below| below.canonicalize().ok());
            if let Some(below) = below
                && let Err(error) = view.look(&below)
            {
                failed.push(error);
            }
        }
        view.amend(folder, &mut all.files);
        (all, failed, unread)
    }

    /// What of a project its patterns mean and this tree does not have: what links and submodules lead to.
    pub(super) fn beyond(&mut self, folder: &Path, config: &Config) -> Vec<Diagnostic> {
        match self {
            Tree::Disk(_) => Vec::new(), // links are followed
            Tree::Git(stored) => stored.beyond(folder, config),
        }
    }

    /// The bytes of a file.
    pub(super) fn bytes(&mut self, path: &Path) -> Result<Vec<u8>, Unreadable> {
        match self {
            Tree::Disk(view) => view.bytes(path).map_err(|error: io::Error| Unreadable::new(path, &error)),
            Tree::Git(stored) => stored.bytes(path),
        }
    }

    /// Whether the project file of a folder is there, readable or not.
    pub(super) fn has_project(&self, folder: &Path) -> bool {
        match self {
            Tree::Disk(_) => folder.join(FILE).exists(),
            Tree::Git(stored) => stored.has(&folder.join(FILE)),
        }
    }

    /// Whether some files are read elsewhere than they lie, since they are being written.
    pub(super) fn is_elsewhere(&self) -> bool {
        matches!(self, Tree::Disk(view) if view.is_elsewhere())
    }

    /// Files that another command is writing, or has begun to write and was interrupted.
    pub(super) fn interrupted(&self) -> Option<Interrupted> {
        match self {
            Tree::Disk(view) => view.interrupted,
            Tree::Git(_) => None,
        }
    }

    /// Takes whatever is read for good from now on.
    pub(super) fn give_up(&mut self) {
        if let Tree::Disk(view) = self {
            view.give_up();
        }
    }

    /// Whether everything that was read is still what it was.
    pub(super) fn holds(&self) -> bool {
        match self {
            Tree::Disk(view) => view.holds(),
            Tree::Git(_) => true, // nothing there ever changes
        }
    }

    /// Whether the files lie where a program could find them by their paths.
    pub(super) fn is_on_disk(&self) -> bool {
        matches!(self, Tree::Disk(_))
    }
}
