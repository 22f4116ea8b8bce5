//! Editing a project: the same project with other texts, and what is to be written of it.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;

use super::Project;
use super::save::{Before, Change, SaveError, save};
use crate::diagnostic::{Code, Diagnostic};
use crate::directory::{self, Address, Amendment, Kind, User};
use crate::text::{FileId, Sources, Span};

/// Where tables say that lists are empty: these have no item that knows its place.
#[derive(Default)]
struct EmptyLists {
    contacts: HashMap<Address, Span>,
    memberships: HashMap<Address, Span>,
}

impl Project {
    /// The same project with other texts of some files, compiled; None if its directory was built by a program. Nothing is
    /// written: whoever is content with what results calls [`Project::write`]. Files keep their ids.
    #[must_use]
    pub fn with_texts(&self, texts: &BTreeMap<FileId, String>) -> Option<Project> {
        if self.files.built {
            return None;
        }
        let mut sources = Sources::default();
        let mut read = BTreeMap::new();
        for (file, source) in self.sources.files() {
            // The texts of libraries come last, and compiling adds them again.
            if self.compiled.libraries.iter().any(|library| library.file == file) {
                continue;
            }
            let before = self.read.get(&file).map_or(source.text(), String::as_str);
            let text = texts.get(&file).map_or(source.text(), String::as_str);
            if text != before {
                read.insert(file, before.to_owned());
            }
            sources.add(source.path(), text);
        }
        let next = Project::compiled(sources, self.files.clone(), self.config.clone(), self.root.clone());
        Some(Project { home: self.home.clone(), read, ..next })
    }

    /// The same project with changes of what its directory records, in the texts of its files; all of them, or none with
    /// the reasons. It is compiled, and may have errors that it had not before. Nothing is written yet.
    pub fn amended(&self, changes: &[(Address, Vec<Amendment>)]) -> Result<Project, Vec<Diagnostic>> {
        let directory = self.compiled.directory.as_ref();
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
            match directory::amend(*file, self.sources.text(*file), changes) {
                Ok(text) => _ = texts.insert(*file, text),
                Err(more) => found.extend(more),
            }
        }
        if !found.is_empty() {
            return Err(found);
        }
        self.with_texts(&texts).ok_or_else(|| {
            let message = "the directory was built by a program, and has no file to be edited";
            vec![Diagnostic::new(Code::NOT_EDITABLE, message).help("make the change in that program")]
        })
    }

    fn empty_lists(&self) -> EmptyLists {
        let mut empty = EmptyLists::default();
        let is_table = |path: &str| Kind::of(path) == Kind::Table;
        for (file, source) in self.sources.files().filter(|(_, source)| is_table(source.path())) {
            for list in directory::read(file, Kind::Table, source.text()).0.lists {
                if list.contacts.is_some_and(|it| it.is_empty()) {
                    empty.contacts.insert(list.address.it.clone(), list.address.span);
                }
                if list.memberships.is_some_and(|it| it.is_empty()) {
                    empty.memberships.insert(list.address.it, list.address.span);
                }
            }
        }
        empty
    }

    /// The file that amendments of a user are made in: that of the user. What stands elsewhere comes from a program that
    /// writes lines or tables, and would come back with its next export.
    fn file_of(
        &self,
        user: &User,
        amendments: &[Amendment],
        empty: &impl Deref<Target = EmptyLists>,
    ) -> Result<FileId, Box<Diagnostic>> {
        let (home, address) = (user.address.span, &user.address.it);
        let contacts = || match user.contacts.as_deref() {
            Some([]) => empty.contacts.get(address).copied(),
            listed => listed.unwrap_or_default().first().map(|contact| contact.span),
        };
        let containers = || match user.memberships.as_deref() {
            Some([]) => empty.memberships.get(address).copied(),
            listed => listed.unwrap_or_default().first().map(|(container, _)| container.span),
        };
        let touched = |amendment: &Amendment| match amendment {
            Amendment::AddContact(_) | Amendment::RemoveContact(_) => contacts(),
            Amendment::AddEntry { .. } | Amendment::RemoveEntry { .. } => containers(),
            Amendment::SetMode(_) | Amendment::SetAttribute(..) => None,
        };
        let is_edited = |span: &Span| span.file == home.file && Kind::of(self.sources.path(span.file)) == Kind::Yaml;
        let mut places = std::iter::once(home).chain(amendments.iter().filter_map(touched));
        match places.find(|span| !is_edited(span)) {
            None => Ok(home.file),
            Some(apart) => {
                let what =
                    if Kind::of(self.sources.path(apart.file)) == Kind::Lines { "a line of JSON" } else { "a table" };
                let message = format!("what {what} says of `{}` is not edited", user.address.it);
                let help =
                    "change it in the program that writes that file, or keep the user with all lists in a YAML file";
                Err(Box::new(Diagnostic::new(Code::NOT_EDITABLE, message).at(apart, "").help(help)))
            }
        }
    }

    /// The files whose text is not the one that was read, in the order they were read.
    pub fn changed(&self) -> impl Iterator<Item = FileId> {
        self.read.keys().copied()
    }

    /// Writes the files whose text is not the one that was read, all or none: a set with errors is not written, and none
    /// if a file has changed since it was read.
    pub fn write(&self) -> Result<(), SaveError> {
        if self.has_errors() && !self.read.is_empty() {
            return Err(SaveError::Errors);
        }
        let change = |(file, before): (&FileId, &String)| {
            let text = self.sources.text(*file).to_owned();
            Some(Change { path: self.path_on_disk(*file)?, before: Before::Text(before.clone()), text: Some(text) })
        };
        let changes: Vec<Change> = self.read.iter().filter_map(change).collect();
        self.save(&changes)
    }

    /// Writes files that belong to the project, whether or not it was read from them, all or none.
    pub fn save(&self, changes: &[Change]) -> Result<(), SaveError> {
        match &self.home {
            Some(home) if !changes.is_empty() => save(home, changes),
            _ => Ok(()),
        }
    }
}
