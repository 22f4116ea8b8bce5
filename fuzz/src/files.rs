//! The files of the repository, which are what inputs begin with.

use std::fs;
use std::path::{Path, PathBuf};

use prescope::project::Project;

/// The folder of the repository.
fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let above = here.parent().filter(|_| here.ends_with("fuzz"));
    above.unwrap_or(here).to_owned()
}

/// What stands in every file below some folders with one of these endings.
pub fn below(folders: &[&str], endings: &[&str]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| repository().join(folder)).collect();
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found.iter().filter_map(|path| fs::read(path).ok()).collect()
}

/// Projects of the repository and some in texts: large and small, with everything that a directory can say.
pub fn projects() -> Vec<Project> {
    let mut projects: Vec<Project> = ["examples/contoso", "examples/minimal", "examples/start"]
        .into_iter()
        .map(|folder| Project::open(repository().join(folder)))
        .collect();
    projects.push(small());
    projects.retain(|project| !project.has_errors());
    projects
}

/// A set in which every sort of thing occurs, and each seldom: few of its bytes mean nothing.
pub fn small() -> Project {
    Project::builder().policy("small.prescope", POLICY).directory("small.yaml", PEOPLE).build()
}

/// The same policies by themselves, without a directory.
pub fn small_policies() -> Project {
    Project::builder().policy("small.prescope", POLICY).build()
}

/// Its policies.
pub const POLICY: &str = include_str!("small.prescope");
/// Its directory.
pub const PEOPLE: &str = include_str!("small.yaml");
