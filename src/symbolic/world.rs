//! One world out of many: the one in which the least is out of the ordinary.

use biodivine_lib_bdd::{Bdd, BddPointer, BddVariable};

use super::chain::Link;
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
    /// The viewer's domain and, where domains match by suffix, those above it, by their numbers; none of a viewer
    /// without an address, and where conditions are asked by themselves.
    pub domains: Vec<Link>,
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

/// How much has to be out of the ordinary from a node on: where its variable is so already, and where it is not yet.
#[derive(Clone, Copy)]
struct Distance {
    departed: usize,
    ordinary: usize,
}

impl Space<'_> {
    /// The world of a set in which the least is out of the ordinary. Of several, the first in which a variable is
    /// ordinary, or has the value that comes first, where another's differs.
    pub fn smallest(&self, worlds: &Worlds) -> Result<Option<World>, Undecided> {
        let diagram = &worlds.0;
        if diagram.is_false() {
            return Ok(None);
        }
        let distances = self.distances(diagram);
        let mut node = diagram.root_pointer();
        let mut set: Vec<BddVariable> = Vec::new();
        let mut departed = None;
        while !node.is_terminal() {
            let variable = self.variable_of(diagram.var_of(node));
            let (low, high) = self.ways(diagram, &distances, node, departed == Some(variable));
            if low <= high {
                node = diagram.low_link_of(node);
            } else {
                set.push(diagram.var_of(node));
                departed = Some(variable);
                node = diagram.high_link_of(node);
            }
        }
        Ok(Some(self.world_of(&set)))
    }

    /// So many worlds at most, each the smallest of those that are not all of an earlier one and something more.
    pub fn smallest_few(&self, worlds: &Worlds, most: usize) -> Result<Vec<World>, Undecided> {
        let mut rest = worlds.clone();
        let mut few = Vec::new();
        while few.len() < most
            && let Some(world) = self.smallest(&rest)?
        {
            rest = self.except(&rest, &self.like(&world)?)?;
            few.push(world);
        }
        Ok(few)
    }

    /// The worlds in which everything is so that is out of the ordinary in this one.
    fn like(&self, world: &World) -> Result<Worlds, Undecided> {
        let mut all = self.variables.mk_true();
        for fact in world.departures() {
            all = self.and(&all, &self.value_is(fact.variable, |value| value == fact.value)?)?;
        }
        Ok(Worlds(all))
    }

    /// The distance of each node from the end. Nodes are stored behind those that they lead to.
    fn distances(&self, diagram: &Bdd) -> Vec<Distance> {
        let mut distances: Vec<Distance> = Vec::with_capacity(diagram.size());
        for node in diagram.pointers() {
            let distance = if node.is_zero() {
                Distance { departed: usize::MAX, ordinary: usize::MAX }
            } else if node.is_one() {
                Distance { departed: 0, ordinary: 0 }
            } else {
                let least = |(low, high): (usize, usize)| low.min(high);
                Distance {
                    departed: least(self.ways(diagram, &distances, node, true)),
                    ordinary: least(self.ways(diagram, &distances, node, false)),
                }
            };
            distances.push(distance);
        }
        distances
    }

    /// How far the end is from a node without its bit, and with it.
    fn ways(&self, diagram: &Bdd, distances: &[Distance], node: BddPointer, departed: bool) -> (usize, usize) {
        let variable = self.variable_of(diagram.var_of(node));
        let from = |next: BddPointer, departed: bool| {
            let of_it = !next.is_terminal() && self.variable_of(diagram.var_of(next)) == variable;
            let distance = distances.get(next.to_index());
            distance.map_or(usize::MAX, |it| if departed && of_it { it.departed } else { it.ordinary })
        };
        let low = from(diagram.low_link_of(node), departed);
        let high = from(diagram.high_link_of(node), true);
        (low, high.saturating_add(usize::from(!departed)))
    }

    /// The world whose codes have these bits and no other.
    fn world_of(&self, set: &[BddVariable]) -> World {
        let fact = |(index, variable): (usize, Variable)| {
            let position = self.bits_of(index).iter().fold(0, |code, bit| code * 2 + usize::from(set.contains(bit)));
            let value = self.domains.values_of(index).get(position).copied();
            Fact { variable, value: value.unwrap_or(Value::FALSE), ordinary: position == 0 }
        };
        let facts = self.domains.variables().enumerate().map(fact).collect();
        let world = World { facts, domains: Vec::new() };
        World { domains: self.links(&world), ..world }
    }
}
