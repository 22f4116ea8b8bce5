//! The flat tables that decisions read, computed from the graph once.

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::{Edge, Node};
use crate::model::{
    CategoryId, Condition, ConditionId, ContainerId, Containers, Fast, FieldId, GroupId, GuardId, Id, Model, Reading,
    RuleId, Subject, Table, What,
};
use crate::syntax::ast::Resolution;

/// What a container does with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Publication {
    /// It publishes the owner's value.
    pub published: bool,
    /// It shows other values, at least sometimes: its place among [`Tables::shows`].
    pub shows: Option<u32>,
}

/// What there is to know of a field before anybody looks.
#[derive(Clone, Debug)]
pub struct FieldRules {
    /// Its category.
    pub category: CategoryId,
    /// The containers that hold the category.
    pub holds: Containers,
    /// The containers one of which answers: those, or all of them where one answers for every category.
    pub among: Containers,
    /// Its guards, its category's included.
    pub guards: Box<[GuardId]>,
    /// The rules of these guards that read nothing but the owner.
    pub of_owner: Box<[RuleId]>,
    /// The others, which have to be asked for each viewer.
    pub of_viewer: Box<[RuleId]>,
    /// What these read of a viewer.
    pub reads: ViewerReads,
}

/// What decisions read.
#[derive(Clone, Debug)]
pub struct Tables {
    /// The containers that hold each category.
    holds: Table<CategoryId, Containers>,
    /// Container × field, field by field within a container.
    publications: Vec<Publication>,
    fields: usize,
    /// Every container and field with a `shows`.
    shows: Vec<(ContainerId, FieldId)>,
    rules: Table<FieldId, FieldRules>,
    /// The fields by `category.field`.
    paths: Fast<String, FieldId>,
    /// The containers that hold every category: an entry in one of them answers whatever is asked.
    holds_all: Containers,
    /// What the rules of presence read of a viewer, beyond address and domain.
    viewer_reads: ViewerReads,
}

/// What rules read of a viewer beyond address and domain. Viewers that agree on all of it are one class.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ViewerReads {
    /// Whether they are contact or delegate of the owner.
    pub relations: bool,
    /// Whether they are in these groups.
    pub groups: Vec<GroupId>,
    /// Their settings, attributes, presence or site.
    pub own: bool,
    /// Their network: what else they are counts only together with it.
    pub network: bool,
}

impl Tables {
    pub(super) fn of(model: &Model, graph: &DiGraph<Node, Edge>) -> Tables {
        let fields = model.fields.len();
        let mut tables = Tables {
            holds: model.categories.map(|_| Containers::NONE),
            publications: vec![Publication::default(); fields * model.containers.len()],
            fields,
            shows: Vec::new(),
            rules: Table::default(),
            paths: model.fields.ids().map(|field| (model.field_name(field), field)).collect(),
            holds_all: Containers(u64::MAX),
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
                    let place = tables.shows.len() as u32;
                    let shows = &mut tables.publication_mut(*container, *field).shows;
                    if shows.is_none() {
                        *shows = Some(place);
                        tables.shows.push((*container, *field));
                    }
                }
                (Some(Node::Guard(guard)), Edge::Decides, Some(Node::Field(field))) => guards[*field].push(*guard),
                _ => {}
            }
        }
        tables.rules = guards
            .iter()
            .map(|(field, guards)| {
                let category = model.fields[field].category;
                field_rules(model, category, tables.holds[category], guards.clone())
            })
            .collect();
        tables.holds_all = tables.rules.values().fold(tables.holds_all, |all, field| all.both(field.among));
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

    /// The containers that answer whatever is asked, if an entry stands in them.
    pub fn holds_all(&self) -> Containers {
        self.holds_all
    }

    /// What a container does with a field.
    #[inline]
    pub fn publication(&self, container: ContainerId, field: FieldId) -> Publication {
        self.publications[container.index() * self.fields + field.index()]
    }

    /// Every container and field with a `shows`.
    pub fn shows(&self) -> &[(ContainerId, FieldId)] {
        &self.shows
    }

    /// What there is to know of a field before anybody looks.
    pub fn rules(&self, field: FieldId) -> &FieldRules {
        &self.rules[field]
    }

    /// The field of a path as in `state.location`.
    pub fn field(&self, path: &str) -> Option<FieldId> {
        self.paths.get(path).copied()
    }

    /// What the guards read of a viewer.
    pub fn viewer_reads(&self) -> &ViewerReads {
        &self.viewer_reads
    }
}

fn field_rules(model: &Model, category: CategoryId, holds: Containers, mut guards: Vec<GuardId>) -> FieldRules {
    guards.sort_unstable();
    guards.dedup();
    let rules = guards.iter().flat_map(|guard| model.guards[*guard].rules.iter().copied());
    let (of_owner, of_viewer): (Vec<RuleId>, Vec<RuleId>) =
        rules.partition(|rule| reads_owner_only(model, model.rules[*rule].when));
    let among = match model.resolution {
        Resolution::PerCategory => holds,
        Resolution::PerViewer => Containers(u64::MAX),
    };
    let mut reads = ViewerReads::default();
    of_viewer.iter().for_each(|rule| reads.take(model, model.rules[*rule].when));
    reads.groups.sort_unstable();
    reads.groups.dedup();
    FieldRules {
        category,
        holds,
        among,
        guards: guards.into(),
        of_owner: of_owner.into(),
        of_viewer: of_viewer.into(),
        reads,
    }
}

/// True if a condition comes to the same whoever looks.
fn reads_owner_only(model: &Model, condition: ConditionId) -> bool {
    let others = |subject: Subject| subject != Subject::Owner;
    !model.conditions.any(condition, &mut |part| match part {
        Condition::Constant(_) | Condition::Not(_) | Condition::All(_) | Condition::Any(_) => false,
        Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => others(reading.of),
        Condition::CompareReadings(left, _, right) => others(left.of) || others(right.of),
        Condition::InGroup(subject, _) => others(*subject),
        Condition::InContainer(..) | Condition::Is(..) => true,
    })
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
    fn reading(&mut self, reading: Reading) {
        if reading.of == Subject::Viewer {
            self.own |= reading.what != What::Network;
            self.network |= reading.what == What::Network;
        }
    }

    /// Adds what a condition reads of a viewer.
    pub fn take(&mut self, model: &Model, condition: ConditionId) {
        let of_viewer = |subject: Subject| subject == Subject::Viewer;
        model.conditions.any(condition, &mut |part| {
            match part {
                Condition::Is(..) => self.relations = true,
                Condition::InGroup(subject, group) if of_viewer(*subject) => self.groups.push(*group),
                Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => {
                    self.reading(*reading);
                }
                Condition::CompareReadings(left, _, right) => {
                    self.reading(*left);
                    self.reading(*right);
                }
                _ => {}
            }
            false
        });
    }
}
