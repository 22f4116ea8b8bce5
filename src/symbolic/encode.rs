//! Conditions as diagrams: each reading is a number in binary, each condition two sets of worlds.

use biodivine_lib_bdd::{Bdd, BddNode, BddPointer, BddVariable, op_function};

use super::variable::{needs_inside, network_of};
use super::{Space, Undecided, Variable};
use crate::language::ast::{Comparison, Relation};
use crate::model::{Condition, ConditionId, Containers, Id, ManifestId, Network, Reading, Subject, Value, What};

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
    /// The bits of a variable's code, highest first: of two worlds, the first that differs tells which has the value
    /// that comes first.
    pub(super) fn bits_of(&self, index: usize) -> &[BddVariable] {
        let first = self.first_bits.get(index).copied().unwrap_or(0);
        let count = bits_for(self.domains.values_of(index).len());
        self.bits.get(first..first + count).unwrap_or_default()
    }

    /// The variable that a bit is part of.
    pub(super) fn variable_of(&self, bit: BddVariable) -> usize {
        self.first_bits.partition_point(|first| *first <= bit.to_index()).saturating_sub(1)
    }

    /// The bits of a variable as they are for the value at a position of its domain.
    pub(super) fn code_of(&self, index: usize, position: usize) -> impl Iterator<Item = (BddVariable, bool)> {
        self.bits_of(index).iter().rev().enumerate().map(move |(at, bit)| (*bit, position >> at & 1 == 1))
    }

    /// Where a variable has one of the values that pass a test.
    pub(super) fn code(&self, index: usize, test: impl Fn(Value) -> bool) -> Result<Bdd, Undecided> {
        let values = self.domains.values_of(index);
        self.positions(index, |position| values.get(position).is_some_and(|value| test(*value)))
    }

    /// Where the number of a variable's value passes a test: a tree over its bits, folded from the last bit upward.
    pub(super) fn positions(&self, index: usize, test: impl Fn(usize) -> bool) -> Result<Bdd, Undecided> {
        let bits = self.bits_of(index);
        let count = self.variables.num_vars();
        let mut nodes = vec![BddNode::mk_zero(count), BddNode::mk_one(count)];
        let ends = 0..1usize << bits.len();
        let mut folded: Vec<BddPointer> =
            ends.map(|position| if test(position) { BddPointer::one() } else { BddPointer::zero() }).collect();
        for bit in bits.iter().rev() {
            // Every second code has this bit.
            let halves: Vec<_> = folded.chunks(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
            let first = nodes.len();
            folded.clear();
            for (low, high) in halves {
                let node = BddNode::mk_node(*bit, low, high);
                let known = nodes.iter().skip(first).position(|other| *other == node);
                folded.push(match known {
                    _ if low == high => low,
                    Some(known) => BddPointer::from_index(first + known),
                    None => {
                        nodes.push(node);
                        BddPointer::from_index(nodes.len() - 1)
                    }
                });
            }
        }
        match folded.first() {
            Some(root) if root.is_zero() => Ok(self.variables.mk_false()),
            Some(root) if root.is_one() => Ok(self.variables.mk_true()),
            // Diagrams are equal if their nodes are, in the one order that operations leave them in.
            _ => {
                let diagram = Bdd::from_nodes(&nodes).map_err(|_| Undecided)?;
                self.join(&diagram, &diagram, op_function::and)
            }
        }
    }

    pub(super) fn value_is(&self, variable: Variable, test: impl Fn(Value) -> bool) -> Result<Bdd, Undecided> {
        match self.domains.index(variable) {
            Some(index) => self.code(index, test),
            None => Err(Undecided), // a condition the space was not made for
        }
    }

    /// Where a reading is known.
    fn known(&self, reading: Reading) -> Result<Bdd, Undecided> {
        if reading.what == What::Mode && self.manifests.is_empty() {
            return Ok(self.variables.mk_false());
        }
        if needs_inside(self.model, reading) {
            let network = Variable::Reading(network_of(reading.whose));
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
        let is_there = |subject: &Subject| self.question.is_none_or(|question| question.is_about(*subject));
        let ternary = match model.conditions.get(id) {
            test if !test.subjects().all(|subject| is_there(&subject)) => self.unknown(),
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
            Condition::OneOf(reading, values) => {
                self.reading(*reading, |value| values.binary_search(&value).is_ok())?
            }
            Condition::CompareReadings(left, comparison, right) => self.readings(*left, *comparison, *right)?,
            Condition::InContainer(subject, containers) => {
                let holds = self.at_level(*subject, *containers)?;
                self.certain(holds, true)
            }
            Condition::InGroup(subject, group) => {
                let holds = self.is_true(Variable::Group(*subject, *group))?;
                self.certain(holds, true)
            }
            Condition::Is(subject, relation) => {
                let holds = self.related(*subject, *relation)?;
                self.certain(holds, true)
            }
        };
        self.known.insert(id, ternary.clone());
        Ok(ternary)
    }

    /// A condition that is never known.
    fn unknown(&self) -> Ternary {
        Ternary { holds: self.variables.mk_false(), fails: self.variables.mk_false() }
    }

    /// Where somebody's level is one of these containers.
    fn at_level(&mut self, subject: Subject, containers: Containers) -> Result<Bdd, Undecided> {
        if self.question.is_some() {
            return self.answered_by(Containers(u64::MAX), containers);
        }
        let among = |value: Value| containers.iter().any(|container| container.index() as i64 == value.0);
        self.value_is(Variable::Level(subject), among)
    }

    /// Where somebody is contact or delegate of the owner.
    fn related(&mut self, subject: Subject, relation: Relation) -> Result<Bdd, Undecided> {
        match relation {
            Relation::Contact if self.question.is_some() => Ok(self.in_force()?.contact.clone()),
            _ => self.is_true(Variable::listed(subject, relation)),
        }
    }

    /// Where something is so that is so or not.
    pub(super) fn is_true(&self, variable: Variable) -> Result<Bdd, Undecided> {
        self.value_is(variable, |value| value == Value::TRUE)
    }

    /// A condition that is always known.
    fn certain(&self, holds: Bdd, truth: bool) -> Ternary {
        let fails = holds.not();
        if truth { Ternary { holds, fails } } else { Ternary { holds: fails, fails: holds } }
    }

    fn chain(&mut self, operands: &[ConditionId], all: bool) -> Result<Ternary, Undecided> {
        let of = operands.iter().map(|operand| self.ternary(*operand)).collect::<Result<Vec<_>, _>>()?;
        let (holds, fails): (Vec<Bdd>, Vec<Bdd>) = of.into_iter().map(|of| (of.holds, of.fails)).unzip();
        let (yes, no) = (self.variables.mk_true(), self.variables.mk_false());
        let (holds, fails) = if all {
            (self.folded(&holds, yes, Space::and)?, self.folded(&fails, no, Space::or)?)
        } else {
            (self.folded(&holds, no, Space::or)?, self.folded(&fails, yes, Space::and)?)
        };
        Ok(Ternary { holds, fails })
    }

    fn reading(&mut self, reading: Reading, test: impl Fn(Value) -> bool) -> Result<Ternary, Undecided> {
        let passes = match reading.what {
            What::Mode => self.mode(test)?,
            _ => self.passing(reading, test)?,
        };
        self.if_known(&passes, &self.known(reading)?)
    }

    /// Where the manifest in effect passes a test.
    fn mode(&mut self, test: impl Fn(Value) -> bool) -> Result<Bdd, Undecided> {
        let mut passes = self.variables.mk_false();
        for (manifest, in_effect) in self.modes()? {
            if test(Value::manifest(manifest)) {
                passes = self.or(&passes, &in_effect)?;
            }
        }
        Ok(passes)
    }

    /// Where each manifest is in effect: the first whose condition holds.
    pub(super) fn modes(&mut self) -> Result<Vec<(ManifestId, Bdd)>, Undecided> {
        let mut modes = Vec::new();
        let mut left = self.variables.mk_true();
        for manifest in self.manifests {
            let holds = match self.model.manifests[*manifest].when {
                Some(when) => self.ternary(when)?.holds,
                None => self.variables.mk_true(),
            };
            modes.push((*manifest, self.and(&left, &holds)?));
            left = self.and(&left, &holds.not())?;
        }
        Ok(modes)
    }

    fn readings(&mut self, left: Reading, comparison: Comparison, right: Reading) -> Result<Ternary, Undecided> {
        let known = self.and(&self.known(left)?, &self.known(right)?)?;
        if left.what == What::Mode {
            // Only owners have one, so both sides are the same.
            let passes = comparison.holds(Value(0), Value(0));
            let passes = if passes { self.variables.mk_true() } else { self.variables.mk_false() };
            return self.if_known(&passes, &known);
        }
        let mut passes = self.variables.mk_false();
        for value in self.possible_values(left).ok_or(Undecided)? {
            let fitting = self.passing(right, |other| left.what.compares(value, comparison, other))?;
            let own = self.passing(left, |own| own == value)?;
            passes = self.or(&passes, &self.and(&own, &fitting)?)?;
        }
        self.if_known(&passes, &known)
    }

    fn if_known(&self, passes: &Bdd, known: &Bdd) -> Result<Ternary, Undecided> {
        Ok(Ternary { holds: self.and(passes, known)?, fails: self.and(&passes.not(), known)? })
    }
}
