//! Invariants and tests: their names exist and their conditions are well-typed.

use std::sync::Arc;

use super::declare::{Items, declared};
use super::presence::field_alone;
use super::scene::Scene;
use super::{Input, Linking};
use crate::diagnostic::code;
use crate::directory::Domain;
use crate::language::ast::{
    self, Assignment, Destination, Expect, Expectation, Given, Leaves, Literal, Name, PolicyObject, Role, Shape,
    Target, TestItem, UseContext, Who,
};
use crate::language::{Diagnostic, Span, Spanned};
use crate::model::tested::repeated;
use crate::model::{Alike, Invariant, Organisation, Test, ValueType, strangers};

impl Linking {
    /// Checks every invariant and test of the set's own files.
    pub(super) fn proofs(&mut self, items: &Items<'_>, input: Input<'_>) {
        let mut labels = crate::model::Names::exact("invariant");
        for (index, item) in items.invariants.iter().enumerate() {
            let id: crate::model::RuleId = crate::model::Id::from_index(index);
            labels.declare(&item.it.label, id, &mut self.sink);
            let clauses = item.it.clauses.iter().filter_map(|clause| self.clause(clause)).collect();
            if item.it.clauses.is_empty() && !is_broken(input, item.span) {
                self.proves_nothing(&item.it.label, "this invariant claims nothing", "write a `never` or an `always`");
            }
            let declared = declared(&item.it.label, None, item.doc);
            self.model.invariants.push(Invariant { declared, tree: Arc::clone(item.it), clauses, span: item.span });
        }
        let alike = Alike::default();
        let organisation = if self.has_directory { Organisation::Directory } else { Organisation::Invented };
        let mut labels = crate::model::Names::exact("test");
        for (index, item) in items.tests.iter().enumerate() {
            let id: crate::model::RuleId = crate::model::Id::from_index(index);
            labels.declare(&item.it.label, id, &mut self.sink);
            // The sites, pools and people of another directory are known when the test runs.
            let elsewhere = |line: &Spanned<TestItem>| matches!(line.it, TestItem::Given(Given::Directory(_)));
            let elsewhere = item.it.items.iter().any(elsewhere);
            for line in &item.it.items {
                match &line.it {
                    TestItem::Given(given) => self.given(given, elsewhere),
                    TestItem::Expect(expect) => self.expect(expect),
                }
            }
            let expects = item.it.items.iter().any(|line| matches!(line.it, TestItem::Expect(_)));
            if !expects && !is_broken(input, item.span) {
                self.proves_nothing(&item.it.label, "this test expects nothing", "write an `expect`");
            }
            if !elsewhere {
                let strangers = strangers(&self.model, &alike, item.it, organisation);
                self.sink.extend(strangers.into_iter().map(|stranger| stranger.found));
            }
            self.sink.extend(repeated(&self.model, item.it));
            let declared = declared(&item.it.label, None, item.doc);
            self.model.tests.push(Test { declared, tree: Arc::clone(item.it), span: item.span });
        }
    }

    fn proves_nothing(&mut self, label: &Name, message: &str, help: &str) {
        let help = format!("{help}, or remove it");
        self.sink
            .push(Diagnostic::new(code::PROVES_NOTHING, message).at(label.span, "so it proves nothing").help(help));
    }

    fn given(&mut self, given: &Given, elsewhere: bool) {
        match given {
            Given::Directory(_) => {}
            Given::Person { person, assignments, .. } => {
                self.address(person);
                for assignment in assignments {
                    self.given_value(assignment);
                }
            }
            Given::Entry { entry, container, owner } => {
                self.given_entry(entry);
                self.container(container);
                self.address(owner);
            }
            Given::Relation { person, owner, .. } => {
                self.address(person);
                self.address(owner);
            }
            // A test may name sites that nothing else names.
            Given::Group { person, .. } | Given::Site { person, .. } => {
                self.address(person);
            }
            Given::Network { domain, network } => {
                self.domain_name(domain);
                self.network(network);
            }
            Given::Policy(policy) => self.given_policy(policy, elsewhere),
            Given::Meeting { organizer, participants, assignments, .. } => {
                self.address(organizer);
                for (person, role) in participants {
                    if person.it != "anonymous" {
                        self.address(person);
                    }
                    if let Some(role) = role {
                        self.role(role);
                    }
                }
                for assignment in assignments {
                    self.given_attribute(Role::Meeting, assignment);
                }
            }
        }
    }

    /// A test may name people and groups that the directory does not have.
    fn given_entry(&mut self, entry: &ast::Entry) {
        match (entry.kind.it, &entry.value) {
            (ast::EntryKind::User, Some(name)) => {
                self.address(name);
            }
            // Only the shape: a domain that a test names is no domain of the set.
            (ast::EntryKind::Domain, Some(name)) if Domain::parse(&name.it).is_some() => {}
            (ast::EntryKind::Group, _) => {}
            _ => {
                self.entry(entry);
            }
        }
    }

    /// An attribute of a user, or a field of presence.
    fn given_value(&mut self, assignment: &Assignment) {
        if !assignment.name.it.contains('.') {
            self.given_attribute(Role::User, assignment);
            return;
        }
        let Some(field) = self.dotted_field(&assignment.name) else { return };
        if let Some(kind) = self.model.fields[field].kind.clone() {
            self.value(&kind, &assignment.value);
        }
    }

    fn given_attribute(&mut self, role: Role, assignment: &Assignment) {
        let Some(names) = self.model.names.attributes.get(&role) else { return };
        let fields = self.model.fields_called(&assignment.name.it);
        if role == Role::User && !fields.is_empty() && names.find(&assignment.name.it).is_none() {
            self.sink.push(field_alone(&assignment.name, &fields, code::UNKNOWN_SETTING));
            return;
        }
        let found = names.expect(&assignment.name, code::UNKNOWN_SETTING, &mut self.sink);
        if let Some(parameter) = found {
            let kind = self.model.parameters[parameter].kind.clone();
            self.value(&kind, &assignment.value);
        }
    }

    fn given_policy(&mut self, policy: &PolicyObject, elsewhere: bool) {
        let class = self.model.names.classes.expect(&policy.class, code::UNKNOWN_CLASS, &mut self.sink);
        let Some(class) = class else { return };
        match policy.person() {
            // A person whom the test brings is none of the set.
            Some(person) => _ = self.address(person),
            None if elsewhere => {}
            None => _ = self.scope(class, &policy.scope),
        }
        for assignment in &policy.assignments {
            let Some(names) = self.model.names.settings.get(&class) else { continue };
            let found = names.expect(&assignment.name, code::UNKNOWN_SETTING, &mut self.sink);
            if let Some(setting) = found {
                let kind = self.model.parameters[setting].kind.clone();
                self.value(&kind, &assignment.value);
            }
        }
    }

    fn expect(&mut self, expect: &Expect) {
        match &expect.who {
            Who::Person(name) if name.it == "anonymous" => {}
            Who::Person(name) => {
                self.address(name);
            }
            Who::Exactly(names) => {
                for name in names.iter().filter(|name| name.it != "anonymous") {
                    self.address(name);
                }
            }
            Who::Nobody => {}
            Who::Any(network) => self.network(network),
        }
        match &expect.what {
            Expectation::Sees { extent, owner, target } => {
                self.address(owner);
                self.extent(extent, target);
            }
            Expectation::In { container, owner, .. } => {
                self.address(owner);
                self.container_or_flag(container);
            }
            Expectation::Uses { feature, context, .. } => _ = self.expect_use(feature, context),
            Expectation::Leaves(leaves) => self.expect_leaves(leaves),
        }
    }

    fn network(&mut self, name: &Name) {
        self.value(&ValueType::Network, &Spanned::new(Literal::Word(name.it.clone()), name.span));
    }

    fn expect_leaves(&mut self, leaves: &Leaves) {
        for name in &leaves.data {
            self.left(name);
        }
        match &leaves.to {
            Destination::Recipients(names) => {
                for name in names {
                    self.model.names.recipients.expect(name, code::UNKNOWN_RECIPIENT, &mut self.sink);
                }
            }
            Destination::Place(name) => {
                self.model.names.places.expect(name, code::UNKNOWN_PLACE, &mut self.sink);
            }
        }
        let shape = self.expect_use(&leaves.feature, &leaves.context);
        if let (Some(shape), Some(whose)) = (shape, &leaves.whose) {
            self.disclosing(whose, Scene::feature(shape));
        }
    }

    /// What is to leave, or not to. `nothing` is for features: a test says of what.
    fn left(&mut self, name: &Target) {
        if name.category.it == "nothing" && name.field.is_none() && self.model.item_named("nothing", None).is_none() {
            self.sink.push(
                Diagnostic::new(code::UNKNOWN_DATA, "a test says what does not leave")
                    .at(name.span(), "")
                    .help("name the data, and write `does not disclose` or `does not store`"),
            );
            return;
        }
        self.item(name);
    }

    /// The roles of the question about a feature.
    fn expect_use(&mut self, feature: &Name, context: &UseContext) -> Option<Shape> {
        let found = self.model.names.features.expect(feature, code::UNKNOWN_FEATURE, &mut self.sink);
        let shape = self.model.features[found?].shape;
        match context {
            UseContext::Alone => {}
            UseContext::In(_, Some(role)) => {
                self.role(role);
            }
            UseContext::In(_, None) => {}
            UseContext::With(person) | UseContext::Of(person) => {
                if person.it != "anonymous" {
                    self.address(person);
                }
            }
        }
        let fits = matches!(
            (shape, context),
            (Shape::User, UseContext::Alone)
                | (Shape::Participant, UseContext::In(..))
                | (Shape::Party, UseContext::With(_))
                | (Shape::Viewer, UseContext::Of(_))
        );
        if !fits {
            let words = match shape {
                Shape::User => "nothing",
                Shape::Viewer => "`of OWNER`",
                Shape::Participant => "`in MEETING`",
                Shape::Party => "`with PEER`",
            };
            self.sink.push(
                Diagnostic::new(code::WRONG_TYPE, format!("`{}` is for {}", feature.it, shape.name()))
                    .at(feature.span, "")
                    .help(format!("write {words} behind it")),
            );
        }
        Some(shape)
    }
}

/// True if something in it could not be read: what is missing may have been meant to stand there.
fn is_broken(input: Input<'_>, span: Span) -> bool {
    let file = input.own.iter().find(|file| file.file == span.file);
    let places = file.into_iter().flat_map(|file| &file.diagnostics).filter_map(Diagnostic::span);
    places.into_iter().any(|at| span.start <= at.start && at.start <= span.end)
}
