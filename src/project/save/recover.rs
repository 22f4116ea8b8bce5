//! What an interrupted command has left: finished if all new texts are there, undone otherwise. Only somebody who
//! writes does either.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use super::journal::{self, Found, Journal, State};
use super::lock::{self, Locks};
use super::{SaveError, disk, stage};

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
        let (count, done) = match self {
            Recovered::Finished(count) => (*count, "finished"),
            Recovered::Undone(count) => (*count, "undone"),
        };
        write!(f, "an interrupted command had begun to write {}: {done}", super::files(count))
    }
}

/// Locks whatever has to be locked for these files to be written, and finishes or undoes what was left there before.
/// The folder is that of the project, without links; nobody reads it as half written from then on.
pub(super) fn settled(folder: &Path, targets: &[PathBuf]) -> Result<(Locks, Option<Recovered>), SaveError> {
    let parents = targets.iter().filter_map(|target| target.parent());
    let mut folders: BTreeSet<PathBuf> = parents.chain([folder]).map(Path::to_path_buf).collect();
    loop {
        let locks = lock::exclusive(&folders)?;
        let left = journals(folder, &folders)?;
        // To end what another one has begun takes the locks that it held.
        let before = folders.len();
        folders.extend(left.iter().flat_map(Journal::folders));
        if folders.len() > before {
            continue;
        }
        let mut recovered = None;
        for journal in &left {
            recovered = Some(end(journal)?);
        }
        journal::remove_beginning(folder);
        return Ok((locks, recovered));
    }
}

/// The journals that can name a file in any of these folders: each lies in one of them, or further up. One that is not
/// this user's counts where the project is; what lies elsewhere is for whoever works there.
fn journals(home: &Path, folders: &BTreeSet<PathBuf>) -> Result<Vec<Journal>, SaveError> {
    let all: BTreeSet<&Path> = folders.iter().flat_map(|folder| folder.ancestors()).collect();
    let mut left = Vec::new();
    for folder in all {
        match journal::find(folder) {
            Found::Nothing => {}
            Found::Journal(journal, _) => {
                let concerned = journal.folders().iter().any(|it| folders.contains(it));
                left.extend(concerned.then_some(*journal));
            }
            Found::Foreign(why) if folder == home => {
                return Err(SaveError::Foreign { journal: journal::path(folder), why });
            }
            Found::Foreign(_) => {}
        }
    }
    Ok(left)
}

/// Finishes or undoes what a journal says. Everything it is about is locked.
fn end(journal: &Journal) -> Result<Recovered, SaveError> {
    let unfinished = |why: String| SaveError::Unfinished { journal: journal.path(), why };
    let count = journal.writes.len();
    let recovered = match journal.state {
        State::Begun => {
            for (_, beside) in journal.staged() {
                disk::remove(&beside)
                    .map_err(|error| unfinished(format!("`{}` cannot be removed: {error}", beside.display())))?;
            }
            Recovered::Undone(count)
        }
        State::Ready => {
            finish(journal).map_err(unfinished)?;
            Recovered::Finished(count)
        }
    };
    let left = |error: std::io::Error| unfinished(format!("`{}` cannot be removed: {error}", journal.path().display()));
    journal.done().map_err(left)?;
    Ok(recovered)
}

/// Puts the texts that lie ready in place. Nothing is overwritten that nobody has seen: where a file has changed since,
/// all of them wait.
fn finish(journal: &Journal) -> Result<(), String> {
    let mut open = Vec::new();
    for (write, beside) in journal.staged() {
        let sum = |path: &Path| {
            let bytes = stage::bytes(path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
            Ok::<_, String>(bytes.as_deref().map(stage::sum))
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
        stage::replace(target, write.new.is_some().then_some(&*beside))
            .map_err(|error| format!("`{}` cannot be replaced: {error}", target.display()))?;
    }
    Ok(())
}
