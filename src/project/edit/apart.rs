//! What stands apart: users and lists in files that programs write, which nobody edits here.

use std::collections::HashMap;
use std::ops::Deref;

use super::super::Project;
use crate::diagnostic::code;
use crate::directory::{self, Address, Amendment, FileKind, User};
use crate::language::{Diagnostic, FileId, Span};

/// Where tables say that lists are empty: these have no item that knows its place.
#[derive(Default)]
pub(super) struct EmptyLists {
    contacts: HashMap<Address, Span>,
    memberships: HashMap<Address, Span>,
}

impl Project {
    pub(super) fn empty_lists(&self) -> EmptyLists {
        let mut empty = EmptyLists::default();
        let is_table = |file: &FileId| FileKind::guess(self.set.sources.path(*file)) == FileKind::Table;
        for file in self.files.directory.iter().flatten().copied().filter(is_table) {
            for list in directory::read(file, FileKind::Table, self.set.sources.text(file)).0.lists {
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

    /// The file that amendments of a user are made in: that of the user. What stands elsewhere comes from a program
    /// that writes lines or tables, and would come back with its next export.
    pub(super) fn file_of(
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
        let is_edited =
            |span: &Span| span.file == home.file && FileKind::guess(self.set.sources.path(span.file)) == FileKind::Yaml;
        let mut places = std::iter::once(home).chain(amendments.iter().filter_map(touched));
        match places.find(|span| !is_edited(span)) {
            None => Ok(home.file),
            Some(apart) => {
                let what = if FileKind::guess(self.set.sources.path(apart.file)) == FileKind::Lines {
                    "a line of JSON"
                } else {
                    "a table"
                };
                let message = format!("what {what} says of `{}` is not edited", user.address.it);
                let help =
                    "change it in the program that writes that file, or keep the user with all lists in a YAML file";
                Err(Box::new(Diagnostic::new(code::NOT_EDITABLE, message).at(apart, "").help(help)))
            }
        }
    }
}
