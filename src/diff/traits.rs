//! What rules of two sets read of somebody, entries and lists apart.

use crate::model::{Subject, Value, What};
use crate::resolve::{RuleSet, Trait};
use crate::viewers::{Joint, Kinds, Reads, Somebody};

/// What is read of somebody in each of the two sets, and the side that alone has them as a user. Who agrees on all of
/// it is one kind.
#[derive(PartialEq, Eq, Hash, Debug)]
pub(super) struct Traits([Trait; 2], Option<usize>);

/// How rules of two sets tell the viewers of an owner apart: by what they are, and whether by the owner's lists.
#[derive(Debug)]
pub(super) struct Looking {
    pub(super) kinds: Kinds<Traits>,
    /// What is read of the owner's lists.
    pub(super) reads: Reads,
}

impl Looking {
    pub(super) fn new(joint: &Joint, sets: [&RuleSet; 2], reads: [&Reads; 2]) -> Looking {
        let relations = reads.iter().any(|reads| reads.relations);
        Looking { kinds: kinds(joint, sets, reads), reads: Reads { relations, ..Reads::default() } }
    }

    /// True if something that is read of anybody is not the same in both sets, which read the same.
    pub(super) fn changes(&self, sets: [&RuleSet; 2], reads: [&Reads; 2]) -> bool {
        self.kinds.traits().any(|traits| traits.differ(sets, reads))
    }
}

/// The side that alone has somebody as a user.
pub(super) fn only(both: [Somebody; 2]) -> Option<usize> {
    match both.map(|somebody| somebody.user.is_some()) {
        [true, false] => Some(0),
        [false, true] => Some(1),
        _ => None,
    }
}

/// Everybody by what rules read of them in the two sets.
pub(super) fn kinds(joint: &Joint, sets: [&RuleSet; 2], reads: [&Reads; 2]) -> Kinds<Traits> {
    Kinds::new(joint, |viewer| {
        Traits([0, 1].map(|side| Trait::new(sets[side], reads[side], viewer[side])), only(viewer))
    })
}

/// What any condition of a set reads of whoever plays one of these roles.
pub(super) fn reads(rules: &RuleSet, roles: &[Subject]) -> Reads {
    Reads::of_all(rules.model(), roles)
}

impl Traits {
    /// True if what is read is not the same in both sets, which read the same: by name, since texts are numbered anew.
    pub(super) fn differ(&self, sets: [&RuleSet; 2], reads: [&Reads; 2]) -> bool {
        let Traits([before, after], _) = self;
        let name = |side: usize, what: What, value: Option<Value>| {
            let model = sets[side].model();
            value.map(|value| model.value_name(&model.kind_of(what), value))
        };
        let values = reads[0].own.iter().zip(before.values.iter().zip(&after.values));
        before.groups != after.groups
            || values.into_iter().any(|(what, (old, new))| name(0, *what, *old) != name(1, *what, *new))
    }
}
