//! From trees and directory to [`Model`]: every name found, every value typed. Total: what cannot be resolved becomes a
//! diagnostic and is left out.

mod clause;
mod condition;
mod declare;
mod disclosure;
mod extend;
mod feature;
mod grant;
mod guard;
mod manifest;
mod meeting;
mod organization;
mod presence;
mod proof;
mod reading;
mod scene;
mod setting;
mod user;
mod value;

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    AddressBook, ClassId, Conditions, ContainerId, Entry, Id, Lookup, Model, Names, ObjectId, Organization,
    ParameterId, PersonId, Scope, Table,
};
use crate::diagnostic::{Sink, code};
use crate::directory::{Address, Directory};
use crate::language::ast::{self, DomainMatch, ItemKind, PolicyObject, Resolution};
use crate::language::{Diagnostic, Parsed, Span, Spanned};
use crate::text::Guesses;
use declare::Items;

/// What a set is made of.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The set's own policy files.
    pub own: &'a [Parsed],
    /// The files of the libraries it uses; their tests and invariants are not taken over.
    pub libraries: &'a [Parsed],
    /// The organisation. None: the policies are looked at by themselves, and the sites, pools and groups they name
    /// are taken as existing.
    pub directory: Option<&'a Directory>,
}

/// What a test gives beside a directory.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scenario<'a> {
    /// Policy objects; each replaces the one at its scope, or is a further one.
    pub policies: &'a [&'a PolicyObject],
    /// People who are known though nothing else names them.
    pub people: &'a [Address],
    /// Sites, pools and groups that policies name are taken as existing where the directory does not have them.
    pub partial_directory: bool,
    /// The invariant of the set that is asked of what the test gives.
    pub invariant: Option<&'a Arc<ast::Invariant>>,
}

/// Resolves every name of a set.
pub fn link(input: Input<'_>) -> (Model, Vec<Diagnostic>) {
    let items = Items::collect(input);
    run(Linking::new(input.directory.is_some()), &items, input, Named::default())
}

/// Resolves every name of a set with the directory of another one. What lists of users say in both is held once.
pub fn link_sharing(input: Input<'_>, other: &Model) -> (Model, Vec<Diagnostic>) {
    let items = Items::collect(input);
    run(Linking::new(input.directory.is_some()), &items, input, Named { lists: Some(other), ..Named::default() })
}

/// Resolves the names of a set once more, as a test wants it. Tests are left out, and invariants but for the one that
/// is asked: they were checked with the set itself.
pub fn link_scenario(input: Input<'_>, scenario: Scenario<'_>) -> (Model, Vec<Diagnostic>) {
    let items = Items::collect(input).in_scenario(scenario);
    let named = Named { people: scenario.people, ..Named::default() };
    run(Linking::new(input.directory.is_some() && !scenario.partial_directory), &items, input, named)
}

/// Resolves the names of a set that is another one with something changed in it. People, domains, groups, sites and
/// texts that the other one names have the same numbers in both, even if nothing names them any more, so that decisions
/// of both can be compared.
pub fn link_beside(input: Input<'_>, other: &Model) -> (Model, Vec<Diagnostic>) {
    let items = Items::collect(input);
    run(Linking::new(input.directory.is_some()), &items, input, Named { other: Some(other), ..Named::default() })
}

/// Who and what have names before anything of a set says one.
#[derive(Clone, Copy, Default)]
struct Named<'a> {
    people: &'a [Address],
    other: Option<&'a Model>,
    /// A model whose lists of users are shared where they say the same.
    lists: Option<&'a Model>,
}

fn run(mut linking: Linking, items: &Items<'_>, input: Input<'_>, named: Named<'_>) -> (Model, Vec<Diagnostic>) {
    if let Some(other) = named.other {
        linking.model.texts.clone_from(&other.texts);
    }
    linking.statements(input);

    // Names first, so that bodies may refer to each other in any order.
    linking.declare_presence(items);
    linking.declare_settings(items);
    linking.declare_features(items);
    let nothing = Directory::default();
    let directory = input.directory.unwrap_or(&nothing);
    linking.organization(directory);
    if let Some(other) = named.other {
        linking.names_of(other);
    }
    let met = linking.declare_people(directory);
    for address in named.people {
        linking.person(address);
    }

    linking.policy_objects(items);
    linking.containers(items);
    linking.memberships(items);
    linking.manifests(items);
    linking.features(items);
    linking.guards(items);
    linking.users(directory, met, named.lists);
    linking.meetings(directory);
    linking.proofs(items, input);
    linking.finish()
}

/// The model as far as it is linked, and what the passes share.
struct Linking {
    model: Model,
    sink: Sink,
    /// False if sites, pools and groups are taken as existing.
    has_directory: bool,
    objects: Objects,
    /// Settings by name without case, in whatever class: conditions mostly leave the class out.
    settings: FxHashMap<String, Vec<(ClassId, ParameterId)>>,
    /// Pools without case, each with its site.
    pools: IndexMap<String, super::SiteId>,
    /// The objects that a test gives to people.
    given_to: FxHashMap<PersonId, Vec<(ClassId, ObjectId)>>,
    /// The objects of users, each combination once.
    shared_objects: FxHashSet<Arc<[Option<ObjectId>]>>,
    /// What unknown addresses may have been meant to be.
    guesses: Guesses,
    /// The entries of one user while they are linked; empty again for the next, but not given back.
    seen: FxHashMap<(ContainerId, Entry), Span>,
}

/// The policy object of a class at a scope. Most classes have none at all, and every user asks about every class.
#[derive(Clone, Default)]
struct Objects(FxHashMap<ClassId, FxHashMap<Scope, ObjectId>>);

impl Objects {
    fn at(&self, class: ClassId, scope: &Scope) -> Option<ObjectId> {
        self.0.get(&class)?.get(scope).copied()
    }

    fn has(&self, class: ClassId) -> bool {
        self.0.contains_key(&class)
    }

    fn insert(&mut self, class: ClassId, scope: Scope, object: ObjectId) {
        self.0.entry(class).or_default().insert(scope, object);
    }
}

impl Linking {
    fn new(has_directory: bool) -> Linking {
        let model = Model {
            resolution: Resolution::PerCategory,
            matching: DomainMatch::Exactly,
            organization: Organization::default(),
            categories: Table::default(),
            fields: Table::default(),
            containers: Table::default(),
            manifests: Table::default(),
            manifest_order: Vec::new(),
            manifest_rules: Table::default(),
            memberships: Table::default(),
            classes: Table::default(),
            parameters: Table::default(),
            attributes: IndexMap::new(),
            objects: Table::default(),
            conditions: Conditions::default(),
            rules: Table::default(),
            guards: Table::default(),
            features: Table::default(),
            data: Table::default(),
            recipients: Table::default(),
            places: Table::default(),
            invariants: Vec::new(),
            tests: Vec::new(),
            people: Table::default(),
            users: Table::default(),
            domains: Table::default(),
            sites: Table::default(),
            groups: Table::default(),
            meetings: Table::default(),
            texts: IndexSet::new(),
            names: Lookup {
                categories: Names::exact("category"),
                fields: IndexMap::new(),
                containers: Names::exact("container"),
                manifests: Names::exact("manifest"),
                classes: Names::folded("settings class"),
                settings: IndexMap::new(),
                attributes: IndexMap::new(),
                features: Names::exact("feature"),
                data: Names::exact("data"),
                recipients: Names::exact("recipient"),
                places: Names::exact("place"),
                groups: Names::exact("group"),
                sites: Names::folded("site"),
                meetings: Names::exact("meeting"),
                people: AddressBook::default(),
                domains: IndexMap::default(),
            },
        };
        let (objects, pools) = (Objects::default(), IndexMap::new());
        let (sink, given_to, shared_objects) = (Sink::new(), FxHashMap::default(), FxHashSet::default());
        let (guesses, seen, settings) = (Guesses::default(), FxHashMap::default(), FxHashMap::default());
        Linking { model, sink, has_directory, objects, settings, pools, given_to, shared_objects, guesses, seen }
    }

    /// `resolve` and `match`: the set's own statements beat those of the libraries.
    fn statements(&mut self, input: Input<'_>) {
        let resolution = |kind: &ItemKind| match kind {
            ItemKind::Resolve(resolution) => Some(*resolution),
            _ => None,
        };
        let matching = |kind: &ItemKind| match kind {
            ItemKind::Match(matching) => Some(*matching),
            _ => None,
        };
        for files in [input.libraries, input.own] {
            if let Some(resolution) = self.only_statement(files, resolution, "resolve") {
                self.model.resolution = resolution;
            }
            if let Some(matching) = self.only_statement(files, matching, "match domains") {
                self.model.matching = matching;
            }
        }
    }

    fn only_statement<T: Copy + PartialEq>(
        &mut self,
        files: &[Parsed],
        pick: impl Fn(&ItemKind) -> Option<Spanned<T>>,
        word: &str,
    ) -> Option<T> {
        let mut first: Option<Spanned<T>> = None;
        for statement in files.iter().flat_map(|file| &file.items).filter_map(|item| pick(&item.kind)) {
            match first {
                None => first = Some(statement),
                Some(said) if said.it == statement.it => {}
                Some(said) => self.sink.push(
                    Diagnostic::new(
                        code::CONFLICTING_STATEMENT,
                        format!("two `{word}` statements say opposite things"),
                    )
                    .at(statement.span, "says this here")
                    .at(said.span, "and that here")
                    .help("keep one of them"),
                ),
            }
        }
        first.map(|statement| statement.it)
    }

    fn finish(mut self) -> (Model, Vec<Diagnostic>) {
        let above = self.model.domains.map(|domain| {
            let mut next = domain.name.parent();
            loop {
                let parent = next?;
                if let Some(named) = self.model.names.domains.get(&parent) {
                    return Some(*named);
                }
                next = parent.parent();
            }
        });
        for (domain, above) in above.iter() {
            self.model.domains[domain].above = *above;
        }
        (self.model, self.sink.into_vec())
    }

    /// The id the next element of a table gets.
    fn next<I: Id, T>(table: &Table<I, T>) -> I {
        I::from_index(table.len())
    }
}
