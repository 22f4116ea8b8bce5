//! Ways to tell the worlds of a set apart: by the manifest in effect, by the container that answers, by the value of a
//! variable.

use std::collections::BTreeSet;

use super::{Space, Undecided, Variable, Worlds};
use crate::model::{ContainerId, Containers, ManifestId, Value};

impl Space<'_> {
    /// The worlds in which each manifest is in effect.
    pub fn by_mode(&mut self) -> Result<Vec<(ManifestId, Worlds)>, Undecided> {
        Ok(self.modes()?.into_iter().map(|(manifest, worlds)| (manifest, Worlds(worlds))).collect())
    }

    /// The worlds in which each of some containers answers the viewer, among those.
    pub fn by_container(&mut self, among: Containers) -> Result<Vec<(ContainerId, Worlds)>, Undecided> {
        let answering = self.answering(among)?;
        Ok(answering.iter().map(|(container, worlds)| (*container, Worlds(worlds.clone()))).collect())
    }

    /// The worlds in which a variable has the value at each position of its domain.
    pub fn by_value(&self, index: usize) -> Result<Vec<Worlds>, Undecided> {
        let positions = 0..self.domains.values_of(index).len();
        positions.map(|position| Ok(Worlds(self.positions(index, |it| it == position)?))).collect()
    }

    /// The number of a variable; None if the worlds do not tell it apart.
    pub fn number_of(&self, variable: Variable) -> Option<usize> {
        self.domains.index(variable)
    }

    /// The variable of a number.
    pub fn variable_at(&self, index: usize) -> Option<Variable> {
        self.domains.variable(index)
    }

    /// The value of a variable at a position of its domain.
    pub fn value_at(&self, index: usize, position: usize) -> Option<Value> {
        self.domains.values_of(index).get(position).copied()
    }

    /// The numbers of the variables that a set of worlds depends on.
    pub fn support(&self, worlds: &Worlds) -> BTreeSet<usize> {
        worlds.0.support_set().into_iter().map(|bit| self.variable_of(bit)).collect()
    }

    /// The worlds of a set, and those that differ from one of them in the value of one variable.
    pub fn whatever_value(&self, worlds: &Worlds, index: usize) -> Result<Worlds, Undecided> {
        self.whatever(worlds.0.clone(), self.bits_of(index)).map(Worlds)
    }
}
