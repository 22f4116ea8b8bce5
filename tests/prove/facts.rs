//! The facts of a pair of people, as the worlds of proofs have them.

use prescope::graph::RuleGraph;
use prescope::language::ast::Role;
use prescope::model::{
    Condition, Entry, Id, Model, Network, ParameterOf, PersonId, Reading, Scope, Subject, Value, ValueType, What,
};
use prescope::resolve::{Cast, RuleSet, Somebody};
use prescope::symbolic::{EntryType, Space, Variable};
use prescope::viewers::Matcher;

use super::chain::Chain;
use crate::oracle::world::Name;

/// The people of a question: a viewer and an owner, or whoever uses a feature.
pub(super) struct Pair<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) space: &'a Space<'a>,
    pub(super) cast: Cast,
    /// The domains that match the viewer.
    pub(super) chain: Option<Chain>,
    /// The network sites of whoever asks and of the other, which decide nothing but which objects apply.
    pub(super) network_sites: [Option<Name>; 2],
}

impl Pair<'_> {
    fn model(&self) -> &Model {
        self.rules.model()
    }

    fn graph(&self) -> &RuleGraph {
        self.rules.graph()
    }

    fn somebody(&self, whose: Subject) -> Somebody {
        self.cast.somebody(whose)
    }

    /// What a variable is for the two, in the words of the space: of values that it does not tell apart, the one it
    /// has.
    pub(super) fn value(&self, variable: Variable) -> Option<Value> {
        let model = self.model();
        let owner = || &model.users[self.cast.other.user.expect("an owner")];
        let viewer = self.cast.asker.person;
        Some(match variable {
            Variable::Reading(reading) => self.reading(reading),
            Variable::Group(whose, group) => {
                let person = self.somebody(whose).person;
                Value::from(person.is_some_and(|person| self.graph().member_at(group, person).is_some()))
            }
            Variable::Listed(_, true) => Value::from(viewer.is_some_and(|viewer| owner().has_delegate(viewer))),
            Variable::Listed(_, false) => Value::from(viewer.is_some_and(|viewer| owner().contacts.has(viewer))),
            Variable::Entry(of, container) => {
                let entries = owner().entries.iter().filter(|(stands_in, ..)| *stands_in == container);
                let mut matchers = entries.flat_map(|(_, entry, _)| self.graph().matchers(entry));
                Value::from(matchers.any(|matcher| self.matches(matcher, of)))
            }
            Variable::Anonymous => Value::from(!self.cast.asker.has_address()),
            Variable::Named => {
                let named = viewer.filter(|viewer| is_named(model, *viewer));
                Value(named.map_or(-1, |viewer| viewer.index() as i64))
            }
            Variable::Domain => self.chain.as_ref()?.whereabouts.value(),
            Variable::NetworkAbove(number) => {
                let own = self.chain.as_ref()?.network(model, number, self.cast.asker.network);
                own.map_or(Value(-1), Network::value)
            }
            Variable::Granted(whose, class) => {
                let user = self.somebody(whose).user;
                let site = user.and_then(|user| model.users[user].site);
                let granted = model.object_for(class, user).filter(|object| match &model.objects[*object].scope {
                    Scope::Tag(_) | Scope::Service(..) => true,
                    // Whoever is there has it anyway.
                    Scope::Site(name) => name.site != site,
                    Scope::Global | Scope::NetworkSite(_) | Scope::Person(_) => false,
                });
                Value(granted.map_or(-1, |object| object.index() as i64))
            }
            // Objects of services may be granted by their names.
            Variable::Pool(_) => Value(-1),
            Variable::NetworkSite(whose) => {
                let [asker, other] = &self.network_sites;
                let there = if asks(whose) { asker } else { other };
                let there = there.as_ref().map(|name| Scope::NetworkSite(name.to_lowercase()));
                let first = model.objects.iter().find(|(_, object)| Some(&object.scope) == there.as_ref());
                Value(first.map_or(-1, |(object, _)| object.index() as i64))
            }
            Variable::Level(_) => return None,
        })
    }

    /// Whether a matcher matches the viewer as that.
    fn matches(&self, matcher: Matcher, of: EntryType) -> bool {
        match (matcher, of) {
            (Matcher::Everyone, EntryType::Everyone) => true,
            (Matcher::Authenticated, EntryType::Authenticated) => self.cast.asker.has_address(),
            (Matcher::Network(network), EntryType::Network) => network == self.cast.asker.network,
            (Matcher::Network(network), EntryType::OtherNetwork(other)) => {
                network == other && other != self.cast.asker.network
            }
            (Matcher::Domain(domain), EntryType::Domain(number)) => {
                self.chain.as_ref().and_then(|chain| chain.domain(self.model(), number)) == Some(domain)
            }
            (Matcher::Person(person), EntryType::Person) => Some(person) == self.cast.asker.person,
            _ => false,
        }
    }

    fn reading(&self, reading: Reading) -> Value {
        let values = self.space.values(Variable::Reading(reading));
        // Of people outside nothing is known, so it does not matter what it is.
        let Some(own) = self.raw(reading) else { return values[0] };
        let other = counterpart(reading.whose);
        let compared = self.model().conditions.iter().any(|(_, condition)| match condition {
            Condition::CompareReadings(left, _, right) => *left == reading || *right == reading,
            _ => false,
        });
        let other = if compared { self.raw(Reading { whose: other, ..reading }) } else { None };
        told_apart(&self.model().kind_of(reading.what), values, own, other, reading.whose)
    }

    /// The value itself; none of people outside.
    fn raw(&self, Reading { whose, what }: Reading) -> Option<Value> {
        let model = self.model();
        let somebody = self.somebody(whose);
        let inside = somebody.network == Network::SameEnterprise;
        if let What::Parameter(id) = what
            && let ParameterOf::Attribute(of @ (Role::Participant | Role::Meeting)) = model.parameters[id].belongs_to
        {
            let in_meeting = self.cast.meeting.and_then(|meeting| model.meetings[meeting].attribute(id));
            let set = if of == Role::Meeting { in_meeting.map(|(value, _)| value) } else { self.cast.role };
            return Some(set.unwrap_or(model.parameters[id].default));
        }
        match what {
            What::Network => Some(somebody.network.value()),
            What::Site => Some(Value::site(somebody.user.and_then(|user| model.users[user].site))),
            _ if !inside => None,
            What::Mode => None,
            What::Presence(field) => {
                let said = somebody.user.and_then(|user| model.users[user].presence_in(field));
                Some(said.map_or(Value(0), |(value, _)| value))
            }
            What::Parameter(id) => {
                let parameter = &model.parameters[id];
                Some(match parameter.belongs_to {
                    ParameterOf::Attribute(Role::User) => {
                        somebody.user.map_or(parameter.default, |user| model.attribute(user, id))
                    }
                    ParameterOf::Setting(class) => model.value_in(model.object_for(class, somebody.user), parameter),
                    ParameterOf::Attribute(_) => return None,
                })
            }
        }
    }
}

/// Whether this is the role of whoever asks.
fn asks(whose: Subject) -> bool {
    matches!(whose, Subject::Viewer | Subject::User | Subject::Participant | Subject::Party)
}

/// The role with whose values those of a role are compared.
fn counterpart(whose: Subject) -> Subject {
    match whose {
        Subject::Owner => Subject::Viewer,
        Subject::Viewer => Subject::Owner,
        Subject::Participant => Subject::Organizer,
        Subject::Organizer => Subject::Participant,
        Subject::Party => Subject::Peer,
        Subject::Peer => Subject::Party,
        Subject::User | Subject::Meeting => whose,
    }
}

/// Whether memberships name somebody.
pub(super) fn is_named(model: &Model, person: PersonId) -> bool {
    let mut grants = model.memberships.values().flat_map(|membership| &membership.grants);
    grants.any(|(_, entry, _)| *entry == Entry::Person(person))
}

/// The value among those of a space that no condition tells from a person's own, nor from that of the other with whom
/// they are compared.
fn told_apart(kind: &ValueType, values: &[Value], own: Value, other: Option<Value>, whose: Subject) -> Value {
    if values.contains(&own) {
        return own;
    }
    // What no rule names has stand-ins: of texts they are negative, of numbers the next below. If people are compared,
    // there are two: people who are alike share one, of two who are not each has their own.
    let mut stand_ins: Vec<Value> = match kind {
        ValueType::Text => values.iter().copied().filter(|value| value.0 < 0).collect(),
        _ => values.iter().copied().filter(|value| *value < own).collect(),
    };
    stand_ins.sort_unstable_by(|a, b| b.cmp(a));
    stand_ins.truncate(if other.is_some() { 2 } else { 1 });
    stand_ins.retain(|value| Some(*value) != other);
    let differ = other.is_some_and(|other| other != own && !values.contains(&other));
    let stand_in = if differ && asks(whose) { stand_ins.last() } else { stand_ins.first() };
    *stand_in.expect("a value that stands for those that no rule names")
}
