//! The part of the graph around one name: everything that acts on it and everything it acts on.

use petgraph::Direction;
use petgraph::graph::NodeIndex;

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

    /// The edges that lead to or from these nodes, over any number of steps in one direction.
    pub fn around(&self, focus: &[Node]) -> Vec<(Node, Edge, Node)> {
        let starts: Vec<NodeIndex> = self
            .nodes
            .node_indices()
            .filter(|index| self.nodes.node_weight(*index).is_some_and(|node| focus.contains(node)))
            .collect();
        let mut near = vec![false; self.nodes.node_count()];
        for direction in [Direction::Outgoing, Direction::Incoming] {
            let mut open = starts.clone();
            let mut seen = vec![false; self.nodes.node_count()];
            while let Some(index) = open.pop() {
                if std::mem::replace(&mut seen[index.index()], true) {
                    continue;
                }
                near[index.index()] = true;
                open.extend(self.nodes.neighbors_directed(index, direction));
            }
        }
        let is_near = |node: &Node| {
            self.nodes.node_indices().any(|index| near[index.index()] && self.nodes.node_weight(index) == Some(node))
        };
        let mut kept: Vec<Node> = self.nodes().filter(is_near).collect();
        kept.sort_unstable();
        self.edges()
            .into_iter()
            .filter(|(from, _, to)| kept.binary_search(from).is_ok() && kept.binary_search(to).is_ok())
            .collect()
    }
}
