//! What the directory says of each user: policies, attributes, presence, lists and entries.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Linking;
use crate::diagnostic::code;
use crate::directory::{self, Address, Directory, Identity, Scalar};
use crate::language::ast::{Name, Role};
use crate::language::{Diagnostic, Span, Spanned};
use crate::model::describe::MIGRATING_TO;
use crate::model::{
    ContactList, Entry, EntryList, Id, ManifestId, Model, ObjectId, ParameterId, PersonId, Said, SiteId, UserId, Value,
};

/// Whom the directory has named so far, without those who are missing. What was read together shares the texts of its
/// addresses, so almost everybody is found without a look at the text.
pub(super) type Met<'d> = FxHashMap<Identity<'d>, PersonId>;

impl Linking {
    /// Fills in every user.
    pub(super) fn users<'d>(&mut self, directory: &'d Directory, mut met: Met<'d>, sharing: Option<&Model>) {
        for user in &directory.users {
            let person = self.listed(&user.address.it, user.address.span, &mut met);
            if let Some(id) = self.model.people[person].user {
                self.user(id, user, &mut met);
                if let Some(other) = sharing.and_then(|other| other.users.get(id)) {
                    self.model.users[id].share_lists(other);
                }
            }
        }
    }

    fn user<'d>(&mut self, id: UserId, user: &'d directory::User, met: &mut Met<'d>) {
        let site = self.site_of(user);
        let objects = self.objects_of(self.model.users[id].person, user, site);
        let overridden = self.shared(objects.iter().map(|applicable| applicable.get(1).copied()));
        let in_effect = self.shared(objects.iter().map(|applicable| applicable.first().copied()));
        let attributes = self.assignments(Role::User, &user.attributes);
        let contacts = self.list(user.contacts.as_deref(), met);
        let delegates = self.list(user.delegates.as_deref(), met);
        let entries = self.entries(user, met);
        let (mode, migrating_to) = user.mode.as_ref().map_or((None, None), |mode| self.mode(mode));
        self.presence_of(id, &user.presence);
        let says = Said { contacts: user.contacts.is_some(), memberships: user.memberships.is_some() };
        let filled = &mut self.model.users[id];
        filled.site = site;
        filled.overridden = overridden;
        filled.objects = in_effect;
        filled.attributes = attributes;
        filled.contacts = ContactList::new(&contacts);
        filled.delegates = delegates;
        filled.entries = EntryList::new(&entries);
        filled.mode = mode;
        filled.migrating_to = migrating_to;
        filled.mode_at = user.mode.as_ref().map(|mode| mode.span);
        filled.says = says;
    }

    /// The same objects as another user's, if there is one with the same.
    fn shared(&mut self, objects: impl Iterator<Item = Option<ObjectId>>) -> Arc<[Option<ObjectId>]> {
        let objects: Arc<[Option<ObjectId>]> = objects.collect();
        match self.shared_objects.get(&objects) {
            Some(shared) => Arc::clone(shared),
            None => {
                self.shared_objects.insert(Arc::clone(&objects));
                objects
            }
        }
    }

    /// The site of the pool, or the one named for somebody without a pool.
    fn site_of(&mut self, user: &directory::User) -> Option<SiteId> {
        let by_pool = user.pool.as_ref().and_then(|pool| {
            let found = self.pools.get(&pool.it.to_lowercase()).copied();
            if found.is_none() {
                let near = self.guesses.nearest("pool", &pool.it, self.pools.keys().map(String::as_str));
                self.sink.push(
                    Diagnostic::new(code::UNKNOWN_POOL, format!("no site lists the pool `{}`", pool.it))
                        .at(pool.span, "")
                        .help("list the pool at its site, under `sites`")
                        .suggest(near),
                );
            }
            found
        });
        let Some(name) = &user.site else { return by_pool };
        let named = self.model.names.sites.expect(name, code::UNKNOWN_SITE, &mut self.sink);
        if let (Some(pool), Some(by_pool)) = (&user.pool, by_pool)
            && named.is_some_and(|named| named != by_pool)
        {
            let site = &self.model.sites[by_pool].name;
            self.sink.push(
                Diagnostic::new(code::BAD_VALUE, "the pool and the site of this user disagree")
                    .at(name.span, "names another site")
                    .at(pool.span, format!("this pool is at `{site}`"))
                    .help("leave `site` out: the site of a pool counts"),
            );
        }
        by_pool.or(named)
    }

    /// Attributes as the directory sets them; sorted, and only those that differ from the default.
    pub(super) fn assignments(
        &mut self,
        role: Role,
        written: &[(Name, Spanned<Scalar>)],
    ) -> Vec<(ParameterId, Value, Span)> {
        let mut values = Vec::new();
        for (name, scalar) in written {
            let Some(names) = self.model.names.attributes.get(&role) else { continue };
            let Some(id) = names.expect(name, code::UNKNOWN_SETTING, &mut self.sink) else { continue };
            let kind = self.model.parameters[id].kind.clone();
            if let Some(value) = self.scalar(&kind, scalar) {
                values.push((id, value, scalar.span));
            }
        }
        values.sort_unstable_by_key(|(id, _, _)| *id);
        values
    }

    fn presence_of(&mut self, user: UserId, written: &[(Name, Spanned<Scalar>)]) {
        for (name, scalar) in written {
            let Some(field) = self.dotted_field(name) else { continue };
            match self.model.fields[field].kind.clone() {
                Some(kind) => {
                    if let Some(value) = self.scalar(&kind, scalar) {
                        self.model.users[user].presence.push((field, value, scalar.span));
                    }
                }
                None => {
                    let text = match &scalar.it {
                        Scalar::Bool(truth) => truth.to_string(),
                        Scalar::Integer(number) => number.to_string(),
                        Scalar::Text(text) => text.clone(),
                        Scalar::Blank => continue,
                    };
                    self.model.users[user].texts.push((field, text));
                }
            }
        }
        self.model.users[user].presence.sort_unstable_by_key(|(field, _, _)| *field);
        self.model.users[user].texts.sort();
    }

    /// `category.field`, as keys of presence are written.
    pub(super) fn dotted_field(&mut self, name: &Name) -> Option<crate::model::FieldId> {
        let Some((category, field)) = name.it.split_once('.') else {
            self.sink.push(
                Diagnostic::new(code::UNKNOWN_FIELD, format!("`{}` names no field", name.it))
                    .at(name.span, "")
                    .help("write category and field, as in `state.availability`"),
            );
            return None;
        };
        let category = self.named_category(&Name::new(category.to_owned(), name.span))?;
        self.field(category, &Name::new(field.to_owned(), name.span))
    }

    /// The manifest whose shape the entries have, or to whose shape they are on their way: `NAME`, `migrating_to_NAME`.
    fn mode(&mut self, mode: &Name) -> (Option<ManifestId>, Option<ManifestId>) {
        let manifests = &self.model.names.manifests;
        if let Some(shape) = manifests.find(&mode.it) {
            return (Some(shape), None);
        }
        let towards = mode.it.strip_prefix(MIGRATING_TO).and_then(|name| manifests.find(name));
        if towards.is_none() {
            self.sink.push(manifests.unknown(mode, code::UNKNOWN_MANIFEST));
        }
        (None, towards)
    }

    /// Who has an address that a list names.
    fn listed<'d>(&mut self, address: &'d Address, span: Span, met: &mut Met<'d>) -> PersonId {
        if let Some(person) = met.get(&address.identity()) {
            return *person;
        }
        let person = self.mentioned(address, span);
        if !self.is_missing(person) {
            met.insert(address.identity(), person);
        }
        person
    }

    /// Whoever is listed, each once with the first place, sorted.
    fn list<'d>(&mut self, listed: Option<&'d [Spanned<Address>]>, met: &mut Met<'d>) -> Vec<(PersonId, Span)> {
        let listed = listed.unwrap_or_default();
        // One number for person and position is sorted faster than people with places are.
        let mut order: Vec<u64> = Vec::with_capacity(listed.len());
        for (position, address) in listed.iter().enumerate() {
            let person = self.listed(&address.it, address.span, met);
            order.push((person.index() as u64) << 32 | position as u64);
        }
        order.sort_unstable();
        order.dedup_by_key(|number| *number >> 32);
        let person = |number: u64| PersonId::from_index((number >> 32) as usize);
        let place = |number: u64| listed[number as u32 as usize].span;
        order.into_iter().map(|number| (person(number), place(number))).collect()
    }

    fn entries<'d>(
        &mut self,
        user: &'d directory::User,
        met: &mut Met<'d>,
    ) -> Vec<(crate::model::ContainerId, Entry, Span)> {
        let memberships = user.memberships.as_deref().unwrap_or_default();
        let mut entries = Vec::with_capacity(memberships.iter().map(|(_, written)| written.len()).sum());
        let mut seen = std::mem::take(&mut self.seen);
        seen.clear();
        for (name, written) in memberships {
            let Some(container) = self.container_by_name_or_number(name) else { continue };
            if self.model.containers[container].number == 0 {
                let place = written.first().map_or(name.span, |entry| entry.span);
                self.sink.push(
                    Diagnostic::new(code::ENTRY_IN_FALLBACK, "container 0 has no entries of its own")
                        .at(place, "")
                        .help("it answers when nothing else matches; put the entry into another container")
                        .because(name.it.as_str()),
                );
                continue;
            }
            for entry in written {
                let Some(linked) = self.recorded_entry(entry, met) else { continue };
                // Reading finds doubles under one key; this finds them under a container's name and its number.
                if let Some(first) = seen.insert((container, linked), entry.span) {
                    seen.insert((container, linked), first);
                    let name = &self.model.containers[container].declared.name;
                    let message = format!("the same entry twice in `{name}`");
                    self.sink.push(
                        Diagnostic::new(code::DUPLICATE_ENTRY, message)
                            .at(entry.span, "again here")
                            .at(first, "first here")
                            .help("remove one of them"),
                    );
                    continue;
                }
                entries.push((container, linked, entry.span));
            }
        }
        self.seen = seen;
        entries
    }

    /// A container as the directory writes it: by name, or by number.
    fn container_by_name_or_number(&mut self, name: &Name) -> Option<crate::model::ContainerId> {
        let number: Option<u32> = name.it.parse().ok();
        let by_number = number.and_then(|number| {
            self.model.containers.iter().find(|(_, container)| container.number == number).map(|(id, _)| id)
        });
        by_number.or_else(|| self.container(name))
    }

    fn recorded_entry<'d>(&mut self, entry: &'d Spanned<directory::Entry>, met: &mut Met<'d>) -> Option<Entry> {
        Some(match &entry.it {
            directory::Entry::User(address) => Entry::Person(self.listed(address, entry.span, met)),
            directory::Entry::Group(name) => {
                let name = Name::new(name.clone(), entry.span);
                Entry::Group(self.group_entry(&name)?)
            }
            directory::Entry::Domain(domain) => Entry::Domain(self.domain(domain)),
            directory::Entry::SameEnterprise => Entry::SameEnterprise,
            directory::Entry::Federated => Entry::Federated,
            directory::Entry::PublicCloud => Entry::PublicCloud,
            directory::Entry::Authenticated => Entry::Authenticated,
            directory::Entry::Everyone => Entry::Everyone,
        })
    }
}
