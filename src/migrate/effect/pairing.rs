//! The same people, owners and fields in two sets.

use indexmap::IndexSet;

use crate::directory::Address;
use crate::model::{FieldId, Id, PersonId, UserId};
use crate::resolve::{RuleSet, Somebody};

/// Somebody as each of the two sets knows them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Viewer {
    both: [Somebody; 2],
}

impl Viewer {
    pub(super) fn new(before: Somebody, after: Somebody) -> Viewer {
        Viewer { both: [before, after] }
    }

    pub(super) fn on(self, side: usize) -> Somebody {
        if side == 0 { self.both[0] } else { self.both[1] }
    }

    pub(super) fn both(self) -> [Somebody; 2] {
        self.both
    }
}

/// A field in both sets; None where a set does not have it.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) category: String,
    pub(super) name: String,
    /// How many fields the category has.
    pub(super) siblings: usize,
    pub(super) ids: [Option<FieldId>; 2],
}

/// Everybody whom either set knows, by index, and the fields of both.
#[derive(Debug)]
pub(super) struct Pairing {
    people: IndexSet<Address>,
    pub(super) viewers: Vec<Viewer>,
    /// People of each set to the index of all.
    indexes: [Vec<u32>; 2],
    pub(super) fields: Vec<Field>,
}

impl Pairing {
    pub(super) fn of(before: &RuleSet, after: &RuleSet) -> Pairing {
        let sets = [before, after];
        let mut people: IndexSet<Address> = IndexSet::new();
        let indexes = sets.map(|set| {
            let index = |person: &crate::model::Person| people.insert_full(person.address.clone()).0 as u32;
            set.model().people.values().map(index).collect()
        });
        let viewer = |address: &Address| {
            let [before, after] = sets.map(|set| Somebody::with_address(set.model(), address));
            Viewer::new(before, after)
        };
        let viewers = people.iter().map(viewer).collect();
        Pairing { viewers, people, indexes, fields: fields(sets) }
    }

    pub(super) fn address(&self, person: u32) -> &Address {
        &self.people[person as usize]
    }

    /// How many people there are.
    pub(super) fn len(&self) -> usize {
        self.people.len()
    }

    /// The index of a person of one of the sets.
    pub(super) fn person(&self, side: usize, person: PersonId) -> Option<u32> {
        self.indexes.get(side)?.get(person.index()).copied()
    }

    /// An owner in both sets.
    pub(super) fn owner(&self, before: &RuleSet, after: &RuleSet, owner: UserId) -> Option<[UserId; 2]> {
        let address = &before.model().people[before.model().users[owner].person].address;
        after.model().user(address).map(|other| [owner, other])
    }
}

/// Fields in the order of declaration of the second set, then those that only the first has.
fn fields(sets: [&RuleSet; 2]) -> Vec<Field> {
    let mut all: IndexSet<(String, String)> = IndexSet::new();
    for set in [sets[1], sets[0]] {
        let model = set.model();
        for category in model.categories.values() {
            for field in &category.fields {
                all.insert((category.declared.name.clone(), model.fields[*field].declared.name.clone()));
            }
        }
    }
    let find = |set: &RuleSet, category: &str, field: &str| {
        let names = &set.model().names;
        let category = names.categories.find(category)?;
        names.fields.get(&category)?.find(field)
    };
    let siblings = |of: &str| all.iter().filter(|(category, _)| category == of).count();
    let field = |(category, name): &(String, String)| Field {
        ids: sets.map(|set| find(set, category, name)),
        siblings: siblings(category),
        category: category.clone(),
        name: name.clone(),
    };
    all.iter().map(field).collect()
}
