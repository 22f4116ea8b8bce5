//! The files of a project as somebody sees them who only reads: all of them as they were before a write, or all as they
//! will be, though somebody is writing at this moment, or was interrupted.
//!
//! Nobody is waited for, and nothing is changed. Where a journal says that new texts are ready, those are read; what
//! was only begun counts for nothing. Once everything is read it is looked at again: if a journal or a file is another
//! one by then, what was read may be of two states, and reading starts anew.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::super::read;
use super::super::stamp::Stamp;
use super::super::walk::Listed;
use super::journal::{self, Found, Journal, State};
use super::{SaveError, stage};

/// Files that an interrupted command has left half written, or that another one is writing just now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interrupted {
    /// How many files.
    pub files: usize,
    /// Whether they are read as they will be; as they were before, otherwise.
    pub ready: bool,
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read = if self.ready { "as they will be" } else { "as they were before" };
        write!(
            f,
            "a command is writing {}, or was interrupted; they are read {read}, and the next command that writes {} it",
            super::files(self.files),
            if self.ready { "finishes" } else { "undoes" }
        )
    }
}

/// What is read in the place of a file.
#[derive(Debug)]
struct Pending {
    /// Where its new text lies, until its turn comes.
    beside: PathBuf,
    /// The sum of the new text; None if the file goes.
    new: Option<String>,
}

/// The files as they are seen.
#[derive(Debug, Default)]
pub(in super::super) struct View {
    /// The journals that were found, by their folders; None where there was none.
    journals: BTreeMap<PathBuf, Option<Vec<u8>>>,
    pending: BTreeMap<PathBuf, Pending>,
    /// What the system said of everything that was read; None if it was not there.
    seen: Vec<(PathBuf, Option<Stamp>)>,
    pub(in super::super) interrupted: Option<Interrupted>,
    /// It counts as one that holds: somebody has told that it may not.
    given_up: bool,
}

impl View {
    /// Looks for journals in folders of projects, and above: whoever writes a file there leaves one on the way up.
    pub(in super::super) fn open(homes: &[PathBuf]) -> Result<View, SaveError> {
        let mut view = View::default();
        for home in homes {
            let home = if home.as_os_str().is_empty() { Path::new(".") } else { home };
            let Ok(real) = home.canonicalize() else { continue };
            view.look(&real)?;
            for above in real.ancestors().skip(1) {
                // What is not this user's lies in somebody else's folder, and names nothing here.
                _ = view.look(above);
            }
        }
        Ok(view)
    }

    /// Looks for a journal in one folder.
    pub(in super::super) fn look(&mut self, folder: &Path) -> Result<(), SaveError> {
        if self.journals.contains_key(folder) {
            return Ok(());
        }
        let bytes = match journal::find(folder) {
            Found::Nothing => None,
            Found::Foreign(why) => return Err(SaveError::Foreign { journal: journal::path(folder), why }),
            Found::Journal(journal, bytes) => {
                self.take(&journal);
                Some(bytes)
            }
        };
        self.journals.insert(folder.to_owned(), bytes);
        Ok(())
    }

    fn take(&mut self, journal: &Journal) {
        let ready = journal.state == State::Ready;
        let before = self.interrupted.map_or(0, |it| it.files);
        self.interrupted = Some(Interrupted { files: before + journal.writes.len(), ready });
        if ready {
            let pending = |(write, beside): (&journal::Write, PathBuf)| {
                (write.target.clone(), Pending { beside, new: write.new.clone() })
            };
            self.pending.extend(journal.staged().map(pending));
        }
    }

    /// Whether some files are read elsewhere than they lie.
    pub(in super::super) fn is_elsewhere(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Files that will be there and are not yet, and files that are there and will go, below a folder and relative to
    /// it.
    pub(in super::super) fn amend(&self, folder: &Path, files: &mut Vec<Listed>) {
        if self.pending.is_empty() {
            return;
        }
        let Ok(real) = folder.canonicalize() else { return };
        for (target, pending) in &self.pending {
            let Ok(below) = target.strip_prefix(&real) else { continue };
            match pending.new {
                None => files.retain(|file| file.path != below),
                Some(_) if !files.iter().any(|file| file.path == below) => {
                    files.push(Listed { path: below.to_owned(), ours: true });
                }
                Some(_) => {}
            }
        }
        files.sort_by(|one, other| one.path.cmp(&other.path));
    }

    /// The bytes of an ordinary file as it is seen.
    pub(in super::super) fn bytes(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        if let Some(pending) = self.pending_at(path) {
            let (beside, new) = (pending.beside.clone(), pending.new.clone());
            let Some(new) = new else {
                self.seen.push((beside, None));
                return Err(io::Error::from(io::ErrorKind::NotFound));
            };
            match self.read(&beside) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {} // its turn has come
                found => return found.and_then(|bytes| promised(bytes, &new)),
            }
            return self.read(path).and_then(|bytes| promised(bytes, &new));
        }
        self.read(path)
    }

    fn pending_at(&self, path: &Path) -> Option<&Pending> {
        if self.pending.is_empty() {
            return None;
        }
        let real = path.canonicalize().ok().or_else(|| {
            // It may not be there yet.
            Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?))
        })?;
        self.pending.get(&real)
    }

    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        let read = read::bytes_about(path);
        match &read {
            Ok((_, about)) => self.seen.push((path.to_owned(), Some(Stamp::from(about)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.seen.push((path.to_owned(), None)),
            Err(_) => {} // which is told, and is no answer
        }
        read.map(|(bytes, _)| bytes)
    }

    /// Takes whatever is read for good from now on.
    pub(in super::super) fn give_up(&mut self) {
        self.given_up = true;
    }

    /// Whether everything that was read is still what it was.
    pub(in super::super) fn holds(&self) -> bool {
        if self.given_up {
            return true;
        }
        let same_journal = |(folder, bytes): (&PathBuf, &Option<Vec<u8>>)| match (journal::find(folder), bytes) {
            (Found::Nothing, None) => true,
            (Found::Journal(_, now), Some(then)) => now == *then,
            _ => false,
        };
        let same = |(path, stamp): &(PathBuf, Option<Stamp>)| Stamp::take(path).ok() == *stamp;
        // Journals at last: a file that was replaced before its journal came was seen to be another.
        self.seen.iter().all(same) && self.journals.iter().all(same_journal)
    }
}

fn promised(bytes: Vec<u8>, new: &str) -> io::Result<Vec<u8>> {
    if stage::sum(&bytes) == new { Ok(bytes) } else { Err(io::Error::other("it is being written just now")) }
}
