//! The rule graph as a picture.

use schemars::JsonSchema;
use serde::Serialize;

use super::json::At;
use crate::graph::{Edge, Node};
use crate::language::Sources;
use crate::model::Model;
use crate::text::shown;

type Edges = [(Node, Edge, Node)];

/// The nodes of some edges, each once, with a short name for pictures.
fn nodes(edges: &Edges) -> Vec<Node> {
    let mut nodes: Vec<Node> = edges.iter().flat_map(|(from, _, to)| [*from, *to]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

fn id(nodes: &[Node], node: Node) -> String {
    format!("n{}", nodes.binary_search(&node).unwrap_or(0))
}

/// The name beside the kind, in a line; guards are named after what they guard.
fn name(model: &Model, node: Node) -> String {
    let name = node.name(model);
    shown(name.strip_prefix("guard ").unwrap_or(&name)).into_owned()
}

/// Graphviz.
pub fn dot(model: &Model, edges: &Edges) -> String {
    let nodes = nodes(edges);
    let escape = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let mut text =
        "digraph prescope {\n    rankdir = LR\n    node [shape = box, fontname = \"sans-serif\"]\n".to_owned();
    for node in &nodes {
        let label = format!("{}\\n{}", escape(&name(model, *node)), node.kind());
        text.push_str(&format!("    {} [label = \"{label}\", shape = {}]\n", id(&nodes, *node), shape(*node)));
    }
    for (from, edge, to) in edges {
        let (from, to) = (id(&nodes, *from), id(&nodes, *to));
        text.push_str(&format!("    {from} -> {to} [label = \"{}\"]\n", edge.name()));
    }
    text.push_str("}\n");
    text
}

fn shape(node: Node) -> &'static str {
    match node {
        Node::Container(_) => "folder",
        Node::Condition(_) => "diamond",
        Node::Field(_) | Node::Category(_) => "ellipse",
        Node::Rule(_) | Node::Guard(_) | Node::Feature(_) => "box",
        Node::Parameter(_) | Node::Object(_) => "note",
        Node::Manifest(_) | Node::Membership(_) | Node::Group(_) => "component",
    }
}

/// Mermaid.
pub fn mermaid(model: &Model, edges: &Edges) -> String {
    let nodes = nodes(edges);
    let escape =
        |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    let mut text = "flowchart LR\n".to_owned();
    for node in &nodes {
        text.push_str(&format!("    {}[\"{}: {}\"]\n", id(&nodes, *node), node.kind(), escape(&name(model, *node))));
    }
    for (from, edge, to) in edges {
        text.push_str(&format!("    {} -->|{}| {}\n", id(&nodes, *from), edge.name(), id(&nodes, *to)));
    }
    text
}

const SCHEMA: &str = "prescope/graph/v1";

/// The rule graph.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// What acts and is acted on.
    nodes: Vec<WireNode>,
    /// What acts on what.
    edges: Vec<WireEdge>,
}

/// A node.
#[derive(Serialize, JsonSchema)]
struct WireNode {
    /// Its name in this document.
    id: String,
    /// What kind of thing it is.
    kind: &'static str,
    /// Its name, or its text.
    name: String,
    /// Where it stands; null for what stands nowhere.
    at: Option<At>,
}

/// An edge.
#[derive(Serialize, JsonSchema)]
struct WireEdge {
    /// The `id` of what acts.
    from: String,
    /// How.
    edge: &'static str,
    /// The `id` of what it acts on.
    to: String,
}

/// JSON, `prescope/graph/v1`.
pub fn json(model: &Model, sources: &Sources, edges: &Edges) -> String {
    let nodes = nodes(edges);
    let document = Document {
        schema: SCHEMA,
        nodes: nodes
            .iter()
            .map(|node| WireNode {
                id: id(&nodes, *node),
                kind: node.kind(),
                name: node.name(model),
                at: node.span(model).map(|span| At::new(sources, span)),
            })
            .collect(),
        edges: edges
            .iter()
            .map(|(from, edge, to)| WireEdge { from: id(&nodes, *from), edge: edge.name(), to: id(&nodes, *to) })
            .collect(),
    };
    super::json::line(&document)
}
