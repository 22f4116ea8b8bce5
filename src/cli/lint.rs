//! `lint`: findings beyond errors, and their fixes.

use std::path::{Path, PathBuf};

use super::Status;
use super::args::{FindingFormat, Lint, Place};
use super::failure::Failure;
use super::findings::{self, Gathered};
use super::open;
use super::output::Output;
use super::rule::unknown;
use crate::lint::{Level, Levels, Skipped};
use crate::project::{self, Project};
use crate::report::finding;
use crate::text::FileId;

/// A project with the files of it that were named; None is all.
struct Part {
    project: Project,
    /// What stands before its paths in messages.
    prefix: String,
    files: Option<Vec<PathBuf>>,
}

pub(super) fn run(place: &Place, command: &Lint, output: &mut Output) -> Result<Status, Failure> {
    let mut gathered = Gathered::default();
    for part in parts(place, &command.files)? {
        one(part, command, &mut gathered)?;
    }
    findings::write(&gathered.sources, &gathered.found, command.format, output)?;
    if command.format == FindingFormat::Text {
        let summary = finding::summary(&gathered.found).unwrap_or_else(|| "no findings".to_owned());
        output.print(&format!("{summary}\n"))?;
    }
    Ok(findings::status(&gathered.found))
}

fn one(part: Part, command: &Lint, gathered: &mut Gathered) -> Result<(), Failure> {
    let Part { mut project, prefix, files } = part;
    let (mut levels, mut found) = project.levels();
    choose(&mut levels, command)?;
    if command.fix {
        let mended = project.mend(&levels, command.unsafe_fixes);
        write_back(&mended.project, mended.changed.iter().copied())?;
        note(mended.applied, mended.changed.len(), &mended.skipped);
        project = mended.project;
    }
    found.extend(project.lint(&levels));
    if command.deny.iter().any(|name| name == "warnings") {
        // The warnings of `check` too.
        for finding in found.iter_mut().filter(|finding| finding.severity == crate::diagnostic::Severity::Warning) {
            finding.severity = crate::diagnostic::Severity::Error;
        }
    }
    if let Some(files) = files {
        let on_disk = |file: FileId| project.path_on_disk(file).and_then(|path| path.canonicalize().ok());
        found.retain(|finding| {
            let places = finding.labels.iter().filter_map(|label| on_disk(label.span.file));
            finding.is_error() || places.into_iter().any(|path| files.contains(&path))
        });
    }
    gathered.take(&prefix, project.sources(), found);
    Ok(())
}

/// The levels of this run over those of the project.
fn choose(levels: &mut Levels, command: &Lint) -> Result<(), Failure> {
    let wanted = [(&command.allow, Level::Off), (&command.warn, Level::Warning), (&command.deny, Level::Error)];
    for (names, level) in wanted {
        for name in names {
            if name == "warnings" && level == Level::Error {
                levels.deny_warnings();
            } else {
                levels.set(name, level).map_err(|error| unknown(&error.name))?;
            }
        }
    }
    Ok(())
}

fn write_back(project: &Project, changed: impl Iterator<Item = FileId>) -> Result<(), Failure> {
    let texts = changed
        .filter_map(|file| project.path_on_disk(file).map(|path| (path, project.sources().text(file).to_owned())));
    project::save(&texts.collect::<Vec<_>>()).map_err(|error| Failure::Other(error.to_string(), None))
}

fn note(applied: usize, files: usize, skipped: &[Skipped]) {
    let count = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    if applied > 0 {
        let (fixes, files) = (count(applied, "finding"), count(files, "file"));
        Output::note(&format!("mended {fixes} in {files}\n"));
    }
    for skipped in skipped {
        Output::note(&format!("not mended: {} ({})\n", skipped.code, skipped.why));
    }
}

/// The projects to look at. Files that are named belong to the nearest project upward from each of them.
fn parts(place: &Place, files: &[PathBuf]) -> Result<Vec<Part>, Failure> {
    let named = files.iter().map(|file| canonical(file)).collect::<Result<Vec<_>, _>>()?;
    if files.is_empty() || place.project.is_some() || !place.policy.is_empty() {
        let files = (!files.is_empty()).then_some(named);
        return Ok(vec![Part { project: open::project(place)?, prefix: String::new(), files }]);
    }
    let mut folders: Vec<(Option<PathBuf>, Vec<PathBuf>)> = Vec::new();
    for file in named {
        let folder = file.parent().and_then(project::find);
        // Without a project a policy stands for itself, and YAML is none of ours.
        if folder.is_none() && file.extension().is_none_or(|extension| extension != "prescope") {
            continue;
        }
        match folders.iter_mut().find(|(known, _)| *known == folder && known.is_some()) {
            Some((_, files)) => files.push(file),
            None => folders.push((folder, vec![file])),
        }
    }
    let here = std::env::current_dir().ok().and_then(|here| here.canonicalize().ok());
    let part = |(folder, files): (Option<PathBuf>, Vec<PathBuf>)| match folder {
        Some(folder) => {
            Part { prefix: prefix(here.as_deref(), &folder), project: Project::open(&folder), files: Some(files) }
        }
        None => {
            let shown: Vec<PathBuf> = files.iter().map(|file| shown(here.as_deref(), file)).collect();
            let directory: [PathBuf; 0] = [];
            Part { project: Project::from_files(&shown, &directory), prefix: String::new(), files: None }
        }
    };
    Ok(folders.into_iter().map(part).collect())
}

fn canonical(file: &Path) -> Result<PathBuf, Failure> {
    let unreadable = |why: String| Failure::Other(format!("`{}` cannot be read: {why}", file.display()), None);
    let path = file.canonicalize().map_err(|error| unreadable(project::unreadable_because(file, &error)))?;
    if path.is_dir() {
        return Err(unreadable("it is a folder; name files, or none for the whole project".to_owned()));
    }
    Ok(path)
}

fn shown(here: Option<&Path>, path: &Path) -> PathBuf {
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path).to_owned()
}

/// What leads from here to a folder below, with a slash at its end; nothing for this folder or one above.
fn prefix(here: Option<&Path>, folder: &Path) -> String {
    match here.and_then(|here| folder.strip_prefix(here).ok()) {
        Some(below) if !below.as_os_str().is_empty() => format!("{}/", below.to_string_lossy()),
        _ => String::new(),
    }
}
