//! What every policy object says, from the trees alone: the expectation that the pipeline's own answer is compared with.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::language::ast::{Item, ItemKind, Literal, PolicyObject};
use crate::language::{FileId, Parsed};
use crate::model::{ClassId, Model, ParameterId, Scope, enumerated};

use super::scope::scope_of;

/// The values of each object by slot, as [`Model::value_name`] spells them.
pub(super) type Planned = IndexMap<(ClassId, Scope), Vec<String>>;

/// The values of every object, where the trees of some files are others now. Objects of libraries say what they said.
pub(super) fn planned<'a>(
    model: &Model,
    own: &'a [Parsed],
    changed: impl Iterator<Item = (&'a FileId, &'a Vec<Item>)>,
) -> Planned {
    let changed: BTreeMap<FileId, &[Item]> = changed.map(|(file, items)| (*file, items.as_slice())).collect();
    let mut objects: IndexMap<(ClassId, Scope), &PolicyObject> = IndexMap::new();
    for parsed in own {
        let items = changed.get(&parsed.file).copied().unwrap_or(&parsed.items);
        for item in items {
            let ItemKind::Policy(policy) = &item.kind else { continue };
            let Some(class) = model.names.classes.find(&policy.class.it) else { continue };
            objects.insert((class, scope_of(model, &policy.scope.it)), policy);
        }
    }
    let mut planned = Planned::new();
    for of in model.objects.values() {
        if own.iter().all(|parsed| parsed.file != of.span.file) {
            let settings = model.classes[of.class].settings.iter().zip(&of.values);
            let names = settings.map(|(setting, value)| model.value_name(&model.parameters[*setting].kind, *value));
            planned.insert((of.class, of.scope.clone()), names.collect());
        }
    }
    for key in objects.keys() {
        fill(model, &objects, key, &mut planned, objects.len());
    }
    planned
}

/// Fills in an object, the one it is like first. The depth ends a circle, which the pipeline will complain of.
fn fill(
    model: &Model,
    objects: &IndexMap<(ClassId, Scope), &PolicyObject>,
    key: &(ClassId, Scope),
    planned: &mut Planned,
    depth: usize,
) {
    let (Some(policy), false) = (objects.get(key), planned.contains_key(key)) else { return };
    let class = key.0;
    let mut values: Vec<String> = model.classes[class]
        .settings
        .iter()
        .map(|setting| {
            let parameter = &model.parameters[*setting];
            model.value_name(&parameter.kind, parameter.default)
        })
        .collect();
    if let Some(like) = policy.like.as_ref().filter(|_| depth > 0) {
        let like = (class, scope_of(model, &like.it));
        fill(model, objects, &like, planned, depth - 1);
        if let Some(first) = planned.get(&like) {
            values.clone_from(first);
        }
    }
    for assignment in &policy.assignments {
        let names = model.names.settings.get(&class);
        let Some(parameter) = names.and_then(|names| names.find(&assignment.name.it)) else { continue };
        if let Some(place) = values.get_mut(model.parameters[parameter].slot) {
            *place = name_of(model, parameter, &assignment.value.it);
        }
    }
    planned.insert(key.clone(), values);
}

/// A value as [`Model::value_name`] spells it.
fn name_of(model: &Model, parameter: ParameterId, literal: &Literal) -> String {
    use crate::model::Kind;
    let kind = &model.parameters[parameter].kind;
    match (kind, literal) {
        (Kind::Text, Literal::Word(text) | Literal::Text(text)) => format!("{text:?}"),
        (_, Literal::Word(word)) => {
            let Kind::Enumeration(values) = kind else { return word.clone() };
            enumerated(values, word).map_or_else(|| word.clone(), |value| model.value_name(kind, value))
        }
        (_, Literal::Bool(truth)) => truth.to_string(),
        (_, Literal::Integer(number)) => number.to_string(),
        (_, Literal::Text(text)) => text.clone(),
    }
}
