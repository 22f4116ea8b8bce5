//! `show`: the documentation of names.

use super::Status;
use super::args::{Location, Show};
use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::language::nearest;
use crate::report::show;

pub(super) fn run(place: &Location, command: &Show, output: &mut Output) -> Result<Status, Failure> {
    let ready = open::ready(place, output)?;
    let graph = ready.graph();
    let Some(name) = &command.name else {
        output.tell(show::index(graph, ready.sources()))?;
        return Ok(Status::Clean);
    };
    match show::text(graph, ready.sources(), name) {
        Some(text) => {
            output.tell(text)?;
            Ok(Status::Clean)
        }
        None => {
            let names = show::names(graph);
            let help = match nearest(name, names.iter().map(String::as_str)) {
                Some(near) => near.help(),
                None => "`prescope show` lists every name".to_owned(),
            };
            Err(Failure::Other(format!("nothing is called `{name}`"), Some(help)))
        }
    }
}
