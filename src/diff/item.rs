//! What can be put back by itself: the names that causes go by.

use std::fmt;

/// One of the two sets that are compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// The set that is there.
    Base,
    /// The set that it becomes.
    Head,
}

impl Side {
    /// Both, in order.
    pub const BOTH: [Side; 2] = [Side::Base, Side::Head];

    /// The other one.
    #[must_use]
    pub fn other(self) -> Side {
        match self {
            Side::Base => Side::Head,
            Side::Head => Side::Base,
        }
    }

    /// Its place in a pair.
    pub fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Side::Base => "BASE",
            Side::Head => "HEAD",
        })
    }
}

/// What an item is a part of, in the order in which items are listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Thing {
    /// A library that is used.
    Library,
    /// How it is found out which container answers.
    Resolution,
    /// How domain entries match.
    DomainMatch,
    /// A category with its fields.
    Category,
    /// The attributes of a role.
    Attributes,
    /// A settings class.
    Settings,
    /// A container.
    Container,
    /// A membership.
    Membership,
    /// A manifest.
    Manifest,
    /// The order in which manifests are asked.
    Manifests,
    /// A policy object.
    Policy,
    /// A feature.
    Feature,
    /// A guard.
    Guard,
    /// Declared data.
    Data,
    /// A recipient.
    Recipient,
    /// A place of storage.
    Storage,
    /// An invariant.
    Invariant,
    /// A test.
    Test,
    /// A directory where the other side has none.
    Directory,
    /// What is said of the organisation as a whole.
    Organization,
    /// A domain that is listed.
    Domain,
    /// A site.
    Site,
    /// A group.
    Group,
    /// A user.
    User,
    /// A meeting.
    Meeting,
}

impl Thing {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Thing::Library => "use",
            Thing::Resolution => "resolve",
            Thing::DomainMatch => "match domains",
            Thing::Category => "category",
            Thing::Attributes => "attributes",
            Thing::Settings => "settings",
            Thing::Container => "container",
            Thing::Membership => "membership",
            Thing::Manifest => "manifest",
            Thing::Manifests => "order of manifests",
            Thing::Policy => "policy",
            Thing::Feature => "feature",
            Thing::Guard => "guard",
            Thing::Data => "data",
            Thing::Recipient => "recipient",
            Thing::Storage => "place",
            Thing::Invariant => "invariant",
            Thing::Test => "test",
            Thing::Directory => "directory",
            Thing::Organization => "organization",
            Thing::Domain => "domain",
            Thing::Site => "site",
            Thing::Group => "group",
            Thing::User => "user",
            Thing::Meeting => "meeting",
        }
    }

    /// True for what a directory says.
    pub fn is_of_directory(self) -> bool {
        self >= Thing::Directory
    }

    /// True for what decides who may use features and what leaves through them, and nothing of what is seen.
    pub fn is_of_features(self) -> bool {
        matches!(self, Thing::Feature | Thing::Data | Thing::Recipient | Thing::Storage)
    }

    /// True for what decides nothing: it says what is expected of the set.
    pub fn is_expected(self) -> bool {
        matches!(self, Thing::Invariant | Thing::Test)
    }
}

/// One thing that differs and can be put back by itself. Printed, it is a name that stays when lines move.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Item {
    /// What it is a part of.
    pub thing: Thing,
    /// Its name; empty if there is only one.
    pub name: String,
    /// Which part; empty for the whole of it.
    pub part: String,
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Item { thing, name, part } = self;
        match (thing, name.as_str(), part.as_str()) {
            (Thing::User, _, part) if !part.is_empty() => write!(f, "{part} of {name}"),
            (_, "", "") => f.write_str(thing.word()),
            (_, "", part) => write!(f, "{}: {part}", thing.word()),
            (_, name, "") => write!(f, "{} {name}", thing.word()),
            (_, name, part) => write!(f, "{} {name}: {part}", thing.word()),
        }
    }
}
