//! `check`: every error of the set at once.

use super::Status;
use super::args::{Check, FindingFormat, Place};
use super::failure::Failure;
use super::findings::{self, Gathered};
use super::open;
use super::output::Output;
use crate::project::Project;
use crate::report::finding;

pub(super) fn run(place: &Place, command: &Check, output: &mut Output) -> Result<Status, Failure> {
    let projects: Vec<Project> = open::projects(place, command.reach)?.into_iter().map(|(_, it)| it).collect();
    let mut gathered = Gathered::default();
    for project in &projects {
        gathered.take(project.sources(), project.check());
    }
    let Gathered { sources, found } = gathered;
    findings::write(&sources, &found, command.format, output)?;
    if command.format == FindingFormat::Text {
        let summary = finding::summary(&found).map_or_else(|| clean(&projects), |summary| format!("{summary}\n"));
        output.print(&summary)?;
    }
    Ok(findings::status(&found))
}

/// What there is where nothing is wrong.
fn clean(projects: &[Project]) -> String {
    match projects {
        [] => open::NONE.to_owned(),
        [project] => {
            let model = project.model();
            format!(
                "no errors: {} containers, {} categories, {} features, {} users\n",
                model.containers.len(),
                model.categories.len(),
                model.features.len(),
                model.users.len()
            )
        }
        several => format!("no errors in {} projects\n", several.len()),
    }
}
