//! What lies between two sets: one of them with some of its items as the other has them. Causes are found by what such
//! a set decides.

mod people;
mod trees;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::structure::{Key, Part, Sides, Structure};
use super::{Item, Side, Thing};
use crate::diagnostic::Sink;
use crate::directory::{Address, Directory};
use crate::graph::{self, RuleGraph};
use crate::language::{Diagnostic, FileId, Parsed, Sources, ast};
use crate::model::{self, Input};
use trees::Orders;

/// Why a set with some of its items put back is none: what was put back needs what was not, or the other way round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unfit {
    /// Its errors; at least one.
    pub errors: Vec<String>,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.errors.join("; "))
    }
}

impl std::error::Error for Unfit {}

/// Who is in a set: everybody, or few people.
#[derive(Clone, Debug)]
pub enum Present<'a> {
    /// Everybody in either directory.
    Everybody,
    /// These people alone, with their groups, meetings and whoever convened these. What the set decides of them is what
    /// it decides among all others, and it is there in a moment.
    These(&'a [Address]),
}

impl Structure<'_> {
    /// One side with these items as the other side has them: with none of them it decides as this side, with all of
    /// them as the other.
    ///
    /// # Errors
    ///
    /// Not all items fit together: a field may be gone that something else publishes.
    pub fn hybrid(&self, side: Side, items: &BTreeSet<Item>, present: &Present<'_>) -> Result<Arc<RuleGraph>, Unfit> {
        self.hybrid_with(&Chosen::new(&self.sides, side, items), present)
    }

    /// The same without features, on which nothing depends of what is seen: linked in half of the time.
    pub(super) fn hybrid_of_presence(
        &self,
        side: Side,
        items: &BTreeSet<Item>,
        present: &Present<'_>,
    ) -> Result<Arc<RuleGraph>, Unfit> {
        self.hybrid_with(&Chosen::wanted(&self.sides, side, items, |thing| !thing.is_of_features()), present)
    }

    fn hybrid_with(&self, chosen: &Chosen<'_>, present: &Present<'_>) -> Result<Arc<RuleGraph>, Unfit> {
        let directory = self.sides.people.hybrid(chosen.side, chosen.put_back, present);
        compiled(chosen.items(), directory.as_ref())
    }
}

/// The parts of one side, some of them as the other has them.
pub(super) struct Chosen<'a> {
    side: Side,
    put_back: &'a BTreeSet<Item>,
    pub(super) parts: BTreeMap<&'a Key, &'a Part>,
    orders: Orders<'a>,
}

impl<'a> Chosen<'a> {
    /// One side as it is.
    pub(super) fn all_of(sides: &'a Sides<'_>, side: Side) -> Chosen<'a> {
        static NOTHING: BTreeSet<Item> = BTreeSet::new();
        Chosen::new(sides, side, &NOTHING)
    }

    fn new(sides: &'a Sides<'_>, side: Side, items: &'a BTreeSet<Item>) -> Chosen<'a> {
        Chosen::wanted(sides, side, items, |_| true)
    }

    fn wanted(sides: &'a Sides<'_>, side: Side, items: &'a BTreeSet<Item>, wanted: fn(Thing) -> bool) -> Chosen<'a> {
        let all = sides.parts[side.index()].all.iter().filter(|(key, _)| wanted(key.thing));
        let mut parts: BTreeMap<&Key, &Part> = all.collect();
        let there = &sides.parts[side.other().index()].all;
        for (key, _) in sides.changed.iter().filter(|(key, item)| wanted(key.thing) && items.contains(item)) {
            match there.get(key) {
                Some(part) => _ = parts.insert(key, part),
                None => _ = parts.remove(key),
            }
        }
        Chosen { side, put_back: items, parts, orders: Orders::new(sides, side, items) }
    }

    /// Its declarations as trees.
    pub(super) fn items(&self) -> Vec<ast::Item> {
        trees::items(&self.parts, &self.orders)
    }
}

/// A set of these declarations. What is expected of a set is not among them.
pub(super) fn compiled(items: Vec<ast::Item>, directory: Option<&Directory>) -> Result<Arc<RuleGraph>, Unfit> {
    let (comments, diagnostics) = (Vec::new(), Vec::new());
    let own = [Parsed { file: FileId::PROGRAM, doc: None, items, comments, diagnostics }];
    let (model, found) = model::link(Input { own: &own, libraries: &[], directory });
    let mut sink = Sink::new();
    sink.extend(found);
    let graph = graph::build(Arc::new(model), &mut sink);
    graph.map(Arc::new).ok_or_else(|| {
        let found = sink.into_sorted(&Sources::default());
        Unfit { errors: found.into_iter().filter(Diagnostic::is_error).map(|it| it.message).collect() }
    })
}
