//! The shipped catalogue with what it promises of itself, which sets that use it do not see.

use std::path::Path;
use std::{fs, io};

use prescope::project::Project;

/// Its own files as a project.
pub fn catalogue() -> io::Result<Project> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies/lync2013");
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "prescope") {
            files.push((path.display().to_string(), fs::read_to_string(&path)?));
        }
    }
    // Folders list their files in any order.
    files.sort_unstable();
    Ok(Project::builder().policies(files).build())
}
