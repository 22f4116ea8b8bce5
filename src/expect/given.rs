//! Facts that a test gives, put into a directory of its own.
//!
//! `given person` alone brings somebody new, unless there is no directory. What a fact says of a value, a meeting, a
//! site or the level of somebody counts instead of what the directory says; lists and groups it adds to.

use crate::diagnostic::code;
use crate::directory::{Address, Directory, Domain, Entry, Group, Meeting, Member, Scalar, Site, User};
use crate::language::ast::{self, Assignment, EntryKind, Given, Literal, Name, Relation, Role};
use crate::language::{Code, Diagnostic, Span, Spanned};
use crate::model::{Model, Names, Network, ParameterId};

/// A directory under change.
pub(super) struct Facts<'a> {
    directory: Directory,
    /// There is no organisation but the one the facts tell of: it has whomever they name, and the domains of those who
    /// have to be users.
    invented: bool,
    /// People from outside who are new.
    outsiders: Vec<Address>,
    model: &'a Model,
    /// Entries that a fact has put somewhere: owner and entry. The first one replaces what the directory says.
    placed: Vec<(Address, Entry)>,
    found: Vec<Diagnostic>,
}

impl<'a> Facts<'a> {
    /// The facts beside a directory, if there is one.
    pub(super) fn new(directory: Option<&Directory>, model: &'a Model) -> Facts<'a> {
        let invented = directory.is_none();
        let (directory, outsiders) = (directory.cloned().unwrap_or_default(), Vec::new());
        Facts { directory, invented, outsiders, model, placed: Vec::new(), found: Vec::new() }
    }

    /// The directory with all facts and the new people from outside, or what is impossible about them.
    pub(super) fn done(self) -> Result<(Directory, Vec<Address>), Vec<Diagnostic>> {
        if self.found.is_empty() { Ok((self.directory, self.outsiders)) } else { Err(self.found) }
    }

    /// Takes the people in whom facts bring, wherever they stand, so that all other facts find them.
    pub(super) fn bring<'g>(&mut self, given: impl Iterator<Item = &'g Given> + Clone) {
        if self.invented {
            given.clone().filter_map(Given::user).for_each(|name| self.invent_domain(name));
        }
        // Whoever is brought belongs to the organisation or not as these say.
        for given in given.clone() {
            if let Given::Network { domain, network } = given {
                self.network(domain, network);
            }
        }
        for given in given {
            if !self.invented && !matches!(given, Given::Person { new: true, .. }) {
                continue;
            }
            for person in given.people() {
                let Some(address) = Address::parse(&person.it) else { continue };
                match self.is_inside(&address) {
                    true => self.add(Spanned::new(address, person.span)),
                    false => self.outsiders.push(address),
                }
            }
        }
    }

    /// Takes a fact in. Policies and directories are not facts of a directory; but whom a policy is for has to be a
    /// user of it.
    pub(super) fn take(&mut self, given: &Given, at: Span) {
        match given {
            Given::Directory(_) | Given::Network { .. } => {}
            Given::Policy(policy) => {
                if let Some(person) = policy.person() {
                    self.user(person, "policies apply to users only");
                }
            }
            Given::Site { person, site } => self.site(person, site),
            Given::Person { new: true, assignments, .. } if assignments.is_empty() => {}
            Given::Person { person, assignments, .. } => {
                let attributes = self.model.names.attributes.get(&Role::User);
                let Some(user) = self.user(person, "attributes and presence are known of users only") else { return };
                for assignment in assignments {
                    let presence = assignment.name.it.contains('.');
                    let pairs = if presence { &mut user.presence } else { &mut user.attributes };
                    put(pairs, assignment, attributes);
                }
            }
            Given::Entry { entry, container, owner } => self.entry(entry, container, owner, at),
            Given::Relation { person, negated, relation, owner } => {
                let Some(person) = self.address(person) else { return };
                let Some(user) = self.user(owner, "only users have contacts and delegates") else { return };
                let list = match relation.it {
                    Relation::Contact => user.contacts.get_or_insert_default(),
                    Relation::Delegate => user.delegates.get_or_insert_default(),
                };
                list.retain(|listed| listed.it != person.it);
                if !negated {
                    list.push(person);
                }
            }
            Given::Group { person, group } => {
                let Some(person) = self.address(person) else { return };
                let member = person.map(Member::Person);
                let groups = &mut self.directory.groups;
                match groups.iter_mut().find(|known| known.name.it == group.it) {
                    Some(known) if known.members.iter().any(|known| known.it == member.it) => {}
                    Some(known) => known.members.push(member),
                    None => groups.push(Group { name: group.clone(), members: vec![member] }),
                }
            }
            Given::Meeting { meeting, organizer, participants, assignments } => {
                self.meeting(meeting, organizer, participants, assignments);
            }
        }
    }

    fn address(&mut self, name: &Name) -> Option<Spanned<Address>> {
        let address = Address::parse(&name.it);
        if address.is_none() {
            self.impossible(
                code::BAD_ADDRESS,
                name.span,
                format!("`{}` is not an address", name.it),
                "write it as in anna@contoso.com",
            );
        }
        address.map(|address| Spanned::new(address, name.span))
    }

    fn is_inside(&self, address: &Address) -> bool {
        let domain = address.domain();
        self.directory.domains.iter().any(|known| known.it == domain)
    }

    fn add(&mut self, address: Spanned<Address>) {
        if !self.directory.users.iter().any(|user| user.address.it == address.it) {
            self.directory.users.push(User::new(address));
        }
    }

    /// Makes somebody's domain one of the organisation's.
    fn invent_domain(&mut self, name: &Name) {
        if let Some(address) = Address::parse(&name.it).filter(|address| !self.is_inside(address)) {
            self.directory.domains.push(Spanned::new(address.domain(), name.span));
        }
    }

    /// The user with an address. Somebody outside the organisation is none; the reason says why that matters.
    fn user(&mut self, name: &Name, reason: &str) -> Option<&mut User> {
        let address = self.address(name)?;
        let at = self.directory.users.iter().position(|user| user.address.it == address.it);
        if at.is_none() {
            let message = format!("`{}` is not of the organisation, and so no user", address.it);
            let domains: Vec<&str> = self.directory.domains.iter().map(|domain| domain.it.as_str()).collect();
            let help = format!("{reason}; the organisation has {}", listing(&domains));
            self.impossible(code::NOT_A_USER, name.span, message, &help);
        }
        self.directory.users.get_mut(at?)
    }

    /// Puts somebody at a site, which may be new. A pool that stands elsewhere is left: the site of a pool counts.
    fn site(&mut self, person: &Name, site: &Name) {
        let key = site.it.to_lowercase();
        let known = self.directory.sites.iter().find(|known| known.name.it.to_lowercase() == key);
        let pools: Vec<String> =
            known.into_iter().flat_map(|it| &it.pools).map(|pool| pool.it.to_lowercase()).collect();
        if known.is_none() {
            self.directory.sites.push(Site { name: site.clone(), pools: Vec::new() });
        }
        let Some(user) = self.user(person, "only users are at a site") else { return };
        user.site = Some(site.clone());
        user.pool = user.pool.take().filter(|pool| pools.contains(&pool.it.to_lowercase()));
    }

    /// Puts a domain on the list of a network, and takes it from the others.
    fn network(&mut self, name: &Name, network: &Name) {
        let (Some(domain), Some(network)) = (Domain::parse(&name.it), Network::named(&network.it)) else { return };
        let Directory { domains, partners, public_cloud, blocked, .. } = &mut self.directory;
        let mut lists = [
            (domains, Network::SameEnterprise),
            (partners, Network::Federated),
            (public_cloud, Network::PublicCloud),
            (blocked, Network::Other),
        ];
        for (list, of) in &mut lists {
            list.retain(|known| known.it != domain);
            if *of == network {
                list.push(Spanned::new(domain.clone(), name.span));
            }
        }
    }

    fn entry(&mut self, entry: &ast::Entry, container: &Name, owner: &Name, at: Span) {
        let Some(entry) = self.entry_of(entry) else { return };
        let container_number =
            self.model.names.containers.find(&container.it).map(|id| self.model.containers[id].number);
        if container_number == Some(0) {
            self.impossible(
                code::FALLBACK_ENTRY,
                container.span,
                "container 0 has no entries of its own",
                "it answers when nothing else does",
            );
            return;
        }
        let Some(address) = self.address(owner) else { return };
        let key = (address.it, entry.clone());
        let first = !self.placed.contains(&key);
        if first {
            self.placed.push(key);
        }
        let Some(user) = self.user(owner, "only users have memberships") else { return };
        let memberships = user.memberships.get_or_insert_default();
        if first {
            memberships.iter_mut().for_each(|(_, entries)| entries.retain(|known| known.it != entry));
        }
        let entry = Spanned::new(entry, at);
        match memberships.iter_mut().find(|(known, _)| known.it == container.it) {
            Some((_, entries)) if entries.iter().any(|known| known.it == entry.it) => {}
            Some((_, entries)) => entries.push(entry),
            None => memberships.push((container.clone(), vec![entry])),
        }
    }

    fn entry_of(&mut self, entry: &ast::Entry) -> Option<Entry> {
        Some(match (entry.kind.it, &entry.value) {
            (EntryKind::User, Some(name)) => Entry::User(self.address(name)?.it),
            (EntryKind::Group, Some(name)) => {
                // A group that only this fact names is empty.
                if !self.directory.groups.iter().any(|known| known.name.it == name.it) {
                    self.directory.groups.push(Group { name: name.clone(), members: Vec::new() });
                }
                Entry::Group(name.it.clone())
            }
            (EntryKind::Domain, Some(name)) => Entry::Domain(Domain::parse(&name.it)?),
            (EntryKind::SameEnterprise, _) => Entry::SameEnterprise,
            (EntryKind::Federated, _) => Entry::Federated,
            (EntryKind::PublicCloud, _) => Entry::PublicCloud,
            (EntryKind::Authenticated, _) => Entry::Authenticated,
            (EntryKind::Everyone, _) => Entry::Everyone,
            (EntryKind::User | EntryKind::Group | EntryKind::Domain, None) => return None,
        })
    }

    fn meeting(
        &mut self,
        name: &Name,
        organizer: &Name,
        participants: &[(Name, Option<Name>)],
        assignments: &[Assignment],
    ) {
        let Some(user) = self.user(organizer, "the organizer's policies decide, so they have to be known") else {
            return;
        };
        let organizer = Spanned::new(user.address.it.clone(), organizer.span);
        let mut meeting = Meeting {
            name: name.clone(),
            organizer,
            attributes: Vec::new(),
            participants: Vec::new(),
            in_session: Vec::new(),
        };
        let names = self.model.names.attributes.get(&Role::Meeting);
        assignments.iter().for_each(|assignment| put(&mut meeting.attributes, assignment, names));
        for (person, role) in participants {
            let who = if person.it == "anonymous" { None } else { self.address(person).map(|known| known.it) };
            let role = role.clone().unwrap_or_else(|| Spanned::new(self.default_role(), person.span));
            meeting.participants.retain(|(known, _)| known.it != who);
            meeting.participants.push((Spanned::new(who, person.span), role));
        }
        self.directory.meetings.retain(|known| known.name.it != name.it);
        self.directory.meetings.push(meeting);
    }

    /// As what somebody takes part if nothing is said.
    fn default_role(&self) -> String {
        let names = self.model.names.attributes.get(&Role::Participant);
        let role: Option<ParameterId> = names.and_then(|names| names.find("role"));
        role.map(|role| {
            let parameter = &self.model.parameters[role];
            self.model.value_name(&parameter.kind, parameter.default)
        })
        .unwrap_or_default()
    }

    fn impossible(&mut self, code: Code, at: Span, message: impl Into<String>, help: &str) {
        self.found.push(Diagnostic::new(code, message).at(at, "").help(help));
    }
}

/// Sets a value, which may be there already, perhaps under another of its names.
fn put(pairs: &mut Vec<(Name, Spanned<Scalar>)>, assignment: &Assignment, names: Option<&Names<ParameterId>>) {
    let id = |name: &str| names.and_then(|names| names.find(name));
    let set = id(&assignment.name.it);
    let scalar = match &assignment.value.it {
        Literal::Bool(truth) => Scalar::Bool(*truth),
        Literal::Integer(number) => Scalar::Integer(*number),
        Literal::Word(text) | Literal::Text(text) => Scalar::Text(text.clone()),
    };
    pairs.retain(|(known, _)| known.it != assignment.name.it && (set.is_none() || id(&known.it) != set));
    pairs.push((assignment.name.clone(), Spanned::new(scalar, assignment.value.span)));
}

fn listing(domains: &[&str]) -> String {
    if domains.is_empty() { "no domains".to_owned() } else { domains.join(", ") }
}
