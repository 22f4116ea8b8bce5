//! What turns a feature on and off.

use crate::model::{Condition, ConditionId, FeatureId, Model, ParameterId, What};

/// The settings and attributes that the rules of a feature, and of those it requires, read. Sorted by name.
pub fn controls(model: &Model, feature: FeatureId) -> Vec<ParameterId> {
    let mut controls = Vec::new();
    let mut features = vec![feature];
    while let Some(next) = features.pop() {
        let of = &model.features[next];
        features.extend(of.requires.iter().map(|(required, _)| *required));
        for rule in &of.rules {
            controls.extend(parameters(model, model.rules[*rule].when));
        }
    }
    controls.sort_by_key(|id| (model.parameters[*id].belongs_to, model.parameters[*id].declared.name.clone()));
    controls.dedup();
    controls
}

/// The settings and attributes a condition reads.
fn parameters(model: &Model, condition: ConditionId) -> Vec<ParameterId> {
    let mut found = Vec::new();
    model.conditions.any(condition, &mut |part| {
        let mut take = |what: What| {
            if let What::Parameter(id) = what {
                found.push(id);
            }
        };
        match part {
            Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => take(reading.what),
            Condition::CompareReadings(left, _, right) => {
                take(left.what);
                take(right.what);
            }
            _ => {}
        }
        false
    });
    found
}
