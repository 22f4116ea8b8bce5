//! Outcomes of features and guards as sets of worlds.

use indexmap::IndexSet;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Space, Undecided, Worlds};
use crate::language::ast::{Effect, Otherwise};
use crate::model::{ConditionId, FeatureId, GuardId, Model, RuleId, Truth};

/// A feature or guard.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Block {
    /// A feature.
    Feature(FeatureId),
    /// A guard.
    Guard(GuardId),
}

impl Block {
    /// Every feature and guard.
    pub(crate) fn all(model: &Model) -> impl Iterator<Item = Block> {
        model.guards.ids().map(Block::Guard).chain(model.features.ids().map(Block::Feature))
    }

    pub(crate) fn rules(self, model: &Model) -> &[RuleId] {
        match self {
            Block::Feature(feature) => &model.features[feature].rules,
            Block::Guard(guard) => &model.guards[guard].rules,
        }
    }

    /// The features it requires.
    pub(crate) fn requires(self, model: &Model) -> Vec<Block> {
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
}

/// These and all that they require, also through others, as far as it is not known: each once, and before what requires
/// it. Features can require each other in long chains, so nothing here calls itself.
fn required_first(
    model: &Model,
    blocks: impl IntoIterator<Item = Block>,
    is_known: impl Fn(Block) -> bool,
) -> Vec<Block> {
    let mut open: Vec<(Block, bool)> = blocks.into_iter().map(|block| (block, false)).collect();
    let (mut order, mut seen) = (Vec::new(), FxHashSet::default());
    while let Some((block, after_required)) = open.pop() {
        if after_required {
            order.push(block);
        } else if !is_known(block) && seen.insert(block) {
            open.push((block, true));
            open.extend(block.requires(model).into_iter().map(|required| (required, false)));
        }
    }
    order
}

/// The conditions that decide each feature and guard, those of required features included. A feature that adds none to
/// those of what it requires shares them, so a long chain is looked at once.
#[derive(Debug)]
pub struct Deciding {
    sets: Vec<Vec<ConditionId>>,
    /// The number of the set that decides a block.
    by_block: FxHashMap<Block, usize>,
}

impl Deciding {
    /// Those of a model.
    pub fn new(model: &Model) -> Deciding {
        let mut all = Deciding { sets: Vec::new(), by_block: FxHashMap::default() };
        for block in required_first(model, Block::all(model), |_| false) {
            let required: Vec<usize> =
                block.requires(model).iter().filter_map(|required| all.by_block.get(required).copied()).collect();
            let mut set: IndexSet<ConditionId> =
                block.rules(model).iter().map(|rule| model.rules[*rule].when).collect();
            set.extend(required.iter().flat_map(|at| all.set(*at)));
            let same = required.into_iter().find(|at| all.set(*at).len() == set.len());
            let at = same.unwrap_or(all.sets.len());
            if same.is_none() {
                all.sets.push(set.into_iter().collect());
            }
            all.by_block.insert(block, at);
        }
        all
    }

    /// Which conditions decide a block, by the number of their set.
    pub fn number(&self, block: Block) -> usize {
        self.by_block.get(&block).copied().unwrap_or(usize::MAX)
    }

    /// The conditions of such a set, each once.
    pub fn set(&self, number: usize) -> &[ConditionId] {
        self.sets.get(number).map_or(&[], Vec::as_slice)
    }
}

/// Where features are available, in one space.
#[derive(Debug)]
pub struct Outcomes<'m> {
    pub(crate) model: &'m Model,
    /// The worlds.
    pub space: Space<'m>,
    available: FxHashMap<Block, Worlds>,
}

impl<'m> Outcomes<'m> {
    /// None is known yet.
    pub fn new(model: &'m Model, space: Space<'m>) -> Outcomes<'m> {
        Outcomes { model, space, available: FxHashMap::default() }
    }

    /// Where a feature that this one requires is unavailable.
    pub(crate) fn lacking(&mut self, block: Block) -> Result<Worlds, Undecided> {
        let requires = block.requires(self.model);
        for required in required_first(self.model, requires.iter().copied(), |it| self.available.contains_key(&it)) {
            let available = self.where_available(required)?;
            self.available.insert(required, available);
        }
        let (space, available) = (&self.space, requires.iter().filter_map(|required| self.available.get(required)));
        let lacking = available.map(|available| space.except(&space.all(), available));
        space.any_of(lacking.collect::<Result<Vec<_>, _>>()?)
    }

    /// Where it is available; for a guard, where it does not deny.
    pub fn available(&mut self, block: Block) -> Result<Worlds, Undecided> {
        match self.available.get(&block) {
            Some(known) => Ok(known.clone()),
            None => self.where_available(block),
        }
    }

    /// Where something leaves under any of these conditions through a feature that is available there: surely, and
    /// surely or possibly.
    pub fn leaving(
        &mut self,
        available: &Worlds,
        whens: impl Iterator<Item = ConditionId>,
    ) -> Result<[Worlds; 2], Undecided> {
        let space = &mut self.space;
        let (mut surely, mut possibly) = (space.none(), space.none());
        for when in whens {
            let (sure, possible) = (space.holding(when, Truth::True)?, space.unless_false(when)?);
            (surely, possibly) = (space.either(&surely, &sure)?, space.either(&possibly, &possible)?);
        }
        Ok([space.both(available, &surely)?, space.both(available, &possibly)?])
    }

    fn where_available(&mut self, block: Block) -> Result<Worlds, Undecided> {
        let mut denied = vec![self.lacking(block)?];
        let mut allowed = if block.is_open(self.model) { vec![self.space.all()] } else { Vec::new() };
        for rule in block.rules(self.model) {
            let rule = &self.model.rules[*rule];
            let fires = self.space.firing(rule.effect, rule.when)?;
            match rule.effect {
                Effect::Deny => denied.push(fires),
                Effect::Allow => allowed.push(fires),
            }
        }
        self.space.except(&self.space.any_of(allowed)?, &self.space.any_of(denied)?)
    }
}
