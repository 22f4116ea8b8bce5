//! Every rule and every requirement matters: there is a world in which it decides, and in which the answer would be
//! another without it. So nothing in the catalogue is shadowed by something else in it.

use std::collections::BTreeSet;
use std::sync::Arc;

use prescope::diagnostic::Sink;
use prescope::graph::{self, RuleGraph};
use prescope::model::{FeatureId, GuardId, Model, RuleId};
use prescope::resolve::Answer;
use serde::Deserialize;

use super::asked::{GRAPH, Who, World, in_world, reason};
use super::{nothing_of, read};
use crate::tries::share;

/// A rule or a requirement with its world.
#[derive(Deserialize, Debug)]
struct Witness {
    #[serde(default)]
    label: String,
    #[serde(default)]
    feature: String,
    #[serde(default)]
    never: String,
    #[serde(flatten)]
    who: Who,
    #[serde(default, rename = "in")]
    world: World,
}

#[derive(Deserialize)]
struct Feature {
    feature: String,
    #[serde(default)]
    requires: Vec<Witness>,
    #[serde(default)]
    rules: Vec<Witness>,
}

#[derive(Deserialize)]
struct Guard {
    guard: String,
    sees: String,
    rules: Vec<Witness>,
}

#[derive(Deserialize)]
struct File {
    guards: Vec<Guard>,
    features: Vec<Feature>,
}

/// The catalogue with something taken out of its model.
fn without(take_out: impl FnOnce(&mut Model)) -> Arc<RuleGraph> {
    let mut model = GRAPH.model().clone();
    take_out(&mut model);
    let graph = graph::build(Arc::new(model), &mut Sink::new());
    Arc::new(graph.unwrap())
}

fn rule(of: &[RuleId], label: &str) -> RuleId {
    let found = of.iter().find(|rule| GRAPH.model().rules[**rule].declared.name == label);
    *found.unwrap_or_else(|| panic!("there is no rule {label:?}"))
}

/// What is wrong with a witness of a feature.
fn wrong(name: &str, id: FeatureId, witness: &Witness) -> Option<String> {
    let of = &GRAPH.model().features[id];
    let (expected, graph) = if witness.feature.is_empty() {
        let gone = rule(&of.rules, &witness.label);
        (witness.label.clone(), without(|model| model.features[id].rules.retain(|rule| *rule != gone)))
    } else {
        let gone = GRAPH.model().names.features.find(&witness.feature).unwrap();
        let graph = without(|model| model.features[id].requires.retain(|(required, _)| *required != gone));
        (format!("requires {}", witness.feature), graph)
    };
    let (all, less) = (in_world(&GRAPH, &witness.world), in_world(&graph, &witness.world));
    let (ruling, otherwise) = (witness.who.may(&all, name), witness.who.may(&less, name));
    let found = reason(&all, ruling);
    if found != expected {
        return Some(format!("{name}: {found} decides, not {expected}"));
    }
    (ruling.available == otherwise.available).then(|| format!("{name}: it is the same without {expected}"))
}

/// The same of a guard, whose rule hides what is seen without it.
fn wrong_guard(of: &Guard, id: GuardId, witness: &Witness) -> Option<String> {
    let gone = rule(&GRAPH.model().guards[id].rules, &witness.label);
    let graph = without(|model| model.guards[id].rules.retain(|rule| *rule != gone));
    let sees = |graph: &Arc<RuleGraph>| witness.who.sees(&in_world(graph, &witness.world), &of.sees);
    let holds = sees(&GRAPH) == Answer::Hidden && sees(&graph) == Answer::Visible;
    (!holds).then(|| format!("{}: {:?} does not hide {}", of.guard, witness.label, of.sees))
}

#[test]
fn every_rule_and_requirement_decides_in_some_world_and_would_be_missed() {
    let file: File = read("witnesses");
    let mut found = Vec::new();
    let of_features = file.features.iter().flat_map(|of| of.requires.iter().chain(&of.rules).map(move |it| (of, it)));
    for (of, witness) in share(of_features.filter(|(_, witness)| witness.never.is_empty())) {
        let id = GRAPH.model().names.features.find(&of.feature).unwrap_or_else(|| panic!("{}", of.feature));
        found.extend(wrong(&of.feature, id, witness));
    }
    for of in &file.guards {
        let mut guards = GRAPH.model().guards.iter();
        let (id, _) = guards.find(|(_, guard)| guard.declared.name == of.guard).expect("a guard");
        found.extend(of.rules.iter().filter_map(|witness| wrong_guard(of, id, witness)));
    }
    nothing_of(&found);
}

#[test]
fn no_rule_and_no_requirement_is_without_a_world() {
    let file: File = read("witnesses");
    let mut stored = BTreeSet::new();
    for of in &file.features {
        stored.extend(of.rules.iter().map(|it| (of.feature.as_str(), it.label.as_str())));
        stored.extend(of.requires.iter().map(|it| (of.feature.as_str(), it.feature.as_str())));
    }
    for of in &file.guards {
        stored.extend(of.rules.iter().map(|it| (of.guard.as_str(), it.label.as_str())));
    }
    let model = GRAPH.model();
    let label = |rule: &RuleId| model.rules[*rule].declared.name.as_str();
    let mut ours = BTreeSet::new();
    for of in model.features.values() {
        let name = of.declared.name.as_str();
        ours.extend(of.rules.iter().map(|rule| (name, label(rule))));
        ours.extend(of.requires.iter().map(|(id, _)| (name, model.features[*id].declared.name.as_str())));
    }
    for of in model.guards.values() {
        ours.extend(of.rules.iter().map(|rule| (of.declared.name.as_str(), label(rule))));
    }
    assert_eq!(stored, ours);
}
