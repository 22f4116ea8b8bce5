//! Standard hash maps with strings as keys: what somebody writes in an afternoon.
//!
//! Folded at load: the entries in force, the level each gives, and what the owner hides.

use std::collections::{HashMap, HashSet};

use super::{FEED, UNLISTED, hidden, in_force, level_name, published};
use crate::population::{LEVELS, Population};

struct Owner {
    levels: HashMap<String, &'static str>,
    hidden: HashSet<&'static str>,
}

struct Viewer {
    domain: String,
    network: &'static str,
}

/// The maps.
pub struct Baseline {
    owners: HashMap<String, Owner>,
    viewers: HashMap<String, Viewer>,
    published: HashMap<&'static str, HashSet<&'static str>>,
    contacts_only: HashSet<&'static str>,
}

impl Baseline {
    /// Fills the maps.
    pub fn load(population: &Population) -> Baseline {
        let owners = population.owners.iter().zip(&population.viewers).map(|(owner, viewer)| {
            let levels = in_force(population, owner).map(|(key, level)| (key.to_owned(), level_name(level))).collect();
            (viewer.address.clone(), Owner { levels, hidden: hidden(owner).into_iter().collect() })
        });
        let viewers = population.viewers.iter().map(|viewer| {
            let domain = &population.domains[viewer.domain];
            (viewer.address.clone(), Viewer { domain: domain.name.clone(), network: domain.network.name() })
        });
        let levels = LEVELS.into_iter().chain([UNLISTED]);
        Baseline {
            owners: owners.collect(),
            viewers: viewers.collect(),
            published: levels.map(|level| (level, published(level).into_iter().collect())).collect(),
            contacts_only: FEED.into_iter().collect(),
        }
    }

    /// Whether the viewer sees the field of the owner.
    pub fn decide(&self, viewer: &str, owner: &str, field: &str) -> bool {
        let (Some(owner), Some(known)) = (self.owners.get(owner), self.viewers.get(viewer)) else { return false };
        let own = owner.levels.get(viewer);
        let level = own.or_else(|| owner.levels.get(&known.domain)).or_else(|| owner.levels.get(known.network));
        let level = level.copied().unwrap_or(UNLISTED);
        self.published.get(level).is_some_and(|fields| fields.contains(field))
            && !owner.hidden.contains(field)
            && (own.is_some() || !self.contacts_only.contains(field))
    }
}
