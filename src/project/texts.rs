//! Files as they were read, without a look at what they say.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::find::home;
use super::save::{Before, FileChange, Interrupted, SaveError, save};
use crate::language::{Diagnostic, FileId, Sources};

/// Files as they were read: policies, or those of a directory.
#[derive(Debug)]
pub struct Texts {
    /// Their texts.
    pub sources: Sources,
    /// Where each lies.
    pub files: Vec<(PathBuf, FileId)>,
    /// What could not be read.
    pub found: Vec<Diagnostic>,
    /// The project file, or every file that was given by name, could be read.
    pub is_read: bool,
    /// Files that another command was writing, or had begun to write and was interrupted.
    pub interrupted: Option<Interrupted>,
    /// The folder of the project, if they are read as one.
    pub(super) home: Option<PathBuf>,
}

impl Texts {
    /// Writes new texts of some of the files. Those of one project are written all or none; so there is a result for
    /// each project, with its files.
    #[must_use = "what could not be written has to be told"]
    pub fn save(&self, texts: &BTreeMap<FileId, String>) -> Vec<(Vec<FileId>, Result<(), SaveError>)> {
        let mut by_home: BTreeMap<PathBuf, (Vec<FileId>, Vec<FileChange>)> = BTreeMap::new();
        for (path, file) in &self.files {
            if let Some(text) = texts.get(file) {
                let home = self.home.clone().unwrap_or_else(|| home(path));
                let (files, changes) = by_home.entry(home).or_default();
                let before = Before::Text(self.sources.text(*file).to_owned());
                files.push(*file);
                changes.push(FileChange { path: path.clone(), before, new: Some(text.clone().into_bytes()) });
            }
        }
        by_home.into_iter().map(|(home, (files, changes))| (files, save(&home, &changes))).collect()
    }
}
