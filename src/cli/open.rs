//! From arguments to a set ready to be asked.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::args::{self, Basis, Location, Reach};
use super::failure::Failure;
use super::output::Output;
use super::progress::loading;
use crate::language::Diagnostic;
use crate::project::side::shown_folder;
use crate::project::{self, FILE, Interrupted, Project, Ready};
use crate::resolve::{Assumption, Context, Entries, RuleSet};
use crate::text::line;

/// The project that was named, or the nearest one.
pub(super) fn project(place: &Location) -> Result<Project, Failure> {
    if !place.policy.is_empty() {
        return Ok(files(&place.policy, &place.directory));
    }
    folder(place).map(|folder| below(&folder, &folder))
}

/// The project in a folder, with paths shown from a folder above on.
pub(super) fn below(root: &Path, folder: &Path) -> Project {
    noted(loading(|progress| Project::open_watched(root, folder, progress)))
}

/// The project of these files.
pub(super) fn files(policies: &[impl AsRef<Path>], directory: &[impl AsRef<Path>]) -> Project {
    noted(loading(|progress| Project::from_files_watched(policies, directory, progress)))
}

/// A project; on standard error, whether another command has not finished writing it.
fn noted(project: Project) -> Project {
    interrupted(project.interrupted());
    project
}

/// Whether another command has not finished writing, on standard error.
pub(super) fn interrupted(interrupted: Option<Interrupted>) {
    if let Some(interrupted) = interrupted {
        Output::note(&line!("note: {interrupted}"));
    }
}

/// The folder of the project that was named, or of the nearest one.
pub(super) fn folder(place: &Location) -> Result<PathBuf, Failure> {
    if let Some(named) = &place.project {
        return Ok(folder_of(named).to_owned());
    }
    project::find(&here()?).ok_or_else(|| {
        Failure::Other(
            "there is no `prescope.yaml` here or in a folder above".to_owned(),
            Some("name a project with --project, or give files with --policy and --directory".to_owned()),
        )
    })
}

/// The folder of a project that was named, or whose project file was.
pub(super) fn folder_of(named: &Path) -> &Path {
    let is_file = named.file_name().is_some_and(|name| name == FILE) && named.is_file();
    match named.parent() {
        Some(parent) if is_file && parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) if is_file => parent,
        _ => named,
    }
}

/// A project with what leads to it from here, where it is not named. It is no more taken apart than a sound one.
pub(super) type Opened = (PathBuf, ManuallyDrop<Project>);

/// The projects that a command is about: the one that was named, or all that lie here and below.
pub(super) fn projects(place: &Location, reach: Reach) -> Result<Vec<Opened>, Failure> {
    if !reach.all_projects {
        return Ok(vec![(PathBuf::new(), ManuallyDrop::new(project(place)?))]);
    }
    let here = here()?;
    let opened = |folder: PathBuf| {
        let project = ManuallyDrop::new(below(&here, &folder));
        (folder.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(folder), project)
    };
    Ok(folders_below(&here).into_iter().map(opened).collect())
}

/// Whether a format that is one document can hold what is told of these projects.
pub(super) fn fits_one_document(projects: usize) -> Result<(), Failure> {
    if projects == 1 {
        return Ok(());
    }
    let message = format!("there are {projects} projects in what is meant, and this format is for one");
    let help = "name one with --project, or leave the format out".to_owned();
    Err(Failure::Other(message, Some(help)))
}

/// The line above what is told of one of several projects, by its place among them and what leads to it from here.
pub(super) fn heading(index: usize, folder: &Path) -> String {
    let between = if index == 0 { "" } else { "\n" };
    format!("{between}{}", line!("in {}", shown_folder(folder)))
}

/// The folders of all projects that lie here and below. A folder that cannot be read is told; git cannot keep it
/// either.
pub(super) fn folders_below(here: &Path) -> Vec<PathBuf> {
    let below = project::find_below(here);
    unread(&below.unread, here);
    below.projects
}

/// That folders cannot be read.
pub(super) fn unread(folders: &[PathBuf], here: &Path) {
    for folder in folders {
        let folder = folder.strip_prefix(here).unwrap_or(folder);
        Output::note(&line!("warning: `{}` cannot be read; projects in it are not found", folder.display()));
    }
}

/// Makes this folder the working directory.
pub(super) fn go_to(folder: &Path) -> Result<(), Failure> {
    std::env::set_current_dir(folder).map_err(|error| {
        let why = project::unreadable_because(folder, &error);
        Failure::Other(
            format!("cannot change to `{}`: {why}", folder.display()),
            Some("name a folder that is there".to_owned()),
        )
    })
}

/// The working directory.
pub(super) fn here() -> Result<PathBuf, Failure> {
    std::env::current_dir()
        .map_err(|error| Failure::Other(format!("the working directory cannot be read: {error}"), None))
}

/// A project whose set answers questions; its errors are printed otherwise. The command ends with the process, which
/// gives everything back at once: to take it apart piece by piece first would take as long as many an answer.
pub(super) fn sound(place: &Location, output: &Output) -> Result<ManuallyDrop<Project>, Failure> {
    let project = ManuallyDrop::new(project(place)?);
    if complained(&project, output) { Err(Failure::Errors) } else { Ok(project) }
}

/// A set ready to be asked, from its snapshot if that holds; its errors are printed otherwise. It is no more taken
/// apart than a project is.
pub(super) fn ready(place: &Location, output: &mut Output) -> Result<Rc<ManuallyDrop<Ready>>, Failure> {
    let opened = match place.policy.is_empty() && !place.no_snapshot {
        true => {
            let folder = folder(place)?;
            loading(|progress| Ready::open_watched(folder, progress))
        }
        false => Ready::new(project(place)?),
    };
    match opened {
        Ok(ready) => {
            let ready = Rc::new(ManuallyDrop::new(ready));
            output.depend_on(Rc::clone(&ready));
            interrupted(ready.interrupted());
            if let Some(why) = ready.stale() {
                Output::note(&line!("note: the snapshot is not used: {why}; `prescope compile` makes it anew"));
            }
            Ok(ready)
        }
        Err(project) => {
            interrupted(project.interrupted());
            complained(&project, output);
            Err(Failure::Errors)
        }
    }
}

/// Whether the set has errors; if so, they are printed.
pub(super) fn complained(project: &Project, output: &Output) -> bool {
    if project.has_errors() {
        let errors: Vec<Diagnostic> = project.diagnostics().iter().filter(|it| it.is_error()).cloned().collect();
        output.complain_findings(project.sources(), &errors);
    }
    project.has_errors()
}

/// Prints the errors of those of some projects that have any, each under what the project is of. They cannot be
/// compared.
pub(super) fn not_compared(projects: &[(String, &Project)], output: &Output) -> Failure {
    for (name, project) in projects.iter().filter(|(_, project)| project.has_errors()) {
        Output::note(&line!("{name} has errors"));
        complained(project, output);
    }
    let help = "correct them, or compare with a revision that has none".to_owned();
    Failure::Other("a side with errors cannot be compared".to_owned(), Some(help))
}

/// That there is no project to be looked at, which is fine where all of them are meant.
pub(super) const NONE: &str = "no project here or below\n";

/// The set ready to be asked on this basis.
pub(super) fn rules(ready: &Ready, basis: &Basis) -> Result<RuleSet, Failure> {
    let entries = if basis.recorded { Entries::Recorded } else { Entries::InForce };
    let rules = ready.rules(entries);
    if basis.assume.is_empty() {
        return Ok(rules);
    }
    let mut assumptions = Vec::new();
    for text in &basis.assume {
        assumptions.push(Assumption::typed(rules.model(), text)?);
    }
    Ok(rules.assuming(&assumptions))
}

/// Whether somebody's name is doubtful, on standard error.
pub(super) fn warn(warnings: &[String]) {
    for warning in warnings {
        Output::note(&line!("warning: {warning}"));
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
    if parts.is_empty() { String::new() } else { line!("({})", parts.join("; ")) }
}

/// The other roles of a question about a feature.
pub(super) fn context(roles: &args::Context) -> Context<'_> {
    Context {
        meeting: roles.r#in.as_deref(),
        role: roles.r#as.as_deref(),
        peer: roles.with.as_deref(),
        owner: roles.owner.as_deref(),
    }
}

/// A question about presence has no such roles.
pub(super) fn no_context(roles: &args::Context) -> Result<(), Failure> {
    if roles.r#in.is_none() && roles.with.is_none() && roles.owner.is_none() {
        return Ok(());
    }
    Err(misspelt("leave --in, --with and --of out: they belong to `use` and `uses`"))
}

/// Words that make no question.
pub(super) fn misspelt(help: &str) -> Failure {
    Failure::Other("this is not a question".to_owned(), Some(help.to_owned()))
}
