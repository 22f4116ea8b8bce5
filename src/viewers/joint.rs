//! Everybody of two sets at once: people by address, open classes by name, and for one owner the cohorts that are answered
//! alike on each of both sides.

use std::hash::Hash;

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

use super::{Everybody, Somebody, Viewers, elsewhere};
use crate::directory::{Address, Domain};
use crate::model::{ContainerId, Containers, DomainId, Id, Model, Network, PersonId};
use crate::syntax::ast::DomainMatch;

/// Everybody whom either of two sets knows, and every class that neither can enumerate.
#[derive(Debug)]
pub struct Joint {
    people: IndexSet<Address, FxBuildHasher>,
    /// Each of them as each of the sets knows them. Whom one does not know is there who that address would be.
    viewers: Vec<[Somebody; 2]>,
    /// People of each set to the index of all.
    indexes: [Vec<u32>; 2],
    open: Vec<Open>,
    /// The open class of the domain of each person.
    at: Vec<u32>,
    /// The open classes that an entry for a domain matches, by domain of each set.
    matched: [Vec<Vec<u32>>; 2],
}

/// An open class.
#[derive(Debug)]
pub struct Open {
    /// Who is in it.
    pub everybody: Everybody,
    /// One of them, on both sides.
    pub viewer: [Somebody; 2],
}

/// Everybody by what no owner's entries change: the domain, and what rules read of a viewer.
#[derive(Debug)]
pub struct Kinds<T> {
    all: Vec<Kind>,
    /// The kind of each person.
    of: Vec<u32>,
    /// The kinds of each open class.
    of_open: Vec<Vec<u32>>,
    /// What is read of each open class.
    traits_of_open: Vec<u32>,
    /// What is read, each once.
    traits: IndexSet<T, FxBuildHasher>,
    /// Kinds and open classes that only entries for their domain tell apart.
    broad: Vec<Broad>,
}

/// People of one domain of whom rules read the same. By index, sorted.
#[derive(Debug)]
struct Kind {
    traits: u32,
    /// The open class of their domain.
    class: u32,
    members: Vec<u32>,
}

#[derive(Default, Debug)]
struct Broad {
    traits: u32,
    kinds: Vec<u32>,
    open: Vec<u32>,
}

/// Viewers of one owner who are answered alike on each side.
#[derive(Debug)]
pub struct JointCohort {
    /// One of them, who stands for all.
    pub viewer: [Somebody; 2],
    /// The same container answers them whatever is asked, and they are the same to the owner, on both sides.
    pub alike: bool,
    members: Members,
    broad: Vec<u32>,
}

/// Who is meant: by index of people who are singled out, of kinds without those, and of open classes. Sorted.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Members {
    /// People by themselves.
    pub people: Vec<u32>,
    /// Kinds, without those who are singled out.
    pub kinds: Vec<u32>,
    /// Open classes.
    pub open: Vec<u32>,
}

/// All viewers of one owner.
#[derive(Debug)]
pub struct JointCohorts<'a, T> {
    joint: &'a Joint,
    kinds: &'a Kinds<T>,
    /// Them, in the order of the first of each.
    pub all: Vec<JointCohort>,
    owner: Option<u32>,
    /// Whom something singles out, the owner included. Sorted.
    apart: Vec<u32>,
    /// The same by kind, as often as there are such people. Sorted.
    apart_kinds: Vec<u32>,
    /// The open classes whose domain has an entry. Sorted.
    exceptional: Vec<u32>,
}

/// What answers somebody on one side, and what they are to the owner.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Place {
    container: Option<ContainerId>,
    /// Where that container does not answer everything: all that can.
    others: Option<(Containers, Option<DomainId>, Network)>,
    contact: bool,
    delegate: bool,
}

impl Place {
    fn of(viewers: &Viewers<'_>, viewer: Somebody) -> Place {
        let named = viewer.person.map(|person| viewers.standing.listed(person));
        let own = named.map_or(Containers::NONE, |named| named.containers);
        let container = own.highest().or_else(|| viewers.answering(viewer));
        let answers_all = container.is_none_or(|container| viewers.holds_all.has(container));
        let others = (!answers_all).then(|| (own, viewers.nearest(viewer), viewer.network));
        let person = viewer.person.filter(|_| viewers.reads.relations);
        let delegates = &viewers.model.users[viewers.owner].delegates;
        let is_delegate = |person| delegates.binary_search_by_key(&person, |(listed, _)| *listed).is_ok();
        let contact = person.is_some() && named.is_some_and(|named| named.contact);
        Place { container, others, contact, delegate: person.is_some_and(is_delegate) }
    }
}

impl Joint {
    /// Everybody of two sets.
    pub fn of(models: [&Model; 2]) -> Joint {
        let mut people: IndexSet<Address, FxBuildHasher> = IndexSet::default();
        let indexes = models.map(|model| {
            let index = |person: &crate::model::Person| people.insert_full(person.address.clone()).0 as u32;
            model.people.values().map(index).collect()
        });
        let on = |address: &Address| models.map(|model| Somebody::with_address(model, address));
        let viewers: Vec<[Somebody; 2]> = people.iter().map(on).collect();
        let names: IndexSet<&Domain> =
            [models[1], models[0]].iter().flat_map(|model| model.domains.values().map(|named| &named.name)).collect();
        let open = open(models, &names);
        let at = |both: &[Somebody; 2]| {
            let known = [0, 1].into_iter().find(|side| both[*side].person.is_some()).unwrap_or_default();
            let name = both[known].domain.map(|domain| &models[known].domains[domain].name);
            name.and_then(|name| names.get_index_of(name)).unwrap_or_default() as u32
        };
        let at = viewers.iter().map(at).collect();
        let matched = [0, 1].map(|side| {
            let mut matched = vec![Vec::new(); models[side].domains.len()];
            for (index, class) in open.iter().enumerate() {
                class.viewer[side].up(models[side], |domain| {
                    matched[domain.index()].push(index as u32);
                    None::<()>
                });
            }
            matched
        });
        Joint { people, viewers, indexes, open, at, matched }
    }

    /// The address of a person.
    pub fn address(&self, person: u32) -> &Address {
        &self.people[person as usize]
    }

    /// Everybody whom either set knows, as each of them does.
    pub fn viewers(&self) -> &[[Somebody; 2]] {
        &self.viewers
    }

    /// A person of one of the sets as both know them.
    pub fn both(&self, side: usize, person: PersonId) -> [Somebody; 2] {
        self.viewers[self.index(side, person) as usize]
    }

    /// The index of a person of one of the sets.
    pub fn index(&self, side: usize, person: PersonId) -> u32 {
        self.indexes[side][person.index()]
    }

    /// The open classes: named domains, what lies below them where that can matter, everywhere else, and anonymous.
    pub fn open(&self) -> &[Open] {
        &self.open
    }

    /// The viewers of one owner, who is the same on both sides.
    pub fn cohorts<'a, T>(&'a self, kinds: &'a Kinds<T>, sides: &[Viewers<'_>; 2]) -> JointCohorts<'a, T> {
        let mut exceptional: Vec<u32> = Vec::new();
        let mut apart: Vec<u32> = Vec::new();
        for (side, viewers) in sides.iter().enumerate() {
            let domains = viewers.standing.domains().filter(|(_, containers)| !containers.is_empty());
            domains.for_each(|(domain, _)| exceptional.extend(&self.matched[side][domain.index()]));
            apart.extend(viewers.singled_out().iter().map(|listed| self.index(side, listed.person)));
        }
        let owner = self.index(0, sides[0].model.users[sides[0].owner].person);
        apart.push(owner);
        for list in [&mut exceptional, &mut apart] {
            list.sort_unstable();
            list.dedup();
        }
        let mut apart_kinds: Vec<u32> = apart.iter().map(|person| kinds.of[*person as usize]).collect();
        apart_kinds.sort_unstable();
        let owner = Some(owner);
        let mut all = JointCohorts { joint: self, kinds, all: Vec::new(), owner, apart, apart_kinds, exceptional };
        all.fill(sides);
        all
    }
}

/// Every class of viewers whom neither set can enumerate.
fn open(models: [&Model; 2], names: &IndexSet<&Domain>) -> Vec<Open> {
    let mut open = Vec::new();
    for domain in names {
        let viewer = models.map(|model| Somebody::at(model, domain));
        open.push(Open { everybody: Everybody::At((*domain).clone(), viewer[1].network), viewer });
    }
    if models.iter().any(|model| model.matching == DomainMatch::BySuffix) {
        for domain in names {
            // Networks list domains by name, so what is not named belongs to the network of all the rest.
            let below =
                |model| Somebody { exact_domain: false, network: elsewhere(model), ..Somebody::at(model, domain) };
            let viewer = models.map(below);
            open.push(Open { everybody: Everybody::Below((*domain).clone(), viewer[1].network), viewer });
        }
    }
    let viewer = models.map(|model| Somebody::unnamed(elsewhere(model)));
    open.push(Open { everybody: Everybody::Elsewhere(viewer[1].network), viewer });
    open.push(Open { everybody: Everybody::Anonymous, viewer: [Somebody::ANONYMOUS; 2] });
    open
}

impl<T: Hash + Eq> Kinds<T> {
    /// Everybody by domain, and by what is read of them.
    pub fn of(joint: &Joint, mut read: impl FnMut([Somebody; 2]) -> T) -> Kinds<T> {
        let mut traits: IndexSet<T, FxBuildHasher> = IndexSet::default();
        let mut kinds: IndexMap<(u32, u32), Kind, FxBuildHasher> = IndexMap::default();
        let mut broad: IndexMap<(u32, [Network; 2]), Broad, FxBuildHasher> = IndexMap::default();
        let mut of = Vec::with_capacity(joint.viewers.len());
        let mut of_open = vec![Vec::new(); joint.open.len()];
        let mut read = |viewer: [Somebody; 2]| traits.insert_full(read(viewer)).0 as u32;
        let networks = |viewer: [Somebody; 2]| viewer.map(|somebody| somebody.network);
        for (person, (viewer, at)) in (0..).zip(joint.viewers.iter().zip(&joint.at)) {
            let traits = read(*viewer);
            let entry = kinds.entry((*at, traits));
            let kind = entry.index() as u32;
            of.push(kind);
            let members = &mut entry.or_insert_with(|| Kind { traits, class: *at, members: Vec::new() }).members;
            if members.is_empty() {
                of_open[*at as usize].push(kind);
                broad.entry((traits, networks(*viewer))).or_default().kinds.push(kind);
            }
            members.push(person);
        }
        let traits_of_open: Vec<u32> = joint.open.iter().map(|class| read(class.viewer)).collect();
        for (index, (class, traits)) in (0..).zip(joint.open.iter().zip(&traits_of_open)) {
            broad.entry((*traits, networks(class.viewer))).or_default().open.push(index);
        }
        let broad = broad.into_iter().map(|((traits, _), broad)| Broad { traits, ..broad });
        Kinds { all: kinds.into_values().collect(), of, of_open, traits_of_open, broad: broad.collect(), traits }
    }

    /// The kind of a person.
    pub fn of_person(&self, person: u32) -> u32 {
        self.of[person as usize]
    }

    /// What is read of anybody, each once.
    pub fn traits(&self) -> impl Iterator<Item = &T> {
        self.traits.iter()
    }

    /// Everybody by what is read of them and their network, whatever their domain: the people and an open class.
    pub fn crowds(&self) -> impl Iterator<Item = (Option<&T>, Vec<u32>, Option<u32>)> {
        self.broad.iter().map(|broad| {
            let people = broad.kinds.iter().flat_map(|kind| self.all[*kind as usize].members.iter().copied());
            (self.traits.get_index(broad.traits as usize), people.collect(), broad.open.first().copied())
        })
    }
}

impl<T> JointCohorts<'_, T> {
    fn fill(&mut self, sides: &[Viewers<'_>; 2]) {
        let (joint, kinds) = (self.joint, self.kinds);
        let mut all: IndexMap<([Place; 2], u32), JointCohort, FxBuildHasher> = IndexMap::default();
        let mut add = |viewer: [Somebody; 2], traits: u32, put: &dyn Fn(&mut JointCohort)| {
            let places = [0, 1].map(|side| Place::of(&sides[side], viewer[side]));
            let cohort = all.entry((places, traits)).or_insert_with(|| JointCohort {
                viewer,
                alike: places[0] == places[1] && places[0].others.is_none(),
                members: Members::default(),
                broad: Vec::new(),
            });
            put(cohort);
        };
        for person in self.apart.iter().filter(|person| Some(**person) != self.owner) {
            let traits = kinds.all[kinds.of[*person as usize] as usize].traits;
            add(joint.viewers[*person as usize], traits, &|cohort| cohort.members.people.push(*person));
        }
        for class in &self.exceptional {
            for kind in &kinds.of_open[*class as usize] {
                if let Some(viewer) = self.of_kind(*kind) {
                    let traits = kinds.all[*kind as usize].traits;
                    add(viewer, traits, &|cohort| cohort.members.kinds.push(*kind));
                }
            }
            let viewer = joint.open[*class as usize].viewer;
            add(viewer, kinds.traits_of_open[*class as usize], &|cohort| cohort.members.open.push(*class));
        }
        for (index, broad) in (0..).zip(&kinds.broad) {
            // Only somebody who is not singled out can speak for the others.
            let usual = broad.open.iter().find(|class| !self.is_exceptional(**class));
            let of_open = usual.map(|class| joint.open[*class as usize].viewer);
            let of_kind =
                || broad.kinds.iter().filter(|kind| self.is_usual(**kind)).find_map(|kind| self.of_kind(*kind));
            if let Some(viewer) = of_open.or_else(of_kind) {
                add(viewer, broad.traits, &|cohort| cohort.broad.push(index));
            }
        }
        self.all = all.into_values().collect();
    }

    fn is_exceptional(&self, class: u32) -> bool {
        self.exceptional.binary_search(&class).is_ok()
    }

    /// True if no entry is for the domain of a kind.
    fn is_usual(&self, kind: u32) -> bool {
        !self.is_exceptional(self.class_of(kind))
    }

    /// True if something singles somebody out, or they are the owner.
    pub fn is_apart(&self, person: u32) -> bool {
        self.apart.binary_search(&person).is_ok()
    }

    /// One of a kind who is not singled out.
    fn of_kind(&self, kind: u32) -> Option<[Somebody; 2]> {
        let person = self.kinds.all[kind as usize].members.iter().find(|person| !self.is_apart(**person));
        person.map(|person| self.joint.viewers[*person as usize])
    }

    /// How many of a kind are not singled out.
    pub fn left(&self, kind: u32) -> usize {
        let apart =
            self.apart_kinds.partition_point(|of| *of <= kind) - self.apart_kinds.partition_point(|of| *of < kind);
        self.kinds.all[kind as usize].members.len() - apart
    }

    /// Those of a kind who are not singled out.
    pub fn people_of(&self, kind: u32) -> impl Iterator<Item = u32> {
        self.kinds.all[kind as usize].members.iter().copied().filter(|person| !self.is_apart(*person))
    }

    /// The people of an open class's domain who are singled out.
    pub fn apart_at(&self, class: u32) -> impl Iterator<Item = u32> {
        let others = self.apart.iter().copied().filter(|person| Some(*person) != self.owner);
        others.filter(move |person| self.joint.at[*person as usize] == class)
    }

    /// The kinds of an open class's domain.
    pub fn kinds_of(&self, class: u32) -> &[u32] {
        &self.kinds.of_open[class as usize]
    }

    /// The open class of the domain of a kind.
    pub fn class_of(&self, kind: u32) -> u32 {
        self.kinds.all[kind as usize].class
    }

    /// Who is in some of the cohorts.
    pub fn members<'c>(&self, cohorts: impl IntoIterator<Item = &'c JointCohort>) -> Members {
        let mut members = Members::default();
        for cohort in cohorts {
            members.people.extend(&cohort.members.people);
            members.kinds.extend(&cohort.members.kinds);
            members.open.extend(&cohort.members.open);
            for broad in cohort.broad.iter().map(|broad| &self.kinds.broad[*broad as usize]) {
                members.kinds.extend(broad.kinds.iter().filter(|kind| self.is_usual(**kind) && self.left(**kind) > 0));
                members.open.extend(broad.open.iter().filter(|class| !self.is_exceptional(**class)));
            }
        }
        for list in [&mut members.people, &mut members.kinds, &mut members.open] {
            list.sort_unstable();
        }
        members
    }

    /// How many known people there are.
    pub fn known(&self, members: &Members) -> usize {
        members.people.len() + members.kinds.iter().map(|kind| self.left(*kind)).sum::<usize>()
    }
}
