//! What a change of settings changes for whom: settings of users, what known people and open classes see, and who may
//! use which feature. Exact, and by classes of people instead of pair by pair.

mod features;
mod presence;

use indexmap::IndexMap;

use crate::model::{Model, ParameterId, UserId};
use crate::resolve::RuleSet;

use super::crowd::Crowds;

pub use features::Features;
pub use presence::Presence;

/// What a change changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Effect {
    /// Settings of users, by setting and value.
    pub settings: Vec<SettingChange>,
    /// What is seen of fields of presence.
    pub presence: Presence,
    /// Features whose answers change, in order of declaration.
    pub features: Vec<Features>,
}

/// A setting that has another value for some users.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingChange {
    /// The setting.
    pub parameter: ParameterId,
    /// The value it had.
    pub before: String,
    /// The value it has.
    pub after: String,
    /// For whom, sorted.
    pub users: Vec<UserId>,
}

/// What changes from one set to another that differs in policy objects only, so that ids mean the same in both.
pub fn effect(before: &RuleSet, after: &RuleSet) -> Effect {
    let settings = settings(before.model(), after.model());
    let mut changed: Vec<UserId> = settings.iter().flat_map(|change| change.users.iter().copied()).collect();
    changed.sort_unstable();
    changed.dedup();
    let crowds = Crowds::of(before, after);
    // What rules read of a viewer changes the answers of owners whose own settings stay.
    let owners: Vec<UserId> =
        if crowds.viewers_change { before.model().users.ids().collect() } else { changed.clone() };
    let presence = presence::presence(before, after, &owners);
    Effect { settings, presence, features: features::features(before, after, &crowds, &owners, &changed) }
}

/// The settings of users that have another value, by name since texts are numbered anew.
fn settings(before: &Model, after: &Model) -> Vec<SettingChange> {
    let mut changes: IndexMap<(ParameterId, String, String), Vec<UserId>> = IndexMap::new();
    for class in before.classes.ids() {
        for user in before.users.ids() {
            for id in &before.classes[class].settings {
                let value = |model: &Model| {
                    let parameter = &model.parameters[*id];
                    let value = model.value_in(model.object_for(class, Some(user)), parameter);
                    model.value_name(&parameter.kind, value)
                };
                let (old, new) = (value(before), value(after));
                if old != new {
                    changes.entry((*id, old, new)).or_default().push(user);
                }
            }
        }
    }
    changes.sort_by(|one, _, other, _| one.0.cmp(&other.0));
    let change = |((parameter, before, after), users)| SettingChange { parameter, before, after, users };
    changes.into_iter().map(change).collect()
}
