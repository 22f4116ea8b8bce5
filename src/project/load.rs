//! Opening projects and reading policy files, again where they change while they are read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use super::config::Config;
use super::find::home;
use super::reading::{Reading, Role};
use super::save::SaveError;
use super::texts::Texts;
use super::tree::Tree;
use super::unread::Lying;
use super::walk::Listed;
use super::{Home, Project, unread};
use crate::language::FileId;
use crate::text::Progress;

/// How long to wait before each try at files that change while they are read.
const TRIES: [Duration; 3] = [Duration::ZERO, Duration::from_millis(20), Duration::from_millis(100)];

/// Reads, and reads again where something changed meanwhile, which is told by None. What changes each time is read once
/// more as what may be of two states: that is an error, and told by nothing else.
pub(super) fn steady<T>(homes: &[PathBuf], progress: &Arc<Progress>, read: impl Fn(Reading) -> Option<T>) -> T {
    let mut tries = TRIES.into_iter();
    loop {
        let mut reading = Reading::at(homes, progress);
        match tries.next() {
            Some(pause) => sleep(pause),
            None => {
                reading.fail(SaveError::Unsteady.diagnostic());
                reading.tree.give_up();
            }
        }
        if let Some(read) = read(reading) {
            return read;
        }
    }
}

/// The project in a folder. Paths are shown, and relative, from the root on.
pub(super) fn folder(root: &Path, folder: &Path, progress: &Arc<Progress>) -> Project {
    let home = folder.to_path_buf();
    let mut project = steady(std::slice::from_ref(&home), progress, |reading| once(reading.from(root, folder), folder));
    project.home = Home::Folder(home);
    project
}

/// The project with the files that it does not read; None if something changed meanwhile.
pub(super) fn once(mut reading: Reading, folder: &Path) -> Option<Project> {
    let Some(chosen) = reading.choose(folder) else { return reading.finish(Config::default(), None) };
    reading.read_chosen(folder, &chosen);
    let below = reading.below.clone();
    let stored = match &reading.tree {
        Tree::Git(stored) => Some(stored.clone()),
        Tree::Disk(_) => None,
    };
    let mut project = reading.finish(chosen.config, None)?;
    let matched: BTreeSet<&PathBuf> = chosen.policies.iter().chain(chosen.people.iter().flatten()).collect();
    let unmatched: Vec<&Listed> = chosen.all.files.iter().filter(|file| !matched.contains(&file.path)).collect();
    unread::find(&mut project, &Lying { folder, below: &below, stored }, &unmatched);
    Some(project)
}

/// The policy files of the project in a folder, with paths shown from the root on if the folder lies below it.
pub fn policy_texts(root: &Path, folder: &Path) -> Texts {
    let home = folder.to_path_buf();
    let texts =
        steady(std::slice::from_ref(&home), &Arc::default(), |reading| policies(reading.from(root, folder), folder));
    Texts { home: Some(home), ..texts }
}

fn policies(mut reading: Reading, folder: &Path) -> Option<Texts> {
    let mut files = Vec::new();
    if let Some((file, config)) = reading.project_file(folder) {
        let all = reading.listing(folder);
        for path in reading.policies(file, &config, &all) {
            if let Some(file) = reading.read_own(folder, path) {
                files.push((folder.join(path), file));
            }
        }
    }
    reading.texts(files)
}

/// These files, each once.
pub fn texts(paths: &[impl AsRef<Path>]) -> Texts {
    steady(&homes(paths), &Arc::default(), |reading| named(reading, Role::Policy, paths))
}

/// The same for files of a directory.
pub fn directory_texts(paths: &[impl AsRef<Path>]) -> Texts {
    steady(&homes(paths), &Arc::default(), |reading| named(reading, Role::Directory, paths))
}

fn named(mut reading: Reading, role: Role, paths: &[impl AsRef<Path>]) -> Option<Texts> {
    let mut files: Vec<(PathBuf, FileId)> = Vec::new();
    for path in paths.iter().map(AsRef::as_ref) {
        if files.iter().all(|(known, _)| known != path)
            && let Some(file) = reading.read_named(role, path)
        {
            files.push((path.to_owned(), file));
        }
    }
    reading.texts(files)
}

/// Files by name.
pub(super) fn files(
    policies: &[impl AsRef<Path>],
    directory: &[impl AsRef<Path>],
    progress: &Arc<Progress>,
) -> Project {
    let homes = [homes(policies), homes(directory)].concat();
    let project = steady(&homes, progress, |reading| by_name(reading, policies, directory));
    Project { home: Home::OfEach, ..project }
}

fn homes(paths: &[impl AsRef<Path>]) -> Vec<PathBuf> {
    let homes: BTreeSet<PathBuf> = paths.iter().map(|path| home(path.as_ref())).collect();
    homes.into_iter().collect()
}

fn by_name(mut reading: Reading, policies: &[impl AsRef<Path>], directory: &[impl AsRef<Path>]) -> Option<Project> {
    let mut all = |role: Role, paths: Vec<&Path>| -> Vec<FileId> {
        paths.into_iter().filter_map(|path| reading.read_named(role, path)).collect()
    };
    let policies = all(Role::Policy, policies.iter().map(AsRef::as_ref).collect());
    let people = all(Role::Directory, directory.iter().map(AsRef::as_ref).collect());
    reading.files.policies = policies;
    reading.files.directory = if directory.is_empty() { None } else { Some(people) };
    reading.finish(Config::default(), None)
}
