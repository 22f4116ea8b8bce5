//! The journal: which files are being written, and how far that has come. It is itself replaced as a whole.
//!
//! It never names the file that lies ready beside another one: that name follows from the number of the journal. So a
//! journal that came from elsewhere, with a project that somebody copied, can move nothing to a place it was not in.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::stage;

const NAME: &str = ".prescope.journal";
const TITLE: &str = "prescope journal 1";

/// In the place of a sum: there is no such file.
const NO_FILE: &str = "-";

/// Where the journal of a project is.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

fn next_path(folder: &Path) -> PathBuf {
    folder.join(".prescope.journal.new")
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// New texts are being written beside their files: to be undone.
    Begun,
    /// All of them are there: to be finished.
    Ready,
}

/// One file that is to be replaced, with the sums of what it holds and of what it is to hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Write {
    pub(super) target: PathBuf,
    /// None for a file that is made.
    pub(super) old: Option<String>,
    /// None for a file that goes.
    pub(super) new: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Journal {
    process: String,
    /// What no other journal has.
    number: String,
    pub(super) state: State,
    pub(super) writes: Vec<Write>,
}

impl Journal {
    /// A journal that has just begun; the path that cannot stand in one otherwise. A path below the folder is relative to
    /// it, so that a project may be moved.
    pub(super) fn new(folder: &Path, writes: Vec<Write>) -> Result<Journal, PathBuf> {
        if let Some(odd) = writes.iter().find(|write| write.target.to_str().is_none()) {
            return Err(odd.target.clone());
        }
        let process = std::process::id();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let root = folder_path(folder).canonicalize().unwrap_or_default();
        let relative = |write: Write| match write.target.strip_prefix(&root) {
            Ok(below) if !root.as_os_str().is_empty() => Write { target: folder.join(below), ..write },
            _ => write,
        };
        let writes = writes.into_iter().map(relative).collect();
        Ok(Journal { process: process.to_string(), number: format!("{process}-{now}"), state: State::Begun, writes })
    }

    /// Where the new text of every file lies, or will.
    pub(super) fn stages(&self) -> Vec<PathBuf> {
        self.writes.iter().map(|write| stage::beside(&write.target, &self.number)).collect()
    }

    /// Writes it down.
    pub(super) fn put(&self, folder: &Path) -> io::Result<()> {
        let next = next_path(folder);
        _ = fs::remove_file(&next);
        stage::create(&next, self.text(folder).as_bytes(), None)?;
        fs::rename(&next, path(folder))?;
        stage::sync_folder(folder);
        Ok(())
    }

    /// Takes everything back that was begun.
    pub(super) fn undo(&mut self, folder: &Path) {
        if self.state == State::Ready {
            self.state = State::Begun;
            // If this cannot be written the texts stay, and the next command finishes what it finds.
            if self.put(folder).is_err() {
                return;
            }
        }
        for beside in self.stages() {
            _ = fs::remove_file(beside);
        }
        self.done(folder);
    }

    /// Ends it.
    pub(super) fn done(&self, folder: &Path) {
        self.sync_folders();
        _ = fs::remove_file(next_path(folder));
        _ = fs::remove_file(path(folder));
        stage::sync_folder(folder);
    }

    /// Brings what happened in the folders down to the disk.
    pub(super) fn sync_folders(&self) {
        let mut folders: Vec<&Path> = self.writes.iter().filter_map(|write| write.target.parent()).collect();
        folders.sort_unstable();
        folders.dedup();
        folders.into_iter().for_each(stage::sync_folder);
    }

    fn text(&self, folder: &Path) -> String {
        let state = match self.state {
            State::Begun => "begun",
            State::Ready => "ready",
        };
        let mut text = format!("{TITLE}\nprocess {}\nnumber {}\nstate {state}\n", self.process, self.number);
        for write in &self.writes {
            let below = write.target.strip_prefix(folder).unwrap_or(&write.target);
            let name = below.to_string_lossy().replace('\\', "\\\\").replace('\n', "\\n");
            let [old, new] = [&write.old, &write.new].map(|sum| sum.as_deref().unwrap_or(NO_FILE));
            text += &format!("write {old} {new} {name}\n");
        }
        text + "end\n"
    }

    /// The journal that a text is; None if it is none.
    fn parse(folder: &Path, text: &str) -> Option<Journal> {
        let mut lines = text.strip_prefix(TITLE)?.strip_prefix('\n')?.strip_suffix("end\n")?.lines();
        let process = lines.next()?.strip_prefix("process ")?.to_owned();
        let number = lines.next()?.strip_prefix("number ")?.to_owned();
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let state = match lines.next()?.strip_prefix("state ")? {
            "begun" => State::Begun,
            "ready" => State::Ready,
            _ => return None,
        };
        let write = |line: &str| {
            let mut words = line.strip_prefix("write ")?.splitn(3, ' ');
            let (old, new, name) = (words.next()?, words.next()?, words.next()?);
            let [old, new] = [old, new].map(|sum| (sum != NO_FILE).then(|| sum.to_owned()));
            Some(Write { target: folder.join(unescaped(name)), old, new })
        };
        let writes = lines.map(write).collect::<Option<Vec<_>>>()?;
        plain(&number).then_some(Journal { process, number, state, writes })
    }
}

/// The journal of a folder; an error if there is one that cannot be read.
pub(super) fn find(folder: &Path) -> io::Result<Option<Journal>> {
    match fs::read_to_string(path(folder)) {
        Ok(text) => {
            let broken = || io::Error::new(io::ErrorKind::InvalidData, "it is not a journal");
            Journal::parse(folder, &text).map(Some).ok_or_else(broken)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a command has left something: a journal, or the beginning of one.
pub(super) fn is_there(folder: &Path) -> bool {
    path(folder).symlink_metadata().is_ok() || next_path(folder).symlink_metadata().is_ok()
}

/// Takes the beginning of a journal away: it says nothing yet.
pub(super) fn remove_beginning(folder: &Path) {
    _ = fs::remove_file(next_path(folder));
}

/// The process that writes, if there is a journal.
pub(super) fn process(folder: &Path) -> Option<String> {
    find(folder).ok().flatten().map(|journal| journal.process)
}

fn folder_path(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

fn unescaped(name: &str) -> String {
    let (mut text, mut letters) = (String::with_capacity(name.len()), name.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => text.extend(letters.next().map(|escaped| if escaped == 'n' { '\n' } else { escaped })),
            letter => text.push(letter),
        }
    }
    text
}

/// Length and FNV-1a sum: whether a file holds what was read or written. Nobody is kept from anything by it.
pub(super) fn checksum(bytes: &[u8]) -> String {
    let sum = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{}:{sum:016x}", bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_comes_back_as_it_was_written() {
        let folder = Path::new("some/folder");
        let write = |name: &str, old: Option<&str>| Write {
            target: folder.join(name),
            old: old.map(|text| checksum(text.as_bytes())),
            new: (name != "gone").then(|| checksum(b"new")),
        };
        let writes = vec![write("a b.yaml", Some("old")), write("odd\\na\nme", None), write("gone", Some("old"))];
        let journal = Journal::new(folder, writes).unwrap();
        let text = journal.text(folder);
        assert_eq!(Journal::parse(folder, &text).as_ref(), Some(&journal), "{text}");
        assert!(text.contains(" a b.yaml\n"), "{text}");
        for cut in 0..text.len() {
            assert_eq!(Journal::parse(folder, &text[..cut]), None);
        }
        assert_eq!(Journal::parse(folder, &text.replace("number ", "number ../")), None);
    }
}
