//! Questions: which viewer sees which field of which owner.

use crate::population::Population;
use crate::random::Random;

/// A question by its indices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Question {
    /// Into the viewers.
    pub viewer: u32,
    /// Into the owners.
    pub owner: u32,
    /// Into the fields.
    pub field: u32,
}

/// So many questions about a population, half of them from contacts of the owner. Nobody asks about themselves.
pub fn questions(population: &Population, fields: usize, count: usize, seed: u64) -> Vec<Question> {
    let mut random = Random::new(seed);
    let mut questions = Vec::with_capacity(count);
    while questions.len() < count {
        let owner = random.below(population.owners.len());
        let contacts = &population.owners[owner].contacts;
        let viewer = if random.chance(50) {
            contacts[random.below(contacts.len())].0
        } else {
            random.below(population.viewers.len()) as u32
        };
        let field = random.below(fields) as u32;
        if viewer as usize != owner {
            questions.push(Question { viewer, owner: owner as u32, field });
        }
    }
    questions
}
