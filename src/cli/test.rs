//! `test`: the tests that policies bring with them.

use std::path::Path;

use super::Status;
use super::args::{CoverageFormat, Effort, Location, Test, TestFormat};
use super::failure::Failure;
use super::gate::Own;
use super::named::{self, Meant, Part};
use super::open;
use super::output::{Output, Reply};
use super::prove::{annotations, here, mistaken, proofs};
use crate::expect::{Coverage, Options, Reasons, Run};
use crate::lint::Content;
use crate::project::{Before, FileChange, Project};
use crate::prove::Proofs;
use crate::report::{coverage, json, prove, tests};
use crate::text::line;

/// A project, what leads to it from here, and what became of its tests; None if its set has errors.
type Tested<'a> = (&'a Path, &'a Project, Option<Results<'a>>);

/// What became of tests and, if that was asked for, of invariants.
struct Results<'a> {
    run: Run,
    proofs: Option<Proofs<'a>>,
}

impl Results<'_> {
    /// True if every test passed, and everything was proved that was to be.
    fn passed(&self) -> bool {
        self.run.passed() && self.proofs.as_ref().is_none_or(Proofs::is_clean)
    }
}

pub(super) fn run(place: &Location, command: &Test, output: &mut Output) -> Result<Status, Failure> {
    let parts = named::parts(place, &command.paths)?;
    if is_document(command) {
        open::fits_one_document(parts.len())?;
    }
    let all = tested(&parts, command)?;
    anything_chosen(&all, command)?;
    if all.is_empty() && command.format == TestFormat::Text {
        output.tell(open::NONE)?;
    }
    let mut status = Status::Clean;
    for (index, (folder, project, run)) in all.iter().enumerate() {
        let is_silent = output.is_quiet() && command.format == TestFormat::Text;
        if is_silent
            && run.as_ref().is_some_and(Results::passed)
            && command.coverage_format.is_none()
            && !command.update
        {
            continue;
        }
        if parts.len() > 1 && command.format == TestFormat::Text {
            output.tell(open::heading(index, folder))?;
        }
        output.finish()?; // so that both streams are in the order of the projects
        match run {
            Some(run) => status = status.max(tell(project, command, run, output)?),
            None => _ = open::complained(project, output),
        }
    }
    if all.iter().any(|(.., run)| run.is_none()) { Err(Failure::Errors) } else { Ok(status) }
}

/// Whether the output is one document, which several projects cannot share.
fn is_document(command: &Test) -> bool {
    let report = matches!(command.format, TestFormat::Json | TestFormat::Junit);
    report || command.coverage_format == Some(CoverageFormat::Json)
}

/// Runs the tests of each project, up to the first that fails if that is wanted.
fn tested<'a>(parts: &'a [Part], command: &Test) -> Result<Vec<Tested<'a>>, Failure> {
    let options = Options {
        files: None,
        filter: command.filter.as_deref(),
        fail_fast: command.fail_fast,
        update: command.update,
        fail_on_empty: command.fail_on_empty,
        coverage: command.coverage || command.coverage_format.is_some() || command.coverage_threshold.is_some(),
    };
    let mut all = Vec::new();
    for part in parts {
        let meant = part.meant("tested");
        let (project, files) = (&*part.project, meant.map(Meant::files));
        let results = match project.test(Options { files: files.as_ref(), ..options }) {
            Ok(run) => Some(proved(project, run, command)?),
            Err(_) => None,
        };
        let passed = results.as_ref().is_some_and(Results::passed);
        all.push((part.folder.as_path(), project, results));
        if command.fail_fast && !passed {
            break;
        }
    }
    Ok(all)
}

/// Tries to prove the invariants beside a run, if that is wanted.
fn proved<'p>(project: &'p Project, run: Run, command: &Test) -> Result<Results<'p>, Failure> {
    let proofs = match () {
        () if command.in_directory => here(project, &[])?,
        () if command.prove => proofs(project, &[], Effort::default()),
        () => None,
    };
    let proofs = proofs.map(|proofs| match command.format {
        TestFormat::Junit | TestFormat::Github => Proofs { sources: project.located(&proofs.sources), ..proofs },
        TestFormat::Text | TestFormat::Json => proofs,
    });
    let invariants = if proofs.is_some() { 0 } else { run.invariants };
    Ok(Results { run: Run { invariants, ..run }, proofs })
}

/// How to have more nodes for a proof.
const MORE_NODES: &str = "raise `--limit` of `prescope prove`";

/// A filter that fits no test at all is a mistake.
fn anything_chosen(all: &[Tested<'_>], command: &Test) -> Result<(), Failure> {
    if command.filter.is_none() && command.paths.paths.is_empty() {
        return Ok(());
    }
    if all.is_empty() || all.iter().any(|(.., run)| run.as_ref().is_none_or(|it| !it.run.outcomes.is_empty())) {
        return Ok(());
    }
    let left_out: usize = all.iter().filter_map(|(.., run)| run.as_ref()).map(|it| it.run.left_out).sum();
    Err(match &command.filter {
        Some(filter) => {
            let help = format!("there are {left_out} tests; their labels stand behind `test`");
            Failure::Other(format!("no test has \"{filter}\" in its label"), Some(help))
        }
        None => {
            let help = format!("the project has {left_out} elsewhere; leave the paths out to run all");
            Failure::Other("no test stands in what was named".to_owned(), Some(help))
        }
    })
}

/// Writes what became of one project's tests.
fn tell(project: &Project, command: &Test, all: &Results<'_>, output: &mut Output) -> Result<Status, Failure> {
    let run = &all.run;
    if command.update {
        update(project, run, output)?;
    }
    let mut status = if all.passed() { Status::Clean } else { Status::Found };
    if run.lacks_tests {
        Output::note("there are no tests, which --fail-on-empty takes for a failure\n");
    }
    for path in unread(project) {
        Output::note(&line!("note: `{path}` is not read, so no test in it runs"));
    }
    let written = results(project, command.format, all);
    match &run.coverage {
        None => output.write(&written)?,
        Some(covered) => {
            print(&written, &coverage_of(project, command, covered), output)?;
            if let Some(threshold) = command.coverage_threshold
                && let Some(why) = below(covered, threshold, run)
            {
                Output::note(&line!("{why}"));
                status = Status::Found;
            }
        }
    }
    all.proofs.as_ref().map_or(Ok(()), mistaken)?;
    Ok(status)
}

/// Why the coverage is not what it has to be. Where there is nothing to exercise, a test that runs is all there can be.
fn below(covered: &Coverage, threshold: f64, run: &Run) -> Option<String> {
    match covered.percent().zip(coverage::percent(covered)) {
        Some((percent, words)) => (percent < threshold).then(|| format!("coverage {words} is below {threshold} %")),
        None => run.is_empty().then(|| format!("nothing is covered, which is below {threshold} %")),
    }
}

/// The policy files that the project does not read: nobody knows which tests stand in them.
fn unread(project: &Project) -> Vec<String> {
    let policies = project.unread().iter().filter(|unread| unread.content == Content::Policies);
    policies.map(|unread| project.sources().path(unread.file).to_owned()).collect()
}

/// How to have the reasons of now kept.
const UPDATE: &str = "--update";

fn results(project: &Project, format: TestFormat, Results { run, proofs }: &Results<'_>) -> Reply {
    let (sources, proofs) = (project.sources(), proofs.as_ref());
    let located = || project.located(sources);
    match format {
        TestFormat::Text => {
            let mut text = tests::text(sources, run, UPDATE);
            proofs.into_iter().for_each(|proofs| text.push_str(prove::text(proofs, MORE_NODES)));
            Reply::Text(text)
        }
        TestFormat::Json => Reply::data(json::tests(sources, run, proofs, unread(project))),
        TestFormat::Junit => Reply::data(tests::junit(&located(), run, UPDATE, proofs)),
        TestFormat::Github => {
            let mut text = tests::github(&located(), run, UPDATE);
            text.extend(proofs.map(annotations));
            Reply::Data(text, Own::Commands)
        }
    }
}

fn coverage_of(project: &Project, command: &Test, covered: &Coverage) -> Reply {
    let sources = project.sources();
    match command.coverage_format.unwrap_or(CoverageFormat::Text) {
        CoverageFormat::Text => Reply::Text(coverage::text(sources, covered)),
        CoverageFormat::Lcov => Reply::data(coverage::lcov(&project.located(sources), covered)),
        CoverageFormat::Json => Reply::data(json::coverage(sources, covered)),
    }
}

/// One document goes to standard output: the coverage if it is one, else the results. The other is a word beside it,
/// except that two texts stand one below the other.
fn print(results: &Reply, covered: &Reply, output: &mut Output) -> Result<(), Failure> {
    match (covered, results) {
        (Reply::Data(..), _) => {
            output.write_beside(results);
            output.write(covered)?;
        }
        (Reply::Text(_), Reply::Text(_)) => {
            output.write(results)?;
            output.tell("\n")?;
            output.write(covered)?;
        }
        (Reply::Text(_), Reply::Data(..)) => {
            output.write(results)?;
            output.write_beside(covered);
        }
    }
    Ok(())
}

/// A file that keeps explanations, and that nobody else writes.
const KEPT: Before = Before::Own { head: Reasons::HEAD.as_bytes() };

/// Writes the explanations that are kept from now on, and takes files away that keep none any more: all of it or
/// nothing.
fn update(project: &Project, run: &Run, output: &mut Output) -> Result<(), Failure> {
    let before = &project.beside().reasons;
    let (mut lines, mut changes, mut written) = (Vec::new(), Vec::new(), Vec::new());
    for (policy, reasons) in &run.reasons {
        let Some((shown, path)) = project.reasons_file(*policy) else { continue };
        let old = before.get(policy);
        if reasons.is_empty() {
            if old.is_some() {
                lines.push(line!("{shown}: removed"));
                changes.push(FileChange { path, before: KEPT, new: None });
                written.push(shown);
            }
        } else if old.is_none_or(|old| old.text() != reasons.text()) {
            lines.push(line!("{shown}: written"));
            changes.push(FileChange { path, before: KEPT, new: Some(reasons.text().into_bytes()) });
            written.push(shown);
        }
    }
    project.save(&changes)?;
    output.wrote(written);
    lines.iter().for_each(|line| Output::note(line));
    Ok(())
}
