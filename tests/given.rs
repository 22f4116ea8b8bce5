//! What tests start from: the files of the repository, and sets made of texts.

use std::path::Path;

use prescope::project::Project;
use prescope::report::finding;
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

/// A set of one policy file and one directory file.
pub(crate) fn set(policy: &str, directory: &str) -> Project {
    let file = |path: &str, text: &str| [(path.to_owned(), text.to_owned())];
    Project::from_sources(file("policy.prescope", policy), file("directory.yaml", directory))
}

/// The set ready to be asked; the test ends if there is anything but warnings against it.
pub(crate) fn rules(project: &Project, entries: Entries) -> RuleSet {
    let errors = || finding::plain(project.sources(), project.diagnostics());
    project.rules(entries).unwrap_or_else(|| panic!("a set with errors:\n{}", errors()))
}
