//! Why a manifest is in effect: what the conditions of manifests read of an owner.

use crate::model::{Condition, ConditionId, ManifestId, UserId};
use crate::resolve::facts::Cast;
use crate::resolve::probe::{Silent, Step};
use crate::resolve::rule_set::RuleSet;
use crate::viewers::Somebody;

use super::Sentence;
use super::fact::Facts;

/// What the conditions of manifests read of an owner, from the first manifest to the one in effect, each once. All of a
/// condition is told, also what cannot matter any more: who declined in advance wants to know that it counts.
pub(in crate::resolve) fn manifest_facts(rules: &RuleSet, owner: UserId) -> Vec<Sentence> {
    let model = rules.model();
    let somebody = Somebody::user(model, owner);
    let facts = Facts { rules, cast: Cast::view(somebody, somebody) };
    let in_effect = rules.manifest_in_effect(owner);
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
    let mut fact = |reading| steps.push((0, Step::Fact(reading, rules.read(reading, &facts.cast))));
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
            steps.push((0, Step::Asked(condition, rules.truth(condition, &facts.cast, &mut Silent))));
        }
    }
}
