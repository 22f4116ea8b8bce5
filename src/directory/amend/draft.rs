//! A list as changes are to leave it, before anything is written.

use std::collections::HashMap;
use std::hash::Hash;

use indexmap::IndexSet;

/// A list as it is to be: which of its items stay, and what comes behind them.
#[derive(Debug)]
pub(super) struct Draft<T> {
    places: HashMap<T, usize>,
    pub(super) keep: Vec<bool>,
    pub(super) added: IndexSet<T>,
    /// True if an item was added, be it gone again: the list is there.
    pub(super) said: bool,
}

impl<T: Hash + Eq + Clone> Draft<T> {
    /// The list as it is.
    pub(super) fn new(items: &[T]) -> Draft<T> {
        let places = items.iter().enumerate().map(|(index, item)| (item.clone(), index)).collect();
        Draft { places, keep: vec![true; items.len()], added: IndexSet::new(), said: false }
    }

    pub(super) fn add(&mut self, item: &T) {
        self.said = true;
        let stays = self.places.get(item).and_then(|place| self.keep.get(*place)).copied().unwrap_or(false);
        if !stays {
            self.added.insert(item.clone());
        }
    }

    pub(super) fn remove(&mut self, item: &T) {
        self.added.shift_remove(item);
        if let Some(keep) = self.places.get(item).and_then(|place| self.keep.get_mut(*place)) {
            *keep = false;
        }
    }

    /// The same list, what is added as the texts that are written.
    pub(super) fn written(&self, text: impl Fn(&T) -> String) -> Draft<String> {
        let added = self.added.iter().map(text).collect();
        Draft { places: HashMap::new(), keep: self.keep.clone(), added, said: self.said }
    }

    /// True if the items are others than before.
    pub(super) fn is_changed(&self) -> bool {
        !self.added.is_empty() || self.keep.contains(&false)
    }
}
