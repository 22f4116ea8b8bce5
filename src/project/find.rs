//! Where projects are: the nearest one upward, and all that lie below.

use std::path::{Path, PathBuf};

use super::is_policy;

/// The name of the project file.
pub const FILE: &str = "prescope.yaml";

/// The name of a snapshot, beside it.
pub(super) const SNAPSHOT: &str = ".prescope.snapshot";

/// Folders that never hold files of a project, and can be large.
pub(super) const SKIPPED: [&str; 3] = [".git", "target", "node_modules"];

/// The folder that a file's lock and journal are in: that of the nearest project, or its own.
pub fn home(file: &Path) -> PathBuf {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let folder = absolute.parent().unwrap_or(Path::new(""));
    find(folder).unwrap_or_else(|| folder.to_owned())
}

/// The nearest folder at or above `start` that holds a project file.
pub fn find(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(FILE).is_file()).map(Path::to_path_buf)
}

/// The projects of a folder.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Below {
    /// The folders that hold a project file, sorted.
    pub projects: Vec<PathBuf>,
    /// Policies that lie in the folder of no project; sorted.
    pub alone: Vec<PathBuf>,
    /// Folders that cannot be read, so that nobody knows what is in them; sorted.
    pub unread: Vec<PathBuf>,
}

/// Every folder at or below `start` that holds a project file, and the policies outside of them. Folders that git keeps
/// to itself or that belong to another repository, build output, and whatever links lead to are left out.
pub fn find_below(start: &Path) -> Below {
    let mut below = Below::default();
    let mut open = vec![(start.to_path_buf(), false)];
    while let Some((folder, is_inside)) = open.pop() {
        if folder != start && folder.join(".git").exists() {
            continue;
        }
        let has_project = folder.join(FILE).is_file();
        if has_project {
            below.projects.push(folder.clone());
        }
        let is_inside = is_inside || has_project;
        let Ok(entries) = std::fs::read_dir(&folder) else {
            below.unread.push(folder);
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                below.alone.extend((!is_inside && is_policy(Path::new(&name))).then(|| entry.path()));
            } else if !SKIPPED.iter().any(|skipped| name == *skipped) {
                open.push((entry.path(), is_inside));
            }
        }
    }
    below.projects.sort();
    below.alone.sort();
    below.unread.sort();
    below
}
