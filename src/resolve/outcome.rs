//! What the rules about an owner alone come to: which fields their guards hide from everybody, and what is shown
//! instead of the owner's value. Computed by the walk's own functions when entries are settled; deciding looks it up.
//!
//! Whatever a rule reads of an owner belongs to the set (an assumption makes a set of its own), so it never changes.

use crate::model::{FieldId, Id, UserId};
use crate::viewers::Somebody;

use super::answer::Answer;
use super::facts::Cast;
use super::firing::{any_fires, shown};
use super::probe::Silent;
use super::world::World;

/// The outcome for one owner. Most owners share theirs with others.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Outcome {
    /// Fields that a guard hides whoever looks, as bits.
    denied: Box<[u64]>,
    /// What is shown for each container and field that has a `shows`, in the order of the tables.
    shown: Box<[Option<Answer>]>,
}

impl Outcome {
    /// Asks every rule that reads nothing but the owner.
    pub(super) fn new(world: &impl World, owner: UserId) -> Outcome {
        let (model, tables) = (world.model(), world.graph().tables());
        let somebody = Somebody::user(model, owner);
        let cast = Cast::view(somebody, somebody);
        let fields = model.fields.ids();
        let mut denied = vec![0; fields.len().div_ceil(64)];
        for field in fields {
            if let Some(word) = denied.get_mut(field.index() / 64)
                && any_fires(world, &tables.rules(field).of_owner, &cast)
            {
                *word |= 1 << (field.index() % 64);
            }
        }
        let shown = tables.shows().iter().map(|place| shown(world, *place, owner, &mut Silent));
        Outcome { denied: denied.into(), shown: shown.collect() }
    }

    /// True if the field is hidden whoever looks.
    pub(super) fn denies(&self, field: FieldId) -> bool {
        self.denied.get(field.index() / 64).is_none_or(|word| word >> (field.index() % 64) & 1 == 1)
    }

    /// What is shown at a place of the tables; None if the owner's own value is not replaced.
    pub(super) fn shown(&self, place: usize) -> Option<Answer> {
        self.shown.get(place).copied().unwrap_or(Some(Answer::Hidden))
    }
}
