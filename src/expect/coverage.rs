//! What tests exercise of the set's own files: every container, manifest rule, rule and condition, both outcomes where
//! there are two, and every type of entry that owners have. Libraries have tests of their own.

use indexmap::IndexMap;

use crate::graph::RuleGraph;
use crate::language::{FileId, Parsed, Span};
use crate::model::{Condition, ConditionId, Model, Shows};
use crate::resolve::{Cover, Exercised, RuleSet};

/// What the tests of a set exercised.
#[derive(Clone, Debug)]
pub struct Coverage {
    own: Vec<FileId>,
    points: IndexMap<Key, Point>,
}

/// Something to exercise. Ids differ from set to set, places do not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Key {
    At(PointKind, Span),
    EntryType(&'static str),
}

/// Something that tests can exercise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    /// What it is.
    pub kind: PointKind,
    /// Its name.
    pub name: String,
    /// Where it stands; None for types of entries.
    pub at: Option<Span>,
    /// Each outcome in words, and how many expectations had it.
    pub outcomes: Vec<(&'static str, usize)>,
}

/// What a point is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PointKind {
    /// A container, which answers.
    Container,
    /// A type of entries, which decides.
    EntryType,
    /// A rule of a manifest, which settles entries.
    ManifestRule,
    /// A rule of a feature or guard, which fires or not.
    Rule,
    /// A condition of anything else, which holds or not.
    Condition,
}

impl PointKind {
    /// Every one, in the order of reports.
    pub const ALL: [PointKind; 5] =
        [PointKind::Container, PointKind::EntryType, PointKind::ManifestRule, PointKind::Rule, PointKind::Condition];

    /// Several of it, in words.
    pub fn plural(self) -> &'static str {
        match self {
            PointKind::Container => "containers",
            PointKind::EntryType => "membership types",
            PointKind::ManifestRule => "manifest rules",
            PointKind::Rule => "rules",
            PointKind::Condition => "conditions",
        }
    }

    /// One of it, as programs read it.
    pub fn name(self) -> &'static str {
        match self {
            PointKind::Container => "container",
            PointKind::EntryType => "membership_type",
            PointKind::ManifestRule => "manifest_rule",
            PointKind::Rule => "rule",
            PointKind::Condition => "condition",
        }
    }
}

impl Point {
    fn place(&self) -> Option<(FileId, u32)> {
        self.at.map(|span| (span.file, span.start))
    }

    /// True if every outcome occurred.
    pub fn is_covered(&self) -> bool {
        self.outcomes.iter().all(|(_, times)| *times > 0)
    }
}

impl Coverage {
    pub(super) fn new(graph: &RuleGraph, own: &[Parsed]) -> Coverage {
        let mut coverage = Coverage { own: own.iter().map(|file| file.file).collect(), points: IndexMap::new() };
        coverage.declare(graph.model());
        coverage.points.sort_by(|_, a, _, b| (a.kind, a.place()).cmp(&(b.kind, b.place())));
        coverage
    }

    /// Every point, by kind and place.
    pub fn points(&self) -> impl Iterator<Item = &Point> {
        self.points.values()
    }

    /// How many outcomes there are, and how many of them occurred; of one kind, or of all.
    pub fn counts(&self, kind: Option<PointKind>) -> (usize, usize) {
        let points = self.points().filter(|point| kind.is_none_or(|kind| kind == point.kind));
        let outcomes = points.flat_map(|point| &point.outcomes);
        outcomes.fold((0, 0), |(all, hit), (_, times)| (all + 1, hit + usize::from(*times > 0)))
    }

    /// The part of all outcomes that occurred, in percent; None if there is nothing to exercise.
    pub fn percent(&self) -> Option<f64> {
        let (all, hit) = self.counts(None);
        (all > 0).then(|| 100.0 * hit as f64 / all as f64)
    }

    /// A listener for one expectation.
    pub(super) fn listen(&self) -> Cover {
        Cover::default()
    }

    /// Adds what one expectation exercised.
    pub(super) fn take(&mut self, rules: &RuleSet, cover: &Cover) {
        let model = rules.model();
        for exercised in cover.used() {
            let (key, outcome) = match exercised {
                Exercised::Container(id) => (Key::At(PointKind::Container, model.containers[id].declared.span), 0),
                Exercised::EntryType(name) => {
                    self.entry_type(name);
                    (Key::EntryType(name), 0)
                }
                Exercised::EntryTypeThere(name) => {
                    self.entry_type(name);
                    continue;
                }
                Exercised::ManifestRule(id) => (Key::At(PointKind::ManifestRule, model.manifest_rules[id].span), 0),
                Exercised::Rule(id, fired) => (Key::At(PointKind::Rule, model.rules[id].span), usize::from(!fired)),
                Exercised::Shows(container, field, index, applied) => {
                    let held = model.containers[container].holds.get(&model.fields[field].category);
                    let Some(shows) = held.and_then(|held| held.shows.get(index)) else { continue };
                    (Key::At(PointKind::Condition, shows.span), usize::from(!applied))
                }
                Exercised::Membership(id, holds) => {
                    (Key::At(PointKind::Condition, model.memberships[id].declared.span), usize::from(!holds))
                }
                Exercised::Manifest(id, holds) => {
                    (Key::At(PointKind::Condition, model.manifests[id].declared.span), usize::from(!holds))
                }
            };
            let point = self.points.get_mut(&key);
            if let Some((_, times)) = point.and_then(|point| point.outcomes.get_mut(outcome)) {
                *times += 1;
            }
        }
    }

    fn entry_type(&mut self, name: &'static str) {
        if !self.points.contains_key(&Key::EntryType(name)) {
            let outcomes = vec![("decides", 0)];
            let point = Point { kind: PointKind::EntryType, name: name.to_owned(), at: None, outcomes };
            self.points.insert(Key::EntryType(name), point);
            self.points.sort_by(|_, a, _, b| (a.kind, a.place(), &a.name).cmp(&(b.kind, b.place(), &b.name)));
        }
    }

    fn declare(&mut self, model: &Model) {
        for (_, container) in model.containers.iter() {
            let declared = &container.declared;
            self.add(PointKind::Container, declared.name.clone(), declared.span, &["answers"]);
            for shows in container.holds.values().flat_map(|held| &held.shows) {
                self.shows(model, &declared.name, shows);
            }
        }
        for (id, rule) in model.manifest_rules.iter() {
            self.add(PointKind::ManifestRule, model.manifest_rule_name(id), rule.span, &["settles"]);
        }
        for (_, manifest) in model.manifests.iter() {
            if let Some(when) = manifest.when {
                self.condition(model, format!("manifest {}", manifest.declared.name), manifest.declared.span, when);
            }
        }
        for (_, membership) in model.memberships.iter() {
            let name = format!("membership \"{}\"", membership.declared.name);
            self.condition(model, name, membership.declared.span, membership.when);
        }
        let guards = model.guards.values().map(|guard| (&guard.declared, "guard", &guard.rules));
        let features = model.features.values().map(|feature| (&feature.declared, "feature", &feature.rules));
        for (block, word, rules) in guards.chain(features) {
            for rule in rules {
                let rule = &model.rules[*rule];
                let name = format!("{word} {}: \"{}\"", block.name, rule.declared.name);
                let outcomes: &[&'static str] =
                    if always(model, rule.when) { &["fires"] } else { &["fires", "does not fire"] };
                self.add(PointKind::Rule, name, rule.span, outcomes);
            }
        }
    }

    fn shows(&mut self, model: &Model, container: &str, shows: &Shows) {
        let name = format!("{container} shows {}", model.field_name(shows.field));
        self.condition(model, name, shows.span, shows.when);
    }

    fn condition(&mut self, model: &Model, name: String, at: Span, when: ConditionId) {
        let outcomes: &[&'static str] = if always(model, when) { &["holds"] } else { &["holds", "does not hold"] };
        self.add(PointKind::Condition, name, at, outcomes);
    }

    fn add(&mut self, kind: PointKind, name: String, at: Span, outcomes: &[&'static str]) {
        if self.own.contains(&at.file) {
            let outcomes = outcomes.iter().map(|outcome| (*outcome, 0)).collect();
            self.points.insert(Key::At(kind, at), Point { kind, name, at: Some(at), outcomes });
        }
    }
}

/// True if nothing is asked.
fn always(model: &Model, condition: ConditionId) -> bool {
    matches!(model.conditions.get(condition), Condition::Constant(_))
}
