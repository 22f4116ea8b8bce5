//! Facts that a test gives, put into a directory of its own.
//!
//! Somebody of the organisation whom a fact names is a user from then on. What a fact says of a value, a meeting or the
//! level of somebody counts instead of what the directory says; lists and groups it adds to.

use crate::diagnostic::{Code, Diagnostic};
use crate::directory::{Address, Directory, Domain, Entry, Group, Meeting, Member, Scalar, User};
use crate::model::{Model, Names, ParameterId};
use crate::syntax::ast::{self, Assignment, EntryKind, Given, Literal, Name, Relation, Role};
use crate::text::{Span, Spanned};

/// A directory under change.
pub(super) struct Facts<'a> {
    directory: Directory,
    /// There is no organisation but the one the facts tell of: whoever has to be a user is one.
    invented: bool,
    model: &'a Model,
    /// Entries that a fact has put somewhere: owner and entry. The first one replaces what the directory says.
    placed: Vec<(Address, Entry)>,
    found: Vec<Diagnostic>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(directory: &Directory, invented: bool, model: &'a Model) -> Facts<'a> {
        Facts { directory: directory.clone(), invented, model, placed: Vec::new(), found: Vec::new() }
    }

    /// The directory with all facts, or what is impossible about them.
    pub(super) fn done(self) -> Result<Directory, Vec<Diagnostic>> {
        if self.found.is_empty() { Ok(self.directory) } else { Err(self.found) }
    }

    /// Takes a fact in. Policies and directories are not facts of a directory.
    pub(super) fn take(&mut self, given: &Given, at: Span) {
        match given {
            Given::Directory(_) | Given::Policy(_) => {}
            Given::Person { person, assignments } => {
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

    /// An address; whoever has it and is of the organisation is a user from now on.
    fn address(&mut self, name: &Name) -> Option<Spanned<Address>> {
        let Some(address) = Address::parse(&name.it) else {
            self.impossible(
                Code::BAD_ADDRESS,
                name.span,
                format!("`{}` is not an address", name.it),
                "write it as in anna@contoso.com",
            );
            return None;
        };
        let address = Spanned::new(address, name.span);
        let domain = address.it.domain();
        let inside = self.directory.domains.iter().any(|known| known.it == domain);
        if inside && !self.directory.users.iter().any(|user| user.address.it == address.it) {
            self.directory.users.push(User::new(address.clone()));
        }
        Some(address)
    }

    /// The user with an address. Somebody outside the organisation is none; the reason says why that matters.
    fn user(&mut self, name: &Name, reason: &str) -> Option<&mut User> {
        if self.invented
            && let Some(domain) = Address::parse(&name.it).map(|address| address.domain())
            && !self.directory.domains.iter().any(|known| known.it == domain)
        {
            self.directory.domains.push(Spanned::new(domain, name.span));
        }
        let address = self.address(name)?;
        let at = self.directory.users.iter().position(|user| user.address.it == address.it);
        if at.is_none() {
            let message = format!("`{}` is not of the organisation, and so no user", address.it);
            let domains: Vec<&str> = self.directory.domains.iter().map(|domain| domain.it.as_str()).collect();
            let help = format!("{reason}; the organisation has {}", listing(&domains));
            self.impossible(Code::NOT_A_USER, name.span, message, &help);
        }
        self.directory.users.get_mut(at?)
    }

    fn entry(&mut self, entry: &ast::Entry, container: &Name, owner: &Name, at: Span) {
        let Some(entry) = self.entry_of(entry) else { return };
        let container_number =
            self.model.names.containers.find(&container.it).map(|id| self.model.containers[id].number);
        if container_number == Some(0) {
            self.impossible(
                Code::FALLBACK_ENTRY,
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
