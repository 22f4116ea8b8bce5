//! Editing a project: the same project with other texts, and what is to be written of it.

mod apart;

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::find::home;
use super::moved::Moved;
use super::save::{Before, FileChange, SaveError, save};
use super::{Home, Project};
use crate::compile::{People, compile};
use crate::diagnostic::code;
use crate::directory::{self, Address, Amendment, User};
use crate::graph::RuleGraph;
use crate::language::{Diagnostic, FileId, Source, Sources, Span};

impl Project {
    /// The same project with other texts of some files, compiled; None if its directory was built by a program. Nothing
    /// is written: whoever is content with what results calls [`Project::write`]. Files keep their ids.
    #[must_use]
    pub fn with_texts(&self, texts: &BTreeMap<FileId, String>) -> Option<Project> {
        if self.files.built {
            return None;
        }
        let mut sources = Sources::default();
        let mut read = BTreeMap::new();
        for (file, source) in self.own_sources() {
            let before = self.read.get(&file);
            let Some(text) = texts.get(&file) else {
                read.extend(before.map(|before| (file, before.clone())));
                sources.take(source.clone());
                continue;
            };
            let before = before.map_or(source.text(), String::as_str);
            if text != before {
                read.insert(file, before.to_owned());
            }
            sources.add(source.path(), text);
        }
        let of_people = |file: &FileId| self.files.directory.iter().flatten().any(|people| people == file);
        let people = match texts.keys().any(of_people) {
            true => People::in_files(self.files.directory.clone().unwrap_or_default()),
            false => self.set.people(),
        };
        let next = Project::compiled_with(sources, people, self.files.clone());
        let (config, beside) = (self.config.clone(), self.beside.clone());
        let next = Project { config, beside, root: self.root.clone(), ..next };
        Some(Project { home: self.home.clone(), unread: self.unread.clone(), read, ..next })
    }

    /// The same project with changes of what its directory records, in the texts of its files; all of them, or none
    /// with the reasons. It is compiled, and may have errors that it had not before. Nothing is written yet.
    pub fn amended(&self, changes: &[(Address, Vec<Amendment>)]) -> Result<Project, Vec<Diagnostic>> {
        self.with_texts(&self.edited(changes)?).ok_or_else(|| vec![built()])
    }

    /// The set as it would be compiled after changes of what its directory records, without any text being edited; the
    /// errors, if it would have any.
    pub fn supposed(&self, changes: &[(Address, Vec<Amendment>)]) -> Result<Arc<RuleGraph>, Vec<Diagnostic>> {
        let mut directory = self.set.directory.as_deref().cloned().unwrap_or_default();
        directory
            .amend(changes)
            .map_err(|missing| missing.iter().map(directory::not_a_user).collect::<Vec<Diagnostic>>())?;
        let mut sources = Sources::default();
        self.own_sources().for_each(|(_, source)| _ = sources.take(source.clone()));
        let (set, found) = compile(sources, &self.files.policies, directory.into());
        set.graph.ok_or_else(|| found.into_iter().filter(Diagnostic::is_error).collect())
    }

    /// The texts without those of libraries, which come last, and which compiling adds again.
    pub(super) fn own_sources(&self) -> impl Iterator<Item = (FileId, &Source)> {
        let libraries = &self.set.libraries;
        self.set.sources.files().filter(|(file, _)| libraries.iter().all(|library| library.file != *file))
    }

    /// The texts of files after changes of what the directory records; all changes are made, or none with the reasons.
    pub fn edited(&self, changes: &[(Address, Vec<Amendment>)]) -> Result<BTreeMap<FileId, String>, Vec<Diagnostic>> {
        if self.files.built {
            return Err(vec![built()]);
        }
        let directory = self.set.directory.as_ref();
        let users = directory.map(|directory| directory.users.as_slice()).unwrap_or_default();
        let users: HashMap<&Address, &User> = users.iter().map(|user| (&user.address.it, user)).collect();
        let mut by_file: BTreeMap<FileId, Vec<(Address, Vec<Amendment>)>> = BTreeMap::new();
        let mut found = Vec::new();
        let empty = LazyCell::new(|| self.empty_lists());
        for (user, amendments) in changes {
            let Some(user) = users.get(user) else {
                found.push(directory::not_a_user(user));
                continue;
            };
            match self.file_of(user, amendments, &empty) {
                Ok(file) => by_file.entry(file).or_default().push((user.address.it.clone(), amendments.clone())),
                Err(apart) => found.push(*apart),
            }
        }
        let mut texts = BTreeMap::new();
        for (file, changes) in &by_file {
            match directory::amend(*file, self.set.sources.text(*file), changes) {
                Ok(text) => _ = texts.insert(*file, text),
                Err(more) => found.extend(more),
            }
        }
        if found.is_empty() { Ok(texts) } else { Err(found) }
    }

    /// A diagnostic of this project with its places in the texts that were read: nobody has the edited ones. What
    /// stands on a line that an edit made is pointed at where the line is to be.
    #[must_use]
    pub fn on_disk(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        for label in &mut diagnostic.labels {
            let edited = self.set.sources.source(label.span.file);
            let Some(moved) = self.read.get(&label.span.file).map(|read| Moved::between(read, edited.text())) else {
                continue;
            };
            match moved.back(label.span) {
                Some(back) => label.span = back,
                None => {
                    let written = edited.text().get(label.span.start as usize..label.span.end as usize);
                    label.text = format!("`{}` would be written here", written.unwrap_or_default());
                    label.span = moved.put(label.span);
                }
            }
        }
        diagnostic.fix = None;
        diagnostic
    }

    /// A place of this project in the texts that were read, as [`Project::on_disk`] gives it.
    pub fn place_on_disk(&self, span: Span) -> Span {
        let Some(read) = self.read.get(&span.file) else { return span };
        let moved = Moved::between(read, self.set.sources.text(span.file));
        moved.back(span).unwrap_or_else(|| moved.put(span))
    }

    /// The files whose text is not the one that was read, in the order they were read.
    pub fn changed(&self) -> impl Iterator<Item = FileId> {
        self.read.keys().copied()
    }

    /// Writes the files whose text is not the one that was read, all or none: a set with errors is not written, and
    /// none if a file has changed since it was read.
    pub fn write(&self) -> Result<(), SaveError> {
        if self.has_errors() && !self.read.is_empty() {
            return Err(SaveError::Errors);
        }
        self.write_texts(&self.read.keys().map(|file| (*file, self.set.sources.text(*file).to_owned())).collect())
    }

    /// Writes texts of files of the project, all or none, and none if any file of the project has changed since it was
    /// read: what was planned came of all of them. The set they make is not looked at.
    pub fn write_texts(&self, texts: &BTreeMap<FileId, String>) -> Result<(), SaveError> {
        if texts.is_empty() {
            return Ok(());
        }
        let change = |(file, source): (FileId, &Source)| {
            let before = self.read.get(&file).map_or_else(|| source.text(), String::as_str).to_owned();
            let text = texts.get(&file).unwrap_or(&before).clone();
            Some(FileChange {
                path: self.path_on_disk(file)?,
                before: Before::Text(before),
                new: Some(text.into_bytes()),
            })
        };
        let read = self.own_sources().filter(|(file, _)| !self.is_unread(*file));
        let changes: Vec<FileChange> = read.filter_map(change).collect();
        self.save(&changes)
    }

    /// Writes files that belong to the project, whether or not it was read from them, all or none.
    pub fn save(&self, changes: &[FileChange]) -> Result<(), SaveError> {
        let Some(first) = changes.iter().find(|change| change.alters()) else { return Ok(()) };
        match &self.home {
            Home::Nowhere => Ok(()),
            Home::Folder(home) => save(home, changes),
            Home::OfEach => save(&home(&first.path), changes),
        }
    }
}

fn built() -> Diagnostic {
    let message = "the directory was built by a program, and has no file to be edited";
    Diagnostic::new(code::NOT_EDITABLE, message).help("make the change in that program")
}
