//! A side as far as it is found: what it is and where its files are, before anybody knows where its project lies.

use std::path::{Path, PathBuf};

use super::super::find::FILE;
use super::super::git::Repository;
use super::super::tree::Stored;
use super::{Origin, Root, Side, Trouble, Which};

/// A side before anybody knows where in it the project is.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) origin: Origin,
    pub(super) commit: Option<String>,
    pub(super) files: Files,
}

#[derive(Clone)]
pub(super) enum Files {
    Folder(PathBuf),
    /// The folder of the project as it is now.
    Now(Option<PathBuf>),
    Stored(Stored, Option<PathBuf>),
    Nothing,
}

impl Found {
    /// Whether it has a project in this folder of the repository; None if it says by itself where its project is.
    pub(super) fn has(&self, folder: &Path) -> Option<bool> {
        match &self.files {
            Files::Stored(stored, None) => Some(stored.has(&folder.join(FILE))),
            Files::Now(now) => Some(now.as_ref().is_some_and(|folder| folder.join(FILE).exists())),
            Files::Folder(_) | Files::Stored(_, Some(_)) | Files::Nothing => None,
        }
    }

    /// The same with the project in this folder of the repository, if it is the files of now.
    pub(super) fn at(mut self, place: &Path, repository: &Repository) -> Found {
        if let Files::Now(folder) = &mut self.files {
            *folder = Some(repository.top.join(place));
        }
        self
    }

    /// The side, with its project in this folder of the repository if it does not say where.
    pub(super) fn side(self, which: Which, place: Option<&Path>) -> Result<Side, Trouble> {
        let Found { origin, commit, files } = self;
        let root = match files {
            Files::Folder(folder) => Root::Folder(folder),
            Files::Now(Some(folder)) if folder.join(FILE).exists() => Root::Folder(folder),
            Files::Now(_) | Files::Nothing => Root::Nothing,
            Files::Stored(stored, Some(folder)) if !stored.has(&folder.join(FILE)) => {
                return Err(Trouble::NotThere { revision: origin.named(), folder });
            }
            Files::Stored(stored, Some(folder)) => Root::Stored(stored, folder),
            Files::Stored(stored, None) => match place {
                Some(folder) if stored.has(&folder.join(FILE)) => Root::Stored(stored, folder.to_owned()),
                _ => Root::Nothing,
            },
        };
        Ok(Side { which, origin, commit, moved: None, root })
    }
}
