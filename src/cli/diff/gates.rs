//! The gates of a command line, with names looked up in both sides.

use super::names::{chosen, feature};
use crate::cli::args::Gates;
use crate::diff::{Arrivals, Gate};
use crate::model::Model;
use crate::resolve::Unknown;

/// Whether there is any gate.
pub(super) fn any(gates: &Gates) -> bool {
    *gates != Gates::default()
}

/// Whether arrivals count.
pub(super) fn arrivals(gates: &Gates) -> Arrivals {
    if gates.count_arrivals { Arrivals::Count } else { Arrivals::Apart }
}

/// The gates, in the order of the help; what they name has to be there on a side.
pub(super) fn gates(gates: &Gates, models: [&Model; 2]) -> Result<Vec<Gate>, Unknown> {
    let mut all = Vec::new();
    for name in &gates.deny_new_visibility {
        let chosen = (!name.is_empty()).then(|| chosen(models, name)).transpose()?;
        all.push(Gate::NewVisibility(chosen));
    }
    all.extend(gates.deny_open_gain.then_some(Gate::OpenGain));
    all.extend(gates.max_gain.map(Gate::MaxGain));
    for name in &gates.deny_new_use {
        let feature = (!name.is_empty()).then(|| feature(models, name)).transpose()?;
        all.push(Gate::NewUse(feature));
    }
    all.extend(gates.deny_new_disclosure.then_some(Gate::NewDisclosure));
    all.extend(gates.deny_removed_invariants.then_some(Gate::RemovedInvariants));
    Ok(all)
}
