//! By what worlds are told apart where something changes: what people think of first, and only behind that whatever
//! else it depends on.

use super::decision::Asking;
use crate::diff::Side;
use crate::language::ast::{Relation, Shape};
use crate::model::{Containers, Subject, Value, What};
use crate::prove::{fact, policy_value};
use crate::symbolic::{Both, Fact, Space, Undecided, Variable, Worlds};

/// What regions are told by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Aspect {
    /// The manifest in effect; of one side, if the sides have different ones in some world.
    Mode(Option<Side>),
    /// The container that answers the viewer; of one side, if not the same one does on both.
    Answering(Option<Side>),
    /// What a reading has as its value, by name.
    Reading(String),
    /// On which list of the owner the viewer is recorded.
    List,
    /// Something that is so or not; the values are what is so.
    Fact,
}

/// A way to tell worlds apart: each world is in one cell at most.
#[derive(Clone, Debug)]
pub(super) struct Partition {
    pub(super) aspect: Aspect,
    pub(super) cells: Vec<(String, Worlds)>,
}

/// On which list somebody is.
const LISTS: [&str; 3] = ["neither contact nor delegate", "contact", "delegate"];

impl Asking<'_> {
    /// The ways to tell the worlds of a set apart, from what is left out first to what is left out last.
    pub(super) fn partitions(
        &self,
        both: &mut Both<'_>,
        worlds: &Worlds,
        among: [Containers; 2],
    ) -> Result<Vec<Partition>, Undecided> {
        let (mut facts, mut readings) = (Vec::new(), Vec::new());
        for index in both.space().support(worlds) {
            let partition = self.by_value(both, index)?;
            match partition.aspect {
                Aspect::Fact => facts.push(partition),
                _ => readings.push(partition),
            }
        }
        facts.extend(readings);
        if self.shape == Shape::Viewer {
            facts.extend(self.by_list(both.space())?);
            facts.extend(self.by_mode(both)?);
            facts.extend(self.by_container(both, among)?);
        }
        Ok(facts)
    }

    /// By the value of a variable, as a side calls it that has it.
    fn by_value(&self, both: &Both<'_>, index: usize) -> Result<Partition, Undecided> {
        let spaces = [0, 1].map(|side: usize| &both.sides[side].space);
        let own = |side: usize| spaces[side].variable_at(index).filter(|variable| both.knows(side, *variable));
        let cells = both.space().by_value(index)?;
        let mut named: Vec<(String, Worlds)> = Vec::new();
        let mut aspect = Aspect::Fact;
        for (position, worlds) in cells.into_iter().enumerate() {
            let words = [1, 0].map(|side: usize| {
                let value = spaces[side].value_at(index, position)?;
                let (model, variable) = (self.linked.model(side), own(side)?);
                if !both.names(side, &Fact { variable, value, ordinary: false }) {
                    return None;
                }
                let told = |value| fact(model, &Fact { variable, value, ordinary: false });
                let name = match variable {
                    Variable::Reading(reading) if reading.what == What::Site => None,
                    Variable::Reading(reading) => {
                        aspect = Aspect::Reading(model.reading_name(reading));
                        Some(policy_value(model, reading.what, value))
                    }
                    _ => None,
                };
                Some(name.unwrap_or_else(|| match position {
                    0 if spaces[side].value_at(index, 2).is_none() => {
                        format!("not: {}", told(other(spaces[side], index)))
                    }
                    _ => told(value),
                }))
            });
            let words = match words {
                [Some(head), Some(base)] if head != base => format!("{base} in BASE, {head} in HEAD"),
                [Some(words), _] | [None, Some(words)] => words,
                [None, None] => continue,
            };
            named.push((words, worlds));
        }
        Ok(Partition { aspect, cells: named })
    }

    fn by_list(&self, space: &Space<'_>) -> Result<Option<Partition>, Undecided> {
        let on = |relation: Relation| -> Result<Option<Worlds>, Undecided> {
            let list = Variable::Listed(Subject::Viewer, relation == Relation::Delegate);
            let Some(index) = space.number_of(list) else { return Ok(None) };
            Ok(space.by_value(index)?.into_iter().nth(1))
        };
        let Some((contact, delegate)) = on(Relation::Contact)?.zip(on(Relation::Delegate)?) else { return Ok(None) };
        let contact_only = space.except(&contact, &delegate)?;
        let neither = space.except(&space.all(), &space.either(&contact, &delegate)?)?;
        let cells = LISTS.map(str::to_owned).into_iter().zip([neither, contact_only, delegate]).collect();
        Ok(Some(Partition { aspect: Aspect::List, cells }))
    }

    fn by_mode(&self, both: &mut Both<'_>) -> Result<Vec<Partition>, Undecided> {
        let mut sides = Vec::new();
        for side in [0, 1] {
            let model = self.linked.model(side);
            let modes = both.sides[side].space.by_mode()?.into_iter();
            let cells = modes.map(|(id, worlds)| (model.manifests[id].declared.name.clone(), worlds));
            sides.push(cells.collect());
        }
        of_both(both, sides, Aspect::Mode)
    }

    fn by_container(&self, both: &mut Both<'_>, among: [Containers; 2]) -> Result<Vec<Partition>, Undecided> {
        let mut sides = Vec::new();
        for (side, among) in among.into_iter().enumerate() {
            let model = self.linked.model(side);
            // A field that no container of a side holds is answered by none.
            let found = both.sides[side].space.by_container(among)?.into_iter();
            let cells = found.map(|(id, worlds)| (model.containers[id].declared.name.clone(), worlds));
            sides.push(cells.collect());
        }
        of_both(both, sides, Aspect::Answering)
    }
}

/// The value of a variable that is not the ordinary one, of one that is so or not.
fn other(space: &Space<'_>, index: usize) -> Value {
    space.value_at(index, 1).unwrap_or(Value::TRUE)
}

/// One partition, if both sides tell worlds apart alike; else one for each side.
fn of_both(
    both: &Both<'_>,
    sides: Vec<Vec<(String, Worlds)>>,
    aspect: fn(Option<Side>) -> Aspect,
) -> Result<Vec<Partition>, Undecided> {
    let space = both.space();
    let mut partitions = Vec::new();
    for (cells, side) in sides.into_iter().zip([Side::Base, Side::Head]) {
        let mut named = Vec::new();
        let mut left = both.all().clone();
        for (name, worlds) in cells {
            let worlds = space.both(&worlds, both.all())?;
            left = space.except(&left, &worlds)?;
            if !worlds.is_empty() {
                named.push((name, worlds));
            }
        }
        if !left.is_empty() {
            named.push(("none".to_owned(), left));
        }
        named.sort_by(|one, other| one.0.cmp(&other.0));
        partitions.push(Partition { aspect: aspect(Some(side)), cells: named });
    }
    if let [before, after] = partitions.as_slice()
        && before.cells == after.cells
    {
        partitions.truncate(1);
        partitions.iter_mut().for_each(|it| it.aspect = aspect(None));
    }
    Ok(partitions)
}
