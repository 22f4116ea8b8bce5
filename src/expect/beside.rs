//! What lies beside the policy files of a set: directories that its tests name, and explanations that they keep.
//! Whoever reads files fills it in.

use indexmap::IndexMap;

use super::reason::Reasons;
use crate::directory::Directory;
use crate::language::ast::{Given, ItemKind, Name, TestItem};
use crate::language::{Diagnostic, FileId, Parsed};

/// What lies beside the policy files.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The directory of each `given "file.yaml"`, by the policy file that says so and the name as written.
    pub directories: IndexMap<(FileId, String), Named>,
    /// The explanations kept for each policy file.
    pub reasons: IndexMap<FileId, Reasons>,
}

/// A directory that a test names.
#[derive(Clone, Debug)]
pub struct Named {
    /// What could be read of it.
    pub directory: Directory,
    /// What is wrong with it.
    pub found: Vec<Diagnostic>,
}

impl Beside {
    /// The names of directories in the tests of these files, each with its file and once.
    pub fn named(own: &[Parsed]) -> Vec<(FileId, &Name)> {
        let mut named: Vec<(FileId, &Name)> = Vec::new();
        for file in own {
            let tests = file.items.iter().filter_map(|item| match &item.kind {
                ItemKind::Test(test) => Some(test),
                _ => None,
            });
            for line in tests.flat_map(|test| &test.items) {
                if let TestItem::Given(Given::Directory(name)) = &line.it
                    && !named.iter().any(|(of, known)| *of == file.file && known.it == name.it)
                {
                    named.push((file.file, name));
                }
            }
        }
        named
    }
}
