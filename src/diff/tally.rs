//! How many answers about presence change, by field, or by where the owners are and in which groups.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Diff, FieldChange, Presence, Shift};
use crate::model::{PersonId, UserId};

/// By what answers are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// Each field.
    Field,
    /// The sites of owners, as the first set has them.
    Site,
    /// The groups that owners are in, as the first set has them. Who is in several is counted in each.
    OwnerGroup,
}

/// How many answers change of one field, site or group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Count {
    /// Its name; None for owners at no site, or in no group.
    pub name: Option<String>,
    /// For known people: gained, lost, another value.
    pub known: [usize; 3],
    /// The same for open classes.
    pub open: [usize; 3],
}

/// Answers, counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    /// By what.
    pub by: By,
    /// The counts by name; those without one first.
    pub counts: Vec<Count>,
}

impl By {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            By::Field => "field",
            By::Site => "site",
            By::OwnerGroup => "owner-group",
        }
    }

    /// Every such word.
    pub const WORDS: [&str; 3] = ["field", "site", "owner-group"];
}

/// How many answers of known people and of open classes, by direction.
#[derive(Clone, Copy, Default)]
struct Sums([[usize; 3]; 2]);

impl Sums {
    /// Counts what changes for viewers of so many owners.
    fn add(&mut self, shift: &Shift, change: &FieldChange, owners: usize) {
        let viewers = [shift.known(), shift.rest.len()];
        let sums = self.0.iter_mut().filter_map(|sums| sums.get_mut(change.direction() as usize));
        sums.zip(viewers).for_each(|(sum, viewers)| *sum += viewers * owners);
    }

    fn add_all(&mut self, others: &Sums) {
        let sums = self.0.as_flattened_mut().iter_mut();
        sums.zip(others.0.as_flattened()).for_each(|(sum, other)| *sum += other);
    }
}

fn by_field(presence: &Presence) -> BTreeMap<Option<String>, Sums> {
    let mut counts: BTreeMap<Option<String>, Sums> = BTreeMap::new();
    for (owners, shifts) in &presence.alike {
        for shift in shifts {
            for change in shift.changes.iter() {
                let name = format!("{}.{}", change.category, change.field);
                counts.entry(Some(name)).or_default().add(shift, change, owners.len());
            }
        }
    }
    counts
}

/// By what each owner counts for: at least one name, or None.
fn by_owner<'n>(presence: &Presence, names: impl Fn(UserId) -> Vec<Option<&'n str>>) -> BTreeMap<Option<String>, Sums> {
    let mut counts: BTreeMap<Option<&str>, Sums> = BTreeMap::new();
    for (owners, shifts) in &presence.alike {
        let mut of_each = Sums::default();
        for shift in shifts {
            shift.changes.iter().for_each(|change| of_each.add(shift, change, 1));
        }
        for name in owners.iter().flat_map(|owner| names(*owner)) {
            counts.entry(name).or_default().add_all(&of_each);
        }
    }
    counts.into_iter().map(|(name, sums)| (name.map(str::to_owned), sums)).collect()
}

impl Diff<'_> {
    /// How many answers change, counted by something. Counts of fields and of sites add up to all.
    pub fn tally(&self, presence: &Presence, by: By) -> Tally {
        let counts = match by {
            By::Field => by_field(presence),
            By::Site => {
                let model = self.before.model();
                let site = |owner: UserId| model.users[owner].site.map(|site| model.sites[site].name.as_str());
                by_owner(presence, |owner| vec![site(owner)])
            }
            By::OwnerGroup => {
                let groups = self.groups_of_people();
                let of = |owner: UserId| groups.get(&self.before.model().users[owner].person);
                by_owner(presence, |owner| match of(owner) {
                    Some(groups) => groups.iter().copied().map(Some).collect(),
                    None => vec![None],
                })
            }
        };
        let count = |(name, Sums([known, open])): (Option<String>, Sums)| Count { name, known, open };
        Tally { by, counts: counts.into_iter().map(count).collect() }
    }

    /// The groups that people of the first set are in, themselves or through others.
    fn groups_of_people(&self) -> FxHashMap<PersonId, Vec<&str>> {
        let mut groups: FxHashMap<PersonId, Vec<&str>> = FxHashMap::default();
        for (id, group) in self.before.model().groups.iter() {
            for (person, _) in self.before.graph().members(id) {
                groups.entry(*person).or_default().push(&group.name);
            }
        }
        groups
    }
}
