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
    let since = changed(&plan, &project);
    let is_applied = since == Some(Since::Applied);
    if let (Some(since), false, true) = (since, is_applied, project.is_read()) {
        let message = format!("`{}` cannot be applied: {since}", file.display());
        return Err(Failure::Other(message, Some(plan_again(&plan, file, place))));
    }
    if open::complained(&project, output) {
        return Err(Failure::Errors);
    }
    // That everything stands there already is no more to be believed: it is planned on the set as it was before.
    let before = if is_applied { project.before(&plan.files) } else { None };
    let planned_on = if is_applied { before.as_ref() } else { Some(&*project) };
    let made = match planned_on {
        Some(project) => again(&plan, &text, project, output)?,
        None => None,
    };
    let (Kept { texts, stays, .. }, status) = made.ok_or_else(|| edited(&plan, file))?;
    let command = shell(plan.command.clone());
    if is_applied {
        output.tell(line!("applied already: {command}"))?;
        output.tell(line!("what was planned stands in {}", plan.becomes().join(", ")))?;
    } else {
        let written = planning::write(&project, &texts, output)?;
        output.tell(line!("applied: {command}"))?;
        output.tell(match written.as_slice() {
            [] => "nothing to write\n".to_owned(),
            files => line!("written: {}", files.join(", ")),
        })?;
    }
    if !stays.is_empty() {
        output.tell("\nnot settled by it\n".to_owned() + &stays)?;
    }
    Ok(status)
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

/// The plan made again of its own command, and how that ends; None if it is another one, or plans nothing.
fn again(
    plan: &PlanFile,
    text: &str,
    project: &Project,
    output: &mut Output,
) -> Result<Option<(Kept, Status)>, Failure> {
    let Some((typed, arguments)) = arguments(plan) else { return Ok(None) };
    let mut end = End::Again(&typed, None);
    let status = plans::made(project, &arguments.command, &mut end, output)?;
    let End::Again(_, kept) = end else { return Ok(None) };
    // How lines end is up to git, too, and an editor may take away the last end.
    let is_it = |kept: &Kept| kept.file.lines().eq(text.lines());
    Ok(kept.filter(is_it).map(|kept| (kept, status)))
}

/// The command of a plan, as it is typed and what it says; None if it is no command line.
fn arguments(plan: &PlanFile) -> Option<(Vec<OsString>, Arguments)> {
    let words = ["prescope"].into_iter().chain(plan.command.iter().map(String::as_str));
    let typed: Vec<OsString> = words.map(OsString::from).collect();
    let arguments = Arguments::try_parse_from(&typed).ok()?;
    Some((typed, arguments))
}

/// What to do about a plan that is out of date. Its command is shown only if it writes nothing.
fn plan_again(plan: &PlanFile, file: &Path, place: &Location) -> String {
    let plans = |arguments: &Arguments| arguments.command.planning().is_some_and(|planning| !planning.write);
    if !arguments(plan).is_some_and(|(_, arguments)| plans(&arguments)) {
        return format!("nothing is written; {PLAN}");
    }
    let again = plan.command.iter().cloned().chain(["-o".to_owned(), file.display().to_string()]).chain(at(place));
    excerpt(&format!("nothing is written; plan again, if this is what you want: {}", shell(again)))
}

/// A plan that its command does not make. That command may be somebody else's, so nobody is told to run it.
fn edited(plan: &PlanFile, file: &Path) -> Failure {
    let command = excerpt(&shell(plan.command.clone()));
    let message =
        format!("`{}` cannot be applied: it is not what `{command}` plans; somebody has changed it", file.display());
    Failure::Other(message, Some(format!("nothing is written; {PLAN}")))
}

/// What to do where the command in the file is not to be trusted.
const PLAN: &str = "plan what you want yourself, and keep it with -o";

/// The beginning of a text that may be of any length.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 500;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
