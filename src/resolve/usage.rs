//! Questions about features, from names to casts.

use crate::language::ast::Shape;
use crate::model::{FeatureId, MeetingId, Model, Value};
use crate::viewers::Somebody;

use super::facts::Cast;
use super::meeting::role_in;
use super::people::Named;
use super::rule_set::RuleSet;
use super::unknown::{Listing, Part, Unknown};
use super::{lookup, people};

/// What people without an address are called.
pub(super) const NAMELESS: &str = "anonymous";

/// The context of a question about a feature, as people name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Context<'a> {
    /// The meeting, for a feature of participants.
    pub meeting: Option<&'a str>,
    /// The role they take in it, in place of the one that the directory lists.
    pub role: Option<&'a str>,
    /// The other side, for a feature of conversations.
    pub peer: Option<&'a str>,
    /// The owner, for a feature of viewers.
    pub owner: Option<&'a str>,
}

/// "May they use this feature?" Made by [`RuleSet::use_feature`], or by [`Use::by`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Use {
    feature: FeatureId,
    cast: Cast,
    subject: String,
    other: Option<String>,
    warnings: Vec<String>,
}

impl Use {
    /// The question of somebody about a feature, both known already.
    pub fn by(rules: &RuleSet, named: Named, feature: FeatureId, context: Context<'_>) -> Result<Use, Unknown> {
        let model = rules.model();
        fitting(model, feature, context)?;
        let mut warnings: Vec<String> = named.warning.into_iter().collect();
        let asker = named.somebody;
        let mut of = Use { feature, cast: alone(asker), subject: named.name, other: None, warnings: Vec::new() };
        match model.features[feature].shape {
            Shape::User => {}
            Shape::Viewer => {
                let owner = people::owner(rules, context.owner.unwrap_or_default())?;
                rules.settle(owner);
                let name = model.people[model.users[owner].person].address.to_string();
                of.cast = Cast::view(asker, Somebody::user(model, owner));
                of.with_somebody_else(name, Part::Owner)?;
            }
            Shape::Party => {
                let peer = people::viewer(rules, context.peer.unwrap_or_default())?;
                warnings.extend(peer.warning);
                of.cast = Cast::view(asker, peer.somebody);
                of.with_somebody_else(peer.name, Part::Peer)?;
            }
            Shape::Participant => {
                let meeting = lookup::meeting(model, context.meeting.unwrap_or_default())?;
                let role = match context.role {
                    Some(role) => Some(lookup::role(model, role)?),
                    None => Some(listed_role(model, meeting, asker, &of.subject)?),
                };
                of.cast = Cast::in_meeting(model, meeting, asker, role);
            }
        }
        of.warnings = warnings;
        Ok(of)
    }

    /// A question of a cast that is known already, with the names of who asks, and of the peer or owner.
    pub fn known(feature: FeatureId, cast: Cast, subject: String, other: Option<String>) -> Use {
        Use { feature, cast, subject, other, warnings: Vec::new() }
    }

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
        let feature = lookup::feature(self.model(), feature)?;
        let named = people::viewer(self, subject)?;
        Use::by(self, named, feature, context)
    }
}

/// As what somebody takes part: as listed, and the organizer as organizer unless listed otherwise.
fn listed_role(model: &Model, meeting: MeetingId, asker: Somebody, name: &str) -> Result<Value, Unknown> {
    role_in(model, meeting, asker).ok_or_else(|| {
        let meeting = model.meetings[meeting].name.clone();
        Unknown::NotParticipant { name: name.to_owned(), meeting }
    })
}

/// A context that does not fit the roles of the feature is an error that says what fits.
fn fitting(model: &Model, feature: FeatureId, context: Context<'_>) -> Result<(), Unknown> {
    let of = &model.features[feature];
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
        let meetings = || Listing::new(model.names.meetings.spellings());
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

/// The cast of somebody who plays the only role.
pub fn alone(asker: Somebody) -> Cast {
    Cast::view(asker, asker)
}
