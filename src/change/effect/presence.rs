//! What is seen of fields of presence, and who sees more or less of them.

use indexmap::IndexMap;

use crate::migrate::{Direction, Effects, Shift};
use crate::model::UserId;
use crate::resolve::RuleSet;

/// Answers about fields that change: triples of viewer, owner and field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Presence {
    /// Of how many owners.
    pub owners: usize,
    /// Known people who see the value, or another one instead, where they saw less.
    pub gained: usize,
    /// Known people who see less.
    pub lost: usize,
    /// Known people who get another value than before instead of the owner's.
    pub altered: usize,
    /// The same three, counted in classes of viewers that the directory cannot enumerate.
    pub open: [usize; 3],
    /// What changes for whom, with the owners of whom it is the same. In the order of the first of them.
    pub alike: Vec<(Vec<UserId>, Vec<Shift>)>,
}

/// What changes of these owners.
pub(super) fn presence(before: &RuleSet, after: &RuleSet, owners: &[UserId]) -> Presence {
    let effects = Effects::between(before, after);
    let mut presence = Presence::default();
    let mut alike: IndexMap<Vec<Shift>, Vec<UserId>> = IndexMap::new();
    for owner in owners.iter().copied() {
        let shifts = effects.of(owner);
        if shifts.is_empty() {
            continue;
        }
        presence.owners += 1;
        shifts.iter().for_each(|shift| presence.count(shift));
        alike.entry(shifts).or_default().push(owner);
    }
    presence.alike = alike.into_iter().map(|(shifts, owners)| (owners, shifts)).collect();
    presence
}

impl Presence {
    fn count(&mut self, shift: &Shift) {
        let known = shift.people.len() + shift.rest.iter().map(|rest| rest.known).sum::<usize>();
        let [gained, lost, altered] = &mut self.open;
        for changed in &shift.changes {
            let (of_known, of_open) = match changed.direction() {
                Direction::Gains => (&mut self.gained, &mut *gained),
                Direction::Loses => (&mut self.lost, &mut *lost),
                Direction::Differs => (&mut self.altered, &mut *altered),
            };
            *of_known += known;
            *of_open += shift.rest.len();
        }
    }
}
