//! The flat tables that decisions read, computed from the graph once.

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::{Edge, Node};
use crate::model::{
    CategoryId, Condition, ConditionId, ContainerId, Containers, FieldId, GroupId, GuardId, Id, Model, Subject, Table,
    What,
};

/// What a container does with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Publication {
    /// It publishes the owner's value.
    pub published: bool,
    /// It shows other values, at least sometimes.
    pub shows: bool,
}

/// What decisions read.
#[derive(Clone, Debug)]
pub struct Tables {
    /// The containers that hold each category.
    holds: Table<CategoryId, Containers>,
    /// Container × field, field by field within a container.
    publications: Vec<Publication>,
    fields: usize,
    /// The guards of each field, its category's included.
    guards: Table<FieldId, Box<[GuardId]>>,
    /// What the rules of presence read of a viewer, beyond address and network.
    viewer_reads: ViewerReads,
}

/// What rules read of a viewer beyond address, domain and network. Viewers that agree on all of it are one class.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ViewerReads {
    /// Whether they are contact or delegate of the owner.
    pub relations: bool,
    /// Whether they are in these groups.
    pub groups: Vec<GroupId>,
    /// Their settings, attributes, presence or site.
    pub own: bool,
}

impl Tables {
    pub(super) fn of(model: &Model, graph: &DiGraph<Node, Edge>) -> Tables {
        let fields = model.fields.len();
        let mut tables = Tables {
            holds: model.categories.map(|_| Containers::NONE),
            publications: vec![Publication::default(); fields * model.containers.len()],
            fields,
            guards: model.fields.map(|_| Box::default()),
            viewer_reads: ViewerReads::default(),
        };
        let mut guards: Table<FieldId, Vec<GuardId>> = model.fields.map(|_| Vec::new());
        for edge in graph.edge_references() {
            match (graph.node_weight(edge.source()), edge.weight(), graph.node_weight(edge.target())) {
                (Some(Node::Container(container)), Edge::Holds, Some(Node::Category(category))) => {
                    tables.holds[*category] = tables.holds[*category].with(*container);
                }
                (Some(Node::Container(container)), Edge::Publishes, Some(Node::Field(field))) => {
                    tables.publication_mut(*container, *field).published = true;
                }
                (Some(Node::Container(container)), Edge::Shows, Some(Node::Field(field))) => {
                    tables.publication_mut(*container, *field).shows = true;
                }
                (Some(Node::Guard(guard)), Edge::Decides, Some(Node::Field(field))) => guards[*field].push(*guard),
                _ => {}
            }
        }
        for (field, guards) in guards.iter() {
            let mut guards = guards.clone();
            guards.sort_unstable();
            guards.dedup();
            tables.guards[field] = guards.into();
        }
        tables.viewer_reads = viewer_reads(model, graph);
        tables
    }

    fn publication_mut(&mut self, container: ContainerId, field: FieldId) -> &mut Publication {
        &mut self.publications[container.index() * self.fields + field.index()]
    }

    /// The containers that hold a category.
    pub fn holds(&self, category: CategoryId) -> Containers {
        self.holds[category]
    }

    /// What a container does with a field.
    pub fn publication(&self, container: ContainerId, field: FieldId) -> Publication {
        self.publications[container.index() * self.fields + field.index()]
    }

    /// The guards of a field, its category's included.
    pub fn guards(&self, field: FieldId) -> &[GuardId] {
        &self.guards[field]
    }

    /// What the guards read of a viewer.
    pub fn viewer_reads(&self) -> &ViewerReads {
        &self.viewer_reads
    }
}

/// What everything that decides a field reads of a viewer: the conditions reachable from the rules of guards.
fn viewer_reads(model: &Model, graph: &DiGraph<Node, Edge>) -> ViewerReads {
    let deciding = |index: NodeIndex| {
        graph
            .edges_directed(index, Direction::Outgoing)
            .any(|edge| *edge.weight() == Edge::Decides && matches!(graph[edge.target()], Node::Guard(_)))
    };
    let mut reads = ViewerReads::default();
    for index in graph.node_indices().filter(|index| deciding(*index)) {
        for edge in graph.edges_directed(index, Direction::Outgoing) {
            if let (Edge::Reads, Node::Condition(when)) = (edge.weight(), graph[edge.target()]) {
                reads.take(model, when);
            }
        }
    }
    reads.groups.sort_unstable();
    reads.groups.dedup();
    reads
}

impl ViewerReads {
    /// Adds what a condition reads of a viewer.
    pub fn take(&mut self, model: &Model, condition: ConditionId) {
        let of_viewer = |subject: Subject| subject == Subject::Viewer;
        model.conditions.any(condition, &mut |part| {
            match part {
                Condition::Is(..) => self.relations = true,
                Condition::InGroup(subject, group) if of_viewer(*subject) => self.groups.push(*group),
                Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => {
                    self.own |= of_viewer(reading.of) && reading.what != What::Network;
                }
                Condition::CompareReadings(left, _, right) => {
                    let own = |reading: &crate::model::Reading| of_viewer(reading.of) && reading.what != What::Network;
                    self.own |= own(left) || own(right);
                }
                _ => {}
            }
            false
        });
    }
}
