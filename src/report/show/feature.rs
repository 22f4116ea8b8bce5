//! Features and the rules of guards.

use crate::graph::RuleGraph;
use crate::language::Sources;
use crate::model::{FeatureId, Model, Object, ParameterId, ParameterOf, RuleId};
use crate::report::disclosure::{condition, kept};
use crate::report::page::Page;
use crate::report::place;
use crate::report::table::{Rows, wrap};
use crate::report::usage::control_name;
use crate::resolve::controls;
use crate::text::line;

/// Rules, each with its place, and below it its condition.
pub(super) fn rules(model: &Model, sources: &Sources, rules: &[RuleId]) -> Page {
    let mut heads = Rows::default();
    for rule in rules {
        let rule = &model.rules[*rule];
        let effect = rule.effect.name();
        heads.push([format!("{effect} \"{}\"", rule.declared.name), place(sources, rule.span)]);
    }
    let mut text = Page::new();
    for (head, rule) in heads.lines("  ").zip(rules) {
        let condition = format!("when {}", model.condition_name(model.rules[*rule].when));
        text.push_str(head);
        text.push_str(wrap(condition.split(' '), "      ", 100));
        text.push('\n');
    }
    text
}

/// Who it is for, who controls it and where, its rules, its controls with their values, and what it reveals.
pub(super) fn feature(graph: &RuleGraph, sources: &Sources, id: FeatureId) -> Page {
    let model = graph.model();
    let feature = &model.features[id];
    let mut rows = Rows::default();
    let or_nobody = |words: &[String]| if words.is_empty() { "not said".to_owned() } else { words.join(", ") };
    rows.push(["for".to_owned(), feature.shape.name().to_owned()]);
    rows.push(["controlled by".to_owned(), or_nobody(&feature.controlled_by)]);
    rows.push(["managed on".to_owned(), or_nobody(&feature.platforms)]);
    for (required, _) in &feature.requires {
        rows.push(["requires".to_owned(), model.features[*required].declared.name.clone()]);
    }
    let mut text = rows.render("  ");
    text.push('\n');
    text.push_str(rules(model, sources, &feature.rules));
    text.push_str(line!("  otherwise {}", feature.otherwise.name()));
    text.push_str(controlled(model, sources, &controls(model, id)));
    text.push_str(revealed(model, sources, id));
    text.push_str("\n  Answers hold for clients that honour the policies.\n");
    text
}

/// Each control with its default and its value at every scope that has one.
fn controlled(model: &Model, sources: &Sources, controls: &[ParameterId]) -> Page {
    let mut rows = Rows::default();
    for id in controls {
        let parameter = &model.parameters[*id];
        let default = model.value_name(&parameter.kind, parameter.default);
        let at = place(sources, parameter.declared.span);
        rows.push([control_name(model, *id), "default".to_owned(), default, at]);
        let ParameterOf::Setting(class) = parameter.belongs_to else { continue };
        let of_class = |object: &&Object| object.class == class;
        for object in model.objects.values().filter(of_class) {
            let value = object.values.get(parameter.slot).copied().unwrap_or(parameter.default);
            let set = object.set_at.get(parameter.slot).copied().flatten();
            let value = model.value_name(&parameter.kind, value);
            let value = if set.is_some() { value } else { format!("{value} (not set: the default)") };
            rows.push([String::new(), object.spelt.clone(), value, place(sources, set.unwrap_or(object.span))]);
        }
    }
    let text = rows.render("    ");
    if text.is_empty() { text } else { Page::from("\n  controls\n") + text }
}

/// What it discloses and stores.
fn revealed(model: &Model, sources: &Sources, id: FeatureId) -> Page {
    let feature = &model.features[id];
    let mut rows = Rows::default();
    for line in &feature.discloses {
        let what = line.item.map_or("nothing".to_owned(), |it| model.item_of(it, line.whose));
        let to = format!("to {}", model.recipients[line.to].declared.name);
        rows.push(["discloses".to_owned(), what, to, condition(model, line.when), place(sources, line.span)]);
    }
    for line in &feature.stores {
        let kept = line.retention.as_ref().map(|retention| format!(" {}", kept(model, retention))).unwrap_or_default();
        let at = format!("at {}{kept}", model.places[line.at].declared.name);
        let (what, when) = (model.item_of(line.item, line.whose), condition(model, line.when));
        rows.push(["stores".to_owned(), what, at, when, place(sources, line.span)]);
    }
    let text = rows.render("  ");
    if text.is_empty() { text } else { Page::from("\n") + text }
}
