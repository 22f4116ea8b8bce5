//! People, domains, sites, groups and meetings, with their names resolved.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ContactList, DomainId, EntryList, GroupId, ManifestId, Network, ObjectId, ParameterId, PersonId, SiteId};
use super::{UserId, Value};
use crate::directory::{Address, Domain};
use crate::language::Span;

/// An address that the set names anywhere. Every question reads two of them, so none lies on two lines of the
/// processor's cache.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[repr(align(32))]
pub struct Person {
    /// The address.
    pub address: Address,
    /// Its domain.
    pub domain: DomainId,
    /// The network of the domain, which every question about the person reads.
    pub network: Network,
    /// The user with this address.
    pub user: Option<UserId>,
}

/// A domain that the set names anywhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NamedDomain {
    /// Its name.
    pub name: Domain,
    /// The network of its people.
    pub network: Network,
    /// Where the directory lists it as one of that network; None if nowhere.
    pub listed: Option<Span>,
    /// The nearest named domain above it.
    pub above: Option<DomainId>,
}

/// A person of the organisation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// Who.
    pub person: PersonId,
    /// The name for people.
    pub name: Option<String>,
    /// Where the directory says so.
    pub span: Span,
    /// The site.
    pub site: Option<SiteId>,
    /// The policy object in effect for each class, in the order of classes; None is the declared defaults. Most users
    /// share theirs with others.
    #[serde(skip)] // `model::kept` stores these four
    pub objects: Arc<[Option<ObjectId>]>,
    /// The policy object that would be in effect without that one.
    #[serde(skip)]
    pub overridden: Arc<[Option<ObjectId>]>,
    /// Attributes that differ from their default, with the place that sets them. Sorted.
    pub attributes: Vec<(ParameterId, Value, Span)>,
    /// Typed fields of presence, with their place. Sorted.
    pub presence: Vec<(super::FieldId, Value, Span)>,
    /// Free texts of presence. Sorted.
    pub texts: Vec<(super::FieldId, String)>,
    /// The manifest whose shape the recorded entries have; None if that is not said, or not so any more.
    pub mode: Option<ManifestId>,
    /// The manifest to whose shape the owner's client is bringing them.
    pub migrating_to: Option<ManifestId>,
    /// Where that is said.
    pub mode_at: Option<Span>,
    /// The contact list.
    #[serde(skip)]
    pub contacts: ContactList,
    /// The delegate list, with places. Sorted by person.
    pub delegates: Vec<(PersonId, Span)>,
    /// The recorded entries, in the order of the directory.
    #[serde(skip)]
    pub entries: EntryList,
    /// Whether the directory says anything about contacts, and about memberships.
    pub says: Said,
}

impl User {
    /// Lets go of lists that say the same as another user's, and shares theirs.
    pub(super) fn share_lists(&mut self, other: &User) {
        if self.contacts == other.contacts {
            self.contacts = other.contacts.clone();
        }
        if self.entries == other.entries {
            self.entries = other.entries.clone();
        }
    }

    /// True if somebody is on the delegate list.
    pub fn has_delegate(&self, person: PersonId) -> bool {
        self.delegate_at(person).is_some()
    }

    /// The place that lists somebody as a delegate; None if they are none.
    pub fn delegate_at(&self, person: PersonId) -> Option<Span> {
        let at = self.delegates.binary_search_by_key(&person, |(listed, _)| *listed).ok()?;
        self.delegates.get(at).map(|(_, span)| *span)
    }

    /// The value of an attribute that differs from its default, and where it is set.
    #[inline]
    pub fn attribute(&self, id: ParameterId) -> Option<(Value, Span)> {
        set_in(&self.attributes, id)
    }

    /// The value of a typed field of presence, and where it is set.
    #[inline]
    pub fn presence_in(&self, field: super::FieldId) -> Option<(Value, Span)> {
        set_in(&self.presence, field)
    }
}

/// What a sorted list sets something to, and where.
#[inline]
fn set_in<K: Ord + Copy>(all: &[(K, Value, Span)], key: K) -> Option<(Value, Span)> {
    let at = all.binary_search_by_key(&key, |(of, _, _)| *of).ok()?;
    all.get(at).map(|(_, value, span)| (*value, *span))
}

/// What the directory says of a user.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Said {
    /// The contact list is there, empty or not.
    pub contacts: bool,
    /// The memberships are there, empty or not.
    pub memberships: bool,
}

/// A site.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Site {
    /// Its name as the directory spells it.
    pub name: String,
    /// Where the directory says so.
    pub span: Span,
}

/// A group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Where the directory says so.
    pub span: Span,
    /// The groups in it, with places.
    pub groups: Vec<(GroupId, Span)>,
    /// The people it names itself, with places.
    pub people: Vec<(PersonId, Span)>,
}

/// The attribute of participants that says as what somebody takes part in a meeting.
pub const ROLE: &str = "role";

/// A meeting.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Meeting {
    /// Its name.
    pub name: String,
    /// Where the directory says so.
    pub span: Span,
    /// Who convened it.
    pub organizer: UserId,
    /// Where that is said.
    pub organizer_at: Span,
    /// Its attributes that differ from their default. Sorted.
    pub attributes: Vec<(ParameterId, Value, Span)>,
    /// Who takes part, and as what. No person is `anonymous`. Sorted.
    pub participants: Vec<(Option<PersonId>, Value, Span)>,
    /// Values sampled when the first person joined. Sorted.
    pub in_session: Vec<(ParameterId, Value, Span)>,
}

impl Meeting {
    /// The value of an attribute that differs from its default, and where it is set.
    #[inline]
    pub fn attribute(&self, id: ParameterId) -> Option<(Value, Span)> {
        set_in(&self.attributes, id)
    }

    /// What a setting of the organizer was when the first person joined, and where that is said.
    #[inline]
    pub fn sampled(&self, id: ParameterId) -> Option<(Value, Span)> {
        set_in(&self.in_session, id)
    }
}
