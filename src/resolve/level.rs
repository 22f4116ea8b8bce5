//! The level of a viewer: the container that answers over all categories, as the condition `viewer in CONTAINER` reads
//! it.

use crate::model::{ContainerId, Containers, UserId};
use crate::viewers::{Matcher, Somebody};

use super::facts::Cast;
use super::narrate::{Sentence, narrate_level};
use super::people::{self, Named};
use super::probe::{Probe, Recorder, Step};
use super::rule_set::RuleSet;
use super::unknown::Unknown;
use super::world::World;

/// "In which container of the owner is the viewer?" Made by [`RuleSet::level`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskedLevel {
    viewer: Named,
    owner: UserId,
}

impl AskedLevel {
    /// Who looks.
    pub fn viewer(&self) -> Somebody {
        self.viewer.somebody
    }

    /// The viewer's address in canonical form, or `anonymous`.
    pub fn viewer_name(&self) -> &str {
        &self.viewer.name
    }

    /// Whose containers they are.
    pub fn owner(&self) -> UserId {
        self.owner
    }

    /// The same question about somebody else.
    #[must_use]
    pub fn asked_by(&self, viewer: Somebody, name: String) -> AskedLevel {
        AskedLevel { viewer: Named { somebody: viewer, name, warning: None }, owner: self.owner }
    }
}

impl RuleSet {
    /// A question about a level; names are taken as [`RuleSet::see`] takes them. Settles the owner's entries.
    pub fn level(&self, viewer: &str, owner: &str) -> Result<AskedLevel, Unknown> {
        let viewer = people::viewer(self, viewer)?;
        let owner = people::owner(self, owner)?;
        self.settle(owner);
        Ok(AskedLevel { viewer, owner })
    }
}

/// The level of a viewer; None where no entry matches and there is no container 0.
pub fn level_of(rules: &RuleSet, viewer: Somebody, owner: UserId) -> Option<ContainerId> {
    level(rules, &Cast::view(viewer, Somebody::user(rules.model(), owner)))
}

/// The level of a viewer, and the entry that says so; None for the container that answers when no entry does.
pub fn level_by(rules: &RuleSet, viewer: Somebody, owner: UserId) -> Option<(ContainerId, Option<Matcher>)> {
    resolved(rules, viewer, owner)
}

/// The level of the asker as viewer of the other.
pub(super) fn level(world: &impl World, cast: &Cast) -> Option<ContainerId> {
    resolved(world, cast.asker, cast.other.user?).map(|(container, _)| container)
}

/// Resolution over all containers, the fallback when nothing matches.
#[inline]
fn resolved(world: &impl World, viewer: Somebody, owner: UserId) -> Option<(ContainerId, Option<Matcher>)> {
    let found = world.standing(owner).answering(world.model(), viewer, Containers(u64::MAX));
    let fallback = || world.model().fallback().map(|fallback| (fallback, None));
    found.map(|(matcher, container)| (container, Some(matcher))).or_else(fallback)
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
