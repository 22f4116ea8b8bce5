//! From the trees of a set to its parts: every `extend` taken to what it extends, every line to what it names.

mod container;
mod feature;

use std::collections::{BTreeMap, BTreeSet};

use super::part::{Head, Key, Part, Said, folded_scope, scope_text};
use crate::diff::{Item, Thing};
use crate::language::ast::{self, DomainMatch, Extend, ItemKind, Name, Resolution, Type};
use crate::language::{Fragment, Parsed, Sources, Span, Spanned, one_line};
use container::Publications;

/// The parts of a set, and what of it has an order.
#[derive(Debug, Default)]
pub(in crate::diff) struct Parts {
    pub(in crate::diff) all: BTreeMap<Key, Part>,
    /// The rules of each manifest, in the order in which the first that fits counts.
    pub(in crate::diff) rules: BTreeMap<String, Vec<Key>>,
    /// The manifests with a condition, in the order in which they are asked.
    pub(in crate::diff) manifests: Vec<Key>,
}

/// The texts and trees of one side.
#[derive(Clone, Copy, Debug)]
pub(in crate::diff) struct Trees<'a> {
    pub(in crate::diff) sources: &'a Sources,
    pub(in crate::diff) own: &'a [Parsed],
    pub(in crate::diff) libraries: &'a [Parsed],
}

impl Parts {
    /// The parts of a set, whose manifests are asked in this order.
    pub(in crate::diff) fn new(trees: Trees<'_>, manifests: &[String]) -> Parts {
        let mut gathering = Gathering::new(trees.sources);
        let own = trees.own.iter().flat_map(|file| &file.items).map(|item| (item, true));
        let items: Vec<(&ast::Item, bool)> =
            trees.libraries.iter().flat_map(|file| &file.items).map(|item| (item, false)).chain(own).collect();
        // What is extended comes before what extends it, and what is named before what names it.
        items.iter().for_each(|(item, _)| gathering.vocabulary(&item.kind));
        items.iter().for_each(|(item, _)| gathering.further_vocabulary(&item.kind));
        items.iter().for_each(|(item, own)| gathering.declaration(item, *own));
        items.iter().for_each(|(item, _)| gathering.extension(&item.kind));
        gathering.finish(manifests)
    }
}

/// Parts as far as they are gathered.
struct Gathering<'a> {
    sources: &'a Sources,
    parts: Parts,
    /// The fields of each category: whether its own declaration has them.
    fields: BTreeMap<String, Vec<(Name, bool)>>,
    /// Settings by class and any of their names, without case.
    settings: BTreeMap<(String, String), Name>,
    /// Classes as they are declared, by name without case.
    classes: BTreeMap<String, String>,
    containers: BTreeMap<String, Publications>,
    /// What `without` takes away.
    without: BTreeSet<Key>,
}

impl<'a> Gathering<'a> {
    fn new(sources: &'a Sources) -> Gathering<'a> {
        Gathering {
            sources,
            parts: Parts::default(),
            fields: BTreeMap::new(),
            settings: BTreeMap::new(),
            classes: BTreeMap::new(),
            containers: BTreeMap::new(),
            without: BTreeSet::new(),
        }
    }

    /// Takes a declaration in.
    fn declare(&mut self, of: &Declared, head: Head, span: Span) {
        self.put(of, "", Said::Head(head), span);
    }

    /// Takes a part of a declaration in, called by its name.
    fn put(&mut self, of: &Declared, part: &str, said: Said, span: Span) {
        self.put_called(of, part, part, (said, span));
    }

    /// The same where it is called otherwise than it is compared.
    fn put_called(&mut self, of: &Declared, part: &str, called: &str, (said, span): (Said, Span)) {
        let key = of.key(part);
        let called = Item { thing: of.thing, name: of.called.clone(), part: called.to_owned() };
        // Of two with one name, which is an error, the first counts.
        self.parts.all.entry(key).or_insert(Part { said, called, span });
    }

    fn title(&mut self, of: &Declared, title: Option<&Name>) {
        if let Some(title) = title {
            self.put(of, "title", Said::Title(title.clone()), title.span);
        }
    }

    /// Categories, attributes and settings.
    fn vocabulary(&mut self, kind: &ItemKind) {
        match kind {
            ItemKind::Category(category) => {
                let of = Declared::new(Thing::Category, &category.name);
                self.declare(&of, Head::Name(category.name.clone()), category.name.span);
                category.fields.iter().for_each(|field| self.field(&of, field, true));
            }
            ItemKind::Attributes(attributes) => self.attributes(attributes),
            ItemKind::Settings(settings) => {
                self.classes.entry(settings.class.it.to_lowercase()).or_insert_with(|| settings.class.it.clone());
                let of = self.class(&settings.class);
                self.declare(&of, Head::Name(settings.class.clone()), settings.class.span);
                let first = settings.scopes.first().map_or(settings.class.span, |scope| scope.span);
                self.put(&of, "scopes", Said::Scopes(settings.scopes.clone()), first);
                settings.parameters.iter().for_each(|parameter| self.parameter(&of, parameter));
            }
            _ => {}
        }
    }

    /// What is added to them.
    fn further_vocabulary(&mut self, kind: &ItemKind) {
        match kind {
            ItemKind::Extend(Extend::Category(category)) => {
                let of = Declared::new(Thing::Category, &category.name);
                category.fields.iter().for_each(|field| self.field(&of, field, false));
            }
            ItemKind::Extend(Extend::Attributes(attributes)) => self.attributes(attributes),
            ItemKind::Extend(Extend::Settings(settings)) => {
                let of = self.class(&settings.class);
                settings.parameters.iter().for_each(|parameter| self.parameter(&of, parameter));
            }
            _ => {}
        }
    }

    fn field(&mut self, of: &Declared, field: &ast::Field, own: bool) {
        let known = if field.also.is_empty() { None } else { self.parts.all.get_mut(&of.key(&field.name.it)) };
        if let Some(Part { said: Said::Field(known), .. }) = known {
            return add_values(known.value_type.as_mut(), &field.also);
        }
        self.fields.entry(of.name.clone()).or_default().push((field.name.clone(), own));
        let plain = ast::Field { doc: None, ..field.clone() };
        self.put(of, &field.name.it, Said::Field(plain), field.name.span);
    }

    fn attributes(&mut self, attributes: &ast::Attributes) {
        let role = attributes.role;
        let of = Declared::new(Thing::Attributes, &Name::new(role.it.name().to_owned(), role.span));
        self.declare(&of, Head::Role(role), role.span);
        attributes.parameters.iter().for_each(|parameter| self.parameter(&of, parameter));
    }

    fn parameter(&mut self, of: &Declared, parameter: &ast::Parameter) {
        let name = &parameter.name;
        // A setting may be called like another part of its class.
        let setting = of.thing == Thing::Settings;
        let part = if setting { format!("setting {}", name.it.to_lowercase()) } else { name.it.clone() };
        let known = if parameter.also.is_empty() { None } else { self.parts.all.get_mut(&of.key(&part)) };
        if let Some(Part { said: Said::Parameter(known), .. }) = known {
            return add_values(known.value_type.as_mut(), &parameter.also);
        }
        for spelt in parameter.aka.iter().chain([name]) {
            self.settings.insert((of.name.clone(), spelt.it.to_lowercase()), name.clone());
        }
        let plain = ast::Parameter { doc: None, ..parameter.clone() };
        self.put_called(of, &part, &name.it, (Said::Parameter(plain), name.span));
    }

    /// A settings class, whose name compares without case.
    fn class(&self, class: &Name) -> Declared {
        let name = class.it.to_lowercase();
        let called = self.classes.get(&name).unwrap_or(&class.it).clone();
        Declared { thing: Thing::Settings, name, called }
    }

    /// Whatever else is declared. Only a set's own invariants and tests are its own.
    fn declaration(&mut self, item: &ast::Item, own: bool) {
        match &item.kind {
            ItemKind::Use(name) => {
                self.put(&Declared::new(Thing::Library, name), "", Said::Library(name.clone()), name.span);
            }
            ItemKind::Resolve(how) => self.statement(Thing::Resolution, Said::Resolution(how.it), how.span),
            ItemKind::Match(how) => self.statement(Thing::DomainMatch, Said::Match(how.it), how.span),
            ItemKind::Container(container) => self.container(container),
            ItemKind::Membership(membership) => self.membership(membership),
            ItemKind::Manifest(manifest) => self.manifest(manifest),
            ItemKind::Policy(policy) => self.policy(policy),
            ItemKind::Feature(feature) => self.feature(feature),
            ItemKind::Guard(guard) => self.guard(guard, item.span.0),
            ItemKind::Data(data) => self.data(data),
            ItemKind::Recipient(recipient) => self.recipient(recipient),
            ItemKind::Place(place) => {
                let of = Declared::new(Thing::Storage, &place.name);
                self.declare(&of, Head::Name(place.name.clone()), place.name.span);
                self.title(&of, place.title.as_ref());
            }
            ItemKind::Invariant(invariant) if own => self.invariant(invariant),
            ItemKind::Test(test) if own => {
                let of = Declared::new(Thing::Test, &test.label);
                self.put(&of, "", Said::Test(test.clone()), test.label.span);
            }
            _ => {}
        }
    }

    /// A statement, of which the set's own, which come last, beat those of libraries. What holds anyway is not said.
    fn statement(&mut self, thing: Thing, said: Said, span: Span) {
        let of = Declared { thing, name: String::new(), called: String::new() };
        self.parts.all.remove(&of.key(""));
        let anyway = [Said::Resolution(Resolution::PerCategory), Said::Match(DomainMatch::Exactly)];
        if !anyway.contains(&said) {
            self.put(&of, "", said, span);
        }
    }

    fn membership(&mut self, membership: &ast::Membership) {
        let of = Declared::new(Thing::Membership, &membership.label);
        self.declare(&of, Head::Name(membership.label.clone()), membership.label.span);
        let place = membership.when.span().unwrap_or(membership.label.span);
        self.put(&of, "when", Said::When(membership.when.clone()), place);
        for grant in &membership.grants {
            for entry in &grant.entries {
                let span = entry.kind.span;
                let written = one_line(self.sources.text(span.file), Fragment::Entry(entry));
                let part = format!("{} has {written}", grant.container.it);
                self.put(&of, &part, Said::Grant(grant.container.clone(), entry.clone()), span);
            }
        }
    }

    fn manifest(&mut self, manifest: &ast::Manifest) {
        let of = Declared::new(Thing::Manifest, &manifest.name);
        self.declare(&of, Head::Name(manifest.name.clone()), manifest.name.span);
        if let Some(place) = manifest.when.span() {
            self.put(&of, "when", Said::When(manifest.when.clone()), place);
        }
        for rule in &manifest.rules {
            let about = rule_name(&rule.it);
            // A rule about the same again is never asked, and a part all the same.
            let parts = (1..).map(|count| if count == 1 { about.clone() } else { format!("{about} ({count})") });
            let free = parts.map(|part| of.key(&part)).find(|key| !self.parts.all.contains_key(key));
            let Some(key) = free else { continue };
            self.put(&of, &key.part, Said::ManifestRule(rule.clone()), rule.span);
            self.parts.rules.entry(of.name.clone()).or_default().push(key);
        }
    }

    fn policy(&mut self, policy: &ast::PolicyObject) {
        let class = self.class(&policy.class);
        let of = Declared {
            thing: Thing::Policy,
            name: format!("{} {}", class.name, folded_scope(&policy.scope.it)),
            called: format!("{} {}", class.called, scope_text(&policy.scope.it)),
        };
        self.declare(&of, Head::Object(policy.class.clone(), policy.scope.clone()), policy.scope.span);
        if let Some(like) = &policy.like {
            self.put(&of, "like", Said::Like(like.clone()), like.span);
        }
        for assignment in &policy.assignments {
            let folded = assignment.name.it.to_lowercase();
            let known = self.settings.get(&(class.name.clone(), folded)).unwrap_or(&assignment.name);
            let name = known.it.clone();
            let mut plain = assignment.clone();
            plain.name.it.clone_from(&name);
            let said = Said::Assignment(plain);
            self.put_called(&of, &format!("= {}", name.to_lowercase()), &name, (said, assignment.name.span));
        }
    }

    fn invariant(&mut self, invariant: &ast::Invariant) {
        let of = Declared::new(Thing::Invariant, &invariant.label);
        self.declare(&of, Head::Name(invariant.label.clone()), invariant.label.span);
        if invariant.under_policies {
            self.put(&of, "under policies", Said::UnderPolicies, invariant.label.span);
        }
        for clause in &invariant.clauses {
            let part = one_line(self.sources.text(clause.span.file), Fragment::InvariantClause(clause));
            self.put(&of, &part, Said::Clause(clause.clone()), clause.span);
        }
    }

    /// What is added to containers, features and guards.
    fn extension(&mut self, kind: &ItemKind) {
        match kind {
            ItemKind::Extend(Extend::Container { name, items }) => self.container_items(name, items),
            ItemKind::Extend(Extend::Feature { name, items }) => {
                self.feature_items(&Declared::new(Thing::Feature, name), items);
            }
            ItemKind::Extend(Extend::Guard(guard)) => {
                self.feature_items(&Declared::guard(&guard.targets), &guard.items);
            }
            _ => {}
        }
    }

    fn finish(mut self, manifests: &[String]) -> Parts {
        for key in std::mem::take(&mut self.without) {
            self.parts.all.remove(&key);
        }
        self.publications();
        let conditional = |name: &String| {
            let of = Declared { thing: Thing::Manifest, name: name.clone(), called: String::new() };
            self.parts.all.contains_key(&of.key("when")).then(|| of.key(""))
        };
        self.parts.manifests = manifests.iter().filter_map(conditional).collect();
        self.parts
    }
}

/// Further values of an enumeration.
fn add_values(of: Option<&mut Spanned<Type>>, also: &[Name]) {
    if let Some(Type::Enumeration(values)) = of.map(|of| &mut of.it) {
        values.extend(also.iter().cloned());
    }
}

/// What a rule of a manifest is about.
fn rule_name(rule: &ast::ManifestRule) -> String {
    let subject = |subject: &ast::ManifestSubject| {
        let mut from: Vec<&str> = subject.from.iter().map(|network| network.it.as_str()).collect();
        from.sort_unstable();
        let word = subject.kind.it.name();
        if from.is_empty() { word.to_owned() } else { format!("{word} from {}", from.join(" or ")) }
    };
    let mut subjects: Vec<String> = rule.subjects.iter().map(subject).collect();
    subjects.sort();
    format!("rule for {}", subjects.join(", "))
}

/// A declaration by name.
struct Declared {
    thing: Thing,
    name: String,
    called: String,
}

impl Declared {
    fn new(thing: Thing, name: &Name) -> Declared {
        Declared { thing, name: name.it.clone(), called: name.it.clone() }
    }

    fn key(&self, part: &str) -> Key {
        Key { thing: self.thing, name: self.name.clone(), section: String::new(), part: part.to_owned() }
    }
}
