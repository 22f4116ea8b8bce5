//! What a condition can read of the people and the meeting of a question.

use crate::language::ast::Role;
use crate::model::{FieldId, MeetingId, Parameter, ParameterId, ParameterOf, Reading, Subject, UserId, Value, What};
use crate::viewers::Somebody;

use super::rule_set::RuleSet;

/// The attribute of participants that says as what somebody takes part in a meeting.
pub(super) const ROLE: &str = "role";

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

impl RuleSet {
    /// The value a reading has; None if it is not known.
    pub(crate) fn read(&self, reading: Reading, cast: &Cast) -> Option<Value> {
        let somebody = cast.somebody(reading.of);
        let is_open = cast.is_open(reading.of);
        // Of a role that nobody is named for, what is assumed of the role is all that is known.
        if let Some(assumed) = self.assumed(reading, (!is_open).then_some(somebody)) {
            return Some(assumed);
        }
        if is_open && !self.is_known_of_anybody(reading.what, somebody) {
            return None;
        }
        match reading.what {
            What::Network => Some(somebody.network.value()),
            What::Site => Some(Value::site(somebody.user.and_then(|user| self.model().users[user].site))),
            What::Mode => {
                let manifest = somebody.user.and_then(|owner| self.standing(owner).manifest());
                manifest.map(Value::manifest)
            }
            What::Presence(field) => match somebody.user {
                Some(user) => {
                    let presence = &self.model().users[user].presence;
                    let at = presence.binary_search_by_key(&field, |(set, _, _)| *set);
                    Some(at.ok().and_then(|at| presence.get(at)).map_or(Value::FALSE, |(_, value, _)| *value))
                }
                // The first value of the type; of outsiders nothing is known.
                None => somebody.inside().then_some(Value::FALSE),
            },
            What::Parameter(id) => {
                let parameter = &self.model().parameters[id];
                match parameter.of {
                    ParameterOf::Attribute(Role::User) => self.user_attribute(id, parameter, somebody),
                    ParameterOf::Attribute(Role::Participant) => {
                        Some(cast.role.filter(|_| parameter.declared.name == ROLE).unwrap_or(parameter.default))
                    }
                    ParameterOf::Attribute(Role::Meeting) => Some(self.meeting_attribute(id, parameter, cast.meeting)),
                    ParameterOf::Setting(_) => self.setting(reading, id, parameter, cast, somebody),
                }
            }
        }
    }

    /// True if a value is known of people of whom only the network and the role in a meeting are: an outsider has no site,
    /// and the directory gives participants a role and no other attribute.
    fn is_known_of_anybody(&self, what: What, somebody: Somebody) -> bool {
        match what {
            What::Network => true,
            What::Site => !somebody.inside(),
            What::Parameter(id) => self.model().parameters[id].of == ParameterOf::Attribute(Role::Participant),
            What::Presence(_) | What::Mode => false,
        }
    }

    fn user_attribute(&self, id: ParameterId, parameter: &Parameter, somebody: Somebody) -> Option<Value> {
        let Some(user) = somebody.user else { return somebody.inside().then_some(parameter.default) };
        let attributes = &self.model().users[user].attributes;
        let at = attributes.binary_search_by_key(&id, |(set, _, _)| *set);
        Some(at.ok().and_then(|at| attributes.get(at)).map_or(parameter.default, |(_, value, _)| *value))
    }

    fn meeting_attribute(&self, id: ParameterId, parameter: &Parameter, meeting: Option<MeetingId>) -> Value {
        let Some(meeting) = meeting else { return parameter.default };
        let attributes = &self.model().meetings[meeting].attributes;
        let at = attributes.binary_search_by_key(&id, |(set, _, _)| *set);
        at.ok().and_then(|at| attributes.get(at)).map_or(parameter.default, |(_, value, _)| *value)
    }

    fn setting(
        &self,
        reading: Reading,
        id: ParameterId,
        parameter: &Parameter,
        cast: &Cast,
        somebody: Somebody,
    ) -> Option<Value> {
        if let (Subject::Organizer, Some(meeting)) = (reading.of, cast.meeting) {
            let sampled = &self.model().meetings[meeting].in_session;
            if let Some((_, value, _)) =
                sampled.binary_search_by_key(&id, |(set, _, _)| *set).ok().and_then(|at| sampled.get(at))
            {
                return Some(*value);
            }
        }
        if !somebody.inside() {
            return None;
        }
        let object = self.object_in_effect(parameter, somebody.user);
        Some(self.model().value_in(object, parameter))
    }

    /// The owner's own value of a field, as the directory knows it.
    pub fn shown_value(&self, owner: UserId, field: FieldId) -> Option<String> {
        let model = self.model();
        let user = &model.users[owner];
        match &model.fields[field].kind {
            None => user.texts.iter().find(|(of, _)| *of == field).map(|(_, text)| text.clone()),
            Some(kind) => {
                let set = user.presence.iter().find(|(of, _, _)| *of == field);
                set.map(|(_, value, _)| model.value_name(kind, *value))
            }
        }
    }

    /// The policy object that gives a person of the organisation the values of a class; None is the declared defaults.
    pub(super) fn object_in_effect(
        &self,
        parameter: &Parameter,
        user: Option<UserId>,
    ) -> Option<crate::model::ObjectId> {
        let ParameterOf::Setting(class) = parameter.of else { return None };
        self.model().object_for(class, user)
    }
}
