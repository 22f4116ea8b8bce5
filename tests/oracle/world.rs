//! A policy set and its directory as plain data: what the generator makes, the writer writes and the oracle evaluates.
//!
//! Everything is named by text and nothing is indexed; a look-up is a search. That is slow, and plain to see.

/// Names, addresses and domains; always lower case for addresses and domains.
pub type Name = String;

/// A whole set and one organisation.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct World {
    /// `resolve per viewer`
    pub per_viewer: bool,
    /// `match domains by suffix`
    pub by_suffix: bool,
    pub domains: Vec<Name>,
    pub partners: Vec<Name>,
    pub public_cloud: Vec<Name>,
    /// None of them is in another list.
    pub blocked: Vec<Name>,
    pub open: bool,
    pub sites: Vec<Site>,
    pub users: Vec<User>,
    pub groups: Vec<Group>,
    pub categories: Vec<Category>,
    pub containers: Vec<Container>,
    pub memberships: Vec<Membership>,
    /// The first whose condition holds is in effect; the last has none.
    pub manifests: Vec<Manifest>,
    /// The attributes of `user`.
    pub attributes: Vec<Parameter>,
    pub settings: Vec<Class>,
    pub policies: Vec<Policy>,
    pub guards: Vec<Guard>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Site {
    pub name: Name,
    pub pools: Vec<Name>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct User {
    pub address: Name,
    pub pool: Option<Name>,
    /// Only without a pool.
    pub site: Option<Name>,
    pub network_site: Option<Name>,
    /// Class and tag.
    pub granted: Vec<(Name, Name)>,
    pub attributes: Vec<(Name, Value)>,
    pub contacts: Option<Vec<Name>>,
    pub delegates: Option<Vec<Name>>,
    pub memberships: Option<Vec<(Name, Vec<Entry>)>>,
    /// Category, field, value.
    pub presence: Vec<(Name, Name, Value)>,
    /// The manifest in whose shape the entries are said to be; it decides nothing.
    pub mode: Option<Name>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Group {
    pub name: Name,
    pub people: Vec<Name>,
    pub groups: Vec<Name>,
}

/// A membership entry as written. What resolution reads has no groups any more.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Entry {
    User(Name),
    Group(Name),
    Domain(Name),
    Network(Network),
    Authenticated,
    Everyone,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Network {
    SameEnterprise,
    PublicCloud,
    Federated,
    Other,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Viewer {
    Person(Name),
    Anonymous,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Category {
    pub name: Name,
    pub fields: Vec<Field>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Field {
    pub name: Name,
    /// The values of an enumeration; none is opaque text.
    pub values: Vec<Name>,
    /// Added by `extend category`: `publishes CATEGORY` does not reach it.
    pub added: bool,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Container {
    pub name: Name,
    pub id: u32,
    pub visible: bool,
    pub blocking: bool,
    /// The declaration itself.
    pub own: Publications,
    /// What each `extend container` adds.
    pub extended: Vec<Publications>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Publications {
    pub publishes: Vec<Named>,
    pub withholds: Vec<Named>,
    pub masks: Vec<Name>,
    pub shows: Vec<Shows>,
}

/// `CATEGORY` (no fields) or `CATEGORY { fields }`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Named {
    pub category: Name,
    pub fields: Option<Vec<Name>>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shows {
    pub category: Name,
    pub field: Name,
    pub value: Value,
    pub when: Option<Condition>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Membership {
    pub label: Name,
    pub when: Option<Condition>,
    pub grants: Vec<(Name, Vec<Entry>)>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Manifest {
    pub name: Name,
    /// Said on top of what `manifests` already orders: names further down.
    pub before: Vec<Name>,
    pub when: Option<Condition>,
    pub rules: Vec<ManifestRule>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ManifestRule {
    pub subjects: Vec<Subject>,
    /// Empty is every network; then and only then there may be several subjects.
    pub from: Vec<Network>,
    pub places: Vec<Place>,
    pub cardinality: Option<Cardinality>,
    pub default: Option<Name>,
    pub remedy: Option<Remedy>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Subject {
    Delegate,
    Contact,
    Stranger,
    Domain,
    Network(Network),
    Authenticated,
    Everyone,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    Visible,
    Blocking,
    Container(Name),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cardinality {
    ExactlyOne,
    AtMostOne,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remedy {
    Move,
    Remove,
    MakeContact,
}

/// An attribute or a setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    pub name: Name,
    pub kind: ValueType,
    pub default: Value,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ValueType {
    Bool,
    Integer(i64, i64),
    Words(Vec<Name>),
    Text,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Value {
    Bool(bool),
    Integer(i64),
    Word(Name),
    Text(String),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Class {
    pub name: Name,
    /// From the broadest to the most specific.
    pub scopes: Vec<ScopeKind>,
    pub parameters: Vec<Parameter>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScopeKind {
    Global,
    Site,
    Service,
    Tag,
    NetworkSite,
}

/// A policy object; the name is empty at the global scope, and the pool's at a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    pub class: Name,
    pub scope: Scope,
    pub like: Option<Scope>,
    pub values: Vec<(Name, Value)>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scope {
    pub kind: ScopeKind,
    pub name: Name,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Guard {
    /// Category, and field unless it is the whole category.
    pub targets: Vec<(Name, Option<Name>)>,
    pub denials: Vec<Denial>,
}

/// `deny "label" when A unless B`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Denial {
    pub label: Name,
    pub when: Option<Condition>,
    pub unless: Option<Condition>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Condition {
    Constant(bool),
    Not(Box<Condition>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    /// A bool by itself.
    Holds(Reading),
    Compare(Reading, Comparison, Value),
    /// Two readings of the same kind.
    CompareReadings(Reading, Comparison, Reading),
    OneOf {
        reading: Reading,
        negated: bool,
        values: Vec<Value>,
    },
    /// `viewer in …`
    InContainer {
        negated: bool,
        place: Place,
    },
    InGroup {
        role: Role,
        negated: bool,
        group: Name,
    },
    /// `viewer is … of owner`
    Is {
        negated: bool,
        relation: Relation,
    },
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reading {
    Attribute(Role, Name),
    Setting {
        role: Role,
        class: Name,
        parameter: Name,
        by_class: bool,
    },
    /// `owner.CATEGORY.FIELD`
    Presence(Name, Name),
    /// `viewer.network`
    Network,
    /// `viewer.inside`
    Inside,
    /// `ROLE.site`
    Site(Role),
    /// `owner.mode`
    Mode,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Owner,
    Viewer,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    Contact,
    Delegate,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}
