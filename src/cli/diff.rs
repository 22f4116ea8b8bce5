//! `diff`: two sides, folders or revisions, and what differs for whom.

use std::mem::ManuallyDrop;

use super::Status;
use super::args::{AnswerFormat, Diff, Location};
use super::failure::Failure;
use super::open;
use super::output::Output;
use super::progress::loading;
use crate::diff;
use crate::language::Diagnostic;
use crate::project::side::{Base, Compared, Means, Request, Side, compare, sides};
use crate::project::{Project, Texts, directory_texts};
use crate::report::diff::{self as report, Comparison, Different, Found};
use crate::report::json;
use crate::resolve::{Entries, RuleSet};
use crate::text::line;

/// Variables in which build services name the branch that a change is for.
const TARGETS: [&str; 2] = ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"];

pub(super) fn run(place: &Location, command: &Diff, output: &mut Output) -> Result<Status, Failure> {
    if !place.policy.is_empty() {
        let help = "leave --policy out, and name two folders or revisions".to_owned();
        return Err(Failure::Other("a comparison is of projects, not of single files".to_owned(), Some(help)));
    }
    let here = open::here()?;
    let means = match (command.git, command.folder) {
        (true, _) => Means::Revisions,
        (_, true) => Means::Folders,
        _ => Means::Either,
    };
    let request = Request {
        base: command.base.as_deref().map_or_else(|| default_base(command), Base::Typed),
        head: command.head.as_deref(),
        means,
        staged: command.staged,
        merge_base: command.merge_base,
        project: place.project.as_deref(),
        here: &here,
    };
    let sides = sides(&request)?;
    let people = people(command, output)?;
    // Like every command, this one ends with the process, which gives all memory back at once.
    let compared = ManuallyDrop::new(loading(|progress| compare(&sides, people.as_ref(), progress)));
    let named: Vec<String> = command.directory.iter().map(|file| file.to_string_lossy().into_owned()).collect();
    let tell = |found: Found<'_>, output: &mut Output| -> Result<Status, Failure> {
        let comparison = Comparison { sides: &sides, people: &named, found };
        match command.format {
            AnswerFormat::Text => output.tell(report::text(comparison))?,
            AnswerFormat::Json => output.print(&json::diff(comparison))?,
        }
        Ok(if command.exit_code && found.is_difference() { Status::Found } else { Status::Clean })
    };
    match &*compared {
        Compared::Same { files } => tell(Found::Same(*files), output),
        Compared::Different(projects) => {
            let [before, after] = sound(&sides, projects, output)?;
            let has_people = projects.iter().any(|project| project.set().directory.is_some());
            let diff = diff::Diff::between(&before, &after);
            let (effect, arrived, left) = (diff.effect(), diff.arrived(), diff.left());
            let model = before.model();
            tell(Found::Different(Different { model, effect: &effect, arrived, left, has_people }), output)
        }
    }
}

/// With what to compare where that is not said: what is staged with the last commit, everything else with the branch
/// that the change is for.
fn default_base(command: &Diff) -> Base<'static> {
    if command.staged && !command.merge_base {
        return Base::FirstOf(vec!["HEAD".to_owned()]);
    }
    let named = TARGETS.iter().find_map(|name| std::env::var(name).ok().filter(|branch| !branch.is_empty()));
    // A build service may have fetched the branch under its own name.
    Base::FirstOf(named.map_or(vec!["origin/HEAD".to_owned()], |branch| vec![format!("origin/{branch}"), branch]))
}

/// The people of both sides, if they are named.
fn people(command: &Diff, output: &Output) -> Result<Option<Texts>, Failure> {
    if command.directory.is_empty() {
        return Ok(None);
    }
    let texts = directory_texts(&command.directory);
    open::interrupted(texts.interrupted);
    if texts.found.is_empty() {
        return Ok(Some(texts));
    }
    output.complain_findings(&texts.sources, &texts.found);
    let help = "name files that can be read".to_owned();
    Err(Failure::Other("the people of both sides cannot be read".to_owned(), Some(help)))
}

/// Both sets ready to be asked. Otherwise what is wrong with either is printed, with its side.
fn sound(sides: &[Side; 2], projects: &[Project; 2], output: &Output) -> Result<[RuleSet; 2], Failure> {
    for project in projects {
        open::interrupted(project.interrupted());
    }
    if let [Ok(before), Ok(after)] = projects.each_ref().map(|project| project.rules(Entries::InForce)) {
        return Ok([before, after]);
    }
    for (side, project) in sides.iter().zip(projects).filter(|(_, project)| project.has_errors()) {
        let errors: Vec<Diagnostic> = project.diagnostics().iter().filter(|it| it.is_error()).cloned().collect();
        Output::note(&line!("{}: {side} has errors", side.which));
        output.complain_findings(project.sources(), &errors);
    }
    let help = "correct them, or compare with a revision that has none".to_owned();
    Err(Failure::Other("a side with errors cannot be compared".to_owned(), Some(help)))
}
