//! One world out of many: the one in which the least is out of the ordinary.

use super::{Space, Undecided, Variable, Worlds};
use crate::model::Value;

/// What one variable is in a world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fact {
    /// What.
    pub variable: Variable,
    /// Its value.
    pub value: Value,
    /// True if that is the ordinary one: the declared default, the first value, nowhere, on no list.
    pub ordinary: bool,
}

/// A world: a fact for each variable of the space. Values of people outside that nobody can know are listed too; they
/// have no effect.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct World {
    /// The facts, in the order in which the conditions read them.
    pub facts: Vec<Fact>,
}

impl World {
    /// The value of a variable.
    pub fn value(&self, variable: Variable) -> Option<Value> {
        self.facts.iter().find(|fact| fact.variable == variable).map(|fact| fact.value)
    }

    /// What is out of the ordinary.
    pub fn departures(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| !fact.ordinary)
    }
}

impl Space<'_> {
    /// A smallest world of a set: no part of what is out of the ordinary in it could be ordinary while the rest stays.
    pub fn smallest(&self, worlds: &Worlds) -> Result<Option<World>, Undecided> {
        if worlds.is_empty() {
            return Ok(None);
        }
        let mut left = worlds.0.clone();
        let mut facts = Vec::new();
        // From the last variable to the first: what conditions read first is what people look at, and stays if it can.
        let variables: Vec<(usize, Variable)> = self.domains.variables().enumerate().collect();
        for (index, variable) in variables.into_iter().rev() {
            for (position, value) in self.domains.values_of(index).iter().enumerate() {
                let narrowed = self.and(&left, &self.code(index, |candidate| candidate == *value)?)?;
                if !narrowed.is_false() {
                    left = narrowed;
                    facts.push(Fact { variable, value: *value, ordinary: position == 0 });
                    break;
                }
            }
        }
        facts.reverse();
        Ok(Some(World { facts }))
    }
}
