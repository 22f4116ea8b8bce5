//! A set of policies and its directory with every name resolved: ids inside, names at the two ends.

mod address_book;
mod alike;
mod columns;
mod condition;
mod describe;
mod feature;
mod id;
mod kept;
mod leaving;
mod link;
mod listing;
mod manifest;
mod names;
mod nesting;
mod people;
mod people_set;
mod presence;
mod proof;
mod setting;
mod sound;
mod tested;
mod value;
mod words;

pub use address_book::AddressBook;
pub use alike::{Alike, Doubt, DoubtKind};
pub use condition::{Condition, Conditions, Reading, Subject, What};
pub use feature::{Data, Disclosure, Feature, Guard, Item, Place, Recipient, RecipientIs, Retention, Rule, Storage};
pub use id::{
    CategoryId, ClassId, ConditionId, ContainerId, DataId, DomainId, FeatureId, FieldId, GroupId, GuardId, Id,
    ManifestId, ManifestRuleId, MeetingId, MembershipId, ObjectId, ParameterId, PersonId, PlaceId, RecipientId, RuleId,
    SiteId, Table, UserId,
};
pub use kept::{Kept, NotKept};
pub use leaving::{Goal, Goes, Leaving, Reach, Way};
pub use link::{Input, Scenario, link, link_beside, link_scenario, link_sharing};
pub use listing::{ContactList, EntryList};
pub use manifest::{Entry, Manifest, ManifestRule, Membership, Networks};
pub use names::{Fast, Names};
pub(crate) use nesting::Nesting;
pub use people::{Group, Meeting, NamedDomain, Person, ROLE, Said, Site, User};
pub use people_set::PeopleSet;
pub use presence::{Category, Container, Containers, Declared, Field, Held, Line, Says, Shows};
pub use proof::{Claim, Clause, Invariant, Sees, Test};
pub use setting::{Class, Object, Parameter, ParameterOf, Scope, SiteName};
pub use tested::{Organisation, Stranger, strangers};
pub use value::{Network, Truth, Value, ValueType};
pub use words::Words;

use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};

use crate::directory::{Address, Domain};
use crate::language::Span;
use crate::language::ast::{ContainerFlag, DomainMatch, Resolution, Role};

/// Everything a set says, with its names resolved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Model {
    /// One container per category, or one for all.
    pub resolution: Resolution,
    /// How domain entries match.
    pub matching: DomainMatch,
    /// The organisation.
    pub organization: Organization,

    /// Categories, in order of their files and places.
    pub categories: Table<CategoryId, Category>,
    /// Fields of all categories.
    pub fields: Table<FieldId, Field>,
    /// Containers, in the order of their numbers.
    pub containers: Table<ContainerId, Container>,
    /// Manifests, in order of their files and places (the order they are asked in is the rule graph's).
    pub manifests: Table<ManifestId, Manifest>,
    /// `before`: the first manifest is asked before the second.
    pub manifest_order: Vec<(ManifestId, ManifestId, Span)>,
    /// Rules of all manifests.
    pub manifest_rules: Table<ManifestRuleId, ManifestRule>,
    /// Membership rules.
    pub memberships: Table<MembershipId, Membership>,
    /// Settings classes.
    pub classes: Table<ClassId, Class>,
    /// Settings and attributes.
    pub parameters: Table<ParameterId, Parameter>,
    /// The attributes of a role, by slot.
    pub attributes: IndexMap<Role, Vec<ParameterId>>,
    /// Policy objects.
    pub objects: Table<ObjectId, Object>,
    /// Distinct conditions.
    pub conditions: Conditions,
    /// Rules of features and guards.
    pub rules: Table<RuleId, Rule>,
    /// Guards.
    pub guards: Table<GuardId, Guard>,
    /// Features.
    pub features: Table<FeatureId, Feature>,
    /// Declared data.
    pub data: Table<DataId, Data>,
    /// Recipients.
    pub recipients: Table<RecipientId, Recipient>,
    /// Places of storage.
    pub places: Table<PlaceId, Place>,
    /// Invariants.
    #[serde(skip)] // asked by nobody but their own command, which reads the files
    pub invariants: Vec<Invariant>,
    /// Tests.
    #[serde(skip)]
    pub tests: Vec<Test>,

    /// Every address named anywhere.
    pub people: Table<PersonId, Person>,
    /// The people of the organisation.
    pub users: Table<UserId, User>,
    /// Every domain named anywhere.
    pub domains: Table<DomainId, NamedDomain>,
    /// Sites.
    pub sites: Table<SiteId, Site>,
    /// Groups.
    pub groups: Table<GroupId, Group>,
    /// Meetings.
    pub meetings: Table<MeetingId, Meeting>,

    /// Texts that values of kind [`ValueType::Text`] point to.
    pub texts: IndexSet<String>,
    /// Names to ids.
    pub names: Lookup,
}

/// The organisation.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Organization {
    /// Anybody may federate.
    pub open: bool,
    /// Where that is said.
    pub open_at: Option<Span>,
    /// The hosting provider; None is on premises.
    pub hosting: Option<String>,
}

/// Names to ids, kind by kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lookup {
    /// Categories.
    pub categories: Names<CategoryId>,
    /// Fields of each category.
    pub fields: IndexMap<CategoryId, Names<FieldId>>,
    /// Containers.
    pub containers: Names<ContainerId>,
    /// Manifests.
    pub manifests: Names<ManifestId>,
    /// Settings classes.
    pub classes: Names<ClassId>,
    /// Settings of each class, other names included.
    pub settings: IndexMap<ClassId, Names<ParameterId>>,
    /// Attributes of each role.
    pub attributes: IndexMap<Role, Names<ParameterId>>,
    /// Features.
    pub features: Names<FeatureId>,
    /// Data.
    pub data: Names<DataId>,
    /// Recipients.
    pub recipients: Names<RecipientId>,
    /// Places.
    pub places: Names<PlaceId>,
    /// Groups.
    pub groups: Names<GroupId>,
    /// Sites.
    pub sites: Names<SiteId>,
    /// Meetings.
    pub meetings: Names<MeetingId>,
    /// Addresses, asked through [`Model::person`].
    #[serde(skip)] // written anew: its hash is another in each process
    pub people: AddressBook,
    /// Domains; a text in canonical form finds them too.
    pub domains: Fast<Domain, DomainId>,
}

impl Model {
    /// The container with number 0, which answers when nothing matches.
    pub fn fallback(&self) -> Option<ContainerId> {
        self.containers.iter().next().filter(|(_, container)| container.number == 0).map(|(id, _)| id)
    }

    /// The addresses of all users.
    pub(crate) fn user_addresses(&self) -> impl Iterator<Item = &str> {
        self.users.values().map(|user| self.people[user.person].address.as_str())
    }

    /// The containers with a flag.
    pub fn flagged(&self, flag: ContainerFlag) -> Containers {
        let is = |container: &Container| match flag {
            ContainerFlag::Visible => container.visible,
            ContainerFlag::Blocking => container.blocking,
        };
        self.containers
            .iter()
            .filter(|(_, container)| is(container))
            .fold(Containers::NONE, |set, (id, _)| set.with(id))
    }

    /// The policy object of a class that applies to a user; to somebody who is none, the one that holds everywhere.
    #[inline]
    pub fn object_for(&self, class: ClassId, user: Option<UserId>) -> Option<ObjectId> {
        match user {
            Some(user) => self.users[user].objects.get(class.index()).copied().flatten(),
            None => {
                let global = |(_, of): &(_, &Object)| of.class == class && of.scope == Scope::Global;
                self.objects.iter().find(global).map(|(id, _)| id)
            }
        }
    }

    /// The value of an attribute of a user: what the directory says, or its default.
    #[inline]
    pub fn attribute(&self, user: UserId, id: ParameterId) -> Value {
        self.users[user].attribute(id).map_or(self.parameters[id].default, |(value, _)| value)
    }

    /// The roles people can have in meetings, in order of declaration.
    pub fn roles(&self) -> &[String] {
        let names = self.names.attributes.get(&Role::Participant);
        match names.and_then(|names| names.find(ROLE)).map(|id| &self.parameters[id].kind) {
            Some(ValueType::Enumeration(values)) => values,
            _ => &[],
        }
    }

    /// The name of such a role.
    pub fn role_name(&self, role: Value) -> Option<&str> {
        self.roles().get(usize::try_from(role.0).ok()?).map(String::as_str)
    }

    /// What an object says of a setting; its default where there is no object.
    #[inline]
    pub fn value_in(&self, object: Option<ObjectId>, setting: &Parameter) -> Value {
        let value = object.and_then(|object| self.objects[object].values.get(setting.slot));
        value.copied().unwrap_or(setting.default)
    }

    /// Whoever has an address, given by its canonical text.
    #[inline]
    pub fn person(&self, address: &str) -> Option<PersonId> {
        self.names.people.find(&self.people, address)
    }

    /// The user an address belongs to.
    pub fn user(&self, address: &Address) -> Option<UserId> {
        self.person(address.as_str()).and_then(|person| self.people[person].user)
    }

    /// The network of a domain: the first of the four that fits.
    pub fn network_of(&self, domain: &Domain) -> Network {
        self.network_named(domain.as_str())
    }

    /// The network of a domain by its canonical name.
    pub fn network_named(&self, domain: &str) -> Network {
        match self.names.domains.get(domain) {
            Some(named) => self.domains[*named].network,
            None if self.organization.open => Network::Federated,
            None => Network::Other,
        }
    }

    /// The attributes of a role, by slot.
    pub fn attributes_of(&self, role: Role) -> &[ParameterId] {
        self.attributes.get(&role).map_or(&[], Vec::as_slice)
    }
}
