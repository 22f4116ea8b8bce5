//! What an interrupted command has left: finished if all new texts are there, undone otherwise.

use std::fmt;
use std::fs;
use std::path::Path;

use super::journal::{self, Journal, State, checksum};
use super::lock::{self, Lock};
use super::{SaveError, stage};

/// What became of the files that an interrupted command was writing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Recovered {
    /// They have their new texts, this many.
    Finished(usize),
    /// They have their old texts, this many.
    Undone(usize),
}

impl fmt::Display for Recovered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        match self {
            Recovered::Finished(count) => {
                write!(f, "an interrupted command had begun to write {}: finished", files(*count))
            }
            Recovered::Undone(count) => {
                write!(f, "an interrupted command had begun to write {}: undone", files(*count))
            }
        }
    }
}

/// A project that nobody writes while this is held.
#[derive(Debug, Default)]
pub(in super::super) struct Quiet {
    _lock: Option<Lock>,
    /// What was recovered first.
    pub(in super::super) recovered: Option<Recovered>,
}

/// Waits until nobody writes, and recovers what was left. Who may not write and finds nothing left needs not to.
pub(in super::super) fn quiet(folder: &Path) -> Result<Quiet, SaveError> {
    let mut recovered = None;
    loop {
        let lock = lock::shared(folder)?;
        if !journal::is_there(folder) {
            return Ok(Quiet { _lock: Some(lock), recovered });
        }
        drop(lock);
        let lock = lock::exclusive(folder)?;
        recovered = recover(folder)?.or(recovered);
        drop(lock);
        // The beginning of a journal where nobody may write says nothing, and stays.
        if journal::find(folder).is_ok_and(|journal| journal.is_none()) && journal::is_there(folder) {
            return Ok(Quiet { _lock: Some(lock::shared(folder)?), recovered });
        }
    }
}

/// Finishes or undoes what was left. The project is locked.
pub(super) fn recover(folder: &Path) -> Result<Option<Recovered>, SaveError> {
    let unfinished = |why: String| SaveError::Unfinished { journal: journal::path(folder), why };
    let found = journal::find(folder)
        .map_err(|error| unfinished(format!("`{}` cannot be read: {error}", journal::path(folder).display())))?;
    let Some(journal) = found else {
        journal::remove_beginning(folder);
        return Ok(None);
    };
    let count = journal.writes.len();
    let recovered = match journal.state {
        State::Begun => {
            for beside in journal.stages() {
                if let Err(error) = fs::remove_file(&beside)
                    && error.kind() != std::io::ErrorKind::NotFound
                {
                    return Err(unfinished(format!("`{}` cannot be removed: {error}", beside.display())));
                }
            }
            Recovered::Undone(count)
        }
        State::Ready => {
            finish(&journal).map_err(unfinished)?;
            Recovered::Finished(count)
        }
    };
    journal.done(folder);
    if journal::path(folder).exists() {
        return Err(unfinished(format!("`{}` cannot be removed", journal::path(folder).display())));
    }
    Ok(Some(recovered))
}

/// Puts the texts that lie ready in place. Nothing is overwritten that nobody has seen: where a file has changed since,
/// all of them wait.
fn finish(journal: &Journal) -> Result<(), String> {
    let mut open = Vec::new();
    for (write, beside) in journal.writes.iter().zip(journal.stages()) {
        let sum = |path: &Path| {
            let bytes = stage::bytes(path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
            Ok::<_, String>(bytes.as_deref().map(checksum))
        };
        let (held, ready) = (sum(&write.target)?, sum(&beside)?);
        match ready {
            // Its turn had come.
            None if held == write.new => {}
            ready if ready == write.new && held == write.old => open.push((write, beside)),
            _ => return Err(format!("`{}` has changed since", write.target.display())),
        }
    }
    for (write, beside) in open {
        let target = &write.target;
        stage::replace(target, &beside, write.new.is_some())
            .map_err(|error| format!("`{}` cannot be replaced: {error}", target.display()))?;
    }
    Ok(())
}
