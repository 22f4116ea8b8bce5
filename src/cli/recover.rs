//! What an interrupted command has left behind, where the next one is going to write.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::args::{Command, Location, Writes};
use super::failure::Failure;
use super::output::Output;
use super::{named, open};
use crate::project;
use crate::text::line;

/// Finishes or undoes what an interrupted command has left where this one is going to write, and says so on standard
/// error.
pub(super) fn run(place: &Location, command: &Command) -> Result<(), Failure> {
    for folder in folders_to_write(place, command)? {
        if let Some(recovered) = project::recover(&folder)? {
            Output::note(&line!("note: {recovered}"));
        }
    }
    Ok(())
}

fn folders_to_write(place: &Location, command: &Command) -> Result<BTreeSet<PathBuf>, Failure> {
    let Some(Writes { files, reach }) = command.writes() else { return Ok(BTreeSet::new()) };
    if reach.all_projects {
        return Ok(project::find_below(&open::here()?).projects.into_iter().collect());
    }
    let named = [files, &place.policy, &place.directory];
    if files.iter().any(|path| path.is_dir()) {
        let homes = named::homes(files.iter().filter_map(|path| path.canonicalize().ok()).collect())?;
        let alone = homes.alone.iter().map(|file| project::home(file));
        return Ok(homes.projects.into_iter().map(|(folder, _)| folder).chain(alone).collect());
    }
    if named.iter().all(|files| files.is_empty()) {
        // Without a project the command has something to say about that itself.
        return Ok(open::folder(place).into_iter().filter(|folder| folder.is_dir()).collect());
    }
    Ok(named.into_iter().flatten().map(|file| project::home(file)).filter(|home| home.is_dir()).collect())
}
