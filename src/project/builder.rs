//! A project of texts and directories that a program has.

use super::{Files, Project};
use crate::compile::People;
use crate::directory::Directory;
use crate::language::{FileId, Sources};

/// Builds a [`Project`] from what a program has: texts, each with the path that messages show, and directories made by
/// a [`DirectoryBuilder`](crate::DirectoryBuilder).
///
/// Without any directory, only the policies are looked at. Several directories are merged into one. Whatever is wrong
/// with the texts is among the project's diagnostics. Files that only a test names are not read. Once a directory is
/// added with [`people`](ProjectBuilder::people), changes of the project are refused: prescope cannot build that
/// directory again.
///
/// ```
/// use prescope::{DirectoryBuilder, Project};
///
/// // The organisation is a file; its people are in a database.
/// let mut people = DirectoryBuilder::new();
/// people.user("anna@contoso.com")?.contact("kim@fabrikam.com")?;
///
/// let project = Project::builder()
///     .policy("policy.prescope", "use std/lync2013")
///     .directory("organization.yaml", "organization: { domains: [contoso.com] }")
///     .people(people.build())
///     .build();
/// assert!(project.diagnostics().is_empty());
/// # Ok::<(), prescope::Malformed>(())
/// ```
#[derive(Clone, Default, Debug)]
#[must_use]
pub struct ProjectBuilder {
    sources: Sources,
    policies: Vec<FileId>,
    people: People,
}

impl ProjectBuilder {
    /// Adds a policy file.
    pub fn policy(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.policies.push(self.sources.add(path, text));
        self
    }

    /// Adds several policy files, each a path and a text.
    pub fn policies<P: Into<String>, T: Into<String>>(self, files: impl IntoIterator<Item = (P, T)>) -> Self {
        files.into_iter().fold(self, |builder, (path, text)| builder.policy(path, text))
    }

    /// Adds a file of the directory. It is read by the end of its path: `.ndjson` and `.jsonl` as lines of JSON, `.csv`
    /// and `.tsv` as a table, everything else as YAML.
    pub fn directory(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        let file = self.sources.add(path, text);
        self.people.files.get_or_insert_default().push(file);
        self
    }

    /// Adds several files of the directory, each a path and a text.
    pub fn directories<P: Into<String>, T: Into<String>>(self, files: impl IntoIterator<Item = (P, T)>) -> Self {
        files.into_iter().fold(self, |builder, (path, text)| builder.directory(path, text))
    }

    /// Adds a directory that a program has built.
    pub fn people(mut self, directory: Directory) -> Self {
        self.people.built.push(directory);
        self
    }

    /// Compiles the project.
    #[must_use]
    pub fn build(self) -> Project {
        let ProjectBuilder { sources, policies, people } = self;
        let directory = people.files.clone();
        let files = Files { policies, directory, built: !people.built.is_empty(), ..Files::default() };
        Project::compiled_with(sources, people, files)
    }
}
