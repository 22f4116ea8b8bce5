//! Facts that a test gives twice, or that another of its facts undoes.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::diagnostic::code;
use crate::directory::{Address, Domain};
use crate::language::ast::{self, Assignment, EntryKind, Given, Literal, Name, Relation, Role, Test, TestItem};
use crate::language::{Diagnostic, Span};
use crate::model::Model;

/// What a fact is about. Two facts about the same do not stand beside each other.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum About {
    Person(String),
    Value(String, String),
    Entry(EntryKind, String, String, String),
    Relation(String, Relation, String),
    Group(String, String),
    Site(String),
    Policy(String, String),
    Meeting(String),
    MeetingValue(String, String),
    Participant(String, String),
    Network(String),
}

/// What a fact says; two that say the same repeat each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Says<'t> {
    It,
    Not,
    Value(&'t Literal),
    Role(Option<&'t str>),
    /// A site, or a network.
    Named(&'t str),
}

/// Facts that contradict each other, which is an error, and those that only say the same again.
pub(in crate::model) fn repeated(model: &Model, test: &Test) -> Vec<Diagnostic> {
    let mut facts = Facts { model, said: FxHashMap::default(), found: Vec::new() };
    for line in &test.items {
        if let TestItem::Given(given) = &line.it {
            facts.given(given, line.span);
        }
    }
    facts.found
}

struct Facts<'t> {
    model: &'t Model,
    said: FxHashMap<About, (Says<'t>, Span)>,
    found: Vec<Diagnostic>,
}

impl<'t> Facts<'t> {
    fn given(&mut self, given: &'t Given, span: Span) {
        match given {
            // Two directories, or two objects at one scope: running the test says so.
            Given::Directory(_) => {}
            Given::Policy(policy) => {
                let class = self.model.names.classes.find(&policy.class.it);
                if let Some((class, person)) = class.zip(policy.person()) {
                    let class = self.model.classes[class].declared.name.clone();
                    self.fact(About::Policy(class, canonical(person)), Says::It, policy.scope.span);
                }
            }
            Given::Person { new, person, assignments } => {
                let address = canonical(person);
                if *new {
                    self.fact(About::Person(address.clone()), Says::It, span);
                }
                self.values(Role::User, assignments, |name| About::Value(address.clone(), name));
            }
            Given::Entry { entry, container, owner } => {
                let about = About::Entry(entry.kind.it, entered(entry), container.it.clone(), canonical(owner));
                self.fact(about, Says::It, span);
            }
            Given::Relation { person, negated, relation, owner } => {
                let about = About::Relation(canonical(person), relation.it, canonical(owner));
                self.fact(about, if *negated { Says::Not } else { Says::It }, span);
            }
            Given::Group { person, group } => {
                self.fact(About::Group(canonical(person), group.it.clone()), Says::It, span);
            }
            Given::Site { person, site } => {
                self.fact(About::Site(canonical(person)), Says::Named(self.site(&site.it)), span);
            }
            Given::Network { domain, network } => {
                let domain = Domain::parse(&domain.it).map_or_else(|| domain.it.clone(), |domain| domain.to_string());
                self.fact(About::Network(domain), Says::Named(&network.it), span);
            }
            Given::Meeting { meeting, participants, assignments, .. } => {
                let name = &meeting.it;
                self.fact(About::Meeting(name.clone()), Says::It, meeting.span);
                for (person, role) in participants {
                    let about = About::Participant(name.clone(), canonical(person));
                    self.fact(about, Says::Role(role.as_ref().map(|role| role.it.as_str())), person.span);
                }
                self.values(Role::Meeting, assignments, |attribute| About::MeetingValue(name.clone(), attribute));
            }
        }
    }

    /// A site as it is declared, for names of sites are the same in any case.
    fn site(&self, name: &'t str) -> &'t str {
        let site = self.model.names.sites.find(name);
        site.map_or(name, |site| &self.model.sites[site].name)
    }

    fn values(&mut self, of: Role, assignments: &'t [Assignment], about: impl Fn(String) -> About) {
        let names = self.model.names.attributes.get(&of);
        for assignment in assignments {
            // An attribute may go by several names.
            let attribute = names.and_then(|names| names.find(&assignment.name.it));
            let name = attribute.map(|attribute| self.model.parameters[attribute].declared.name.clone());
            let about = about(name.unwrap_or_else(|| assignment.name.it.clone()));
            self.fact(about, Says::Value(&assignment.value.it), assignment.name.span);
        }
    }

    fn fact(&mut self, about: About, says: Says<'t>, at: Span) {
        let whole = match &about {
            About::Meeting(_) => Some("a test gives a meeting once"),
            About::Policy(..) => Some("a test gives a person one object of a class"),
            _ => None,
        };
        let (before, first) = match self.said.entry(about) {
            Entry::Vacant(new) => {
                new.insert((says, at));
                return;
            }
            Entry::Occupied(known) => *known.get(),
        };
        let (code, message, here) = match (before == says, whole) {
            (_, Some(message)) => (code::CONFLICTING_STATEMENT, message, "this one replaces the first"),
            (true, None) => (code::REPEATED_FACT, "a test gives the same fact twice", "again here"),
            (false, None) => (code::CONFLICTING_STATEMENT, "two facts contradict each other", "and that here"),
        };
        let there = if before == says { "first here" } else { "says this here" };
        self.found.push(Diagnostic::new(code, message).at(at, here).at(first, there).help("keep one of them"));
    }
}

fn canonical(name: &Name) -> String {
    Address::parse(&name.it).map_or_else(|| name.it.clone(), |address| address.to_string())
}

fn entered(entry: &ast::Entry) -> String {
    entry.value.as_ref().map(canonical).unwrap_or_default()
}
