//! A directory under new names.

use std::sync::Arc;

use super::NewNames;
use crate::directory::{Address, Directory, Entry, Lists, Meeting, Member, Name, User};
use crate::language::Spanned;

/// A list of people; None where nobody says.
type Listed = Option<Vec<Spanned<Address>>>;
/// Entries by container; None where nobody says.
type Entries = Option<Vec<(Name, Vec<Spanned<Entry>>)>>;

impl NewNames<'_> {
    /// The directory under the new names: the same one if it has none of the old ones, so that both sides can share it.
    pub(super) fn directory(&self, directory: &Arc<Directory>) -> Arc<Directory> {
        if self.spares_directories() {
            return Arc::clone(directory);
        }
        let mut renamed = Directory::clone(directory);
        renamed.users.iter_mut().for_each(|user| self.user(user));
        renamed.meetings.iter_mut().for_each(|meeting| self.meeting(meeting));
        for group in &mut renamed.groups {
            put(&mut group.name.it, |it| self.group(it));
            for member in &mut group.members {
                match &mut member.it {
                    Member::Person(address) => self.somebody(address),
                    Member::Group(group) => put(group, |it| self.group(it)),
                }
            }
        }
        for Lists { address, contacts, delegates, memberships } in &mut renamed.lists {
            self.somebody(&mut address.it);
            self.listed(contacts);
            self.listed(delegates);
            self.entries(memberships);
        }
        if renamed == **directory { Arc::clone(directory) } else { Arc::new(renamed) }
    }

    fn user(&self, user: &mut User) {
        self.somebody(&mut user.address.it);
        self.listed(&mut user.contacts);
        self.listed(&mut user.delegates);
        self.entries(&mut user.memberships);
        user.presence.iter_mut().for_each(|(field, _)| put(&mut field.it, |it| self.dotted(it)));
    }

    fn meeting(&self, meeting: &mut Meeting) {
        self.somebody(&mut meeting.organizer.it);
        meeting.participants.iter_mut().filter_map(|(who, _)| who.it.as_mut()).for_each(|who| self.somebody(who));
    }

    fn somebody(&self, address: &mut Address) {
        if let Some(new) = self.address(address) {
            address.clone_from(new);
        }
    }

    fn listed(&self, list: &mut Listed) {
        list.iter_mut().flatten().for_each(|address| self.somebody(&mut address.it));
    }

    fn entries(&self, entries: &mut Entries) {
        for (container, entries) in entries.iter_mut().flatten() {
            put(&mut container.it, |it| self.container(it));
            for entry in entries {
                match &mut entry.it {
                    Entry::User(address) => self.somebody(address),
                    Entry::Group(group) => put(group, |it| self.group(it)),
                    Entry::Domain(_)
                    | Entry::SameEnterprise
                    | Entry::Federated
                    | Entry::PublicCloud
                    | Entry::Authenticated
                    | Entry::Everyone => {}
                }
            }
        }
    }
}

fn put(name: &mut String, new: impl FnOnce(&str) -> Option<String>) {
    if let Some(new) = new(name) {
        *name = new;
    }
}
