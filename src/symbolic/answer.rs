//! What the viewer gets of a field: what the container that answers gives of it, unless a guard denies.

use biodivine_lib_bdd::Bdd;

use super::{Question, Space, Undecided, Worlds};
use crate::model::{ConditionId, ContainerId, FieldId, Model, Shows, Value};

impl<'m> Space<'m> {
    /// The worlds in which the viewer sees a field as the owner has it.
    pub fn visible(&mut self, field: FieldId) -> Result<Worlds, Undecided> {
        self.seen(field, None)
    }

    /// The worlds in which the viewer sees this value of a field instead of the owner's.
    pub fn altered(&mut self, field: FieldId, value: Value) -> Result<Worlds, Undecided> {
        self.seen(field, Some(value))
    }

    fn seen(&mut self, field: FieldId, instead: Option<Value>) -> Result<Worlds, Undecided> {
        let question = self.question.ok_or(Undecided)?;
        if let Some(known) = self.seen.get(&(field, instead)) {
            return Ok(known.clone());
        }
        let (model, rules) = (question.model(), question.graph.tables().rules(field));
        let mut all = self.variables.mk_false();
        for (container, answers) in self.answering(rules.among)?.iter().filter(|(it, _)| rules.holds.has(*it)) {
            let given = match instead {
                None if question.graph.tables().publication(*container, field).published => {
                    self.untouched(shows(model, *container, field))?
                }
                None => continue,
                Some(value) => self.replaced(shows(model, *container, field), value)?,
            };
            all = self.or(&all, &self.and(answers, &given)?)?;
        }
        for guard in rules.guards.iter() {
            for rule in &model.guards[*guard].rules {
                let fails = self.ternary(model.rules[*rule].when)?.fails;
                all = self.and(&all, &fails)?;
            }
        }
        let seen = self.both(&Worlds(all), &self.all())?;
        self.seen.insert((field, instead), seen.clone());
        Ok(seen)
    }

    /// Where no `shows` applies, or may.
    fn untouched<'s>(&mut self, all: impl Iterator<Item = &'s Shows>) -> Result<Bdd, Undecided> {
        let mut untouched = self.variables.mk_true();
        for shows in all {
            let fails = self.ternary(shows.when)?.fails;
            untouched = self.and(&untouched, &fails)?;
        }
        Ok(untouched)
    }

    /// Where the first `shows` that applies has this value. One that may apply hides the field.
    fn replaced<'s>(&mut self, all: impl Iterator<Item = &'s Shows>, value: Value) -> Result<Bdd, Undecided> {
        let mut replaced = self.variables.mk_false();
        let mut left = self.variables.mk_true();
        for shows in all {
            let when = self.ternary(shows.when)?;
            if shows.value == value {
                replaced = self.or(&replaced, &self.and(&left, &when.holds)?)?;
            }
            left = self.and(&left, &when.fails)?;
        }
        Ok(replaced)
    }
}

impl<'m> Question<'m> {
    /// The conditions that decide what is seen of a field, beside those that decide who is where.
    pub(super) fn deciding(self, field: FieldId) -> Vec<ConditionId> {
        let (model, rules) = (self.model(), self.graph.tables().rules(field));
        let containers = model.containers.ids().filter(|container| rules.holds.has(*container));
        let shown = containers.flat_map(|container| shows(model, container, field)).map(|shows| shows.when);
        let guards = rules.guards.iter().flat_map(|guard| &model.guards[*guard].rules);
        shown.chain(guards.map(|rule| model.rules[*rule].when)).collect()
    }
}

/// What a container shows of a field, in order.
pub(crate) fn shows(model: &Model, container: ContainerId, field: FieldId) -> impl Iterator<Item = &Shows> {
    let held = model.containers[container].holds.get(&model.fields[field].category);
    held.into_iter().flat_map(|held| &held.shows).filter(move |shows| shows.field == field)
}
