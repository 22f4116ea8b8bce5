//! Invariants and tests.

use serde::{Deserialize, Serialize};

use super::{Assignment, Circumstance, DataName, Entry, EntryKind, Literal, Name, PolicyObject, Relation, Target};
use crate::syntax::words::words;
use crate::text::Spanned;

/// `invariant "label" under policies { … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Invariant {
    /// Its label.
    pub label: Name,
    /// Proved for the set's own policy objects only.
    pub under_policies: bool,
    /// Its clauses.
    pub clauses: Vec<Spanned<InvariantClause>>,
}

/// `never CLAIM unless …`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InvariantClause {
    /// Never or always.
    pub quantifier: Spanned<Quantifier>,
    /// What.
    pub claim: Claim,
    /// When.
    pub when: Circumstance,
}

words! {
    /// How often a claim holds.
    pub enum Quantifier {
        /// In no world.
        Never = "never",
        /// In every world.
        Always = "always",
    }
}

/// What an invariant speaks of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Claim {
    /// `viewer sees TARGET`
    Sees {
        /// How much.
        extent: Spanned<Extent>,
        /// Of what.
        target: Target,
    },
    /// `FEATURE available`, `FEATURE unavailable`
    Available {
        /// The feature.
        feature: Name,
        /// Available or not.
        available: bool,
    },
    /// `viewer in CONTAINER`, `viewer not in CONTAINER`
    In {
        /// `not in`
        negated: bool,
        /// The container, `visible` or `blocking`.
        container: Name,
    },
    /// `DATA disclosed to RECIPIENT`
    Disclosed {
        /// What.
        data: DataName,
        /// To whom.
        recipient: Name,
    },
}

/// How much somebody sees.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Extent {
    /// `sees`: the field, or every field, with the owner's own value.
    Sees,
    /// `sees some of`: at least one field.
    SeesSome,
    /// `sees … as V`
    SeesAs(Literal),
    /// `does not see`: none.
    SeesNothing,
    /// `does not see … as V`
    SeesNotAs(Literal),
}

/// `test "label" { … }`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Test {
    /// Its label.
    pub label: Name,
    /// Its lines, in order.
    pub items: Vec<Spanned<TestItem>>,
}

/// A line of a test.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum TestItem {
    /// `given …`
    Given(Given),
    /// `expect …`
    Expect(Expect),
}

/// A fact that adds to or replaces the directory's for one test.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Given {
    /// `given "file.yaml"`: this directory instead of the project's.
    Directory(Name),
    /// `given PERSON { attribute = value, category.field = value }`, `given person PERSON`
    Person {
        /// `person`: somebody whom nothing else names.
        new: bool,
        /// Who.
        person: Name,
        /// Attributes, or fields of presence.
        assignments: Vec<Assignment>,
    },
    /// `given ENTRY in CONTAINER of OWNER`
    Entry {
        /// An address, `group G`, `domain D`, a network, `authenticated` or `everyone`.
        entry: Entry,
        /// Where.
        container: Name,
        /// Whose.
        owner: Name,
    },
    /// `given PERSON is contact of OWNER`, `given PERSON is not delegate of OWNER`
    Relation {
        /// Who.
        person: Name,
        /// `is not`
        negated: bool,
        /// As what.
        relation: Spanned<Relation>,
        /// Whose.
        owner: Name,
    },
    /// `domain fabrikam.com is federated`
    Network {
        /// The domain.
        domain: Name,
        /// The network of its people.
        network: Name,
    },
    /// `given PERSON in group G`
    Group {
        /// Who.
        person: Name,
        /// Which group.
        group: Name,
    },
    /// `given PERSON at site NAME`
    Site {
        /// Who.
        person: Name,
        /// Which site.
        site: Name,
    },
    /// `given policy CLASS SCOPE { … }`, `given policy CLASS of PERSON { … }`
    Policy(PolicyObject),
    /// `given meeting M of ORGANIZER with PERSON as ROLE, … { attribute = value }`
    Meeting {
        /// Its name.
        meeting: Name,
        /// Who convened it.
        organizer: Name,
        /// Who takes part, as what.
        participants: Vec<(Name, Option<Name>)>,
        /// Its attributes.
        assignments: Vec<Assignment>,
    },
}

impl Given {
    /// Whoever has to be a user for it to be so.
    pub fn user(&self) -> Option<&Name> {
        match self {
            Given::Person { new: true, assignments, .. } if assignments.is_empty() => None,
            Given::Person { person: user, .. }
            | Given::Entry { owner: user, .. }
            | Given::Relation { owner: user, .. }
            | Given::Site { person: user, .. }
            | Given::Meeting { organizer: user, .. } => Some(user),
            Given::Policy(policy) => policy.person(),
            Given::Group { .. } | Given::Network { .. } | Given::Directory(_) => None,
        }
    }

    /// Everybody it names, in the order of the text.
    pub fn people(&self) -> Vec<&Name> {
        match self {
            Given::Person { person, .. } | Given::Group { person, .. } | Given::Site { person, .. } => vec![person],
            Given::Relation { person, owner, .. } => vec![person, owner],
            Given::Entry { entry, owner, .. } => {
                let person = entry.value.as_ref().filter(|_| entry.kind.it == EntryKind::User);
                person.into_iter().chain([owner]).collect()
            }
            Given::Meeting { organizer, participants, .. } => {
                std::iter::once(organizer).chain(participants.iter().map(|(person, _)| person)).collect()
            }
            Given::Policy(policy) => policy.person().into_iter().collect(),
            Given::Network { .. } | Given::Directory(_) => Vec::new(),
        }
    }
}

/// `expect …`
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Expect {
    /// Who.
    pub who: Who,
    /// What of them is expected.
    pub what: Expectation,
    /// `because snapshot "name"`
    pub because: Option<Name>,
}

/// Who an expectation is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Who {
    /// One address, or `anonymous`.
    Person(Name),
    /// `exactly A, B`: these and nobody else.
    Exactly(Vec<Name>),
    /// `nobody`
    Nobody,
    /// `any NETWORK`
    Any(Name),
}

/// What is expected.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Expectation {
    /// `sees OWNER TARGET`
    Sees {
        /// How much.
        extent: Spanned<Extent>,
        /// Whose.
        owner: Name,
        /// What.
        target: Target,
    },
    /// `in CONTAINER of OWNER`, `not in CONTAINER of OWNER`
    In {
        /// `not in`
        negated: bool,
        /// The container, `visible` or `blocking`.
        container: Name,
        /// Whose.
        owner: Name,
    },
    /// `can use FEATURE …`, `cannot use FEATURE …`
    Uses {
        /// `can` or `cannot`.
        can: bool,
        /// The feature.
        feature: Name,
        /// In which context.
        context: UseContext,
    },
    /// `discloses DATA to RECIPIENT through FEATURE …`, `does not store DATA at PLACE through FEATURE …`
    Leaves(Leaves),
}

impl Expectation {
    /// Somebody besides those it is about: an owner, or the other side of a conversation.
    pub fn other(&self) -> Option<&Name> {
        match self {
            Expectation::Sees { owner, .. } | Expectation::In { owner, .. } => Some(owner),
            Expectation::Uses { context, .. } | Expectation::Leaves(Leaves { context, .. }) => match context {
                UseContext::With(other) | UseContext::Of(other) => Some(other),
                UseContext::Alone | UseContext::In(..) => None,
            },
        }
    }
}

/// What is to leave through a feature, or not to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Leaves {
    /// `does not`: none of it, to none of them.
    pub negated: bool,
    /// What; all of it.
    pub data: Vec<DataName>,
    /// Whose.
    pub whose: Option<Name>,
    /// Where to.
    pub to: Destination,
    /// Through which feature.
    pub feature: Name,
    /// In which context.
    pub context: UseContext,
}

/// Where something leaves to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Destination {
    /// `to RECIPIENT, …`: each of them.
    Recipients(Vec<Name>),
    /// `at PLACE`
    Place(Name),
}

/// In which context a feature is used.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum UseContext {
    /// By a user, without further roles.
    Alone,
    /// `in MEETING`, `in MEETING as ROLE`
    In(Name, Option<Name>),
    /// `with PEER`
    With(Name),
    /// `of OWNER`
    Of(Name),
}
