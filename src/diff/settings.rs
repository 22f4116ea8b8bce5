//! Settings of users that have another value.

use indexmap::IndexMap;

use super::Diff;
use crate::model::{Kind, Model, Parameter, ParameterId, ParameterOf, UserId};
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
    /// Equal numbers mean the same on both sides.
    same_numbers: bool,
}

impl Diff<'_> {
    /// Settings of both sets that differ for users of both: by name where numbers may mean something else.
    pub fn settings(&self) -> Vec<SettingChange> {
        let models = self.sets().map(RuleSet::model);
        let settings = settings(models);
        let mut changes: IndexMap<(usize, [String; 2]), Vec<UserId>> = IndexMap::new();
        for user in models[0].users.ids() {
            let Some(users) = self.owners(user) else { continue };
            for (place, Setting { both, same_numbers }) in settings.iter().enumerate() {
                let values = [0, 1].map(|side| {
                    let ParameterOf::Setting(class) = both[side].of else { return both[side].default };
                    models[side].value_in(models[side].object_for(class, Some(users[side])), both[side])
                });
                if *same_numbers && values[0] == values[1] {
                    continue;
                }
                let names = [0, 1].map(|side| models[side].value_name(&both[side].kind, values[side]));
                if names[0] != names[1] {
                    changes.entry((place, names)).or_default().push(user);
                }
            }
        }
        changes.sort_by(|one, _, other, _| one.0.cmp(&other.0));
        let change = |((place, [before, after]), users): ((usize, [String; 2]), Vec<UserId>)| {
            let setting =
                settings.get(place).map(|setting| models[0].setting_name(setting.both[0])).unwrap_or_default();
            SettingChange { setting, before, after, users }
        };
        changes.into_iter().map(change).collect()
    }
}

/// The settings that both have, in the order of the first.
fn settings(models: [&Model; 2]) -> Vec<Setting<'_>> {
    let of = |model: &'_ Model| {
        let settings = |(id, of): (ParameterId, &Parameter)| {
            matches!(of.of, ParameterOf::Setting(_)).then(|| (model.setting_name(of), id))
        };
        model.parameters.iter().filter_map(settings).collect::<IndexMap<String, ParameterId>>()
    };
    let others = of(models[1]);
    let both = of(models[0]).into_iter().filter_map(|(name, id)| {
        let both = [&models[0].parameters[id], &models[1].parameters[*others.get(&name)?]];
        let counted = matches!(both[0].kind, Kind::Bool | Kind::Range(..) | Kind::Enumeration(_));
        Some(Setting { both, same_numbers: counted && both[0].kind == both[1].kind })
    });
    both.collect()
}
