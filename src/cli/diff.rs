//! `diff`: two sides, folders or revisions, and what differs for whom.

mod gates;
mod names;
mod pushed;
mod renamed;
mod selection;
mod worlds;

use std::borrow::Cow;
use std::mem::ManuallyDrop;

use super::Status;
use super::args::{Diff, DiffBy, DiffFormat, Location};
use super::failure::Failure;
use super::file::{self, Own};
use super::open;
use super::output::{Output, Reply, in_file};
use super::progress::loading;
use super::typed::shell;
use crate::diff::{
    self, Arrivals, Direction, Disclosed, Evidence, Gate, Group, NotCompared, Reasons, Renames, Selection, Structure,
    Verdict,
};
use crate::project::side::{Base, Compared, Means, Request, Side, alone, compare, sides};
use crate::project::{Project, Texts, directory_texts};
use crate::report::diff::{self as report, Comparison, Different, Found, Naming, Renamed};
use crate::report::json;
use crate::resolve::{Entries, RuleSet};
use crate::text::line;

/// Variables in which build services name the branch that a change is for.
const TARGETS: [&str; 2] = ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"];

/// What is written into files, in each format.
const OWN: Own = Own {
    what: "a comparison",
    is_one: |text| {
        let begins = ["BASE `", "BASE the ", "{\"schema\":\"prescope/diff/v1\"", report::MARKER];
        begins.iter().any(|begin| text.starts_with(begin)) || report::is_sarif(text)
    },
};

pub(super) fn run(place: &Location, command: &Diff, output: &mut Output) -> Result<Status, Failure> {
    if !place.policy.is_empty() {
        let help = "leave --policy out, and name two folders or revisions".to_owned();
        return Err(Failure::Other("a comparison is of projects, not of single files".to_owned(), Some(help)));
    }
    selection::has_effect(command)?;
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
    if command.pre_push {
        return pushed::run(&request, command, output);
    }
    one(&sides(&request)?, command, output)
}

/// Compares two sides, and tells what differs.
fn one(sides: &[Side; 2], command: &Diff, output: &mut Output) -> Result<Status, Failure> {
    let people = people(command, output)?;
    // Like every command, this one ends with the process, which gives all memory back at once.
    let compared = ManuallyDrop::new(loading(|progress| compare(sides, people.as_ref(), progress)));
    let named: Vec<String> = command.directory.iter().map(|file| file.to_string_lossy().into_owned()).collect();
    let asked = Asked { sides, people: &named, command };
    match &*compared {
        Compared::Same { files } => {
            let (gates, selection) = of_the_same(&sides[1], command, people.as_ref(), output)?;
            let found = Found::Same(*files);
            asked.tell(asked.comparison((&selection, &Renamed::default()), found, &gates), output)?;
            Ok(asked.status(&gates, false))
        }
        Compared::Different(projects) => asked.different(projects, output),
    }
}

/// What was asked, and of what.
struct Asked<'c> {
    sides: &'c [Side; 2],
    people: &'c [String],
    command: &'c Diff,
}

impl<'c> Asked<'c> {
    fn comparison(
        &self,
        (selection, renamed): (&'c Selection, &'c Renamed),
        found: Found<'c>,
        gates: &'c [Verdict],
    ) -> Comparison<'c> {
        Comparison { sides: self.sides, people: self.people, entries: self.entries(), renamed, selection, found, gates }
    }

    /// Two sides that differ in some file.
    fn different(&self, projects: &[Project; 2], output: &mut Output) -> Result<Status, Failure> {
        let command = self.command;
        let [before, after] = self.sound(projects, output)?;
        let renames = Renames::read(&command.renamed, [before.model(), after.model()])?;
        let [base, head] = projects.each_ref().map(Project::set);
        let renamed = if renames.is_empty() { None } else { Some(ManuallyDrop::new(renames.applied(base)?)) };
        let base = renamed.as_deref().unwrap_or(base);
        let before = match renamed.as_ref().and_then(|set| set.graph.clone()) {
            Some(graph) => RuleSet::new(graph, self.entries()),
            None => before,
        };
        let gates = gates::gates(&command.gates, [before.model(), after.model()])?;
        let selection = selection::selection(&command.told, [&before, &after])?;
        let diff = diff::Diff::between(&before, &after);
        let compared = diff.compares();
        let mut outcome = diff.outcome();
        let is_on_both = self.sides.iter().all(Side::has_project);
        if !is_on_both {
            outcome.disclosures = outcome.disclosures.into_iter().map(Disclosed::aside).collect();
        }
        let structure = Structure::renamed(base, head, &renames);
        let arrivals = gates::arrivals(&command.gates);
        // Who arrived is all there is to ask about: if that counts, and where a project begins.
        let asked = match compared {
            Err(NotCompared::NobodyOnBoth) if arrivals == Arrivals::Count || !is_on_both => Ok(()),
            compared => compared,
        };
        let evidence = Evidence {
            effect: asked.map(|()| &outcome.effect),
            arrived: &outcome.arrived,
            arrivals,
            structure: &structure.differences,
            disclosures: &outcome.disclosures,
        };
        let is_wanted = selection.has_effect() || !gates.is_empty();
        let everywhere = if is_wanted { worlds::everywhere(command, self.sides, [base, head])? } else { None };
        let in_worlds = |gate: &Gate| everywhere.as_ref().and_then(|everywhere| everywhere.evidence(gate));
        let gates: Vec<Verdict> = gates.iter().map(|gate| gate.judge(evidence).in_worlds(in_worlds(gate))).collect();
        let told_everywhere = everywhere.as_ref().map(|it| it.narrowed(&selection));
        let told = match selection.is_everything() {
            true => Cow::Borrowed(&outcome),
            false => Cow::Owned(selection.narrowed(before.model(), &outcome)),
        };
        let groups = diff.groups(&told.effect.presence, command.told.witness.map_or(1, usize::from));
        let reasons = self.reasons(&diff, &structure, &groups);
        let by = command.told.by.map(|by| match by {
            DiffBy::Field => diff::By::Field,
            DiffBy::Site => diff::By::Site,
            DiffBy::OwnerGroup => diff::By::OwnerGroup,
        });
        let tally = by.map(|by| diff.tally(&told.effect.presence, by));
        let different = Different {
            naming: self.naming(),
            model: before.model(),
            sources: projects.each_ref().map(Project::sources),
            outcome: &told,
            tally: tally.as_ref(),
            groups: &groups,
            reasons: &reasons,
            structure: &structure.differences,
            left_out: &selection.left_out(&outcome, &told, structure.differences.len()),
            compared,
            everywhere: told_everywhere.as_ref(),
        };
        let found = Found::Different(different);
        let renamed =
            renamed::renamed(&renames, (structure.looks_renamed(), [before.model(), after.model()]), self.naming());
        self.tell(self.comparison((&selection, &renamed), found, &gates), output)?;
        Ok(self.status(&gates, !renames.is_empty() || !structure.is_empty() || !outcome.is_empty()))
    }

    fn naming(&self) -> Naming {
        if self.command.no_people { Naming::Counts } else { Naming::People }
    }

    /// Why the answers of the first groups are others. The table of gains in markdown has no room for that.
    fn reasons(&self, diff: &diff::Diff<'_>, structure: &Structure<'_>, groups: &[Group]) -> Vec<Option<Reasons>> {
        let is_told =
            |group: &Group| self.command.format != DiffFormat::Markdown || group.direction != Direction::Gains;
        let mut room = report::REASONS;
        let of_each = groups.iter().map(|group| {
            let is_sought = room > 0 && is_told(group);
            room -= usize::from(is_sought);
            is_sought.then(|| diff.reasons(structure, group))
        });
        of_each.collect()
    }

    /// Both sets ready to be asked. Otherwise what is wrong with either is printed, with its side.
    fn sound(&self, projects: &[Project; 2], output: &Output) -> Result<[RuleSet; 2], Failure> {
        for project in projects {
            open::interrupted(project.interrupted());
        }
        if let [Ok(before), Ok(after)] = projects.each_ref().map(|project| project.rules(self.entries())) {
            return Ok([before, after]);
        }
        Err(errors(&[(&self.sides[0], &projects[0]), (&self.sides[1], &projects[1])], output))
    }

    fn entries(&self) -> Entries {
        if self.command.recorded { Entries::Recorded } else { Entries::InForce }
    }

    /// Writes the comparison where it was asked for.
    fn tell(&self, comparison: Comparison<'_>, output: &mut Output) -> Result<(), Failure> {
        let reply = match self.command.format {
            DiffFormat::Text => Reply::Text(report::text(comparison)),
            DiffFormat::Json => Reply::data(json::diff(comparison)),
            DiffFormat::Markdown => Reply::data(report::markdown(comparison, &self.again(comparison.renamed))),
            DiffFormat::Sarif => Reply::data(report::sarif(comparison)),
        };
        let Some(path) = &self.command.output else { return Ok(output.write(&reply)?) };
        file::write(path, &in_file(&reply), &OWN)?;
        output.wrote([path.display().to_string()]);
        output.tell(line!("wrote {}", path.display()))?;
        // Why the command fails is said where it was called too.
        Ok(output.tell(report::gates(comparison.gates))?)
    }

    /// The command that makes the comparison again.
    fn again(&self, told: &Renamed) -> String {
        match self.naming() {
            Naming::People => shell(words()),
            Naming::Counts => shell(renamed::without_others(words(), &told.told)),
        }
    }

    fn status(&self, gates: &[Verdict], is_difference: bool) -> Status {
        let denied = gates.iter().any(|gate| !gate.passed());
        if denied || self.command.exit_code && is_difference { Status::Found } else { Status::Clean }
    }
}

/// What gates say where every file is the same on both sides, and what is asked for. One of them is compiled for that:
/// names are looked up in it, and no gate passes on a set that has errors.
fn of_the_same(
    side: &Side,
    command: &Diff,
    people: Option<&Texts>,
    output: &Output,
) -> Result<(Vec<Verdict>, Selection), Failure> {
    let named = selection::names_something(&command.told) || !command.renamed.is_empty();
    let project = ManuallyDrop::new(match gates::any(&command.gates) || named {
        true => loading(|progress| alone(side, people, progress)),
        false => Project::builder().build(),
    });
    open::interrupted(project.interrupted());
    let Ok(rules) = project.rules(Entries::InForce) else { return Err(errors(&[(side, &project)], output)) };
    // Whatever there is, both sides call it the same.
    Renames::read(&command.renamed, [rules.model(); 2])?;
    let gates = gates::gates(&command.gates, [rules.model(); 2])?;
    Ok((gates.iter().map(Gate::of_the_same).collect(), selection::selection(&command.told, [&rules; 2])?))
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

/// Prints the errors of sides that have any.
fn errors(sides: &[(&Side, &Project)], output: &Output) -> Failure {
    let named: Vec<(String, &Project)> =
        sides.iter().map(|(side, project)| (format!("{}: {side}", side.which), *project)).collect();
    open::not_compared(&named, output)
}

/// The command line as it was typed.
fn words() -> impl Iterator<Item = String> {
    std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned())
}
