//! Questions about features, from names to casts, and who uses what.

use crate::language::ast::Shape;
use crate::language::nearest;
use crate::model::{FeatureId, MeetingId, Model, PersonId, Value};
use crate::viewers::{ClassOf, Somebody, open_classes};

use super::availability::{Ruling, decide_use};
use super::facts::{Cast, LeftOpen};
use super::question::{Named, find};
use super::rule_set::RuleSet;
use super::unknown::{Instead, Listing, Part, Unknown};

/// The role of whoever convened a meeting.
const ORGANIZER: &str = "organizer";

/// What people without an address are called.
const NAMELESS: &str = "anonymous";

/// The context of a question about a feature, as people name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Context<'a> {
    /// The meeting, for a feature of participants.
    pub meeting: Option<&'a str>,
    /// As what somebody takes part in it, instead of what the directory lists.
    pub role: Option<&'a str>,
    /// The other side, for a feature of conversations.
    pub peer: Option<&'a str>,
    /// The owner, for a feature of viewers.
    pub owner: Option<&'a str>,
}

/// "May they use this feature?" Made by [`RuleSet::use_feature`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Use {
    feature: FeatureId,
    cast: Cast,
    subject: String,
    other: Option<String>,
    warnings: Vec<String>,
}

impl Use {
    /// Which feature.
    pub fn feature(&self) -> FeatureId {
        self.feature
    }

    /// Who plays which role.
    pub fn cast(&self) -> &Cast {
        &self.cast
    }

    /// Who wants to use it: an address in canonical form, or `anonymous`.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The peer or owner.
    pub fn other(&self) -> Option<&str> {
        self.other.as_deref()
    }

    /// What is doubtful about the question.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Names the peer or owner, who is not the asker. Of those without an address each is somebody else.
    fn with_somebody_else(&mut self, other: String, part: Part) -> Result<(), Unknown> {
        if other == self.subject && other != NAMELESS {
            return Err(Unknown::BothSides { name: other, part });
        }
        self.other = Some(other);
        Ok(())
    }

    /// The same question from somebody else.
    #[must_use]
    pub fn asked_by(&self, asker: Somebody, name: String, role: Option<Value>) -> Use {
        let cast = Cast { asker, role: role.or(self.cast.role), ..self.cast };
        Use { cast, subject: name, warnings: Vec::new(), ..self.clone() }
    }
}

impl RuleSet {
    /// A question about a feature. The context has to fit the roles of the feature, and nothing else.
    pub fn use_feature(&self, subject: &str, feature: &str, context: Context<'_>) -> Result<Use, Unknown> {
        let feature = find(&self.model().names.features, "feature", feature)?;
        let named = self.viewer(subject)?;
        self.use_by(named, feature, context)
    }

    /// The same for somebody and a feature already known.
    pub fn use_by(&self, named: Named, feature: FeatureId, context: Context<'_>) -> Result<Use, Unknown> {
        self.fitting(feature, context)?;
        let mut warnings: Vec<String> = named.warning.into_iter().collect();
        let asker = named.somebody;
        let mut of = Use { feature, cast: alone(asker), subject: named.name, other: None, warnings: Vec::new() };
        match self.model().features[feature].shape {
            Shape::User => {}
            Shape::Viewer => {
                let owner = self.owner(context.owner.unwrap_or_default())?;
                self.settle(owner);
                let name = self.model().people[self.model().users[owner].person].address.to_string();
                of.cast = Cast::view(asker, Somebody::user(self.model(), owner));
                of.with_somebody_else(name, Part::Owner)?;
            }
            Shape::Party => {
                let peer = self.viewer(context.peer.unwrap_or_default())?;
                warnings.extend(peer.warning);
                of.cast = Cast::view(asker, peer.somebody);
                of.with_somebody_else(peer.name, Part::Peer)?;
            }
            Shape::Participant => {
                let meeting = self.meeting(context.meeting.unwrap_or_default())?;
                let role = match context.role {
                    Some(role) => Some(self.role(role)?),
                    None => Some(self.listed_role(meeting, asker, &of.subject)?),
                };
                of.cast = self.in_meeting(meeting, asker, role);
            }
        }
        of.warnings = warnings;
        Ok(of)
    }

    /// The cast of somebody in a meeting.
    pub fn in_meeting(&self, meeting: MeetingId, asker: Somebody, role: Option<Value>) -> Cast {
        let organizer = Somebody::user(self.model(), self.model().meetings[meeting].organizer);
        Cast { asker, other: organizer, meeting: Some(meeting), role, left_open: LeftOpen::default() }
    }

    /// A meeting by name.
    pub fn meeting(&self, name: &str) -> Result<MeetingId, Unknown> {
        find(&self.model().names.meetings, "meeting", name)
    }

    /// A value of the attribute `role` of participants.
    pub fn role(&self, name: &str) -> Result<Value, Unknown> {
        let roles = self.model().roles();
        let found = roles.iter().position(|role| role == name);
        found.map(|index| Value(index as i64)).ok_or_else(|| {
            let roles = || roles.iter().map(String::as_str);
            let instead = nearest(name, roles()).map_or_else(|| Instead::All(Listing::new(roles())), Instead::Near);
            Unknown::MeetingRole { role: name.to_owned(), instead }
        })
    }

    /// As what somebody takes part: as listed, and the organizer as organizer unless listed otherwise.
    fn listed_role(&self, meeting: MeetingId, asker: Somebody, name: &str) -> Result<Value, Unknown> {
        self.role_in(meeting, asker).ok_or_else(|| {
            let meeting = self.model().meetings[meeting].name.clone();
            Unknown::NotParticipant { name: name.to_owned(), meeting }
        })
    }

    /// As what somebody takes part in a meeting, if they do.
    pub fn role_in(&self, meeting: MeetingId, asker: Somebody) -> Option<Value> {
        let of = &self.model().meetings[meeting];
        let known = asker.person.is_some() || asker == Somebody::ANONYMOUS;
        let at = of.participants.binary_search_by_key(&asker.person, |(person, _, _)| *person);
        let listed = at.ok().filter(|_| known).and_then(|at| of.participants.get(at));
        let organizes = asker.user == Some(of.organizer);
        let organizer = || organizes.then(|| self.role(ORGANIZER).ok()).flatten();
        listed.map(|(_, role, _)| *role).or_else(organizer)
    }

    /// A context that does not fit the roles of the feature is an error that says what fits.
    fn fitting(&self, feature: FeatureId, context: Context<'_>) -> Result<(), Unknown> {
        let of = &self.model().features[feature];
        let (feature, shape) = (of.declared.name.clone(), of.shape);
        let given = [
            (Part::Meeting, context.meeting.is_some(), shape == Shape::Participant),
            (Part::Peer, context.peer.is_some(), shape == Shape::Party),
            (Part::Owner, context.owner.is_some(), shape == Shape::Viewer),
        ];
        let part = |is: &dyn Fn(bool, bool) -> bool| {
            given.iter().find(|(_, given, fits)| is(*given, *fits)).map(|(part, ..)| *part)
        };
        let fits = part(&|_, fits| fits);
        if let Some(part) = part(&|given, fits| given && !fits) {
            return Err(Unknown::Unfitting { feature, shape, part, fits });
        }
        if let Some(part) = part(&|given, fits| !given && fits) {
            let meetings = || Listing::new(self.model().names.meetings.spellings());
            let instead = (part == Part::Meeting).then(meetings);
            return Err(Unknown::Missing { feature, shape, part, instead });
        }
        match context.role {
            Some(_) if shape != Shape::Participant => {
                Err(Unknown::Unfitting { feature, shape, part: Part::Role, fits: None })
            }
            _ => Ok(()),
        }
    }
}

/// The cast of somebody who plays the only role.
pub fn alone(asker: Somebody) -> Cast {
    Cast::view(asker, asker)
}

/// Everybody who may use a feature, and everybody else the directory cannot enumerate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Users {
    /// Known people with their ruling, sorted by address: those the question is about.
    pub known: Vec<(Option<PersonId>, Option<Value>, Ruling)>,
    /// Open classes with their ruling; of a meeting, for each role they could join as.
    pub open: Vec<(ClassOf, Option<Value>, Ruling)>,
    /// What is doubtful about the question.
    pub warnings: Vec<String>,
}

impl RuleSet {
    /// Who uses a feature in a context. Of a meeting the known people are its participants (with a role, everybody as
    /// that); of an owner or with a peer, that person is left out.
    pub fn who_uses(&self, feature: FeatureId, context: Context<'_>) -> Result<Users, Unknown> {
        let model = self.model();
        let role = context.role;
        let asker = Named { somebody: Somebody::ANONYMOUS, name: NAMELESS.to_owned(), warning: None };
        // Any role serves to make the question; each person gets their own below.
        let roles = self.model().roles();
        let some_role = role.or(roles.last().map(String::as_str));
        let shape = model.features[feature].shape;
        let with_role = if shape == Shape::Participant { some_role } else { role };
        let question = self.use_by(asker, feature, Context { role: with_role, ..context })?;
        let rule = |asker: Somebody, role: Option<Value>| {
            let cast = Cast { asker, role, ..*question.cast() };
            let cast = if shape == Shape::User { alone(asker) } else { cast };
            decide_use(self, feature, &cast)
        };
        let warnings = question.warnings().to_vec();
        let mut users = Users { known: Vec::new(), open: Vec::new(), warnings };
        match (shape, question.cast().meeting, role) {
            (Shape::Participant, Some(meeting), None) => {
                for (person, somebody, role) in self.participants(meeting) {
                    users.known.push((person, Some(role), rule(somebody, Some(role))));
                }
            }
            _ => {
                let role = question.cast().role;
                // Nobody is their own peer, nor looks at themselves as others do.
                let left_out = question.cast().other.person.filter(|_| matches!(shape, Shape::Viewer | Shape::Party));
                let mut people: Vec<PersonId> = model.people.ids().filter(|id| Some(*id) != left_out).collect();
                people.sort_by(|a, b| model.people[*a].address.cmp(&model.people[*b].address));
                for person in people {
                    users.known.push((Some(person), role, rule(Somebody::known(model, person), role)));
                }
            }
        }
        let open_roles: Vec<Option<Value>> = match (shape, role) {
            // Who convened a meeting is known, so nobody else joins as that.
            (Shape::Participant, None) => {
                let organizer = self.role(ORGANIZER).ok();
                let all = (0..roles.len()).map(|index| Some(Value(index as i64)));
                all.filter(|role| *role != organizer).collect()
            }
            (Shape::Participant, Some(_)) => vec![question.cast().role],
            _ => vec![None],
        };
        // Where there are no users, there is nobody to ask this of.
        let open = if model.users.is_empty() { Vec::new() } else { open_classes(model) };
        for class in open {
            for role in &open_roles {
                users.open.push((class.who, *role, rule(class.representative, *role)));
            }
        }
        Ok(users)
    }

    /// The participants of a meeting with their roles, the organizer included; anonymous ones have no person.
    pub fn participants(&self, meeting: MeetingId) -> Vec<(Option<PersonId>, Somebody, Value)> {
        let model = self.model();
        let of = &model.meetings[meeting];
        let mut participants: Vec<(Option<PersonId>, Somebody, Value)> = Vec::new();
        let organizer = model.users[of.organizer].person;
        if !of.participants.iter().any(|(person, _, _)| *person == Some(organizer))
            && let Some(role) = self.role_in(meeting, Somebody::known(model, organizer))
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

    /// One row for each feature that the context answers: those of users always, those of meetings, conversations and
    /// owners where it names one.
    pub fn what_uses(&self, named: &Named, context: Context<'_>) -> Result<Vec<(Use, Ruling)>, Unknown> {
        let model = self.model();
        let mut rows = Vec::new();
        for (feature, of) in model.features.iter() {
            let fitting = match of.shape {
                Shape::User => Context::default(),
                Shape::Participant if context.meeting.is_some() => {
                    Context { meeting: context.meeting, role: context.role, ..Context::default() }
                }
                Shape::Party if context.peer.is_some() => Context { peer: context.peer, ..Context::default() },
                Shape::Viewer if context.owner.is_some() => Context { owner: context.owner, ..Context::default() },
                Shape::Participant | Shape::Party | Shape::Viewer => continue,
            };
            let question = self.use_by(named.clone(), feature, fitting)?;
            let ruling = decide_use(self, feature, question.cast());
            rows.push((question, ruling));
        }
        Ok(rows)
    }
}

/// What is doubtful about some questions, each thing once.
pub fn doubts_of(rows: &[(Use, Ruling)]) -> Vec<String> {
    let mut doubts: Vec<String> = Vec::new();
    for doubt in rows.iter().flat_map(|(question, _)| question.warnings()) {
        if !doubts.contains(doubt) {
            doubts.push(doubt.clone());
        }
    }
    doubts
}

/// The settings and attributes that the rules of a feature, and of those it requires, read. Sorted by name.
pub fn controls(model: &Model, feature: FeatureId) -> Vec<crate::model::ParameterId> {
    let mut controls = Vec::new();
    let mut features = vec![feature];
    while let Some(next) = features.pop() {
        let of = &model.features[next];
        features.extend(of.requires.iter().map(|(required, _)| *required));
        for rule in &of.rules {
            controls.extend(parameters(model, model.rules[*rule].when));
        }
    }
    controls.sort_by_key(|id| (model.parameters[*id].belongs_to, model.parameters[*id].declared.name.clone()));
    controls.dedup();
    controls
}

/// The settings and attributes a condition reads.
fn parameters(model: &Model, condition: crate::model::ConditionId) -> Vec<crate::model::ParameterId> {
    use crate::model::{Condition, What};
    let mut found = Vec::new();
    model.conditions.any(condition, &mut |part| {
        let mut take = |what: What| {
            if let What::Parameter(id) = what {
                found.push(id);
            }
        };
        match part {
            Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => take(reading.what),
            Condition::CompareReadings(left, _, right) => {
                take(left.what);
                take(right.what);
            }
            _ => {}
        }
        false
    });
    found
}
