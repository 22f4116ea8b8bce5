//! What HEAD calls otherwise than BASE, and is compared as one because somebody says so.
//!
//! BASE gets the names of HEAD once, in its trees and its directory, before anything is linked. So every name agrees
//! with every other one, in conditions and tests as well as in entries, and everything that compares by name does so as
//! without renames: effects and gates by the linked sets, structure and causes by the trees. The texts are not touched,
//! so places are those of what somebody wrote.

mod looks;
mod names;
mod people;
mod reading;
mod trees;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::Side;
use crate::compile::Set;
use crate::diagnostic::Sink;
use crate::directory::Address;
use crate::graph;
use crate::language::{Diagnostic, Near};
use crate::model::{self, Input, Model};
pub use looks::LooksRenamed;
pub(super) use names::NewNames;

/// What can be renamed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Renamable {
    /// A field, within its category.
    Field,
    /// A feature.
    Feature,
    /// A container.
    Container,
    /// A group of the directory.
    Group,
    /// Somebody, by address.
    Person,
}

/// Something that has another name in HEAD.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Rename {
    /// What it is.
    pub kind: Renamable,
    /// Its name in BASE.
    pub old: String,
    /// Its name in HEAD.
    pub new: String,
}

/// Renames that fit two sets, in the order in which they were told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Renames {
    told: Vec<Rename>,
}

/// Why something is no rename of two sets.
#[derive(Clone, PartialEq, Debug)]
pub enum NoRename {
    /// It is not `OLD=NEW`.
    Malformed(String),
    /// A side has nothing of this name.
    Unknown {
        /// The name as written.
        name: String,
        /// The side that should have it.
        side: Side,
        /// What is near: what that side alone has, or else anything of it.
        near: Option<Near>,
    },
    /// The name of HEAD stands where that of BASE belongs.
    Swapped([String; 2]),
    /// What has the name in BASE is of another kind than what has the other one in HEAD.
    Kinds([(Renamable, String); 2]),
    /// Something is compared with what has the same name on the other side.
    Paired {
        /// What it is.
        kind: Renamable,
        /// Its name.
        name: String,
        /// The side whose own name it should be.
        side: Side,
    },
    /// Two kinds of things have both names.
    Several {
        /// The kinds.
        kinds: Vec<Renamable>,
        /// The rename as written.
        written: String,
    },
    /// A name is told twice.
    Twice {
        /// What it is.
        kind: Renamable,
        /// Its name.
        name: String,
    },
    /// The two fields are of different categories.
    Category([String; 2]),
    /// BASE has errors under the new names.
    Unfit(Vec<String>),
}

impl Renamable {
    /// All, in the order in which they are told.
    pub const ALL: [Renamable; 5] =
        [Renamable::Field, Renamable::Feature, Renamable::Container, Renamable::Group, Renamable::Person];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Renamable::Field => "field",
            Renamable::Feature => "feature",
            Renamable::Container => "container",
            Renamable::Group => "group",
            Renamable::Person => "person",
        }
    }

    /// True for what a directory names.
    pub fn is_of_directory(self) -> bool {
        matches!(self, Renamable::Group | Renamable::Person)
    }

    /// What has this name in a set, as the set spells it.
    fn find(self, model: &Model, name: &str) -> Option<String> {
        let names = &model.names;
        match self {
            Renamable::Field => {
                let (category, field) = name.split_once('.')?;
                names.fields.get(&names.categories.find(category)?)?.find(field).map(|id| model.field_name(id))
            }
            Renamable::Feature => names.features.find(name).map(|_| name.to_owned()),
            Renamable::Container => names.containers.find(name).map(|_| name.to_owned()),
            Renamable::Group => names.groups.find(name).map(|_| name.to_owned()),
            Renamable::Person => {
                let address = Address::parse(name)?;
                model.person(address.as_str()).map(|_| address.to_string())
            }
        }
    }

    /// True if a set has something of the name that the other set has. Whom a set only mentions, as in somebody's old
    /// list, is nobody that a user could be compared with.
    fn is_paired(self, name: &str, [from, other]: [&Model; 2]) -> bool {
        let user = |model: &Model| Address::parse(name).and_then(|address| model.user(&address)).is_some();
        match self {
            Renamable::Person if user(from) => user(other),
            _ => self.find(other, name).is_some(),
        }
    }

    /// Every name of this kind in a set.
    fn names(self, model: &Model) -> Vec<String> {
        let owned = |names: &mut dyn Iterator<Item = &str>| names.map(str::to_owned).collect();
        match self {
            Renamable::Field => model.fields.ids().map(|id| model.field_name(id)).collect(),
            Renamable::Feature => owned(&mut model.names.features.spellings()),
            Renamable::Container => owned(&mut model.names.containers.spellings()),
            Renamable::Group => owned(&mut model.names.groups.spellings()),
            Renamable::Person => model.people.values().map(|person| person.address.to_string()).collect(),
        }
    }
}

impl Renames {
    /// Reads renames as they are written, `OLD=NEW` or `KIND:OLD=NEW`, of two sets.
    pub fn read(written: &[String], [base, head]: [&Model; 2]) -> Result<Renames, NoRename> {
        let mut renames = Renames::default();
        let mut known = [BTreeSet::new(), BTreeSet::new()];
        for text in written {
            let rename = reading::rename(text, [base, head])?;
            for (known, name) in known.iter_mut().zip([&rename.old, &rename.new]) {
                if !known.insert((rename.kind, name.clone())) {
                    return Err(NoRename::Twice { kind: rename.kind, name: name.clone() });
                }
            }
            renames.told.push(rename);
        }
        Ok(renames)
    }

    /// What was told.
    pub fn told(&self) -> &[Rename] {
        &self.told
    }

    /// True if nothing was told.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// BASE under the names of HEAD.
    pub fn applied(&self, base: &Set) -> Result<Set, NoRename> {
        let names = NewNames::new(self, &base.model);
        let mut own = base.own.clone();
        let mut libraries = base.libraries.clone();
        own.iter_mut().chain(&mut libraries).for_each(|parsed| _ = names.tree(parsed));
        let directory = base.directory.as_ref().map(|directory| names.directory(directory));
        let input = Input { own: &own, libraries: &libraries, directory: directory.as_deref() };
        let (model, found) = model::link(input);
        let model = Arc::new(model);
        let mut sink = Sink::new();
        sink.extend(found);
        let Some(graph) = graph::build(Arc::clone(&model), &mut sink) else {
            let found = sink.into_sorted(&base.sources);
            return Err(NoRename::Unfit(found.into_iter().filter(Diagnostic::is_error).map(|it| it.message).collect()));
        };
        let (sources, found_in_directory) = (base.sources.clone(), Arc::clone(&base.found_in_directory));
        Ok(Set { sources, own, libraries, directory, found_in_directory, model, graph: Some(Arc::new(graph)) })
    }
}

impl Rename {
    /// What tells it, as [`Renames::read`] reads it.
    pub fn written(&self) -> String {
        format!("{}={}", self.old, self.new)
    }
}

/// As lists of what was told have it: `field state.place=state.location`.
impl fmt::Display for Rename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.word(), self.written())
    }
}

impl fmt::Display for NoRename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoRename::Malformed(text) => write!(f, "`{text}` does not say what was renamed to what"),
            NoRename::Unknown { name, side, .. } => {
                write!(f, "{side} has no field, feature, container, group or person `{name}`")
            }
            NoRename::Swapped([old, new]) => write!(f, "`{old}` is a name of BASE, and `{new}` of HEAD"),
            NoRename::Kinds([(kind, old), (other, new)]) => {
                write!(f, "`{old}` is a {} in BASE, and `{new}` is a {} in HEAD", kind.word(), other.word())
            }
            NoRename::Paired { kind, name, .. } => {
                write!(f, "the {} `{name}` is on both sides, and is compared with itself", kind.word())
            }
            NoRename::Several { kinds, written } => {
                let words: Vec<String> = kinds.iter().map(|kind| format!("a {}", kind.word())).collect();
                write!(f, "`{written}` can mean {}", words.join(" or "))
            }
            NoRename::Twice { kind, name } => write!(f, "the {} `{name}` is renamed twice", kind.word()),
            NoRename::Category([old, new]) => {
                write!(f, "`{old}` and `{new}` are fields of different categories, which publish them differently")
            }
            NoRename::Unfit(errors) => write!(f, "BASE has errors under the new names: {}", errors.join("; ")),
        }
    }
}

impl std::error::Error for NoRename {}
