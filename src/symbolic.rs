//! Exact answers about conditions over every world they could be asked in: decision diagrams over finite domains.
//!
//! A world gives every reading a value of its domain and every question about levels, groups and lists an answer.
//! Worlds are consistent: owners and organizers are people of the organisation, people outside have no site, exactly
//! people inside have known settings, and the mode of an owner is what the conditions of the manifests make it. Levels
//! and lists are any, whatever manifests would make of them. Every operation has a node limit; beyond it the answer is
//! [`Undecided`], never "no".

mod domain;
mod encode;
mod world;

pub use domain::Variable;
pub use world::{Fact, World};

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet, op_function};
use rustc_hash::FxHashMap;

use crate::language::ast::Effect;
use crate::model::{ConditionId, ManifestId, Model, Reading, Truth, Value};
use domain::Domains;
use encode::Ternary;

/// Nodes an operation may use unless a caller says otherwise: a few megabytes, and milliseconds.
pub const NODES: usize = 200_000;

/// The question needs more nodes than the limit allows; nothing is known about its answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Undecided;

/// What a space has to tell apart. Domains of numbers and texts hold one value for each case that these conditions and
/// values tell apart.
#[derive(Clone, Copy, Debug)]
pub struct Terms<C, V> {
    /// What can be asked.
    pub conditions: C,
    /// Values for [`Space::given`].
    pub values: V,
}

/// A set of consistent worlds of one [`Space`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Worlds(Bdd);

impl Worlds {
    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_false()
    }

    /// The bits of the codes that it depends on, by number, in no order.
    pub fn bits(&self) -> impl Iterator<Item = usize> {
        self.0.support_set().into_iter().map(BddVariable::to_index)
    }
}

/// All worlds in which some conditions can be asked.
#[derive(Debug)]
pub struct Space<'m> {
    model: &'m Model,
    manifests: &'m [ManifestId],
    domains: Domains,
    variables: BddVariableSet,
    /// The first bit of each variable's code.
    first_bits: Vec<usize>,
    bits: Vec<BddVariable>,
    consistent: Worlds,
    known: FxHashMap<ConditionId, Ternary>,
    limit: usize,
}

impl<'m> Space<'m> {
    /// The space of these terms, with at most this many nodes. The manifests come in the order in which they are asked,
    /// which decides the mode of an owner.
    pub fn new(
        model: &'m Model,
        manifests: &'m [ManifestId],
        terms: Terms<impl IntoIterator<Item = ConditionId>, impl IntoIterator<Item = (Reading, Value)>>,
        limit: usize,
    ) -> Result<Space<'m>, Undecided> {
        let domains = Domains::new(model, manifests, terms);
        let mut first_bits = Vec::new();
        let mut count = 0usize;
        for domain in domains.values() {
            first_bits.push(count);
            count += encode::bits_for(domain.len());
        }
        // The library numbers variables with 16 bits.
        let count = u16::try_from(count).ok().filter(|count| *count < u16::MAX - 1).ok_or(Undecided)?;
        let variables = BddVariableSet::new_anonymous(count);
        let bits = variables.variables();
        let all = Worlds(variables.mk_true());
        let known = FxHashMap::default();
        let mut space = Space { model, manifests, domains, variables, first_bits, bits, consistent: all, known, limit };
        space.consistent = Worlds(space.consistency()?);
        Ok(space)
    }

    /// Every world.
    pub fn all(&self) -> Worlds {
        self.consistent.clone()
    }

    /// No world.
    pub fn none(&self) -> Worlds {
        Worlds(self.variables.mk_false())
    }

    /// The worlds in which a condition has this truth.
    pub fn holding(&mut self, condition: ConditionId, truth: Truth) -> Result<Worlds, Undecided> {
        let ternary = self.ternary(condition)?;
        let worlds = match truth {
            Truth::True => ternary.holds,
            Truth::False => ternary.fails,
            Truth::Unknown => self.or(&ternary.holds, &ternary.fails)?.not(),
        };
        self.both(&Worlds(worlds), &self.all())
    }

    /// The worlds in which a rule with this condition fires: an allow if it holds, a denial unless it fails.
    pub fn firing(&mut self, effect: Effect, condition: ConditionId) -> Result<Worlds, Undecided> {
        match effect {
            Effect::Allow => self.holding(condition, Truth::True),
            Effect::Deny => {
                let fails = self.holding(condition, Truth::False)?;
                self.except(&self.all(), &fails)
            }
        }
    }

    /// The values that a reading takes in these worlds, one for each case that is told apart.
    pub fn values(&self, reading: Reading) -> &[Value] {
        self.domains.index(Variable::Reading(reading)).map_or(&[], |index| self.domains.values_of(index))
    }

    /// Worlds of both sets.
    pub fn both(&self, left: &Worlds, right: &Worlds) -> Result<Worlds, Undecided> {
        self.and(&left.0, &right.0).map(Worlds)
    }

    /// Worlds of either set.
    pub fn either(&self, left: &Worlds, right: &Worlds) -> Result<Worlds, Undecided> {
        self.or(&left.0, &right.0).map(Worlds)
    }

    /// Worlds of any of the sets.
    pub fn any_of(&self, sets: impl IntoIterator<Item = Worlds>) -> Result<Worlds, Undecided> {
        let sets: Vec<Bdd> = sets.into_iter().map(|worlds| worlds.0).collect();
        self.folded(&sets, self.variables.mk_false(), Space::or).map(Worlds)
    }

    /// The worlds of a set in which readings have these values, as if nobody could ask for the readings any more.
    pub fn given(
        &self,
        worlds: &Worlds,
        values: impl IntoIterator<Item = (Reading, Value)>,
    ) -> Result<Worlds, Undecided> {
        let mut code: Vec<(BddVariable, bool)> = Vec::new();
        for (reading, value) in values {
            let index = self.domains.index(Variable::Reading(reading));
            let position = index.and_then(|index| self.domains.values_of(index).iter().position(|it| *it == value));
            let (Some(index), Some(position)) = (index, position) else { return Ok(self.none()) };
            code.extend(self.bits_of(index).iter().enumerate().map(|(at, bit)| (*bit, position >> at & 1 == 1)));
        }
        let left = worlds.0.restrict(&code);
        // Diagrams are equal if their nodes are, in the one order that operations leave them in.
        self.join(&left, &left, op_function::and).map(Worlds)
    }

    /// The worlds that are in a set with these bits at least one way, and those that are in it whatever the bits are.
    pub fn regardless(&self, worlds: &Worlds, bits: &[usize]) -> Result<[Worlds; 2], Undecided> {
        let (mut some, mut every) = (worlds.0.clone(), worlds.0.clone());
        for bit in bits.iter().copied().map(BddVariable::from_index) {
            some = self.join(&some.var_restrict(bit, false), &some.var_restrict(bit, true), op_function::or)?;
            every = self.join(&every.var_restrict(bit, false), &every.var_restrict(bit, true), op_function::and)?;
        }
        Ok([Worlds(some), Worlds(every)])
    }

    /// Worlds of the first set only.
    pub fn except(&self, left: &Worlds, right: &Worlds) -> Result<Worlds, Undecided> {
        self.join(&left.0, &right.0, op_function::and_not).map(Worlds)
    }

    /// True if no world of the set leaves it, and none outside enters it, when the reading takes another value of its
    /// domain and all else stays.
    pub fn is_independent_of(&self, worlds: &Worlds, reading: Reading) -> Result<bool, Undecided> {
        let Some(index) = self.domains.index(Variable::Reading(reading)) else { return Ok(true) };
        let bits = self.bits_of(index).to_vec();
        // Worlds with this code, and then whatever the code: equal for all codes if the code does not matter.
        let mut first: Option<Bdd> = None;
        for value in self.domains.values_of(index) {
            let code = self.code(index, |candidate| candidate == *value)?;
            let rest = self.whatever(self.and(&worlds.0, &code)?, &bits)?;
            match &first {
                Some(first) if *first != rest => return Ok(false),
                Some(_) => {}
                None => first = Some(rest),
            }
        }
        Ok(true)
    }

    /// True if the condition holds in some world.
    pub fn satisfiable(&mut self, condition: ConditionId) -> Result<bool, Undecided> {
        Ok(!self.holding(condition, Truth::True)?.is_empty())
    }

    /// True if the second holds wherever the first does.
    pub fn implies(&mut self, first: ConditionId, second: ConditionId) -> Result<bool, Undecided> {
        let (first, second) = (self.holding(first, Truth::True)?, self.holding(second, Truth::True)?);
        Ok(self.except(&first, &second)?.is_empty())
    }

    /// True if both have the same truth in every world, unknown included.
    pub fn equivalent(&mut self, first: ConditionId, second: ConditionId) -> Result<bool, Undecided> {
        for truth in [Truth::True, Truth::False] {
            if self.holding(first, truth)? != self.holding(second, truth)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A smallest world in which the condition holds.
    pub fn witness(&mut self, condition: ConditionId) -> Result<Option<World>, Undecided> {
        let worlds = self.holding(condition, Truth::True)?;
        self.smallest(&worlds)
    }

    /// The diagram whatever these bits are.
    fn whatever(&self, mut diagram: Bdd, bits: &[BddVariable]) -> Result<Bdd, Undecided> {
        for bit in bits {
            diagram = self.or(&diagram.var_restrict(*bit, false), &diagram.var_restrict(*bit, true))?;
        }
        Ok(diagram)
    }

    fn and(&self, left: &Bdd, right: &Bdd) -> Result<Bdd, Undecided> {
        match (left, right) {
            (all, other) | (other, all) if all.is_true() => Ok(other.clone()),
            (none, _) | (_, none) if none.is_false() => Ok(none.clone()),
            _ => self.join(left, right, op_function::and),
        }
    }

    fn or(&self, left: &Bdd, right: &Bdd) -> Result<Bdd, Undecided> {
        match (left, right) {
            (none, other) | (other, none) if none.is_false() => Ok(other.clone()),
            (all, _) | (_, all) if all.is_true() => Ok(all.clone()),
            _ => self.join(left, right, op_function::or),
        }
    }

    /// Diagrams joined two by two, so that each is taken up as often as their number has digits, and not once for every
    /// other.
    fn folded(
        &self,
        diagrams: &[Bdd],
        nothing: Bdd,
        join: fn(&Self, &Bdd, &Bdd) -> Result<Bdd, Undecided>,
    ) -> Result<Bdd, Undecided> {
        let pairs = |round: &[Bdd]| -> Result<Vec<Bdd>, Undecided> {
            let joined = round.chunks(2).map(|pair| match pair {
                [left, right] => join(self, left, right),
                single => single.first().cloned().ok_or(Undecided),
            });
            joined.collect()
        };
        let two_by_two = || {
            let mut round = pairs(diagrams)?;
            while round.len() > 1 {
                round = pairs(&round)?;
            }
            Ok(round.pop())
        };
        match two_by_two() {
            Ok(all) => Ok(all.unwrap_or(nothing)),
            // The halves can need more nodes than one after the other.
            Err(Undecided) => diagrams.iter().try_fold(nothing, |all, next| join(self, &all, next)),
        }
    }

    fn join(
        &self,
        left: &Bdd,
        right: &Bdd,
        operation: fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> Result<Bdd, Undecided> {
        Bdd::binary_op_with_limit(self.limit, left, right, operation).ok_or(Undecided)
    }
}
