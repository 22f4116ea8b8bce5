//! One user of a directory under construction.

use crate::directory::entry::parse_address;
use crate::directory::{Address, Entry, Malformed, Scalar, User};
use crate::language::Spanned;

use super::{add, named, placed, put};

/// One user of a [`DirectoryBuilder`](super::DirectoryBuilder).
#[derive(Debug)]
pub struct UserBuilder<'a> {
    pub(super) user: &'a mut User,
}

impl UserBuilder<'_> {
    /// Says the person's name.
    pub fn name(&mut self, name: &str) -> &mut Self {
        self.user.name = Some(named(name));
        self
    }

    /// Says the pool, and so the site.
    pub fn pool(&mut self, pool: &str) -> &mut Self {
        self.user.pool = Some(named(pool));
        self
    }

    /// Says the site of somebody without a pool.
    pub fn site(&mut self, site: &str) -> &mut Self {
        self.user.site = Some(named(site));
        self
    }

    /// Says where the client is.
    pub fn network_site(&mut self, network_site: &str) -> &mut Self {
        self.user.network_site = Some(named(network_site));
        self
    }

    /// Grants the policy of a settings class with this tag.
    pub fn policy(&mut self, class: &str, tag: &str) -> &mut Self {
        let tag = named(tag);
        let same = |known: &str| known.eq_ignore_ascii_case(class);
        put(&mut self.user.policies, class, same, tag);
        self
    }

    /// Sets an attribute.
    pub fn attribute(&mut self, name: &str, value: impl Into<Scalar>) -> &mut Self {
        let value = placed(value.into());
        put(&mut self.user.attributes, name, |known| known == name, value);
        self
    }

    /// Names the manifest whose shape the recorded memberships have.
    pub fn mode(&mut self, manifest: &str) -> &mut Self {
        self.user.mode = Some(named(manifest));
        self
    }

    /// Adds a contact.
    pub fn contact(&mut self, address: &str) -> Result<&mut Self, Malformed> {
        add(self.user.contacts.get_or_insert_default(), parse_address(address)?);
        Ok(self)
    }

    /// Says that the contact list is known, even if no contact follows.
    pub fn known_contacts(&mut self) -> &mut Self {
        self.user.contacts.get_or_insert_default();
        self
    }

    /// Adds a delegate.
    pub fn delegate(&mut self, address: &str) -> Result<&mut Self, Malformed> {
        add(self.user.delegates.get_or_insert_default(), parse_address(address)?);
        Ok(self)
    }

    /// Says that the delegate list is known, even if no delegate follows.
    pub fn known_delegates(&mut self) -> &mut Self {
        self.user.delegates.get_or_insert_default();
        self
    }

    /// Records an entry in a container, written as in a directory file: `user:anna@contoso.com`, `federated`.
    pub fn entry(&mut self, container: &str, entry: &str) -> Result<&mut Self, Malformed> {
        Ok(self.typed_entry(container, Entry::parse(entry)?))
    }

    /// Records an entry in a container.
    pub fn typed_entry(&mut self, container: &str, entry: Entry) -> &mut Self {
        let memberships = self.user.memberships.get_or_insert_default();
        match memberships.iter_mut().find(|(known, _)| known.it == container) {
            Some((_, entries)) => add(entries, entry),
            None => memberships.push((named(container), vec![placed(entry)])),
        }
        self
    }

    /// Says that the entries are known, even if no entry follows.
    pub fn known_entries(&mut self) -> &mut Self {
        self.user.memberships.get_or_insert_default();
        self
    }

    /// Sets the presence of a field, named `category.field`.
    pub fn presence(&mut self, field: &str, value: impl Into<Scalar>) -> &mut Self {
        let value = placed(value.into());
        put(&mut self.user.presence, field, |known| known == field, value);
        self
    }
}

impl User {
    /// A user of whom nothing is said.
    pub fn new(address: Spanned<Address>) -> User {
        User {
            address,
            name: None,
            pool: None,
            site: None,
            network_site: None,
            policies: Vec::new(),
            attributes: Vec::new(),
            mode: None,
            contacts: None,
            delegates: None,
            memberships: None,
            presence: Vec::new(),
        }
    }
}
