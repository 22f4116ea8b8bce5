//! Why a decision cannot be compared everywhere: what both sides call the same and know of as something else, worlds
//! that one side alone can have, and policy objects that say something else.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::States;
use super::decision::{Asking, Decided};
use crate::diff::Side;
use crate::model::{Model, Object, ParameterId, ParameterOf, Reading, Scope, What};
use crate::prove::fact;
use crate::symbolic::{Both, Undecided, Variable};

/// What keeps a decision from being compared.
pub(super) struct Apart {
    pub(super) reasons: Vec<String>,
    /// Nothing that is found would mean anything.
    pub(super) is_of_no_use: bool,
}

impl Asking<'_> {
    pub(super) fn apart(&self, both: &Both<'_>, decided: &Decided, states: &[States; 2]) -> Result<Apart, Undecided> {
        let mut apart = Apart { reasons: Vec::new(), is_of_no_use: false };
        if let Some(why) = self.otherwise_used(decided) {
            return Ok(Apart { reasons: vec![why], is_of_no_use: true });
        }
        let readings = [self.readings(both, 0, states)?, self.readings(both, 1, states)?];
        let models = self.linked.models();
        for side in [0, 1] {
            let of_other_sort = |reading: &&Reading| !both.shares(side, Variable::Reading(**reading));
            for reading in readings[side].iter().filter(of_other_sort) {
                let Some(there) = both.namesake(side, reading.what) else { continue };
                let kinds = [(models[side], reading.what), (models[1 - side], there)];
                let mut kinds = kinds.map(|(model, what)| model.kind_of(what).describe());
                if side == 1 {
                    kinds.swap(0, 1);
                }
                let [before, after] = kinds;
                let name = models[side].reading_name(*reading);
                apart.reasons.push(format!("`{name}` is {before} in BASE and {after} in HEAD"));
                apart.is_of_no_use = true;
            }
        }
        if apart.is_of_no_use {
            apart.reasons.sort();
            apart.reasons.dedup();
            return Ok(apart);
        }
        let classes: BTreeSet<&str> = (0..2)
            .flat_map(|side: usize| readings[side].iter().filter_map(move |reading| class_of(models[side], *reading)))
            .collect();
        for class in classes {
            apart.reasons.push(format!(
                "policy objects of `{class}` differ, and which one applies to whom is compared of a directory only"
            ));
        }
        apart.reasons.extend(self.beyond(both, states)?);
        Ok(apart)
    }

    /// Worlds in which somebody gets something on one side, and which the other cannot have.
    fn beyond(&self, both: &Both<'_>, states: &[States; 2]) -> Result<Vec<String>, Undecided> {
        let mut reasons = Vec::new();
        for (side, name) in [(0, Side::Base), (1, Side::Head)] {
            let (space, model) = (&both.sides[side].space, self.linked.model(side));
            let mut found = Vec::new();
            for (_, worlds) in states[side].iter().filter(|(state, _)| !state.is_nothing()) {
                found.push(both.beyond(side, worlds)?);
            }
            if let Some(world) = space.smallest(&space.any_of(found)?)? {
                let lacking = world.facts.iter().enumerate().filter(|(at, it)| both.lacks(side, *at, it.value));
                let mut facts: Vec<String> = lacking.map(|(_, it)| fact(model, it)).collect();
                if facts.is_empty() {
                    facts = world.departures().map(|it| fact(model, it)).collect();
                }
                reasons.push(format!("{name} alone has worlds in which {}", facts.join(" and ")));
            }
        }
        Ok(reasons)
    }

    /// Why a feature is not the same feature on both sides.
    fn otherwise_used(&self, decided: &Decided) -> Option<String> {
        let name = decided.feature()?;
        let shape = |model: &Model| model.names.features.find(name).map(|id| model.features[id].shape);
        let [before, after] = self.linked.models().map(shape);
        let (before, after) = before.zip(after).filter(|(before, after)| before != after)?;
        Some(format!("`{name}` is for {} in BASE and for {} in HEAD", before.name(), after.name()))
    }

    /// What the outcomes of a side depend on, of all that the other side may know as something else.
    fn readings(&self, both: &Both<'_>, side: usize, states: &[States; 2]) -> Result<Vec<Reading>, Undecided> {
        let (space, model) = (&both.sides[side].space, self.linked.model(side));
        let is_doubtful = |reading: &Reading| {
            let variable = Variable::Reading(*reading);
            if !both.knows(side, variable) {
                return false;
            }
            let class = || class_of(model, *reading).filter(|_| !self.linked.classes.is_empty());
            !both.shares(side, variable) || class().is_some_and(|it| self.linked.classes.contains(&it.to_lowercase()))
        };
        let mut readings = Vec::new();
        for variable in space.variables() {
            let Variable::Reading(reading) = variable else { continue };
            if !is_doubtful(&reading) {
                continue;
            }
            for (_, worlds) in &states[side] {
                if !space.is_independent_of(worlds, reading)? {
                    readings.push(reading);
                    break;
                }
            }
        }
        Ok(readings)
    }
}

/// The class of the setting that is read, if its objects are compared with others.
fn class_of(model: &Model, reading: Reading) -> Option<&str> {
    let What::Parameter(id) = reading.what else { return None };
    match model.parameters[id].belongs_to {
        ParameterOf::Setting(class) => Some(&model.classes[class].declared.name),
        ParameterOf::Attribute(_) => None,
    }
}

/// The classes of which objects differ beyond the one that holds everywhere, which is compared.
pub(super) fn differing_classes(models: [&Model; 2]) -> BTreeSet<String> {
    let names = models.into_iter().flat_map(|model| model.classes.values());
    let names: BTreeSet<String> = names.map(|class| class.declared.name.to_lowercase()).collect();
    names.into_iter().filter(|class| objects(models[0], class) != objects(models[1], class)).collect()
}

/// The scopes of a class, if it has such objects, and for each of these its values.
type Objects = (Vec<String>, BTreeMap<String, BTreeMap<String, String>>);

fn objects(model: &Model, class: &str) -> Objects {
    let Some((id, of)) = model.classes.iter().find(|(_, it)| it.declared.name.eq_ignore_ascii_case(class)) else {
        return Objects::default();
    };
    let value = |slot: usize, setting: ParameterId, object: &Object| {
        let setting = &model.parameters[setting];
        let value = object.values.get(slot).copied().unwrap_or(setting.default);
        (setting.declared.name.to_lowercase(), model.value_name(&setting.kind, value))
    };
    let objects = model.objects.values().filter(|object| object.class == id && object.scope != Scope::Global);
    let said = objects.map(|object| {
        let values = of.settings.iter().enumerate().map(|(slot, setting)| value(slot, *setting, object));
        (object.spelt.to_lowercase(), values.collect())
    });
    let said: BTreeMap<String, BTreeMap<String, String>> = said.collect();
    let scopes = if said.is_empty() { Vec::new() } else { of.scopes.iter().map(|it| format!("{it:?}")).collect() };
    (scopes, said)
}
