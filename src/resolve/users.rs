//! Who uses what: everybody who may use a feature, and every feature that somebody may use.

use crate::language::ast::Shape;
use crate::model::{FeatureId, PersonId, Value};
use crate::viewers::{ClassOf, Somebody, open_classes};

use super::availability::{Ruling, decide_use};
use super::facts::Cast;
use super::meeting::{joining_roles, participants};
use super::people::Named;
use super::rule_set::RuleSet;
use super::unknown::Unknown;
use super::usage::{Context, NAMELESS, Use, alone};

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

/// Who may use a feature in a context. In a meeting the known people are its participants, or everybody if a role is
/// given. The owner or peer that the context names is left out.
pub fn who_uses(rules: &RuleSet, feature: FeatureId, context: Context<'_>) -> Result<Users, Unknown> {
    let model = rules.model();
    let role = context.role;
    let asker = Named { somebody: Somebody::ANONYMOUS, name: NAMELESS.to_owned(), warning: None };
    // Any role serves to make the question; each person gets their own below.
    let roles = rules.model().roles();
    let some_role = role.or(roles.last().map(String::as_str));
    let shape = model.features[feature].shape;
    let with_role = if shape == Shape::Participant { some_role } else { role };
    let question = Use::by(rules, asker, feature, Context { role: with_role, ..context })?;
    let rule = |asker: Somebody, role: Option<Value>| {
        let cast = Cast { asker, role, ..*question.cast() };
        let cast = if shape == Shape::User { alone(asker) } else { cast };
        decide_use(rules, feature, &cast)
    };
    let warnings = question.warnings().to_vec();
    let mut users = Users { known: Vec::new(), open: Vec::new(), warnings };
    match (shape, question.cast().meeting, role) {
        (Shape::Participant, Some(meeting), None) => {
            for (person, somebody, role) in participants(model, meeting) {
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
        (Shape::Participant, None) => joining_roles(model),
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

/// One row for each feature that the context answers: features of users always; those of meetings, conversations and
/// owners only if it names one.
pub fn what_uses(rules: &RuleSet, named: &Named, context: Context<'_>) -> Result<Vec<(Use, Ruling)>, Unknown> {
    let model = rules.model();
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
        let question = Use::by(rules, named.clone(), feature, fitting)?;
        let ruling = decide_use(rules, feature, question.cast());
        rows.push((question, ruling));
    }
    Ok(rows)
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
