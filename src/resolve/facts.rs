//! What a condition can read of the people and the meeting of a question.

use crate::language::Span;
use crate::language::ast::Role;
use crate::model::{
    ClassId, ContainerId, Containers, MeetingId, Model, ParameterId, ParameterOf, ROLE, Reading, Subject, UserId,
    Value, What,
};
use crate::viewers::{Matcher, Somebody};

use super::world::World;

/// Who plays which role in a question. Every question has somebody who asks (viewer, user, participant, party) and
/// somebody about whom it is asked (owner, organizer, peer).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cast {
    /// Viewer, user, participant or party.
    pub asker: Somebody,
    /// Owner, organizer or peer; the asker again where there is nobody else.
    pub other: Somebody,
    /// The meeting; None is one that is not said, if the feature has one.
    pub meeting: Option<MeetingId>,
    /// As what the asker takes part in it: a value of the attribute `role` of participants.
    pub role: Option<Value>,
    /// Who is not said: of them the network is known, and the role in a meeting, and nothing else.
    pub left_open: LeftOpen,
}

/// The roles of a question that nobody is named for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LeftOpen {
    /// Viewer, user, participant or party.
    pub asker: bool,
    /// Owner, organizer or peer.
    pub other: bool,
}

impl Cast {
    /// A viewer who looks at an owner.
    pub fn view(viewer: Somebody, owner: Somebody) -> Cast {
        Cast { asker: viewer, other: owner, meeting: None, role: None, left_open: LeftOpen::default() }
    }

    /// Somebody in a meeting, as whatever they take part in it.
    pub fn in_meeting(model: &Model, meeting: MeetingId, asker: Somebody, role: Option<Value>) -> Cast {
        let organizer = Somebody::user(model, model.meetings[meeting].organizer);
        Cast { asker, other: organizer, meeting: Some(meeting), role, left_open: LeftOpen::default() }
    }

    /// True if nobody is named for a role.
    pub fn is_open(&self, subject: Subject) -> bool {
        match subject {
            Subject::Viewer | Subject::User | Subject::Participant | Subject::Party => self.left_open.asker,
            Subject::Owner | Subject::Organizer | Subject::Peer => self.left_open.other,
            Subject::Meeting => self.meeting.is_none(),
        }
    }

    /// Who plays a role.
    pub fn somebody(&self, subject: Subject) -> Somebody {
        match subject {
            Subject::Viewer | Subject::User | Subject::Participant | Subject::Party => self.asker,
            Subject::Owner | Subject::Organizer | Subject::Peer | Subject::Meeting => self.other,
        }
    }
}

/// The value a reading has; None if it is not known.
pub(crate) fn read(world: &impl World, reading: Reading, cast: &Cast) -> Option<Value> {
    let model = world.model();
    let somebody = cast.somebody(reading.whose);
    let is_open = cast.is_open(reading.whose);
    // Of a role that nobody is named for, what is assumed of the role is all that is known.
    if let Some(assumed) = world.assumed(reading, (!is_open).then_some(somebody)) {
        return Some(assumed);
    }
    if is_open && !is_known_of_anybody(model, reading.what, somebody) {
        return None;
    }
    match reading.what {
        What::Network => Some(somebody.network.value()),
        What::Site => Some(Value::site(somebody.user.and_then(|user| model.users[user].site))),
        What::Mode => {
            let manifest = somebody.user.and_then(|owner| world.standing(owner).manifest());
            manifest.map(Value::manifest)
        }
        What::Presence(field) => match somebody.user {
            Some(user) => Some(set_or(model.users[user].presence_in(field), Value::FALSE)),
            // The first value of the type; of outsiders nothing is known.
            None => somebody.inside().then_some(Value::FALSE),
        },
        What::Parameter(id) => {
            let parameter = &model.parameters[id];
            match parameter.belongs_to {
                ParameterOf::Attribute(Role::User) => user_attribute(model, id, somebody),
                ParameterOf::Attribute(Role::Participant) => {
                    Some(cast.role.filter(|_| parameter.declared.name == ROLE).unwrap_or(parameter.default))
                }
                ParameterOf::Attribute(Role::Meeting) => {
                    let set = cast.meeting.and_then(|meeting| model.meetings[meeting].attribute(id));
                    Some(set_or(set, parameter.default))
                }
                ParameterOf::Setting(class) => setting(model, (class, id), reading.whose, cast),
            }
        }
    }
}

/// The value of an attribute of somebody; of outsiders nothing is known.
#[inline(never)] // conditions read settings more often, and `read` stays small
fn user_attribute(model: &Model, id: ParameterId, somebody: Somebody) -> Option<Value> {
    match somebody.user {
        Some(user) => Some(model.attribute(user, id)),
        None => somebody.inside().then_some(model.parameters[id].default),
    }
}

/// The value of a setting of whoever plays a role: sampled when the meeting began, or what the policy object in effect
/// says.
#[inline(always)]
fn setting(model: &Model, (class, id): (ClassId, ParameterId), role: Subject, cast: &Cast) -> Option<Value> {
    if let (Subject::Organizer, Some(meeting)) = (role, cast.meeting)
        && let Some((value, _)) = model.meetings[meeting].sampled(id)
    {
        return Some(value);
    }
    let somebody = cast.somebody(role);
    if !somebody.inside() {
        return None;
    }
    Some(model.value_in(model.object_for(class, somebody.user), &model.parameters[id]))
}

#[inline]
fn set_or(set: Option<(Value, Span)>, default: Value) -> Value {
    set.map_or(default, |(value, _)| value)
}

/// True if a value is known of people of whom only the network and the role in a meeting are: an outsider has no site,
/// and the directory gives participants a role and no other attribute.
fn is_known_of_anybody(model: &Model, what: What, somebody: Somebody) -> bool {
    match what {
        What::Network => true,
        What::Site => !somebody.inside(),
        What::Parameter(id) => model.parameters[id].belongs_to == ParameterOf::Attribute(Role::Participant),
        What::Presence(_) | What::Mode => false,
    }
}

/// The level of the asker as viewer of the other.
pub(super) fn level(world: &impl World, cast: &Cast) -> Option<ContainerId> {
    resolved(world, cast.asker, cast.other.user?).map(|(container, _)| container)
}

/// The level of a viewer with the entry that says so: resolution over all containers, the fallback when nothing
/// matches.
#[inline]
pub(super) fn resolved(world: &impl World, viewer: Somebody, owner: UserId) -> Option<(ContainerId, Option<Matcher>)> {
    let found = world.standing(owner).answering(world.model(), viewer, Containers(u64::MAX));
    let fallback = || world.model().fallback().map(|fallback| (fallback, None));
    found.map(|(matcher, container)| (container, Some(matcher))).or_else(fallback)
}
