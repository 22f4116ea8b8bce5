//! What lints found at a revision, in the projects that are linted.

use std::mem::ManuallyDrop;
use std::path::Path;

use crate::cli::args::Location;
use crate::cli::failure::Failure;
use crate::cli::named::Part;
use crate::cli::open;
use crate::cli::output::Output;
use crate::cli::progress::loading;
use crate::cli::words;
use crate::lint::{Known, Levels};
use crate::project::Project;
use crate::project::side::{Side, as_linted, before, shown_folder};
use crate::text::line;

/// What there was of each project, in their order; None of files that belong to no project, all of whose findings are
/// told.
pub(super) fn sides(place: &Location, parts: &[Part], revision: Option<&str>) -> Result<Vec<Option<Side>>, Failure> {
    let Some(revision) = revision else { return Ok(parts.iter().map(|_| None).collect()) };
    if !place.policy.is_empty() {
        let help = "leave --policy or --new-since out".to_owned();
        return Err(Failure::Other(
            "findings are compared in whole projects, not in single files".to_owned(),
            Some(help),
        ));
    }
    let folders: Vec<&Path> = parts.iter().filter_map(|part| part.project.folder()).collect();
    let found = before(revision, &folders).map_err(|error| {
        let (message, help) = words::revision(&error);
        Failure::Other(message, help)
    })?;
    if parts.iter().any(|part| part.project.folder().is_none()) {
        Output::note(
            "note: policies that belong to no project have nothing to be compared with; all of theirs is told\n",
        );
    }
    let mut found = found.into_iter();
    Ok(parts.iter().map(|part| part.project.folder().and_then(|_| found.next())).collect())
}

/// What there was of a project, found at the levels of today: a lint that is turned on now finds nothing new in what
/// stays as it is.
pub(super) fn known(side: &Side, now: &Project, levels: &Levels, output: &Output) -> Result<Known, Failure> {
    if !side.has_project() {
        let folder = shown_folder(now.folder().unwrap_or(Path::new("")));
        Output::note(&line!("note: {side} has no project in `{folder}`, so all findings are new"));
        return Ok(Known::default());
    }
    let then = ManuallyDrop::new(loading(|progress| as_linted(side, now, progress)));
    if then.has_errors() {
        return Err(open::not_compared(&[(side.to_string(), &then), ("the working tree".to_owned(), now)], output));
    }
    // Where today's set has errors, nobody lints it.
    let found = if now.has_errors() { then.check() } else { then.lint(levels) };
    Ok(Known::new(then.sources(), &found))
}
