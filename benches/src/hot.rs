//! The hot paths, each as a batch of questions about one population: what is timed, and whose instructions are counted.

use std::hint::black_box;

use prescope::model::{FieldId, PersonId, UserId};

use crate::engine::ours::Ours;
use crate::population::Population;
use crate::question::{Question, questions};

/// How many questions a batch has.
pub const QUESTIONS: usize = 1_000;

/// A batch of questions, ready to be asked over and over.
pub struct Batch<'a> {
    ours: &'a Ours,
    ids: Vec<(PersonId, UserId, FieldId)>,
    names: Vec<(&'a str, &'a str, &'a str)>,
}

impl<'a> Batch<'a> {
    /// Questions about a population, the same from the same seed.
    pub fn of(ours: &'a Ours, population: &'a Population, count: usize, seed: u64) -> Batch<'a> {
        let asked = questions(population, ours.fields.len(), count, seed);
        let address = |of: u32| population.viewers[of as usize].address.as_str();
        let named = |of: &Question| (address(of.viewer), address(of.owner), ours.fields[of.field as usize].as_str());
        Batch { ours, ids: asked.iter().map(|of| ours.ids(of)).collect(), names: asked.iter().map(named).collect() }
    }

    /// The questions by names.
    pub fn names(&self) -> &[(&'a str, &'a str, &'a str)] {
        &self.names
    }

    /// Decisions by ids.
    #[inline(never)]
    pub fn decide_ids(&self) {
        for (viewer, owner, field) in &self.ids {
            black_box(self.ours.decide_ids(*viewer, *owner, *field));
        }
    }

    /// Decisions by names in canonical form.
    #[inline(never)]
    pub fn decide_names(&self) {
        for (viewer, owner, field) in &self.names {
            black_box(self.ours.decide_names(viewer, owner, field));
        }
    }
}
