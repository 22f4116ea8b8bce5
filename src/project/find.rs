//! Where the project is.

use std::path::{Path, PathBuf};

/// The name of the project file.
pub(super) const FILE: &str = "prescope.yaml";

/// The nearest folder at or above `start` that holds a project file.
pub fn find(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(FILE).is_file()).map(Path::to_path_buf)
}
