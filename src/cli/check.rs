//! `check`: every error of the set at once.

use super::Status;
use super::args::{Check, Location};
use super::failure::Failure;
use super::findings::{self, Gathered};
use super::named::{self, Part};
use super::open;
use super::output::Output;
use crate::text::counted;

pub(super) fn run(place: &Location, command: &Check, output: &mut Output) -> Result<Status, Failure> {
    let parts = named::parts(place, &command.paths)?;
    let mut gathered = Gathered::default();
    for part in &parts {
        let (mut found, meant) = (part.project.check(), part.meant("checked"));
        if let Some(meant) = meant {
            found.retain(|finding| meant.has(finding));
            gathered.failed |= meant.failed;
        }
        gathered.take(&part.project, found, command.told.format);
    }
    findings::write(&gathered, command.told, || clean(&parts), output)?;
    Ok(findings::status(&gathered, command.told))
}

/// What there is where nothing is wrong.
fn clean(parts: &[Part]) -> String {
    match parts {
        [] => open::NONE.trim_end().to_owned(),
        [part] => {
            let model = part.project.model();
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
