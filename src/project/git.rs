//! git, asked by its own program: what a revision is, which files it has, and what these hold.
//!
//! Whatever git says is read and nothing is written: no checkout, no index that is refreshed, no lock. What somebody
//! typed stands behind the end of options, and no shell sees it. The variables that git sets for its hooks stay as they
//! are, for they say which repository and which index a hook is about.

mod entries;
mod objects;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

pub(super) use entries::{Entries, Entry, Sort, path_of};
pub(super) use objects::{Objects, Shared};

use super::read::unreadable_because;
use entries::{staged, stored};

/// Why git does not say what was asked.
#[derive(Debug)]
pub enum GitError {
    /// The program cannot be run.
    NotRun(io::Error),
    /// There is no repository, or none that git reads.
    NoRepository {
        /// Where git was run.
        folder: PathBuf,
        /// What git says.
        said: String,
    },
    /// There is no such revision.
    NoRevision {
        /// As it was asked for.
        revision: String,
        /// What git says.
        said: String,
    },
    /// Two revisions have no commit in common.
    NoMergeBase {
        /// As they were asked for.
        revisions: [String; 2],
        /// Whether history is cut off, so that nobody knows.
        shallow: bool,
    },
    /// Something else went wrong.
    Failed {
        /// What git was to do.
        doing: &'static str,
        /// What git says.
        said: String,
    },
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GitError::NotRun(error) if error.kind() == io::ErrorKind::NotFound => {
                f.write_str("there is no `git` on the path, which reads revisions")
            }
            GitError::NotRun(error) => {
                write!(f, "`git`, which reads revisions, cannot be run: {}", unreadable_because(Path::new(""), error))
            }
            GitError::NoRepository { folder, said } => {
                let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
                write!(f, "git reads no repository in `{}` ({said})", here.display())
            }
            // What git mostly says of it tells nobody more.
            GitError::NoRevision { revision, said } if said.ends_with("Needed a single revision") => {
                write!(f, "git knows no revision `{revision}`")
            }
            GitError::NoRevision { revision, said } => write!(f, "git knows no revision `{revision}` ({said})"),
            GitError::NoMergeBase { revisions: [one, other], shallow } => {
                let known = if *shallow { "as far as this shallow clone goes, " } else { "" };
                write!(f, "{known}`{one}` and `{other}` have no commit in common")
            }
            GitError::Failed { doing, said } => write!(f, "git cannot {doing} ({said})"),
        }
    }
}

impl std::error::Error for GitError {}

/// What a revision names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Revision {
    /// Its files.
    pub(super) tree: String,
    /// None if it names files without a commit.
    pub(super) commit: Option<String>,
}

/// The repository that a folder lies in.
#[derive(Debug)]
pub(super) struct Repository {
    /// Where git is run.
    folder: PathBuf,
    /// The folder that the paths of its files begin in.
    pub(super) top: PathBuf,
    /// What leads from there to where git is run.
    pub(super) prefix: PathBuf,
}

impl Repository {
    /// The repository of a folder. In a hook git has said which repository is meant, as seen from where it runs the
    /// hook.
    pub(super) fn open(folder: &Path) -> Result<Repository, GitError> {
        let told = std::env::var_os("GIT_DIR").is_some_and(|folder| !folder.is_empty());
        let folder = if told { PathBuf::new() } else { existing(folder) };
        let said = said(&folder, ["rev-parse", "--show-prefix"])
            .map_err(|why| why.or(|said| GitError::NoRepository { folder: folder.clone(), said }))?;
        let prefix = path_of(said.strip_suffix(b"\n").unwrap_or(&said));
        let unreadable = |error: io::Error| GitError::NoRepository { folder: folder.clone(), said: error.to_string() };
        let real = here(&folder).canonicalize().map_err(unreadable)?;
        let top = real.ancestors().nth(prefix.components().count()).unwrap_or(&real).to_owned();
        Ok(Repository { folder, top, prefix })
    }

    /// Where a folder lies in the repository, if it does; it need not be there.
    pub(super) fn place(&self, folder: &Path) -> Option<PathBuf> {
        let there = existing(folder);
        let missing = folder.strip_prefix(&there).unwrap_or(Path::new(""));
        let real = here(&there).canonicalize().ok()?.join(missing);
        normal(real.strip_prefix(&self.top).ok()?)
    }

    /// What a revision names.
    pub(super) fn revision(&self, revision: &str) -> Result<Revision, GitError> {
        let tree = self.object(revision, "tree")?;
        Ok(Revision { tree, commit: self.object(revision, "commit").ok() })
    }

    fn object(&self, revision: &str, kind: &str) -> Result<String, GitError> {
        let object = format!("{revision}^{{{kind}}}");
        let no_revision = |said| GitError::NoRevision { revision: revision.to_owned(), said };
        let arguments = ["rev-parse", "--verify", "--end-of-options", &object];
        said(&self.folder, arguments).map(|said| word(&said)).map_err(|why| why.or(no_revision))
    }

    /// The commit from which two revisions come.
    pub(super) fn merge_base(&self, revisions: [&str; 2]) -> Result<String, GitError> {
        let [one, other] = revisions;
        let [one, other] = [self.object(one, "commit")?, self.object(other, "commit")?];
        let found = said(&self.folder, ["merge-base", "--end-of-options", &one, &other]);
        found.map(|said| word(&said)).map_err(|why| {
            let no_base = |said: String| match said.is_empty() {
                true => GitError::NoMergeBase { revisions: revisions.map(str::to_owned), shallow: self.is_shallow() },
                false => GitError::Failed { doing: "find the merge base", said },
            };
            why.or(no_base)
        })
    }

    /// Whether it has ever heard of a branch somewhere else.
    pub(super) fn knows_remote_branches(&self) -> Result<bool, GitError> {
        let listed = said(&self.folder, ["for-each-ref", "--count=1", "refs/remotes/"]);
        let failed = |said| GitError::Failed { doing: "list the branches of remotes", said };
        listed.map(|listed| !listed.is_empty()).map_err(|why| why.or(failed))
    }

    fn is_shallow(&self) -> bool {
        said(&self.folder, ["rev-parse", "--is-shallow-repository"]).is_ok_and(|said| word(&said) == "true")
    }

    /// The files of a tree, by their paths from the top of the repository.
    pub(super) fn files(&self, tree: &str) -> Result<Entries, GitError> {
        let listed = said(&self.folder, ["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", tree]);
        let failed = |said| GitError::Failed { doing: "list the files of the revision", said };
        listed.map(|listed| stored(&listed)).map_err(|why| why.or(failed))
    }

    /// The files of the index.
    pub(super) fn index(&self) -> Result<Entries, GitError> {
        let listed = said(&self.folder, ["ls-files", "--stage", "-z", "--full-name", "--", ":/"]);
        let failed = |said| GitError::Failed { doing: "list the files of the index", said };
        listed.map(|listed| staged(&listed)).map_err(|why| why.or(failed))
    }

    /// What answers with the contents of files; it is asked for none yet.
    pub(super) fn objects(&self) -> Shared {
        let mut command = git(&self.folder);
        command.args(["cat-file", "--batch"]);
        Objects::shared(command)
    }
}

/// A path without `.` and `..`; None if it leads out of where it begins.
pub(super) fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => normal.push(name),
            Component::CurDir => {}
            Component::ParentDir if normal.pop() => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(normal)
}

/// The folder, or the nearest one above that is there.
fn existing(folder: &Path) -> PathBuf {
    folder.ancestors().find(|it| it.is_dir()).unwrap_or(Path::new("")).to_owned()
}

fn here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// git in a folder, without anything that it could wait for, ask or write.
fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(here(folder)).stdin(Stdio::null());
    // A monitor of the file system is a program that the repository names.
    command.args(["--no-pager", "-c", "core.fsmonitor=false"]);
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    command
}

/// Why there is no answer: the program was not run, or it ended with these words.
enum Refused {
    NotRun(io::Error),
    Said(String),
}

impl Refused {
    fn or(self, refused: impl FnOnce(String) -> GitError) -> GitError {
        match self {
            Refused::NotRun(error) => GitError::NotRun(error),
            Refused::Said(said) => refused(said),
        }
    }
}

/// What git says.
fn said<A: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = A>) -> Result<Vec<u8>, Refused> {
    let arguments: Vec<OsString> = arguments.into_iter().map(|it| it.as_ref().to_owned()).collect();
    let output = git(folder).args(arguments).output().map_err(Refused::NotRun)?;
    if output.status.success() { Ok(output.stdout) } else { Err(Refused::Said(complaint(&output.stderr))) }
}

/// What git complains of, in one line.
fn complaint(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

fn word(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}
