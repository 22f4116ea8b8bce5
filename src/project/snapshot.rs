//! The snapshot of a project: its compiled set as bytes, so that a question need not wait for its files to be read. It says
//! of which files it was made, and holds only as long as they are those.
//!
//! - Length, time of modification and, where the system tells it, time of change of every file are compared each time. The
//!   sum of a file's bytes is compared as well where its times cannot tell ([`stamp`]).
//! - The files that the project's patterns match are listed anew, and have to be the same.
//! - No option of a command is baked in: a snapshot answers on recorded entries and on those in force.
//! - The snapshot has a sum of its own, the version of prescope, and one of what is stored how.
//!
//! What does not hold is not used, and somebody is told why. Texts are read only when a place in them is to be shown; by
//! then their sum has to be the recorded one.

mod envelope;
mod stamp;

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::find::SNAPSHOT;
use super::load::Reading;
use super::pattern::matching;
use super::save::{SaveError, save_bytes};
use super::{Project, find, read};
use crate::library::{self, Shipped};
use crate::model::{Kept, Model};
use crate::text::{FileId, Sources, Spanned};
use envelope::Opened;
use stamp::{Moment, Stamp};

/// What a snapshot says of the project it was made of.
#[derive(Serialize, Deserialize)]
struct About {
    /// When its files were read.
    made: Moment,
    policies: Matched,
    directory: Matched,
    /// In the order of their numbers.
    sources: Vec<Recorded>,
}

/// Patterns, and the files that matched any of them.
#[derive(Serialize, Deserialize)]
struct Matched {
    patterns: Vec<Spanned<String>>,
    paths: Vec<String>,
}

#[derive(Serialize, Deserialize)]
enum Recorded {
    /// A file of the project, by its path from the project's folder, with the sum of its bytes.
    File { path: String, stamp: Stamp, sum: u128 },
    /// A file of a library, with the sum of its text.
    Shipped { path: String, sum: u128 },
    /// A file that only tests name, or that is not read: answers know nothing of it.
    Beside,
}

/// A snapshot that was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// Its name in the project's folder.
    pub path: &'static str,
    /// Its length in bytes.
    pub length: usize,
    /// How many files of the project it was made of.
    pub files: usize,
}

/// Why no snapshot was written.
#[derive(Debug)]
pub enum NoSnapshot {
    /// The set has errors.
    Errors,
    /// The set is not that of a folder with a project file.
    NoProject,
    /// A file is not what it was when it was read.
    Changed(String),
    /// A file cannot be read.
    Unreadable(String, io::Error),
    /// The set has more than a snapshot can hold.
    TooLarge,
    /// It could not be written.
    Save(SaveError),
}

impl fmt::Display for NoSnapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoSnapshot::Errors => write!(f, "a set with errors has no snapshot"),
            NoSnapshot::NoProject => write!(f, "only a project has a snapshot: a folder with a `{}`", find::FILE),
            NoSnapshot::Changed(path) => write!(f, "`{path}` has changed since it was read"),
            NoSnapshot::Unreadable(path, error) => write!(f, "`{path}` cannot be read: {error}"),
            NoSnapshot::TooLarge => write!(f, "the set would take a snapshot of 4 GiB or more"),
            NoSnapshot::Save(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NoSnapshot {}

/// Why a snapshot is not used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stale {
    /// It cannot be read.
    Unreadable(String),
    /// It is something else.
    Foreign,
    /// It was made by this version of prescope, or by a build that stores sets in another way.
    Version(String),
    /// Some of its bytes are not those that were written.
    Damaged,
    /// This file is another than it was.
    Changed(String),
    /// This file was not there.
    Come(String),
    /// This file was there.
    Gone(String),
    /// The folders of the project cannot be looked through.
    Unlisted,
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stale::Unreadable(why) => write!(f, "it cannot be read ({why})"),
            Stale::Foreign => write!(f, "it is no snapshot of prescope"),
            Stale::Version(version) => write!(f, "it was made by another prescope ({version})"),
            Stale::Damaged => write!(f, "it is damaged"),
            Stale::Changed(path) => write!(f, "`{path}` has changed since"),
            Stale::Come(path) => write!(f, "`{path}` has come since"),
            Stale::Gone(path) => write!(f, "`{path}` has gone since"),
            Stale::Unlisted => write!(f, "the folders of the project cannot be looked through"),
        }
    }
}

impl Project {
    /// Writes a snapshot of the set beside the project file.
    pub fn write_snapshot(&self) -> Result<Written, NoSnapshot> {
        if self.has_errors() {
            return Err(NoSnapshot::Errors);
        }
        let folder = match (&self.root, &self.home) {
            (Some(root), Some(home)) if root == home && self.named(find::FILE) => root,
            _ => return Err(NoSnapshot::NoProject),
        };
        let about = self.about(folder)?;
        let kept = Kept::of(self.model()).ok_or(NoSnapshot::TooLarge)?;
        let about_bytes = postcard::to_stdvec(&about).map_err(|_| NoSnapshot::TooLarge)?;
        let bytes = envelope::close(&about_bytes, &kept).ok_or(NoSnapshot::TooLarge)?;
        let files = about.sources.iter().filter(|it| matches!(it, Recorded::File { .. })).count();
        let written = Written { path: SNAPSHOT, length: bytes.len(), files };
        save_bytes(folder, &folder.join(SNAPSHOT), bytes).map_err(NoSnapshot::Save)?;
        Ok(written)
    }

    fn named(&self, path: &str) -> bool {
        self.sources.files().any(|(_, source)| source.path() == path)
    }

    fn about(&self, folder: &Path) -> Result<About, NoSnapshot> {
        // Before any file is looked at: whoever writes one from now on is found out by its times, or its sum is asked.
        let made = Moment::from(SystemTime::now());
        let of_directory = self.files.directory.as_deref().unwrap_or_default();
        let is_own = |file: FileId| self.files.policies.contains(&file) || of_directory.contains(&file);
        let mut sources = Vec::new();
        for (file, source) in self.sources.files() {
            let path = source.path().to_owned();
            if self.path_on_disk(file).is_none() {
                sources.push(Recorded::Shipped { path, sum: envelope::sum(source.text().as_bytes()) });
            } else if path == find::FILE || is_own(file) {
                sources.push(recorded(folder, path, source.text())?);
            } else {
                sources.push(Recorded::Beside);
            }
        }
        let matched = |patterns: &[Spanned<String>], files: &[FileId]| Matched {
            patterns: patterns.to_vec(),
            paths: files.iter().map(|file| self.sources.path(*file).to_owned()).collect(),
        };
        let policies = matched(&self.config.policies, &self.files.policies);
        let directory = matched(&self.config.directory, of_directory);
        Ok(About { made, policies, directory, sources })
    }
}

/// What is recorded of a file, which has to hold the text that was compiled.
fn recorded(folder: &Path, path: String, text: &str) -> Result<Recorded, NoSnapshot> {
    let on_disk = folder.join(&path);
    let unreadable = |error: io::Error| NoSnapshot::Unreadable(path.clone(), error);
    let stamp = Stamp::of(&on_disk).map_err(unreadable)?;
    let bytes = read::bytes(&on_disk).map_err(unreadable)?;
    let same_text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes) == text.as_bytes();
    if !same_text || Stamp::of(&on_disk).map_err(unreadable)? != stamp {
        return Err(NoSnapshot::Changed(path));
    }
    Ok(Recorded::File { path, stamp, sum: envelope::sum(&bytes) })
}

/// Whether the project in a folder has one.
pub(super) fn is_there(folder: &Path) -> bool {
    folder.join(SNAPSHOT).is_file()
}

/// The set of the snapshot in a folder, if it holds.
pub(super) fn read(folder: &Path) -> Result<(Sources, Model), Stale> {
    let path = folder.join(SNAPSHOT);
    let bytes =
        read::bytes_of_program(&path).map_err(|error| Stale::Unreadable(super::unreadable_because(&path, &error)))?;
    let bytes = Arc::new(bytes);
    let Opened { about, model, lists } = envelope::open(&bytes)?;
    let about: About = postcard::from_bytes(about).map_err(|_| Stale::Damaged)?;
    same_files(folder, &about)?;
    let sources = sources(folder, about)?;
    let model = Kept::read(model, &bytes, lists).ok_or(Stale::Damaged)?;
    Ok((sources, model))
}

/// The project file first: only if it says the same do its patterns count.
fn same_files(folder: &Path, about: &About) -> Result<(), Stale> {
    for source in &about.sources {
        if let Recorded::File { path, stamp, sum } = source
            && path == find::FILE
        {
            stamp.compare(folder, path, *sum, about.made)?;
        }
    }
    let mut reading = Reading::default();
    let all = reading.listing(folder);
    if !reading.found.is_empty() {
        return Err(Stale::Unlisted);
    }
    for matched in [&about.policies, &about.directory] {
        // What is wrong with a pattern was told when the snapshot was made.
        let paths = matching(&matched.patterns, "*", &all).files.into_iter();
        let paths: Vec<String> = paths.map(|file| file.path.to_string_lossy().replace('\\', "/")).collect();
        if paths == matched.paths {
            continue;
        }
        if let Some(gone) = matched.paths.iter().find(|path| !paths.contains(path)) {
            return Err(Stale::Gone(gone.clone()));
        }
        if let Some(come) = paths.into_iter().find(|path| !matched.paths.contains(path)) {
            return Err(Stale::Come(come));
        }
    }
    for source in &about.sources {
        if let Recorded::File { path, stamp, sum } = source {
            stamp.compare(folder, path, *sum, about.made)?;
        }
    }
    Ok(())
}

/// The texts, to be read when they are asked for.
fn sources(folder: &Path, about: About) -> Result<Sources, Stale> {
    let mut sources = Sources::default();
    for source in about.sources {
        match source {
            Recorded::Beside => _ = sources.add("", ""),
            Recorded::Shipped { path, sum } => {
                let shipped = shipped(&path).filter(|shipped| envelope::sum(shipped.text.as_bytes()) == sum);
                let shipped = shipped.ok_or_else(|| Stale::Version(envelope::VERSION.to_owned()))?;
                sources.add_shipped(shipped.number, shipped.path, shipped.text);
            }
            Recorded::File { path, sum, .. } => {
                let on_disk = folder.join(&path);
                sources.add_later(path, move || text(&on_disk, sum));
            }
        }
    }
    Ok(sources)
}

fn shipped(path: &str) -> Option<Shipped> {
    library::names().filter_map(library::files).flatten().find(|shipped| shipped.path == path)
}

/// The text of a file. If it has changed since it was compared there is none: no place is better than a wrong one.
fn text(path: &Path, sum: u128) -> String {
    let bytes = read::bytes(path).ok().filter(|bytes| envelope::sum(bytes) == sum);
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
