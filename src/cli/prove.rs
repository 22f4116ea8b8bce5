//! `prove`: whether any world breaks an invariant.

use std::path::Path;

use super::Status;
use super::args::{Denied, Effort, FindingFormat, Location, Prove};
use super::failure::Failure;
use super::gate::Own;
use super::open;
use super::output::{Output, Reply};
use crate::model::Invariant;
use crate::project::Project;
use crate::prove::{Limits, Proofs};
use crate::report::telling::Telling;
use crate::report::{github, json, prove, sarif};
use crate::text::line;

/// How many counterexamples are shown where all are asked for.
const MANY: usize = 20;

pub(super) fn run(place: &Location, command: &Prove, output: &mut Output) -> Result<Status, Failure> {
    let projects = open::projects(place, command.reach)?;
    if projects.len() != 1 && is_document(command.format) {
        let message = format!("there are {} projects here and below, and this format is for one", projects.len());
        let help = "name one with --project, or leave the format out".to_owned();
        return Err(Failure::Other(message, Some(help)));
    }
    if projects.is_empty() && command.format == FindingFormat::Text {
        output.tell(open::NONE)?;
    }
    let (mut status, mut has_errors) = (Status::Clean, false);
    for (index, (folder, project)) in projects.iter().enumerate() {
        if projects.len() > 1 && command.format == FindingFormat::Text {
            let between = if index == 0 { "" } else { "\n" };
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            output.tell(format!("{between}{}", line!("in {}", folder.display())))?;
        }
        output.finish()?; // so that both streams are in the order of the projects
        match proofs(project, &command.labels, command.effort) {
            Some(proofs) => status = status.max(tell(project, command, &proofs, output)?),
            None => has_errors |= open::complained(project, output),
        }
    }
    if has_errors { Err(Failure::Errors) } else { Ok(status) }
}

/// Whether the output is one document, which several projects cannot share.
fn is_document(format: FindingFormat) -> bool {
    !matches!(format, FindingFormat::Text | FindingFormat::Github)
}

/// What was found out of the invariants of a project; None if its set has errors.
pub(super) fn proofs<'p>(project: &'p Project, labels: &[String], effort: Effort) -> Option<Proofs<'p>> {
    let counterexamples = if effort.all { MANY } else { 1 };
    let labels: Vec<String> = labels.iter().map(|label| label.to_lowercase()).collect();
    let wanted = |invariant: &Invariant| {
        let name = invariant.declared.name.to_lowercase();
        labels.is_empty() || labels.iter().any(|label| name.contains(label))
    };
    Proofs::new(project.set(), Limits { nodes: effort.limit, counterexamples }, wanted)
}

/// Writes what was found out of one project.
fn tell(project: &Project, command: &Prove, proofs: &Proofs<'_>, output: &mut Output) -> Result<Status, Failure> {
    for label in &command.labels {
        known(project, label)?;
    }
    output.write(&results(command.format, proofs))?;
    mistaken(proofs)?;
    let denied = command.deny.contains(&Denied::Vacuous) && proofs.vacuous().next().is_some();
    let empty = command.fail_on_empty && proofs.told.is_empty();
    if empty {
        Output::note("there are no invariants, which --fail-on-empty takes for a failure\n");
    }
    Ok(if proofs.is_clean() && !denied && !empty { Status::Clean } else { Status::Found })
}

/// A label that no invariant has is a mistake.
fn known(project: &Project, label: &str) -> Result<(), Failure> {
    let names: Vec<&str> = project.model().invariants.iter().map(|it| it.declared.name.as_str()).collect();
    let wanted = label.to_lowercase();
    if names.iter().any(|name| name.to_lowercase().contains(&wanted)) {
        return Ok(());
    }
    let help = format!("there are {} invariants; their labels stand behind `invariant`", names.len());
    Err(Failure::Other(format!("no invariant has \"{label}\" in its label"), Some(help)))
}

/// What the resolver does not bear out must not be taken for an answer.
pub(super) fn mistaken(proofs: &Proofs<'_>) -> Result<(), Failure> {
    let Some(told) = proofs.mistaken() else { return Ok(()) };
    let name = &told.proof.invariant.declared.name;
    let message = format!("the counterexample of \"{name}\" is none: its test does not fail");
    Err(Failure::Other(message, Some("please report this mistake of prescope with the set".to_owned())))
}

fn results(format: FindingFormat, proofs: &Proofs<'_>) -> Reply {
    let sources = &proofs.sources;
    match format {
        FindingFormat::Text => Reply::Text(prove::text(proofs)),
        FindingFormat::Json => Reply::data(json::proofs(proofs)),
        FindingFormat::Junit => Reply::data(prove::junit(proofs)),
        FindingFormat::Sarif => {
            let found = prove::findings(proofs);
            Reply::data(sarif::sarif(sources, &Telling::each(&found), proofs.not_proved()))
        }
        FindingFormat::Github => Reply::Data(annotations(proofs), Own::Commands),
    }
}

/// Annotations, and the counts.
pub(super) fn annotations(proofs: &Proofs<'_>) -> String {
    let found = prove::findings(proofs);
    github::github(&proofs.sources, &Telling::each(&found)) + &line!("{}", prove::summary(proofs))
}
