//! What looks renamed: one side alone has it, and the other alone has something of the same kind of which the same is
//! declared. That is no more than a guess, so it changes no answer until somebody tells it.
//!
//! What is declared of one thing names others, which may look renamed themselves. So things are first paired as if no
//! name mattered that one side alone has; then, under the names of all pairs, those are let go of which something else
//! is declared after all, until none is.

mod declared;

use std::collections::{BTreeMap, BTreeSet};

use super::{Renamable, Rename};
use crate::diff::Side;
use crate::diff::structure::Structure;
use declared::Declared;

/// Pairs are let go of so many times at most; then only those are left that need no other one.
const ROUNDS: usize = 16;

/// Things that look renamed: one of each side; or several, of which nothing says which became which.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LooksRenamed {
    /// What they are.
    pub kind: Renamable,
    /// Their names in BASE; at least one.
    pub old: Vec<String>,
    /// Their names in HEAD; at least one.
    pub new: Vec<String>,
}

impl LooksRenamed {
    /// The rename that it looks like, if one alone fits.
    pub fn one(&self) -> Option<Rename> {
        let ([old], [new]) = (self.old.as_slice(), self.new.as_slice()) else { return None };
        Some(Rename { kind: self.kind, old: old.clone(), new: new.clone() })
    }
}

/// The names in BASE that are put in place of others.
type Names = BTreeMap<String, String>;

impl Structure<'_> {
    /// What looks renamed, in order of kind and name.
    pub fn looks_renamed(&self) -> Vec<LooksRenamed> {
        let declared = Side::BOTH.map(|side| Declared::alone(&self.sides, side));
        let nameless = declared
            .each_ref()
            .map(|declared| declared.names().map(|(_, name)| (name.to_owned(), String::new())).collect::<Names>());
        let mut pairs = pairs(&alike(&declared, nameless.each_ref()));
        for _ in 0..ROUNDS {
            let alike = alike(&declared, [&names(&pairs), &Names::new()]);
            let still: BTreeSet<Rename> = self::pairs(&alike).intersection(&pairs).cloned().collect();
            if still == pairs {
                return alike;
            }
            pairs = still;
        }
        alike(&declared, [&Names::new(), &Names::new()])
    }
}

/// The things of both sides of which the same is declared, with these names in place of others.
fn alike(declared: &[Declared; 2], names: [&Names; 2]) -> Vec<LooksRenamed> {
    let mut alike: BTreeMap<(Renamable, Vec<String>), [Vec<String>; 2]> = BTreeMap::new();
    for side in [0, 1] {
        for (kind, name, told) in declared[side].under(names[side]) {
            alike.entry((kind, told)).or_default()[side].push(name);
        }
    }
    let both = alike.into_iter().filter(|(_, names)| names.iter().all(|names| !names.is_empty()));
    let mut alike: Vec<LooksRenamed> = both.map(|((kind, _), [old, new])| LooksRenamed { kind, old, new }).collect();
    alike.sort();
    alike
}

fn pairs(alike: &[LooksRenamed]) -> BTreeSet<Rename> {
    alike.iter().filter_map(LooksRenamed::one).collect()
}

fn names(pairs: &BTreeSet<Rename>) -> Names {
    pairs.iter().map(|pair| (pair.old.clone(), pair.new.clone())).collect()
}
