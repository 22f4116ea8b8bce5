//! Where files lie for other tools: from the top of the repository on, wherever prescope was started and however its
//! project was named.

use std::path::{Path, PathBuf};

use super::Project;
use super::git::normal;
use crate::language::Sources;

impl Project {
    /// These texts of the project, with paths from the top of the git repository on; without one, from the working
    /// directory on if the project lies in it, and else as messages show them.
    pub fn located(&self, sources: &Sources) -> Sources {
        let root = self.root.as_deref().unwrap_or(Path::new(""));
        match prefix(root) {
            Some(prefix) => sources.with_paths(|path| below(&prefix, path)),
            None => sources.clone(),
        }
    }
}

/// A path of a project's file behind what leads to the project. What leads out of the repository is in none.
pub(super) fn below(prefix: &Path, path: &str) -> String {
    normal(&prefix.join(path)).map_or_else(|| path.to_owned(), |path| path.to_string_lossy().into_owned())
}

/// What leads to a folder from the top of its repository, or from the working directory.
pub(super) fn prefix(folder: &Path) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.canonicalize().ok()?;
    // In a linked worktree, `.git` is a file.
    let top = folder.ancestors().find(|above| above.join(".git").exists()).map(Path::to_owned);
    let top = top.or_else(|| std::env::current_dir().ok()?.canonicalize().ok());
    folder.strip_prefix(top?).map(Path::to_owned).ok()
}
