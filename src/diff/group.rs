//! What changes alike: the same fields in the same direction, of whichever owners and for whichever viewers. Each
//! answer that changes is in one group.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::{Answered, Diff, Direction, FieldChange, Presence, Shift, Viewer};
use crate::directory::{Address, Domain, Identity};
use crate::model::{Model, UserId};
use crate::viewers::Everybody;

/// Answers that change alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Whether they show more.
    pub direction: Direction,
    /// The fields, with what was and what is seen; in order of declaration.
    pub changes: Vec<FieldChange>,
    /// Of whom, as the first set knows them. Sorted by address.
    pub owners: Vec<UserId>,
    /// How many known people it is for: each once, of however many owners.
    pub people: usize,
    /// For which open classes, in words, each once.
    pub classes: Vec<String>,
    /// How many answers, each viewer, owner and field counted: of known people.
    pub known: usize,
    /// The same of open classes.
    pub open: usize,
    /// One of them.
    pub witness: Witness,
}

/// Somebody for whom an answer changes, and the owner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Witness {
    /// Who looks: a known person, if any is concerned.
    pub viewer: Viewer,
    /// The owner.
    pub owner: UserId,
    /// What was seen, and is.
    pub change: FieldChange,
}

impl Witness {
    /// The answer, as it can be asked about; the model is that of the first set.
    pub fn answered(&self, model: &Model) -> Answered {
        Answered {
            viewer: self.viewer.clone(),
            owner: model.people[model.users[self.owner].person].address.clone(),
            field: format!("{}.{}", self.change.category, self.change.field),
        }
    }
}

/// A part of a group: some owners, and viewers for whom the same changes.
#[derive(Clone, Copy)]
struct Part<'p> {
    owners: &'p [UserId],
    shift: &'p Shift,
}

/// The people of each domain, sorted.
type AtDomain<'d> = BTreeMap<Domain, Vec<&'d Address>>;

impl Diff<'_> {
    /// What changes by fields and direction: gains, losses, other values; of each most answers first.
    pub fn groups(&self, presence: &Presence) -> Vec<Group> {
        let mut parts: IndexMap<(Direction, Vec<&FieldChange>), Vec<Part<'_>>> = IndexMap::new();
        for (owners, shifts) in &presence.alike {
            for shift in shifts {
                for direction in [Direction::Gains, Direction::Loses, Direction::Differs] {
                    let changes: Vec<&FieldChange> =
                        shift.changes.iter().filter(|change| change.direction() == direction).collect();
                    if !changes.is_empty() {
                        parts.entry((direction, changes)).or_default().push(Part { owners, shift });
                    }
                }
            }
        }
        let mut at: AtDomain<'_> = BTreeMap::new();
        if !parts.is_empty() {
            (0..self.joint.viewers().len() as u32).map(|person| self.joint.address(person)).for_each(|address| {
                at.entry(address.domain()).or_default().push(address);
            });
            at.values_mut().for_each(|people| people.sort_unstable());
        }
        let groups =
            parts.iter().filter_map(|((direction, changes), parts)| self.group(*direction, changes, parts, &at));
        let mut groups: Vec<Group> = groups.collect();
        groups.sort_by_key(|group| (group.direction, Reverse(group.known), Reverse(group.open)));
        groups
    }

    fn group(
        &self,
        direction: Direction,
        changes: &[&FieldChange],
        parts: &[Part<'_>],
        at: &AtDomain<'_>,
    ) -> Option<Group> {
        let model = self.before.model();
        let address = |owner: &UserId| &model.people[model.users[*owner].person].address;
        let mut owners: Vec<UserId> = parts.iter().flat_map(|part| part.owners).copied().collect();
        owners.sort_by_key(address);
        owners.dedup();
        let answers = |of: &dyn Fn(&Shift) -> usize| -> usize {
            parts.iter().map(|part| part.owners.len() * of(part.shift) * changes.len()).sum()
        };
        let mut classes: IndexMap<&Everybody, bool> = IndexMap::new();
        for rest in parts.iter().flat_map(|part| &part.shift.rest) {
            *classes.entry(&rest.everybody).or_default() |= rest.known > 0 || !rest.except.is_empty();
        }
        let words = |(everybody, others): (&Everybody, bool)| match others {
            true => everybody.words_for_the_rest(),
            false => everybody.words(),
        };
        let (known, open) = (answers(&Shift::known), answers(&|shift: &Shift| shift.rest.len()));
        let of_known = |part: &&Part<'_>| known == 0 || part.shift.known() > 0;
        let first = parts.iter().filter(of_known).flat_map(|part| part.owners).min_by_key(|owner| address(owner))?;
        let viewer = parts.iter().filter(|part| part.owners.contains(first));
        let viewer = viewer.filter_map(|part| part.first_viewer(address(first), at)).min();
        let mut rest = parts.iter().filter(|part| part.owners.contains(first)).flat_map(|part| &part.shift.rest);
        let viewer = match viewer {
            Some(viewer) => Viewer::Known(viewer.clone()),
            None => Viewer::Open(rest.next()?.everybody.clone()),
        };
        let change = (*changes.first()?).clone();
        Some(Group {
            direction,
            changes: changes.iter().map(|change| (*change).clone()).collect(),
            people: people(parts, &address, at),
            classes: classes.into_iter().map(words).collect(),
            known,
            open,
            witness: Witness { viewer, owner: *first, change },
            owners,
        })
    }
}

impl Part<'_> {
    /// The first known person by address for whom it changes, of this owner.
    fn first_viewer<'p>(&'p self, owner: &'p Address, at: &AtDomain<'p>) -> Option<&'p Address> {
        let rest = self.shift.rest.iter().filter(|rest| rest.known > 0).filter_map(|rest| {
            let Everybody::At(domain, _) = &rest.everybody else { return None };
            let apart = |person: &Address| {
                [&rest.except, &self.shift.people].iter().any(|list| list.binary_search(person).is_ok())
            };
            at.get(domain)?.iter().copied().find(|person| *person != owner && !apart(person))
        });
        rest.chain(self.shift.people.first()).min()
    }
}

/// How many known people the parts are for, each once.
fn people<'p>(parts: &[Part<'p>], address: &dyn Fn(&UserId) -> &'p Address, at: &AtDomain<'p>) -> usize {
    // All addresses of people are copies of those that the two sets have in common.
    let mut named: FxHashMap<Identity<'_>, &Address> = FxHashMap::default();
    // Those of a domain who belong to the rest of it in no part.
    let mut apart: BTreeMap<&Domain, BTreeSet<&Address>> = BTreeMap::new();
    for Part { owners, shift } in parts {
        named.extend(shift.people.iter().map(|person| (person.identity(), person)));
        for rest in &shift.rest {
            let Everybody::At(domain, _) = &rest.everybody else { continue };
            let is_apart = |person: &Address| {
                let listed = |list: &[Address]| list.binary_search(person).is_ok();
                // An owner is no viewer of their own presence, and a viewer of that of another one like them.
                listed(&rest.except) || listed(&shift.people) || matches!(owners, [only] if address(only) == person)
            };
            match apart.get_mut(domain) {
                Some(apart) => apart.retain(|person| is_apart(person)),
                None => {
                    let owner = owners.iter().take(1).filter(|_| owners.len() == 1).map(address);
                    let all = rest.except.iter().chain(&shift.people).chain(owner);
                    apart.insert(domain, all.filter(|person| person.domain() == *domain).collect());
                }
            }
        }
    }
    let everybody: usize = apart.iter().map(|(domain, apart)| at.get(*domain).map_or(0, Vec::len) - apart.len()).sum();
    let is_among = |person: &&&Address| apart.get(&person.domain()).is_some_and(|apart| !apart.contains(**person));
    named.len() + everybody - named.values().filter(is_among).count()
}
