//! Writing files: the only way a project's files change. However a command ends, its files are all old or all new.
//!
//! 1. The project is locked. Others that write or read wait for a while.
//! 2. Every file has to hold what was read, or nothing is written. Nothing read-only is touched.
//! 3. A journal says which files are about to change. Until the next step whoever finds it undoes what was begun.
//! 4. Every new text is written beside its file, down to the disk; then the journal says so. From here on there is only
//!    one way: whoever finds the journal finishes it.
//! 5. The new texts take the places of the old ones, files that are to go are removed, and the journal goes.
//!
//! Each file is replaced by a rename: who looks at one sees the old or the new text. Who looks at several opens the
//! project, which waits for the lock, and finishes or undoes what an interrupted command has left.

mod journal;
mod lock;
mod recover;
mod stage;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};

use journal::{Journal, State, Write};

pub use recover::Recovered;
pub(super) use recover::{Quiet, quiet};

/// What is to be written over one file.
#[derive(Clone, Debug)]
pub struct Change {
    /// The file. A link stays a link.
    pub path: PathBuf,
    /// What it has to hold.
    pub before: Before,
    /// What it is to hold; None if it is to go.
    pub text: Option<String>,
}

/// What a file has to hold before it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Before {
    /// This text, as it was read. A byte order mark before it counts for nothing, and stays.
    Text(String),
    /// The file must not be there.
    Nothing,
    /// Whatever it holds is of no use any more.
    Anything,
}

/// Why nothing was written.
#[derive(Debug)]
#[non_exhaustive]
pub enum SaveError {
    /// The set has errors as it would be written.
    Errors,
    /// A file is not what it was when it was read.
    Changed(PathBuf),
    /// A file cannot be written.
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Somebody else is writing, and does not come to an end.
    Busy {
        /// The folder that is locked.
        folder: PathBuf,
        /// The process that writes, if it says so.
        process: Option<String>,
    },
    /// What another command began to write can neither be finished nor undone.
    Unfinished {
        /// Its journal.
        journal: PathBuf,
        /// Why.
        why: String,
    },
}

impl SaveError {
    /// The error as a message with advice.
    pub fn diagnostic(&self) -> Diagnostic {
        let (code, help) = match self {
            SaveError::Errors => (Code::UNWRITABLE, "correct what is wrong with the set first".to_owned()),
            SaveError::Changed(_) => {
                (Code::CHANGED, "run the command again; it starts from what is there now".to_owned())
            }
            SaveError::Unwritable { .. } => {
                (Code::UNWRITABLE, "allow writing to the file and to its folder; nothing was changed".to_owned())
            }
            SaveError::Busy { .. } => (Code::UNFINISHED, "wait for it to end, then run the command again".to_owned()),
            SaveError::Unfinished { journal, .. } => (
                Code::UNFINISHED,
                format!(
                    "put that right and run any command, which then finishes it; or compare the files that {} names \
                     with what lies beside them, and delete it",
                    journal.display()
                ),
            ),
        };
        Diagnostic::new(code, self.to_string()).help(help)
    }
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SaveError::Errors => write!(f, "the set would have errors, so nothing was written"),
            SaveError::Changed(path) => write!(f, "`{}` has changed since it was read", path.display()),
            SaveError::Unwritable { path, error } => write!(f, "`{}` cannot be written: {error}", path.display()),
            SaveError::Busy { folder, process: Some(process) } => {
                write!(f, "process {process} is writing the project in {}", shown(folder))
            }
            SaveError::Busy { folder, process: None } => {
                write!(f, "another command holds the project in {}", shown(folder))
            }
            SaveError::Unfinished { why, .. } => write!(f, "a command was interrupted while it wrote: {why}"),
        }
    }
}

impl std::error::Error for SaveError {}

fn shown(folder: &Path) -> String {
    if folder.as_os_str().is_empty() { "this folder".to_owned() } else { folder.display().to_string() }
}

/// Replaces the contents of files, or makes them, all or none. The folder is where the lock and the journal are: that of
/// the project, as [`home`](super::home) gives it.
pub fn save(folder: &Path, changes: &[Change]) -> Result<(), SaveError> {
    let lock = lock::exclusive(folder)?;
    recover::recover(folder)?;
    let plan = plan(changes)?;
    if !plan.is_empty() {
        write(folder, &plan)?;
    }
    drop(lock);
    Ok(())
}

/// Replaces one file that no person writes, or makes it: whatever it holds is of no use any more.
pub(super) fn save_bytes(folder: &Path, path: &Path, bytes: Vec<u8>) -> Result<(), SaveError> {
    let lock = lock::exclusive(folder)?;
    recover::recover(folder)?;
    let unwritable = |error: io::Error| SaveError::Unwritable { path: path.to_owned(), error };
    let target = stage::target(path).map_err(unwritable)?;
    let old = stage::bytes(&target).map_err(unwritable)?;
    if old.as_ref() != Some(&bytes) {
        write(folder, &[Planned { target, old, new: Some(bytes), path }])?;
    }
    drop(lock);
    Ok(())
}

/// What is to be done to one file.
struct Planned<'c> {
    target: PathBuf,
    old: Option<Vec<u8>>,
    new: Option<Vec<u8>>,
    path: &'c Path,
}

/// Which files change, each by the path that is no link. Those that hold the new text already stay.
fn plan(changes: &[Change]) -> Result<Vec<Planned<'_>>, SaveError> {
    let mut plan: BTreeMap<PathBuf, Planned<'_>> = BTreeMap::new();
    for change in changes {
        let unwritable = |error: io::Error| SaveError::Unwritable { path: change.path.clone(), error };
        let target = stage::target(&change.path).map_err(unwritable)?;
        let old = stage::bytes(&target).map_err(unwritable)?;
        let mark: &[u8] = match &old {
            Some(old) if old.starts_with(BYTE_ORDER_MARK) => BYTE_ORDER_MARK,
            _ => &[],
        };
        let held = old.as_ref().map(|old| old.get(mark.len()..).unwrap_or_default());
        let as_expected = match &change.before {
            Before::Text(text) => held == Some(text.as_bytes()),
            Before::Nothing => held.is_none(),
            Before::Anything => true,
        };
        if !as_expected {
            return Err(SaveError::Changed(change.path.clone()));
        }
        let new = change.text.as_ref().map(|text| [mark, text.as_bytes()].concat());
        if old == new {
            continue;
        }
        // Two links to one file.
        if plan.get(&target).is_some_and(|other| other.new != new) {
            return Err(SaveError::Changed(change.path.clone()));
        }
        plan.insert(target.clone(), Planned { target, old, new, path: &change.path });
    }
    let mut plan: Vec<Planned<'_>> = plan.into_values().collect();
    // A project that is made is one when everything is there.
    plan.sort_by_key(|planned| planned.target.file_name().is_some_and(|name| name == super::find::FILE));
    Ok(plan)
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

fn write(folder: &Path, plan: &[Planned<'_>]) -> Result<(), SaveError> {
    let writes = plan.iter().map(|planned| Write {
        target: planned.target.clone(),
        old: planned.old.as_deref().map(journal::checksum),
        new: planned.new.as_deref().map(journal::checksum),
    });
    let mut journal = Journal::new(folder, writes.collect())
        .map_err(|path| SaveError::Unwritable { path, error: io::Error::other("its name is not UTF-8") })?;
    let at_journal = |error: io::Error| SaveError::Unwritable { path: journal::path(folder), error };
    journal.put(folder).map_err(at_journal)?;
    for (planned, beside) in plan.iter().zip(journal.stages()) {
        if let Err(error) = stage::write(&planned.target, &beside, planned.new.as_deref()) {
            journal.undo(folder);
            return Err(SaveError::Unwritable { path: planned.path.to_owned(), error });
        }
    }
    journal.sync_folders();
    journal.state = State::Ready;
    if let Err(error) = journal.put(folder) {
        journal.undo(folder);
        return Err(at_journal(error));
    }
    // Whoever does not ask for the lock may have written in the meantime.
    for planned in plan {
        if stage::bytes(&planned.target).ok().as_ref() != Some(&planned.old) {
            journal.undo(folder);
            return Err(SaveError::Changed(planned.path.to_owned()));
        }
    }
    for (at, (planned, beside)) in plan.iter().zip(journal.stages()).enumerate() {
        if let Err(error) = stage::replace(&planned.target, &beside, planned.new.is_some()) {
            if at == 0 {
                journal.undo(folder);
                return Err(SaveError::Unwritable { path: planned.path.to_owned(), error });
            }
            let why = format!("`{}` cannot be replaced: {error}", planned.path.display());
            return Err(SaveError::Unfinished { journal: journal::path(folder), why });
        }
    }
    journal.done(folder);
    Ok(())
}
