//! Guards: what they guard, and their denials.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::Linking;
use super::declare::{Items, Of};
use super::feature::Block;
use super::scene::Scene;
use crate::diagnostic::code;
use crate::language::ast::{self, Effect, Extend, FeatureItem, Name, Target};
use crate::language::{Diagnostic, Span};
use crate::model::{CategoryId, Declared, FieldId, Guard, GuardId, Names};
use crate::text::listed;

impl Linking {
    /// Guards and what `extend guard` adds to them.
    pub(super) fn guards(&mut self, items: &Items<'_>) {
        let mut declared_guards: IndexMap<Vec<String>, GuardId> = IndexMap::new();
        let mut spans: IndexMap<GuardId, Span> = IndexMap::new();
        let mut extensions: FxHashMap<Vec<String>, Vec<&[FeatureItem]>> = FxHashMap::default();
        for extend in &items.extends {
            if let Extend::Guard(guard) = extend.it {
                extensions.entry(guard_key(&guard.targets)).or_default().push(&guard.items);
            }
        }
        for item in &items.guards {
            let key = guard_key(&item.it.targets);
            let name = Name::new(key.join(", "), targets_span(&item.it.targets, item.span));
            if let Some(first) = declared_guards.get(&key) {
                let first = spans.get(first).copied().unwrap_or(name.span);
                let message = format!("`{}` has two guards", name.it);
                self.sink.push(
                    Diagnostic::new(code::DUPLICATE_NAME, message)
                        .at(name.span, "guarded again here")
                        .at(first, "first guarded here")
                        .help(format!("add to the first: `extend guard {} {{ … }}`", name.it))
                        .fix("write `extend guard`", Span { end: item.span.start, ..item.span }, "extend "),
                );
                continue;
            }
            let extensions = extensions.get(&key).into_iter().flatten().copied();
            let id = self.guard(item, &name, &Block::new(&item.it.items, extensions));
            spans.insert(id, name.span);
            declared_guards.insert(key, id);
        }
        for item in &items.extends {
            let Extend::Guard(guard) = item.it else { continue };
            let key = guard_key(&guard.targets);
            if !declared_guards.contains_key(&key) {
                let known: Vec<String> = declared_guards.keys().map(|key| format!("`{}`", key.join(", "))).collect();
                let span = targets_span(&guard.targets, item.span);
                self.sink.push(
                    Diagnostic::new(code::EXTEND_NOTHING, format!("there is no guard of `{}`", key.join(", ")))
                        .at(span, "nothing to add to")
                        .help(format!(
                            "declare it without `extend`; there are guards of {}",
                            listed(known.iter().map(String::as_str))
                        )),
                );
            }
        }
    }

    fn guard(&mut self, item: &Of<'_, ast::Guard>, name: &Name, block: &Block<'_>) -> GuardId {
        let mut fields: Vec<FieldId> = Vec::new();
        let mut categories: Vec<CategoryId> = Vec::new();
        for target in &item.it.targets {
            match self.target(target) {
                Some((_, Some(field))) => fields.push(field),
                Some((category, None)) => categories.push(category),
                None => {}
            }
        }
        let mut labels = Names::exact("rule");
        let mut rules = Vec::new();
        for line in &block.lines {
            match line {
                FeatureItem::Rule(rule) if rule.it.effect.it == Effect::Deny => {
                    rules.extend(self.rule(rule, Scene::GUARD, &mut labels));
                }
                FeatureItem::Without(label) => self.without_in_declaration(label),
                line => self.denials_only(line, name.span),
            }
        }
        let rules = self.remove(block, rules);
        let declared = Declared {
            name: name.it.clone(),
            span: name.span,
            doc: item.doc.map(|doc| doc.it.clone()),
            title: String::new(),
        };
        self.model.guards.push(Guard { declared, fields, categories, rules })
    }

    fn denials_only(&mut self, line: &FeatureItem, guard: Span) {
        let span = match line {
            FeatureItem::Rule(rule) => rule.span,
            FeatureItem::Discloses(line) => line.span,
            FeatureItem::Stores(line) => line.span,
            FeatureItem::Otherwise(line) => line.span,
            FeatureItem::ControlledBy(names) | FeatureItem::Platform(names) | FeatureItem::Requires(names) => {
                names.first().map_or(guard, |name| name.span)
            }
            FeatureItem::Without(label) => label.span,
        };
        self.sink.push(
            Diagnostic::new(code::NOT_HERE, "a guard has denials only")
                .at(span, "")
                .help("write `deny \"…\" when …`; what is not denied is shown as the container publishes it"),
        );
    }
}

/// A guard goes by what it guards, in whatever order that is written.
fn guard_key(targets: &[Target]) -> Vec<String> {
    let name = |target: &Target| match &target.field {
        Some(field) => format!("{}.{}", target.category.it, field.it),
        None => target.category.it.clone(),
    };
    let mut key: Vec<String> = targets.iter().map(name).collect();
    key.sort();
    key
}

fn targets_span(targets: &[Target], otherwise: Span) -> Span {
    match (targets.first(), targets.last()) {
        (Some(first), Some(last)) => first.span().to(last.span()),
        _ => otherwise,
    }
}
