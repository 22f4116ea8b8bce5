//! `prove`: whether any world breaks an invariant, or anybody in a directory does.

use std::collections::BTreeSet;

use super::Status;
use super::args::{Denied, Effort, FindingFormat, Location, Prove};
use super::failure::Failure;
use super::gate::Own;
use super::open;
use super::output::{Output, Reply};
use super::words::MORE_NODES;
use crate::model::Invariant;
use crate::project::Project;
use crate::prove::{Limits, Proofs};
use crate::report::telling::Telling;
use crate::report::{Beside, github, json, prove, sarif};
use crate::text::line;

/// How many counterexamples are shown where all are asked for.
const MANY: usize = 20;

/// What was found out of one project: of all worlds, of its directory, or of both.
struct Found<'p> {
    proofs: Proofs<'p>,
    /// Of the directory, where the others are of all worlds.
    in_directory: Option<Proofs<'p>>,
}

impl<'p> Found<'p> {
    fn each(&self) -> impl Iterator<Item = &Proofs<'p>> {
        [&self.proofs].into_iter().chain(&self.in_directory)
    }

    fn each_mut(&mut self) -> impl Iterator<Item = &mut Proofs<'p>> {
        [&mut self.proofs].into_iter().chain(&mut self.in_directory)
    }
}

pub(super) fn run(place: &Location, command: &Prove, output: &mut Output) -> Result<Status, Failure> {
    if command.in_directory && !command.all_worlds && command.effort != Effort::default() {
        let help = "add --all-worlds, or leave them out".to_owned();
        let message = "--all and --limit are about worlds, and --in-directory asks none".to_owned();
        return Err(Failure::Other(message, Some(help)));
    }
    let projects = open::projects(place, command.reach)?;
    if is_document(command.format) {
        open::fits_one_document(projects.len())?;
    }
    if projects.is_empty() && command.format == FindingFormat::Text {
        output.tell(open::NONE)?;
    }
    let (mut status, mut has_errors) = (Status::Clean, false);
    for (index, (folder, project)) in projects.iter().enumerate() {
        if projects.len() > 1 && command.format == FindingFormat::Text {
            output.tell(open::heading(index, folder))?;
        }
        output.finish()?; // so that both streams are in the order of the projects
        match found(project, command)? {
            Some(mut found) => {
                if command.format.is_located() {
                    found.each_mut().for_each(|proofs| proofs.sources = project.located(&proofs.sources));
                }
                status = status.max(tell(command, &found, output)?);
            }
            None => has_errors |= open::complained(project, output),
        }
    }
    if has_errors { Err(Failure::Errors) } else { Ok(status) }
}

/// Whether the output is one document, which several projects cannot share.
fn is_document(format: FindingFormat) -> bool {
    !matches!(format, FindingFormat::Text | FindingFormat::Github)
}

/// What is asked for of the invariants of a project; None if its set has errors.
fn found<'p>(project: &'p Project, command: &Prove) -> Result<Option<Found<'p>>, Failure> {
    if project.has_errors() {
        return Ok(None);
    }
    command.labels.iter().try_for_each(|label| known(project, label))?;
    let denied = |proofs: Proofs<'p>| match command.deny.contains(&Denied::Vacuous) {
        true => proofs.denying_vacuous(),
        false => proofs,
    };
    let of_worlds = || proofs(project, &command.labels, command.effort).map(denied);
    if !command.in_directory {
        return Ok(of_worlds().map(|proofs| Found { proofs, in_directory: None }));
    }
    let Some(here) = here(project, &command.labels)?.map(denied) else { return Ok(None) };
    Ok(match command.all_worlds {
        true => of_worlds().map(|proofs| Found { proofs, in_directory: Some(here) }),
        false => Some(Found { proofs: here, in_directory: None }),
    })
}

/// What was found out of the invariants of a project in its directory; None if its set has errors.
pub(super) fn here<'p>(project: &'p Project, labels: &[String]) -> Result<Option<Proofs<'p>>, Failure> {
    if !project.has_errors() && project.set().directory.is_none() {
        let help = "leave --in-directory out, which asks about everybody there can be".to_owned();
        return Err(Failure::Other(
            "there is no directory, so there is nobody in it to ask about".to_owned(),
            Some(help),
        ));
    }
    Ok(Proofs::in_directory(project.set(), wanted(labels)))
}

/// What was found out of the invariants of a project in all worlds; None if its set has errors.
pub(super) fn proofs<'p>(project: &'p Project, labels: &[String], effort: Effort) -> Option<Proofs<'p>> {
    let counterexamples = if effort.all { MANY } else { 1 };
    Proofs::new(project.set(), Limits { nodes: effort.limit, counterexamples }, wanted(labels))
}

/// Which invariants have one of these texts in their label; all, if there are none.
fn wanted(labels: &[String]) -> impl Fn(&Invariant) -> bool {
    let labels: Vec<String> = labels.iter().map(|label| label.to_lowercase()).collect();
    move |invariant: &Invariant| {
        let name = invariant.declared.name.to_lowercase();
        labels.is_empty() || labels.iter().any(|label| name.contains(label))
    }
}

/// Writes what was found out of one project.
fn tell(command: &Prove, found: &Found<'_>, output: &mut Output) -> Result<Status, Failure> {
    output.write(&results(command.format, found))?;
    mistaken(&found.proofs)?;
    let empty = command.fail_on_empty && found.proofs.told.is_empty();
    if empty {
        Output::note("there are no invariants, which --fail-on-empty takes for a failure\n");
    }
    Ok(if found.each().all(Proofs::is_clean) && !empty { Status::Clean } else { Status::Found })
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
    let message = format!("the counterexample of \"{name}\" is none: the resolver does not find it");
    Err(Failure::Other(message, Some("please report this mistake of prescope with the set".to_owned())))
}

fn results(format: FindingFormat, found: &Found<'_>) -> Reply {
    match format {
        FindingFormat::Text => {
            let mut texts = found.each().map(|proofs| prove::text(proofs, MORE_NODES));
            let first = texts.next().unwrap_or_default();
            Reply::Text(texts.fold(first, |all, text| all + "\n" + text))
        }
        FindingFormat::Json => Reply::data(json::proofs(&found.proofs, found.in_directory.as_ref())),
        FindingFormat::Junit => Reply::data(prove::junit(found.each())),
        FindingFormat::Sarif => {
            let findings: Vec<_> = found.each().flat_map(prove::findings).collect();
            let not_proved: BTreeSet<&str> =
                found.each().flat_map(Proofs::not_proved).map(|it| it.declared.name.as_str()).collect();
            let beside = Beside { invariants: not_proved.len(), ..Beside::default() };
            Reply::data(sarif::sarif(&found.proofs.sources, &Telling::each(&findings), beside))
        }
        FindingFormat::Github => Reply::Data(found.each().map(annotations).collect(), Own::Commands),
    }
}

/// Annotations, and the counts.
pub(super) fn annotations(proofs: &Proofs<'_>) -> String {
    let found = prove::findings(proofs);
    github::github(&proofs.sources, &Telling::each(&found)) + &line!("{}", prove::summary(proofs))
}
