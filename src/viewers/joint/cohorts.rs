//! The viewers of one owner, as both of two sets tell them apart.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::{Joint, Kinds};
use crate::model::{ContainerId, Containers, DomainId, Id, Network};
use crate::viewers::{Somebody, Viewers};

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
    owner: u32,
    /// Whom something singles out, the owner included. Sorted.
    apart: Vec<u32>,
    /// The same without the owner, each behind the open class of their domain. Sorted.
    apart_at: Vec<(u32, u32)>,
    /// The same by kind, as often as there are such people. Sorted.
    apart_kinds: Vec<u32>,
    /// The open classes whose domain has an entry. Sorted.
    exceptional: Vec<u32>,
}

/// What answers somebody on one side, and what they are to the owner.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Answering {
    container: Option<ContainerId>,
    /// Where that container does not answer everything: all that can.
    others: Option<(Containers, Option<DomainId>, Option<Network>)>,
    contact: bool,
    delegate: bool,
}

impl Answering {
    fn new(viewers: &Viewers<'_>, viewer: Somebody) -> Answering {
        let container = viewers.answering(viewer);
        let answers_all = container.is_none_or(|container| viewers.holds_all.has(container));
        let own = || viewer.person.map_or(Containers::NONE, |person| viewers.standing.of_person(person));
        let others = (!answers_all).then(|| (own(), viewers.nearest(viewer), viewer.crowd()));
        let person = viewer.person.filter(|_| viewers.reads.relations);
        let contact = person.is_some_and(|person| viewers.standing.is_contact(person));
        let delegate = person.is_some_and(|person| viewers.model.users[viewers.owner].has_delegate(person));
        Answering { container, others, contact, delegate }
    }
}

impl Joint {
    /// The viewers of one owner, who is the same on both sides.
    pub fn cohorts<'a, T>(&'a self, kinds: &'a Kinds<T>, sides: &[Viewers<'_>; 2]) -> JointCohorts<'a, T> {
        let mut exceptional: Vec<u32> = Vec::new();
        let mut apart: Vec<u32> = Vec::new();
        for (side, viewers) in sides.iter().enumerate() {
            let domains = viewers.standing.domains();
            domains.for_each(|(domain, _)| exceptional.extend(&self.matched[side][domain.index()]));
            apart.extend(viewers.singled_out().iter().map(|person| self.index(side, *person)));
        }
        let owner = self.index(0, sides[0].model.users[sides[0].owner].person);
        apart.push(owner);
        for list in [&mut exceptional, &mut apart] {
            list.sort_unstable();
            list.dedup();
        }
        let mut apart_kinds: Vec<u32> = apart.iter().map(|person| kinds.of_person[*person as usize]).collect();
        apart_kinds.sort_unstable();
        let others = apart.iter().filter(|person| **person != owner);
        let mut apart_at: Vec<(u32, u32)> = others.map(|person| (self.at[*person as usize], *person)).collect();
        apart_at.sort_unstable();
        let all = Vec::new();
        let mut cohorts = JointCohorts { joint: self, kinds, all, owner, apart, apart_at, apart_kinds, exceptional };
        cohorts.fill(sides);
        cohorts
    }
}

impl<T> JointCohorts<'_, T> {
    fn fill(&mut self, sides: &[Viewers<'_>; 2]) {
        let (joint, kinds) = (self.joint, self.kinds);
        let mut all: IndexMap<([Answering; 2], u32), JointCohort, FxBuildHasher> = IndexMap::default();
        let mut add = |viewer: [Somebody; 2], traits: u32, put: &dyn Fn(&mut JointCohort)| {
            let places = [0, 1].map(|side| Answering::new(&sides[side], viewer[side]));
            let cohort = all.entry((places, traits)).or_insert_with(|| JointCohort {
                viewer,
                alike: places[0] == places[1] && places[0].others.is_none(),
                members: Members::default(),
                broad: Vec::new(),
            });
            put(cohort);
        };
        // What is known of people lies all over the memory: the processor fetches several at a time, if nothing else is
        // done in between.
        let others = self.apart.iter().filter(|person| **person != self.owner);
        let viewers: Vec<(u32, u32, [Somebody; 2])> = others
            .map(|person| {
                let kind = kinds.of_person[*person as usize];
                (*person, kinds.all[kind as usize].traits, joint.viewers[*person as usize])
            })
            .collect();
        for (person, traits, viewer) in viewers {
            add(viewer, traits, &|cohort| cohort.members.people.push(person));
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
        let from = self.apart_at.partition_point(|(of, _)| *of < class);
        self.apart_at.iter().skip(from).take_while(move |(of, _)| *of == class).map(|(_, person)| *person)
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
