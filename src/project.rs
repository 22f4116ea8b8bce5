//! A project: which policy and directory files belong together, read and compiled, linted and mended. The only library
//! module that touches the file system.
#![allow(clippy::disallowed_methods, reason = "this is where files are found, read and replaced")]

mod beside;
mod builder;
mod change;
pub mod config;
mod edit;
mod errors;
mod find;
mod follows;
mod git;
mod inputs;
mod load;
mod located;
mod mend;
mod moved;
mod pattern;
mod plan;
mod read;
#[doc(hidden)]
pub mod readers;
mod reading;
mod ready;
mod save;
mod seal;
pub mod side;
mod snapshot;
mod stamp;
mod start;
mod texts;
mod tree;
mod unread;
mod version;
mod walk;

pub use builder::ProjectBuilder;
pub use change::{NoChange, PlannedChange};
pub use errors::SetErrors;
pub use find::{Below, FILE, find, find_below, home};
pub use follows::{Findings, Follows, Owners, Tests, Turned};
pub use git::GitError;
pub use inputs::{Becomes, Input, Role, Since, Taken, VERSION, text_of};
pub use load::{directory_texts, policy_texts, texts};
pub use mend::Mended;
pub use plan::{NoPlan, Planned, Wish};
pub use read::unreadable_because;
pub use ready::Ready;
pub use save::{Before, FileChange, Interrupted, Recovered, SaveError, recover, save};
pub use snapshot::{NoSnapshot, Stale, Written};
pub use start::{LeftOut, Origin, Reason, StartError, Started, start};
pub use texts::Texts;
pub use unread::is_policy;
pub use version::Required;

pub use crate::text::Progress;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::compile::{People, Set, compile_watched};
use crate::diagnostic::Sink;
use crate::expect::{self, Beside};
use crate::language::{Diagnostic, FileId, Sources};
use crate::lint::Unread;
use crate::model::Model;
use config::Config;

/// A compiled project.
#[derive(Debug)]
pub struct Project {
    set: Set,
    diagnostics: Vec<Diagnostic>,
    config: Config,
    files: Files,
    beside: Beside,
    unread: Vec<Unread>,
    /// The folder that paths are relative to; None if the texts come from a program.
    root: Option<PathBuf>,
    home: Home,
    /// The texts that were read, of files that have another one here.
    read: BTreeMap<FileId, String>,
    interrupted: Option<Interrupted>,
}

/// The folder of the journal while files are written.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Home {
    /// The texts come from a program, which writes them if anybody does.
    Nowhere,
    /// That of the project.
    Folder(PathBuf),
    /// Files were given by name: that of the project of whichever file changes.
    OfEach,
}

/// What a project was compiled from, so that it can be compiled again with other texts.
#[derive(Clone, Debug, Default)]
struct Files {
    policies: Vec<FileId>,
    /// None without a directory.
    directory: Option<Vec<FileId>>,
    /// The directory was built by a program, which only that program can do again.
    built: bool,
    /// What was wrong before anything was compiled.
    found: Vec<Diagnostic>,
    /// Where whoever reads them counts, if somebody waits: the first time only.
    progress: Option<Arc<Progress>>,
    /// Where files lie whose names messages do not show as they are, since they are not UTF-8 or have a `\` in them.
    odd: BTreeMap<FileId, PathBuf>,
    /// The sums of the files that keep explanations of the tests in a policy file.
    kept: BTreeMap<FileId, String>,
    /// Where files lie that could not be read.
    lost: Vec<PathBuf>,
    /// Something that was named could not be read, or nothing says what the project is.
    failed: bool,
}

impl Files {
    /// The people of its directory.
    fn people(&self) -> People {
        self.directory.clone().map(People::in_files).unwrap_or_default()
    }

    /// Where a file lies that is shown like this, below a root.
    fn on_disk(&self, file: FileId, shown: &str, root: &Path) -> PathBuf {
        self.odd.get(&file).cloned().unwrap_or_else(|| root.join(shown))
    }
}

impl Project {
    /// The project in a folder that holds a `prescope.yaml`. Whatever is wrong with its files is among the diagnostics.
    pub fn open(folder: impl AsRef<Path>) -> Project {
        Project::open_watched(&folder, &folder, &Arc::default())
    }

    /// The same, with paths shown from a folder above on: from the one where several projects are looked at together. A
    /// root that the folder does not lie below shows none of it. Somebody else may look at how far reading is.
    pub fn open_watched(root: impl AsRef<Path>, folder: impl AsRef<Path>, progress: &Arc<Progress>) -> Project {
        load::folder(root.as_ref(), folder.as_ref(), progress)
    }

    /// These policy files and directory files, without a project file.
    pub fn from_files(policies: &[impl AsRef<Path>], directory: &[impl AsRef<Path>]) -> Project {
        Project::from_files_watched(policies, directory, &Arc::default())
    }

    /// The same, while somebody else looks at how far reading is.
    pub fn from_files_watched(
        policies: &[impl AsRef<Path>],
        directory: &[impl AsRef<Path>],
        progress: &Arc<Progress>,
    ) -> Project {
        load::files(policies, directory, progress)
    }

    /// A project of what a program has: texts, and directories that it builds.
    pub fn builder() -> ProjectBuilder {
        ProjectBuilder::default()
    }

    /// Compiles, and joins what reading found with what compiling finds.
    fn compiled_with(sources: Sources, people: People, mut files: Files) -> Project {
        let progress = files.progress.take();
        let found = files.found.clone();
        let broken = found.iter().any(Diagnostic::is_error);
        let (mut set, of_set) = compile_watched(sources, &files.policies, people, progress.as_deref());
        if broken {
            set.graph = None;
        }
        let mut sink = Sink::new();
        sink.extend(found);
        sink.extend(of_set);
        let diagnostics = sink.into_sorted(&set.sources);
        Project {
            set,
            diagnostics,
            config: Config::default(),
            files,
            beside: Beside::default(),
            unread: Vec::new(),
            root: None,
            home: Home::Nowhere,
            read: BTreeMap::new(),
            interrupted: None,
        }
    }

    /// Files that another command was writing when this was opened, or had begun to write and was interrupted.
    pub fn interrupted(&self) -> Option<Interrupted> {
        self.interrupted
    }

    /// What its project file says; nothing without one.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Where a file lies on disk. None for the files of shipped libraries.
    pub fn path_on_disk(&self, file: FileId) -> Option<PathBuf> {
        if self.set.libraries.iter().any(|library| library.file == file) {
            return None;
        }
        let root = self.root.as_deref().unwrap_or(Path::new(""));
        Some(self.files.on_disk(file, self.set.sources.path(file), root))
    }

    /// Whether the project file, or every file that was given by name, could be read. What a pattern matches and cannot
    /// be read is wrong with the project, and among its diagnostics.
    pub fn is_read(&self) -> bool {
        !self.files.failed
    }

    /// Where the files lie that could not be read.
    pub fn lost(&self) -> &[PathBuf] {
        &self.files.lost
    }

    /// The texts.
    pub fn sources(&self) -> &Sources {
        &self.set.sources
    }

    /// Everything that is wrong or doubtful, sorted by path and place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// True if the set has errors, and so answers nothing.
    pub fn has_errors(&self) -> bool {
        self.set.graph.is_none()
    }

    /// Every name resolved as far as it can be.
    pub fn model(&self) -> &Model {
        &self.set.model
    }

    /// What the pipeline made of the texts.
    pub fn set(&self) -> &Set {
        &self.set
    }

    /// The files that tests name, and the explanations they keep.
    pub fn beside(&self) -> &Beside {
        &self.beside
    }

    /// Runs the tests of the set's own files.
    pub fn test(&self, options: expect::Options<'_>) -> Result<expect::Run, SetErrors> {
        expect::run(&self.set, &self.beside, options).ok_or_else(|| self.errors())
    }

    /// The folder that paths are relative to; None if the texts come from a program.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Its folder; None if its files were given by name, or come from a program.
    pub fn folder(&self) -> Option<&Path> {
        match &self.home {
            Home::Folder(folder) => Some(folder),
            Home::Nowhere | Home::OfEach => None,
        }
    }

    /// The file beside a policy file that keeps the explanations of its tests: the path that messages show, and where
    /// it is. None if the texts come from a program.
    pub fn reasons_file(&self, policy: FileId) -> Option<(String, PathBuf)> {
        let shown = beside::shown_reasons(self.set.sources.path(policy));
        let path = self.path_on_disk(policy).filter(|_| self.root.is_some());
        path.map(|path| (shown, beside::reasons_path(path)))
    }
}
