//! What changes for whom between two sets: settings of users, what is seen of presence, who may use which feature, and
//! what leaves. Exact over the people that either set knows and over everybody they do not, gains and losses apart;
//! computed by cohorts whom no rule of either set tells apart, never pair by pair.
//!
//! The two may be one set with other entries, recorded ones and those in force, or two compilations of what was edited
//! in between. People, owners, fields, features, settings and meetings are the same if they have the same name.

mod alike;
mod aside;
mod cause;
mod disclosures;
mod features;
mod fields;
mod gate;
mod group;
mod hybrid;
mod item;
mod presence;
mod renamed;
mod selection;
mod settings;
mod shift;
mod structure;
mod tally;
mod traits;
mod why;

pub use aside::{Aside, AsideCounts, AsideField};
pub use cause::{Answered, Causes, Viewer};
pub use disclosures::{Arrivals, Disclosed, DisclosedChange, NamedLeaving};
pub use features::Features;
pub use gate::{Chosen, Evidence, Gate, GateCount, InWorlds, NotCompared, Verdict};
pub use group::{Group, OpenClass, Witness};
pub use hybrid::{Present, Unfit};
pub use item::{Item, Side, Thing};
pub use presence::Presence;
pub use renamed::{LooksRenamed, NoRename, Renamable, Rename, Renames};
pub use selection::{LeftOut, Outcome, OwnerGroup, Section, Selection};
pub use settings::SettingChange;
pub use shift::{Direction, FieldChange, Rest, Seen, Shift};
pub use structure::{Difference, Location, Meaning, PartDifference, Structure};
pub use tally::{By, Count, Tally};
pub use why::{Reasons, Step};

use std::panic::resume_unwind;
use std::thread;

use crate::model::{Subject, UserId};
use crate::resolve::RuleSet;
use crate::viewers::{Joint, JointCohorts, Reads};
use fields::Field;
use traits::{Looking, Traits};

/// Two sets, ready to be compared.
#[derive(Debug)]
pub struct Diff<'a> {
    before: &'a RuleSet,
    after: &'a RuleSet,
    joint: Joint,
    fields: Vec<Field>,
    /// How rules of presence tell viewers apart.
    looking: Looking,
    /// The sets differ in nothing but entries.
    same_rules: bool,
    /// The sets differ in nothing but policy objects.
    objects_only: bool,
}

/// Everything that changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Effect {
    /// Settings of users, by setting and value.
    pub settings: Vec<SettingChange>,
    /// What is seen of fields of presence.
    pub presence: Presence,
    /// Features whose answers change, in order of declaration.
    pub features: Vec<Features>,
}

impl<'a> Diff<'a> {
    /// Gets ready to compare.
    pub fn between(before: &'a RuleSet, after: &'a RuleSet) -> Diff<'a> {
        let sets = [before, after];
        let joint = Joint::new(sets.map(RuleSet::model));
        let reads = sets.map(|rules| rules.graph().tables().viewer_reads());
        Diff {
            before,
            after,
            fields: fields::fields(sets),
            looking: Looking::new(&joint, sets, reads),
            joint,
            same_rules: std::ptr::eq(before.graph(), after.graph()) && before.assumptions() == after.assumptions(),
            objects_only: false,
        }
    }

    /// The same for two sets that differ in policy objects only: whom these cannot concern is not asked about.
    pub fn of_objects(before: &'a RuleSet, after: &'a RuleSet) -> Diff<'a> {
        Diff { objects_only: true, ..Diff::between(before, after) }
    }

    fn sets(&self) -> [&'a RuleSet; 2] {
        [self.before, self.after]
    }

    /// Everything that changes of owners in both sets.
    pub fn effect(&self) -> Effect {
        let settings = self.settings();
        let mut users: Vec<UserId> = settings.iter().flat_map(|change| change.users.iter().copied()).collect();
        users.sort_unstable();
        users.dedup();
        let reads = self.viewer_reads();
        let looking = Looking::new(&self.joint, self.sets(), reads.each_ref());
        let everybody = || self.before.model().users.ids().collect();
        // What rules read of a viewer changes the answers of owners whose own settings stay.
        let only_users = self.objects_only && !looking.changes(self.sets(), reads.each_ref());
        let owners: Vec<UserId> = if only_users { users.clone() } else { everybody() };
        let users: Vec<UserId> = if self.objects_only { users } else { everybody() };
        let (presence, features) =
            both(owners.len(), || self.presence(&owners), || self.features(&owners, &users, &looking));
        Effect { settings, presence, features }
    }

    /// Whether anybody is an owner in both sets, so that answers can be compared; otherwise why not.
    pub fn compares(&self) -> Result<(), NotCompared> {
        let mut owners = self.before.model().users.ids();
        match self.sets().iter().all(|rules| rules.model().users.is_empty()) {
            true => Err(NotCompared::Nobody),
            false if !owners.any(|owner| self.owners(owner).is_some()) => Err(NotCompared::NobodyOnBoth),
            false => Ok(()),
        }
    }

    /// An owner of the first set in both.
    fn owners(&self, owner: UserId) -> Option<[UserId; 2]> {
        match self.joint.both(0, self.before.model().users[owner].person).map(|somebody| somebody.user) {
            [Some(one), Some(other)] => Some([one, other]),
            _ => None,
        }
    }

    /// What rules of each set read of viewers.
    fn viewer_reads(&self) -> [Reads; 2] {
        self.sets().map(|rules| traits::reads(rules, &[Subject::Viewer]))
    }

    /// The viewers of an owner as both sides tell them apart.
    fn cohorts<'r>(&'r self, owners: [UserId; 2], looking: &'r Looking) -> JointCohorts<'r, Traits> {
        let sides = [0, 1].map(|side| self.sets()[side].viewers(owners[side], &looking.reads));
        self.joint.cohorts(&looking.kinds, &sides)
    }
}

/// With fewer owners than this, nobody would notice that a thread helps.
const OWNERS: usize = 256;

/// Does two things that take each some time for each owner: at once, unless there are few.
fn both<A, B: Send>(owners: usize, one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    if owners < OWNERS {
        return (one(), other());
    }
    thread::scope(|scope| {
        let running = scope.spawn(other);
        (one(), running.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}
