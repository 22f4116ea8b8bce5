//! `graph`: the rule graph as a picture.

use super::Status;
use super::args::{Graph, GraphFormat, Location};
use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::graph::{Edge, Node, RuleGraph};
use crate::language::nearest;
use crate::report::graph as report;

pub(super) fn run(place: &Location, command: &Graph, output: &mut Output) -> Result<Status, Failure> {
    let ready = open::ready(place, output)?;
    let graph = ready.graph();
    let edges = match &command.focus {
        None => graph.edges(),
        Some(name) => focused(graph, name)?,
    };
    let text = match command.format {
        GraphFormat::Dot => report::dot(graph.model(), &edges),
        GraphFormat::Mermaid => report::mermaid(graph.model(), &edges),
        GraphFormat::Json => report::json(graph.model(), ready.sources(), &edges),
    };
    output.print(&text)?;
    Ok(Status::Clean)
}

fn focused(graph: &RuleGraph, name: &str) -> Result<Vec<(Node, Edge, Node)>, Failure> {
    let nodes = graph.named(name);
    if !nodes.is_empty() {
        return Ok(graph.around(&nodes));
    }
    let names = graph.names();
    let help = nearest(name, names.iter().map(String::as_str)).map(|near| near.help());
    Err(Failure::Other(format!("nothing in the graph is called `{name}`"), help))
}
