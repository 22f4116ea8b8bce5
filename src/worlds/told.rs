//! Where something changes, as it is told: regions, and the plainest world. The world is asked of the resolver on both
//! sides, as a test would give it, and both answers have to be those that are told.

use super::cubes::Cubes;
use super::decision::{Asking, Decided, State, leaving};
use super::{Change, Comparing, Located, Mistaken};
use crate::diff::Seen;
use crate::expect::Attempt;
use crate::language::ast::Shape;
use crate::model::{Containers, Truth};
use crate::prove::{Counterexample, Stage, fact, read};
use crate::resolve::{Cast, Certainty, RuleSet, counts, decide_field, decide_use, truth_of};
use crate::symbolic::{Both, Fact, Undecided, Variable, World, Worlds};

/// A world in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// What is out of the ordinary, each in a few words.
    pub facts: Vec<String>,
    /// Whether the resolver was asked.
    pub verified: Verified,
}

/// Whether the resolver was asked about a world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verified {
    /// It was, and answers on both sides as is told.
    Yes,
    /// It was not: no test can give what is so there.
    Unsayable,
}

impl Comparing {
    /// Where these changes are.
    pub(super) fn located(
        &self,
        both: &mut Both<'_>,
        (shape, changes): (Shape, &[Change]),
        (worlds, among): (&Worlds, [Containers; 2]),
    ) -> Result<Result<Located, Mistaken>, Undecided> {
        let asking = Asking { linked: &self.linked, deciding: &self.deciding, shape };
        let partitions = asking.partitions(both, worlds, among)?;
        let cubes = Cubes { space: both.space(), all: both.all(), partitions: &partitions };
        let (regions, rest) = cubes.regions(worlds)?;
        let Some(sides) = both.smallest(worlds)? else { return Err(Undecided) };
        let facts = self.facts(both, worlds, &sides);
        let [before, after] = [0, 1].map(|side: usize| self.asked(both, side, (shape, &sides[side])));
        let verified = match (before, after) {
            (Some(before), Some(after)) => {
                let is_so = |change: &&Change| {
                    before.state(&change.decided) == change.before && after.state(&change.decided) == change.after
                };
                if let Some(change) = changes.iter().find(|change| !is_so(change)) {
                    return Ok(Err(Mistaken { change: change.clone() }));
                }
                Verified::Yes
            }
            _ => Verified::Unsayable,
        };
        Ok(Ok(Located { regions, rest, world: Told { facts, verified } }))
    }

    /// What is out of the ordinary in a world, and what matters of it that is another thing on each side.
    fn facts(&self, both: &Both<'_>, worlds: &Worlds, sides: &[World; 2]) -> Vec<String> {
        let support = both.space().support(worlds);
        let mut facts = Vec::new();
        for (index, (before, after)) in sides[0].facts.iter().zip(&sides[1].facts).enumerate() {
            let word = |side: usize| {
                let it = if side == 0 { before } else { after };
                both.names(side, it).then(|| fact(self.linked.model(side), it))
            };
            let [base, head] = [word(0), word(1)];
            let is_apart = base.is_some() && head.is_some() && base != head;
            if before.ordinary && !(is_apart && support.contains(&index)) {
                continue;
            }
            facts.extend(match (base, head) {
                (Some(base), Some(head)) if base != head => Some(format!("{base} in BASE, {head} in HEAD")),
                (Some(only), _) | (None, Some(only)) => Some(only),
                (None, None) => None,
            });
        }
        facts
    }

    /// The set that a test of a world makes on one side, with the people in it; None if no test can give that.
    fn asked(&self, both: &Both<'_>, side: usize, (shape, world): (Shape, &World)) -> Option<OneSide<'_>> {
        let model = self.linked.model(side);
        // Nothing is recorded in a container of the number 0.
        let counts = |variable| !matches!(variable, Variable::Entry(_, id) if model.containers[id].number == 0);
        let is_there = |it: &&Fact| both.knows(side, it.variable) && counts(it.variable);
        let facts = world.facts.iter().filter(is_there).copied().collect();
        let world = World { facts, domains: world.domains.clone() };
        let set = &self.linked.sets[side];
        let stage = Stage::new(set, &Counterexample { shape, world });
        let test = read(&stage.test("a world", &[]))?;
        let directory = stage.nobody();
        let (outcome, rules) = Attempt { set, directory: directory.as_ref(), invariant: None }.run(&test);
        let rules = rules.filter(|_| outcome.impossible.is_empty())?;
        let cast = stage.cast_of(&rules)?;
        Some(OneSide { comparing: self, side, shape, rules, cast })
    }
}

/// A world on one side.
struct OneSide<'c> {
    comparing: &'c Comparing,
    side: usize,
    shape: Shape,
    rules: std::sync::Arc<RuleSet>,
    cast: Cast,
}

impl OneSide<'_> {
    /// What comes of a decision there.
    fn state(&self, decided: &Decided) -> State {
        let (rules, model) = (&*self.rules, self.rules.model());
        let feature = decided.feature_in(model, self.shape);
        match decided {
            Decided::Sees { .. } => State::Seen(match (decided.field_in(model), self.cast.other.user) {
                (Some(field), Some(owner)) => {
                    Seen::new(model, field, decide_field(rules, self.cast.asker, owner, field).answer)
                }
                _ => Seen::Hidden,
            }),
            Decided::Uses(_) => match feature {
                Some(id) if decide_use(rules, id, &self.cast).available => State::Available,
                _ => State::Unavailable,
            },
            Decided::Leaves(wanted) => {
                let Some(id) = feature.filter(|id| decide_use(rules, *id, &self.cast).available) else {
                    return State::Leaves(None);
                };
                let organisation = self.comparing.linked.sets[self.side].organisation();
                let lines = leaving(model, organisation, id).filter(|(leaving, _)| leaving == wanted);
                let truths = lines.map(|(_, when)| truth_of(rules, when, &self.cast));
                State::Leaves(match truths.filter(|truth| counts(*truth)).max() {
                    Some(Truth::True) => Some(Certainty::Certain),
                    Some(_) => Some(Certainty::Possible),
                    None => None,
                })
            }
        }
    }
}
