//! Conditions as diagrams: each reading is a number in binary, each condition two sets of worlds.

use biodivine_lib_bdd::{Bdd, BddVariable};

use super::domain::{needs_inside, network_of};
use super::{Space, Undecided, Variable};
use crate::model::{Condition, ConditionId, Id, Network, Reading, Subject, Value, What};
use crate::syntax::ast::Comparison;

/// The worlds where a condition is known to hold, and where it is known not to; it is unknown in the others.
#[derive(Clone, Debug)]
pub(super) struct Ternary {
    pub(super) holds: Bdd,
    pub(super) fails: Bdd,
}

/// Bits that number `count` values.
pub(super) fn bits_for(count: usize) -> usize {
    count.max(1).next_power_of_two().trailing_zeros() as usize
}

impl Space<'_> {
    /// The bits of a variable's code, lowest first.
    pub(super) fn bits_of(&self, index: usize) -> &[BddVariable] {
        let first = self.first_bits.get(index).copied().unwrap_or(0);
        let count = bits_for(self.domains.values_of(index).len());
        self.bits.get(first..first + count).unwrap_or_default()
    }

    /// The code of the value at a position of the domain.
    fn position(&self, index: usize, position: usize) -> Result<Bdd, Undecided> {
        let mut cube = self.variables.mk_true();
        for (at, bit) in self.bits_of(index).iter().enumerate() {
            let literal = self.variables.mk_var(*bit);
            let literal = if position >> at & 1 == 1 { literal } else { literal.not() };
            cube = self.and(&cube, &literal)?;
        }
        Ok(cube)
    }

    /// Where a variable has one of the values that pass a test.
    pub(super) fn code(&self, index: usize, test: impl Fn(Value) -> bool) -> Result<Bdd, Undecided> {
        let mut any = self.variables.mk_false();
        for (position, value) in self.domains.values_of(index).iter().enumerate() {
            if test(*value) {
                any = self.or(&any, &self.position(index, position)?)?;
            }
        }
        Ok(any)
    }

    fn value_is(&self, variable: Variable, test: impl Fn(Value) -> bool) -> Result<Bdd, Undecided> {
        match self.domains.index(variable) {
            Some(index) => self.code(index, test),
            None => Err(Undecided), // a condition the space was not made for
        }
    }

    /// Where each code stands for a value, and the values go together.
    pub(super) fn consistency(&self) -> Result<Bdd, Undecided> {
        let mut all = self.variables.mk_true();
        let inside = |value: Value| value == Network::SameEnterprise.value();
        for (index, variable) in self.domains.variables().enumerate() {
            all = self.and(&all, &self.code(index, |_| true)?)?;
            let Variable::Reading(Reading { of, what }) = variable else { continue };
            match what {
                // Both are users of the directory, who are of the organisation.
                What::Network if matches!(of, Subject::Owner | Subject::Organizer) => {
                    all = self.and(&all, &self.code(index, inside)?)?;
                }
                What::Site => {
                    let nowhere = self.code(index, |value| value == Value::NOWHERE)?;
                    let inside = self.value_is(Variable::Reading(network_of(of)), inside)?;
                    all = self.and(&all, &self.or(&nowhere, &inside)?)?;
                }
                _ => {}
            }
        }
        Ok(all)
    }

    /// Where a reading is known.
    fn known(&self, reading: Reading) -> Result<Bdd, Undecided> {
        if reading.what == What::Mode && self.model.manifests.is_empty() {
            return Ok(self.variables.mk_false());
        }
        if needs_inside(self.model, reading) {
            let network = Variable::Reading(network_of(reading.of));
            return self.value_is(network, |value| value == Network::SameEnterprise.value());
        }
        Ok(self.variables.mk_true())
    }

    /// The diagrams of a condition. Recursion is as deep as the condition, which the parser limits.
    pub(super) fn ternary(&mut self, id: ConditionId) -> Result<Ternary, Undecided> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let model = self.model;
        let ternary = match model.conditions.get(id) {
            Condition::Constant(truth) => self.certain(self.variables.mk_true(), *truth),
            Condition::Not(operand) => {
                let of = self.ternary(*operand)?;
                Ternary { holds: of.fails, fails: of.holds }
            }
            Condition::All(operands) => self.chain(operands, true)?,
            Condition::Any(operands) => self.chain(operands, false)?,
            Condition::Compare(reading, comparison, against) => {
                self.reading(*reading, |value| comparison.holds(value, *against))?
            }
            Condition::OneOf(reading, values) => self.reading(*reading, |value| values.contains(&value))?,
            Condition::CompareReadings(left, comparison, right) => self.readings(*left, *comparison, *right)?,
            Condition::InContainer(subject, containers) => {
                let among = |value: Value| containers.iter().any(|container| container.index() as i64 == value.0);
                let holds = self.value_is(Variable::Level(*subject), among)?;
                self.certain(holds, true)
            }
            Condition::InGroup(subject, group) => {
                let holds = self.value_is(Variable::Group(*subject, *group), |value| value == Value::TRUE)?;
                self.certain(holds, true)
            }
            Condition::Is(subject, relation) => {
                let holds = self.value_is(Variable::listed(*subject, *relation), |value| value == Value::TRUE)?;
                self.certain(holds, true)
            }
        };
        self.known.insert(id, ternary.clone());
        Ok(ternary)
    }

    /// A condition that is always known.
    fn certain(&self, holds: Bdd, truth: bool) -> Ternary {
        let fails = holds.not();
        if truth { Ternary { holds, fails } } else { Ternary { holds: fails, fails: holds } }
    }

    fn chain(&mut self, operands: &[ConditionId], all: bool) -> Result<Ternary, Undecided> {
        let mut joined = self.certain(self.variables.mk_true(), all);
        for operand in operands {
            let of = self.ternary(*operand)?;
            joined = if all {
                Ternary { holds: self.and(&joined.holds, &of.holds)?, fails: self.or(&joined.fails, &of.fails)? }
            } else {
                Ternary { holds: self.or(&joined.holds, &of.holds)?, fails: self.and(&joined.fails, &of.fails)? }
            };
        }
        Ok(joined)
    }

    fn reading(&self, reading: Reading, test: impl Fn(Value) -> bool) -> Result<Ternary, Undecided> {
        let passes = self.value_is(Variable::Reading(reading), test)?;
        self.if_known(&passes, &self.known(reading)?)
    }

    fn readings(&self, left: Reading, comparison: Comparison, right: Reading) -> Result<Ternary, Undecided> {
        let known = self.and(&self.known(left)?, &self.known(right)?)?;
        let (Some(first), Some(second)) =
            (self.domains.index(Variable::Reading(left)), self.domains.index(Variable::Reading(right)))
        else {
            return Err(Undecided);
        };
        let mut passes = self.variables.mk_false();
        for (position, value) in self.domains.values_of(first).iter().enumerate() {
            let fitting = self.code(second, |other| left.what.compares(*value, comparison, other))?;
            let both = self.and(&self.position(first, position)?, &fitting)?;
            passes = self.or(&passes, &both)?;
        }
        self.if_known(&passes, &known)
    }

    fn if_known(&self, passes: &Bdd, known: &Bdd) -> Result<Ternary, Undecided> {
        Ok(Ternary { holds: self.and(passes, known)?, fails: self.and(&passes.not(), known)? })
    }
}
