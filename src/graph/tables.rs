//! The flat tables that decisions read, computed from the graph once.

use std::sync::Arc;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;

use super::{Edge, Node};
use crate::language::ast::Resolution;
use crate::model::{
    CategoryId, Condition, ContainerId, Containers, Fast, FieldId, GuardId, Id, Model, RuleId, Subject, Table,
};
use crate::viewers::Reads;

/// What a container does with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Publication {
    /// It publishes the owner's value.
    pub published: bool,
    /// It shows other values, at least sometimes: its place among [`Tables::shows`].
    pub shows: Option<u32>,
}

/// What there is to know of a field before anybody looks. Fields with the same guards share what these say.
#[derive(Clone, Debug)]
pub struct FieldRules {
    /// Its category.
    pub category: CategoryId,
    /// The containers that hold the category.
    pub holds: Containers,
    /// The containers one of which answers: those, or all of them where one answers for every category.
    pub among: Containers,
    /// Its guards, its category's included.
    pub guards: Arc<[GuardId]>,
    /// The rules of these guards that read nothing but the owner.
    pub of_owner: Arc<[RuleId]>,
    /// The others, which have to be asked for each viewer.
    pub of_viewer: Arc<[RuleId]>,
    /// What these read of a viewer.
    pub reads: Arc<Reads>,
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
    viewer_reads: Reads,
}

impl Tables {
    pub(super) fn new(model: &Model, graph: &DiGraph<Node, Edge>) -> Tables {
        let fields = model.fields.len();
        let mut tables = Tables {
            holds: model.categories.map(|_| Containers::NONE),
            publications: vec![Publication::default(); fields * model.containers.len()],
            fields,
            shows: Vec::new(),
            rules: Table::default(),
            paths: model.fields.ids().map(|field| (model.field_name(field), field)).collect(),
            holds_all: Containers(u64::MAX),
            viewer_reads: Reads::default(),
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
        tables.rules = field_rules(model, &tables.holds, &guards);
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
    pub fn viewer_reads(&self) -> &Reads {
        &self.viewer_reads
    }
}

fn field_rules(
    model: &Model,
    holds: &Table<CategoryId, Containers>,
    guards: &Table<FieldId, Vec<GuardId>>,
) -> Table<FieldId, FieldRules> {
    let owner_only = owner_only(model);
    let mut known: FxHashMap<Vec<GuardId>, FieldRules> = FxHashMap::default();
    let mut of_field = |field: FieldId, mut guards: Vec<GuardId>| {
        guards.sort_unstable();
        guards.dedup();
        let category = model.fields[field].category;
        let holds = holds[category];
        let among = match model.resolution {
            Resolution::PerCategory => holds,
            Resolution::PerViewer => Containers(u64::MAX),
        };
        let shared = known.entry(guards).or_insert_with_key(|guards| {
            let rules = guards.iter().flat_map(|guard| model.guards[*guard].rules.iter().copied());
            let (of_owner, of_viewer): (Vec<RuleId>, Vec<RuleId>) =
                rules.partition(|rule| owner_only[model.rules[*rule].when.index()]);
            let asked = of_viewer.iter().map(|rule| model.rules[*rule].when);
            FieldRules {
                category,
                holds,
                among,
                guards: guards.as_slice().into(),
                reads: Arc::new(Reads::new(model, asked, &[Subject::Viewer])),
                of_owner: of_owner.into(),
                of_viewer: of_viewer.into(),
            }
        });
        FieldRules { category, holds, among, ..shared.clone() }
    };
    guards.iter().map(|(field, guards)| of_field(field, guards.clone())).collect()
}

/// Which conditions come to the same whoever looks. Operands come before what uses them.
fn owner_only(model: &Model) -> Vec<bool> {
    let of_owner = |subject: Subject| subject == Subject::Owner;
    let mut only: Vec<bool> = Vec::new();
    for (_, condition) in model.conditions.iter() {
        let is_only = match condition {
            Condition::Constant(_) => true,
            Condition::Not(operand) => only[operand.index()],
            Condition::All(operands) | Condition::Any(operands) => operands.iter().all(|of| only[of.index()]),
            Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => of_owner(reading.whose),
            Condition::CompareReadings(left, _, right) => of_owner(left.whose) && of_owner(right.whose),
            Condition::InGroup(subject, _) => of_owner(*subject),
            Condition::InContainer(..) | Condition::Is(..) => false,
        };
        only.push(is_only);
    }
    only
}

/// What everything that decides a field reads of a viewer: the conditions reachable from the rules of guards.
fn viewer_reads(model: &Model, graph: &DiGraph<Node, Edge>) -> Reads {
    let deciding = |index: NodeIndex| {
        graph
            .edges_directed(index, Direction::Outgoing)
            .any(|edge| *edge.weight() == Edge::Decides && matches!(graph[edge.target()], Node::Guard(_)))
    };
    let edges = graph.node_indices().filter(|index| deciding(*index));
    let edges = edges.flat_map(|index| graph.edges_directed(index, Direction::Outgoing));
    let conditions = edges.filter_map(|edge| match (edge.weight(), graph[edge.target()]) {
        (Edge::Reads, Node::Condition(when)) => Some(when),
        _ => None,
    });
    Reads::new(model, conditions, &[Subject::Viewer])
}
