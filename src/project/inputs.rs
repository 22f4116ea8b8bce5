//! What a project was read from, file by file: by this a plan that is kept knows whether anything has changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use super::find::FILE;
use super::pattern::matching;
use super::save::sum;
use super::walk::{Listed, Listing};
use super::{Project, beside, read, unread};
use crate::language::FileId;

/// The version of prescope that plans: another one may plan otherwise.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A file that a project was read from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Input {
    /// Its path, as messages show it.
    pub path: String,
    /// What it is read as.
    pub role: Role,
    /// The sum of its text; of a file that is not read, that of its beginning.
    pub sum: String,
    /// What it is to hold once the plan is carried out; None if it stays.
    pub becomes: Option<Becomes>,
}

/// What a file is read as.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// The project file.
    Project,
    /// Policies.
    Policy,
    /// People of the project.
    Directory,
    /// People whom a test names.
    TestDirectory,
    /// Explanations that tests keep.
    Explanations,
    /// Nothing, though it looks as if it should be: `lint` says so.
    Unread,
}

/// What a document of ours would be taken for that lies in a project.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// For a file that belongs to it.
    Read,
    /// For one that should belong to it, and that no pattern matches.
    Unread,
}

/// The new text of a file: the one before, with some of its lines exchanged.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Becomes {
    /// The sum of the new text.
    pub sum: String,
    /// The first line that goes or before which lines come, from 1.
    pub line: usize,
    /// The lines that go, with their ends: by them it is found out whether the plan is carried out already.
    pub removes: String,
    /// The lines that come in their place, with their ends.
    pub text: String,
}

/// What is not as it was when a plan was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Since {
    /// The files hold what they are to become by the plan's own account, and everything else is as it was.
    Applied,
    /// This file is another one.
    Changed(String),
    /// This file was not among those of the project.
    Come(String),
    /// This file was.
    Gone(String),
    /// The shipped policies that it uses are others.
    Library,
    /// This version of prescope made the plan.
    Version(String),
}

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Since::Applied => f.write_str("it is applied already"),
            Since::Changed(path) => write!(f, "`{path}` has changed since the plan was made"),
            Since::Come(path) => write!(f, "`{path}` has come to the project since the plan was made"),
            Since::Gone(path) => write!(f, "`{path}` has left the project since the plan was made"),
            Since::Library => f.write_str("the shipped policies are not those that the plan was made with"),
            Since::Version(version) => write!(f, "prescope {version} made the plan, and this is {VERSION}"),
        }
    }
}

impl Project {
    /// Every file that it was read from, sorted by path, with what becomes of those that get a new text.
    pub fn inputs(&self, texts: &BTreeMap<FileId, String>) -> Vec<Input> {
        let own = self.own_sources().map(|(file, source)| {
            let before = source.text();
            let becomes = texts.get(&file).filter(|new| *new != before).map(|new| Becomes::new(before, new));
            Input { path: source.path().to_owned(), role: self.role(file), sum: sum(before.as_bytes()), becomes }
        });
        let kept = self.files.kept.iter().map(|(policy, sum)| {
            let path = beside::shown_reasons(self.set.sources.path(*policy));
            Input { path, role: Role::Explanations, sum: sum.clone(), becomes: None }
        });
        let mut inputs: Vec<Input> = own.chain(kept).collect();
        inputs.sort_unstable();
        inputs
    }

    fn role(&self, file: FileId) -> Role {
        let is_of = |files: &[FileId]| files.contains(&file);
        match () {
            () if self.is_unread(file) => Role::Unread,
            () if is_of(&self.files.policies) => Role::Policy,
            () if self.files.directory.as_deref().is_some_and(is_of) => Role::Directory,
            () if self.config_file() == Some(file) => Role::Project,
            () => Role::TestDirectory,
        }
    }

    fn config_file(&self) -> Option<FileId> {
        let named = |path: &str| Path::new(path).file_name().is_some_and(|name| name == FILE);
        self.own_sources().find(|(_, source)| named(source.path())).map(|(file, _)| file)
    }

    /// The sum of the shipped policies that it uses; None if it uses none.
    pub fn library_sum(&self) -> Option<String> {
        let text_of = |file: FileId| self.set.sources.text(file);
        let sums: Vec<String> =
            self.set.libraries.iter().map(|library| sum(text_of(library.file).as_bytes())).collect();
        (!sums.is_empty()).then(|| sum(sums.concat().as_bytes()))
    }

    /// What is not as it was when a plan was made of these files and this library; None if everything is.
    pub fn since(&self, then: &[Input], library: Option<&str>) -> Option<Since> {
        let now = self.inputs(&BTreeMap::new());
        let by_path = |inputs: &[Input]| -> BTreeMap<(String, Role), String> {
            inputs.iter().map(|input| ((input.path.clone(), input.role), input.sum.clone())).collect()
        };
        let (before, after) = (by_path(then), by_path(&now));
        let planned = then.iter().filter_map(|input| Some(((&input.path, input.role), &input.becomes.as_ref()?.sum)));
        let planned: BTreeMap<(&String, Role), &String> = planned.collect();
        let applied = |key: &(String, Role)| planned.get(&(&key.0, key.1)).copied() == after.get(key);
        let is_applied = !planned.is_empty() && planned.keys().all(|(path, role)| applied(&((*path).clone(), *role)));
        let keys: BTreeSet<&(String, Role)> = before.keys().chain(after.keys()).collect();
        let differs = keys.into_iter().find_map(|key| match (before.get(key), after.get(key)) {
            (Some(_), None) => Some(Since::Gone(key.0.clone())),
            (None, Some(_)) => Some(Since::Come(key.0.clone())),
            (before, after) if before == after || is_applied && applied(key) => None,
            _ => Some(Since::Changed(key.0.clone())),
        });
        let of_library = || (self.library_sum().as_deref() != library).then_some(Since::Library);
        differs.or_else(of_library).or(is_applied.then_some(Since::Applied))
    }

    /// The project as it was before lines were exchanged that a plan is said to have exchanged; None if it does not
    /// have them, or would have had errors.
    pub fn before(&self, then: &[Input]) -> Option<Project> {
        let mut texts = BTreeMap::new();
        for input in then {
            let Some(becomes) = &input.becomes else { continue };
            let is_it = |file: FileId, path: &str| path == input.path && self.role(file) == input.role;
            let (file, source) = self.own_sources().find(|(file, source)| is_it(*file, source.path()))?;
            texts.insert(file, becomes.taken_back(source.text())?);
        }
        self.with_texts(&texts).filter(|before| !before.has_errors())
    }

    /// What a document that prescope writes would be taken for at this place.
    pub fn taken_for(&self, path: &Path) -> Option<Taken> {
        let path = below(self.root.as_deref()?, path)?;
        let all = Listing { files: vec![Listed { path: path.clone(), ours: true }], ..Listing::default() };
        let patterns = [&self.config.policies, &self.config.directory];
        if patterns.iter().any(|it| !matching(it, "*", &all).files.is_empty()) || self.keeps_reasons_in(&path) {
            return Some(Taken::Read);
        }
        unread::would_be(&self.config, &path).then_some(Taken::Unread)
    }

    /// Whether it is the file of the explanations that tests of a policy keep.
    fn keeps_reasons_in(&self, path: &Path) -> bool {
        let is_it = |policy: &FileId| Path::new(&beside::shown_reasons(self.set.sources.path(*policy))) == path;
        self.files.policies.iter().any(is_it)
    }
}

/// A path from a folder on, with all links on the way followed; None if it does not lie below.
fn below(folder: &Path, path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (folder, parent) = (folder.canonicalize().ok()?, parent.canonicalize().ok()?);
    Some(parent.strip_prefix(folder).ok()?.join(name))
}

impl Becomes {
    /// The lines between those with which both texts begin and end.
    fn new(before: &str, new: &str) -> Becomes {
        let lines = |text| -> Vec<&str> { str::split_inclusive(text, '\n').collect() };
        let (old, lines) = (lines(before), lines(new));
        let alike = |(one, other): &(&&str, &&str)| one == other;
        let head = old.iter().zip(&lines).take_while(alike).count();
        let tail = old.iter().skip(head).rev().zip(lines.iter().skip(head).rev()).take_while(alike).count();
        let between = |lines: &[&str]| lines.iter().take(lines.len() - tail).skip(head).copied().collect();
        Becomes { sum: sum(new.as_bytes()), line: head + 1, removes: between(&old), text: between(&lines) }
    }

    /// The text before, of which this one came; None if the lines are not there.
    fn taken_back(&self, new: &str) -> Option<String> {
        let lines: Vec<&str> = new.split_inclusive('\n').collect();
        let head = lines.get(..self.line.checked_sub(1)?)?.concat();
        let tail = new.get(head.len()..)?.strip_prefix(self.text.as_str())?;
        Some(head + &self.removes + tail)
    }
}

/// The text of an ordinary file that somebody named, if it is one of a bearable size.
pub fn text_of(path: &Path) -> std::io::Result<String> {
    let bytes = read::bytes(path)?;
    String::from_utf8(bytes).map_err(|_| std::io::Error::other("it is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_text_is_the_old_one_with_some_lines_exchanged() {
        let texts = ["", "a\n", "a\nb\nc\n", "a\nB\nc\n", "a\nc\n", "a\nb\nb\nc\n", "a\nb\nc", "x\ny"];
        for before in texts {
            for new in texts {
                let becomes = Becomes::new(before, new);
                assert_eq!(becomes.taken_back(new).as_deref(), Some(before), "{new:?}");
                let Becomes { line, removes, text, .. } = becomes;
                let (head, rest) = before.split_at(before.split_inclusive('\n').take(line - 1).map(str::len).sum());
                assert_eq!([head, &text, rest.strip_prefix(&*removes).unwrap()].concat(), new, "{before:?}");
            }
        }
    }
}
