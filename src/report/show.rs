//! The documentation of a name: what it is, what it says, who acts on it and on what it acts.

use super::place;
use super::table::{Rows, wrap};
use crate::graph::{Edge, Node, RuleGraph};
use crate::model::{CategoryId, Declared, Held, Kind, Model, Object, ParameterId, ParameterOf, RuleId, Says};
use crate::syntax::ast::{Effect, Otherwise, ScopeKind};
use crate::text::Sources;

/// Everything of a name, thing by thing; None if there is no such name.
pub fn text(graph: &RuleGraph, sources: &Sources, name: &str) -> Option<String> {
    let things = things(graph, name);
    let shown: Vec<String> = things.iter().map(|thing| thing.text(graph, sources)).collect();
    (!shown.is_empty()).then(|| shown.join("\n"))
}

/// Every name with its kind and place, kind by kind.
pub fn index(graph: &RuleGraph, sources: &Sources) -> String {
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
            Thing::Node(Node::Parameter(id)) => match model.parameters[id].of {
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

    fn text(self, graph: &RuleGraph, sources: &Sources) -> String {
        let model = graph.model();
        let mut text = self.heading(model, sources);
        if let Some(doc) = self.declared(model).and_then(|declared| declared.doc.as_deref()) {
            text.push('\n');
            for paragraph in doc.split("\n\n") {
                text.push_str(&wrap(paragraph.split_whitespace(), "  ", 96));
                text.push_str("\n\n");
            }
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
        let facts = self.facts(graph, sources);
        if !facts.is_empty() {
            text.push('\n');
            text.push_str(&facts);
        }
        if let Thing::Node(node) = self {
            text.push_str(&neighbours(graph, sources, node));
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
        format!("{name}{number}{title}{at}\n")
    }

    /// What the declaration says, kind by kind.
    fn facts(self, graph: &RuleGraph, sources: &Sources) -> String {
        let model = graph.model();
        match self {
            Thing::Node(Node::Container(id)) => container(model, id),
            Thing::Node(Node::Field(id)) => match &model.fields[id].kind {
                Some(kind) => format!("  values  {}\n", kind.describe()),
                None => "  values  any text\n".to_owned(),
            },
            Thing::Node(Node::Manifest(id)) => manifest(model, sources, id),
            Thing::Node(Node::Parameter(id)) => parameter(model, sources, id),
            Thing::Node(Node::Guard(id)) => rules(model, sources, &model.guards[id].rules),
            Thing::Node(Node::Feature(id)) => feature(model, sources, id),
            Thing::Node(Node::Group(id)) => {
                let members = graph.members(id).iter().map(|(person, _)| model.people[*person].address.as_str());
                format!("  members  {}\n", members.collect::<Vec<_>>().join(", "))
            }
            Thing::Node(Node::Category(id)) => {
                let fields =
                    model.categories[id].fields.iter().map(|field| model.fields[*field].declared.name.as_str());
                format!("  fields  {}\n", fields.collect::<Vec<_>>().join(", "))
            }
            Thing::Class(id) => {
                let class = &model.classes[id];
                let scopes: Vec<String> = class.scopes.iter().map(scope_kind).collect();
                let mut rows = Rows::default();
                rows.push(["scopes, broad to specific".to_owned(), scopes.join(", ")]);
                for setting in &class.settings {
                    let setting = &model.parameters[*setting];
                    let default = model.value_name(&setting.kind, setting.default);
                    rows.push([setting.declared.name.clone(), format!("{default} by default")]);
                }
                rows.render("  ")
            }
            Thing::Node(Node::Membership(id)) => {
                let membership = &model.memberships[id];
                format!("  when  {}\n", model.condition_name(membership.when))
            }
            Thing::Data(id) => {
                let parts: Vec<&str> = model.data[id].parts.iter().map(|part| part.name.as_str()).collect();
                if parts.is_empty() { String::new() } else { format!("  parts  {}\n", parts.join(", ")) }
            }
            Thing::Recipient(id) => {
                let external = model.recipients[id].external;
                format!("  {}\n", if external { "outside the organisation" } else { "inside the organisation" })
            }
            Thing::Place(_) | Thing::Node(Node::Rule(_) | Node::Condition(_) | Node::Object(_)) => String::new(),
        }
    }
}

fn container(model: &Model, id: crate::model::ContainerId) -> String {
    let container = &model.containers[id];
    let names = |category: &CategoryId| model.categories[*category].declared.name.as_str();
    let width = container.holds.keys().map(|category| names(category).chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for (category, held) in &container.holds {
        let wrapped = wrap(publication(model, held).split(' '), &" ".repeat(width + 4), 100);
        text.push_str(&format!("  {:<width$}  {}\n", names(category), wrapped.trim_start()));
    }
    if container.blocking {
        text.push_str("  it blocks: nobody in it is moved out of it by a manifest\n");
    }
    text
}

fn publication(model: &Model, held: &Held) -> String {
    let mut parts: Vec<String> =
        held.published.keys().map(|field| model.fields[*field].declared.name.clone()).collect();
    for shows in &held.shows {
        let kind = model.kind_of(crate::model::What::Presence(shows.field));
        let value = model.value_name(&kind, shows.value);
        let when = match model.condition_name(shows.when).as_str() {
            "true" => String::new(),
            condition => format!(" when {condition}"),
        };
        parts.push(format!("{} as {value}{when}", model.fields[shows.field].declared.name));
    }
    match (parts.is_empty(), held.lines.iter().any(|line| line.says == Says::Masks)) {
        (true, true) => "masked".to_owned(),
        (true, false) => "nothing".to_owned(),
        (false, _) => parts.join(", "),
    }
}

fn manifest(model: &Model, sources: &Sources, id: crate::model::ManifestId) -> String {
    let manifest = &model.manifests[id];
    let mut rows = Rows::default();
    let when = manifest.when.map_or("for everybody whom no other takes".to_owned(), |when| model.condition_name(when));
    rows.push(["when".to_owned(), when]);
    for rule in &manifest.rules {
        let at = place(sources, model.manifest_rules[*rule].span);
        rows.push(["rule".to_owned(), model.manifest_rule_name(*rule), at]);
    }
    rows.render("  ")
}

fn rules(model: &Model, sources: &Sources, rules: &[RuleId]) -> String {
    let mut rows = Rows::default();
    for rule in rules {
        let rule = &model.rules[*rule];
        let effect = if rule.effect == Effect::Deny { "deny" } else { "allow" };
        let label = format!("\"{}\"", rule.declared.name);
        let condition = model.condition_name(rule.when);
        rows.push([effect.to_owned(), label, format!("when {condition}"), place(sources, rule.span)]);
    }
    rows.render("  ")
}

fn feature(model: &Model, sources: &Sources, id: crate::model::FeatureId) -> String {
    let feature = &model.features[id];
    let mut text = rules(model, sources, &feature.rules);
    let otherwise = if feature.otherwise == Otherwise::Available { "available" } else { "unavailable" };
    text.push_str(&format!("  otherwise {otherwise}\n"));
    text
}

fn scope_kind(kind: &ScopeKind) -> String {
    match kind {
        ScopeKind::Global => "global".to_owned(),
        ScopeKind::Site => "site".to_owned(),
        ScopeKind::Service(role) => format!("service {role}"),
        ScopeKind::Tag => "tag".to_owned(),
        ScopeKind::NetworkSite => "network_site".to_owned(),
    }
}

/// A setting: its values at every scope, and who set them.
fn parameter(model: &Model, sources: &Sources, id: ParameterId) -> String {
    let parameter = &model.parameters[id];
    let default = model.value_name(&parameter.kind, parameter.default);
    let mut rows = Rows::default();
    let of = match parameter.of {
        ParameterOf::Setting(class) => model.classes[class].declared.name.clone(),
        ParameterOf::Attribute(role) => format!("attributes {role:?}").to_lowercase(),
    };
    rows.push(["of".to_owned(), of, String::new()]);
    let values = match &parameter.kind {
        Kind::Enumeration(values) => values.join(" | "),
        other => other.describe(),
    };
    rows.push(["values".to_owned(), values, String::new()]);
    if !parameter.aka.is_empty() {
        rows.push(["also called".to_owned(), parameter.aka.join(", "), String::new()]);
    }
    rows.push(["default".to_owned(), default, place(sources, parameter.declared.span)]);
    if let ParameterOf::Setting(class) = parameter.of {
        let of_class = |object: &&Object| object.class == class;
        for object in model.objects.values().filter(of_class) {
            let value = object.values.get(parameter.slot).map(|value| model.value_name(&parameter.kind, *value));
            let set = object.set_at.get(parameter.slot).copied().flatten();
            let value = value.unwrap_or_default();
            let value = if set.is_some() { value } else { format!("{value} (not set: the default)") };
            rows.push([object.spelt.clone(), value, place(sources, set.unwrap_or(object.span))]);
        }
    }
    rows.render("  ")
}

/// What acts on a node, and on what it acts, one step away.
fn neighbours(graph: &RuleGraph, sources: &Sources, node: Node) -> String {
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
    if text.is_empty() { text } else { format!("\n{text}") }
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
