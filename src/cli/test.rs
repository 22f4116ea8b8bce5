//! `test`: the tests that policies bring with them.

use std::path::Path;

use super::Status;
use super::args::{CoverageFormat, Place, Test, TestFormat};
use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::expect::{self, Coverage, Options, Run};
use crate::project::{Project, remove, save};
use crate::report::{coverage, json, tests};

pub(super) fn run(place: &Place, command: &Test, output: &mut Output) -> Result<Status, Failure> {
    let project = open::sound(place, output)?;
    let subject = project.tests().ok_or(Failure::Errors)?;
    let options = Options {
        filter: command.filter.as_deref(),
        fail_fast: command.fail_fast,
        update: command.update,
        coverage: command.coverage || command.coverage_format.is_some() || command.coverage_threshold.is_some(),
    };
    let run = expect::run(subject, options);
    if let (Some(filter), true) = (&command.filter, run.outcomes.is_empty()) {
        let help = format!("there are {} tests; their labels stand behind `test`", run.left_out);
        return Err(Failure::Other(format!("no test has \"{filter}\" in its label"), Some(help)));
    }
    if command.update {
        update(&project, &run)?;
    }
    let mut status = if run.passed() { Status::Clean } else { Status::Found };
    let written = results(&project, command.format, &run);
    match &run.coverage {
        None => output.print(&written)?,
        Some(covered) => {
            print(&project, command, covered, &written, output)?;
            if let Some(threshold) = command.coverage_threshold
                && covered.percent() < threshold
            {
                Output::note(&format!("coverage {} is below {threshold} %\n", coverage::percent(covered)));
                status = Status::Found;
            }
        }
    }
    Ok(status)
}

fn results(project: &Project, format: TestFormat, run: &Run) -> String {
    let sources = project.sources();
    match format {
        TestFormat::Text => tests::text(sources, run),
        TestFormat::Json => json::tests(sources, run),
        TestFormat::Junit => tests::junit(sources, run),
        TestFormat::Github => tests::github(sources, run, &prefix(project)),
    }
}

/// One document goes to standard output: the coverage if it is one, else the results. The other is a word beside it,
/// except that two texts stand one below the other.
fn print(
    project: &Project,
    command: &Test,
    covered: &Coverage,
    results: &str,
    output: &mut Output,
) -> Result<(), Failure> {
    let sources = project.sources();
    match command.coverage_format.unwrap_or(CoverageFormat::Text) {
        CoverageFormat::Text if command.format == TestFormat::Text => {
            output.print(&format!("{results}\n{}", coverage::text(sources, covered)))?;
        }
        CoverageFormat::Text => {
            output.print(results)?;
            Output::note(&coverage::text(sources, covered));
        }
        CoverageFormat::Lcov => {
            Output::note(results);
            output.print(&coverage::lcov(sources, covered, &prefix(project)))?;
        }
        CoverageFormat::Json => {
            Output::note(results);
            output.print(&json::coverage(sources, covered))?;
        }
    }
    Ok(())
}

/// The path from the working directory down to the project, where other tools look for its files.
fn prefix(project: &Project) -> String {
    let Some(root) = project.root() else { return String::new() };
    let below = match std::env::current_dir() {
        Ok(here) if root.is_absolute() => root.strip_prefix(&here).unwrap_or(Path::new("")).to_path_buf(),
        _ => root.to_path_buf(),
    };
    let below = below.to_string_lossy().replace('\\', "/");
    let below = below.trim_end_matches('/');
    below.strip_prefix("./").unwrap_or(if below == "." { "" } else { below }).to_owned()
}

/// Writes the explanations that are kept from now on, all of them or none, and then takes files away that keep none any
/// more.
fn update(project: &Project, run: &Run) -> Result<(), Failure> {
    let before = project.tests().map(|subject| &subject.beside.reasons);
    let (mut kept, mut written, mut removed) = (Vec::new(), Vec::new(), Vec::new());
    for (policy, reasons) in &run.reasons {
        let Some((shown, path)) = project.reasons_file(*policy) else { continue };
        let old = before.and_then(|before| before.get(policy));
        if reasons.is_empty() {
            removed.extend(old.map(|_| (shown, path)));
        } else if old.is_none_or(|old| old.text() != reasons.text()) {
            kept.push((path, reasons.text()));
            written.push(shown);
        }
    }
    save(&kept).map_err(|error| Failure::Other(error.to_string(), None))?;
    for shown in written {
        Output::note(&format!("{shown}: written\n"));
    }
    for (shown, path) in removed {
        remove(&path).map_err(|error| Failure::Other(error.to_string(), None))?;
        Output::note(&format!("{shown}: removed\n"));
    }
    Ok(())
}
