//! What gates judge of every world.

use std::collections::BTreeSet;

use super::{Decided, Everywhere, State};
use crate::diff::{Direction, Gate, InWorlds, Seen};

impl Everywhere {
    /// What there is of a gate in any world; None of a gate that counts people, or is not about worlds.
    pub fn evidence(&self, gate: &Gate) -> Option<InWorlds> {
        let is_meant: Box<dyn Fn(&Decided) -> bool + '_> = match gate {
            Gate::NewVisibility(chosen) => Box::new(move |decided| match decided {
                Decided::Sees { category, field } => chosen.as_ref().is_none_or(|it| it.has(category, field)),
                _ => false,
            }),
            Gate::NewUse(feature) => Box::new(move |decided| match decided {
                Decided::Uses(name) => feature.as_ref().is_none_or(|feature| feature == name),
                _ => false,
            }),
            Gate::NewDisclosure => Box::new(|decided| matches!(decided, Decided::Leaves(_))),
            Gate::OpenGain | Gate::MaxGain(_) | Gate::RemovedInvariants => return None,
        };
        let gains = self.rows.iter().filter(|row| row.direction == Direction::Gains);
        let is_new = |after: &State| !matches!(after, State::Seen(Seen::Altered(_)));
        let changes = gains.flat_map(|row| &row.changes).filter(|change| is_new(&change.after));
        let found: BTreeSet<&Decided> = changes.map(|it| &it.decided).filter(|it| is_meant(it)).collect();
        let open = self.undecided.iter().map(|it| &it.decided).chain(self.uncompared.iter().map(|it| &it.decided));
        let unknown: BTreeSet<&Decided> = open.filter(|it| is_meant(it) && !found.contains(*it)).collect();
        Some(InWorlds { found: found.len(), unknown: unknown.len() })
    }
}
