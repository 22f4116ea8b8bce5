//! `lint`: findings beyond errors, and their fixes.

mod before;

use std::collections::{BTreeMap, BTreeSet};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use super::Status;
use super::args::{Lint, Location};
use super::failure::Failure;
use super::findings::{self, Gathered};
use super::open;
use super::output::Output;
use super::rule::unknown;
use crate::language::{Diagnostic, FileId, Severity};
use crate::lint::{Known, Level, Levels, Parted, Skipped, Wanted};
use crate::project::side::Side;
use crate::project::{self, Project, is_policy};
use crate::text::{counted, line};

/// What `--deny` makes an error of besides lints by name.
const WARNINGS: &str = "warnings";

/// A project with the files of it that were named; None is all.
struct Part {
    project: ManuallyDrop<Project>,
    files: Option<Vec<PathBuf>>,
}

pub(super) fn run(place: &Location, command: &Lint, output: &mut Output) -> Result<Status, Failure> {
    let parts = parts(place, command)?;
    let sides = before::sides(place, &parts, command.new_since.as_deref())?;
    // Whatever stands in the way of one project is told before anything is mended in another.
    let basis = |(part, side): (&Part, &Option<Side>)| Basis::new(part, side.as_ref(), command, output);
    let bases = parts.iter().zip(&sides).map(basis).collect::<Result<Vec<Basis>, Failure>>()?;
    let mut gathered = Gathered::default();
    for ((part, basis), side) in parts.into_iter().zip(bases).zip(sides) {
        let found = one(part, basis, command, output)?;
        gathered.failed |= found.failed;
        gathered.take(&found.project, found.parted);
        gathered.since = gathered.since.or(side);
    }
    let clean = if gathered.since.is_some() { "no new findings" } else { "no findings" };
    findings::write(&gathered, command.told, || clean.to_owned(), output)?;
    Ok(findings::status(&gathered))
}

/// By what a project is linted.
struct Basis {
    levels: Levels,
    /// What is wrong with those of the project.
    of_levels: Vec<Diagnostic>,
    /// What was found before; nothing, if nobody asks.
    known: Known,
}

impl Basis {
    fn new(part: &Part, before: Option<&Side>, command: &Lint, output: &Output) -> Result<Basis, Failure> {
        let (mut levels, of_levels) = part.project.levels();
        choose(&mut levels, command)?;
        let known = match before {
            Some(side) => before::known(side, &part.project, &levels, output)?,
            None => Known::default(),
        };
        Ok(Basis { levels, of_levels, known })
    }
}

/// What was found in a project.
struct Found {
    project: ManuallyDrop<Project>,
    parted: Parted,
    /// A file that was named could not be read.
    failed: bool,
}

fn one(part: Part, basis: Basis, command: &Lint, output: &mut Output) -> Result<Found, Failure> {
    let Part { mut project, files } = part;
    let Basis { levels, of_levels, known } = basis;
    if command.fix {
        let wanted = if command.unsafe_fixes { Wanted::All } else { Wanted::Safe };
        let mended = ManuallyDrop::into_inner(project).mend_new(&levels, wanted, &known);
        mended.project.write()?;
        output.wrote(mended.changed.iter().map(|file| mended.project.sources().path(*file).to_owned()));
        note(mended.applied, mended.changed.len(), &mended.skipped);
        project = ManuallyDrop::new(mended.project);
    }
    let mut found = project.lint(&levels);
    found.splice(..0, of_levels);
    let mut parted = known.part(project.sources(), found);
    let mut failed = false;
    if let Some(files) = files {
        let lost: Vec<PathBuf> = project.lost().iter().filter_map(|file| file.canonicalize().ok()).collect();
        failed = files.iter().any(|file| lost.contains(file));
        let named = read_of(&project, &files, &lost);
        let place = |finding: &Diagnostic| finding.labels.iter().any(|label| named.contains(&label.span.file));
        parted.retain(|finding| finding.is_error() || place(finding));
    }
    if command.deny.iter().any(|name| name == WARNINGS) {
        // Those of `check` too. What is told has been chosen before: an error by this option is none anywhere else.
        for finding in parted.all_mut().filter(|finding| finding.severity == Severity::Warning) {
            finding.severity = Severity::Error;
        }
    }
    Ok(Found { project, parted, failed })
}

/// Which of the files named the project has read. A policy that it leaves out is told: nobody has looked at it. One
/// that it could not read has been told.
fn read_of(project: &Project, files: &[PathBuf], lost: &[PathBuf]) -> BTreeSet<FileId> {
    let on_disk = |file: FileId| project.path_on_disk(file).and_then(|path| path.canonicalize().ok());
    let read: BTreeMap<PathBuf, FileId> =
        project.sources().files().filter_map(|(file, _)| on_disk(file).map(|path| (path, file))).collect();
    let left_out = |file: &&PathBuf| is_policy(file) && !read.contains_key(*file) && !lost.contains(file);
    for left_out in files.iter().filter(left_out) {
        let file = left_out.display();
        Output::note(&line!("warning: `{file}` is none of the files that its project reads; it is not linted"));
    }
    files.iter().filter_map(|file| read.get(file).copied()).collect()
}

/// The levels of this run over those of the project.
fn choose(levels: &mut Levels, command: &Lint) -> Result<(), Failure> {
    let wanted = [(&command.allow, Level::Off), (&command.warn, Level::Warning), (&command.deny, Level::Error)];
    let mut failures = Vec::new();
    for (names, level) in wanted {
        for name in names.iter().filter(|name| level != Level::Error || *name != WARNINGS) {
            failures.extend(levels.set(name, level).err().map(|error| unknown(&error.name)));
        }
    }
    let Some(last) = failures.pop() else { return Ok(()) };
    failures.iter().for_each(|failure| Output::note(&format!("{failure}\n")));
    Err(last)
}

fn note(applied: usize, files: usize, skipped: &[Skipped]) {
    if applied > 0 {
        let (fixes, files) = (counted(applied, "finding"), counted(files, "file"));
        Output::note(&line!("mended {fixes} in {files}"));
    }
    for skipped in skipped {
        Output::note(&line!("not mended: {} ({})", skipped.code, skipped.why));
    }
}

/// The projects to look at. Files that are named belong to the nearest project upward from each of them.
fn parts(place: &Location, command: &Lint) -> Result<Vec<Part>, Failure> {
    if command.files.is_empty() {
        let projects = open::projects(place, command.reach)?;
        return Ok(projects.into_iter().map(|(_, project)| Part { project, files: None }).collect());
    }
    let named = command.files.iter().map(|file| canonical(file)).collect::<Result<Vec<_>, _>>()?;
    if place.project.is_some() || !place.policy.is_empty() {
        return Ok(vec![Part { project: ManuallyDrop::new(open::project(place)?), files: Some(named) }]);
    }
    let mut folders: Vec<(Option<PathBuf>, Vec<PathBuf>)> = Vec::new();
    for file in named {
        let folder = file.parent().and_then(project::find);
        // Without a project a policy stands for itself, and YAML is none of ours.
        if folder.is_none() && !is_policy(&file) {
            continue;
        }
        match folders.iter_mut().find(|(known, _)| *known == folder && known.is_some()) {
            Some((_, files)) => files.push(file),
            None => folders.push((folder, vec![file])),
        }
    }
    let here = canonical_here()?;
    let part = |(folder, files): (Option<PathBuf>, Vec<PathBuf>)| match folder {
        Some(folder) => Part { project: ManuallyDrop::new(open::below(&here, &folder)), files: Some(files) },
        None => {
            let shown: Vec<&Path> = files.iter().map(|file| file.strip_prefix(&here).unwrap_or(file)).collect();
            let directory: [PathBuf; 0] = [];
            Part { project: ManuallyDrop::new(open::files(&shown, &directory)), files: None }
        }
    };
    Ok(folders.into_iter().map(part).collect())
}

fn canonical_here() -> Result<PathBuf, Failure> {
    let here = open::here()?;
    Ok(here.canonicalize().unwrap_or(here))
}

fn canonical(file: &Path) -> Result<PathBuf, Failure> {
    let unreadable = |why: String| Failure::Other(format!("`{}` cannot be read: {why}", file.display()), None);
    let path = file.canonicalize().map_err(|error| unreadable(project::unreadable_because(file, &error)))?;
    if path.is_dir() {
        return Err(unreadable("it is a folder; name files, or none for the whole project".to_owned()));
    }
    Ok(path)
}
