//! A directory from a program: for organisations whose people live in a database and not in files.

mod meeting;
mod user;

use indexmap::IndexMap;

use crate::language::{FileId, Span, Spanned};

use super::entry::{parse_address, parse_domain};
use super::{Address, Directory, Group, Malformed, Meeting, Member, Name, Site, User};

pub use meeting::MeetingBuilder;
pub use user::UserBuilder;

/// Builds a [`Directory`] without YAML.
///
/// Addresses, domains and entries are checked at once; whether containers, tags and settings exist is for linking to
/// say, as with a directory from files. Messages about what was built have their place in `(program)`.
///
/// ```
/// use prescope::{DirectoryBuilder, Malformed};
///
/// # fn main() -> Result<(), Malformed> {
/// let mut directory = DirectoryBuilder::new();
/// directory.domain("contoso.com")?.partner("fabrikam.com")?.site("Redmond", ["pool01.contoso.com"]);
/// directory
///     .user("anna@contoso.com")?
///     .name("Anna Ott")
///     .pool("pool01.contoso.com")
///     .policy("ConferencingPolicy", "Executives")
///     .attribute("privacy_preference", "none")
///     .contact("kim@fabrikam.com")?
///     .entry("external", "federated")?
///     .entry("blocked", "domain:spam.example")?
///     .presence("state.availability", "busy");
/// directory
///     .meeting("budget_review", "anna@contoso.com")?
///     .participant("kim@fabrikam.com", "attendee")?
///     .sampled("ConferencingPolicy", "AllowConferenceRecording", true);
/// directory.group("executives", ["anna@contoso.com"])?;
/// let directory = directory.build();
/// assert_eq!(directory.users.len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default, Debug)]
pub struct DirectoryBuilder {
    // What is not kept by key below.
    rest: Directory,
    sites: IndexMap<String, Site>,
    users: IndexMap<Address, User>,
    meetings: IndexMap<String, Meeting>,
    groups: IndexMap<String, Group>,
}

impl DirectoryBuilder {
    /// An empty directory.
    pub fn new() -> DirectoryBuilder {
        DirectoryBuilder::default()
    }

    /// Adds a domain of the organisation.
    pub fn domain(&mut self, domain: &str) -> Result<&mut Self, Malformed> {
        add(&mut self.rest.domains, parse_domain(domain)?);
        Ok(self)
    }

    /// Adds a federated partner.
    pub fn partner(&mut self, domain: &str) -> Result<&mut Self, Malformed> {
        add(&mut self.rest.partners, parse_domain(domain)?);
        Ok(self)
    }

    /// Adds a public cloud.
    pub fn public_cloud(&mut self, domain: &str) -> Result<&mut Self, Malformed> {
        add(&mut self.rest.public_cloud, parse_domain(domain)?);
        Ok(self)
    }

    /// Blocks a domain: nobody there is federated, even where federation is open.
    pub fn blocked(&mut self, domain: &str) -> Result<&mut Self, Malformed> {
        add(&mut self.rest.blocked, parse_domain(domain)?);
        Ok(self)
    }

    /// Says that anybody may federate whose domain is not blocked.
    pub fn open_federation(&mut self) -> &mut Self {
        self.rest.open = Some(placed(true));
        self
    }

    /// Says that only partners may federate.
    pub fn closed_federation(&mut self) -> &mut Self {
        self.rest.open = Some(placed(false));
        self
    }

    /// Names the provider that hosts the organisation.
    pub fn hosting(&mut self, provider: &str) -> &mut Self {
        self.rest.hosting = Some(named(provider));
        self
    }

    /// Adds pools to a site; a new site if it is not there yet.
    pub fn site<'p>(&mut self, name: &str, pools: impl IntoIterator<Item = &'p str>) -> &mut Self {
        let site =
            self.sites.entry(name.to_lowercase()).or_insert_with(|| Site { name: named(name), pools: Vec::new() });
        site.pools.extend(pools.into_iter().map(named));
        self
    }

    /// The user with an address; a new one if there is none yet.
    pub fn user(&mut self, address: &str) -> Result<UserBuilder<'_>, Malformed> {
        let address = parse_address(address)?;
        let user = self.users.entry(address).or_insert_with_key(|address| User::new(placed(address.clone())));
        Ok(UserBuilder { user })
    }

    /// The meeting with a name, from now on of this organizer; a new one if there is none yet.
    pub fn meeting(&mut self, name: &str, organizer: &str) -> Result<MeetingBuilder<'_>, Malformed> {
        let organizer = placed(parse_address(organizer)?);
        let meeting = self.meetings.entry(name.to_owned()).or_insert_with(|| Meeting {
            name: named(name),
            organizer: organizer.clone(),
            attributes: Vec::new(),
            participants: Vec::new(),
            in_session: Vec::new(),
        });
        meeting.organizer = organizer;
        Ok(MeetingBuilder { meeting })
    }

    /// Adds members to a group, addresses or `group:NAME`; a new group if it is not there yet.
    pub fn group<'m>(
        &mut self,
        name: &str,
        members: impl IntoIterator<Item = &'m str>,
    ) -> Result<&mut Self, Malformed> {
        let group =
            self.groups.entry(name.to_owned()).or_insert_with(|| Group { name: named(name), members: Vec::new() });
        for member in members {
            add(&mut group.members, Member::parse(member)?);
        }
        Ok(self)
    }

    /// The directory.
    pub fn build(self) -> Directory {
        Directory {
            sites: self.sites.into_values().collect(),
            users: self.users.into_values().collect(),
            meetings: self.meetings.into_values().collect(),
            groups: self.groups.into_values().collect(),
            ..self.rest
        }
    }
}

/// Everything that is built stands here.
const PLACE: Span = Span::new(FileId::PROGRAM, 0, 0);

fn placed<T>(it: T) -> Spanned<T> {
    Spanned::new(it, PLACE)
}

fn named(name: &str) -> Name {
    placed(name.to_owned())
}

/// Appends what is not there yet.
fn add<T: PartialEq>(items: &mut Vec<Spanned<T>>, item: T) {
    if !items.iter().any(|known| known.it == item) {
        items.push(placed(item));
    }
}

/// Sets the value of a name, which may be there already.
fn put<T>(pairs: &mut Vec<(Name, T)>, name: &str, same: impl Fn(&str) -> bool, value: T) {
    match pairs.iter_mut().find(|(known, _)| same(&known.it)) {
        Some((_, known)) => *known = value,
        None => pairs.push((named(name), value)),
    }
}
