//! Features: their rules, and what they have in common with guards.

use std::cell::OnceCell;

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Linking;
use super::declare::{Items, Of, declared};
use super::scene::Scene;
use crate::diagnostic::code;
use crate::language::ast::{self, Effect, Extend, FeatureItem, Name, Otherwise, RecipientIs as WrittenIs};
use crate::language::{Diagnostic, Spanned};
use crate::model::names::declared_twice;
use crate::model::{
    Data, Feature, FeatureId, GroupId, Model, Names, Nesting, Network, PersonId, Place, Recipient, RecipientIs, Rule,
    RuleId, ValueType,
};
use crate::text::listed;

/// The lines of one feature or guard, those of its `extend`s included.
pub(super) struct Block<'a> {
    pub(super) lines: Vec<&'a FeatureItem>,
    /// Labels that `without` takes away.
    without: Vec<&'a Name>,
}

impl<'a> Block<'a> {
    pub(super) fn new(own: &'a [FeatureItem], extensions: impl Iterator<Item = &'a [FeatureItem]>) -> Block<'a> {
        let mut block = Block { lines: own.iter().collect(), without: Vec::new() };
        for items in extensions {
            for item in items {
                match item {
                    FeatureItem::Without(label) => block.without.push(label),
                    line => block.lines.push(line),
                }
            }
        }
        block
    }
}

impl Linking {
    /// Names of features, data, recipients and places.
    pub(super) fn declare_features(&mut self, items: &Items<'_>) {
        for item in &items.data {
            let id = Self::next(&self.model.data);
            if self.model.names.data.declare(&item.it.name, id, &mut self.sink) {
                let mut names = IndexMap::new();
                for part in &item.it.parts {
                    if let Some(first) = names.insert(&part.name.it, part.name.span) {
                        self.sink.push(declared_twice("part", &part.name, first, code::DUPLICATE_NAME));
                    }
                }
                let part = |part: &ast::DataPart| declared(&part.name, part.title.as_ref(), part.doc.as_ref());
                self.model.data.push(Data {
                    declared: declared(&item.it.name, item.it.title.as_ref(), item.doc),
                    parts: item.it.parts.iter().map(part).collect(),
                });
            }
        }
        for item in &items.places {
            let id = Self::next(&self.model.places);
            if self.model.names.places.declare(&item.it.name, id, &mut self.sink) {
                self.model.places.push(Place { declared: declared(&item.it.name, item.it.title.as_ref(), item.doc) });
            }
        }
        for item in &items.features {
            let id = Self::next(&self.model.features);
            if self.model.names.features.declare(&item.it.name, id, &mut self.sink) {
                self.model.features.push(Feature {
                    declared: declared(&item.it.name, item.it.title.as_ref(), item.doc),
                    shape: item.it.shape.it,
                    controlled_by: Vec::new(),
                    platforms: Vec::new(),
                    requires: Vec::new(),
                    rules: Vec::new(),
                    otherwise: Otherwise::Unavailable,
                    otherwise_at: None,
                    discloses: Vec::new(),
                    stores: Vec::new(),
                });
            }
        }
    }

    /// Recipients and the bodies of features.
    pub(super) fn features(&mut self, items: &Items<'_>) {
        let outside = OnceCell::new();
        for item in &items.recipients {
            let id = Self::next(&self.model.recipients);
            if self.model.names.recipients.declare(&item.it.name, id, &mut self.sink) {
                let is = item.it.is.as_ref().and_then(|is| self.recipient_is(is));
                let external =
                    item.it.external || is.as_ref().is_some_and(|is| reaches_outside(&self.model, is, &outside));
                self.model.recipients.push(Recipient {
                    declared: declared(&item.it.name, item.it.title.as_ref(), item.doc),
                    external,
                    is,
                });
            }
        }
        let mut extensions: FxHashMap<&str, Vec<&[FeatureItem]>> = FxHashMap::default();
        for item in &items.extends {
            if let Extend::Feature { name, items } = item.it {
                self.model.names.features.expect(name, code::UNKNOWN_FEATURE, &mut self.sink);
                extensions.entry(&name.it).or_default().push(items);
            }
        }
        for item in &items.features {
            let Some(id) = self.model.names.features.find(&item.it.name.it) else { continue };
            if self.model.features[id].declared.span != item.it.name.span {
                continue; // the second of two with one name
            }
            let extensions = extensions.get(item.it.name.it.as_str()).into_iter().flatten().copied();
            self.feature(id, *item, &Block::new(&item.it.items, extensions));
        }
    }

    fn recipient_is(&mut self, is: &Spanned<WrittenIs>) -> Option<RecipientIs> {
        match &is.it {
            WrittenIs::Everyone => Some(RecipientIs::Everyone),
            WrittenIs::Group(name) => self.group(name).map(RecipientIs::Group),
            WrittenIs::Network(names) => {
                let mut networks = Vec::new();
                for name in names {
                    let literal = Spanned::new(ast::Literal::Word(name.it.clone()), name.span);
                    self.value(&ValueType::Network, &literal)?;
                    networks.extend(Network::named(&name.it));
                }
                Some(RecipientIs::Network(networks.into_iter().collect()))
            }
            WrittenIs::Role(names) => {
                let roles: Option<Vec<_>> = names.iter().map(|name| self.role(name)).collect();
                Some(RecipientIs::Role(roles?))
            }
        }
    }

    fn feature(&mut self, id: FeatureId, item: Of<'_, ast::Feature>, block: &Block<'_>) {
        let scene = Scene::feature(item.it.shape.it);
        let mut labels = Names::exact("rule");
        for line in &block.lines {
            match line {
                FeatureItem::ControlledBy(names) => {
                    let words = names.iter().map(|name| name.it.clone());
                    self.model.features[id].controlled_by.extend(words);
                }
                FeatureItem::Platform(names) => {
                    let words = names.iter().map(|name| name.it.clone());
                    self.model.features[id].platforms.extend(words);
                }
                FeatureItem::Requires(names) => {
                    for name in names {
                        self.requires(id, name);
                    }
                }
                FeatureItem::Rule(rule) => {
                    if let Some(rule) = self.rule(rule, scene, &mut labels) {
                        self.model.features[id].rules.push(rule);
                    }
                }
                FeatureItem::Discloses(discloses) => self.discloses(id, discloses, scene),
                FeatureItem::Stores(stores) => self.stores(id, stores, scene),
                FeatureItem::Otherwise(otherwise) => self.otherwise(id, *otherwise),
                FeatureItem::Without(label) => self.without_in_declaration(label),
            }
        }
        self.model.features[id].rules = self.remove(block, self.model.features[id].rules.clone());
        self.idle_allows(id);
        self.contradictions(id);
    }

    pub(super) fn without_in_declaration(&mut self, label: &Name) {
        self.sink.push(
            Diagnostic::new(code::NOT_HERE, "`without` stands in an `extend` only")
                .at(label.span, "")
                .help("remove the rule itself"),
        );
    }

    fn requires(&mut self, id: FeatureId, name: &Name) {
        let Some(required) = self.model.names.features.expect(name, code::UNKNOWN_FEATURE, &mut self.sink) else {
            return;
        };
        let (own, other) = (&self.model.features[id], &self.model.features[required]);
        if own.shape != other.shape {
            self.sink.push(
                Diagnostic::new(code::WRONG_TYPE, format!("`{}` is asked of other roles", name.it))
                    .at(name.span, format!("is for {}", other.shape.name()))
                    .at(own.declared.span, format!("is for {}", own.shape.name()))
                    .help("a feature can only require one with the same roles"),
            );
            return;
        }
        self.model.features[id].requires.push((required, name.span));
    }

    fn otherwise(&mut self, id: FeatureId, otherwise: Spanned<Otherwise>) {
        let feature = &mut self.model.features[id];
        if let Some(first) = feature.otherwise_at {
            self.sink.push(
                Diagnostic::new(code::CONFLICTING_STATEMENT, "`otherwise` is said twice")
                    .at(otherwise.span, "again here")
                    .at(first, "first here")
                    .help("keep one of them; an `extend` cannot change it"),
            );
            return;
        }
        feature.otherwise = otherwise.it;
        feature.otherwise_at = Some(otherwise.span);
    }

    pub(super) fn rule(
        &mut self,
        rule: &Spanned<ast::Rule>,
        scene: Scene,
        labels: &mut Names<RuleId>,
    ) -> Option<RuleId> {
        let id = Self::next(&self.model.rules);
        let when = self.circumstance(&rule.it.when, scene);
        if !labels.declare(&rule.it.label, id, &mut self.sink) {
            return None;
        }
        let declared = declared(&rule.it.label, None, rule.it.doc.as_ref());
        Some(self.model.rules.push(Rule { declared, effect: rule.it.effect.it, when, span: rule.span }))
    }

    /// The rules less those that `without` names.
    pub(super) fn remove(&mut self, block: &Block<'_>, mut rules: Vec<RuleId>) -> Vec<RuleId> {
        let all = &self.model.rules;
        let name_of = |rule: &RuleId| all[*rule].declared.name.as_str();
        let mut kept: FxHashSet<&str> = rules.iter().map(name_of).collect();
        let missing: Vec<&Name> =
            block.without.iter().copied().filter(|label| !kept.remove(label.it.as_str())).collect();
        for label in missing {
            let labels = rules.iter().map(name_of);
            let near = self.guesses.nearest("rule", &label.it, labels.clone());
            let near = near.map(|near| near.written(|label| format!("\"{label}\"")));
            self.sink.push(
                Diagnostic::new(code::UNKNOWN_LABEL, format!("there is no rule \"{}\" to take away", label.it))
                    .at(label.span, "")
                    .help(format!("its rules are {}", listed(labels)))
                    .suggest(near),
            );
        }
        rules.retain(|rule| kept.contains(name_of(rule)));
        rules
    }

    /// An allow beside `otherwise available` could never decide.
    fn idle_allows(&mut self, id: FeatureId) {
        let feature = &self.model.features[id];
        let (Otherwise::Available, Some(at)) = (feature.otherwise, feature.otherwise_at) else { return };
        for rule in &feature.rules {
            let rule = &self.model.rules[*rule];
            if rule.effect == Effect::Allow {
                self.sink.push(
                    Diagnostic::new(code::IDLE_ALLOW, format!("\"{}\" can never decide", rule.declared.name))
                        .at(rule.span, "allows")
                        .at(at, "what is available anyway")
                        .help("remove the rule, or write `otherwise unavailable`"),
                );
            }
        }
    }
}

/// True if people outside the organisation belong to a recipient, or can. The groups with such people are found out
/// once.
fn reaches_outside(model: &Model, is: &RecipientIs, groups: &OnceCell<FxHashSet<GroupId>>) -> bool {
    match is {
        RecipientIs::Network(networks) => {
            Network::ALL.iter().any(|it| *it != Network::SameEnterprise && networks.has(*it))
        }
        RecipientIs::Group(group) => groups.get_or_init(|| groups_outside(model)).contains(group),
        RecipientIs::Role(_) | RecipientIs::Everyone => true,
    }
}

/// The groups with people outside the organisation, in them or in a group of theirs. Whether groups contain each other
/// is not known yet.
fn groups_outside(model: &Model) -> FxHashSet<GroupId> {
    let outside = |person: &PersonId| model.people[*person].network != Network::SameEnterprise;
    let named = model.groups.iter().filter(|(_, group)| group.people.iter().any(|(person, _)| outside(person)));
    let named: FxHashSet<GroupId> = named.map(|(id, _)| id).collect();
    let around = Nesting::new(model).around(named.iter().copied(), |_| true);
    named.into_iter().chain(around).collect()
}
