//! In which worlds a decision has another outcome: for each pair of outcomes, the worlds of one on one side and of the
//! other on the other.

use super::Change;
use super::decision::{Asking, Decided, State};
use crate::diff::Seen;
use crate::model::Containers;
use crate::resolve::{Answer, Certainty};
use crate::symbolic::{Block, Both, Outcomes, Undecided, Worlds};

/// What was found of a decision.
pub(super) struct Found {
    /// Each change, with the worlds in which it is so.
    pub(super) changes: Vec<(Change, Worlds)>,
    /// Why it could not be compared everywhere.
    pub(super) uncompared: Vec<String>,
    /// The containers among which somebody is looked for, on each side.
    pub(super) among: [Containers; 2],
}

/// The worlds of each outcome; each world is in one.
pub(super) type States = Vec<(State, Worlds)>;

impl Asking<'_> {
    /// What changes of a decision.
    pub(super) fn changes(&self, both: &mut Both<'_>, decided: &Decided) -> Result<Found, Undecided> {
        let states = [self.states(both, 0, decided)?, self.states(both, 1, decided)?];
        let mut found = Found { changes: Vec::new(), uncompared: Vec::new(), among: self.among(decided) };
        let apart = self.apart(both, decided, &states)?;
        found.uncompared.extend(apart.reasons);
        if apart.is_of_no_use {
            return Ok(found);
        }
        let space = both.space();
        let mut left = both.all().clone();
        for (state, worlds) in &states[0] {
            if let Some((_, same)) = states[1].iter().find(|(other, _)| other == state) {
                left = space.except(&left, &space.both(worlds, same)?)?;
            }
        }
        if left.is_empty() {
            return Ok(found);
        }
        let differing = |side: usize| -> Result<States, Undecided> {
            let mut differing = Vec::new();
            for (state, worlds) in &states[side] {
                let worlds = space.both(worlds, &left)?;
                if !worlds.is_empty() {
                    differing.push((state.clone(), worlds));
                }
            }
            Ok(differing)
        };
        let (before, after) = (differing(0)?, differing(1)?);
        for (old, worlds) in &before {
            for (new, there) in after.iter().filter(|(new, _)| new != old) {
                let worlds = space.both(worlds, there)?;
                if !worlds.is_empty() {
                    let change = Change { decided: decided.clone(), before: old.clone(), after: new.clone() };
                    found.changes.push((change, worlds));
                }
            }
        }
        Ok(found)
    }

    /// The worlds of each outcome on one side. What the side does not have comes to nothing everywhere.
    fn states(&self, both: &mut Both<'_>, side: usize, decided: &Decided) -> Result<States, Undecided> {
        let outcomes = &mut both.sides[side];
        let mut states = match decided {
            Decided::Sees { .. } => self.seen(outcomes, side, decided)?,
            Decided::Uses(_) => match decided.feature_in(self.linked.model(side), self.shape) {
                Some(id) => vec![(State::Available, outcomes.available(Block::Feature(id))?)],
                None => Vec::new(),
            },
            Decided::Leaves(_) => self.left(outcomes, side, decided)?,
        };
        let nothing = match decided {
            Decided::Sees { .. } => State::Seen(Seen::Hidden),
            Decided::Uses(_) => State::Unavailable,
            Decided::Leaves(_) => State::Leaves(None),
        };
        let space = &outcomes.space;
        let something = space.any_of(states.iter().map(|(_, worlds)| worlds.clone()))?;
        states.push((nothing, space.except(&space.all(), &something)?));
        Ok(states)
    }

    fn seen(&self, outcomes: &mut Outcomes<'_>, side: usize, decided: &Decided) -> Result<States, Undecided> {
        let model = self.linked.model(side);
        let Some(field) = decided.field_in(model) else { return Ok(Vec::new()) };
        let named = |answer| State::Seen(Seen::new(model, field, answer));
        let space = &mut outcomes.space;
        let mut states = vec![(named(Answer::Visible), space.visible(field)?)];
        for answer in self.shown(side, field) {
            if let Answer::Altered(value) = answer {
                states.push((named(answer), space.altered(field, value)?));
            }
        }
        Ok(states)
    }

    fn left(&self, outcomes: &mut Outcomes<'_>, side: usize, decided: &Decided) -> Result<States, Undecided> {
        let Decided::Leaves(wanted) = decided else { return Ok(Vec::new()) };
        let Some(id) = decided.feature_in(self.linked.model(side), self.shape) else { return Ok(Vec::new()) };
        let available = outcomes.available(Block::Feature(id))?;
        let whens = self.leaving(side, id).filter(|(leaving, _)| leaving == wanted).map(|(_, when)| when);
        let [surely, possibly] = outcomes.leaving(&available, whens)?;
        let possibly = outcomes.space.except(&possibly, &surely)?;
        Ok(vec![
            (State::Leaves(Some(Certainty::Certain)), surely),
            (State::Leaves(Some(Certainty::Possible)), possibly),
        ])
    }
}
