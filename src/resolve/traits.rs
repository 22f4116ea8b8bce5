//! What rules read of somebody, entries and lists apart.

use crate::model::{Network, Reading, Subject, Value};
use crate::viewers::{Reads, Somebody};

use super::facts::{Cast, read};
use super::rule_set::RuleSet;

/// What is read of somebody. Who agrees on all of it is answered alike, as far as no entry and no list tells them
/// apart.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Trait {
    /// Their network, if it is read.
    pub network: Option<Network>,
    /// Whether they are in each of the groups.
    pub groups: Vec<bool>,
    /// What is known of their own.
    pub values: Vec<Option<Value>>,
}

impl Trait {
    /// What somebody has of what is read.
    pub fn new(rules: &RuleSet, reads: &Reads, somebody: Somebody) -> Trait {
        let is_in = |group| somebody.person.is_some_and(|person| rules.graph().member_at(group, person).is_some());
        let cast = Cast::view(somebody, somebody);
        Trait {
            network: reads.network.then_some(somebody.network),
            groups: reads.groups.iter().map(|group| is_in(*group)).collect(),
            values: reads
                .own
                .iter()
                .map(|what| read(rules, Reading { whose: Subject::Viewer, what: *what }, &cast))
                .collect(),
        }
    }
}
