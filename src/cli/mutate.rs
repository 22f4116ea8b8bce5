//! `mutate`: which slips the tests and invariants of a project would catch.

use std::sync::OnceLock;

use super::Status;
use super::args::{AnswerFormat, Location, Mutate};
use super::failure::Failure;
use super::open;
use super::output::{Output, Reply};
use super::progress::Bar;
use super::words::MORE_NODES;
use crate::mutate::{Catcher, Mutants, Options, Share, Untried};
use crate::project::Project;
use crate::report::{self, Naming, json};
use crate::text::line;

/// How many of those that fail are named.
const NAMED: usize = 3;

pub(super) fn run(place: &Location, command: &Mutate, output: &mut Output) -> Result<Status, Failure> {
    let project = open::project(place)?;
    if project.has_errors() {
        open::complained(&project, output);
        return Err(Failure::Errors);
    }
    let share = Share { one_in: command.one_in as usize, seed: command.seed };
    let options = Options { operators: command.operators.clone(), share, limit: command.limit };
    let bar: OnceLock<Bar> = OnceLock::new();
    let step = |all| bar.get_or_init(|| Bar::new("trying slips", Some(all))).step();
    let mutants = Mutants::new(project.set(), project.beside(), &options, &step);
    if let Some(bar) = bar.get() {
        bar.done();
    }
    let mutants = mutants.map_err(|untried| failure(&project, untried))?;
    let naming = Naming { model: project.model(), sources: project.sources() };
    output.write(&match command.format {
        AnswerFormat::Text => Reply::Text(report::mutate::text(naming, &mutants, MORE_NODES)),
        AnswerFormat::Json => Reply::data(json::mutants(naming, &mutants)),
    })?;
    match mutants.counts().percent() {
        Some(percent) if percent < command.threshold => {
            let caught = report::mutate::percent(percent);
            Output::note(&line!("{caught} are caught, which is below {} %", command.threshold));
            Ok(Status::Found)
        }
        _ => Ok(Status::Clean),
    }
}

fn failure(project: &Project, untried: Untried) -> Failure {
    match untried {
        Untried::Errors => Failure::Errors,
        Untried::Failing(failing) => {
            let named = |catcher: &Catcher| {
                let at = project.sources().start(catcher.at);
                format!("{}:{} \"{}\"", project.sources().path(catcher.at.file), at.line, catcher.label)
            };
            let mut names: Vec<String> = failing.iter().take(NAMED).map(named).collect();
            if failing.len() > NAMED {
                names.push(format!("{} more", failing.len() - NAMED));
            }
            let message = format!("some of what should catch slips fails without any: {}", names.join(", "));
            Failure::Other(message, Some("let `prescope test --prove` pass first".to_owned()))
        }
    }
}
