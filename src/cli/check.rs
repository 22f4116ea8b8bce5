//! `check`: every error of the set at once.

use super::Status;
use super::args::{Check, Location};
use super::failure::Failure;
use super::findings::{self, Gathered};
use super::open::{self, Opened};
use super::output::Output;
use crate::text::counted;

pub(super) fn run(place: &Location, command: &Check, output: &mut Output) -> Result<Status, Failure> {
    let projects = open::projects(place, command.reach)?;
    let mut gathered = Gathered::default();
    for (_, project) in &projects {
        gathered.take(project, project.check());
    }
    findings::write(&gathered, command.told, || clean(&projects), output)?;
    Ok(findings::status(&gathered))
}

/// What there is where nothing is wrong.
fn clean(projects: &[Opened]) -> String {
    match projects {
        [] => open::NONE.trim_end().to_owned(),
        [(_, project)] => {
            let model = project.model();
            let counts = [
                counted(model.containers.len(), "container"),
                counted(model.categories.len(), "category"),
                counted(model.features.len(), "feature"),
                counted(model.users.len(), "user"),
            ];
            format!("no errors: {}", counts.join(", "))
        }
        several => format!("no errors in {} projects", several.len()),
    }
}
