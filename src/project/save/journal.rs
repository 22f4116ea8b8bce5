//! The journal: which files are being written, and how far that has come. It is itself replaced as a whole.
//!
//! It is sealed with the key of the user who writes, names only files below its folder, and never the texts that lie
//! ready beside them: those names follow from its number. So a journal that came from elsewhere is not acted upon, and
//! could reach nothing outside.

use std::borrow::Cow;
use std::collections::BTreeSet;
#[cfg(unix)]
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io;
#[cfg(unix)]
use std::os::unix::ffi::OsStringExt;
use std::path::{Component, Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::super::read;
use super::super::seal::{Key, Purpose, Seal};
use super::disk::{self, Access};
use super::stage;

/// Its name in the folder of the project.
pub(in super::super) const NAME: &str = ".prescope.journal";
const TITLE: &str = "prescope journal 2\n";

/// In the place of a sum: there is no such file.
const NO_FILE: &str = "-";

/// The longest journal that is read, in bytes: one of a hundred thousand files.
const LONGEST: u64 = 64 << 20;

/// Where the journal of a folder is.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// Where the next state of the journal lies until its time has come: then a rename is enough, even on a full disk.
fn next_path(folder: &Path) -> PathBuf {
    folder.join(".prescope.journal.new")
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) enum State {
    /// New texts are being written beside their files: to be undone.
    Begun,
    /// All of them are there: to be finished.
    Ready,
}

/// One file that is to be replaced, with the sums of what it holds and of what it is to hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in super::super) struct Write {
    /// Where it is, without links.
    pub(in super::super) target: PathBuf,
    /// None for a file that is made.
    pub(in super::super) old: Option<String>,
    /// None for a file that goes.
    pub(in super::super) new: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(in super::super) struct Journal {
    /// Its folder, without links.
    folder: PathBuf,
    process: String,
    /// What no other journal has.
    number: String,
    pub(in super::super) state: State,
    pub(in super::super) writes: Vec<Write>,
}

impl Journal {
    /// A journal that has just begun; the first file that does not lie below the folder, or whose name cannot stand in
    /// a journal, otherwise.
    pub(super) fn new(folder: &Path, writes: Vec<Write>) -> Result<Journal, PathBuf> {
        let comes_back = |below: &Path| unescaped(&escaped(below)).as_deref() == Some(below);
        let fits = |write: &&Write| write.target.strip_prefix(folder).is_ok_and(comes_back);
        if let Some(odd) = writes.iter().find(|write| !fits(write)) {
            return Err(odd.target.clone());
        }
        let process = std::process::id().to_string();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let number = format!("{process}-{now}");
        Ok(Journal { folder: folder.to_owned(), process, number, state: State::Begun, writes })
    }

    /// Each file with where its new text lies, or will.
    pub(in super::super) fn staged(&self) -> impl Iterator<Item = (&Write, PathBuf)> {
        let beside = |(index, write): (usize, &Write)| stage::beside(&write.target, &self.number, index);
        self.writes.iter().enumerate().map(move |(index, write)| (write, beside((index, write))))
    }

    /// Where it is.
    pub(super) fn path(&self) -> PathBuf {
        path(&self.folder)
    }

    /// The folders in which something changes, that of the journal among them.
    pub(super) fn folders(&self) -> BTreeSet<PathBuf> {
        let targets = self.writes.iter().filter_map(|write| write.target.parent());
        targets.chain([self.folder.as_path()]).map(Path::to_path_buf).collect()
    }

    /// Writes down that it has begun, and beside it what will be true once all texts are ready.
    pub(super) fn begin(&mut self, key: &Key) -> io::Result<()> {
        let next = next_path(&self.folder);
        self.state = State::Begun;
        disk::remove(&next)?;
        disk::create(&next, self.sealed(key).as_bytes(), Access::Own)?;
        disk::rename(&next, &path(&self.folder))?;
        self.state = State::Ready;
        let ready = self.sealed(key);
        self.state = State::Begun;
        disk::create(&next, ready.as_bytes(), Access::Own)?;
        disk::sync_folder(&self.folder);
        Ok(())
    }

    /// From here on there is no way back.
    pub(super) fn ready(&mut self) -> io::Result<()> {
        disk::rename(&next_path(&self.folder), &path(&self.folder))?;
        self.state = State::Ready;
        disk::sync_folder(&self.folder);
        Ok(())
    }

    /// Takes everything back that was begun, as far as the disk allows it.
    pub(super) fn undo(&self) {
        // One that says that all is ready must not be found when the texts have gone.
        if self.state == State::Ready {
            _ = disk::remove(&path(&self.folder));
            disk::sync_folder(&self.folder);
        }
        for (_, beside) in self.staged() {
            _ = disk::remove(&beside);
        }
        _ = self.done();
    }

    /// Ends it.
    pub(super) fn done(&self) -> io::Result<()> {
        self.folders().iter().for_each(|folder| disk::sync_folder(folder));
        _ = disk::remove(&next_path(&self.folder));
        disk::remove(&path(&self.folder))?;
        disk::sync_folder(&self.folder);
        Ok(())
    }

    fn sealed(&self, key: &Key) -> String {
        let mut text = self.text();
        let seal = key.seal(text.as_bytes());
        text.push_str("seal ");
        seal.iter().for_each(|byte| _ = write!(text, "{byte:02x}"));
        text.push('\n');
        text
    }

    fn text(&self) -> String {
        let state = match self.state {
            State::Begun => "begun",
            State::Ready => "ready",
        };
        let mut text = format!("{TITLE}process {}\nnumber {}\nstate {state}\n", self.process, self.number);
        for write in &self.writes {
            let below = write.target.strip_prefix(&self.folder).unwrap_or(&write.target);
            let name = escaped(below);
            let [old, new] = [&write.old, &write.new].map(|sum| sum.as_deref().unwrap_or(NO_FILE));
            _ = writeln!(text, "write {old} {new} {name}");
        }
        text + "end\n"
    }

    /// The journal that a text is; None if it is none.
    fn parse(folder: &Path, text: &str) -> Option<Journal> {
        let mut lines = text.strip_prefix(TITLE)?.strip_suffix("end\n")?.lines();
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
            let target = below(folder, &unescaped(name)?)?;
            Some(Write { target, old, new })
        };
        let writes = lines.map(write).collect::<Option<Vec<_>>>()?;
        plain(&number).then(|| Journal { folder: folder.to_owned(), process, number, state, writes })
    }
}

/// A journal as it is written again, and the files that it names.
pub(in super::super) fn again(folder: &Path, text: &str) -> Option<(String, Vec<PathBuf>)> {
    let journal = Journal::parse(folder, text)?;
    Some((journal.text(), journal.writes.into_iter().map(|write| write.target).collect()))
}

/// The file of this name below a folder, both without links; None if it leads out of it.
fn below(folder: &Path, name: &Path) -> Option<PathBuf> {
    let plain = name.components().all(|part| matches!(part, Component::Normal(_)));
    let target = folder.join(name);
    let real = target.parent()?.canonicalize().ok()?;
    (plain && real == target.parent()? && real.starts_with(folder)).then_some(target)
}

/// What lies where a journal would.
#[derive(Debug)]
pub(in super::super) enum Found {
    /// Nothing.
    Nothing,
    /// A journal that this user sealed, with its bytes.
    Journal(Box<Journal>, Vec<u8>),
    /// Something else, and what speaks against it.
    Foreign(String),
}

/// What lies where the journal of a folder would. The folder is one without links.
pub(in super::super) fn find(folder: &Path) -> Found {
    let bytes = match read::own(&path(folder), LONGEST) {
        Ok((bytes, _)) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Found::Nothing,
        Err(error) => return Found::Foreign(read::unreadable_because(&path(folder), &error)),
    };
    let Some(text) = sealed_text(&bytes) else {
        return Found::Foreign("it does not carry the seal of this user".to_owned());
    };
    match Journal::parse(folder, text) {
        Some(journal) => Found::Journal(Box::new(journal), bytes),
        None => Found::Foreign("it does not fit this folder".to_owned()),
    }
}

/// The text under a seal of this user.
fn sealed_text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (text, seal) = text.split_at_checked(text.rfind("seal ")?)?;
    let seal = unhexed(seal.strip_prefix("seal ")?.strip_suffix('\n')?)?;
    Key::known(Purpose::Journal)?.fits(text.as_bytes(), &seal).then_some(text)
}

fn unhexed(text: &str) -> Option<Seal> {
    let mut seal = Seal::default();
    if text.len() != 2 * seal.len() || !text.is_ascii() {
        return None;
    }
    for (index, byte) in seal.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(seal)
}

/// Whether a command has left something: a journal, or the beginning of one.
pub(super) fn is_left(folder: &Path) -> bool {
    [path(folder), next_path(folder)].iter().any(|path| fs::symlink_metadata(path).is_ok())
}

/// Takes the beginning of a journal away that never became one: nothing was done by then.
pub(super) fn remove_beginning(folder: &Path) {
    if fs::symlink_metadata(next_path(folder)).is_ok() {
        _ = disk::remove(&next_path(folder));
    }
}

/// The process that writes, if there is a journal.
pub(super) fn process(folder: &Path) -> Option<String> {
    match find(folder) {
        Found::Journal(journal, _) => Some(journal.process),
        Found::Nothing | Found::Foreign(_) => None,
    }
}

/// A name in one line of UTF-8: bytes that are none are written as numbers.
fn escaped(name: &Path) -> String {
    let mut text = String::new();
    for part in bytes_of(name).utf8_chunks() {
        text.push_str(&part.valid().replace('\\', "\\\\").replace('\n', "\\n"));
        part.invalid().iter().for_each(|byte| _ = write!(text, "\\x{byte:02x}"));
    }
    text
}

/// The name that was escaped; None if it is none.
fn unescaped(name: &str) -> Option<PathBuf> {
    let (mut bytes, mut rest) = (Vec::with_capacity(name.len()), name);
    while let Some((plain, behind)) = rest.split_once('\\') {
        bytes.extend(plain.bytes());
        let (escaped, behind) = behind.split_at_checked(1)?;
        rest = behind;
        match escaped {
            "n" => bytes.push(b'\n'),
            "\\" => bytes.push(b'\\'),
            "x" => {
                let (byte, behind) = rest.split_at_checked(2)?;
                bytes.push(u8::from_str_radix(byte, 16).ok()?);
                rest = behind;
            }
            _ => return None,
        }
    }
    bytes.extend(rest.bytes());
    path_of(bytes)
}

#[cfg(unix)]
fn bytes_of(name: &Path) -> Cow<'_, [u8]> {
    Cow::Borrowed(std::os::unix::ffi::OsStrExt::as_bytes(name.as_os_str()))
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere not every name can be one")]
fn path_of(name: Vec<u8>) -> Option<PathBuf> {
    Some(OsString::from_vec(name).into())
}

#[cfg(not(unix))]
fn bytes_of(name: &Path) -> Cow<'_, [u8]> {
    Cow::Owned(name.to_string_lossy().into_owned().into_bytes())
}

#[cfg(not(unix))]
fn path_of(name: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(name).ok().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(folder: &Path) -> Journal {
        let write = |name: &str, old: Option<&str>| Write {
            target: folder.join(name),
            old: old.map(|text| stage::sum(text.as_bytes())),
            new: (name != "gone").then(|| stage::sum(b"new")),
        };
        let writes = vec![write("a b.yaml", Some("old")), write("odd\\na\nme", None), write("gone", Some("old"))];
        Journal::new(folder, writes).unwrap()
    }

    #[test]
    fn a_journal_comes_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        let journal = journal(&folder);
        let text = journal.text();
        assert_eq!(Journal::parse(&folder, &text).as_ref(), Some(&journal), "{text}");
        assert!(text.contains(" a b.yaml\n"), "{text}");
        for cut in 0..text.len() {
            assert_eq!(Journal::parse(&folder, &text[..cut]), None);
        }
        assert_eq!(Journal::parse(&folder, &text.replace("number ", "number ../")), None);
        for outside in ["../gone", "/gone", "a/../../gone"] {
            assert_eq!(Journal::parse(&folder, &text.replace(" gone", &format!(" {outside}"))), None, "{outside}");
        }
    }

    #[test]
    fn only_a_sealed_journal_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        assert!(matches!(find(&folder), Found::Nothing));
        let (key, other) = (Key::made(Purpose::Journal).unwrap(), Key::passing(Purpose::Journal).unwrap());
        let mut journal = journal(&folder);
        journal.begin(&key).unwrap();
        assert!(matches!(find(&folder), Found::Journal(found, _) if *found == journal));
        journal.ready().unwrap();
        assert!(matches!(find(&folder), Found::Journal(found, _) if *found == journal));
        let sealed = fs::read_to_string(path(&folder)).unwrap();
        for forged in [sealed.replace("ready", "begun"), sealed.replace("gone", "gine"), journal.text(), String::new()]
        {
            fs::write(path(&folder), forged).unwrap();
            assert!(matches!(find(&folder), Found::Foreign(_)));
        }
        fs::write(path(&folder), journal.sealed(&other)).unwrap();
        assert!(matches!(find(&folder), Found::Foreign(_)));
        journal.done().unwrap();
        assert!(matches!(find(&folder), Found::Nothing));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_no_way_to_a_file() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let folder = folder.path().canonicalize().unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.join("way")).unwrap();
        assert_eq!(below(&folder, Path::new("way/file")), None);
        assert_eq!(below(&folder, Path::new("file")), Some(folder.join("file")));
    }
}
