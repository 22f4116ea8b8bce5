//! Writing files: the only way a project's files change. However a command ends, its files are all old or all new.
//!
//! 1. The folders in which files change are locked. Others that write wait for a while; what one of them has left is
//!    finished or undone first.
//! 2. Every file has to hold what was read, or nothing is written. What the user may not write is not touched, nor is
//!    anything outside of the project.
//! 3. A journal says which files are about to change. Until the next step whoever writes next undoes what was begun.
//! 4. Every new text is written beside its file, down to the disk; then the journal says so. From here on there is only
//!    one way: whoever writes next finishes it.
//! 5. The new texts take the places of the old ones, files that are to go are removed, and the journal goes.
//!
//! Each file is replaced by a rename: who looks at one sees the old or the new text. Who looks at several opens the
//! project, which sees all of them before or after a write ([`View`]).

mod disk;
#[cfg(test)]
mod faults;
mod journal;
mod lock;
mod recover;
mod stage;
#[cfg(test)]
mod tests;
mod view;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::code;
use crate::language::Diagnostic;

use super::seal::{Key, Purpose};
use journal::{Journal, Write};

pub(super) use journal::{NAME as JOURNAL, again as journal_again};
pub use recover::Recovered;
pub(super) use stage::sum;
pub use view::Interrupted;
pub(super) use view::View;

/// What is to be written over one file.
#[derive(Clone, Debug)]
pub struct FileChange {
    /// The file. A link stays a link, and leads nowhere outside of the project.
    pub path: PathBuf,
    /// What it has to hold.
    pub before: Before,
    /// What it is to hold; None if it is to go.
    pub new: Option<Vec<u8>>,
}

impl FileChange {
    /// Whether it asks for anything else than what has to be there.
    pub(super) fn alters(&self) -> bool {
        match (&self.before, &self.new) {
            (Before::Text(before), Some(new)) => before.as_bytes() != new.as_slice(),
            (Before::Nothing, None) => false,
            _ => true,
        }
    }
}

/// What a file has to hold before it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Before {
    /// This text, as it was read. A byte order mark before it counts for nothing, and stays.
    Text(String),
    /// The file must not be there.
    Nothing,
    /// Whatever prescope wrote there before, which begins with this, or nothing. A link is not followed.
    Own {
        /// What everything begins with that prescope writes there.
        head: &'static [u8],
    },
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
    /// A file lies outside of the project, by a link or by its name.
    Outside {
        /// The file as it was named.
        path: PathBuf,
        /// Where that leads.
        target: PathBuf,
        /// The folder of the project.
        folder: PathBuf,
    },
    /// What lies in the place of the journal was not written by this user, or not here.
    Foreign {
        /// The journal.
        journal: PathBuf,
        /// What speaks against it.
        why: String,
    },
    /// The files changed each time while they were read.
    Unsteady,
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
            SaveError::Errors => (code::UNWRITABLE, "correct what is wrong with the set first".to_owned()),
            SaveError::Changed(_) => {
                (code::CHANGED, "run the command again; it starts from what is there now".to_owned())
            }
            SaveError::Unwritable { .. } => {
                (code::UNWRITABLE, "allow writing to the file and to its folder; nothing was changed".to_owned())
            }
            SaveError::Busy { .. } => (code::UNFINISHED, "wait for it to end, then run the command again".to_owned()),
            SaveError::Outside { folder, .. } => (
                code::UNWRITABLE,
                format!("change it where it belongs, or move it into {}; nothing was changed", folder.display()),
            ),
            SaveError::Foreign { .. } => (
                code::UNFINISHED,
                "if another user runs prescope here, let them run it again; if it came with a checkout, delete it"
                    .to_owned(),
            ),
            SaveError::Unsteady => (code::UNFINISHED, "run the command again when nobody is writing".to_owned()),
            SaveError::Unfinished { journal, .. } => (
                code::UNFINISHED,
                format!(
                    "put that right and run any command that writes, which then finishes it; or compare the files \
                     that {} names with what lies beside them, and delete it",
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
            SaveError::Outside { path, target, folder } if path == target => {
                write!(f, "`{}` lies outside of {}", path.display(), shown(folder))
            }
            SaveError::Outside { path, target, folder } => {
                write!(f, "`{}` leads to {}, which lies outside of {}", path.display(), target.display(), shown(folder))
            }
            SaveError::Foreign { journal, why } => {
                write!(f, "`{}` is not a journal that can be trusted: {why}", journal.display())
            }
            SaveError::Unsteady => write!(f, "the files kept changing while they were read"),
            SaveError::Unfinished { why, .. } => write!(f, "a command was interrupted while it wrote: {why}"),
        }
    }
}

impl std::error::Error for SaveError {}

fn shown(folder: &Path) -> String {
    if folder.as_os_str().is_empty() { "this folder".to_owned() } else { folder.display().to_string() }
}

/// Replaces the contents of files, or makes them, all or none. The folder is where the journal is: that of the project,
/// as [`home`](super::home) gives it. Every file lies below it.
pub fn save(folder: &Path, changes: &[FileChange]) -> Result<(), SaveError> {
    let folder = real(folder)?;
    let wanted = targets(changes)?;
    let (locks, _) = recover::settled(&folder, &wanted)?;
    let plan = plan(changes)?;
    // A link that leads elsewhere since leads to what nobody has locked.
    if let Some(planned) = plan.iter().find(|planned| !wanted.contains(&planned.target)) {
        return Err(SaveError::Changed(planned.path.to_owned()));
    }
    if !plan.is_empty() {
        write(&folder, &plan)?;
    }
    drop(locks);
    Ok(())
}

/// Finishes or undoes what an interrupted command has left of the project in a folder.
pub fn recover(folder: &Path) -> Result<Option<Recovered>, SaveError> {
    let folder = real(folder)?;
    // Who may not write has nothing to finish, unless there is something.
    match journal::is_left(&folder) {
        true => recover::settled(&folder, &[]).map(|(_, recovered)| recovered),
        false => Ok(None),
    }
}

/// A folder without links.
fn real(folder: &Path) -> Result<PathBuf, SaveError> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    folder.canonicalize().map_err(|error| SaveError::Unwritable { path: folder.to_owned(), error })
}

/// What is to be done to one file.
struct Planned<'c> {
    target: PathBuf,
    old: Option<Vec<u8>>,
    new: Option<Vec<u8>>,
    path: &'c Path,
}

/// The files themselves, where paths are links.
fn targets(changes: &[FileChange]) -> Result<Vec<PathBuf>, SaveError> {
    changes.iter().map(target).collect()
}

fn target(change: &FileChange) -> Result<PathBuf, SaveError> {
    let target = match change.before {
        Before::Text(_) | Before::Nothing => stage::target(&change.path),
        Before::Own { .. } => stage::own_target(&change.path),
    };
    target.map_err(|error| SaveError::Unwritable { path: change.path.clone(), error })
}

/// Which files change, each by the path that is no link. Those that hold the new text already stay.
fn plan(changes: &[FileChange]) -> Result<Vec<Planned<'_>>, SaveError> {
    let mut plan: BTreeMap<PathBuf, Planned<'_>> = BTreeMap::new();
    for change in changes {
        let unwritable = |error: io::Error| SaveError::Unwritable { path: change.path.clone(), error };
        let target = target(change)?;
        let old = stage::bytes(&target).map_err(unwritable)?;
        let mark: &[u8] = match &old {
            Some(old) if old.starts_with(BYTE_ORDER_MARK) => BYTE_ORDER_MARK,
            _ => &[],
        };
        let held = old.as_ref().map(|old| old.get(mark.len()..).unwrap_or_default());
        match &change.before {
            Before::Text(text) if held == Some(text.as_bytes()) => {}
            Before::Nothing if held.is_none() => {}
            Before::Own { head } if held.is_none_or(|held| held.starts_with(head)) => {}
            Before::Own { .. } => return Err(unwritable(io::Error::other("it is not one that prescope wrote"))),
            Before::Text(_) | Before::Nothing => return Err(SaveError::Changed(change.path.clone())),
        }
        let new = change.new.as_ref().map(|new| [mark, new.as_slice()].concat());
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
        old: planned.old.as_deref().map(sum),
        new: planned.new.as_deref().map(sum),
    });
    let outside = |target: PathBuf| {
        let path = plan.iter().find(|planned| planned.target == target).map_or(target.as_path(), |it| it.path);
        SaveError::Outside { path: path.to_owned(), target: target.clone(), folder: folder.to_owned() }
    };
    let mut journal = Journal::new(folder, writes.collect()).map_err(outside)?;
    let unwritable =
        |planned: &Planned<'_>, error: io::Error| SaveError::Unwritable { path: planned.path.to_owned(), error };
    // What may not be written is known before anything is begun.
    for planned in plan {
        stage::replaceable(&planned.target).map_err(|error| unwritable(planned, error))?;
    }
    let at_journal = |error: io::Error| SaveError::Unwritable { path: journal::path(folder), error };
    let key = Key::made(Purpose::Journal).or_else(|_| Key::passing(Purpose::Journal)).map_err(at_journal)?;
    let undone = |journal: &Journal, error: SaveError| {
        journal.undo();
        Err(error)
    };
    if let Err(error) = journal.begin(&key) {
        return undone(&journal, at_journal(error));
    }
    let staged: Vec<PathBuf> = journal.staged().map(|(_, beside)| beside).collect();
    for (planned, beside) in plan.iter().zip(&staged) {
        if let Err(error) = stage::write(&planned.target, beside, planned.new.as_deref()) {
            return undone(&journal, unwritable(planned, error));
        }
    }
    journal.folders().iter().for_each(|folder| disk::sync_folder(folder));
    // Whoever does not ask for the lock may have written in the meantime.
    for planned in plan {
        if stage::bytes(&planned.target).ok().as_ref() != Some(&planned.old) {
            return undone(&journal, SaveError::Changed(planned.path.to_owned()));
        }
    }
    if let Err(error) = journal.ready() {
        return undone(&journal, at_journal(error));
    }
    for (at, (planned, beside)) in plan.iter().zip(&staged).enumerate() {
        if let Err(error) = stage::replace(&planned.target, planned.new.is_some().then_some(&**beside)) {
            if at == 0 {
                return undone(&journal, unwritable(planned, error));
            }
            let why = format!("`{}` cannot be replaced: {error}", planned.path.display());
            return Err(SaveError::Unfinished { journal: journal.path(), why });
        }
    }
    // Everything is written. A journal that stays says no more than that.
    _ = journal.done();
    Ok(())
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}
