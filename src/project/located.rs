//! Where files lie for other tools: from the top of the repository on, wherever prescope was started and however its
//! project was named.

use std::path::{Component, Path, PathBuf};

use super::Project;
use crate::language::Sources;

impl Project {
    /// These texts of the project, with paths from the top of the git repository on; without one, from the working
    /// directory on if the project lies in it, and else as messages show them.
    pub fn located(&self, sources: &Sources) -> Sources {
        let root = self.root.as_deref().unwrap_or(Path::new(""));
        let Some(prefix) = prefix(if root.as_os_str().is_empty() { Path::new(".") } else { root }) else {
            return sources.clone();
        };
        sources.with_paths(|path| plain(&prefix.join(path)))
    }
}

/// What leads to a folder from the top of its repository, or from the working directory.
pub(super) fn prefix(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    // In a linked worktree, `.git` is a file.
    let top = folder.ancestors().find(|above| above.join(".git").exists()).map(Path::to_owned);
    let top = top.or_else(|| std::env::current_dir().ok()?.canonicalize().ok());
    folder.strip_prefix(top?).map(Path::to_owned).ok()
}

/// A path without what leads up and down again.
pub(super) fn plain(path: &Path) -> String {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if plain.file_name().is_some() => _ = plain.pop(),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain.to_string_lossy().into_owned()
}
