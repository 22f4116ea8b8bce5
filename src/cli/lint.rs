//! `lint`: findings beyond errors, and their fixes.

mod before;

use std::mem::ManuallyDrop;

use super::Status;
use super::args::{Lint, Location, has_input};
use super::explain::unknown_lint;
use super::failure::Failure;
use super::findings::{self, Gathered};
use super::named::{self, Part};
use super::output::Output;
use crate::language::{Diagnostic, Severity};
use crate::lint::{Known, Level, Levels, Parted, Skipped, Wanted};
use crate::project::Project;
use crate::project::side::Side;
use crate::text::{counted, line};

/// What `--deny` makes an error of besides lints by name.
const WARNINGS: &str = "warnings";

pub(super) fn run(place: &Location, command: &Lint, output: &mut Output) -> Result<Status, Failure> {
    if command.fix && has_input(&command.paths.paths) {
        let help = "name the file itself, or leave --fix out".to_owned();
        return Err(Failure::Other("what is mended is written into files".to_owned(), Some(help)));
    }
    let parts = named::parts(place, &command.paths)?;
    let sides = before::sides(place, &parts, command.new_since.as_deref())?;
    // Whatever stands in the way of one project is told before anything is mended in another.
    let basis = |(part, side): (&Part, &Option<Side>)| Basis::new(part, side.as_ref(), command, output);
    let bases = parts.iter().zip(&sides).map(basis).collect::<Result<Vec<Basis>, Failure>>()?;
    let mut gathered = Gathered::default();
    for ((part, basis), side) in parts.into_iter().zip(bases).zip(sides) {
        let found = one(part, basis, command, output)?;
        gathered.failed |= found.failed;
        gathered.take(&found.project, found.parted, command.told.format);
        gathered.since = gathered.since.or(side);
    }
    let clean = if gathered.since.is_some() { "no new findings" } else { "no findings" };
    findings::write(&gathered, command.told, || clean.to_owned(), output)?;
    Ok(findings::status(&gathered, command.told))
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

fn one(mut part: Part, basis: Basis, command: &Lint, output: &mut Output) -> Result<Found, Failure> {
    let Basis { levels, of_levels, known } = basis;
    if command.fix {
        let wanted = if command.unsafe_fixes { Wanted::All } else { Wanted::Safe };
        let mended = ManuallyDrop::into_inner(part.project).mend_new(&levels, wanted, &known);
        mended.project.write()?;
        output.wrote(mended.changed.iter().map(|file| mended.project.sources().path(*file).to_owned()));
        note(mended.applied, mended.changed.len(), &mended.skipped);
        part.project = ManuallyDrop::new(mended.project);
    }
    let mut found = part.project.lint(&levels);
    found.splice(..0, of_levels);
    let mut parted = known.part(part.project.sources(), found);
    let meant = part.meant("linted");
    if let Some(meant) = &meant {
        parted.retain(|finding| meant.has(finding));
    }
    if command.deny.iter().any(|name| name == WARNINGS) {
        // Those of `check` too. What is told has been chosen before: an error by this option is none anywhere else.
        for finding in parted.all_mut().filter(|finding| finding.severity == Severity::Warning) {
            finding.severity = Severity::Error;
        }
    }
    Ok(Found { project: part.project, parted, failed: meant.is_some_and(|meant| meant.failed) })
}

/// The levels of this run over those of the project.
fn choose(levels: &mut Levels, command: &Lint) -> Result<(), Failure> {
    let wanted = [(&command.allow, Level::Off), (&command.warn, Level::Warning), (&command.deny, Level::Error)];
    let mut failures = Vec::new();
    for name in &command.select {
        failures.extend(levels.select(name).err().map(|error| unknown_lint(&error.name)));
    }
    for (names, level) in wanted {
        for name in names.iter().filter(|name| level != Level::Error || *name != WARNINGS) {
            failures.extend(levels.set(name, level).err().map(|error| unknown_lint(&error.name)));
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
