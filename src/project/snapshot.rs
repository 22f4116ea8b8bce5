//! The snapshot of a project: its compiled set as bytes, so that a question need not wait for its files to be read. It
//! says of which files it was made, and holds only as long as they are those.
//!
//! - What the system says of every file is compared each time: length, times, and which file it is. The sum of a file's
//!   bytes is compared as well where these cannot tell ([`Stamp`]).
//! - The files that the project's patterns match are listed anew, and have to be the same.
//! - No option of a command is baked in: a snapshot answers on recorded entries and on those in force.
//! - The snapshot has the seal of the user who made it: one that came with a checkout answers nothing. It has the
//!   version of prescope, and a sum of what is stored how.
//!
//! What does not hold is not used, and somebody is told why. Texts are read only when a place in them is to be shown;
//! by then their sum has to be the recorded one.

mod envelope;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::find::SNAPSHOT;
use super::pattern::matching;
use super::reading::Reading;
use super::save::{Before, FileChange, SaveError, save};
use super::seal::{Key, Purpose};
use super::stamp::{Moment, Stamp};
use super::{Home, Project, find, read};
use crate::language::{FileId, Sources, Spanned};
use crate::library::{self, Shipped};
use crate::model::{Kept, Model, NotKept};
use envelope::{Opened, Sum};

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
    File { path: String, stamp: Stamp, sum: Sum },
    /// A file of a library, with the sum of its text.
    Shipped { path: String, sum: Sum },
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
    /// The name of a file is not UTF-8 or has a `\` in it, so nothing finds it again by what is recorded.
    Name(String),
    /// The set is none that a snapshot can hold.
    NotKept(NotKept),
    /// It cannot be sealed, so nobody would believe it.
    NoKey(io::Error),
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
            NoSnapshot::Name(path) => {
                write!(f, "the name of `{path}` is not UTF-8 or has a `\\` in it, and a snapshot knows files by name")
            }
            NoSnapshot::NotKept(why) => why.fmt(f),
            NoSnapshot::NoKey(error) => write!(f, "a snapshot cannot be sealed: {error}"),
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
    /// It does not carry the seal of this user: another one made it, or some of its bytes are not those that were
    /// written.
    Unsealed,
    /// It carries the seal, and is no set.
    Damaged,
    /// This file is another than it was.
    Changed(String),
    /// This file was not there.
    Come(String),
    /// This file was there.
    Gone(String),
    /// The folders of the project cannot be looked through.
    Unlisted,
    /// Another command has not finished writing.
    Unfinished,
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stale::Unreadable(why) => write!(f, "it cannot be read ({why})"),
            Stale::Foreign => write!(f, "it is no snapshot of prescope"),
            Stale::Version(version) => write!(f, "it was made by another prescope ({version})"),
            Stale::Unsealed => write!(f, "it does not carry your seal: somebody else made it, or it is damaged"),
            Stale::Damaged => write!(f, "it is damaged"),
            Stale::Changed(path) => write!(f, "`{path}` has changed since"),
            Stale::Come(path) => write!(f, "`{path}` has come since"),
            Stale::Gone(path) => write!(f, "`{path}` has gone since"),
            Stale::Unlisted => write!(f, "the folders of the project cannot be looked through"),
            Stale::Unfinished => write!(f, "a command has not finished writing"),
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
            (Some(root), Home::Folder(home)) if root == home && self.named(find::FILE) => root,
            _ => return Err(NoSnapshot::NoProject),
        };
        let about = self.about(folder)?;
        let kept = Kept::new(self.model()).map_err(NoSnapshot::NotKept)?;
        let too_large = || NoSnapshot::NotKept(NotKept::TooLarge);
        let about_bytes = postcard::to_stdvec(&about).map_err(|_| too_large())?;
        let key = Key::made(Purpose::Snapshot).map_err(NoSnapshot::NoKey)?;
        let bytes = envelope::close(&about_bytes, &kept, &key).ok_or_else(too_large)?;
        let files = about.sources.iter().filter(|it| matches!(it, Recorded::File { .. })).count();
        let written = Written { path: SNAPSHOT, length: bytes.len(), files };
        let before = Before::Own { head: envelope::TITLE };
        let change = FileChange { path: folder.join(SNAPSHOT), before, new: Some(bytes) };
        save(folder, &[change]).map_err(NoSnapshot::Save)?;
        Ok(written)
    }

    fn named(&self, path: &str) -> bool {
        self.set.sources.files().any(|(_, source)| source.path() == path)
    }

    fn about(&self, folder: &Path) -> Result<About, NoSnapshot> {
        // Before any file is looked at: whoever writes one from now on is found out by its times, or its sum is asked.
        let made = Moment::from(SystemTime::now());
        let of_directory = self.files.directory.as_deref().unwrap_or_default();
        let is_own = |file: FileId| self.files.policies.contains(&file) || of_directory.contains(&file);
        let mut sources = Vec::new();
        for (file, source) in self.set.sources.files() {
            let path = source.path().to_owned();
            if self.files.odd.contains_key(&file) {
                return Err(NoSnapshot::Name(path));
            }
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
            paths: files.iter().map(|file| self.set.sources.path(*file).to_owned()).collect(),
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
    let stamp = Stamp::take(&on_disk).map_err(unreadable)?;
    let bytes = read::bytes(&on_disk).map_err(unreadable)?;
    let same_text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes) == text.as_bytes();
    if !same_text || Stamp::take(&on_disk).map_err(unreadable)? != stamp {
        return Err(NoSnapshot::Changed(path));
    }
    Ok(Recorded::File { path, stamp, sum: envelope::sum(&bytes) })
}

/// Whether the project in a folder has one.
pub(super) fn is_there(folder: &Path) -> bool {
    folder.join(SNAPSHOT).symlink_metadata().is_ok()
}

/// A set from a snapshot.
pub(super) struct Held {
    pub(super) sources: Sources,
    pub(super) model: Model,
    /// The first file that was another one when its text was asked for.
    pub(super) changed: ChangedFile,
}

/// The path of a file, once it is known to have changed.
pub(super) type ChangedFile = Arc<OnceLock<String>>;

/// The set of the snapshot in a folder, if it holds.
pub(super) fn read(folder: &Path) -> Result<Held, Stale> {
    let path = folder.join(SNAPSHOT);
    let bytes =
        read::own_of_program(&path).map_err(|error| Stale::Unreadable(super::unreadable_because(&path, &error)))?;
    let bytes = Arc::new(bytes);
    let Opened { about, model, lists } = envelope::open(&bytes, Key::known(Purpose::Snapshot).as_ref())?;
    let about: About = postcard::from_bytes(about).map_err(|_| Stale::Damaged)?;
    same_files(folder, &about)?;
    let changed = ChangedFile::default();
    let sources = sources(folder, about, &changed)?;
    let model = Kept::read(model, &bytes, lists).ok_or(Stale::Damaged)?;
    Ok(Held { sources, model, changed })
}

/// The project file first: only if it says the same do its patterns count. It has to be among the files, and so has
/// whatever matches.
fn same_files(folder: &Path, about: &About) -> Result<(), Stale> {
    let files = about.sources.iter().filter_map(|source| match source {
        Recorded::File { path, stamp, sum } => Some((path.as_str(), (stamp, sum))),
        Recorded::Shipped { .. } | Recorded::Beside => None,
    });
    let files: BTreeMap<&str, (&Stamp, &Sum)> = files.collect();
    let recorded = files.get(find::FILE).ok_or(Stale::Damaged)?;
    compare(folder, find::FILE, *recorded, about.made)?;
    let mut reading = Reading::default();
    let all = reading.listing(folder);
    if !reading.found.is_empty() {
        return Err(Stale::Unlisted);
    }
    if reading.is_elsewhere() {
        return Err(Stale::Unfinished);
    }
    for matched in [&about.policies, &about.directory] {
        // What is wrong with a pattern was told when the snapshot was made.
        let paths = matching(&matched.patterns, "*", &all).files.into_iter();
        let paths: Vec<String> = paths.map(|file| file.path.to_string_lossy().replace('\\', "/")).collect();
        if paths == matched.paths {
            if paths.iter().all(|path| files.contains_key(path.as_str())) {
                continue;
            }
            return Err(Stale::Damaged);
        }
        if let Some(gone) = matched.paths.iter().find(|path| !paths.contains(path)) {
            return Err(Stale::Gone(gone.clone()));
        }
        if let Some(come) = paths.into_iter().find(|path| !matched.paths.contains(path)) {
            return Err(Stale::Come(come));
        }
    }
    for (path, recorded) in files {
        compare(folder, path, recorded, about.made)?;
    }
    Ok(())
}

/// Whether a file is the one that had this stamp and this sum when a snapshot was made.
fn compare(folder: &Path, path: &str, (stamp, sum): (&Stamp, &Sum), made: Moment) -> Result<(), Stale> {
    let on_disk = folder.join(path);
    let now = Stamp::take(&on_disk).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Stale::Gone(path.to_owned()),
        _ => Stale::Changed(path.to_owned()),
    })?;
    let same_bytes = || read::bytes(&on_disk).is_ok_and(|bytes| envelope::sum(&bytes) == *sum);
    if now == *stamp && (stamp.tells(made) || same_bytes()) { Ok(()) } else { Err(Stale::Changed(path.to_owned())) }
}

/// The texts, to be read when they are asked for.
fn sources(folder: &Path, about: About, changed: &ChangedFile) -> Result<Sources, Stale> {
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
                let (on_disk, shown, changed) = (folder.join(&path), path.clone(), Arc::clone(changed));
                let read = move || text(&on_disk, sum).unwrap_or_else(|| changed_since(&changed, &shown));
                sources.add_later(path, read);
            }
        }
    }
    Ok(sources)
}

fn shipped(path: &str) -> Option<Shipped> {
    library::names().filter_map(library::files).flatten().find(|shipped| shipped.path == path)
}

/// The text of a file, if it is the one that was compiled.
fn text(path: &Path, sum: Sum) -> Option<String> {
    let bytes = read::bytes(path).ok().filter(|bytes| envelope::sum(bytes) == sum);
    bytes.and_then(|bytes| String::from_utf8(bytes).ok())
}

/// No place is better than a wrong one; whoever asked is told.
fn changed_since(changed: &ChangedFile, path: &str) -> String {
    _ = changed.set(path.to_owned());
    String::new()
}
