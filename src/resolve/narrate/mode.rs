//! Why a manifest is in effect: what the conditions of manifests read of an owner.

use crate::model::{Condition, ConditionId, ManifestId, UserId};
use crate::resolve::condition::truth;
use crate::resolve::facts::{self, Cast};
use crate::resolve::probe::{Silent, Step};
use crate::resolve::rule_set::RuleSet;
use crate::resolve::settle::manifest_in_effect;
use crate::viewers::Somebody;

use super::Sentence;
use super::fact::Facts;

/// What the conditions of manifests read of an owner, from the first manifest to the one in effect, each once. All of a
/// condition is told, also what cannot matter any more: who declined in advance wants to know that it counts.
pub fn why_manifest(rules: &RuleSet, owner: UserId) -> Vec<Sentence> {
    let model = rules.model();
    let somebody = Somebody::user(model, owner);
    let facts = Facts { rules, cast: Cast::view(somebody, somebody) };
    let in_effect = manifest_in_effect(rules, owner);
    let earlier = |manifest: &ManifestId| Some(*manifest) != in_effect;
    let asked = rules.graph().manifest_order().iter().copied().take_while(earlier).chain(in_effect);
    let mut steps: Vec<(usize, Step)> = Vec::new();
    for when in asked.filter_map(|manifest| model.manifests[manifest].when) {
        read(&facts, when, &mut steps);
    }
    let mut sentences = Vec::new();
    facts.tell(&steps, 0, &mut sentences);
    sentences
}

/// Recursion is as deep as the condition, which the parser limits.
fn read(facts: &Facts<'_>, condition: ConditionId, steps: &mut Vec<(usize, Step)>) {
    let rules = facts.rules;
    let mut fact = |reading| steps.push((0, Step::Fact(reading, facts::read(rules, reading, &facts.cast))));
    match rules.model().conditions.get(condition) {
        Condition::Constant(_) => {}
        Condition::Not(operand) => read(facts, *operand, steps),
        Condition::All(operands) | Condition::Any(operands) => {
            operands.iter().for_each(|operand| read(facts, *operand, steps));
        }
        Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => fact(*reading),
        Condition::CompareReadings(left, _, right) => {
            fact(*left);
            fact(*right);
        }
        Condition::InContainer(..) | Condition::InGroup(..) | Condition::Is(..) => {
            steps.push((0, Step::Asked(condition, truth(rules, condition, &facts.cast, &mut Silent))));
        }
    }
}
