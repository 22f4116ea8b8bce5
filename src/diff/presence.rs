//! What is seen of fields of presence, and who sees more or less of them.

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::fields::{Field, answers};
use super::traits::Traits;
use super::{Diff, Direction, FieldChange, Rest, Shift};
use crate::model::UserId;
use crate::resolve::{Answer, RuleSet};
use crate::viewers::{JointCohort, JointCohorts, Members, Somebody};

/// Answers about fields that change: triples of viewer, owner and field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Presence {
    /// Of how many owners.
    pub owners: usize,
    /// Known people who see the value, or another one instead, where they saw less.
    pub gained: usize,
    /// Known people who see less.
    pub lost: usize,
    /// Known people who get another value than before instead of the owner's.
    pub altered: usize,
    /// The same three, counted in classes of viewers that the directory cannot enumerate.
    pub open: [usize; 3],
    /// What changes for whom, with the owners of whom it is the same. In the order of the first of them.
    pub alike: Vec<(Vec<UserId>, Vec<Shift>)>,
}

/// Fields with other answers, by place.
type Flips = Vec<(u32, [Answer; 2])>;

/// Tells what changes of owners. What many of them have in common is kept once: lists of changes, and classes but for
/// the same people.
struct Teller<'d, 'a> {
    diff: &'d Diff<'a>,
    changes: FxHashMap<Flips, Arc<[FieldChange]>>,
    rest: FxHashMap<RestKey, Arc<Rest>>,
}

/// An open class, how many known people are in it, and who is not.
type RestKey = (u32, usize, Vec<u32>);

impl Diff<'_> {
    /// What changes for whom of an owner, named as the first set knows it. Of owners whom the second does not know
    /// nothing is told here: [`Diff::left`] counts them.
    pub fn shifts(&self, owner: UserId) -> Vec<Shift> {
        Teller::new(self).shifts(owner)
    }

    /// What changes of these owners, named as the first set knows them.
    pub fn presence(&self, owners: &[UserId]) -> Presence {
        let mut teller = Teller::new(self);
        let mut presence = Presence::default();
        let mut alike: IndexMap<Vec<Shift>, Vec<UserId>, FxBuildHasher> = IndexMap::default();
        for owner in owners.iter().copied() {
            let shifts = teller.shifts(owner);
            if shifts.is_empty() {
                continue;
            }
            presence.owners += 1;
            shifts.iter().for_each(|shift| presence.count(shift, 1));
            alike.entry(shifts).or_default().push(owner);
        }
        presence.alike = alike.into_iter().map(|(shifts, owners)| (owners, shifts)).collect();
        presence
    }

    /// The answers that differ.
    fn flips(&self, owners: [UserId; 2], viewer: [Somebody; 2]) -> Flips {
        let sets: [&RuleSet; 2] = self.sets();
        let flip = |(place, field): (u32, &Field)| {
            let answers = answers(field.decided(sets, owners, viewer));
            let differ = if self.same_rules { answers[0] != answers[1] } else { field.differ(sets, answers) };
            differ.then_some((place, answers))
        };
        (0..).zip(&self.fields).filter_map(flip).collect()
    }

    fn changes(&self, flips: &Flips) -> Arc<[FieldChange]> {
        let change = |(place, answers): &(u32, [Answer; 2])| {
            let field = self.fields.get(*place as usize)?;
            let [before, after] = field.seen(self.sets(), *answers);
            let (category, name) = (field.category.clone(), field.name.clone());
            Some(FieldChange { category, field: name, fields: field.siblings, before, after })
        };
        flips.iter().filter_map(change).collect()
    }
}

impl<'d, 'a> Teller<'d, 'a> {
    fn new(diff: &'d Diff<'a>) -> Teller<'d, 'a> {
        Teller { diff, changes: FxHashMap::default(), rest: FxHashMap::default() }
    }

    fn shifts(&mut self, owner: UserId) -> Vec<Shift> {
        let diff = self.diff;
        let Some(owners) = diff.owners(owner) else { return Vec::new() };
        let standings = [0, 1].map(|side| diff.sets()[side].standing(owners[side]));
        if diff.same_rules && standings[0] == standings[1] {
            return Vec::new();
        }
        // Nothing but the answering container then tells the two sides apart.
        let same_rules = diff.same_rules && standings[0].manifest() == standings[1].manifest();
        let cohorts = diff.cohorts(owners, &diff.looking);
        let mut shifts: IndexMap<Flips, Vec<&JointCohort>, FxBuildHasher> = IndexMap::default();
        for cohort in cohorts.all.iter().filter(|cohort| !(same_rules && cohort.alike)) {
            let flips = diff.flips(owners, cohort.viewer);
            if !flips.is_empty() {
                shifts.entry(flips).or_default().push(cohort);
            }
        }
        let mut shifts: Vec<(Members, Flips)> =
            shifts.into_iter().map(|(flips, alike)| (cohorts.members(alike), flips)).collect();
        // By the first of those whom they are about: people come before domains, domains before open classes.
        shifts.sort_by_cached_key(|(members, _)| {
            let Members { people, kinds, open } = members;
            let first = [people, kinds, open].map(|list| list.first().copied());
            first.into_iter().zip(0..).find_map(|(first, tier)| Some((tier, first?)))
        });
        shifts.into_iter().map(|(members, flips)| self.shift(&cohorts, members, flips)).collect()
    }

    fn shift(&mut self, cohorts: &JointCohorts<'_, Traits>, members: Members, flips: Flips) -> Shift {
        let diff = self.diff;
        let rest = members.open.iter().map(|class| self.rest(cohorts, &members, *class)).collect();
        let by_themselves = members.kinds.iter().filter(|kind| !is_in(&members.open, cohorts.class_of(**kind)));
        let others: Vec<u32> = by_themselves.flat_map(|kind| cohorts.people_of(*kind)).collect();
        let mut people = members.people;
        people.extend(others);
        let changes = self.changes.entry(flips).or_insert_with_key(|flips| diff.changes(flips));
        Shift { people: diff.joint.addresses(people), rest, changes: Arc::clone(changes) }
    }

    /// Everybody of an open class but those for whom something else changes. A class of which only people remain who
    /// are singled out is still there: for those whom nobody knows yet.
    fn rest(&mut self, cohorts: &JointCohorts<'_, Traits>, members: &Members, class: u32) -> Arc<Rest> {
        let joint = &self.diff.joint;
        let (mut known, mut except) = (0, Vec::new());
        for kind in cohorts.kinds_of(class) {
            match is_in(&members.kinds, *kind) {
                true => known += cohorts.left(*kind),
                false => except.extend(cohorts.people_of(*kind)),
            }
        }
        except.extend(cohorts.apart_at(class).filter(|person| !is_in(&members.people, *person)));
        let rest = self.rest.entry((class, known, except)).or_insert_with_key(|(class, known, except)| {
            let everybody = joint.open()[*class as usize].everybody.clone();
            Arc::new(Rest { everybody, known: *known, except: joint.addresses(except.clone()) })
        });
        Arc::clone(rest)
    }
}

fn is_in(list: &[u32], one: u32) -> bool {
    list.binary_search(&one).is_ok()
}

impl Presence {
    /// Counts what changes of so many owners.
    pub(super) fn count(&mut self, shift: &Shift, owners: usize) {
        let [known, classes] = [shift.known(), shift.rest.len()].map(|viewers| viewers * owners);
        let [gained, lost, altered] = &mut self.open;
        for changed in shift.changes.iter() {
            let (of_known, of_open) = match changed.direction() {
                Direction::Gains => (&mut self.gained, &mut *gained),
                Direction::Loses => (&mut self.lost, &mut *lost),
                Direction::Differs => (&mut self.altered, &mut *altered),
            };
            *of_known += known;
            *of_open += classes;
        }
    }
}
