//! An owner's choice of manifest, and what comes of it.

use crate::directory::{Amendment, Scalar};
use crate::model::{ManifestId, ParameterId, UserId, Value, ValueType};
use crate::resolve::{RuleSet, Sentence, suppose, why_manifest};

use super::act::{Act, Because, Does};
use super::contact::Proposal;
use super::refusal::Refusal;

/// A choice and what comes of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preference {
    /// Whose.
    pub owner: UserId,
    /// The attribute by which people choose.
    pub attribute: ParameterId,
    /// What was chosen.
    pub before: Value,
    /// What is chosen.
    pub value: Value,
    /// The manifest in effect now, and with the choice.
    pub in_effect: [Option<ManifestId>; 2],
    /// The choice names a manifest that is not in effect even so.
    pub not_offered: Option<ManifestId>,
    /// Manifests that can never be in effect with this choice.
    pub rules_out: Vec<ManifestId>,
    /// What the conditions of manifests read, and where it is said.
    pub reasons: Vec<Sentence>,
    /// The change of the directory; none if it says so already.
    pub amendments: Vec<Amendment>,
}

impl Preference {
    /// The choice as something to be done; nothing if the directory says so already.
    pub fn proposal(&self) -> Proposal {
        let act = Act { does: Does::Set(self.attribute, self.value), because: Because::Asked };
        let acts = if self.amendments.is_empty() { Vec::new() } else { vec![act] };
        Proposal { acts, amendments: self.amendments.clone(), ..Proposal::default() }
    }
}

/// What comes of a choice, by its word.
pub fn preference(rules: &RuleSet, owner: UserId, word: &str) -> Result<Preference, Refusal> {
    let model = rules.model();
    let Some(attribute) = suppose::preference(rules) else {
        return Err(Refusal::NoPreference);
    };
    let parameter = &model.parameters[attribute];
    let ValueType::Enumeration(words) = &parameter.kind else {
        return Err(Refusal::NoChoice);
    };
    let Some(value) = words.find(word) else {
        let attribute = parameter.declared.name.clone();
        return Err(Refusal::NoWord { word: word.to_owned(), attribute, words: words.to_vec() });
    };
    let word = model.value_name(&parameter.kind, value);
    let before = rules.model().attribute(owner, attribute);
    let in_effect = [before, value].map(|value| suppose::manifest_with(rules, owner, attribute, value));
    let named = model.names.manifests.find(&word);
    let change = Amendment::SetAttribute(parameter.declared.name.clone(), Scalar::Text(word));
    Ok(Preference {
        owner,
        attribute,
        before,
        value,
        in_effect,
        not_offered: named.filter(|named| in_effect[1] != Some(*named)),
        rules_out: suppose::ruled_out(rules, attribute, value),
        reasons: why_manifest(rules, owner),
        amendments: if before == value { Vec::new() } else { vec![change] },
    })
}
