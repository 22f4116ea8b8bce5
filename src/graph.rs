//! The rule graph: what decides, reads, requires, publishes and overrides what. It exists only for a set without
//! errors, and it is what is evaluated: the flat tables of the hot path are computed from it once.

mod build;
mod circle;
mod focus;
mod members;
mod node;
mod tables;

pub use node::{Edge, Node};
pub use tables::{FieldRules, Publication, Tables};

use std::sync::Arc;

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeRef, IntoNodeReferences};
use rustc_hash::FxHashMap;

use crate::diagnostic::Sink;
use crate::language::Span;
use crate::model::{Entry, GroupId, ManifestId, Model, ObjectId, PersonId};
use crate::viewers::{Crowds, Matcher};
use members::Members;

/// A set whose names are resolved and whose circles are ruled out.
#[derive(Clone, Debug)]
pub struct RuleGraph {
    model: Arc<Model>,
    /// Without what policy objects come before; [`RuleGraph::whole`] has that too.
    nodes: DiGraph<Node, Edge>,
    /// The manifests in the order they are asked; the one without a condition is last.
    manifest_order: Vec<ManifestId>,
    members: Members,
    tables: Tables,
    crowds: Crowds,
}

/// Builds the graph of a model. There is none if what was found before has errors, or if the model has circles; those
/// are found either way.
pub fn build(model: Arc<Model>, sink: &mut Sink) -> Option<RuleGraph> {
    let (nodes, index) = build::nodes(&model);
    circle::requires(&model, &nodes, sink);
    let manifest_order = circle::manifest_order(&model, &nodes, &index, sink);
    circle::groups(&model, &nodes, sink);
    if sink.has_errors() {
        return None;
    }
    let tables = Tables::new(&model, &nodes);
    let (crowds, members) = (Crowds::new(&model), Members::new(&model));
    Some(RuleGraph { model, nodes, manifest_order, members, tables, crowds })
}

impl RuleGraph {
    /// The model the graph was built of.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What the hot path reads.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Everybody by domain and network.
    pub fn crowds(&self) -> &Crowds {
        &self.crowds
    }

    /// The manifests in the order they are asked.
    pub fn manifest_order(&self) -> &[ManifestId] {
        &self.manifest_order
    }

    /// All people of a group, those of its groups included, with the place that names each. Sorted by person. The first
    /// question about a group takes as long as it has people.
    pub fn members(&self, group: GroupId) -> &[(PersonId, Span)] {
        self.members.all(&self.model, group)
    }

    /// Whom an entry matches.
    pub fn matchers(&self, entry: Entry) -> impl Iterator<Item = Matcher> {
        self.matched(entry).map(|(matcher, _)| matcher)
    }

    /// Whom an entry matches; of a group each with the place that names them.
    pub fn matched(&self, entry: Entry) -> impl Iterator<Item = (Matcher, Option<Span>)> {
        let members = if let Entry::Group(group) = entry { self.members(group) } else { &[] };
        let members = members.iter().map(|(person, span)| (Matcher::Person(*person), Some(*span)));
        Matcher::from_entry(entry).map(|matcher| (matcher, None)).into_iter().chain(members)
    }

    /// Where somebody is named as a member of a group; None if they are not in it.
    pub fn member_at(&self, group: GroupId, person: PersonId) -> Option<Span> {
        let members = self.members(group);
        let at = members.binary_search_by_key(&person, |(member, _)| *member).ok()?;
        members.get(at).map(|(_, span)| *span)
    }

    /// How somebody is in a group: the groups from this one to the one that names them, each with its line that names
    /// the next, and at the end the person. Empty if they are not in it.
    pub fn path_to_member(&self, group: GroupId, person: PersonId) -> Vec<(GroupId, Span)> {
        let named = self.member_at(group, person);
        named.map_or_else(Vec::new, |named| members::path(&self.model, group, person, named))
    }

    /// Every node, in order of declaration.
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        self.nodes.node_references().map(|(_, node)| *node)
    }

    /// Every edge, from what acts to what it acts on, sorted.
    pub fn edges(&self) -> Vec<(Node, Edge, Node)> {
        let nodes = self.whole();
        let ends = |index: NodeIndex| nodes.node_weight(index).copied();
        let mut edges: Vec<_> = nodes
            .edge_references()
            .filter_map(|edge| Some((ends(edge.source())?, *edge.weight(), ends(edge.target())?)))
            .collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    /// The graph with what policy objects come before.
    fn whole(&self) -> DiGraph<Node, Edge> {
        let mut nodes = self.nodes.clone();
        let objects = self.nodes.node_references().filter_map(|(index, node)| match node {
            Node::Object(id) => Some((*id, index)),
            _ => None,
        });
        let objects: FxHashMap<ObjectId, NodeIndex> = objects.collect();
        for (object, broader) in build::overrides(&self.model) {
            if let (Some(from), Some(to)) = (objects.get(&object), objects.get(&broader)) {
                nodes.add_edge(*from, *to, Edge::Overrides);
            }
        }
        nodes
    }
}
