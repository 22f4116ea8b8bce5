//! The worlds of conditions, and what conditions read of settings and attributes.

use crate::graph::RuleGraph;
use crate::model::{Condition, ConditionId, Model, Reading, Value, What};
use crate::symbolic::{NODES, Space, Terms, Undecided};

/// The worlds of some conditions, and of values that will be given in them.
pub(super) fn space(
    graph: &RuleGraph,
    conditions: impl IntoIterator<Item = ConditionId>,
    values: impl IntoIterator<Item = (Reading, Value)>,
) -> Result<Space<'_>, Undecided> {
    Space::new(graph.model(), graph.manifest_order(), Terms { conditions, values }, NODES)
}

/// The readings of settings and attributes in a condition. Whoever reads the mode reads what manifests read.
pub(super) fn readings(model: &Model, condition: ConditionId) -> Vec<Reading> {
    let mut all = Vec::new();
    model.conditions.any(condition, &mut |part| {
        match part {
            Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => all.push(*reading),
            Condition::CompareReadings(left, _, right) => all.extend([*left, *right]),
            _ => {}
        }
        false
    });
    if all.iter().any(|reading| reading.what == What::Mode) {
        let manifests = model.manifests.values().filter_map(|manifest| manifest.when);
        all.extend(manifests.flat_map(|when| readings(model, when)));
    }
    all.retain(|reading| matches!(reading.what, What::Parameter(_)));
    all
}
