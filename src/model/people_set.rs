//! A set of people, as bits.

use super::{Id, PersonId};

/// A set of people of one model.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PeopleSet {
    words: Vec<u64>,
}

impl PeopleSet {
    /// Nobody, out of so many people.
    pub fn nobody(of: usize) -> PeopleSet {
        PeopleSet { words: vec![0; of.div_ceil(64)] }
    }

    /// True if the person is in it.
    pub fn has(&self, person: PersonId) -> bool {
        self.words.get(person.index() / 64).is_some_and(|word| word >> (person.index() % 64) & 1 == 1)
    }

    /// Puts a person in.
    pub(crate) fn add(&mut self, person: PersonId) {
        if let Some(word) = self.words.get_mut(person.index() / 64) {
            *word |= 1 << (person.index() % 64);
        }
    }

    /// Takes a person out.
    pub(crate) fn remove(&mut self, person: PersonId) {
        if let Some(word) = self.words.get_mut(person.index() / 64) {
            *word &= !(1 << (person.index() % 64));
        }
    }

    /// Puts everybody of another set in.
    pub fn join(&mut self, other: &PeopleSet) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, more)| *word |= more);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// True if there is nobody.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Everybody, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = PersonId> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(PersonId::from_index(at * 64 + bit))
            })
        })
    }
}
