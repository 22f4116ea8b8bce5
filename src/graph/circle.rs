//! What must not run in circles: features that require each other, groups that contain each other, and the order of
//! manifests. A circle is reported whole, with the place of every step.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::graphmap::DiGraphMap;
use petgraph::visit::{EdgeFiltered, EdgeRef};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::build::Index;
use super::{Edge, Node};
use crate::diagnostic::{Sink, code};
use crate::language::{Code, Diagnostic, Span};
use crate::model::{ManifestId, Model};

type Graph = DiGraph<Node, Edge>;

/// The edges of one kind, and the nodes at their ends.
type Edges = DiGraphMap<NodeIndex, (), FxBuildHasher>;

/// Features that require each other.
pub(super) fn requires(model: &Model, graph: &Graph, sink: &mut Sink) {
    let step = |from: Node, to: Node| match (from, to) {
        (Node::Feature(from), Node::Feature(to)) => {
            model.features[from].requires.iter().find(|(required, _)| *required == to).map(|(_, span)| *span)
        }
        _ => None,
    };
    Circles { model, graph, kind: Edge::Requires, code: code::REQUIRES_CIRCLE, verb: "requires" }.report(step, sink);
}

/// The manifests in the order they are asked. Every two with a condition have to be ordered.
pub(super) fn manifest_order(model: &Model, graph: &Graph, index: &Index, sink: &mut Sink) -> Vec<ManifestId> {
    // Of a pair that is said twice, the first line counts.
    let lines = model.manifest_order.iter().rev().map(|(earlier, later, span)| ((*earlier, *later), *span));
    let lines: FxHashMap<(ManifestId, ManifestId), Span> = lines.collect();
    let step = |from: Node, to: Node| match (from, to) {
        (Node::Manifest(from), Node::Manifest(to)) => lines.get(&(from, to)).copied(),
        _ => None,
    };
    let order = Circles { model, graph, kind: Edge::Overrides, code: code::MANIFEST_CIRCLE, verb: "comes before" };
    let circles = order.report(step, sink);
    let order = EdgeFiltered::from_fn(graph, |edge| *edge.weight() == Edge::Overrides);
    let Ok(sorted) = toposort(&order, None) else { return Vec::new() };
    let mut manifests: Vec<ManifestId> = sorted
        .into_iter()
        .filter_map(|node| match graph.node_weight(node) {
            Some(Node::Manifest(id)) => Some(*id),
            _ => None,
        })
        .collect();
    if !circles {
        sink.extend(undetermined(model, graph, index, &manifests));
    }
    // Whatever is said, the one without a condition takes who is left.
    manifests.sort_by_key(|id| model.manifests[*id].when.is_none());
    manifests
}

/// In a total order each manifest is said to come before the next one.
fn undetermined(model: &Model, graph: &Graph, index: &Index, sorted: &[ManifestId]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let conditional: Vec<ManifestId> =
        sorted.iter().copied().filter(|id| model.manifests[*id].when.is_some()).collect();
    for pair in conditional.windows(2) {
        let [first, second] = pair else { continue };
        let ends = (index.get(&Node::Manifest(*first)), index.get(&Node::Manifest(*second)));
        let (Some(from), Some(to)) = ends else { continue };
        if graph.find_edge(*from, *to).is_some() {
            continue;
        }
        let (first, second) = (&model.manifests[*first].declared, &model.manifests[*second].declared);
        let message = format!("it is not said whether `{}` or `{}` is asked first", first.name, second.name);
        found.push(
            Diagnostic::new(code::MANIFEST_ORDER, message)
                .at(second.span, "an owner may satisfy both conditions")
                .at(first.span, "the other one")
                .help(format!("write `manifest {} before {} when …`, or the other way round", first.name, second.name)),
        );
    }
    found
}

/// Groups that contain each other.
pub(super) fn groups(model: &Model, graph: &Graph, sink: &mut Sink) {
    let step = |from: Node, to: Node| match (from, to) {
        (Node::Group(from), Node::Group(to)) => {
            model.groups[from].groups.iter().find(|(inner, _)| *inner == to).map(|(_, span)| *span)
        }
        _ => None,
    };
    Circles { model, graph, kind: Edge::Admits, code: code::GROUP_CIRCLE, verb: "contains" }.report(step, sink);
}

/// The circles of edges of one kind, and how they are told.
struct Circles<'a> {
    model: &'a Model,
    graph: &'a Graph,
    kind: Edge,
    code: Code,
    verb: &'static str,
}

impl Circles<'_> {
    /// Reports every circle, each step with its place; true if there is any.
    fn report(&self, step: impl Fn(Node, Node) -> Option<Span>, sink: &mut Sink) -> bool {
        let Circles { model, graph, kind, code, verb } = *self;
        // Few nodes have edges of this kind, and nobody else is in such a circle.
        let of_kind = graph.edge_references().filter(|edge| *edge.weight() == kind);
        let edges: Edges = of_kind.map(|edge| (edge.source(), edge.target())).collect();
        let mut any = false;
        for component in kosaraju_scc(&edges) {
            let Some(circle) = circle_in(graph, &edges, component) else { continue };
            any = true;
            let mut diagnostic = Diagnostic::new(code, way_round(model, &circle, verb));
            for (at, node) in circle.iter().enumerate() {
                let next = circle.get((at + 1) % circle.len()).copied().unwrap_or(*node);
                if let Some(span) = step(*node, next) {
                    diagnostic = diagnostic.at(span, format!("{} {verb} {}", node.name(model), next.name(model)));
                }
            }
            sink.push(diagnostic.help("break the circle at one of these places"));
        }
        any
    }
}

/// The longest circle whose message names everything in it.
const SPELT: usize = 12;

/// The steps of a circle in words; of a long one how it begins and ends, since its places name the rest.
fn way_round(model: &Model, circle: &[Node], verb: &str) -> String {
    let named = |node: &Node| node.name(model);
    let shown = if circle.len() > SPELT { SPELT / 2 } else { circle.len() };
    let mut names: Vec<String> = circle.iter().take(shown).map(named).collect();
    if circle.len() > SPELT {
        names.push(format!("… {} more …", circle.len() - shown - 1));
        names.extend(circle.last().map(named));
    }
    names.extend(circle.first().map(named));
    names.join(&format!(" {verb} "))
}

/// A shortest way round inside a strongly connected component; None if it is a single node that does not reach itself.
fn circle_in(graph: &Graph, edges: &Edges, component: Vec<NodeIndex>) -> Option<Vec<Node>> {
    let weight = |node: NodeIndex| graph.node_weight(node).copied();
    let start = component.iter().copied().min_by_key(|node| weight(*node))?;
    let inside: FxHashSet<NodeIndex> = component.into_iter().collect();
    let next_of = |node: NodeIndex| {
        let mut next: Vec<NodeIndex> = edges.neighbors(node).filter(|target| inside.contains(target)).collect();
        next.sort_by_key(|node| weight(*node));
        next
    };
    // Breadth first from the start back to it.
    let mut came_from: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for target in next_of(node) {
            if target == start {
                let mut circle = vec![weight(node)?];
                let mut at = node;
                while at != start {
                    at = *came_from.get(&at)?;
                    circle.push(weight(at)?);
                }
                circle.reverse();
                return Some(circle);
            }
            if let Entry::Vacant(unseen) = came_from.entry(target) {
                unseen.insert(node);
                queue.push_back(target);
            }
        }
    }
    None
}
