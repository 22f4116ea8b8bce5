//! What of a comparison somebody wants to be told. Gates judge everything all the same, and what is left out is
//! counted.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Aside, AsideField, Chosen, Diff, Disclosed, Effect, FieldChange, Presence, SettingChange, Shift, both};
use crate::directory::Address;
use crate::model::{Model, UserId};

/// Everything that differs for anybody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// What changes for whom, of owners on both sides.
    pub effect: Effect,
    /// Owners on the second side only.
    pub arrived: Aside,
    /// Owners on the first side only.
    pub left: Aside,
    /// What leaves and did not, or did and does not.
    pub disclosures: Vec<Disclosed>,
}

/// One of the two parts of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    /// What differs as it is declared.
    Structure,
    /// What differs for anybody.
    Effect,
}

impl Section {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Section::Structure => "structure",
            Section::Effect => "effect",
        }
    }
}

/// What is wanted; by itself everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Selection {
    /// One part alone.
    pub only: Option<Section>,
    /// Answers about these fields.
    pub fields: Vec<Chosen>,
    /// These features, and what leaves through them.
    pub features: Vec<String>,
    /// Answers about the owners in a group, and their settings.
    pub owners: Option<OwnerGroup>,
}

/// Owners in a group of either side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnerGroup {
    /// Its name.
    pub name: String,
    /// Everybody in it.
    pub people: BTreeSet<Address>,
}

/// How much is left out of what is told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LeftOut {
    /// Declarations and things of the directory that differ.
    pub structure: usize,
    /// Settings with another value.
    pub settings: usize,
    /// Answers that known people gain, lose, or get otherwise.
    pub known: [usize; 3],
    /// The same of open classes.
    pub open: [usize; 3],
    /// Features with other answers.
    pub features: usize,
    /// Disclosures that change.
    pub disclosures: usize,
    /// Owners on one side only.
    pub aside_owners: usize,
    /// What is visible of owners on one side only: to known people and to open classes.
    pub aside: [usize; 2],
}

impl Outcome {
    /// True if nothing differs for anybody.
    pub fn is_empty(&self) -> bool {
        self.arrived.owners + self.left.owners == 0 && self.effect == Effect::default() && self.disclosures.is_empty()
    }
}

impl Diff<'_> {
    /// Everything that differs for anybody.
    pub fn outcome(&self) -> Outcome {
        let aside = || (self.arrived(), self.left(), self.disclosures());
        let (effect, (arrived, left, disclosures)) = both(self.before.model().users.len(), || self.effect(), aside);
        Outcome { effect, arrived, left, disclosures }
    }
}

impl Selection {
    /// True if everything is wanted.
    pub fn is_everything(&self) -> bool {
        *self == Selection::default()
    }

    /// True if it is told what differs as it is declared.
    pub fn has_structure(&self) -> bool {
        self.only != Some(Section::Effect)
    }

    /// True if it is told what differs for anybody.
    pub fn has_effect(&self) -> bool {
        self.only != Some(Section::Structure)
    }

    /// True if answers about presence are told.
    pub fn has_answers(&self) -> bool {
        self.has_effect() && (!self.fields.is_empty() || self.features.is_empty())
    }

    /// True if features are told, and what leaves through them.
    pub fn has_features(&self) -> bool {
        let are_asked = !self.features.is_empty() || self.fields.is_empty() && self.owners.is_none();
        self.has_effect() && are_asked
    }

    /// True if it is told who is on one side only.
    pub fn has_asides(&self) -> bool {
        self.has_effect() && self.owners.is_none()
    }

    /// What is wanted of all that differs. The model is that of the first set.
    pub fn narrowed(&self, model: &Model, all: &Outcome) -> Outcome {
        let has_settings = self.has_effect() && self.fields.is_empty() && self.features.is_empty();
        let effect = Effect {
            settings: kept(has_settings, &all.effect.settings, |change| self.setting(model, change)),
            presence: if self.has_answers() { self.presence(model, &all.effect.presence) } else { Presence::default() },
            features: kept(self.has_features(), &all.effect.features, |of| {
                self.has_feature(&of.feature).then(|| of.clone())
            }),
        };
        Outcome {
            effect,
            arrived: self.aside(&all.arrived),
            left: self.aside(&all.left),
            disclosures: kept(self.has_features(), &all.disclosures, |of| {
                self.has_feature(&of.leaving.feature).then(|| of.clone())
            }),
        }
    }

    /// How much of all that differs is not told. So many declarations differ.
    pub fn left_out(&self, all: &Outcome, told: &Outcome, structure: usize) -> LeftOut {
        let changing = |of: &Outcome| of.effect.features.iter().filter(|of| of.changes()).count();
        let presence = |of: &Presence| [of.gained, of.lost, of.altered];
        let aside = |of: &Outcome| {
            [&of.arrived, &of.left].iter().fold([0, 0], |[known, open], it| [known + it.known(), open + it.open()])
        };
        let owners = |of: &Outcome| of.arrived.owners + of.left.owners;
        let (whole, part) = (&all.effect, &told.effect);
        LeftOut {
            structure: if self.has_structure() { 0 } else { structure },
            settings: whole.settings.len() - part.settings.len(),
            known: less(presence(&whole.presence), presence(&part.presence)),
            open: less(whole.presence.open, part.presence.open),
            features: changing(all) - changing(told),
            disclosures: all.disclosures.len() - told.disclosures.len(),
            aside_owners: owners(all) - owners(told),
            aside: less(aside(all), aside(told)),
        }
    }

    /// True if a feature is wanted, where features are.
    pub fn has_feature(&self, feature: &str) -> bool {
        self.features.is_empty() || self.features.iter().any(|name| name == feature)
    }

    /// True if a field is wanted, where answers are.
    pub fn has_field(&self, category: &str, field: &str) -> bool {
        self.fields.is_empty() || self.fields.iter().any(|chosen| chosen.has(category, field))
    }

    fn owners(&self, model: &Model, owners: &[UserId]) -> Vec<UserId> {
        let address = |owner: UserId| &model.people[model.users[owner].person].address;
        let is_in = |owner: &UserId| self.owners.as_ref().is_none_or(|group| group.people.contains(address(*owner)));
        owners.iter().copied().filter(is_in).collect()
    }

    fn setting(&self, model: &Model, change: &SettingChange) -> Option<SettingChange> {
        let users = self.owners(model, &change.users);
        (!users.is_empty()).then(|| SettingChange { users, ..change.clone() })
    }

    fn presence(&self, model: &Model, all: &Presence) -> Presence {
        let mut told = Presence::default();
        for (owners, shifts) in &all.alike {
            let owners = self.owners(model, owners);
            let shifts: Vec<Shift> = shifts.iter().filter_map(|shift| self.shift(shift)).collect();
            if owners.is_empty() || shifts.is_empty() {
                continue;
            }
            told.owners += owners.len();
            shifts.iter().for_each(|shift| told.count(shift, owners.len()));
            told.alike.push((owners, shifts));
        }
        told
    }

    fn shift(&self, shift: &Shift) -> Option<Shift> {
        let is_wanted = |change: &&FieldChange| self.has_field(&change.category, &change.field);
        let changes: Arc<[FieldChange]> = shift.changes.iter().filter(is_wanted).cloned().collect();
        (!changes.is_empty()).then(|| Shift { changes, ..shift.clone() })
    }

    fn aside(&self, all: &Aside) -> Aside {
        if !self.has_asides() {
            return Aside::default();
        }
        let is_wanted = |of: &&AsideField| self.has_answers() && self.has_field(&of.category, &of.field);
        let fields = all.fields.iter().filter(is_wanted);
        Aside { owners: all.owners, fields: fields.cloned().collect() }
    }
}

/// What is kept of a list, if anything of it is wanted at all.
fn kept<T>(is_wanted: bool, all: &[T], keep: impl FnMut(&T) -> Option<T>) -> Vec<T> {
    if is_wanted { all.iter().filter_map(keep).collect() } else { Vec::new() }
}

fn less<const N: usize>(mut all: [usize; N], told: [usize; N]) -> [usize; N] {
    all.iter_mut().zip(told).for_each(|(count, told)| *count -= told);
    all
}
