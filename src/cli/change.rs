//! `set`, `new`, `remove`: changes of policy objects, planned first and written where that is asked for.

use super::Status;
use super::args::{AnswerFormat, Changing, New, Place, Remove, Set};
use super::failure::Failure;
use super::fmt::unified;
use super::open;
use super::output::Output;
use super::wish;
use crate::change::Request;
use crate::language::Diagnostic;
use crate::project::{Changed, Project, Refusal};
use crate::report::page::Page;
use crate::report::{change as report, json};
use crate::text::line;

pub(super) fn set(place: &Place, command: &Set, output: &mut Output) -> Result<Status, Failure> {
    let project = open::sound(place, output)?;
    let at = command.at.as_deref();
    let request = Request::set(project.model(), &command.assignments, at, project.has_directory())?;
    run(&project, &request, &command.how, output)
}

pub(super) fn new(place: &Place, command: &New, output: &mut Output) -> Result<Status, Failure> {
    let project = open::sound(place, output)?;
    let (class, at, like) = (&command.class, &command.at, command.like.as_deref());
    let request = Request::new(project.model(), class, at, like, project.has_directory())?;
    run(&project, &request, &command.how, output)
}

pub(super) fn remove(place: &Place, command: &Remove, output: &mut Output) -> Result<Status, Failure> {
    let project = open::sound(place, output)?;
    let request = Request::remove(project.model(), &command.class, &command.at, project.has_directory())?;
    run(&project, &request, &command.how, output)
}

fn run(project: &Project, request: &Request, how: &Changing, output: &mut Output) -> Result<Status, Failure> {
    let changed = match project.change(request) {
        Ok(changed) => changed,
        Err(refusal) => return refused(project, refusal, output),
    };
    let held_up = !how.force && changed.preflight.as_ref().is_some_and(|preflight| !preflight.is_clear());
    let writes = how.write && !held_up && !changed.plan.texts.is_empty();
    if writes {
        wish::write(project, &changed.plan.texts, output)?;
    }
    let diff = diff(project, &changed);
    match how.format {
        AnswerFormat::Json => output.print(&json::change(project, &changed, &diff, writes))?,
        AnswerFormat::Text => output.tell(text(project, &changed, &diff, held_up, writes))?,
    }
    Ok(if held_up { Status::Found } else { Status::Clean })
}

fn text(project: &Project, changed: &Changed, diff: &str, held_up: bool, written: bool) -> Page {
    let mut text = Page::from(report::steps(project, changed));
    if changed.plan.texts.is_empty() {
        text.push_str("\nnothing changes\n");
        return text;
    }
    text.push('\n');
    text.push_str(Page::of_difference(diff));
    text.push_str(report::effect(changed, "--format json"));
    if let Some(preflight) = &changed.preflight {
        text.push_str(report::preflight(project, changed, preflight, written));
    }
    let paths: Vec<&str> = changed.plan.texts.keys().map(|file| project.sources().path(*file)).collect();
    text.push_str(match (written, held_up) {
        (true, _) => format!("\n{}", line!("written: {}", paths.join(", "))),
        (false, true) => "\nnothing is written: the preflight fails; mend what it lists, or add --force\n".to_owned(),
        (false, false) => "\nnothing is written yet: add --write\n".to_owned(),
    });
    text
}

fn diff(project: &Project, changed: &Changed) -> String {
    let one = |(file, new): (&crate::language::FileId, &String)| {
        unified(project.sources().path(*file), project.sources().text(*file), new)
    };
    changed.plan.texts.iter().map(one).collect()
}

/// A change that is not made. What would be wrong with the set is shown in the files as they are.
fn refused(project: &Project, refusal: Refusal, output: &Output) -> Result<Status, Failure> {
    let failure = |refusal: &Refusal, help: &str| Failure::Other(refusal.to_string(), Some(help.to_owned()));
    match refusal {
        Refusal::Objection(objection) => Err(objection.into()),
        Refusal::Errors(_) => Err(Failure::Errors),
        Refusal::Built => Err(failure(&refusal, "change the policy files")),
        Refusal::Contradiction(_) => {
            Err(failure(&refusal, "nothing is written; please report it, this is a mistake of prescope"))
        }
        Refusal::Breaks(ref changed) => {
            let errors = changed.diagnostics().iter().filter(|it| it.is_error()).cloned();
            let errors: Vec<Diagnostic> = errors.map(|error| changed.on_disk(error)).collect();
            output.complain_findings(project.sources(), &errors);
            let help = "nothing is written; change first what the errors point at: a grant, a `like`, the directory";
            Output::note(&format!("error: {refusal}\n  help: {help}\n"));
            Ok(Status::Found)
        }
    }
}
