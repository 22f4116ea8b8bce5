//! The documentation of a name: what it is, what it says, who acts on it and on what it acts.

mod feature;
mod presence;
mod setting;

use super::page::Page;
use super::place;
use super::table::{Rows, wrap};
use crate::graph::{Edge, Node, RuleGraph};
use crate::language::Sources;
use crate::model::{Declared, Model, ParameterOf, ValueType};
use crate::text::line;

/// Everything of a name, thing by thing; None if there is no such name.
pub fn text(graph: &RuleGraph, sources: &Sources, name: &str) -> Option<Page> {
    let things = things(graph, name);
    let mut page = Page::new();
    for (at, thing) in things.iter().enumerate() {
        page.push_str(if at == 0 { "" } else { "\n" });
        page.push_str(thing.text(graph, sources));
    }
    (!things.is_empty()).then_some(page)
}

/// Every name with its kind and place, kind by kind.
pub fn index(graph: &RuleGraph, sources: &Sources) -> Page {
    let model = graph.model();
    let mut rows = Rows::default();
    for thing in all(graph) {
        if let Some(declared) = thing.declared(model) {
            let title = if declared.title.is_empty() { first_sentence(declared) } else { declared.title.clone() };
            rows.push([thing.kind(model).to_owned(), thing.name(model), title, place(sources, declared.span)]);
        }
    }
    rows.render("")
}

/// The names that can be shown, for did-you-mean.
pub fn names(graph: &RuleGraph) -> Vec<String> {
    all(graph).iter().map(|thing| thing.name(graph.model())).collect()
}

fn first_sentence(declared: &Declared) -> String {
    let doc = declared.doc.as_deref().unwrap_or_default();
    let first = doc.lines().next().unwrap_or_default();
    first.split_once(". ").map_or(first, |(sentence, _)| sentence).trim_end_matches('.').to_owned()
}

/// Something with a name: a node of the graph, or what has no node of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Node(Node),
    Class(crate::model::ClassId),
    Data(crate::model::DataId),
    Recipient(crate::model::RecipientId),
    Place(crate::model::PlaceId),
}

fn all(graph: &RuleGraph) -> Vec<Thing> {
    let model = graph.model();
    let nodes = graph.nodes().filter(|node| !matches!(node, Node::Condition(_) | Node::Object(_) | Node::Rule(_)));
    let mut things: Vec<Thing> = nodes.map(Thing::Node).collect();
    things.sort_unstable();
    things.extend(model.classes.ids().map(Thing::Class));
    things.extend(model.data.ids().map(Thing::Data));
    things.extend(model.recipients.ids().map(Thing::Recipient));
    things.extend(model.places.ids().map(Thing::Place));
    things
}

fn things(graph: &RuleGraph, name: &str) -> Vec<Thing> {
    let model = graph.model();
    let vendor = |thing: &Thing| matches!(thing, Thing::Class(_) | Thing::Node(Node::Parameter(_)));
    let named = |thing: &Thing| {
        let own = thing.name(model);
        own == name
            || own.strip_prefix("guard ") == Some(name)
            || vendor(thing) && own.eq_ignore_ascii_case(name)
            || thing.aka(model).iter().any(|other| other.eq_ignore_ascii_case(name))
    };
    all(graph).into_iter().filter(named).collect()
}

impl Thing {
    fn kind(self, model: &Model) -> &'static str {
        match self {
            Thing::Node(Node::Parameter(id)) => match model.parameters[id].belongs_to {
                ParameterOf::Setting(_) => "setting",
                ParameterOf::Attribute(_) => "attribute",
            },
            Thing::Node(node) => node.kind(),
            Thing::Class(_) => "settings",
            Thing::Data(_) => "data",
            Thing::Recipient(_) => "recipient",
            Thing::Place(_) => "place",
        }
    }

    fn name(self, model: &Model) -> String {
        match self {
            Thing::Node(node) => node.name(model),
            Thing::Class(id) => model.classes[id].declared.name.clone(),
            Thing::Data(id) => model.data[id].declared.name.clone(),
            Thing::Recipient(id) => model.recipients[id].declared.name.clone(),
            Thing::Place(id) => model.places[id].declared.name.clone(),
        }
    }

    fn aka(self, model: &Model) -> &[String] {
        match self {
            Thing::Node(Node::Parameter(id)) => &model.parameters[id].aka,
            _ => &[],
        }
    }

    fn declared(self, model: &Model) -> Option<&Declared> {
        Some(match self {
            Thing::Node(Node::Category(id)) => &model.categories[id].declared,
            Thing::Node(Node::Field(id)) => &model.fields[id].declared,
            Thing::Node(Node::Container(id)) => &model.containers[id].declared,
            Thing::Node(Node::Guard(id)) => &model.guards[id].declared,
            Thing::Node(Node::Feature(id)) => &model.features[id].declared,
            Thing::Node(Node::Parameter(id)) => &model.parameters[id].declared,
            Thing::Node(Node::Manifest(id)) => &model.manifests[id].declared,
            Thing::Node(Node::Membership(id)) => &model.memberships[id].declared,
            Thing::Node(Node::Group(_) | Node::Rule(_) | Node::Condition(_) | Node::Object(_)) => return None,
            Thing::Class(id) => &model.classes[id].declared,
            Thing::Data(id) => &model.data[id].declared,
            Thing::Recipient(id) => &model.recipients[id].declared,
            Thing::Place(id) => &model.places[id].declared,
        })
    }

    fn text(self, graph: &RuleGraph, sources: &Sources) -> Page {
        let model = graph.model();
        let mut text = Page::from(self.heading(model, sources));
        if let Some(doc) = self.declared(model).and_then(|declared| declared.doc.as_deref()) {
            let paragraphs = doc.split("\n\n").map(|paragraph| wrap(paragraph.split_whitespace(), "  ", 96));
            for paragraph in paragraphs.filter(|paragraph| !paragraph.is_empty()) {
                text.push('\n');
                text.push_str(paragraph);
                text.push('\n');
            }
        }
        let facts = self.facts(graph, sources);
        if !facts.is_empty() {
            text.push('\n');
            text.push_str(facts);
        }
        if let Thing::Node(node) = self {
            text.push_str(neighbours(graph, sources, node));
        }
        text
    }

    fn heading(self, model: &Model, sources: &Sources) -> String {
        let name = self.name(model);
        let name = if name.starts_with("guard ") { name } else { format!("{} {name}", self.kind(model)) };
        let title = self.declared(model).map(|declared| declared.title.as_str()).unwrap_or_default();
        let title = if title.is_empty() { String::new() } else { format!(" \"{title}\"") };
        let number = match self {
            Thing::Node(Node::Container(id)) => format!(" ({})", model.containers[id].number),
            _ => String::new(),
        };
        let at = match self {
            Thing::Node(node) => node.span(model),
            other => other.declared(model).map(|declared| declared.span),
        };
        let at = at.map(|span| format!("    {}", place(sources, span))).unwrap_or_default();
        line!("{name}{number}{title}{at}")
    }

    /// What the declaration says, kind by kind.
    fn facts(self, graph: &RuleGraph, sources: &Sources) -> Page {
        let model = graph.model();
        let text = match self {
            Thing::Node(Node::Container(id)) => return presence::container(model, id),
            Thing::Node(Node::Field(id)) => match &model.fields[id].kind {
                Some(ValueType::Enumeration(values)) => line!("  values  one of {}", values.join(", ")),
                Some(kind) => line!("  values  {}", kind.describe()),
                None => "  values  any text\n".to_owned(),
            },
            Thing::Node(Node::Manifest(id)) => return presence::manifest(model, sources, id),
            Thing::Node(Node::Parameter(id)) => return setting::parameter(model, sources, id),
            Thing::Node(Node::Guard(id)) => return feature::rules(model, sources, &model.guards[id].rules),
            Thing::Node(Node::Feature(id)) => return feature::feature(graph, sources, id),
            Thing::Node(Node::Group(id)) => {
                let members = graph.members(id).iter().map(|(person, _)| model.people[*person].address.as_str());
                line!("  members  {}", members.collect::<Vec<_>>().join(", "))
            }
            Thing::Node(Node::Category(id)) => {
                let fields =
                    model.categories[id].fields.iter().map(|field| model.fields[*field].declared.name.as_str());
                line!("  fields  {}", fields.collect::<Vec<_>>().join(", "))
            }
            Thing::Class(id) => return setting::class(model, id),
            Thing::Node(Node::Membership(id)) => {
                let membership = &model.memberships[id];
                line!("  when  {}", model.condition_name(membership.when))
            }
            Thing::Data(id) => {
                let parts: Vec<&str> = model.data[id].parts.iter().map(|part| part.name.as_str()).collect();
                if parts.is_empty() { String::new() } else { line!("  parts  {}", parts.join(", ")) }
            }
            Thing::Recipient(id) => {
                let external = model.recipients[id].external;
                line!("  {}", if external { "can be outside the organisation" } else { "inside the organisation" })
            }
            Thing::Place(_) | Thing::Node(Node::Rule(_) | Node::Condition(_) | Node::Object(_)) => String::new(),
        };
        Page::from(text)
    }
}

/// What acts on a node, and on what it acts, one step away.
fn neighbours(graph: &RuleGraph, sources: &Sources, node: Node) -> Page {
    let model = graph.model();
    let mut rows = Rows::default();
    for (from, edge, to) in graph.edges() {
        // A container's publications and a class's objects are told above; conditions are told with their rules.
        let told =
            matches!(edge, Edge::Publishes | Edge::Holds | Edge::Masks | Edge::Shows | Edge::Has) && from == node;
        if to == node && !matches!(from, Node::Condition(_) | Node::Rule(_) | Node::Object(_)) {
            let at = from.span(model).map(|span| place(sources, span)).unwrap_or_default();
            rows.push([format!("{} {} it", called(model, from), verb(from, edge)), at]);
        } else if from == node && !told && !matches!(to, Node::Condition(_)) {
            let at = to.span(model).map(|span| place(sources, span)).unwrap_or_default();
            rows.push([format!("it {} {}", verb(from, edge), called(model, to)), at]);
        }
    }
    let text = rows.render("  ");
    if text.is_empty() { text } else { Page::from("\n") + text }
}

/// A node by kind and name; the names of guards say that they are.
fn called(model: &Model, node: Node) -> String {
    match node {
        Node::Guard(_) => node.name(model),
        _ => format!("{} {}", node.kind(), node.name(model)),
    }
}

fn verb(from: Node, edge: Edge) -> &'static str {
    match (from, edge) {
        (Node::Group(_), Edge::Admits) => "contains",
        _ => edge.name(),
    }
}
