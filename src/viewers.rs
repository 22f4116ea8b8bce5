//! Who may look, and who of them is answered alike: by an owner's entries, by what rules read of a viewer, or by
//! nothing.
//!
//! A person is answered like their domain, a domain like its network, unless something singles them out. [`Viewers`]
//! are those of one owner in one set: as classes that say who is meant, or as cohorts that are only counted. [`Joint`]
//! is everybody of two sets at once, for those who compare them.

mod class;
mod cohort;
mod crowd;
mod joint;
mod reads;
mod roster;
mod somebody;
mod standing;
mod up;

pub use class::{Class, ClassOf, Everybody, can_come_from, elsewhere, open_classes};
pub use cohort::Cohort;
pub use crowd::Crowds;
pub use joint::{Joint, JointCohort, JointCohorts, Kinds, Members, Open};
pub use reads::Reads;
pub use roster::Listed;
pub use somebody::Somebody;
pub use standing::{Matcher, Standing, Wide};
pub use up::{broader, up};

use crate::model::{Containers, Model, PersonId, UserId};

/// The viewers of one owner in one set.
#[derive(Clone, Debug)]
pub struct Viewers<'a> {
    /// The set.
    pub model: &'a Model,
    /// Everybody by domain and network.
    pub crowds: &'a Crowds,
    /// Who is looked at, and is no viewer.
    pub owner: UserId,
    /// The owner's entries.
    pub standing: &'a Standing,
    /// What the rules that are asked read of a viewer.
    pub reads: &'a Reads,
    /// The containers that answer whatever is asked, if an entry stands in them.
    pub holds_all: Containers,
    /// The people whom rules single out beside entries and the contact list. Sorted.
    pub apart: Vec<PersonId>,
}

impl Viewers<'_> {
    /// True if entries or the contact list single somebody out.
    pub fn single_out(&self, listed: &Listed) -> bool {
        !listed.containers.is_empty() || (self.reads.relations && listed.contact)
    }

    /// Everybody whom something singles out: an entry of their own, the owner's lists where rules read them, or what
    /// rules read of them. Sorted, each once; the owner is left out.
    pub fn singled_out(&self) -> Vec<PersonId> {
        let own = self.model.users[self.owner].person;
        let mut all: Vec<PersonId> = self.each_singled_out().filter(|person| *person != own).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The same people in no order, some of them twice and perhaps the owner: for whoever only asks each of them.
    pub fn each_singled_out(&self) -> impl Iterator<Item = PersonId> {
        let named = self.standing.named().filter(|listed| self.single_out(listed)).map(|listed| listed.person);
        named.chain(self.apart.iter().copied())
    }
}
