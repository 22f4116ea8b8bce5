//! Settings of users that have another value.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Diff;
use crate::model::{ClassId, Model, Parameter, ParameterId, ParameterOf, UserId, ValueType};
use crate::resolve::RuleSet;

/// A setting that has another value for some users.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingChange {
    /// `CLASS.SETTING`
    pub setting: String,
    /// The value it had.
    pub before: String,
    /// The value it has.
    pub after: String,
    /// For whom, as the first set knows them; sorted.
    pub users: Vec<UserId>,
}

/// A setting of both sets.
struct Setting<'a> {
    both: [&'a Parameter; 2],
    classes: [ClassId; 2],
    /// Equal numbers mean the same on both sides.
    same_numbers: bool,
}

impl Diff<'_> {
    /// Settings of both sets that differ for users of both: by name where numbers may mean something else.
    pub fn settings(&self) -> Vec<SettingChange> {
        let models = self.sets().map(RuleSet::model);
        let users: Vec<[UserId; 2]> = models[0].users.ids().filter_map(|user| self.owners(user)).collect();
        let mut changes = Vec::new();
        for Setting { both, classes, same_numbers } in settings(models) {
            let mut changed: BTreeMap<[String; 2], Vec<UserId>> = BTreeMap::new();
            for users in &users {
                let values = [0, 1].map(|side| {
                    let object = models[side].object_for(classes[side], Some(users[side]));
                    models[side].value_in(object, both[side])
                });
                if same_numbers && values[0] == values[1] {
                    continue;
                }
                let names = [0, 1].map(|side| models[side].value_name(&both[side].kind, values[side]));
                if names[0] != names[1] {
                    changed.entry(names).or_default().push(users[0]);
                }
            }
            let setting = models[0].setting_name(both[0]);
            let change = |([before, after], users): ([String; 2], _)| SettingChange {
                setting: setting.clone(),
                before,
                after,
                users,
            };
            changes.extend(changed.into_iter().map(change));
        }
        changes
    }
}

/// The settings that both have, in the order of the first.
fn settings(models: [&Model; 2]) -> Vec<Setting<'_>> {
    let of = |model: &'_ Model| {
        let settings = |(id, of): (ParameterId, &Parameter)| match of.belongs_to {
            ParameterOf::Setting(class) => Some((model.setting_name(of), (id, class))),
            ParameterOf::Attribute(_) => None,
        };
        model.parameters.iter().filter_map(settings).collect::<IndexMap<String, (ParameterId, ClassId)>>()
    };
    let others = of(models[1]);
    let both = of(models[0]).into_iter().filter_map(|(name, (id, class))| {
        let (other, other_class) = *others.get(&name)?;
        let both = [&models[0].parameters[id], &models[1].parameters[other]];
        let counted = matches!(both[0].kind, ValueType::Bool | ValueType::Range(..) | ValueType::Enumeration(_));
        Some(Setting { both, classes: [class, other_class], same_numbers: counted && both[0].kind == both[1].kind })
    });
    both.collect()
}
