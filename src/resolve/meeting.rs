//! Who takes part in a meeting, and as what.

use crate::model::{MeetingId, Model, PersonId, Value};
use crate::viewers::Somebody;

use super::lookup;

/// The role of whoever convened a meeting.
const ORGANIZER: &str = "organizer";

/// The value of that role, where the set has it.
pub(super) fn organizer(model: &Model) -> Option<Value> {
    lookup::role(model, ORGANIZER).ok()
}

/// The roles that somebody who is not listed can take in a meeting: who convened it is known, so nobody joins as that.
/// None where the set has no roles.
pub fn joining_roles(model: &Model) -> Vec<Option<Value>> {
    let organizer = organizer(model);
    match model.roles().len() {
        0 => vec![None],
        roles => (0..roles).map(|index| Some(Value(index as i64))).filter(|role| *role != organizer).collect(),
    }
}

/// As what somebody takes part in a meeting, if they do.
pub fn role_in(model: &Model, meeting: MeetingId, asker: Somebody) -> Option<Value> {
    let of = &model.meetings[meeting];
    let known = asker.person.is_some() || asker == Somebody::ANONYMOUS;
    let at = of.participants.binary_search_by_key(&asker.person, |(person, _, _)| *person);
    let listed = at.ok().filter(|_| known).and_then(|at| of.participants.get(at));
    let organizes = asker.user == Some(of.organizer);
    let convener = || organizes.then(|| organizer(model)).flatten();
    listed.map(|(_, role, _)| *role).or_else(convener)
}

/// The participants of a meeting with their roles, the organizer included; anonymous ones have no person.
pub fn participants(model: &Model, meeting: MeetingId) -> Vec<(Option<PersonId>, Somebody, Value)> {
    let of = &model.meetings[meeting];
    let mut participants: Vec<(Option<PersonId>, Somebody, Value)> = Vec::new();
    let organizer = model.users[of.organizer].person;
    if !of.participants.iter().any(|(person, _, _)| *person == Some(organizer))
        && let Some(role) = role_in(model, meeting, Somebody::known(model, organizer))
    {
        participants.push((Some(organizer), Somebody::known(model, organizer), role));
    }
    for (person, role, _) in &of.participants {
        let somebody = person.map_or(Somebody::ANONYMOUS, |person| Somebody::known(model, person));
        participants.push((*person, somebody, *role));
    }
    participants.sort_by(|a, b| {
        let address = |person: Option<PersonId>| person.map(|person| &model.people[person].address);
        address(a.0).cmp(&address(b.0))
    });
    participants
}
