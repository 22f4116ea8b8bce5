//! `check`: every error of the set at once.

use super::Status;
use super::args::{Check, FindingFormat, Place};
use super::failure::Failure;
use super::findings;
use super::open;
use super::output::Output;
use crate::report::finding;

pub(super) fn run(place: &Place, command: &Check, output: &mut Output) -> Result<Status, Failure> {
    let project = open::project(place)?;
    let found = project.diagnostics();
    findings::write(project.sources(), found, command.format, output)?;
    if command.format == FindingFormat::Text {
        let model = project.model();
        let summary = match finding::summary(found) {
            Some(summary) => summary,
            None => format!(
                "no errors: {} containers, {} categories, {} features, {} users",
                model.containers.len(),
                model.categories.len(),
                model.features.len(),
                model.users.len()
            ),
        };
        output.print(&format!("{summary}\n"))?;
    }
    Ok(findings::status(found))
}
