//! From arguments to a set ready to be asked.

use std::path::PathBuf;

use super::args::{self, Basis, Place};
use super::failure::Failure;
use super::output::Output;
use crate::diagnostic::Diagnostic;
use crate::project::{self, Project};
use crate::resolve::{Context, Entries, RuleSet};

/// The project that was named, or the nearest one.
pub(super) fn project(place: &Place) -> Result<Project, Failure> {
    if !place.policy.is_empty() {
        return Ok(Project::from_files(&place.policy, &place.directory));
    }
    folder(place).map(Project::open)
}

/// The folder of the project that was named, or of the nearest one.
pub(super) fn folder(place: &Place) -> Result<PathBuf, Failure> {
    if let Some(folder) = &place.project {
        return Ok(folder.clone());
    }
    let here = std::env::current_dir()
        .map_err(|error| Failure::Other(format!("the working directory cannot be read: {error}"), None))?;
    project::find(&here).ok_or_else(|| {
        Failure::Other(
            "there is no `prescope.yaml` here or in a folder above".to_owned(),
            Some("name a project with --project, or give files with --policy and --directory".to_owned()),
        )
    })
}

/// A project whose set answers questions; its errors are printed otherwise.
pub(super) fn sound(place: &Place, output: &Output) -> Result<Project, Failure> {
    let project = project(place)?;
    if project.has_errors() {
        let errors: Vec<Diagnostic> = project.diagnostics().iter().filter(|it| it.is_error()).cloned().collect();
        output.complain_findings(project.sources(), &errors);
        return Err(Failure::Errors);
    }
    Ok(project)
}

/// The set ready to be asked on this basis.
pub(super) fn rules(project: &Project, basis: &Basis) -> Result<RuleSet, Failure> {
    let entries = if basis.recorded { Entries::Recorded } else { Entries::InForce };
    let rules = project.rules(entries).ok_or(Failure::Errors)?;
    if basis.assume.is_empty() {
        return Ok(rules);
    }
    let mut assumptions = Vec::new();
    for text in &basis.assume {
        assumptions.push(rules.assumption(text)?);
    }
    Ok(rules.assuming(&assumptions))
}

/// Whether somebody's name is doubtful, on standard error.
pub(super) fn warn(warnings: &[String]) {
    for warning in warnings {
        Output::note(&format!("warning: {warning}\n"));
    }
}

/// A line that says on what a question was answered, if not on what is in force.
pub(super) fn basis_line(rules: &RuleSet, basis: &Basis) -> String {
    let mut parts: Vec<String> = Vec::new();
    if rules.entries() == Entries::Recorded {
        parts.push("on the recorded entries".to_owned());
    }
    if !basis.assume.is_empty() {
        parts.push(format!("assuming {}", basis.assume.join(", ")));
    }
    if parts.is_empty() { String::new() } else { format!("({})\n", parts.join("; ")) }
}

/// The other roles of a question about a feature.
pub(super) fn context(roles: &args::Context) -> Context<'_> {
    Context {
        meeting: roles.r#in.as_deref(),
        role: roles.r#as.as_deref(),
        peer: roles.with.as_deref(),
        owner: roles.of.as_deref(),
    }
}

/// A question about presence has no such roles.
pub(super) fn no_context(roles: &args::Context) -> Result<(), Failure> {
    if roles.r#in.is_none() && roles.with.is_none() && roles.of.is_none() {
        return Ok(());
    }
    Err(misspelt("leave --in, --with and --of out: they belong to `use` and `uses`"))
}

/// Words that make no question.
pub(super) fn misspelt(help: &str) -> Failure {
    Failure::Other("this is not a question".to_owned(), Some(help.to_owned()))
}
