//! `apply`: carries out a plan that was kept. Nothing in the file is believed: its command is planned again, and what
//! comes of that has to be the file, byte for byte.

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::path::Path;

use clap::Parser;

use super::Status;
use super::args::{Apply, Arguments, Location};
use super::failure::Failure;
use super::open;
use super::output::Output;
use super::planning::{self, End, Kept};
use super::plans;
use super::typed::{at, shell};
use crate::project::{self, Project, Since};
use crate::report::json::{self, PlanFile};
use crate::text::line;

pub(super) fn run(place: &Location, command: &Apply, output: &mut Output) -> Result<Status, Failure> {
    let file = &command.file;
    let text = project::text_of(file).map_err(|error| {
        let why = project::unreadable_because(file, &error);
        Failure::Other(format!("`{}` cannot be read: {why}", file.display()), Some(MAKE.to_owned()))
    })?;
    let plan = json::read_plan_file(&text).map_err(|why| {
        Failure::Other(format!("`{}` is no plan that was kept: {why}", file.display()), Some(MAKE.to_owned()))
    })?;
    let project = ManuallyDrop::new(open::project(place)?);
    match changed(&plan, &project) {
        Some(Since::Applied) => {
            output.tell(line!("applied already: what was planned stands in {}", plan.becomes().join(", ")))?;
            return Ok(Status::Clean);
        }
        Some(since) if project.is_read() => return Err(refused(&plan, (file, place), &since.to_string())),
        _ => {}
    }
    if open::complained(&project, output) {
        return Err(Failure::Errors);
    }
    let Kept { texts, .. } = again(&plan, &text, &project, output)?.ok_or_else(|| {
        refused(
            &plan,
            (file, place),
            &format!("it is not what `{}` plans; somebody has changed it", excerpt(&shell(plan.command.clone()))),
        )
    })?;
    let written = planning::write(&project, &texts, output)?;
    output.tell(line!("applied: {}", shell(plan.command.clone())))?;
    output.tell(match written.as_slice() {
        [] => "nothing to write\n".to_owned(),
        files => line!("written: {}", files.join(", ")),
    })?;
    Ok(Status::Clean)
}

/// How to get a plan.
const MAKE: &str = "keep one with -o, as in `prescope set … -o plan.json`, and apply that file";

/// What is not as it was when the plan was made.
fn changed(plan: &PlanFile, project: &Project) -> Option<Since> {
    if plan.version != project::VERSION {
        return Some(Since::Version(plan.version.clone()));
    }
    project.since(&plan.files, plan.library.as_deref())
}

/// The plan made again of its own command; None if that is another one, or plans nothing.
fn again(plan: &PlanFile, text: &str, project: &Project, output: &mut Output) -> Result<Option<Kept>, Failure> {
    let typed: Vec<OsString> =
        ["prescope"].into_iter().chain(plan.command.iter().map(String::as_str)).map(OsString::from).collect();
    let Ok(arguments) = Arguments::try_parse_from(&typed) else { return Ok(None) };
    let mut end = End::Again(&typed, None);
    plans::made(project, &arguments.command, &mut end, output)?;
    let End::Again(_, kept) = end else { return Ok(None) };
    Ok(kept.filter(|kept| kept.file == text))
}

/// Nothing is written, for this reason.
fn refused(plan: &PlanFile, (file, place): (&Path, &Location), why: &str) -> Failure {
    let again = plan.command.iter().cloned().chain(["-o".to_owned(), file.display().to_string()]).chain(at(place));
    let help = format!("nothing is written; plan again: {}", shell(again));
    Failure::Other(format!("`{}` cannot be applied: {why}", file.display()), Some(excerpt(&help)))
}

/// The beginning of a text that may be of any length.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 500;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
