//! The walk: resolution, then publication, then guards. Deciding and explaining are this one function.

use crate::graph::FieldRules;
use crate::model::{CategoryId, ContainerId, Containers, FieldId, UserId};
use crate::viewers::Somebody;

use super::answer::{Answer, CategoryAnswer, Decision, Matched};
use super::facts::Cast;
use super::firing::{any_fires, denies, shown};
use super::probe::{Probe, Silent, Step};
use super::question::See;
use super::rule_set::RuleSet;

/// Answers a question about one field; about a category, for its first field.
pub fn decide(rules: &RuleSet, question: &See) -> Decision {
    let field = question.fields(rules.model()).next();
    match field {
        Some(field) => decide_field(rules, question.viewer(), question.owner(), field),
        None => Decision { answer: Answer::Hidden, container: None, matched: None },
    }
}

/// Answers for a field. Allocates nothing once the entries of the owner are settled.
#[inline]
pub fn decide_field(rules: &RuleSet, viewer: Somebody, owner: UserId, field: FieldId) -> Decision {
    walk(rules, viewer, owner, field, &mut Silent)
}

/// Answers for a category.
pub fn category_answer(rules: &RuleSet, viewer: Somebody, owner: UserId, category: CategoryId) -> CategoryAnswer {
    let fields = rules.model().categories[category].fields.iter();
    CategoryAnswer::from_answers(fields.map(|field| decide_field(rules, viewer, owner, *field).answer))
}

/// The walk.
#[inline(always)] // one copy for deciding, in which nothing of the listening is left
pub(super) fn walk<P: Probe>(
    rules: &RuleSet,
    viewer: Somebody,
    owner: UserId,
    field: FieldId,
    probe: &mut P,
) -> Decision {
    probe.step(Step::Viewer(viewer));
    if viewer.user == Some(owner) {
        probe.step(Step::Own);
        return Decision { answer: Answer::Visible, container: None, matched: None };
    }
    let of = rules.graph().tables().rules(field);
    let (container, matched) = resolve(rules, viewer, owner, of.among, probe);
    let answer = match container {
        None => Answer::Hidden,
        Some(container) => {
            let published = publication(rules, of, container, owner, field, probe);
            if published == Answer::Hidden || denied(rules, of, viewer, owner, field, probe) {
                Answer::Hidden
            } else {
                published
            }
        }
    };
    Decision { answer, container, matched }
}

/// Which container answers, and the entry that says so. It is one of `among`.
#[inline(always)]
fn resolve<P: Probe>(
    rules: &RuleSet,
    viewer: Somebody,
    owner: UserId,
    among: Containers,
    probe: &mut P,
) -> (Option<ContainerId>, Option<Matched>) {
    let model = rules.model();
    if let Some((matcher, container)) = rules.standing(owner).answering(model, viewer, among) {
        probe.step(Step::Membership(matcher, container));
        return (Some(container), Some(Matched { matcher, container }));
    }
    let fallback = model.fallback().filter(|fallback| among.has(*fallback));
    probe.step(Step::NoMembership(fallback));
    (fallback, None)
}

/// What the container that answers gives of the field, before guards are asked.
#[inline(always)]
fn publication<P: Probe>(
    rules: &RuleSet,
    of: &FieldRules,
    container: ContainerId,
    owner: UserId,
    field: FieldId,
    probe: &mut P,
) -> Answer {
    if !of.holds.has(container) {
        probe.step(Step::NotHeld(container));
        return Answer::Hidden;
    }
    let publication = rules.graph().tables().publication(container, field);
    if let Some(place) = publication.shows {
        // Silently, what was found out about the owner when entries were settled.
        let shown = if P::LISTENS {
            shown(rules, container, field, owner, probe)
        } else {
            rules.outcome(owner).shown(place as usize)
        };
        if let Some(shown) = shown {
            return shown;
        }
    }
    if publication.published {
        probe.step(Step::Published(container));
        return Answer::Visible;
    }
    probe.step(Step::NotPublished(container));
    Answer::Hidden
}

/// True if a guard of the field, or of its category, denies it.
#[inline(always)]
fn denied<P: Probe>(
    rules: &RuleSet,
    of: &FieldRules,
    viewer: Somebody,
    owner: UserId,
    field: FieldId,
    probe: &mut P,
) -> bool {
    if of.guards.is_empty() {
        return false;
    }
    let cast = || Cast::view(viewer, Somebody::user(rules.model(), owner));
    if P::LISTENS {
        let cast = cast();
        let mut any = false;
        for guard in &of.guards {
            any |= denies(rules, *guard, &cast, probe);
            if any && !P::THOROUGH {
                break;
            }
        }
        return any;
    }
    // Silently, the rules about the owner alone were asked when entries were settled; and the first denial ends it.
    (!of.of_owner.is_empty() && rules.outcome(owner).denies(field))
        || (!of.of_viewer.is_empty() && any_fires(rules, &of.of_viewer, &cast()))
}
