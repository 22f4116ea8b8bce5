//! The part of the graph around one name: everything that acts on it and everything it acts on.

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{Edge, Node, RuleGraph};

impl RuleGraph {
    /// The nodes of a name: as declared, or `category.field`, or a whole policy object.
    pub fn named(&self, name: &str) -> Vec<Node> {
        self.nodes().filter(|node| node.name(&self.model) == name).collect()
    }

    /// The names a focus can have, for did-you-mean. Conditions go by their text and are left out.
    pub fn names(&self) -> Vec<String> {
        let nodes = self.nodes().filter(|node| !matches!(node, Node::Condition(_)));
        nodes.map(|node| node.name(&self.model)).collect()
    }

    /// The edges among everything that acts on these nodes and everything they act on, over any number of steps in one
    /// direction. What is read or required acts on what reads or requires it, against the arrow.
    pub fn around(&self, focus: &[Node]) -> Vec<(Node, Edge, Node)> {
        let graph = self.whole();
        let starts: Vec<NodeIndex> = graph
            .node_indices()
            .filter(|index| graph.node_weight(*index).is_some_and(|node| focus.contains(node)))
            .collect();
        let mut near = vec![false; graph.node_count()];
        for onward in [true, false] {
            let mut open = starts.clone();
            let mut seen = vec![false; graph.node_count()];
            while let Some(index) = open.pop() {
                if std::mem::replace(&mut seen[index.index()], true) {
                    continue;
                }
                near[index.index()] = true;
                // A condition reads the owner's own value of a field, whatever containers do with it.
                let read_only = matches!(graph.node_weight(index), Some(Node::Field(_) | Node::Category(_)));
                if read_only && !onward && !starts.contains(&index) {
                    continue;
                }
                for direction in [Direction::Outgoing, Direction::Incoming] {
                    let along = (direction == Direction::Outgoing) == onward;
                    let taken =
                        graph.edges_directed(index, direction).filter(|edge| acts_along(*edge.weight()) == along);
                    open.extend(
                        taken.map(|edge| if direction == Direction::Outgoing { edge.target() } else { edge.source() }),
                    );
                }
            }
        }
        let is_near = |index: &NodeIndex| near[index.index()];
        let nodes = graph.node_indices().filter(is_near);
        let mut kept: Vec<Node> = nodes.filter_map(|index| graph.node_weight(index).copied()).collect();
        kept.sort_unstable();
        self.edges()
            .into_iter()
            .filter(|(from, _, to)| kept.binary_search(from).is_ok() && kept.binary_search(to).is_ok())
            .collect()
    }
}

/// True if the arrow of such an edge leads from what acts to what it acts on.
fn acts_along(edge: Edge) -> bool {
    !matches!(edge, Edge::Reads | Edge::Requires)
}
