//! A project to begin with: small, commented, and without findings. Its files are those of `examples/start`, which
//! tests read like any other project. Nothing that is there already is touched.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::save::{Before, FileChange, SaveError, save};

/// A file of the project: where it goes below the folder, and its text.
type File = (&'static str, &'static str);

/// Where prescope comes from: whoever has that installs the same one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin {
    /// The address of the repository, as git and Cargo take it.
    pub address: String,
    /// The revision.
    pub revision: String,
}

impl Origin {
    /// That of this program. None if nobody knew when it was built.
    pub fn of_build() -> Option<Origin> {
        let (address, revision) = (option_env!("PRESCOPE_BUILT_FROM")?, option_env!("PRESCOPE_BUILT_AT")?);
        Some(Origin { address: address.to_owned(), revision: revision.to_owned() })
    }

    /// The text of a workflow with the places for both filled in.
    fn filled(&self, text: &str) -> String {
        text.replace("ADDRESS", &self.address).replace("REVISION", &self.revision)
    }
}

macro_rules! files {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../examples/start/", $path)))),*]
    };
}

/// The project itself.
const OWN: &[File] = files!("prescope.yaml" "policies/ours.prescope" "policies/tests.prescope" "directory/people.yaml");

/// What checks it at every commit. Such files count at the root of a repository only.
const HOOKS: &[File] = files!(".pre-commit-config.yaml");

/// What checks it at every change, somewhere else: it has to install this prescope there.
const WORKFLOWS: &[File] = files!(".github/workflows/prescope.yml");

/// What was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Started {
    /// The files, relative to the folder.
    pub written: Vec<&'static str>,
    /// What was not, in the same order.
    pub left_out: Vec<LeftOut>,
}

/// A file that was not written, though the project is good without it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// The file, relative to the folder.
    pub path: &'static str,
    /// What it would have said; empty if that is not known.
    pub text: String,
    /// Why it was not written.
    pub reason: Reason,
}

/// Why a file was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// There is one already.
    Exists,
    /// It counts at the root of the repository only, which is this folder.
    Root(PathBuf),
    /// Nobody knew when prescope was built where others could get it from.
    NoOrigin,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum StartError {
    /// These files are there already, relative to the folder.
    Exists(Vec<&'static str>),
    /// This is no folder, and none can be made.
    Folder(PathBuf, io::Error),
    /// A file could not be written.
    Save(SaveError),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Exists(paths) => {
                let quoted: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
                let verb = if paths.len() == 1 { "is" } else { "are" };
                write!(f, "{} {verb} there already", quoted.join(", "))
            }
            StartError::Folder(folder, error) => write!(f, "`{}` is no folder to write to: {error}", folder.display()),
            StartError::Save(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StartError {}

/// Writes the project into a folder, which is made if there is none. If any file of the project is there already, or
/// one cannot be written, nothing changes. What would have to install prescope is left out without its origin.
pub fn start(folder: &Path, origin: Option<&Origin>) -> Result<Started, StartError> {
    let taken: Vec<&str> = OWN.iter().map(|(path, _)| *path).filter(|path| is_taken(folder, path)).collect();
    if !taken.is_empty() {
        return Err(StartError::Exists(taken));
    }
    let mut made = Vec::new();
    let done = write(folder, origin, &mut made);
    if done.is_err() {
        // Only what is empty can be removed, so nobody loses anything by this.
        for folder in made.iter().rev() {
            _ = fs::remove_dir(folder);
        }
    }
    done
}

fn write(folder: &Path, origin: Option<&Origin>, made: &mut Vec<PathBuf>) -> Result<Started, StartError> {
    make(folder, made)?;
    let root = repository_above(folder);
    let mut files: Vec<(&str, String)> = OWN.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    let mut left_out = Vec::new();
    let hooks = HOOKS.iter().map(|(path, text)| (*path, Some((*text).to_owned())));
    let workflows = WORKFLOWS.iter().map(|(path, text)| (*path, origin.map(|origin| origin.filled(text))));
    for (path, text) in hooks.chain(workflows) {
        let reason = match (&root, text.is_some()) {
            (_, true) if is_taken(folder, path) => Reason::Exists,
            (Some(root), _) => Reason::Root(root.clone()),
            (None, true) => {
                files.extend(text.map(|text| (path, text)));
                continue;
            }
            (None, false) => Reason::NoOrigin,
        };
        left_out.push(LeftOut { path, text: text.unwrap_or_default(), reason });
    }
    let mut changes = Vec::new();
    for (path, text) in &files {
        let path = folder.join(path);
        make(path.parent().unwrap_or(folder), made)?;
        changes.push(FileChange { path, before: Before::Nothing, new: Some(text.clone().into_bytes()) });
    }
    save(folder, &changes).map_err(StartError::Save)?;
    Ok(Started { written: files.iter().map(|(path, _)| *path).collect(), left_out })
}

/// Whether something stands in the way: a link that leads nowhere does, too.
fn is_taken(folder: &Path, path: &str) -> bool {
    folder.join(path).symlink_metadata().is_ok()
}

/// Makes a folder and those above it, and notes which were not there.
fn make(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), StartError> {
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|it| !it.as_os_str().is_empty() && it.symlink_metadata().is_err()).collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder).map_err(|error| StartError::Folder(folder.to_owned(), error))?;
        made.push(folder.to_owned());
    }
    // What is there and is no folder would only be noticed by its files.
    let found = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match fs::metadata(found) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(StartError::Folder(folder.to_owned(), io::Error::other("it is a file"))),
        Err(error) => Err(StartError::Folder(folder.to_owned(), error)),
    }
}

/// The root of the git repository that a folder lies in, if it is not that root itself.
fn repository_above(folder: &Path) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let folder = fs::canonicalize(folder).ok()?;
    let root = folder.ancestors().find(|it| it.join(".git").symlink_metadata().is_ok())?;
    (root != folder).then(|| root.to_owned())
}
