//! `check`: every error of the set at once.

use super::Status;
use super::args::{Check, Location};
use super::failure::Failure;
use super::findings::{self, Gathered};
use super::open::{self, Opened};
use super::output::Output;

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
                counted_as(model.containers.len(), "container", "containers"),
                counted_as(model.categories.len(), "category", "categories"),
                counted_as(model.features.len(), "feature", "features"),
                counted_as(model.users.len(), "user", "users"),
            ];
            format!("no errors: {}", counts.join(", "))
        }
        several => format!("no errors in {} projects", several.len()),
    }
}

fn counted_as(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
