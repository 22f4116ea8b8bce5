//! What rules read of people.

use crate::model::{Condition, ConditionId, GroupId, Model, Reading, Subject, What};

/// What rules read of somebody beyond address and domain. Viewers that agree on all of it are answered alike.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Reads {
    /// Whether they are contact or delegate of the owner.
    pub relations: bool,
    /// Whether they are in these groups. Sorted.
    pub groups: Vec<GroupId>,
    /// Their settings, attributes, presence, site or mode. Sorted.
    pub own: Vec<What>,
    /// Their network: what else they are counts only together with it.
    pub network: bool,
}

impl Reads {
    /// What these conditions read of whoever plays one of these roles.
    pub fn new(model: &Model, conditions: impl IntoIterator<Item = ConditionId>, roles: &[Subject]) -> Reads {
        let mut reads = Reads::default();
        for condition in conditions {
            model.conditions.any(condition, &mut |part| {
                reads.part(part, roles);
                false
            });
        }
        reads.once()
    }

    /// What any condition of a set reads of them. Every part of a condition is one of its own.
    pub fn of_all(model: &Model, roles: &[Subject]) -> Reads {
        let mut reads = Reads::default();
        model.conditions.iter().for_each(|(_, condition)| reads.part(condition, roles));
        reads.once()
    }

    fn once(mut self) -> Reads {
        self.groups.sort_unstable();
        self.groups.dedup();
        self.own.sort_unstable();
        self.own.dedup();
        self
    }

    fn part(&mut self, part: &Condition, roles: &[Subject]) {
        match part {
            Condition::Is(..) => self.relations = true,
            Condition::InGroup(subject, group) if roles.contains(subject) => self.groups.push(*group),
            Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => self.reading(*reading, roles),
            Condition::CompareReadings(left, _, right) => {
                self.reading(*left, roles);
                self.reading(*right, roles);
            }
            _ => {}
        }
    }

    fn reading(&mut self, reading: Reading, roles: &[Subject]) {
        if !roles.contains(&reading.whose) {
            return;
        }
        match reading.what {
            What::Network => self.network = true,
            what => self.own.push(what),
        }
    }
}
