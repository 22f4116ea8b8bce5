//! What rules are asked of. [`RuleSet`](super::RuleSet) is the one world there is: it remembers what it has settled,
//! which takes asking rules. What asks them for that is written for any world, and so stands below it.

use crate::graph::RuleGraph;
use crate::model::{Model, Reading, UserId, Value};
use crate::viewers::{Somebody, Standing};

/// Which entries questions are answered on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Entries {
    /// Those in force: settled by the manifest in effect.
    #[default]
    InForce,
    /// Those recorded: directory and policies, groups expanded, not settled.
    Recorded,
}

/// A rule graph with the entries people have, and with what a question assumes.
pub trait World {
    /// The rule graph.
    fn graph(&self) -> &RuleGraph;

    /// Which entries questions are answered on.
    fn entries(&self) -> Entries;

    /// The entries of an owner as look-ups, settled when first asked for.
    fn standing(&self, owner: UserId) -> &Standing;

    /// The value a question assumes for a reading; of nobody in particular, what it assumes for the role.
    fn assumed(&self, reading: Reading, somebody: Option<Somebody>) -> Option<Value>;

    /// The model of the rule graph.
    fn model(&self) -> &Model {
        self.graph().model()
    }
}
