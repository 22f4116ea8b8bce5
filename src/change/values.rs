//! What every policy object says, from the trees alone: the expectation that the pipeline's own answer is compared
//! with.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::language::ast::{Item, ItemKind, Literal, PolicyObject};
use crate::language::{FileId, Parsed};
use crate::model::{ClassId, Model, Scope, Value, ValueType};

use super::named_scope::scope_of;

/// The values of each object by slot.
pub(super) type Planned = IndexMap<(ClassId, Scope), Vec<Literal>>;

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
            let values = settings.map(|(setting, value)| said(model, &model.parameters[*setting].kind, *value));
            planned.insert((of.class, of.scope.clone()), values.collect());
        }
    }
    let mut filling = Filling { model, objects: &objects, planned };
    for key in objects.keys() {
        filling.fill(key, objects.len());
    }
    filling.planned
}

/// The objects that stand in trees, while their values are found.
struct Filling<'a> {
    model: &'a Model,
    objects: &'a IndexMap<(ClassId, Scope), &'a PolicyObject>,
    planned: Planned,
}

impl Filling<'_> {
    /// Fills in an object, the one it is like first. The depth ends a circle, which the pipeline will complain of.
    fn fill(&mut self, key: &(ClassId, Scope), depth: usize) {
        let (Some(policy), false) = (self.objects.get(key), self.planned.contains_key(key)) else { return };
        let (model, class) = (self.model, key.0);
        let settings = model.classes[class].settings.iter().map(|setting| &model.parameters[*setting]);
        let mut values: Vec<Literal> =
            settings.map(|parameter| said(model, &parameter.kind, parameter.default)).collect();
        if let Some(like) = policy.like.as_ref().filter(|_| depth > 0) {
            let like = (class, scope_of(model, &like.it));
            self.fill(&like, depth - 1);
            if let Some(first) = self.planned.get(&like) {
                values.clone_from(first);
            }
        }
        for assignment in &policy.assignments {
            let names = model.names.settings.get(&class);
            let Some(parameter) = names.and_then(|names| names.find(&assignment.name.it)) else { continue };
            let parameter = &model.parameters[parameter];
            if let Some(value) = values.get_mut(parameter.slot) {
                *value = meant(&parameter.kind, &assignment.value.it);
            }
        }
        self.planned.insert(key.clone(), values);
    }
}

/// A value of a model as a literal: the same in every model.
pub(super) fn said(model: &Model, kind: &ValueType, value: Value) -> Literal {
    match kind {
        ValueType::Bool => Literal::Bool(value == Value::TRUE),
        ValueType::Range(..) => Literal::Integer(value.0),
        ValueType::Text => Literal::Text(model.texts.get_index(value.0 as usize).cloned().unwrap_or_default()),
        ValueType::Enumeration(_) | ValueType::Network | ValueType::Site | ValueType::Manifest => {
            Literal::Word(model.value_name(kind, value))
        }
    }
}

/// What a literal in a policy means: texts may stand without quotes, and words in any case.
fn meant(kind: &ValueType, literal: &Literal) -> Literal {
    match (kind, literal) {
        (ValueType::Text, Literal::Word(text)) => Literal::Text(text.clone()),
        (ValueType::Enumeration(values), Literal::Word(word) | Literal::Text(word)) => {
            let known = values.find(word).and_then(|value| values.get(value.0 as usize));
            Literal::Word(known.unwrap_or(word).clone())
        }
        _ => literal.clone(),
    }
}

/// A value in words, as [`Model::value_name`] spells it.
pub fn value_words(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => format!("{text:?}"),
        Literal::Word(word) => word.clone(),
        Literal::Bool(truth) => truth.to_string(),
        Literal::Integer(number) => number.to_string(),
    }
}
