//! Both sides ready to be asked in the same worlds: linked beside each other, so that texts have the same numbers and
//! each knows everybody of the other, and each with all the people and domains that memberships of either name.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::reasons::differing_classes;
use crate::compile::Set;
use crate::diagnostic::Sink;
use crate::directory::{Address, Domain};
use crate::graph::{self, RuleGraph};
use crate::language::ast::DomainMatch;
use crate::model::{self, Condition, Entry, Membership, Model};

/// Two sets that call the same people and domains by the same numbers.
pub(super) struct Linked {
    pub(super) sets: [Set; 2],
    graphs: [Arc<RuleGraph>; 2],
    /// The classes, in lower case, of which objects differ that do not hold everywhere.
    pub(super) classes: BTreeSet<String>,
}

impl Linked {
    /// None if either has errors.
    pub(super) fn new([base, head]: [&Set; 2]) -> Option<Linked> {
        if base.graph.is_none() || head.graph.is_none() {
            return None;
        }
        let (mut after, _) = model::link_beside(head.input(), &base.model);
        let (mut before, _) = model::link_beside(base.input(), &after);
        let [of_base, of_head] = [&before, &after].map(named);
        name_too(&mut before, &of_head);
        name_too(&mut after, &of_base);
        let [before, after] = [before, after].map(Arc::new);
        let build = |model: &Arc<Model>| graph::build(Arc::clone(model), &mut Sink::new()).map(Arc::new);
        let graphs = [build(&before)?, build(&after)?];
        let set = |set: &Set, model: &Arc<Model>, graph: &Arc<RuleGraph>| Set {
            sources: set.sources.clone(),
            own: set.own.clone(),
            libraries: set.libraries.clone(),
            directory: set.directory.clone(),
            found_in_directory: Arc::clone(&set.found_in_directory),
            model: Arc::clone(model),
            graph: Some(Arc::clone(graph)),
        };
        let sets = [set(base, &before, &graphs[0]), set(head, &after, &graphs[1])];
        let classes = differing_classes([&before, &after]);
        Some(Linked { sets, graphs, classes })
    }

    pub(super) fn graph(&self, side: usize) -> &RuleGraph {
        &self.graphs[side]
    }

    pub(super) fn model(&self, side: usize) -> &Model {
        self.graphs[side].model()
    }

    pub(super) fn models(&self) -> [&Model; 2] {
        [0, 1].map(|side| self.model(side))
    }

    /// Why nothing about viewers can be compared, if nothing can: entries for domains mean something else.
    pub(super) fn matches_otherwise(&self) -> Option<String> {
        let word = |how: DomainMatch| match how {
            DomainMatch::Exactly => "exactly",
            DomainMatch::BySuffix => "by suffix",
        };
        let [before, after] = self.models().map(|model| model.matching);
        let why = || format!("domains match {} in BASE and {} in HEAD", word(before), word(after));
        (before != after).then(why)
    }
}

/// The people and domains that memberships name.
#[derive(Default)]
struct Named {
    people: BTreeSet<Address>,
    domains: BTreeSet<Domain>,
}

fn named(model: &Model) -> Named {
    let mut named = Named::default();
    for (_, entry, _) in model.memberships.values().flat_map(|membership| &membership.grants) {
        match entry {
            Entry::Person(person) => _ = named.people.insert(model.people[*person].address.clone()),
            Entry::Domain(domain) => _ = named.domains.insert(model.domains[*domain].name.clone()),
            _ => {}
        }
    }
    named
}

/// Lets a membership that never grants anything name those too. A set whose containers have no entries tells nobody
/// apart by entries.
fn name_too(model: &mut Model, wanted: &Named) {
    let own = named(model);
    let container = model.containers.iter().find(|(_, container)| container.number != 0).map(|(id, _)| id);
    let people = wanted.people.difference(&own.people).filter_map(|it| model.person(it.as_str()));
    let domains = wanted.domains.difference(&own.domains).filter_map(|it| model.names.domains.get(it).copied());
    let new: Vec<Entry> = people.map(Entry::Person).chain(domains.map(Entry::Domain)).collect();
    let Some((container, declared)) = container.zip(name(model)).filter(|_| !new.is_empty()) else { return };
    let never = model.conditions.intern(Condition::Constant(false));
    let span = declared.span;
    let grants = new.into_iter().map(|entry| (container, entry, span)).collect();
    model.memberships.push(Membership { declared, when: never, grants });
}

/// A name that nothing asks for.
fn name(model: &Model) -> Option<model::Declared> {
    model.containers.values().map(|container| container.declared.clone()).next()
}
