//! Trees under new names: wherever a policy names something that is renamed. What is said of a tree in words is taken
//! from its text, so each new name is an edit of that too.

use std::sync::Arc;

use super::NewNames;
use crate::language::ast::{
    Category, Circumstance, Claim, Condition, ContainerItem, Disclosed, Entry, EntryKind, Expect, Expectation, Extend,
    FeatureItem, Given, Invariant, ItemKind, Leaves, ManifestPlace, ManifestRule, Membership, Name, Operand, Path,
    PolicyObject, RecipientIs, Retention, ScopeName, Target, Test, TestItem, UseContext, Who,
};
use crate::language::{Edit, Parsed, Span};
use crate::text::written;

impl NewNames<'_> {
    /// Gives a tree the new names, and says what it takes to give its text the same ones, in order.
    pub(in crate::diff) fn tree(&self, parsed: &mut Parsed) -> Vec<Edit> {
        let mut renaming = Renaming { names: self, edits: Vec::new() };
        parsed.items.iter_mut().for_each(|item| renaming.item(&mut item.kind));
        let mut edits = renaming.edits;
        edits.sort_by_key(|edit| edit.span.start);
        edits
    }
}

/// A tree that gets new names.
struct Renaming<'a> {
    names: &'a NewNames<'a>,
    edits: Vec<Edit>,
}

impl Renaming<'_> {
    fn put(&mut self, name: &mut String, span: Span, (new, written): (Option<String>, fn(&str) -> String)) {
        if let Some(new) = new {
            self.edits.push(Edit { span, text: written(&new) });
            *name = new;
        }
    }

    fn field(&mut self, category: &Name, field: &mut Name) {
        let new = self.names.field(&category.it, &field.it);
        self.put(&mut field.it, field.span, (new, written::name));
    }

    fn target(&mut self, target: &mut Target) {
        if let Some(field) = &mut target.field {
            self.field(&target.category, field);
        }
    }

    fn path(&mut self, path: &mut Path) {
        if let [_, of, what] = path.names.as_mut_slice()
            && !self.names.is_class(&of.it)
        {
            self.field(of, what);
        }
    }

    fn feature(&mut self, name: &mut Name) {
        let new = self.names.feature(&name.it);
        self.put(&mut name.it, name.span, (new, written::name));
    }

    fn container(&mut self, name: &mut Name) {
        let new = self.names.container(&name.it);
        self.put(&mut name.it, name.span, (new, written::name));
    }

    fn group(&mut self, name: &mut Name) {
        let new = self.names.group(&name.it);
        self.put(&mut name.it, name.span, (new, written::name));
    }

    fn person(&mut self, name: &mut Name) {
        let new = self.names.person(&name.it);
        self.put(&mut name.it, name.span, (new, written::address));
    }

    fn item(&mut self, item: &mut ItemKind) {
        match item {
            ItemKind::Category(category) | ItemKind::Extend(Extend::Category(category)) => self.category(category),
            ItemKind::Container(container) => {
                self.container(&mut container.name);
                self.container_items(&mut container.items);
            }
            ItemKind::Extend(Extend::Container { name, items }) => {
                self.container(name);
                self.container_items(items);
            }
            ItemKind::Membership(membership) => self.membership(membership),
            ItemKind::Manifest(manifest) => {
                self.circumstance(&mut manifest.when);
                manifest.rules.iter_mut().for_each(|rule| self.manifest_rule(&mut rule.it));
            }
            ItemKind::Policy(policy) => self.policy(policy),
            ItemKind::Feature(feature) => {
                self.feature(&mut feature.name);
                self.feature_items(&mut feature.items);
            }
            ItemKind::Extend(Extend::Feature { name, items }) => {
                self.feature(name);
                self.feature_items(items);
            }
            ItemKind::Guard(guard) | ItemKind::Extend(Extend::Guard(guard)) => {
                guard.targets.iter_mut().for_each(|target| self.target(target));
                self.feature_items(&mut guard.items);
            }
            ItemKind::Recipient(recipient) => {
                if let Some(RecipientIs::Group(group)) = recipient.is.as_mut().map(|is| &mut is.it) {
                    self.group(group);
                }
            }
            ItemKind::Invariant(invariant) => self.invariant(Arc::make_mut(invariant)),
            ItemKind::Test(test) => self.test(Arc::make_mut(test)),
            ItemKind::Use(_)
            | ItemKind::Resolve(_)
            | ItemKind::Match(_)
            | ItemKind::Attributes(_)
            | ItemKind::Settings(_)
            | ItemKind::Data(_)
            | ItemKind::Place(_)
            | ItemKind::Extend(Extend::Attributes(_) | Extend::Settings(_)) => {}
        }
    }

    fn category(&mut self, category: &mut Category) {
        category.fields.iter_mut().for_each(|field| self.field(&category.name, &mut field.name));
    }

    fn container_items(&mut self, items: &mut [ContainerItem]) {
        for item in items {
            match item {
                ContainerItem::Publishes(all) | ContainerItem::Withholds(all) => {
                    for named in all {
                        let category = &named.it.category;
                        named.it.fields.iter_mut().flatten().for_each(|field| self.field(category, field));
                    }
                }
                ContainerItem::Masks(_) => {}
                ContainerItem::Shows(shows) => {
                    self.target(&mut shows.it.target);
                    self.circumstance(&mut shows.it.when);
                }
            }
        }
    }

    fn membership(&mut self, membership: &mut Membership) {
        self.circumstance(&mut membership.when);
        for grant in &mut membership.grants {
            self.container(&mut grant.container);
            grant.entries.iter_mut().for_each(|entry| self.entry(entry));
        }
    }

    fn entry(&mut self, entry: &mut Entry) {
        match (entry.kind.it, &mut entry.value) {
            (EntryKind::User, Some(name)) => self.person(name),
            (EntryKind::Group, Some(name)) => self.group(name),
            _ => {}
        }
    }

    fn manifest_rule(&mut self, rule: &mut ManifestRule) {
        for place in &mut rule.places {
            if let ManifestPlace::Container(name) = &mut place.it {
                let new = self.names.container(name);
                self.put(name, place.span, (new, written::name));
            }
        }
        rule.default.iter_mut().for_each(|name| self.container(name));
    }

    fn policy(&mut self, policy: &mut PolicyObject) {
        for scope in std::iter::once(&mut policy.scope).chain(&mut policy.like) {
            if let ScopeName::Person(name) = &mut scope.it {
                self.person(name);
            }
        }
    }

    fn feature_items(&mut self, items: &mut [FeatureItem]) {
        for item in items {
            match item {
                FeatureItem::Requires(names) => names.iter_mut().for_each(|name| self.feature(name)),
                FeatureItem::Rule(rule) => self.circumstance(&mut rule.it.when),
                FeatureItem::Discloses(line) => {
                    if let Disclosed::Data(data) = &mut line.it.data {
                        data.iter_mut().for_each(|data| self.target(data));
                    }
                    self.circumstance(&mut line.it.when);
                }
                FeatureItem::Stores(line) => {
                    line.it.data.iter_mut().for_each(|data| self.target(data));
                    if let Some(Retention::For(path)) = line.it.retention.as_mut().map(|retention| &mut retention.it) {
                        self.path(path);
                    }
                    self.circumstance(&mut line.it.when);
                }
                FeatureItem::ControlledBy(_)
                | FeatureItem::Platform(_)
                | FeatureItem::Otherwise(_)
                | FeatureItem::Without(_) => {}
            }
        }
    }

    fn circumstance(&mut self, when: &mut Circumstance) {
        let both = when.when.iter_mut().chain(&mut when.unless);
        both.for_each(|condition| self.condition(&mut condition.it));
    }

    fn condition(&mut self, condition: &mut Condition) {
        match condition {
            Condition::Not(inner) => self.condition(&mut inner.it),
            Condition::And(all) | Condition::Or(all) => all.iter_mut().for_each(|it| self.condition(&mut it.it)),
            Condition::Reading(path) | Condition::OneOf { reading: path, .. } => self.path(path),
            Condition::Compare { left, right, .. } => {
                for side in [left, right] {
                    if let Operand::Reading(path) = side {
                        self.path(path);
                    }
                }
            }
            Condition::InContainer { container, .. } => self.container(container),
            Condition::InGroup { group, .. } => self.group(group),
            Condition::Constant(_) | Condition::Is { .. } => {}
        }
    }

    fn invariant(&mut self, invariant: &mut Invariant) {
        for clause in &mut invariant.clauses {
            match &mut clause.it.claim {
                Claim::Sees { target, .. } | Claim::Disclosed { data: target, .. } => self.target(target),
                Claim::Available { feature, .. } => self.feature(feature),
                Claim::In { container, .. } => self.container(container),
            }
            self.circumstance(&mut clause.it.when);
        }
    }

    fn test(&mut self, test: &mut Test) {
        for item in &mut test.items {
            match &mut item.it {
                TestItem::Given(given) => self.given(given),
                TestItem::Expect(expect) => self.expect(expect),
            }
        }
    }

    fn given(&mut self, given: &mut Given) {
        match given {
            Given::Person { person, assignments, .. } => {
                self.person(person);
                for name in assignments.iter_mut().map(|assignment| &mut assignment.name) {
                    let new = self.names.dotted(&name.it);
                    self.put(&mut name.it, name.span, (new, str::to_owned));
                }
            }
            Given::Entry { entry, container, owner } => {
                self.entry(entry);
                self.container(container);
                self.person(owner);
            }
            Given::Relation { person, owner, .. } => [person, owner].into_iter().for_each(|name| self.person(name)),
            Given::Group { person, group } => {
                self.person(person);
                self.group(group);
            }
            Given::Site { person, .. } => self.person(person),
            Given::Policy(policy) => self.policy(policy),
            Given::Meeting { organizer, participants, .. } => {
                self.person(organizer);
                participants.iter_mut().for_each(|(person, _)| self.person(person));
            }
            Given::Directory(_) | Given::Network { .. } => {}
        }
    }

    fn expect(&mut self, expect: &mut Expect) {
        match &mut expect.who {
            Who::Person(name) => self.person(name),
            Who::Exactly(names) => names.iter_mut().for_each(|name| self.person(name)),
            Who::Nobody | Who::Any(_) => {}
        }
        match &mut expect.what {
            Expectation::Sees { owner, target, .. } => {
                self.person(owner);
                self.target(target);
            }
            Expectation::In { container, owner, .. } => {
                self.container(container);
                self.person(owner);
            }
            Expectation::Uses { feature, context, .. } => self.used(feature, context),
            Expectation::Leaves(Leaves { data, feature, context, .. }) => {
                data.iter_mut().for_each(|data| self.target(data));
                self.used(feature, context);
            }
        }
    }

    fn used(&mut self, feature: &mut Name, context: &mut UseContext) {
        self.feature(feature);
        match context {
            UseContext::With(name) | UseContext::Of(name) => self.person(name),
            UseContext::Alone | UseContext::In(..) => {}
        }
    }
}
