//! The new name of everything that is renamed, by kind.

use std::collections::BTreeMap;

use super::{Renamable, Renames};
use crate::directory::Address;
use crate::model::Model;

/// New names by old ones.
type ByOld = BTreeMap<String, String>;

/// The new name of everything that is renamed.
pub(in crate::diff) struct NewNames<'a> {
    base: &'a Model,
    /// By category.
    fields: BTreeMap<String, ByOld>,
    features: ByOld,
    containers: ByOld,
    groups: ByOld,
    people: BTreeMap<Address, Address>,
}

impl<'a> NewNames<'a> {
    pub(in crate::diff) fn new(renames: &Renames, base: &'a Model) -> NewNames<'a> {
        let of = |kind: Renamable| renames.told().iter().filter(move |rename| rename.kind == kind);
        let by_old =
            |kind: Renamable| of(kind).map(|rename| (rename.old.clone(), rename.new.clone())).collect::<ByOld>();
        let mut fields: BTreeMap<String, ByOld> = BTreeMap::new();
        for rename in of(Renamable::Field) {
            if let (Some((category, old)), Some((_, new))) = (rename.old.split_once('.'), rename.new.split_once('.')) {
                fields.entry(category.to_owned()).or_default().insert(old.to_owned(), new.to_owned());
            }
        }
        let people = of(Renamable::Person);
        let people = people.filter_map(|rename| Some((Address::parse(&rename.old)?, Address::parse(&rename.new)?)));
        NewNames {
            base,
            fields,
            features: by_old(Renamable::Feature),
            containers: by_old(Renamable::Container),
            groups: by_old(Renamable::Group),
            people: people.collect(),
        }
    }

    /// The new name of a field; None if it keeps its name, here and below.
    pub(super) fn field(&self, category: &str, field: &str) -> Option<String> {
        self.fields.get(category)?.get(field).cloned()
    }

    /// The same in one text with its category.
    pub(super) fn dotted(&self, name: &str) -> Option<String> {
        let (category, field) = name.split_once('.')?;
        self.field(category, field).map(|new| format!("{category}.{new}"))
    }

    /// True for a class of settings: a path through it means no field, even if a category has the same name.
    pub(super) fn is_class(&self, name: &str) -> bool {
        self.base.names.classes.find(name).is_some()
    }

    pub(super) fn feature(&self, name: &str) -> Option<String> {
        self.features.get(name).cloned()
    }

    /// Of a container, or of a flag, which no container can be called like.
    pub(super) fn container(&self, name: &str) -> Option<String> {
        self.containers.get(name).cloned()
    }

    pub(super) fn group(&self, name: &str) -> Option<String> {
        self.groups.get(name).cloned()
    }

    /// Of somebody as a policy names them.
    pub(super) fn person(&self, name: &str) -> Option<String> {
        if self.people.is_empty() {
            return None;
        }
        Address::parse(name).and_then(|old| self.people.get(&old)).map(Address::to_string)
    }

    pub(super) fn address(&self, address: &Address) -> Option<&Address> {
        self.people.get(address)
    }

    /// True if nothing is renamed that a directory can name.
    pub(super) fn spares_directories(&self) -> bool {
        self.fields.is_empty() && self.containers.is_empty() && self.groups.is_empty() && self.people.is_empty()
    }
}
