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
use super::settle::{Settled, settled};

/// Answers a question about one field; about a category, for its first field.
pub fn decide(rules: &RuleSet, question: &See) -> Decision {
    let field = question.fields(rules.model()).next();
    match field {
        Some(field) => decide_field(rules, question.viewer(), question.owner(), field),
        None => Decision { answer: Answer::Hidden, container: None, matched: None },
    }
}

/// The answers to a question, with what they rest on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answers {
    /// The decision for each field asked for, in order.
    pub decisions: Vec<(FieldId, Decision)>,
    /// The entries of the owner; None if no entry decided.
    pub settled: Option<Settled>,
}

/// The decision for every field a question asks for, in order.
pub fn decisions(rules: &RuleSet, question: &See) -> Vec<(FieldId, Decision)> {
    let decide = |field| (field, decide_field(rules, question.viewer(), question.owner(), field));
    question.fields(rules.model()).map(decide).collect()
}

impl Answers {
    /// What decisions rest on, made by [`decisions`] or [`explain`](super::explain()).
    pub fn new(rules: &RuleSet, question: &See, decisions: Vec<(FieldId, Decision)>) -> Answers {
        let matched = decisions.last().and_then(|(_, decision)| decision.matched);
        Answers { settled: matched.map(|_| settled(rules, question.owner())), decisions }
    }
}

/// Answers for a field. Allocates nothing once the entries of the owner are settled.
#[inline]
pub fn decide_field(rules: &RuleSet, viewer: Somebody, owner: UserId, field: FieldId) -> Decision {
    Look { rules, viewer, owner, field }.walk(&mut Silent)
}

/// Answers for a category.
pub fn category_answer(rules: &RuleSet, viewer: Somebody, owner: UserId, category: CategoryId) -> CategoryAnswer {
    let fields = rules.model().categories[category].fields.iter();
    CategoryAnswer::from_answers(fields.map(|field| decide_field(rules, viewer, owner, *field).answer))
}

/// Somebody looks at a field of an owner.
#[derive(Clone, Copy)]
pub(super) struct Look<'r> {
    pub(super) rules: &'r RuleSet,
    pub(super) viewer: Somebody,
    pub(super) owner: UserId,
    pub(super) field: FieldId,
}

impl Look<'_> {
    /// The walk.
    #[inline(always)] // one copy for deciding, in which nothing of the listening is left
    pub(super) fn walk<P: Probe>(self, probe: &mut P) -> Decision {
        probe.step(Step::Viewer(self.viewer));
        if self.viewer.user == Some(self.owner) {
            probe.step(Step::Own);
            return Decision { answer: Answer::Visible, container: None, matched: None };
        }
        let field_rules = self.rules.graph().tables().rules(self.field);
        let (container, matched) = self.resolve(field_rules.among, probe);
        let answer = match container {
            None => Answer::Hidden,
            Some(container) => {
                let published = self.publication(field_rules, container, probe);
                if published == Answer::Hidden || self.denied(field_rules, probe) { Answer::Hidden } else { published }
            }
        };
        Decision { answer, container, matched }
    }

    /// Which container answers, and the entry that says so. It is one of `among`.
    #[inline(always)]
    fn resolve<P: Probe>(self, among: Containers, probe: &mut P) -> (Option<ContainerId>, Option<Matched>) {
        let model = self.rules.model();
        if let Some((matcher, container)) = self.rules.standing(self.owner).answering(model, self.viewer, among) {
            probe.step(Step::Membership(matcher, container));
            return (Some(container), Some(Matched { matcher, container }));
        }
        let fallback = model.fallback().filter(|fallback| among.has(*fallback));
        probe.step(Step::NoMembership(fallback));
        (fallback, None)
    }

    /// What the container that answers gives of the field, before guards are asked.
    #[inline(always)]
    fn publication<P: Probe>(self, field_rules: &FieldRules, container: ContainerId, probe: &mut P) -> Answer {
        if !field_rules.holds.has(container) {
            probe.step(Step::NotHeld(container));
            return Answer::Hidden;
        }
        let publication = self.rules.graph().tables().publication(container, self.field);
        if let Some(place) = publication.shows {
            // Silently, what was found out about the owner when entries were settled.
            let shown = if P::LISTENS {
                shown(self.rules, (container, self.field), self.owner, probe)
            } else {
                self.rules.outcome(self.owner).shown(place as usize)
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
    fn denied<P: Probe>(self, field_rules: &FieldRules, probe: &mut P) -> bool {
        if field_rules.guards.is_empty() {
            return false;
        }
        let cast = || Cast::view(self.viewer, Somebody::user(self.rules.model(), self.owner));
        if P::LISTENS {
            let cast = cast();
            let mut any = false;
            for guard in field_rules.guards.iter() {
                any |= denies(self.rules, *guard, &cast, probe);
                if any && !P::THOROUGH {
                    break;
                }
            }
            return any;
        }
        // Silently, the rules about the owner alone were asked when entries were settled; and the first denial ends it.
        (!field_rules.of_owner.is_empty() && self.rules.outcome(self.owner).denies(self.field))
            || (!field_rules.of_viewer.is_empty() && any_fires(self.rules, &field_rules.of_viewer, &cast()))
    }
}
