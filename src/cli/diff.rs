//! `diff`: two sides, folders or revisions, and what differs for whom.

mod gates;

use std::mem::ManuallyDrop;

use super::Status;
use super::args::{Diff, DiffFormat, Location};
use super::failure::Failure;
use super::open;
use super::output::Output;
use super::progress::loading;
use super::typed::shell;
use crate::diff::{self, Evidence, Gate, Verdict};
use crate::language::Diagnostic;
use crate::project::side::{Base, Compared, Means, Request, Side, alone, compare, sides};
use crate::project::{Project, Texts, directory_texts};
use crate::report::diff::{self as report, Comparison, Different, Found, Naming};
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
    let tell = |found: Found<'_>, gates: &[Verdict], output: &mut Output| -> Result<Status, Failure> {
        let comparison = Comparison { sides: &sides, people: &named, found, gates };
        match command.format {
            DiffFormat::Text => output.tell(report::text(comparison))?,
            DiffFormat::Json => output.print(&json::diff(comparison))?,
            DiffFormat::Markdown => output.print(&report::markdown(
                comparison,
                &shell(std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned())),
            ))?,
        }
        let denied = gates.iter().any(|gate| !gate.passed());
        let found = denied || command.exit_code && found.is_difference();
        Ok(if found { Status::Found } else { Status::Clean })
    };
    match &*compared {
        Compared::Same { files } => {
            let gates = of_the_same(&sides[1], command, people.as_ref(), output)?;
            tell(Found::Same(*files), &gates, output)
        }
        Compared::Different(projects) => {
            let [before, after] = sound(&sides, projects, output)?;
            let gates = gates::gates(&command.gates, [before.model(), after.model()])?;
            let has_people = projects.iter().any(|project| project.set().directory.is_some());
            let diff = diff::Diff::between(&before, &after);
            let (effect, arrived, left) = (diff.effect(), diff.arrived(), diff.left());
            let (groups, disclosures) = (diff.groups(&effect.presence), diff.disclosures());
            let structure = diff::Structure::between(projects[0].set(), projects[1].set());
            let is_told = |group: &diff::Group| match command.format {
                DiffFormat::Text => true,
                // Its table of gains has no room for them.
                DiffFormat::Markdown => group.direction != diff::Direction::Gains,
                DiffFormat::Json => false,
            };
            let causes = groups.iter().take(report::CAUSES).map(|group| match is_told(group) {
                true => structure.causes(&group.witness.answered(before.model())),
                false => diff::Causes::default(),
            });
            let causes: Vec<diff::Causes> = causes.collect();
            let different = Different {
                naming: if command.no_people { Naming::Counts } else { Naming::People },
                model: before.model(),
                effect: &effect,
                arrived: &arrived,
                left: &left,
                groups: &groups,
                causes: &causes,
                structure: &structure.differences,
                disclosures: &disclosures,
                has_people,
            };
            let evidence = Evidence {
                effect: has_people.then_some(&effect),
                arrived: &arrived,
                arrivals: gates::arrivals(&command.gates),
                structure: &structure.differences,
                disclosures: &disclosures,
            };
            let verdicts: Vec<Verdict> = gates.iter().map(|gate| gate.judge(evidence)).collect();
            tell(Found::Different(different), &verdicts, output)
        }
    }
}

/// What gates say where every file is the same on both sides. Only to look up names, one of them is compiled.
fn of_the_same(side: &Side, command: &Diff, people: Option<&Texts>, output: &Output) -> Result<Vec<Verdict>, Failure> {
    let gates = if gates::name_something(&command.gates) {
        let project = ManuallyDrop::new(loading(|progress| alone(side, people, progress)));
        open::interrupted(project.interrupted());
        let Ok(rules) = project.rules(Entries::InForce) else { return Err(errors(&[(side, &project)], output)) };
        gates::gates(&command.gates, [rules.model(); 2])?
    } else {
        gates::gates(&command.gates, [Project::builder().build().model(); 2])?
    };
    Ok(gates.iter().map(Gate::of_the_same).collect())
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
    Err(errors(&[(&sides[0], &projects[0]), (&sides[1], &projects[1])], output))
}

/// Prints the errors of sides that have any.
fn errors(sides: &[(&Side, &Project)], output: &Output) -> Failure {
    for (side, project) in sides.iter().filter(|(_, project)| project.has_errors()) {
        let errors: Vec<Diagnostic> = project.diagnostics().iter().filter(|it| it.is_error()).cloned().collect();
        Output::note(&line!("{}: {side} has errors", side.which));
        output.complain_findings(project.sources(), &errors);
    }
    let help = "correct them, or compare with a revision that has none".to_owned();
    Failure::Other("a side with errors cannot be compared".to_owned(), Some(help))
}
