//! What tests start from: the files of the repository, and sets made of texts.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use prescope::project::Project;
use prescope::resolve::{Entries, RuleSet};

/// The folder of the package.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
pub(crate) fn text_of(path: &str) -> String {
    let path = repository().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder of the repository with this ending, as paths from the repository, sorted.
pub(crate) fn files_below(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(below) = open.pop() {
        let entries = std::fs::read_dir(repository().join(&below));
        for entry in entries.unwrap_or_else(|error| panic!("{}: {error}", below.display())).flatten() {
            let path = below.join(entry.file_name());
            if repository().join(&path).is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// A set of one policy file and one directory file.
pub(crate) fn set(policy: &str, directory: &str) -> Project {
    Project::builder().policy("policy.prescope", policy).directory("directory.yaml", directory).build()
}

/// The set ready to be asked; the test ends if there is anything but warnings against it.
pub(crate) fn rules(project: &Project, entries: Entries) -> RuleSet {
    project.rules(entries).expect("no errors")
}

/// Does the same with each thing, on both processors of a small machine; the results in the order of the things.
pub(crate) fn in_parallel<T: Sync, R: Send>(things: &[T], with: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(things.len())));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(thing) = things.get(index) else { break };
                    let result = with(thing);
                    done.lock().unwrap().push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
