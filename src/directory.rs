//! The organisation: users, contacts, memberships, meetings, groups, with the place of every value.
//!
//! This module reads and merges; whether a container, tag or setting exists is for linking to say.

mod address;
mod amend;
mod builder;
pub(crate) mod csv;
mod entry;
mod file_kind;
pub(crate) mod form;
mod json;
mod known;
mod merge;
mod read;
pub(crate) mod yaml;

pub(crate) use address::Identity;
pub use address::{Address, Domain};
pub use amend::{Amendment, amend};
pub(crate) use amend::{ListChange, list_edits, not_a_user};
pub use builder::{DirectoryBuilder, MeetingBuilder, UserBuilder};
pub use entry::Malformed;
pub use file_kind::FileKind;
pub use merge::merge;
pub use read::{Reader, read};

use crate::language::Spanned;

/// A name as the directory writes it.
pub type Name = Spanned<String>;

/// One organisation, merged from any number of files, or built by a program.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Directory {
    /// The organisation's own domains.
    pub domains: Vec<Spanned<Domain>>,
    /// `on_premises` (also when not said) or the name of a provider.
    pub hosting: Option<Name>,
    /// Whether anybody may federate.
    pub open: Option<Spanned<bool>>,
    /// Federated partners.
    pub partners: Vec<Spanned<Domain>>,
    /// Public clouds.
    pub public_cloud: Vec<Spanned<Domain>>,
    /// Domains with which nobody federates, even where federation is open.
    pub blocked: Vec<Spanned<Domain>>,
    /// The sites.
    pub sites: Vec<Site>,
    /// The people of the organisation.
    pub users: Vec<User>,
    /// The meetings.
    pub meetings: Vec<Meeting>,
    /// The groups.
    pub groups: Vec<Group>,
    /// Lists of users that stand in files of their own. Merging gives them to their users.
    pub lists: Vec<Lists>,
}

/// Lists of a user that stand apart from the user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lists {
    /// Whose they are, and where that is first said.
    pub address: Spanned<Address>,
    /// The contact list; None when it is not among them.
    pub contacts: Option<Vec<Spanned<Address>>>,
    /// The delegate list; None when it is not among them.
    pub delegates: Option<Vec<Spanned<Address>>>,
    /// The recorded entries by container; None when they are not among them.
    pub memberships: Option<Vec<(Name, Vec<Spanned<Entry>>)>>,
}

impl Lists {
    /// No lists of somebody.
    fn new(address: Spanned<Address>) -> Lists {
        Lists { address, contacts: None, delegates: None, memberships: None }
    }
}

/// A site and its pools.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    /// Its name.
    pub name: Name,
    /// The pools at it.
    pub pools: Vec<Name>,
}

/// A person of the organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct User {
    /// The SIP address.
    pub address: Spanned<Address>,
    /// The person's name.
    pub name: Option<Name>,
    /// The pool, and so the site.
    pub pool: Option<Name>,
    /// The site of somebody without a pool.
    pub site: Option<Name>,
    /// Where the client is.
    pub network_site: Option<Name>,
    /// Policies granted: class and tag.
    pub policies: Vec<(Name, Name)>,
    /// Attributes by name.
    pub attributes: Vec<(Name, Spanned<Scalar>)>,
    /// The manifest whose shape the recorded memberships have.
    pub mode: Option<Name>,
    /// The contact list; None when the directory does not say.
    pub contacts: Option<Vec<Spanned<Address>>>,
    /// The delegate list; None when the directory does not say.
    pub delegates: Option<Vec<Spanned<Address>>>,
    /// The recorded entries by container; None when the directory does not say.
    pub memberships: Option<Vec<(Name, Vec<Spanned<Entry>>)>>,
    /// Presence by `category.field`.
    pub presence: Vec<(Name, Spanned<Scalar>)>,
}

/// A membership entry as recorded.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Entry {
    /// `user:URI`, or a bare address.
    User(Address),
    /// `group:NAME`
    Group(String),
    /// `domain:NAME`
    Domain(Domain),
    /// `same_enterprise`
    SameEnterprise,
    /// `federated`
    Federated,
    /// `public_cloud`
    PublicCloud,
    /// `authenticated`
    Authenticated,
    /// `everyone`
    Everyone,
}

/// A meeting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meeting {
    /// Its name.
    pub name: Name,
    /// Who convened it.
    pub organizer: Spanned<Address>,
    /// Its attributes.
    pub attributes: Vec<(Name, Spanned<Scalar>)>,
    /// Who takes part, and as what; no address is `anonymous`.
    pub participants: Vec<(Spanned<Option<Address>>, Name)>,
    /// Values sampled when the first person joined: class, parameter, value.
    pub in_session: Vec<(Name, Name, Spanned<Scalar>)>,
}

/// A group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Its name.
    pub name: Name,
    /// Addresses and other groups (`group:NAME`).
    pub members: Vec<Spanned<Member>>,
}

/// A member of a group.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Member {
    /// An address.
    Person(Address),
    /// Another group.
    Group(String),
}

/// A value as YAML 1.2 has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scalar {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Anything else, and whatever stands in quotes.
    Text(String),
    /// Nothing: the value is inherited.
    Blank,
}
