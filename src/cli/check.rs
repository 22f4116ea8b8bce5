//! `check`: every error of the set at once.

use super::Status;
use super::args::{Check, Place};
use super::failure::Failure;
use super::findings::{self, Gathered};
use super::open;
use super::output::Output;
use crate::project::Project;

pub(super) fn run(place: &Place, command: &Check, output: &mut Output) -> Result<Status, Failure> {
    let projects: Vec<Project> = open::projects(place, command.reach)?.into_iter().map(|(_, it)| it).collect();
    let mut gathered = Gathered::default();
    for project in &projects {
        gathered.take(project, project.check());
    }
    findings::write(&gathered, command.told, || clean(&projects), output)?;
    let status = findings::status(&gathered);
    // To free a large directory piece by piece takes a tenth of the command, and the process ends here.
    std::mem::forget(projects);
    Ok(status)
}

/// What there is where nothing is wrong.
fn clean(projects: &[Project]) -> String {
    match projects {
        [] => open::NONE.trim_end().to_owned(),
        [project] => {
            let model = project.model();
            format!(
                "no errors: {} containers, {} categories, {} features, {} users",
                model.containers.len(),
                model.categories.len(),
                model.features.len(),
                model.users.len()
            )
        }
        several => format!("no errors in {} projects", several.len()),
    }
}
