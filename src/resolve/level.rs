//! The level of a viewer: the container that answers over all categories, as the condition `viewer in CONTAINER` reads
//! it.

use crate::model::{ContainerId, UserId};
use crate::viewers::{Matcher, Somebody};

use super::facts::resolved;
use super::narrate::{Sentence, narrate_level};
use super::probe::{Probe, Recorder, Step};
use super::question::AskedLevel;
use super::rule_set::RuleSet;

/// The level of a viewer; None where no entry matches and there is no container 0.
pub fn level_of(rules: &RuleSet, viewer: Somebody, owner: UserId) -> Option<ContainerId> {
    resolved(rules, viewer, owner).map(|(container, _)| container)
}

/// The level of a viewer, and the entry that says so; None for the container that answers when no entry does.
pub fn level_by(rules: &RuleSet, viewer: Somebody, owner: UserId) -> Option<(ContainerId, Option<Matcher>)> {
    resolved(rules, viewer, owner)
}

/// The same, listened to.
pub(super) fn walk_level(rules: &RuleSet, viewer: Somebody, owner: UserId, probe: &mut impl Probe) {
    probe.step(Step::Viewer(viewer));
    probe.step(match resolved(rules, viewer, owner) {
        Some((container, Some(matcher))) => Step::Membership(matcher, container),
        fallback => Step::NoMembership(fallback.map(|(container, _)| container)),
    });
}

/// Why a viewer is in a container.
pub fn explain_level(rules: &RuleSet, question: &AskedLevel) -> Vec<Sentence> {
    let mut recorder = Recorder::default();
    walk_level(rules, question.viewer(), question.owner(), &mut recorder);
    narrate_level(rules, question, &recorder.into_steps())
}
