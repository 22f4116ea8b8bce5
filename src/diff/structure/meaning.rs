//! Whether a condition that was written anew means what it meant: in every world, in the words of either side.

use std::collections::BTreeMap;
use std::iter;

use super::{Key, Said, Sides};
use crate::diff::hybrid::{Chosen, compiled};
use crate::diff::{Side, Thing};
use crate::graph::RuleGraph;
use crate::language::ast::{self, Circumstance, Effect, FeatureItem, ItemKind, ItemSpan, Name, Otherwise, Rule, Shape};
use crate::language::{FileId, Span, Spanned};
use crate::model::ConditionId;
use crate::symbolic::{Space, Terms, Undecided};

/// Whether a condition means what it meant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Meaning {
    /// In every world it has the truth it had.
    Same,
    /// That takes more nodes than the limit allows.
    Undecided,
    /// There is a world in which it has not, or one side has no words for it.
    Other,
}

/// What became of the conditions that alone differ.
pub(super) struct Meanings(BTreeMap<Key, Meaning>);

/// A part of which nothing but the conditions differs.
struct Rewritten<'a> {
    key: &'a Key,
    conditions: [Vec<&'a Circumstance>; 2],
}

impl Meanings {
    /// Compares the conditions of the parts that differ, with this many nodes at most.
    pub(super) fn new(sides: &Sides<'_>, nodes: usize) -> Meanings {
        let rewritten: Vec<Rewritten<'_>> = sides.changed.keys().filter_map(|key| rewritten(sides, key)).collect();
        let mut meanings: BTreeMap<Key, Meaning> = BTreeMap::new();
        for side in Side::BOTH {
            for (key, meaning) in judged(sides, side, (&rewritten, nodes)) {
                let known = meanings.entry(key.clone()).or_insert(meaning);
                *known = (*known).max(meaning);
            }
        }
        Meanings(meanings)
    }

    pub(super) fn get(&self, key: &Key) -> Option<Meaning> {
        self.0.get(key).copied()
    }
}

fn rewritten<'a>(sides: &'a Sides<'_>, key: &'a Key) -> Option<Rewritten<'a>> {
    let [Some(base), Some(head)] = sides.both(key).map(|part| part.map(|part| &part.said)) else { return None };
    let conditions = [base.conditions(), head.conditions()];
    let alone = base.unconditional().is_same(&head.unconditional());
    (alone && !conditions[0].is_empty() && conditions[0].len() == conditions[1].len())
        .then_some(Rewritten { key, conditions })
}

/// What the conditions mean in the words of one side. If they cannot all be said there, each is tried by itself.
fn judged<'a>(sides: &Sides<'_>, side: Side, (rewritten, nodes): (&[Rewritten<'a>], usize)) -> Vec<(&'a Key, Meaning)> {
    if rewritten.is_empty() {
        return Vec::new();
    }
    let chosen = Chosen::all_of(sides, side);
    let mut items = chosen.items();
    items.extend(rewritten.iter().enumerate().flat_map(|(index, it)| asked(&chosen, index, it)));
    match (compiled(items, None), rewritten) {
        (Ok(graph), all) => {
            let meaning = |(index, it): (usize, &Rewritten<'a>)| {
                let same = (0..it.conditions[0].len()).map(|at| meaning(&graph, &name(index, at), nodes));
                (it.key, same.max().unwrap_or(Meaning::Same))
            };
            all.iter().enumerate().map(meaning).collect()
        }
        (Err(_), [only]) => vec![(only.key, Meaning::Other)],
        (Err(_), all) => all.iter().flat_map(|it| judged(sides, side, (std::slice::from_ref(it), nodes))).collect(),
    }
}

/// No name in a file has this letter.
fn name(index: usize, at: usize) -> String {
    format!("\0{index}.{at}")
}

/// Features whose rules are the conditions of both sides, where both can be asked.
fn asked(chosen: &Chosen<'_>, index: usize, rewritten: &Rewritten<'_>) -> Vec<ast::Item> {
    let place = Span::new(FileId::PROGRAM, 0, 0);
    let named = |name: String| Name::new(name, place);
    let pairs = rewritten.conditions[0].iter().zip(&rewritten.conditions[1]).enumerate();
    pairs
        .map(|(at, (base, head))| {
            let rule = |(label, when): (&str, &Circumstance)| {
                let effect = Spanned::new(Effect::Deny, place);
                let rule = Rule { doc: None, effect, label: named(label.to_owned()), when: when.clone() };
                FeatureItem::Rule(Spanned::new(rule, place))
            };
            let rules = [("base", *base), ("head", *head)].into_iter().map(rule);
            let otherwise = FeatureItem::Otherwise(Spanned::new(Otherwise::Available, place));
            let feature = ast::Feature {
                name: named(name(index, at)),
                title: None,
                shape: Spanned::new(shape(chosen, rewritten.key), place),
                items: rules.chain([otherwise]).collect(),
            };
            ast::Item { doc: None, kind: ItemKind::Feature(feature), span: ItemSpan(place) }
        })
        .collect()
}

/// The roles that a condition can read: those of its feature, or owner and viewer.
fn shape(chosen: &Chosen<'_>, key: &Key) -> Shape {
    let shape = Key { section: String::new(), part: "shape".to_owned(), ..key.clone() };
    match chosen.parts.get(&shape).map(|part| &part.said) {
        Some(Said::Shape(shape)) if key.thing == Thing::Feature => shape.it,
        _ => Shape::Viewer,
    }
}

fn meaning(graph: &RuleGraph, name: &str, nodes: usize) -> Meaning {
    let model = graph.model();
    let Some(feature) = model.names.features.find(name) else { return Meaning::Other };
    let rules: Vec<ConditionId> = model.features[feature].rules.iter().map(|rule| model.rules[*rule].when).collect();
    let [base, head] = rules.as_slice() else { return Meaning::Other };
    if base == head {
        return Meaning::Same;
    }
    let terms = Terms { conditions: [*base, *head], values: iter::empty() };
    let space = Space::new(model, graph.manifest_order(), terms, nodes);
    match space.and_then(|mut space| space.equivalent(*base, *head)) {
        Ok(true) => Meaning::Same,
        Ok(false) => Meaning::Other,
        Err(Undecided) => Meaning::Undecided,
    }
}
