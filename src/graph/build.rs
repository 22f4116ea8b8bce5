//! From the model to nodes and edges.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Edge, Node};
use crate::model::{ClassId, Condition, Entry, Model, Object, ObjectId, Reading, RuleId, Says, What};

/// Where each node stands.
pub(super) type Index = IndexMap<Node, NodeIndex, FxBuildHasher>;

/// The graph of a model.
pub(super) fn nodes(model: &Model) -> (DiGraph<Node, Edge>, Index) {
    let mut building = Building { graph: DiGraph::new(), index: Index::default() };
    building.declare(model);
    building.containers(model);
    building.conditions(model);
    building.blocks(model);
    building.manifests(model);
    building.objects(model);
    building.groups(model);
    (building.graph, building.index)
}

/// What a policy object comes before: the objects of its class at the next broader scope there is. Two scopes with many
/// objects each make so many pairs that only what shows the whole graph asks for them.
pub(super) fn overrides(model: &Model) -> impl Iterator<Item = (ObjectId, ObjectId)> {
    let rank_of = |object: &Object| object.scope.rank(&model.classes[object.class]);
    let mut ranked: FxHashMap<ClassId, BTreeMap<_, Vec<ObjectId>>> = FxHashMap::default();
    for (id, object) in model.objects.iter() {
        if let Some(rank) = rank_of(object) {
            ranked.entry(object.class).or_default().entry(rank).or_default().push(id);
        }
    }
    model.objects.iter().flat_map(move |(id, object)| {
        let ranks = rank_of(object).and_then(|rank| ranked.get(&object.class)?.range(..rank).next_back());
        let broader = ranks.map(|(_, objects)| objects.clone()).unwrap_or_default();
        broader.into_iter().map(move |other| (id, other))
    })
}

struct Building {
    graph: DiGraph<Node, Edge>,
    index: Index,
}

impl Building {
    fn at(&mut self, node: Node) -> NodeIndex {
        let graph = &mut self.graph;
        *self.index.entry(node).or_insert_with(|| graph.add_node(node))
    }

    fn connect(&mut self, from: Node, edge: Edge, to: Node) {
        let (from, to) = (self.at(from), self.at(to));
        self.graph.add_edge(from, to, edge);
    }

    /// Every node, in the order of the model, so that the order of edges never shows.
    fn declare(&mut self, model: &Model) {
        for (id, category) in model.categories.iter() {
            self.at(Node::Category(id));
            for field in &category.fields {
                self.connect(Node::Category(id), Edge::Has, Node::Field(*field));
            }
        }
        model.containers.ids().for_each(|id| _ = self.at(Node::Container(id)));
        model.guards.ids().for_each(|id| _ = self.at(Node::Guard(id)));
        model.features.ids().for_each(|id| _ = self.at(Node::Feature(id)));
        model.parameters.ids().for_each(|id| _ = self.at(Node::Parameter(id)));
        model.objects.ids().for_each(|id| _ = self.at(Node::Object(id)));
        model.manifests.ids().for_each(|id| _ = self.at(Node::Manifest(id)));
        model.memberships.ids().for_each(|id| _ = self.at(Node::Membership(id)));
        model.groups.ids().for_each(|id| _ = self.at(Node::Group(id)));
    }

    fn containers(&mut self, model: &Model) {
        for (id, container) in model.containers.iter() {
            for (category, held) in &container.holds {
                self.connect(Node::Container(id), Edge::Holds, Node::Category(*category));
                if held.lines.iter().any(|line| line.says == Says::Masks) {
                    self.connect(Node::Container(id), Edge::Masks, Node::Category(*category));
                }
                for field in held.published.keys() {
                    self.connect(Node::Container(id), Edge::Publishes, Node::Field(*field));
                }
                for shows in &held.shows {
                    self.connect(Node::Container(id), Edge::Shows, Node::Field(shows.field));
                    self.connect(Node::Container(id), Edge::Reads, Node::Condition(shows.when));
                }
            }
        }
    }

    fn conditions(&mut self, model: &Model) {
        for (id, condition) in model.conditions.iter() {
            let from = Node::Condition(id);
            self.at(from);
            match condition {
                Condition::Constant(_) | Condition::Is(..) => {}
                Condition::Not(operand) => self.connect(from, Edge::Reads, Node::Condition(*operand)),
                Condition::All(operands) | Condition::Any(operands) => {
                    for operand in operands {
                        self.connect(from, Edge::Reads, Node::Condition(*operand));
                    }
                }
                Condition::Compare(reading, _, _) | Condition::OneOf(reading, _) => self.reading(from, *reading),
                Condition::CompareReadings(left, _, right) => {
                    self.reading(from, *left);
                    self.reading(from, *right);
                }
                Condition::InContainer(_, containers) => {
                    for container in containers.iter() {
                        self.connect(from, Edge::Reads, Node::Container(container));
                    }
                }
                Condition::InGroup(_, group) => self.connect(from, Edge::Reads, Node::Group(*group)),
            }
        }
    }

    fn reading(&mut self, from: Node, reading: Reading) {
        match reading.what {
            What::Parameter(parameter) => self.connect(from, Edge::Reads, Node::Parameter(parameter)),
            What::Presence(field) => self.connect(from, Edge::Reads, Node::Field(field)),
            What::Network | What::Site | What::Mode => {}
        }
    }

    fn blocks(&mut self, model: &Model) {
        for (id, guard) in model.guards.iter() {
            self.rules(model, Node::Guard(id), &guard.rules);
            for field in &guard.fields {
                self.connect(Node::Guard(id), Edge::Decides, Node::Field(*field));
            }
            for category in &guard.categories {
                for field in &model.categories[*category].fields {
                    self.connect(Node::Guard(id), Edge::Decides, Node::Field(*field));
                }
            }
        }
        for (id, feature) in model.features.iter() {
            self.rules(model, Node::Feature(id), &feature.rules);
            for (required, _) in &feature.requires {
                self.connect(Node::Feature(id), Edge::Requires, Node::Feature(*required));
            }
            let revealed =
                feature.discloses.iter().map(|line| line.when).chain(feature.stores.iter().map(|line| line.when));
            for when in revealed {
                self.connect(Node::Feature(id), Edge::Reads, Node::Condition(when));
            }
        }
    }

    fn rules(&mut self, model: &Model, block: Node, rules: &[RuleId]) {
        for rule in rules {
            self.connect(Node::Rule(*rule), Edge::Decides, block);
            self.connect(Node::Rule(*rule), Edge::Reads, Node::Condition(model.rules[*rule].when));
        }
    }

    fn manifests(&mut self, model: &Model) {
        for (id, manifest) in model.manifests.iter() {
            if let Some(when) = manifest.when {
                self.connect(Node::Manifest(id), Edge::Reads, Node::Condition(when));
            }
            for rule in &manifest.rules {
                for container in model.manifest_rules[*rule].allowed.iter() {
                    self.connect(Node::Manifest(id), Edge::Admits, Node::Container(container));
                }
            }
        }
        for (earlier, later, _) in &model.manifest_order {
            self.connect(Node::Manifest(*earlier), Edge::Overrides, Node::Manifest(*later));
        }
        for (id, membership) in model.memberships.iter() {
            self.connect(Node::Membership(id), Edge::Reads, Node::Condition(membership.when));
            for (container, entry, _) in &membership.grants {
                self.connect(Node::Membership(id), Edge::Admits, Node::Container(*container));
                if let Entry::Group(group) = entry {
                    self.connect(Node::Membership(id), Edge::Reads, Node::Group(*group));
                }
            }
        }
    }

    /// An object decides every setting of its class.
    fn objects(&mut self, model: &Model) {
        for (id, object) in model.objects.iter() {
            for setting in &model.classes[object.class].settings {
                self.connect(Node::Object(id), Edge::Decides, Node::Parameter(*setting));
            }
        }
    }

    fn groups(&mut self, model: &Model) {
        for (id, group) in model.groups.iter() {
            for (inner, _) in &group.groups {
                self.connect(Node::Group(id), Edge::Admits, Node::Group(*inner));
            }
        }
    }
}
