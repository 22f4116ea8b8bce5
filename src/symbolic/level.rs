//! Which container answers the viewer: types of entries from the narrowest to the broadest, and in each the highest
//! number.

use std::sync::Arc;

use biodivine_lib_bdd::Bdd;

use super::chain::among_existing;
use super::{Space, Undecided};
use crate::model::{ContainerId, Containers, Id};

/// Where each container answers, among some of them. Where none of these worlds is, nobody does.
pub(super) type Answering = Vec<(ContainerId, Bdd)>;

impl Space<'_> {
    /// Where one of some containers answers, among more of them.
    pub(super) fn answered_by(&mut self, among: Containers, by: Containers) -> Result<Bdd, Undecided> {
        let answering = self.answering(among)?;
        let by: Vec<Bdd> = answering
            .iter()
            .filter(|(container, _)| by.has(*container))
            .map(|(_, where_it)| where_it.clone())
            .collect();
        self.folded(&by, self.variables.mk_false(), Space::or)
    }

    /// Where each of some containers answers.
    pub(super) fn answering(&mut self, among: Containers) -> Result<Arc<Answering>, Undecided> {
        let key = among_existing(self.model, among);
        if let Some(known) = self.answering.get(&key) {
            return Ok(Arc::clone(known));
        }
        if !self.chain.is_enough_for(key) {
            return Err(Undecided); // a search the space was not made for
        }
        let mut containers: Vec<ContainerId> = key.iter().collect();
        containers.reverse();
        let in_force = self.in_force()?;
        let mut answering: Answering =
            containers.iter().map(|container| (*container, self.variables.mk_false())).collect();
        // Where no entry has been found yet.
        let mut open = self.variables.mk_true();
        for (_, stands) in in_force.entries.iter().rev() {
            for (container, answers) in &mut answering {
                let Some(stands) = stands.get(container.index()) else { continue };
                *answers = self.or(answers, &self.and(&open, stands)?)?;
                open = self.and(&open, &stands.not())?;
            }
        }
        let fallback = self.model.fallback();
        if let Some((_, answers)) = answering.iter_mut().find(|(container, _)| Some(*container) == fallback) {
            *answers = self.or(answers, &open)?;
        }
        let answering = Arc::new(answering);
        self.answering.insert(key, Arc::clone(&answering));
        Ok(answering)
    }
}
