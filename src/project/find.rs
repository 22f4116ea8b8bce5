//! Where the project is.

use std::path::{Path, PathBuf};

/// The name of the project file.
pub(super) const FILE: &str = "prescope.yaml";

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
