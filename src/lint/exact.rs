//! Outcomes of features and guards as sets of worlds.

use crate::language::ast::{Effect, Otherwise};
use crate::model::{Condition, ConditionId, FeatureId, GuardId, Model, Reading, RuleId, What};
use crate::symbolic::{Space, Undecided, Worlds};

/// A feature or guard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Block {
    Feature(FeatureId),
    Guard(GuardId),
}

impl Block {
    /// Every feature and guard.
    pub(super) fn all(model: &Model) -> impl Iterator<Item = Block> {
        model.guards.ids().map(Block::Guard).chain(model.features.ids().map(Block::Feature))
    }

    pub(super) fn rules(self, model: &Model) -> &[RuleId] {
        match self {
            Block::Feature(feature) => &model.features[feature].rules,
            Block::Guard(guard) => &model.guards[guard].rules,
        }
    }

    /// The features it requires.
    pub(super) fn requires(self, model: &Model) -> Vec<Block> {
        match self {
            Block::Feature(feature) => {
                model.features[feature].requires.iter().map(|(of, _)| Block::Feature(*of)).collect()
            }
            Block::Guard(_) => Vec::new(),
        }
    }

    fn is_open(self, model: &Model) -> bool {
        match self {
            Block::Feature(feature) => model.features[feature].otherwise == Otherwise::Available,
            Block::Guard(_) => true,
        }
    }

    /// The conditions that decide it, those of required features included.
    pub(super) fn conditions(self, model: &Model) -> Vec<ConditionId> {
        let mut all: Vec<ConditionId> = self.rules(model).iter().map(|rule| model.rules[*rule].when).collect();
        for required in self.requires(model) {
            all.extend(required.conditions(model));
        }
        all
    }

    /// Where a required feature is unavailable.
    pub(super) fn lacking(self, model: &Model, space: &mut Space<'_>) -> Result<Worlds, Undecided> {
        let mut lacking = space.none();
        for required in self.requires(model) {
            let available = required.available(model, space)?;
            lacking = space.either(&lacking, &space.except(&space.all(), &available)?)?;
        }
        Ok(lacking)
    }

    /// Where it is available; for a guard, where it does not deny.
    pub(super) fn available(self, model: &Model, space: &mut Space<'_>) -> Result<Worlds, Undecided> {
        let mut denied = self.lacking(model, space)?;
        let mut allowed = if self.is_open(model) { space.all() } else { space.none() };
        for rule in self.rules(model) {
            let rule = &model.rules[*rule];
            let fires = space.firing(rule.effect, rule.when)?;
            match rule.effect {
                Effect::Deny => denied = space.either(&denied, &fires)?,
                Effect::Allow => allowed = space.either(&allowed, &fires)?,
            }
        }
        space.except(&allowed, &denied)
    }
}

/// The readings of settings and attributes in a condition. Whoever reads the mode reads what manifests read.
pub(super) fn readings(model: &Model, condition: ConditionId) -> Vec<Reading> {
    let mut all = Vec::new();
    model.conditions.any(condition, &mut |part| {
        match part {
            Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => all.push(*reading),
            Condition::CompareReadings(left, _, right) => all.extend([*left, *right]),
            _ => {}
        }
        false
    });
    if all.iter().any(|reading| reading.what == What::Mode) {
        let manifests = model.manifests.values().filter_map(|manifest| manifest.when);
        all.extend(manifests.flat_map(|when| readings(model, when)));
    }
    all.retain(|reading| matches!(reading.what, What::Parameter(_)));
    all
}
