//! What the viewer gets of a field: what the container that answers gives of it, unless a guard denies.

use biodivine_lib_bdd::Bdd;

use super::{Question, Space, Undecided, Worlds};
use crate::model::{ConditionId, ContainerId, FieldId, Model, Shows, Value};

impl<'m> Space<'m> {
    /// The worlds in which the viewer sees a field as the owner has it.
    pub fn visible(&mut self, field: FieldId) -> Result<Worlds, Undecided> {
        let question = self.question.ok_or(Undecided)?;
        self.given_by_container(question, field, |space, container| {
            if !question.graph.tables().publication(container, field).published {
                return Ok(space.none().0);
            }
            let mut untouched = space.variables.mk_true();
            for shows in shows(question.model(), container, field) {
                let fails = space.ternary(shows.when)?.fails;
                untouched = space.and(&untouched, &fails)?;
            }
            Ok(untouched)
        })
    }

    /// The worlds in which the viewer sees this value of a field instead of the owner's.
    pub fn altered(&mut self, field: FieldId, value: Value) -> Result<Worlds, Undecided> {
        let question = self.question.ok_or(Undecided)?;
        self.given_by_container(question, field, |space, container| {
            // The first `shows` that applies; one that may apply hides the field.
            let mut altered = space.variables.mk_false();
            let mut left = space.variables.mk_true();
            for shows in shows(question.model(), container, field) {
                let when = space.ternary(shows.when)?;
                if shows.value == value {
                    altered = space.or(&altered, &space.and(&left, &when.holds)?)?;
                }
                left = space.and(&left, &when.fails)?;
            }
            Ok(altered)
        })
    }

    /// The worlds in which the container that answers gives something, and no guard hides it.
    fn given_by_container(
        &mut self,
        question: Question<'m>,
        field: FieldId,
        mut given: impl FnMut(&mut Self, ContainerId) -> Result<Bdd, Undecided>,
    ) -> Result<Worlds, Undecided> {
        let rules = question.graph.tables().rules(field);
        let mut all = self.variables.mk_false();
        for (container, answers) in self.answering(rules.among)?.iter().filter(|(it, _)| rules.holds.has(*it)) {
            let given = given(self, *container)?;
            all = self.or(&all, &self.and(answers, &given)?)?;
        }
        let model = question.model();
        for guard in rules.guards.iter() {
            for rule in &model.guards[*guard].rules {
                let fails = self.ternary(model.rules[*rule].when)?.fails;
                all = self.and(&all, &fails)?;
            }
        }
        self.both(&Worlds(all), &self.all())
    }
}

impl<'m> Question<'m> {
    /// The conditions that decide what is seen of a field, beside those that decide who is where.
    pub fn deciding(self, field: FieldId) -> Vec<ConditionId> {
        let (model, rules) = (self.model(), self.graph.tables().rules(field));
        let containers = model.containers.ids().filter(|container| rules.holds.has(*container));
        let shown = containers.flat_map(|container| shows(model, container, field)).map(|shows| shows.when);
        let guards = rules.guards.iter().flat_map(|guard| &model.guards[*guard].rules);
        shown.chain(guards.map(|rule| model.rules[*rule].when)).collect()
    }
}

/// What a container shows of a field, in order.
fn shows(model: &Model, container: ContainerId, field: FieldId) -> impl Iterator<Item = &Shows> {
    let held = model.containers[container].holds.get(&model.fields[field].category);
    held.into_iter().flat_map(|held| &held.shows).filter(move |shows| shows.field == field)
}
