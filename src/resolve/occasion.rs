//! When a feature is used: in which meetings of the directory, by whom, and what is open of everything else.

use crate::language::ast::{Role, Shape};
use crate::model::{MeetingId, Network, ROLE, Reading, Subject, Truth, Value, What};
use crate::viewers::Somebody;

use super::facts::{Cast, LeftOpen, read};
use super::meeting;
use super::open::Bounds;
use super::rule_set::RuleSet;
use super::usage::alone;

/// Whether something is known to happen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Certainty {
    /// It happens whenever the feature is used, whoever is left open; in a meeting, in one of the directory.
    Certain,
    /// It depends on something that is not known, or not said.
    Possible,
}

impl Certainty {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::Certain => "certain",
            Certainty::Possible => "possible",
        }
    }

    /// None if it cannot happen.
    pub(super) fn from_bounds(bounds: Bounds) -> Option<Certainty> {
        match (bounds.least, bounds.most) {
            (Truth::True, _) => Some(Certainty::Certain),
            (_, Truth::False) => None,
            _ => Some(Certainty::Possible),
        }
    }

    /// What comes of cases one of which is so, and nobody knows which.
    pub(super) fn in_all(cases: impl Iterator<Item = Option<Certainty>>) -> Option<Certainty> {
        let (mut certain, mut found) = (true, None);
        for case in cases {
            certain &= case == Some(Certainty::Certain);
            found = found.or(case);
        }
        found.map(|_| if certain { Certainty::Certain } else { Certainty::Possible })
    }
}

/// The casts of a question in which those who are not named are left open: one for each network that they can come
/// from, and each role that the asker can have in a meeting. Owners and organizers are of the organisation.
pub(super) fn open_casts(rules: &RuleSet, shape: Shape, asker: Option<Somebody>, other: Option<Somebody>) -> Vec<Cast> {
    let of = |networks: &[Network]| networks.iter().copied().map(Somebody::unnamed).collect::<Vec<_>>();
    let askers = asker.map_or_else(|| of(&Network::ALL), |asker| vec![asker]);
    let others = match shape {
        Shape::Party => of(&Network::ALL),
        Shape::User | Shape::Participant | Shape::Viewer => of(&[Network::SameEnterprise]),
    };
    let others = other.map_or(others, |other| vec![other]);
    let left_open = LeftOpen { asker: asker.is_none(), other: other.is_none() && shape != Shape::User };
    let mut casts = Vec::new();
    for asker in askers {
        if shape == Shape::User {
            casts.push(Cast { left_open, ..alone(asker) });
            continue;
        }
        for other in &others {
            for role in roles_of(rules, shape) {
                let cast = in_role(rules, Cast { role, left_open, ..Cast::view(asker, *other) });
                if !casts.contains(&cast) {
                    casts.push(cast);
                }
            }
        }
    }
    casts
}

/// The roles that somebody can have in a feature of this shape.
fn roles_of(rules: &RuleSet, shape: Shape) -> Vec<Option<Value>> {
    let roles = if shape == Shape::Participant { rules.model().roles().len() } else { 0 };
    if roles == 0 { vec![None] } else { (0..roles).map(|index| Some(Value(index as i64))).collect() }
}

/// The same cast in the role that rules read: the one that is assumed, if one is.
fn in_role(rules: &RuleSet, cast: Cast) -> Cast {
    let names = rules.model().names.attributes.get(&Role::Participant).filter(|_| cast.role.is_some());
    let Some(attribute) = names.and_then(|names| names.find(ROLE)) else { return cast };
    let reading = Reading { whose: Subject::Participant, what: What::Parameter(attribute) };
    Cast { role: read(rules, reading, &cast), ..cast }
}

/// Somebody who takes part in a meeting, as they are listed.
pub(super) fn cast_in(rules: &RuleSet, meeting: MeetingId, somebody: Somebody) -> Option<Cast> {
    let model = rules.model();
    let role = meeting::role_in(model, meeting, somebody)?;
    Some(in_role(rules, Cast::in_meeting(model, meeting, somebody, Some(role))))
}

/// Everybody who takes part in a meeting.
pub(super) fn casts_in(rules: &RuleSet, meeting: MeetingId) -> Vec<Cast> {
    let model = rules.model();
    let cast = |somebody, role| in_role(rules, Cast::in_meeting(model, meeting, somebody, Some(role)));
    meeting::participants(model, meeting).into_iter().map(|(_, somebody, role)| cast(somebody, role)).collect()
}

/// Somebody, or anybody, who takes part in a meeting in a role in which they are not listed.
pub(super) fn joining(rules: &RuleSet, meeting: MeetingId, asker: Option<Somebody>) -> Vec<Cast> {
    let listed = asker.and_then(|asker| cast_in(rules, meeting, asker)).and_then(|cast| cast.role);
    let organizer = Somebody::user(rules.model(), rules.model().meetings[meeting].organizer);
    let mut casts = open_casts(rules, Shape::Participant, asker, Some(organizer));
    casts.retain(|cast| listed.is_none() || cast.role != listed);
    casts.iter_mut().for_each(|cast| cast.meeting = Some(meeting));
    casts
}

/// True if the directory has people for every role of a feature, of whom somebody may be named.
pub(super) fn has_somebody(rules: &RuleSet, shape: Shape, named: Option<Somebody>) -> bool {
    let model = rules.model();
    let users = model.users.len();
    let is_user = named.is_some_and(|named| named.user.is_some());
    match shape {
        Shape::User => named.is_some() || users > 0,
        Shape::Participant => !model.meetings.is_empty(),
        Shape::Viewer => users > usize::from(is_user) && (named.is_some() || model.people.len() > 1),
        Shape::Party => {
            let is_person = named.is_some_and(|named| named.person.is_some());
            model.people.len() > usize::from(is_person || named.is_none())
        }
    }
}
