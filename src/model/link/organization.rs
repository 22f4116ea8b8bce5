//! Domains, sites, pools, groups, and everybody who is named anywhere.

use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use super::Linking;
use super::user::Met;
use crate::diagnostic::code;
use crate::directory::{Address, Directory, Domain, Member};
use crate::language::ast::Name;
use crate::language::{Diagnostic, Span, Spanned};
use crate::model::{
    ContactList, DomainId, EntryList, Group, GroupId, Model, NamedDomain, Network, Organization, Person, PersonId,
    Site, SiteId, User,
};

impl Linking {
    /// The organisation's domains, its federation, its sites and pools.
    pub(super) fn organization(&mut self, directory: &Directory) {
        self.model.organization = Organization {
            open: directory.open.as_ref().is_some_and(|open| open.it),
            open_at: directory.open.as_ref().map(|open| open.span),
            hosting: directory.hosting.as_ref().map(|name| name.it.clone()).filter(|name| name != "on_premises"),
        };
        let lists = [
            (&directory.domains, Network::SameEnterprise),
            (&directory.public_cloud, Network::PublicCloud),
            (&directory.partners, Network::Federated),
        ];
        for (domains, network) in lists {
            for domain in domains {
                if !self.model.names.domains.contains_key(&domain.it) {
                    self.declare_domain(&domain.it, network, Some(domain.span));
                }
            }
        }
        directory.blocked.iter().for_each(|domain| self.block_domain(domain));
        for site in &directory.sites {
            let id = Self::next(&self.model.sites);
            if self.model.names.sites.declare(&site.name, id, &mut self.sink) {
                self.model.sites.push(Site { name: site.name.it.clone(), span: site.name.span });
            }
            for pool in &site.pools {
                self.declare_pool(pool, id);
            }
        }
    }

    /// Whoever and whatever another set names, in its order.
    pub(super) fn names_of(&mut self, other: &Model) {
        other.domains.values().for_each(|domain| _ = self.domain(&domain.name));
        other.people.values().for_each(|person| _ = self.person(&person.address));
        if !self.has_directory {
            other.groups.values().for_each(|group| _ = self.group(&Name::new(group.name.clone(), group.span)));
            other.sites.values().for_each(|site| _ = self.site(&Name::new(site.name.clone(), site.span)));
        }
    }

    /// A blocked domain. One that another list names as well would be both let in and kept out.
    fn block_domain(&mut self, domain: &Spanned<Domain>) {
        let Some(id) = self.model.names.domains.get(&domain.it).copied() else {
            self.declare_domain(&domain.it, Network::Other, Some(domain.span));
            return;
        };
        let NamedDomain { network, listed, .. } = self.model.domains[id];
        let (Some(listed), false) = (listed, network == Network::Other) else { return };
        let listed_as = match network {
            Network::SameEnterprise => "a domain of the organisation",
            Network::PublicCloud => "a public cloud",
            Network::Federated | Network::Other => "a partner",
        };
        self.sink.push(
            Diagnostic::new(code::BLOCKED_DOMAIN, format!("`{}` is {listed_as}, and blocked too", domain.it))
                .at(domain.span, "blocked here")
                .at(listed, format!("{listed_as} here"))
                .help("remove it from one of the two lists")
                .because(domain.it.to_string()),
        );
    }

    fn declare_pool(&mut self, pool: &Name, site: SiteId) {
        let key = pool.it.to_lowercase();
        match self.pools.get(&key) {
            Some(first) if *first != site => {
                let other = self.model.sites[*first].span;
                self.sink.push(
                    Diagnostic::new(code::DUPLICATE_NAME, format!("two sites list the pool `{}`", pool.it))
                        .at(pool.span, "again here")
                        .at(other, "this site lists it too")
                        .help("a pool stands at one site"),
                );
            }
            _ => {
                self.pools.insert(key, site);
            }
        }
    }

    fn declare_domain(&mut self, name: &Domain, network: Network, listed: Option<Span>) -> DomainId {
        let domain = NamedDomain { name: name.clone(), network, listed, above: None };
        let id = self.model.domains.push(domain);
        self.model.names.domains.insert(name.clone(), id);
        id
    }

    /// The id of a domain, named now if it was not before.
    pub(super) fn domain(&mut self, name: &Domain) -> DomainId {
        match self.model.names.domains.get(name) {
            Some(id) => *id,
            None => self.declare_domain(name, self.model.network_of(name), None),
        }
    }

    /// The id of an address, named now if it was not before.
    pub(super) fn person(&mut self, address: &Address) -> PersonId {
        if let Some(id) = self.model.person(address.as_str()) {
            return id;
        }
        let domain = self.domain(&address.domain());
        let network = self.model.domains[domain].network;
        // Apart from the directory: the addresses of a model are looked up all the time, so they should lie together,
        // and not each among the lists that mention it first.
        let id = self.model.people.push(Person { address: address.apart(), domain, network, user: None });
        self.model.names.people.add(id, address);
        id
    }

    /// The id of an address that a directory or policy mentions; a warning if the organisation ought to know it.
    pub(super) fn mentioned(&mut self, address: &Address, span: Span) -> PersonId {
        let id = self.person(address);
        if self.is_missing(id) {
            let near = self.guesses.nearest("user", address.as_str(), self.model.user_addresses());
            let message = format!("`{address}` is an address of the organisation, but nobody has it");
            self.sink.push(
                Diagnostic::new(code::UNKNOWN_USER, message)
                    .at(span, "not among the users")
                    .help("add the user, or correct the address")
                    .suggest(near)
                    .because(address.as_str()),
            );
        }
        id
    }

    /// True for an address of the organisation that no user has.
    pub(super) fn is_missing(&self, person: PersonId) -> bool {
        let person = &self.model.people[person];
        person.user.is_none() && self.model.domains[person.domain].network == Network::SameEnterprise
    }

    /// Users and groups by name, so that everything else can refer to them. Whom it has met are the users.
    pub(super) fn declare_people<'d>(&mut self, directory: &'d Directory) -> Met<'d> {
        let mut met = Met::with_capacity_and_hasher(directory.users.len(), FxBuildHasher);
        for user in &directory.users {
            let person = self.person(&user.address.it);
            met.insert(user.address.it.identity(), person);
            if self.model.people[person].user.is_some() {
                continue; // merging has reported it
            }
            if self.model.domains[self.model.people[person].domain].network != Network::SameEnterprise {
                self.sink.push(
                    Diagnostic::new(
                        code::OUTSIDE_USER,
                        format!("`{}` is not in a domain of the organisation", user.address.it),
                    )
                    .at(user.address.span, "a user is a person of the organisation")
                    .help(format!("add `{}` to the domains of the organisation", user.address.it.domain()))
                    .because(user.address.it.domain().to_string()),
                );
            }
            let id = self.model.users.push(User {
                person,
                name: user.name.as_ref().map(|name| name.it.clone()),
                span: user.address.span,
                site: None,
                objects: Arc::default(),
                overridden: Arc::default(),
                attributes: Vec::new(),
                presence: Vec::new(),
                texts: Vec::new(),
                mode: None,
                migrating_to: None,
                mode_at: None,
                contacts: ContactList::default(),
                delegates: Vec::new(),
                entries: EntryList::default(),
                says: crate::model::Said::default(),
            });
            self.model.people[person].user = Some(id);
        }
        for group in &directory.groups {
            let id = Self::next(&self.model.groups);
            if self.model.names.groups.declare(&group.name, id, &mut self.sink) {
                self.push_group(&group.name);
            }
        }
        for group in &directory.groups {
            let Some(id) = self.model.names.groups.find(&group.name.it) else { continue };
            for member in &group.members {
                self.group_member(id, member);
            }
        }
        met
    }

    fn push_group(&mut self, name: &Name) -> GroupId {
        self.model.groups.push(Group { name: name.it.clone(), span: name.span, groups: Vec::new(), people: Vec::new() })
    }

    fn group_member(&mut self, group: GroupId, member: &Spanned<Member>) {
        match &member.it {
            Member::Person(address) => {
                let person = self.mentioned(address, member.span);
                self.model.groups[group].people.push((person, member.span));
            }
            Member::Group(name) => {
                let name = Name::new(name.clone(), member.span);
                if let Some(inner) = self.group_entry(&name) {
                    self.model.groups[group].groups.push((inner, member.span));
                }
            }
        }
    }

    /// A group by its entry in a directory, `group:NAME`, whose place is that of the whole entry.
    pub(super) fn group_entry(&mut self, name: &Name) -> Option<GroupId> {
        if !self.has_directory || self.model.names.groups.find(&name.it).is_some() {
            return self.group(name);
        }
        let mut unknown = self.model.names.groups.unknown(name, code::UNKNOWN_GROUP);
        for edit in unknown.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.text.insert_str(0, "group:");
        }
        self.sink.push(unknown);
        None
    }

    /// A group by name. In a set without directory every group that is named exists and is empty.
    pub(super) fn group(&mut self, name: &Name) -> Option<GroupId> {
        if let Some(group) = self.model.names.groups.find(&name.it) {
            return Some(group);
        }
        if self.has_directory {
            self.sink.push(self.model.names.groups.unknown(name, code::UNKNOWN_GROUP));
            return None;
        }
        let id = Self::next(&self.model.groups);
        self.model.names.groups.declare(name, id, &mut self.sink);
        self.push_group(name);
        Some(id)
    }

    /// A site by name. In a set without directory every site that is named exists.
    pub(super) fn site(&mut self, name: &Name) -> Option<SiteId> {
        if let Some(site) = self.model.names.sites.find(&name.it) {
            return Some(site);
        }
        if self.has_directory {
            return None;
        }
        let id = Self::next(&self.model.sites);
        self.model.names.sites.declare(name, id, &mut self.sink);
        self.model.sites.push(Site { name: name.it.clone(), span: name.span });
        Some(id)
    }
}
