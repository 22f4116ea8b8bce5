//! What changes for whom between two sets: who gains and who loses which fields of an owner. Exact over the people both
//! sets know and over everybody they do not, and computed by viewers whom no rule tells apart, never pair by pair.
//!
//! The two sets may be the same one with other entries, or two compilations of what was edited in between.

mod kinds;
mod pairing;

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use crate::directory::Address;
use crate::model::{Containers, FieldId, Model, UserId};
use crate::resolve::{Answer, RuleSet, Somebody, Standing, decide_field};

use kinds::{Kinds, Related};
use pairing::{Pairing, Viewer};

pub use kinds::Everybody;

/// Two sets, ready to be compared owner by owner.
#[derive(Debug)]
pub struct Effects<'a> {
    before: &'a RuleSet,
    after: &'a RuleSet,
    pairing: Pairing,
    kinds: Kinds,
    /// Both sets are one, but for the entries.
    same_rules: bool,
}

/// Viewers for whom the same changes.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Shift {
    /// Known people by themselves, sorted.
    pub people: Vec<Address>,
    /// Everybody else of domains and networks, known people of them included.
    pub rest: Vec<Rest>,
    /// What changes for them, in order of declaration; never empty.
    pub changes: Vec<Changed>,
}

impl Shift {
    /// True if the changes are of all fields of a category.
    pub fn is_whole(changes: &[&Changed]) -> bool {
        changes.first().is_some_and(|first| first.fields == changes.len())
    }
}

/// Everybody of a class but some.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Rest {
    /// Who is in it.
    pub everybody: Everybody,
    /// How many of them are known people.
    pub known: usize,
    /// Known people who would belong to it, for whom something else or nothing changes. Sorted.
    pub except: Vec<Address>,
}

/// A field with another answer.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Changed {
    /// Its category.
    pub category: String,
    /// The field.
    pub field: String,
    /// How many fields the category has.
    pub fields: usize,
    /// What was seen.
    pub before: Seen,
    /// What will be.
    pub after: Seen,
}

/// An answer without the set it came from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Seen {
    /// Nothing.
    Hidden,
    /// Another value than the owner's.
    Altered(String),
    /// The owner's value.
    Visible,
}

/// Whether somebody gets more or less.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Direction {
    /// More.
    Gains,
    /// Less.
    Loses,
    /// Something else.
    Differs,
}

impl Changed {
    /// Whether this is more or less.
    pub fn direction(&self) -> Direction {
        match self.after.rank().cmp(&self.before.rank()) {
            std::cmp::Ordering::Greater => Direction::Gains,
            std::cmp::Ordering::Less => Direction::Loses,
            std::cmp::Ordering::Equal => Direction::Differs,
        }
    }
}

impl Seen {
    fn rank(&self) -> u8 {
        match self {
            Seen::Hidden => 0,
            Seen::Altered(_) => 1,
            Seen::Visible => 2,
        }
    }

    fn of(model: &Model, field: FieldId, answer: Answer) -> Seen {
        match answer {
            Answer::Hidden => Seen::Hidden,
            Answer::Visible => Seen::Visible,
            Answer::Altered(value) => Seen::Altered(match &model.fields[field].kind {
                Some(kind) => model.value_name(kind, value),
                None => model.texts.get_index(value.0 as usize).cloned().unwrap_or_default(),
            }),
        }
    }
}

/// What can tell two viewers of an owner apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Signature {
    own: [Containers; 2],
    related: [Related; 2],
    /// The nearest named domain with an entry, on both sides.
    domain: [Option<u32>; 2],
    traits: u32,
}

/// Who has a signature: by index of people, of kinds without those who stand apart, and of open classes.
#[derive(Default, Debug)]
struct Members {
    people: Vec<u32>,
    kinds: Vec<u32>,
    open: Vec<u32>,
}

/// Everybody by signature, with one who can be asked about for all.
type Groups = IndexMap<Signature, ([Somebody; 2], Members)>;

impl<'a> Effects<'a> {
    /// Gets ready to compare.
    pub fn between(before: &'a RuleSet, after: &'a RuleSet) -> Effects<'a> {
        let pairing = Pairing::of(before, after);
        let kinds = Kinds::of(before, after, &pairing);
        let same_rules = std::ptr::eq(before.graph(), after.graph()) && before.assumptions() == after.assumptions();
        Effects { before, after, pairing, kinds, same_rules }
    }

    /// What changes for whom of an owner, named as the first set knows it. Empty if the second does not know the owner.
    pub fn of(&self, owner: UserId) -> Vec<Shift> {
        let Some(owners) = self.pairing.owner(self.before, self.after, owner) else { return Vec::new() };
        let standings = [self.before.standing(owners[0]), self.after.standing(owners[1])];
        if self.same_rules && standings[0] == standings[1] {
            return Vec::new();
        }
        let (groups, apart) = self.groups(owners, standings);
        let mut shifts: IndexMap<Vec<Changed>, Members> = IndexMap::new();
        for (signature, (viewer, members)) in groups {
            // Nothing broader changed, and neither did what is said of these: so they are answered alike.
            let alike = signature.own[0] == signature.own[1] && signature.related[0] == signature.related[1];
            if self.same_rules && alike && same_broad(standings) {
                continue;
            }
            let changes = self.changes(owners, viewer);
            if !changes.is_empty() {
                let all = shifts.entry(changes).or_default();
                all.people.extend(members.people);
                all.kinds.extend(members.kinds);
                all.open.extend(members.open);
            }
        }
        shifts.into_iter().map(|(changes, members)| self.shift(owner, changes, &members, &apart)).collect()
    }

    /// All viewers by what can tell them apart, and the people who stand apart from their kind.
    fn groups(&self, owners: [UserId; 2], standings: [&Standing; 2]) -> (Groups, FxHashSet<u32>) {
        let mut groups = Groups::new();
        let owner = self.pairing.person(0, self.before.model().users[owners[0]].person);
        let mut apart: FxHashSet<u32> = self.apart(owners, standings);
        let mut sorted: Vec<u32> = apart.iter().copied().filter(|person| Some(*person) != owner).collect();
        sorted.sort_unstable();
        apart.extend(owner);
        for person in sorted {
            let viewer = self.pairing.viewers[person as usize];
            let kind = self.kinds.of_person(person);
            let signature = Signature {
                own: [0, 1].map(|side| own(standings[side], viewer.on(side))),
                related: [0, 1].map(|side| self.kinds.related(self.sets()[side], owners[side], viewer.on(side))),
                domain: [0, 1].map(|side| self.kinds.domain_key(self.sets()[side], standings[side], viewer.on(side))),
                traits: self.kinds.traits_of(kind),
            };
            groups.entry(signature).or_insert_with(|| (viewer.both(), Members::default())).1.people.push(person);
        }
        let plain = |traits: u32, viewer: Viewer| Signature {
            own: [Containers::NONE; 2],
            related: [Related::default(); 2],
            domain: [0, 1].map(|side| self.kinds.domain_key(self.sets()[side], standings[side], viewer.on(side))),
            traits,
        };
        for (index, kind) in self.kinds.kinds().enumerate() {
            // Only somebody who does not stand apart can speak for the others.
            let Some(person) = kind.members().iter().find(|person| !apart.contains(*person)) else { continue };
            let viewer = self.pairing.viewers[*person as usize];
            let signature = plain(kind.traits, viewer);
            let (_, members) = groups.entry(signature).or_insert_with(|| (viewer.both(), Members::default()));
            members.kinds.push(index as u32);
        }
        for (index, class) in self.kinds.open().enumerate() {
            let signature = plain(class.traits, class.viewer);
            let (_, members) = groups.entry(signature).or_insert_with(|| (class.viewer.both(), Members::default()));
            members.open.push(index as u32);
        }
        (groups, apart)
    }

    fn sets(&self) -> [&'a RuleSet; 2] {
        [self.before, self.after]
    }

    /// People whom something singles out for this owner: an entry of their own, or the owner's lists where rules read them.
    fn apart(&self, owners: [UserId; 2], standings: [&Standing; 2]) -> FxHashSet<u32> {
        let mut apart = FxHashSet::default();
        for side in [0, 1] {
            let mut mark = |person| apart.extend(self.pairing.person(side, person));
            standings[side].people().into_iter().for_each(|(person, _)| mark(person));
            if self.kinds.reads_relations() {
                standings[side].contacts().iter().for_each(|person| mark(*person));
                let delegates = &self.sets()[side].model().users[owners[side]].delegates;
                delegates.iter().for_each(|(person, _)| mark(*person));
            }
        }
        apart
    }

    fn changes(&self, owners: [UserId; 2], viewer: [Somebody; 2]) -> Vec<Changed> {
        let mut changes = Vec::new();
        for field in &self.pairing.fields {
            let answer = |side: usize| match field.ids[side] {
                Some(id) => decide_field(self.sets()[side], viewer[side], owners[side], id).answer,
                None => Answer::Hidden,
            };
            let answers = [answer(0), answer(1)];
            if self.same_rules && answers[0] == answers[1] {
                continue;
            }
            let [before, after] = [0, 1].map(|side| {
                let model = self.sets()[side].model();
                field.ids[side].map_or(Seen::Hidden, |id| Seen::of(model, id, answers[side]))
            });
            if before != after {
                let (category, name) = (field.category.clone(), field.name.clone());
                changes.push(Changed { category, field: name, fields: field.siblings, before, after });
            }
        }
        changes
    }

    fn shift(&self, owner: UserId, changes: Vec<Changed>, members: &Members, apart: &FxHashSet<u32>) -> Shift {
        let address = |person: u32| self.pairing.address(person).clone();
        let mut people: Vec<Address> = members.people.iter().map(|person| address(*person)).collect();
        let mut rest = Vec::new();
        let inside: FxHashSet<u32> = members.people.iter().copied().collect();
        let shifted: FxHashSet<u32> = members.kinds.iter().copied().collect();
        let mut told: FxHashSet<u32> = FxHashSet::default();
        let owner = self.pairing.person(0, self.before.model().users[owner].person);
        for index in &members.open {
            let Some(class) = self.kinds.open().nth(*index as usize) else { continue };
            let (mut known, mut except) = (0, Vec::new());
            for kind in &class.kinds {
                let all = self.kinds.members(*kind);
                told.insert(*kind);
                if shifted.contains(kind) {
                    known += all.len() - self.kinds.apart_of(*kind, apart);
                } else {
                    except.extend(all.iter().filter(|person| !apart.contains(*person)).copied());
                }
            }
            let same_class = |person: &u32| class.kinds.contains(&self.kinds.of_person(*person));
            except.extend(
                apart.iter().filter(|it| Some(**it) != owner && !inside.contains(*it)).filter(|it| same_class(it)),
            );
            let mut except: Vec<Address> = except.into_iter().map(address).collect();
            except.sort();
            rest.push(Rest { everybody: class.everybody.clone(), known, except });
        }
        for kind in members.kinds.iter().filter(|kind| !told.contains(*kind)) {
            let all = self.kinds.members(*kind).iter();
            people.extend(all.filter(|person| !apart.contains(*person)).map(|person| address(*person)));
        }
        people.sort();
        // A class of which only people remain who stand apart is still there: for those whom nobody knows yet.
        Shift { people, rest, changes }
    }
}

fn own(standing: &Standing, viewer: Somebody) -> Containers {
    viewer.person.map_or(Containers::NONE, |person| standing.of_person(person))
}

/// True if the entries for domains, networks and everyone are the same ones, of one set.
fn same_broad(standings: [&Standing; 2]) -> bool {
    standings[0].same_broad(standings[1])
}
