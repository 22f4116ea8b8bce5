//! The two sides of a comparison: each a folder, a revision, the index, or the files that a folder has now. Which of
//! these somebody means is found out here, and both are read and compiled, one after the other.

mod found;
mod load;
mod many;
mod moved;
mod resolve;

use std::fmt;
use std::path::{Path, PathBuf};

pub use load::{Compared, alone, as_linted, compare};
pub use many::{before, everywhere};
pub use resolve::sides;

use super::find::FILE;
use super::git::GitError;
use super::located::{below, prefix};
use super::tree::Stored;

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// What there was.
    Base,
    /// What there is.
    Head,
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Which::Base => "BASE",
            Which::Head => "HEAD",
        })
    }
}

/// What somebody wants to compare.
#[derive(Clone, Debug)]
pub struct Request<'r> {
    /// What there was.
    pub base: Base<'r>,
    /// What there is, as somebody typed it; the files of now otherwise.
    pub head: Option<&'r str>,
    /// What is typed.
    pub means: Means,
    /// What there is is the index.
    pub staged: bool,
    /// What there was is where both come from.
    pub merge_base: bool,
    /// The folder of the project, if it is named.
    pub project: Option<&'r Path>,
    /// The working directory.
    pub here: &'r Path,
}

/// What there was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Base<'r> {
    /// As somebody typed it: maybe both sides, as in `A..B`.
    Typed(&'r str),
    /// The first of these revisions that there is.
    FirstOf(Vec<String>),
    /// The same; nothing, if no branch of any remote is known, so that nothing has ever been pushed.
    Published(Vec<String>),
}

/// What is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Means {
    /// Whatever there is of this name.
    Either,
    /// Folders.
    Folders,
    /// Revisions.
    Revisions,
}

/// What a side is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A folder.
    Folder(String),
    /// The project as its folder is now.
    WorkingTree,
    /// What the next commit would hold.
    Index,
    /// A revision, as it was typed.
    Revision(String),
    /// Where two revisions come from.
    MergeBase([String; 2]),
    /// Nothing, since nothing has been pushed yet.
    Nothing,
}

impl Origin {
    /// Its word in documents.
    pub fn word(&self) -> &'static str {
        match self {
            Origin::Folder(_) => "folder",
            Origin::WorkingTree => "working_tree",
            Origin::Index => "index",
            Origin::Revision(_) => "revision",
            Origin::MergeBase(_) => "merge_base",
            Origin::Nothing => "nothing",
        }
    }

    /// Every such word.
    pub const WORDS: [&str; 6] = ["folder", "working_tree", "index", "revision", "merge_base", "nothing"];

    /// What was named: a folder, a revision, or several.
    pub fn named(&self) -> String {
        match self {
            Origin::Folder(named) | Origin::Revision(named) => named.clone(),
            Origin::WorkingTree => "the working tree".to_owned(),
            Origin::Index => "the index".to_owned(),
            Origin::MergeBase([one, other]) => format!("{one}...{other}"),
            Origin::Nothing => "nothing".to_owned(),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Folder(folder) => write!(f, "the folder `{folder}`"),
            Origin::WorkingTree => f.write_str("the working tree"),
            Origin::Index => f.write_str("the index"),
            Origin::Revision(revision) => write!(f, "`{revision}`"),
            Origin::MergeBase([one, other]) => write!(f, "the merge base of `{one}` and `{other}`"),
            Origin::Nothing => f.write_str("what has been pushed so far"),
        }
    }
}

/// One of the two sides.
#[derive(Debug)]
pub struct Side {
    /// Which.
    pub which: Which,
    /// What it is.
    pub origin: Origin,
    /// Its commit, if it is one.
    pub commit: Option<String>,
    /// The folder of the project in the repository, if the other side has it in another one.
    pub moved: Option<PathBuf>,
    root: Root,
}

/// Where its files are.
#[derive(Debug)]
enum Root {
    /// In a folder on disk.
    Folder(PathBuf),
    /// In git, in a folder of the tree.
    Stored(Stored, PathBuf),
    /// It does not have the project.
    Nothing,
}

impl Side {
    /// Whether it has the project at all.
    pub fn has_project(&self) -> bool {
        !matches!(self.root, Root::Nothing)
    }
}

impl Side {
    /// The path of a file of the project as other tools know it: from the top of the repository on. Shipped files are
    /// in none.
    pub fn located(&self, path: &str) -> String {
        let folder = match &self.root {
            _ if path.starts_with("std/") => None,
            Root::Folder(folder) => prefix(folder),
            Root::Stored(_, folder) => Some(folder.clone()),
            Root::Nothing => None,
        };
        folder.map_or_else(|| path.to_owned(), |folder| below(&folder, path))
    }
}

/// A side, as far as it has one, with its commit.
impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.origin, self.commit.as_deref().and_then(|commit| Some((commit, commit.get(..12)?)))) {
            (origin, None) => origin.fmt(f)?,
            (Origin::Revision(name), Some((commit, short))) if name == commit => write!(f, "commit {short}")?,
            (origin, Some((_, short))) => write!(f, "{origin}, commit {short}")?,
        }
        match &self.moved {
            Some(folder) => write!(f, ", in `{}`", shown_folder(folder)),
            None => Ok(()),
        }
    }
}

/// A folder of a repository, whose top has a name too.
pub fn shown_folder(folder: &Path) -> String {
    let plain: PathBuf = folder.components().collect(); // without a separator at the end
    if plain.as_os_str().is_empty() { ".".to_owned() } else { plain.display().to_string() }
}

/// Why two sides cannot be compared.
#[derive(Debug)]
pub struct SideError {
    /// Of which side; None if of both.
    pub which: Option<Which>,
    /// What is wrong.
    pub trouble: Trouble,
}

/// What is wrong with a side.
#[derive(Debug)]
pub enum Trouble {
    /// git does not say what was asked.
    Git(GitError),
    /// The name is that of a folder with a project, and of a revision.
    Both(String),
    /// The name is neither.
    Neither {
        /// The name.
        name: String,
        /// Whether there is such a folder, without a project.
        is_folder: bool,
        /// Why it is no revision.
        why: GitError,
    },
    /// There is no such project.
    NoFolder(String),
    /// What is named is in the index, not in a revision.
    InIndex(String),
    /// The revision has no project in this folder.
    NotThere {
        /// The revision.
        revision: String,
        /// The folder.
        folder: PathBuf,
    },
    /// A project is on one side only, and so are others on the other side; it is not known which of them it was.
    Moved {
        /// Its folder.
        folder: PathBuf,
        /// Those of the others.
        others: Vec<PathBuf>,
    },
    /// The name of a range says what both sides are, and one of them is named again.
    TwoHeads(String),
    /// A range names two revisions, where one is asked for.
    NotOne(String),
    /// The folder of a project is named with the revision, and there are several projects.
    OneFolder(String),
    /// A folder comes from no commit.
    NoHistory(String),
    /// The project lies outside of the repository.
    Outside(PathBuf),
    /// Neither side has a project.
    NoProject,
}

impl From<GitError> for Trouble {
    fn from(error: GitError) -> Trouble {
        Trouble::Git(error)
    }
}

impl Trouble {
    fn on(self, which: Which) -> SideError {
        SideError { which: Some(which), trouble: self }
    }

    fn on_both(self) -> SideError {
        SideError { which: None, trouble: self }
    }
}

impl fmt::Display for SideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.which {
            Some(which) => write!(f, "{which}: {}", self.trouble),
            None => self.trouble.fmt(f),
        }
    }
}

impl std::error::Error for SideError {}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Git(error) => error.fmt(f),
            Trouble::Both(name) => write!(f, "`{name}` is a folder with a project, and a revision too"),
            Trouble::Neither { name, is_folder: true, why } => {
                write!(f, "the folder `{name}` has no `{FILE}`, and {why}")
            }
            Trouble::Neither { name, is_folder: false, why } => {
                write!(f, "there is no folder `{name}`, and {why}")
            }
            Trouble::NoFolder(name) => write!(f, "there is no `{FILE}` in `{name}`"),
            Trouble::InIndex(name) => write!(f, "`{name}` is in the index, and is no revision"),
            Trouble::NotThere { revision, folder } => {
                write!(f, "`{revision}` has no `{FILE}` in `{}`", folder.display())
            }
            Trouble::Moved { folder, others } => {
                let others: Vec<String> = others.iter().map(|folder| format!("`{}`", shown_folder(folder))).collect();
                let folder = shown_folder(folder);
                let others = others.join(" or ");
                write!(
                    f,
                    "it is not known whether the project in `{folder}` is the one that the other side has in {others}"
                )
            }
            Trouble::TwoHeads(range) => write!(f, "`{range}` says already what both sides are"),
            Trouble::NotOne(range) => write!(f, "`{range}` names two revisions, and one is asked for"),
            Trouble::OneFolder(name) => write!(f, "`{name}` names one folder, and there are several projects"),
            Trouble::NoHistory(name) => write!(f, "the folder `{name}` comes from no commit, so it has no merge base"),
            Trouble::Outside(folder) => write!(f, "`{}` lies outside of the repository", folder.display()),
            Trouble::NoProject => write!(f, "neither side has a project: a folder with a `{FILE}`"),
        }
    }
}
