//! Meetings: who convened them, who takes part as what, and which values were sampled.

use super::Linking;
use crate::diagnostic::code;
use crate::directory::{self, Directory, Scalar};
use crate::language::ast::{Name, Role};
use crate::language::{Diagnostic, Span, Spanned};
use crate::model::{Meeting, ParameterId, PersonId, Value};

impl Linking {
    /// Every meeting of the directory.
    pub(super) fn meetings(&mut self, directory: &Directory) {
        for meeting in &directory.meetings {
            let id = Self::next(&self.model.meetings);
            if self.model.names.meetings.find(&meeting.name.it).is_none()
                && let Some(linked) = self.meeting(meeting)
                && self.model.names.meetings.declare(&meeting.name, id, &mut self.sink)
            {
                self.model.meetings.push(linked);
            }
        }
    }

    fn meeting(&mut self, meeting: &directory::Meeting) -> Option<Meeting> {
        let attributes = self.assignments(Role::Meeting, &meeting.attributes);
        let in_session = self.in_session(meeting);
        let participants = self.participants(meeting);
        let organizer = self.person(&meeting.organizer.it);
        let Some(user) = self.model.people[organizer].user else {
            let near = self.guesses.nearest("user", meeting.organizer.it.as_str(), self.model.user_addresses());
            self.sink.push(
                Diagnostic::new(code::NOT_A_USER, format!("`{}` is not among the users", meeting.organizer.it))
                    .at(meeting.organizer.span, "the organizer's policies decide, so they have to be known")
                    .help("name a user of the directory")
                    .suggest(near),
            );
            return None;
        };
        Some(Meeting {
            name: meeting.name.it.clone(),
            span: meeting.name.span,
            organizer: user,
            organizer_at: meeting.organizer.span,
            attributes,
            participants,
            in_session,
        })
    }

    fn participants(&mut self, meeting: &directory::Meeting) -> Vec<(Option<PersonId>, Value, Span)> {
        let mut participants = Vec::new();
        for (address, role) in &meeting.participants {
            let person = address.it.as_ref().map(|known| self.mentioned(known, address.span));
            let Some(role) = self.role(role) else { continue };
            participants.push((person, role, address.span));
        }
        participants.sort_unstable_by_key(|(person, _, _)| *person);
        participants
    }

    /// The value of the attribute `role` of participants.
    pub(super) fn role(&mut self, role: &Name) -> Option<Value> {
        let names = self.model.names.attributes.get(&Role::Participant)?;
        let Some(parameter) = names.find("role") else {
            self.sink.push(
                Diagnostic::new(code::UNKNOWN_SETTING, "participants have no attribute `role`")
                    .at(role.span, "so this has no meaning")
                    .help("declare it: `attributes participant { role: organizer | presenter | attendee = attendee }`"),
            );
            return None;
        };
        let kind = self.model.parameters[parameter].kind.clone();
        self.scalar(&kind, &Spanned::new(Scalar::Text(role.it.clone()), role.span))
    }

    fn in_session(&mut self, meeting: &directory::Meeting) -> Vec<(ParameterId, Value, Span)> {
        let mut sampled = Vec::new();
        for (class, name, scalar) in &meeting.in_session {
            let Some(class) = self.model.names.classes.expect(class, code::UNKNOWN_CLASS, &mut self.sink) else {
                continue;
            };
            let Some(names) = self.model.names.settings.get(&class) else { continue };
            let Some(setting) = names.expect(name, code::UNKNOWN_SETTING, &mut self.sink) else { continue };
            let kind = self.model.parameters[setting].kind.clone();
            if let Some(value) = self.scalar(&kind, scalar) {
                sampled.push((setting, value, scalar.span));
            }
        }
        sampled.sort_unstable_by_key(|(setting, _, _)| *setting);
        sampled
    }
}
