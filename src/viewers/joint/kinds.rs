//! Everybody by what no owner's entries change.

use std::hash::Hash;

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

use super::Joint;
use crate::model::Network;
use crate::viewers::Somebody;

/// Everybody by what no owner's entries change: the domain, and what rules read of a viewer.
#[derive(Debug)]
pub struct Kinds<T> {
    pub(super) all: Vec<Kind>,
    /// The kind of each person.
    pub(super) of_person: Vec<u32>,
    /// The kinds of each open class.
    pub(super) of_open: Vec<Vec<u32>>,
    /// What is read of each open class.
    pub(super) traits_of_open: Vec<u32>,
    /// What is read, each once.
    traits: IndexSet<T, FxBuildHasher>,
    /// Kinds and open classes that only entries for their domain tell apart.
    pub(super) broad: Vec<Broad>,
}

/// People of one domain of whom rules read the same. By index, sorted.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) traits: u32,
    /// The open class of their domain.
    pub(super) class: u32,
    pub(super) members: Vec<u32>,
}

#[derive(Default, Debug)]
pub(super) struct Broad {
    pub(super) traits: u32,
    pub(super) kinds: Vec<u32>,
    pub(super) open: Vec<u32>,
}

impl<T: Hash + Eq> Kinds<T> {
    /// Everybody by domain, and by what is read of them.
    pub fn new(joint: &Joint, mut read: impl FnMut([Somebody; 2]) -> T) -> Kinds<T> {
        let mut traits: IndexSet<T, FxBuildHasher> = IndexSet::default();
        let mut kinds: IndexMap<(u32, u32), Kind, FxBuildHasher> = IndexMap::default();
        let mut broad: IndexMap<(u32, [Option<Network>; 2]), Broad, FxBuildHasher> = IndexMap::default();
        let mut of_person = Vec::with_capacity(joint.viewers.len());
        let mut of_open = vec![Vec::new(); joint.open.len()];
        let mut read = |viewer: [Somebody; 2]| traits.insert_full(read(viewer)).0 as u32;
        let crowds = |viewer: [Somebody; 2]| viewer.map(Somebody::crowd);
        for (person, (viewer, at)) in (0..).zip(joint.viewers.iter().zip(&joint.at)) {
            let traits = read(*viewer);
            let entry = kinds.entry((*at, traits));
            let kind = entry.index() as u32;
            of_person.push(kind);
            let members = &mut entry.or_insert_with(|| Kind { traits, class: *at, members: Vec::new() }).members;
            if members.is_empty() {
                of_open[*at as usize].push(kind);
                broad.entry((traits, crowds(*viewer))).or_default().kinds.push(kind);
            }
            members.push(person);
        }
        let traits_of_open: Vec<u32> = joint.open.iter().map(|class| read(class.viewer)).collect();
        for (index, (class, traits)) in (0..).zip(joint.open.iter().zip(&traits_of_open)) {
            broad.entry((*traits, crowds(class.viewer))).or_default().open.push(index);
        }
        let broad = broad.into_iter().map(|((traits, _), broad)| Broad { traits, ..broad });
        Kinds { all: kinds.into_values().collect(), of_person, of_open, traits_of_open, broad: broad.collect(), traits }
    }

    /// The kind of a person.
    pub fn of_person(&self, person: u32) -> u32 {
        self.of_person[person as usize]
    }

    /// What is read of anybody, each once.
    pub fn traits(&self) -> impl Iterator<Item = &T> {
        self.traits.iter()
    }

    /// Everybody by what is read of them and their network, whatever their domain: the people and the open classes.
    pub fn crowds(&self) -> impl Iterator<Item = (Option<&T>, Vec<u32>, &[u32])> {
        self.broad.iter().map(|broad| {
            let people = broad.kinds.iter().flat_map(|kind| self.all[*kind as usize].members.iter().copied());
            (self.traits.get_index(broad.traits as usize), people.collect(), broad.open.as_slice())
        })
    }
}
