//! What changes alike: the same fields in the same direction, of whichever owners and for whichever viewers. Each
//! answer that changes is in one group.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::{Answered, Diff, Direction, FieldChange, Presence, Rest, Shift, Viewer};
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
    /// For which open classes, each once.
    pub classes: Vec<OpenClass>,
    /// How many answers, each viewer, owner and field counted: of known people.
    pub known: usize,
    /// The same of open classes.
    pub open: usize,
    /// One of them.
    pub witness: Witness,
    /// More of them, of other owners or for other viewers, if more were asked for.
    pub others: Vec<Witness>,
}

/// An open class for which answers change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenClass {
    /// Who is in it.
    pub everybody: Everybody,
    /// Some who would belong to it have answers of their own.
    pub is_rest: bool,
}

impl OpenClass {
    /// Who it is in words.
    pub fn words(&self) -> String {
        if self.is_rest { self.everybody.words_for_the_rest() } else { self.everybody.words() }
    }
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
    /// What changes by fields and direction: gains, losses, other values; of each most answers first. Each group has so
    /// many witnesses, if there are, but always one.
    pub fn groups(&self, presence: &Presence, witnesses: usize) -> Vec<Group> {
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
        let model = self.before.model();
        let address = |owner: UserId| &model.people[model.users[owner].person].address;
        let groups = parts.iter().filter_map(|((direction, changes), parts)| {
            let members = Members { parts, at: &at, address: &address };
            members.group(*direction, changes, witnesses)
        });
        let mut groups: Vec<Group> = groups.collect();
        groups.sort_by_key(|group| (group.direction, Reverse(group.known), Reverse(group.open)));
        groups
    }
}

/// Whose answers change alike, and for whom.
struct Members<'m, 'p> {
    parts: &'m [Part<'p>],
    at: &'m AtDomain<'p>,
    address: &'m dyn Fn(UserId) -> &'p Address,
}

impl<'p> Members<'_, 'p> {
    /// The group of those for whom this changes.
    fn group(&self, direction: Direction, changes: &[&FieldChange], witnesses: usize) -> Option<Group> {
        let parts = self.parts;
        let answers = |of: &dyn Fn(&Shift) -> usize| -> usize {
            parts.iter().map(|part| part.owners.len() * of(part.shift) * changes.len()).sum()
        };
        let mut classes: IndexMap<&Everybody, bool> = IndexMap::new();
        for rest in parts.iter().flat_map(|part| &part.shift.rest) {
            *classes.entry(&rest.everybody).or_default() |= rest.known > 0 || !rest.except.is_empty();
        }
        let class = |(everybody, is_rest): (&Everybody, bool)| OpenClass { everybody: everybody.clone(), is_rest };
        let change = (*changes.first()?).clone();
        let witness = |(owner, viewer)| Witness { viewer, owner, change: change.clone() };
        let mut witnesses = self.witnesses(witnesses.max(1)).into_iter().map(witness);
        Some(Group {
            direction,
            changes: changes.iter().map(|change| (*change).clone()).collect(),
            owners: self.owners(|_| true),
            people: self.people(),
            classes: classes.into_iter().map(class).collect(),
            known: answers(&Shift::known),
            open: answers(&|shift: &Shift| shift.rest.len()),
            witness: witnesses.next()?,
            others: witnesses.collect(),
        })
    }

    /// The owners of parts, by address.
    fn owners(&self, is_wanted: impl Fn(&Part<'_>) -> bool) -> Vec<UserId> {
        let wanted = self.parts.iter().filter(|part| is_wanted(part));
        let mut owners: Vec<UserId> = wanted.flat_map(|part| part.owners).copied().collect();
        owners.sort_by_key(|owner| (self.address)(*owner));
        owners.dedup();
        owners
    }

    /// Up to so many owners with a viewer: known people first, then open classes; each by the address of the owner.
    fn witnesses(&self, most: usize) -> Vec<(UserId, Viewer)> {
        let mut found = Vec::new();
        let of = |owner: UserId| self.parts.iter().filter(move |part| part.owners.contains(&owner));
        for owner in self.owners(|part| part.shift.known() > 0) {
            let first = |part: &Part<'p>| part.first_viewers((self.address)(owner), self.at, most);
            let viewers: BTreeSet<&Address> = of(owner).flat_map(first).collect();
            found.extend(viewers.into_iter().map(|viewer| (owner, Viewer::Known(viewer.clone()))));
            if found.len() >= most {
                break;
            }
        }
        if found.len() < most {
            let open = self.owners(|part| !part.shift.rest.is_empty()).into_iter().flat_map(|owner| {
                let classes = of(owner).flat_map(|part| &part.shift.rest).map(|rest| rest.everybody.clone());
                classes.map(move |everybody| (owner, Viewer::Open(everybody))).collect::<Vec<_>>()
            });
            found.extend(open.take(most - found.len()));
        }
        found.truncate(most);
        found
    }

    /// How many known people they are for, each once.
    fn people(&self) -> usize {
        // All addresses of people are copies of those that the two sets have in common.
        let mut named: FxHashMap<Identity<'_>, &Address> = FxHashMap::default();
        // Those of a domain who belong to the rest of it in no part.
        let mut apart: BTreeMap<&Domain, BTreeSet<&Address>> = BTreeMap::new();
        for Part { owners, shift } in self.parts {
            named.extend(shift.people.iter().map(|person| (person.identity(), person)));
            for rest in &shift.rest {
                let Everybody::At(domain, _) = &rest.everybody else { continue };
                let is_apart = |person: &Address| {
                    let listed = |list: &[Address]| list.binary_search(person).is_ok();
                    // An owner is no viewer of their own presence, and a viewer of that of another one like them.
                    listed(&rest.except)
                        || listed(&shift.people)
                        || matches!(owners, [only] if (self.address)(*only) == person)
                };
                match apart.get_mut(domain) {
                    Some(apart) => apart.retain(|person| is_apart(person)),
                    None => {
                        let owner =
                            owners.iter().take(1).filter(|_| owners.len() == 1).map(|owner| (self.address)(*owner));
                        let all = rest.except.iter().chain(&shift.people).chain(owner);
                        apart.insert(domain, all.filter(|person| person.domain() == *domain).collect());
                    }
                }
            }
        }
        let everybody: usize =
            apart.iter().map(|(domain, apart)| self.at.get(*domain).map_or(0, Vec::len) - apart.len()).sum();
        let is_among = |person: &&&Address| apart.get(&person.domain()).is_some_and(|apart| !apart.contains(**person));
        named.len() + everybody - named.values().filter(is_among).count()
    }
}

impl<'p> Part<'p> {
    /// The first known people by address for whom it changes, of this owner.
    fn first_viewers(&self, owner: &Address, at: &AtDomain<'p>, most: usize) -> Vec<&'p Address> {
        let shift: &'p Shift = self.shift;
        let apart = |rest: &Rest, person: &Address| {
            [&rest.except, &shift.people].iter().any(|list| list.binary_search(person).is_ok())
        };
        let rest = shift.rest.iter().filter(|rest| rest.known > 0).flat_map(|rest| {
            let domain = if let Everybody::At(domain, _) = &rest.everybody { at.get(domain) } else { None };
            let people = domain.into_iter().flatten().copied();
            people.filter(|person| *person != owner && !apart(rest, person)).take(most)
        });
        let mut first: Vec<&Address> = rest.chain(shift.people.iter().take(most)).collect();
        first.sort_unstable();
        first.truncate(most);
        first
    }
}
