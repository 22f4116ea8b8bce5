//! Which manifest is in effect for an owner, beside the one whose shape the recorded entries have.

use crate::model::{ManifestId, ParameterId, UserId, Value};
use crate::resolve::{RuleSet, Sentence, suppose, why_manifest};

use super::plan::{Migration, Options, Unrecorded, migration};

/// How it stands with an owner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mode {
    /// Whose.
    pub owner: UserId,
    /// The manifest in effect; None in a set without manifests.
    pub in_effect: Option<ManifestId>,
    /// The word that the directory records; None if it records none.
    pub recorded: Option<String>,
    /// What there is to do.
    pub state: State,
    /// A choice that rules manifests out whatever the administrators set.
    pub opt_out: Option<OptOut>,
    /// What the conditions of manifests read, and where it is said.
    pub reasons: Vec<Sentence>,
}

/// What there is to do about an owner's entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Nothing: what is recorded is what is in force.
    Settled,
    /// So many changes of the directory.
    ToMigrate(usize),
    /// Nothing can be said, since the directory does not say everything.
    Unknown(Unrecorded),
    /// Policy demands so many entries that the manifest drops.
    Demanded(usize),
}

/// A choice that rules manifests out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OptOut {
    /// The attribute that was chosen.
    pub attribute: ParameterId,
    /// The value.
    pub value: Value,
    /// The manifests it rules out.
    pub rules_out: Vec<ManifestId>,
    /// The manifest in effect would be the same without the choice, until somebody sets something else.
    pub in_advance: bool,
}

/// How it stands with an owner. Both sets answer on one rule graph: the first on the entries in force, the second on
/// the recorded ones.
pub fn mode(in_force: &RuleSet, recorded: &RuleSet, owner: UserId, options: Options) -> Mode {
    let plan: Migration = migration(in_force, recorded, owner, options);
    let state = match plan.unknown {
        Some(unknown) => State::Unknown(unknown),
        None if !plan.amendments.is_empty() => State::ToMigrate(plan.amendments.len()),
        None if !plan.residue.is_empty() => State::Demanded(plan.residue.len()),
        None => State::Settled,
    };
    Mode {
        owner,
        in_effect: plan.manifest,
        recorded: in_force.model().mode_word(owner),
        state,
        opt_out: opt_out(in_force, owner),
        reasons: why_manifest(in_force, owner),
    }
}

/// The choice of an owner by which manifests are ruled out, if the owner made one.
fn opt_out(rules: &RuleSet, owner: UserId) -> Option<OptOut> {
    let attribute = suppose::preference(rules)?;
    let default = rules.model().parameters[attribute].default;
    let value = rules.model().attribute(owner, attribute);
    if value == default {
        return None;
    }
    let rules_out = suppose::ruled_out(rules, attribute, value);
    let with = |value| suppose::manifest_with(rules, owner, attribute, value);
    (!rules_out.is_empty()).then(|| OptOut { attribute, value, rules_out, in_advance: with(value) == with(default) })
}
