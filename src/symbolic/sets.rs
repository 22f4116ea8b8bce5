//! Sets of worlds: both, either, one without the other, and what is left of them once something is known.

use biodivine_lib_bdd::{Bdd, BddVariable, op_function};

use super::{Space, Undecided, Variable, Worlds};
use crate::model::{Reading, Value};

impl Space<'_> {
    /// Every world.
    pub fn all(&self) -> Worlds {
        self.consistent.clone()
    }

    /// No world.
    pub fn none(&self) -> Worlds {
        Worlds(self.variables.mk_false())
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

    /// The worlds in which a reading has a value.
    pub(super) fn with_value(&self, reading: Reading, value: Value) -> Result<Worlds, Undecided> {
        self.value_is(Variable::Reading(reading), |it| it == value).map(Worlds)
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
            code.extend(self.code_of(index, position));
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

    /// The diagram whatever these bits are.
    pub(super) fn whatever(&self, mut diagram: Bdd, bits: &[BddVariable]) -> Result<Bdd, Undecided> {
        for bit in bits {
            diagram = self.or(&diagram.var_restrict(*bit, false), &diagram.var_restrict(*bit, true))?;
        }
        Ok(diagram)
    }

    pub(super) fn and(&self, left: &Bdd, right: &Bdd) -> Result<Bdd, Undecided> {
        match (left, right) {
            (all, other) | (other, all) if all.is_true() => Ok(other.clone()),
            (none, _) | (_, none) if none.is_false() => Ok(none.clone()),
            _ => self.join(left, right, op_function::and),
        }
    }

    pub(super) fn or(&self, left: &Bdd, right: &Bdd) -> Result<Bdd, Undecided> {
        match (left, right) {
            (none, other) | (other, none) if none.is_false() => Ok(other.clone()),
            (all, _) | (_, all) if all.is_true() => Ok(all.clone()),
            _ => self.join(left, right, op_function::or),
        }
    }

    /// Diagrams joined two by two, so that each is taken up as often as their number has digits, and not once for every
    /// other.
    pub(super) fn folded(
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

    pub(super) fn join(
        &self,
        left: &Bdd,
        right: &Bdd,
        operation: fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> Result<Bdd, Undecided> {
        Bdd::binary_op_with_limit(self.limit, left, right, operation).ok_or(Undecided)
    }

    /// True if a world is in a set: the one in which each variable has the value that a function says.
    pub fn has(&self, worlds: &Worlds, value: impl Fn(Variable) -> Option<Value>) -> bool {
        let mut node = worlds.0.root_pointer();
        let mut known: Option<(usize, usize)> = None;
        while !node.is_terminal() {
            let bit = worlds.0.var_of(node);
            let index = self.variable_of(bit);
            let position = match known {
                Some((of, position)) if of == index => position,
                _ => {
                    let of = self.domains.variable(index).and_then(&value);
                    let values = self.domains.values_of(index);
                    let Some(position) = values.iter().position(|it| Some(*it) == of) else { return false };
                    known = Some((index, position));
                    position
                }
            };
            let is_set = self.code_of(index, position).any(|(of, set)| of == bit && set);
            node = if is_set { worlds.0.high_link_of(node) } else { worlds.0.low_link_of(node) };
        }
        node.is_one()
    }
}
