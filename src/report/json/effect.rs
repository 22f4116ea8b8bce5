//! What changes for whom between two sets, on the wire: in changes of policy objects and in comparisons.

use schemars::JsonSchema;
use serde::Serialize;

use super::shift::{WireShift, shift};
use crate::diff::{Effect, Features, SettingChange, Shift};
use crate::model::{Model, UserId};
use crate::report::plan::address;

/// What changes for whom.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireEffect<'a> {
    /// Settings of users.
    settings: Vec<WireSetting<'a>>,
    /// What is seen of presence.
    presence: WirePresence,
    /// Features with other answers.
    features: Vec<WireFeature<'a>>,
}

/// A setting that has another value for some users.
#[derive(Serialize, JsonSchema)]
struct WireSetting<'a> {
    /// Its class and name.
    setting: String,
    /// The value it had.
    before: &'a str,
    /// The value it has.
    after: &'a str,
    /// For whom.
    users: Vec<String>,
}

/// Answers about fields that change, each viewer, owner and field counted.
#[derive(Serialize, JsonSchema)]
struct WirePresence {
    /// How many owners something changes of.
    owners: usize,
    /// For known people.
    known: WireCounts,
    /// For classes of people whom the files do not know.
    open: WireCounts,
    /// What changes for whom, with the owners of whom it is the same.
    alike: Vec<WireAlike>,
}

/// What changes for whom of some owners.
#[derive(Serialize, JsonSchema)]
struct WireAlike {
    /// The owners.
    owners: Vec<String>,
    /// Who gains and who loses what.
    effect: Vec<WireShift>,
}

/// How many answers.
#[derive(Serialize, JsonSchema)]
struct WireCounts {
    /// Show more.
    gained: usize,
    /// Show less.
    lost: usize,
    /// Show another value instead of the owner's.
    altered: usize,
}

/// A feature with other answers: for people, or for pairs of them where two take part.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireFeature<'a> {
    /// Its name.
    feature: &'a str,
    /// How many may use it now.
    gained: usize,
    /// How many may no longer use it.
    lost: usize,
}

impl<'a> WireEffect<'a> {
    /// It on the wire, with users as this set knows them.
    pub(super) fn new(model: &Model, effect: &'a Effect) -> WireEffect<'a> {
        let of = &effect.presence;
        let alike = |(owners, shifts): &(Vec<UserId>, Vec<Shift>)| WireAlike {
            owners: addresses(model, owners),
            effect: shifts.iter().map(shift).collect(),
        };
        let [gained, lost, altered] = of.open;
        WireEffect {
            settings: settings(model, &effect.settings),
            presence: WirePresence {
                owners: of.owners,
                known: WireCounts { gained: of.gained, lost: of.lost, altered: of.altered },
                open: WireCounts { gained, lost, altered },
                alike: of.alike.iter().map(alike).collect(),
            },
            features: features(&effect.features),
        }
    }
}

/// Settings that change.
fn settings<'a>(model: &Model, changes: &'a [SettingChange]) -> Vec<WireSetting<'a>> {
    let setting = |change: &'a SettingChange| WireSetting {
        setting: change.setting.clone(),
        before: &change.before,
        after: &change.after,
        users: addresses(model, &change.users),
    };
    changes.iter().map(setting).collect()
}

/// Features with other answers.
pub(super) fn features(changes: &[Features]) -> Vec<WireFeature<'_>> {
    changes
        .iter()
        .filter(|of| of.changes())
        .map(|of| WireFeature { feature: &of.feature, gained: of.gained, lost: of.lost })
        .collect()
}

/// Users by address.
pub(super) fn addresses(model: &Model, users: &[UserId]) -> Vec<String> {
    users.iter().map(|user| address(model, *user)).collect()
}
