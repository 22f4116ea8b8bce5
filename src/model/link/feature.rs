//! Features and guards: their rules, what they disclose and store.

use indexmap::IndexMap;

use super::Linking;
use super::declare::{Items, Of, declared};
use super::scene::Scene;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::names::declared_twice;
use crate::model::{
    CategoryId, Data, Declared, Disclosure, Feature, FeatureId, FieldId, Guard, GuardId, Item, Kind, Names, Place,
    Recipient, RecipientIs, Retention, Rule, RuleId, Storage, Subject,
};
use crate::syntax::ast::{
    self, Disclosed, Effect, Extend, FeatureItem, Name, Otherwise, RecipientIs as WrittenIs, Spanned, Target,
};
use crate::text::Span;

/// The lines of one feature or guard, those of its `extend`s included.
struct Block<'a> {
    lines: Vec<&'a FeatureItem>,
    /// Labels that `without` takes away.
    without: Vec<&'a Name>,
}

impl<'a> Block<'a> {
    fn of(own: &'a [FeatureItem], extensions: impl Iterator<Item = &'a [FeatureItem]>) -> Block<'a> {
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
                        self.sink.push(declared_twice("part", &part.name, first, Code::DUPLICATE_NAME));
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
        for item in &items.recipients {
            let id = Self::next(&self.model.recipients);
            if self.model.names.recipients.declare(&item.it.name, id, &mut self.sink) {
                let is = item.it.is.as_ref().and_then(|is| self.recipient_is(is));
                self.model.recipients.push(Recipient {
                    declared: declared(&item.it.name, item.it.title.as_ref(), item.doc),
                    external: item.it.external,
                    is,
                });
            }
        }
        for item in &items.extends {
            if let Extend::Feature { name, .. } = item.it {
                self.model.names.features.expect(name, Code::UNKNOWN_FEATURE, &mut self.sink);
            }
        }
        for item in &items.features {
            let Some(id) = self.model.names.features.find(&item.it.name.it) else { continue };
            if self.model.features[id].declared.span != item.it.name.span {
                continue; // the second of two with one name
            }
            let extensions = items.extends.iter().filter_map(|extend| match extend.it {
                Extend::Feature { name, items } if name.it == item.it.name.it => Some(items.as_slice()),
                _ => None,
            });
            self.feature(id, *item, &Block::of(&item.it.items, extensions));
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
                    self.value(&Kind::Network, &literal)?;
                    networks.extend(crate::model::Network::named(&name.it));
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

    fn without_in_declaration(&mut self, label: &Name) {
        self.sink.push(
            Diagnostic::new(Code::NOT_HERE, "`without` stands in an `extend` only")
                .at(label.span, "")
                .help("remove the rule itself"),
        );
    }

    fn requires(&mut self, id: FeatureId, name: &Name) {
        let Some(required) = self.model.names.features.expect(name, Code::UNKNOWN_FEATURE, &mut self.sink) else {
            return;
        };
        let (own, other) = (&self.model.features[id], &self.model.features[required]);
        if own.shape != other.shape {
            self.sink.push(
                Diagnostic::new(Code::WRONG_TYPE, format!("`{}` is asked of other roles", name.it))
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
                Diagnostic::new(Code::CONFLICTING_STATEMENT, "`otherwise` is said twice")
                    .at(otherwise.span, "again here")
                    .at(first, "first here")
                    .help("keep one of them; an `extend` cannot change it"),
            );
            return;
        }
        feature.otherwise = otherwise.it;
        feature.otherwise_at = Some(otherwise.span);
    }

    fn rule(&mut self, rule: &Spanned<ast::Rule>, scene: Scene, labels: &mut Names<RuleId>) -> Option<RuleId> {
        let id = Self::next(&self.model.rules);
        let when = self.circumstance(&rule.it.when, scene);
        if !labels.declare(&rule.it.label, id, &mut self.sink) {
            return None;
        }
        let declared = declared(&rule.it.label, None, rule.it.doc.as_ref());
        Some(self.model.rules.push(Rule { declared, effect: rule.it.effect.it, when, span: rule.span }))
    }

    /// The rules less those that `without` names.
    fn remove(&mut self, block: &Block<'_>, mut rules: Vec<RuleId>) -> Vec<RuleId> {
        for label in &block.without {
            let before = rules.len();
            let labels: Vec<String> = rules.iter().map(|rule| self.model.rules[*rule].declared.name.clone()).collect();
            rules.retain(|rule| self.model.rules[*rule].declared.name != label.it);
            if rules.len() == before {
                let near = crate::text::nearest(&label.it, labels.iter().map(String::as_str));
                let near = near.map(|near| format!("\"{near}\""));
                let help = format!("its rules are {}", labels.join(", "));
                self.sink.push(
                    Diagnostic::new(Code::UNKNOWN_LABEL, format!("there is no rule \"{}\" to take away", label.it))
                        .at(label.span, "")
                        .help(help)
                        .suggest(near.as_deref()),
                );
            }
        }
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
                    Diagnostic::new(Code::IDLE_ALLOW, format!("\"{}\" can never decide", rule.declared.name))
                        .at(rule.span, "allows")
                        .at(at, "what is available anyway")
                        .help("remove the rule, or write `otherwise unavailable`"),
                );
            }
        }
    }

    fn discloses(&mut self, id: FeatureId, discloses: &Spanned<ast::Discloses>, scene: Scene) {
        let when = self.circumstance(&discloses.it.when, scene);
        let of = discloses.it.of.as_ref().and_then(|name| self.disclosing(name, scene));
        let items: Vec<Option<Item>> = match &discloses.it.data {
            Disclosed::Nothing => vec![None],
            Disclosed::Data(data) => data.iter().filter_map(|name| self.item(name)).map(Some).collect(),
        };
        for name in &discloses.it.to {
            let Some(to) = self.model.names.recipients.expect(name, Code::UNKNOWN_RECIPIENT, &mut self.sink) else {
                continue;
            };
            for item in &items {
                let disclosure = Disclosure { item: *item, of, to, when, span: discloses.span };
                self.model.features[id].discloses.push(disclosure);
            }
        }
    }

    /// Whose data it is: one of the roles of the feature.
    fn disclosing(&mut self, name: &Name, scene: Scene) -> Option<Subject> {
        let found = Subject::named(&name.it).filter(|subject| scene.subjects.contains(subject));
        if found.is_none() {
            self.sink.push(
                Diagnostic::new(Code::UNKNOWN_ROLE, format!("{} knows no `{}`", scene.of, name.it))
                    .at(name.span, "")
                    .help(format!("it can speak of {}", scene.describe_subjects())),
            );
        }
        found
    }

    fn stores(&mut self, id: FeatureId, stores: &Spanned<ast::Stores>, scene: Scene) {
        let when = self.circumstance(&stores.it.when, scene);
        let of = stores.it.of.as_ref().and_then(|name| self.disclosing(name, scene));
        let Some(at) = self.model.names.places.expect(&stores.it.at, Code::UNKNOWN_PLACE, &mut self.sink) else {
            return;
        };
        let retention = stores.it.retention.as_ref().and_then(|retention| self.retention(retention, scene));
        for data in &stores.it.data {
            if let Some(item) = self.item(data) {
                let retention = retention.clone();
                let storage = Storage { item, of, at, retention, when, span: stores.span };
                self.model.features[id].stores.push(storage);
            }
        }
    }

    fn retention(&mut self, retention: &Spanned<ast::Retention>, scene: Scene) -> Option<Retention> {
        match &retention.it {
            ast::Retention::Until(words) => Some(Retention::Until(words.clone())),
            ast::Retention::For(path) => {
                let (subject, parameter) = self.retention_setting(path, scene)?;
                Some(Retention::Setting(subject, parameter))
            }
        }
    }

    /// A category, a field, declared data or a part of it. A category comes before data of the same name.
    pub(super) fn item(&mut self, name: &Target) -> Option<Item> {
        if let Some(category) = self.model.names.categories.find(&name.category.it) {
            return Some(match &name.field {
                Some(field) => Item::Field(self.field(category, field)?),
                None => Item::Category(category),
            });
        }
        let Some(data) = self.model.names.data.find(&name.category.it) else {
            let known = self.model.names.data.spellings().chain(self.model.names.categories.spellings());
            let near = crate::text::nearest(&name.category.it, known).map(str::to_owned);
            let message = format!("there is no category or data `{}`", name.category.it);
            self.sink.push(
                Diagnostic::new(Code::UNKNOWN_DATA, message)
                    .at(name.category.span, "")
                    .help(format!("declare it, as in `data {} \"…\"`", name.category.it))
                    .suggest(near.as_deref()),
            );
            return None;
        };
        let Some(part) = &name.field else { return Some(Item::Data(data, None)) };
        let parts = &self.model.data[data].parts;
        let found = parts.iter().position(|known| known.name == part.it);
        if found.is_none() {
            let near = crate::text::nearest(&part.it, parts.iter().map(|part| part.name.as_str())).map(str::to_owned);
            let message = format!("`{}` has no part `{}`", name.category.it, part.it);
            let diagnostic = Diagnostic::new(Code::UNKNOWN_DATA, message).at(part.span, "");
            let declared = self.model.data[data].declared.span;
            self.sink.push(diagnostic.suggest(near.as_deref()).at(declared, "declared here"));
        }
        found.map(|part| Item::Data(data, Some(part)))
    }

    /// `discloses nothing to R` beside a disclosure to R.
    fn contradictions(&mut self, id: FeatureId) {
        let feature = &self.model.features[id];
        for nothing in feature.discloses.iter().filter(|disclosure| disclosure.item.is_none()) {
            let other = feature.discloses.iter().find(|other| other.to == nothing.to && other.item.is_some());
            if let Some(other) = other {
                let to = &self.model.recipients[nothing.to].declared.name;
                self.sink.push(
                    Diagnostic::new(Code::CONTRADICTION, format!("nothing and something is disclosed to `{to}`"))
                        .at(nothing.span, "nothing")
                        .at(other.span, "something")
                        .help("remove one of the two"),
                );
            }
        }
    }

    /// Guards and what `extend guard` adds to them.
    pub(super) fn guards(&mut self, items: &Items<'_>) {
        let mut declared_guards: IndexMap<Vec<String>, GuardId> = IndexMap::new();
        let mut spans: IndexMap<GuardId, Span> = IndexMap::new();
        for item in &items.guards {
            let key = guard_key(&item.it.targets);
            let name = Name::new(key.join(", "), targets_span(&item.it.targets, item.span));
            if let Some(first) = declared_guards.get(&key) {
                let first = spans.get(first).copied().unwrap_or(name.span);
                self.sink.push(declared_twice("guard of", &name, first, Code::DUPLICATE_NAME));
                continue;
            }
            let extensions = items.extends.iter().filter_map(|extend| match extend.it {
                Extend::Guard(guard) if guard_key(&guard.targets) == key => Some(guard.items.as_slice()),
                _ => None,
            });
            let id = self.guard(item, &name, &Block::of(&item.it.items, extensions));
            spans.insert(id, name.span);
            declared_guards.insert(key, id);
        }
        for item in &items.extends {
            let Extend::Guard(guard) = item.it else { continue };
            let key = guard_key(&guard.targets);
            if !declared_guards.contains_key(&key) {
                let known: Vec<String> = declared_guards.keys().map(|key| key.join(", ")).collect();
                let span = targets_span(&guard.targets, item.span);
                self.sink.push(
                    Diagnostic::new(Code::EXTEND_NOTHING, format!("there is no guard of `{}`", key.join(", ")))
                        .at(span, "nothing to add to")
                        .help(format!("declare it without `extend`; there are guards of {}", known.join("; "))),
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
            Diagnostic::new(Code::NOT_HERE, "a guard has denials only")
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
