//! `set`, `new`, `remove`: changes of policy objects, planned first and written where that is asked for.

use super::Status;
use super::args::{Changing, New, Remove, Set};
use super::failure::Failure;
use super::fmt::unified;
use super::output::Output;
use super::planning::{self, Drawn, End};
use crate::change::Request;
use crate::language::Diagnostic;
use crate::project::{Follows, NoChange, PlannedChange, Project};
use crate::report::change::{self as report, Transition};
use crate::report::diff;
use crate::report::effect::Names;
use crate::report::follows;
use crate::report::json;
use crate::report::page::Page;

pub(super) fn set(project: &Project, command: &Set, end: &mut End<'_>, output: &mut Output) -> Result<Status, Failure> {
    let at = command.at.as_deref();
    let request = Request::set(project.set(), &command.assignments, at)?;
    run(project, &(request, &command.how), end, output)
}

pub(super) fn new(project: &Project, command: &New, end: &mut End<'_>, output: &mut Output) -> Result<Status, Failure> {
    let request = Request::new(project.set(), &command.class, &command.at, command.like.as_deref())?;
    run(project, &(request, &command.how), end, output)
}

pub(super) fn remove(
    project: &Project,
    command: &Remove,
    end: &mut End<'_>,
    output: &mut Output,
) -> Result<Status, Failure> {
    let request = Request::remove(project.set(), &command.class, &command.at)?;
    run(project, &(request, &command.how), end, output)
}

fn run(
    project: &Project,
    (request, how): &(Request, &Changing),
    end: &mut End<'_>,
    output: &mut Output,
) -> Result<Status, Failure> {
    let changed = match project.change(request) {
        Ok(changed) => changed,
        Err(refusal) => return refused(project, refusal, output),
    };
    let fails = !how.force && changed.preflight.as_ref().is_some_and(|preflight| !preflight.is_clear());
    let held_up = "nothing is written: the preflight fails; mend what it lists, or add --force\n".to_owned();
    let diff = diff(project, &changed);
    let follows = match changed.plan.texts.is_empty() {
        true => None,
        false => Some(planning::follows(project, &changed.project)?),
    };
    let transition = |written| Transition { before: project, changed: &changed, written };
    let drawn = Drawn {
        project,
        texts: Ok(&changed.plan.texts),
        page: &|written| text(transition(written), &diff, (follows.as_ref(), how.planning.names())),
        document: &|written| json::change(transition(written), &diff, follows.as_ref()),
        idle: "",
        held_up: fails.then_some(held_up),
        stays: &String::new,
        status: if fails { Status::Found } else { Status::Clean },
    };
    planning::end(&drawn, &how.planning, end, output)
}

fn text(transition: Transition<'_>, diff: &str, (follows, names): (Option<&Follows>, Names)) -> Page {
    let changed = transition.changed;
    if changed.plan.texts.is_empty() {
        return Page::from(report::steps(transition)) + "\nnothing changes\n";
    }
    let mut text = Page::from(report::steps(transition)) + "\n" + Page::of_difference(diff);
    text.push_str(diff::change(changed.project.model(), &changed.effect, &changed.groups, names));
    if let Some(follows) = follows {
        text.push_str(follows::text(transition.sides(), follows, planning::MORE));
    }
    if let Some(preflight) = &changed.preflight {
        text.push_str(report::preflight(transition, preflight));
    }
    text
}

fn diff(project: &Project, changed: &PlannedChange) -> String {
    let one = |(file, new): (&crate::language::FileId, &String)| {
        unified(project.sources().path(*file), project.sources().text(*file), new)
    };
    changed.plan.texts.iter().map(one).collect()
}

/// A change that is not made. What would be wrong with the set is shown in the files as they are.
fn refused(project: &Project, refusal: NoChange, output: &Output) -> Result<Status, Failure> {
    let failure = |refusal: &NoChange, help: &str| Failure::Other(refusal.to_string(), Some(help.to_owned()));
    match refusal {
        NoChange::Objection(objection) => Err(objection.into()),
        NoChange::Errors(_) => Err(Failure::Errors),
        NoChange::Built => Err(failure(&refusal, "change the policy files")),
        NoChange::Contradiction(_) => {
            Err(failure(&refusal, "nothing is written; please report it, this is a mistake of prescope"))
        }
        NoChange::Breaks(ref changed) => {
            let errors = changed.diagnostics().iter().filter(|it| it.is_error()).cloned();
            let errors: Vec<Diagnostic> = errors.map(|error| changed.on_disk(error)).collect();
            output.complain_findings(project.sources(), &errors);
            let help = "nothing is written; change first what the errors point at: a grant, a `like`, the directory";
            Output::note(&format!("error: {refusal}\n  help: {help}\n"));
            Ok(Status::Found)
        }
    }
}
