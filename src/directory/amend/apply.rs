//! What changes mean, on the value alone. Editing of texts is held against this.

use std::collections::HashMap;

use super::super::{Address, Directory, Entry, User};
use super::Amendment;
use crate::language::{Span, Spanned};

impl Directory {
    /// Makes changes of its users. What is new has the place of the user whom it was added to. If some are not its
    /// users, nothing changes, and these come back.
    pub fn amend(&mut self, changes: &[(Address, Vec<Amendment>)]) -> Result<(), Vec<Address>> {
        let places: HashMap<Address, usize> =
            self.users.iter().enumerate().map(|(index, user)| (user.address.it.clone(), index)).collect();
        let mut missing: Vec<Address> = Vec::new();
        for (user, _) in changes {
            if !places.contains_key(user) && !missing.contains(user) {
                missing.push(user.clone());
            }
        }
        if !missing.is_empty() {
            return Err(missing);
        }
        for (user, amendments) in changes {
            if let Some(user) = places.get(user).and_then(|place| self.users.get_mut(*place)) {
                amendments.iter().for_each(|amendment| user.amend(amendment));
            }
        }
        Ok(())
    }
}

impl User {
    /// Makes one change.
    pub fn amend(&mut self, amendment: &Amendment) {
        let place = self.address.span;
        match amendment {
            Amendment::AddContact(address) => add(self.contacts.get_or_insert_default(), address, place),
            Amendment::RemoveContact(address) => {
                if let Some(contacts) = &mut self.contacts {
                    contacts.retain(|contact| contact.it != *address);
                }
            }
            Amendment::AddEntry { container, entry } => {
                let memberships = self.memberships.get_or_insert_default();
                match memberships.iter_mut().find(|(name, _)| name.it == *container) {
                    Some((_, entries)) => add(entries, entry, place),
                    None => {
                        let entries: Vec<Spanned<Entry>> = vec![Spanned::new(entry.clone(), place)];
                        memberships.push((Spanned::new(container.clone(), place), entries));
                    }
                }
            }
            Amendment::RemoveEntry { container, entry } => {
                let memberships = self.memberships.iter_mut().flatten();
                for (_, entries) in memberships.filter(|(name, _)| name.it == *container) {
                    entries.retain(|recorded| recorded.it != *entry);
                }
            }
            Amendment::SetMode(mode) => self.mode = Some(Spanned::new(mode.clone(), place)),
            Amendment::SetAttribute(name, value) => {
                match self.attributes.iter_mut().find(|(known, _)| known.it == *name) {
                    Some((_, known)) => known.it = value.clone(),
                    None => {
                        self.attributes.push((Spanned::new(name.clone(), place), Spanned::new(value.clone(), place)));
                    }
                }
            }
        }
    }
}

fn add<T: PartialEq + Clone>(list: &mut Vec<Spanned<T>>, item: &T, place: Span) {
    if list.iter().all(|known| known.it != *item) {
        list.push(Spanned::new(item.clone(), place));
    }
}
