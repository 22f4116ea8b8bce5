//! A rule graph ready to be asked: with the entries people have, and with what a question assumes.

use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashSet;

use crate::graph::RuleGraph;
use crate::model::{Alike, Condition, Model, PersonId, Reading, Table, UserId, Value};
use crate::viewers::{Reads, Somebody, Standing, Viewers, Wide};

use super::assume::{Assumption, AssumptionOf, Assumptions};
use super::outcome::Outcome;
use super::settle::settled;
use super::world::{Entries, World};

/// What is found out once for each owner. Every decision reads the entries, so this begins a line of the processor's
/// cache and fills it.
#[derive(Debug, Default)]
#[repr(align(64))]
struct Owned {
    standing: OnceLock<Standing>,
    /// What the rules about the owner alone come to. They may read the manifest of the entries.
    outcome: OnceLock<Arc<Outcome>>,
}

/// Values that are kept once, whoever has them.
#[derive(Debug)]
struct Shared<T>(Mutex<FxHashSet<Arc<T>>>);

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Shared(Mutex::default())
    }
}

impl<T: Eq + Hash> Shared<T> {
    fn one(&self, value: T) -> Arc<T> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get(&value) {
            Some(shared) => Arc::clone(shared),
            None => {
                let value = Arc::new(value);
                all.insert(Arc::clone(&value));
                value
            }
        }
    }
}

/// A rule graph ready to be asked. It can be shared between threads.
#[derive(Debug)]
pub struct RuleSet {
    graph: Arc<RuleGraph>,
    entries: Entries,
    assumptions: Assumptions,
    /// The entries of each owner, settled when first asked for.
    standings: Table<UserId, Owned>,
    /// Every outcome there is, so that owners with the same one share it.
    outcomes: Shared<Outcome>,
    wides: Shared<Wide>,
    /// What names that nobody has may have been meant to be.
    alike: Alike,
}

impl RuleSet {
    /// A set that answers on these entries.
    pub fn new(graph: Arc<RuleGraph>, entries: Entries) -> RuleSet {
        let standings = graph.model().users.map(|_| Owned::default());
        RuleSet {
            graph,
            entries,
            assumptions: Assumptions::default(),
            standings,
            outcomes: Shared::default(),
            wides: Shared::default(),
            alike: Alike::default(),
        }
    }

    /// The same set, answering as if these things were so.
    pub fn assuming(&self, assumptions: &[Assumption]) -> RuleSet {
        RuleSet { assumptions: Assumptions::new(assumptions), ..RuleSet::new(Arc::clone(&self.graph), self.entries) }
    }

    /// The same set without any owner's entries, for questions that need none.
    pub(super) fn without_owners(&self, assumptions: &[Assumption]) -> RuleSet {
        RuleSet {
            graph: Arc::clone(&self.graph),
            entries: self.entries,
            assumptions: Assumptions::new(assumptions),
            standings: std::iter::empty().collect(),
            outcomes: Shared::default(),
            wides: Shared::default(),
            alike: Alike::default(),
        }
    }

    /// The same set, in which these owners have these entries and contacts, whatever is recorded.
    pub fn with_standings(&self, standings: impl IntoIterator<Item = (UserId, Standing)>) -> RuleSet {
        let supposed = self.assuming(self.assumptions());
        for (owner, standing) in standings {
            // The set is new, so nobody has settled the owner's entries yet.
            _ = supposed.standings[owner].standing.set(standing);
        }
        supposed
    }

    /// Settles the entries of every owner and counts out the groups that rules read, so that later questions find them
    /// ready.
    pub fn prepare(&self) {
        for (_, condition) in self.model().conditions.iter() {
            if let Condition::InGroup(_, group) = condition {
                self.graph.members(*group);
            }
        }
        for owner in self.model().users.ids() {
            self.settle(owner);
        }
    }

    /// The rule graph.
    pub fn graph(&self) -> &RuleGraph {
        &self.graph
    }

    /// The model of the rule graph.
    pub fn model(&self) -> &Model {
        self.graph.model()
    }

    pub(super) fn alike(&self) -> &Alike {
        &self.alike
    }

    /// The entries it answers on.
    pub fn entries(&self) -> Entries {
        self.entries
    }

    /// What it assumes.
    pub fn assumptions(&self) -> &[Assumption] {
        self.assumptions.all()
    }

    /// The entries of an owner as look-ups.
    #[inline]
    pub fn standing(&self, owner: UserId) -> &Standing {
        self.standings[owner]
            .standing
            .get_or_init(|| settled(self, owner).laid_out(self.model(), owner, |it| self.wides.one(it)))
    }

    /// The viewers of an owner, for questions whose rules read this of them.
    pub fn viewers<'a>(&'a self, owner: UserId, reads: &'a Reads) -> Viewers<'a> {
        Viewers {
            model: self.model(),
            crowds: self.graph.crowds(),
            owner,
            standing: self.standing(owner),
            reads,
            holds_all: self.graph.tables().holds_all(),
            apart: apart(self, owner, reads),
        }
    }

    /// Settles the entries of an owner now, and asks every rule about the owner alone.
    pub fn settle(&self, owner: UserId) {
        self.standing(owner);
        self.outcome(owner);
    }

    /// What the rules about an owner alone come to. Some of them read how the entries were settled.
    #[inline]
    pub(super) fn outcome(&self, owner: UserId) -> &Outcome {
        self.standings[owner].outcome.get_or_init(|| self.outcomes.one(Outcome::new(self, owner)))
    }
}

/// The people whom rules single out beside entries and the contact list: as delegates, by a group, by a value of
/// theirs, or because something is assumed of them. Sorted.
fn apart(rules: &RuleSet, owner: UserId, reads: &Reads) -> Vec<PersonId> {
    let model = rules.model();
    let mut apart: Vec<PersonId> = Vec::new();
    if reads.relations {
        apart.extend(model.users[owner].delegates.iter().map(|(person, _)| *person));
    }
    for group in &reads.groups {
        apart.extend(rules.graph.members(*group).iter().map(|(person, _)| *person));
    }
    if !reads.own.is_empty() {
        apart.extend(model.users.values().map(|user| user.person));
    }
    apart.extend(rules.assumptions().iter().filter_map(|assumption| match assumption.whose {
        AssumptionOf::Person(person) => Some(person),
        AssumptionOf::Role(_) => None,
    }));
    apart.sort_unstable();
    apart.dedup();
    apart
}

impl World for RuleSet {
    #[inline]
    fn graph(&self) -> &RuleGraph {
        &self.graph
    }

    fn entries(&self) -> Entries {
        self.entries
    }

    #[inline]
    fn standing(&self, owner: UserId) -> &Standing {
        RuleSet::standing(self, owner)
    }

    #[inline]
    fn assumed(&self, reading: Reading, somebody: Option<Somebody>) -> Option<Value> {
        if self.assumptions.is_empty() { None } else { self.assumptions.value(reading, somebody) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entries_of_an_owner_begin_with_one_line_of_the_cache() {
        assert_eq!(size_of::<Owned>(), 64);
    }
}
