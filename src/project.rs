//! A project: which policy and directory files belong together, read and compiled. The only library module that
//! touches the file system: it reads, and [`replace`] alone writes.

pub mod config;
mod find;
mod load;
mod write;

pub use find::find;
pub use load::{Texts, policy_texts, texts};
pub use write::replace;

use std::path::Path;
use std::sync::Arc;

use crate::compile::{Compiled, People, compile};
use crate::diagnostic::Diagnostic;
use crate::directory::Directory;
use crate::model::Model;
use crate::resolve::{Entries, RuleSet};
use crate::text::{FileId, Sources};

/// A compiled project.
#[derive(Debug)]
pub struct Project {
    sources: Sources,
    compiled: Compiled,
}

impl Project {
    /// The project in a folder that holds a `prescope.yaml`. Whatever is wrong with its files is among the diagnostics.
    pub fn open(folder: impl AsRef<Path>) -> Project {
        load::folder(folder.as_ref())
    }

    /// These policy files and directory files, without a project file.
    pub fn from_files(policies: &[impl AsRef<Path>], directory: &[impl AsRef<Path>]) -> Project {
        load::files(policies, directory)
    }

    /// Policies and directories as texts, each with the path that messages show. Without any directory the policies are
    /// looked at by themselves.
    pub fn from_sources<P, D>(policies: P, directories: D) -> Project
    where
        P: IntoIterator<Item = (String, String)>,
        D: IntoIterator<Item = (String, String)>,
    {
        let mut sources = Sources::default();
        let policies = added(&mut sources, policies);
        let directories = added(&mut sources, directories);
        let people = if directories.is_empty() { People::Nobody } else { People::Files(directories) };
        Project::compiled(sources, &policies, people, Vec::new())
    }

    /// Policies as texts, and a directory that a program builds (a [`crate::directory::DirectoryBuilder`]). The file is
    /// the one that messages about the directory name.
    pub fn with_directory<P>(policies: P, build: impl FnOnce(FileId) -> Directory) -> Project
    where
        P: IntoIterator<Item = (String, String)>,
    {
        let mut sources = Sources::default();
        let policies = added(&mut sources, policies);
        let file = sources.add("directory", "");
        Project::compiled(sources, &policies, People::Built(build(file)), Vec::new())
    }

    /// Compiles, and puts what reading found before what compiling finds.
    fn compiled(mut sources: Sources, policies: &[FileId], people: People, mut found: Vec<Diagnostic>) -> Project {
        let broken = found.iter().any(Diagnostic::is_error);
        let mut compiled = compile(&mut sources, policies, people);
        if broken {
            compiled.graph = None;
        }
        found.append(&mut compiled.diagnostics);
        compiled.diagnostics = found;
        Project { sources, compiled }
    }

    /// The texts.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Everything that is wrong or doubtful, sorted by path and place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.compiled.diagnostics
    }

    /// True if the set has errors, and so answers nothing.
    pub fn has_errors(&self) -> bool {
        self.compiled.graph.is_none()
    }

    /// Every name resolved as far as it can be.
    pub fn model(&self) -> &Model {
        &self.compiled.model
    }

    /// What the pipeline made of the texts.
    pub fn compilation(&self) -> &Compiled {
        &self.compiled
    }

    /// The set ready to be asked; None if it has errors.
    pub fn rules(&self, entries: Entries) -> Option<RuleSet> {
        self.compiled.graph.as_ref().map(|graph| RuleSet::new(Arc::clone(graph), entries))
    }
}

fn added(sources: &mut Sources, texts: impl IntoIterator<Item = (String, String)>) -> Vec<FileId> {
    texts.into_iter().map(|(path, text)| sources.add(path, text)).collect()
}
