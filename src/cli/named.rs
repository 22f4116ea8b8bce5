//! Files and folders that were named: the projects that they belong to, and what of each is meant.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use super::args::{Location, Paths, has_input};
use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::language::{Diagnostic, FileId};
use crate::project::side::shown_folder;
use crate::project::{self, Project, is_policy};
use crate::text::line;

/// How messages call standard input.
pub(super) const INPUT: &str = "<standard input>";

/// A project, and what of it is meant. It is no more taken apart than a sound one.
pub(super) struct Part {
    /// What leads to it from here, where it was not named itself.
    pub(super) folder: PathBuf,
    pub(super) project: ManuallyDrop<Project>,
    /// What of it was named; None is all.
    named: Option<Vec<PathBuf>>,
}

/// The files of a project that were named.
pub(super) struct Meant {
    /// Those that it has read.
    files: BTreeSet<FileId>,
    /// One that was named could not be read.
    pub(super) failed: bool,
}

impl Meant {
    /// True for an error, which is in the way of every answer, and for a finding with a place in these files.
    pub(super) fn has(&self, finding: &Diagnostic) -> bool {
        finding.is_error() || finding.labels.iter().any(|label| self.files.contains(&label.span.file))
    }

    pub(super) fn files(self) -> BTreeSet<FileId> {
        self.files
    }
}

impl Part {
    fn all(folder: PathBuf, project: Project) -> Part {
        Part { folder, project: ManuallyDrop::new(project), named: None }
    }

    /// What of it is meant; None if all is. A policy or a folder of which the project reads nothing is told: nobody has
    /// looked at it. A file that could not be read has been told.
    pub(super) fn meant(&self, verb: &str) -> Option<Meant> {
        let named = self.named.as_ref()?;
        let lost: Vec<PathBuf> = self.project.lost().iter().filter_map(|file| file.canonicalize().ok()).collect();
        let on_disk = |file: FileId| self.project.path_on_disk(file).and_then(|path| path.canonicalize().ok());
        let read: BTreeMap<PathBuf, FileId> =
            self.project.sources().files().filter_map(|(file, _)| on_disk(file).map(|path| (path, file))).collect();
        let mut files = BTreeSet::new();
        for path in named {
            let below: Vec<FileId> =
                read.range(path.clone()..).map_while(|(file, id)| file.starts_with(path).then_some(*id)).collect();
            let is_ours = is_policy(path) || path.is_dir();
            if below.is_empty() && is_ours && !lost.iter().any(|file| file.starts_with(path)) {
                let path = from_here(path);
                Output::note(&line!("warning: its project reads nothing of `{path}`; it is not {verb}"));
            }
            files.extend(below);
        }
        Some(Meant { files, failed: named.iter().any(|path| lost.contains(path)) })
    }
}

/// The projects that are meant: the one that was named or the nearest one, all that lie here and below, or those of the
/// paths.
pub(super) fn parts(place: &Location, paths: &Paths) -> Result<Vec<Part>, Failure> {
    if paths.paths.is_empty() {
        let projects = open::projects(place, paths.reach)?.into_iter();
        return Ok(projects.map(|(folder, project)| Part { folder, project, named: None }).collect());
    }
    if let Some(part) = input(place, paths)? {
        return Ok(vec![part]);
    }
    let named = paths.paths.iter().map(|path| canonical(path)).collect::<Result<Vec<_>, _>>()?;
    if place.project.is_some() || !place.policy.is_empty() {
        let project = ManuallyDrop::new(open::project(place)?);
        return Ok(vec![Part { folder: PathBuf::new(), project, named: Some(named) }]);
    }
    let here = canonical_here()?;
    let Homes { projects, alone, .. } = homes(named)?.told(&here);
    let of_project = |(folder, named): (PathBuf, Option<Vec<PathBuf>>)| Part {
        project: ManuallyDrop::new(open::below(&here, &folder)),
        folder: below(&here, &folder).to_owned(),
        named,
    };
    let of_file = |file: PathBuf| {
        let directory: [PathBuf; 0] = [];
        let shown = below(&here, &file);
        Part::all(shown.to_owned(), open::files(&[shown], &directory))
    };
    Ok(projects.into_iter().map(of_project).chain(alone.into_iter().map(of_file)).collect())
}

/// Standard input, if it is meant: in the place of the file whose text it is, in that file's project if that reads it;
/// otherwise a policy that stands for itself.
fn input(place: &Location, paths: &Paths) -> Result<Option<Part>, Failure> {
    if !is_input(&paths.paths, paths.stdin_filename.as_deref())? {
        return Ok(None);
    }
    let text = standard_input()?;
    let Some(name) = &paths.stdin_filename else {
        return Ok(Some(Part::all(PathBuf::new(), Project::builder().policies([(INPUT, text)]).build())));
    };
    let here = canonical_here()?;
    let path = here.join(name);
    let path = path.canonicalize().unwrap_or(path);
    let folder = place.project.as_deref().map(|named| open::folder_of(named).to_owned());
    let folder = folder.or_else(|| path.parent().and_then(project::find)).filter(|_| place.policy.is_empty());
    if let Some(folder) = folder {
        let project = open::below(&here, &folder);
        let is_it =
            |file: &FileId| project.path_on_disk(*file).and_then(|it| it.canonicalize().ok()) == Some(path.clone());
        let file = project.sources().files().map(|(file, _)| file).find(is_it);
        if let Some(project) = file.and_then(|file| project.with_texts(&BTreeMap::from([(file, text.clone())]))) {
            let project = ManuallyDrop::new(project);
            return Ok(Some(Part { folder: PathBuf::new(), project, named: Some(vec![path]) }));
        }
        Output::note(&line!("warning: its project does not read `{}`, which stands for itself here", name.display()));
    }
    let policies = [(name.display().to_string(), text)];
    Ok(Some(Part::all(PathBuf::new(), Project::builder().policies(policies).build())))
}

/// Whether standard input is meant, which then has to be all that is.
pub(super) fn is_input(paths: &[PathBuf], name: Option<&Path>) -> Result<bool, Failure> {
    let failure = |message: &str, help: &str| Err(Failure::Other(message.to_owned(), Some(help.to_owned())));
    match (has_input(paths), name) {
        (false, Some(_)) => failure("nothing is read from standard input", "name `-`, or leave --stdin-filename out"),
        (true, _) if paths.len() > 1 => {
            let help = "name files in one run, standard input in another";
            failure("`-` stands for standard input and goes alone", help)
        }
        (is_input, _) => Ok(is_input),
    }
}

/// All of standard input.
pub(super) fn standard_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Other(format!("standard input cannot be read: {error}"), None))?;
    String::from_utf8(bytes).map_err(|_| {
        Failure::Other("standard input is not UTF-8".to_owned(), Some("save the file as UTF-8".to_owned()))
    })
}

/// Where paths belong.
pub(super) struct Homes {
    /// Folders of projects, in the order in which they are come upon, with what of each was named; None is all.
    pub(super) projects: Vec<(PathBuf, Option<Vec<PathBuf>>)>,
    /// Policies of no project, each of which stands for itself.
    pub(super) alone: Vec<PathBuf>,
    /// Folders of which nobody knows what is in them.
    unread: Vec<PathBuf>,
}

/// The nearest project upward from each of these paths, and all projects and policies below those that are folders.
pub(super) fn homes(named: Vec<PathBuf>) -> Result<Homes, Failure> {
    let mut homes = Homes { projects: Vec::new(), alone: Vec::new(), unread: Vec::new() };
    for path in named {
        let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
        let nearest = folder.and_then(project::find);
        if path.is_dir() {
            let below = project::find_below(&path);
            homes.unread.extend(below.unread);
            if nearest.is_none() && below.projects.is_empty() && below.alone.is_empty() {
                let message = format!("there are no policies in `{}`", from_here(&path));
                let help = "name a folder with a project or with policies".to_owned();
                return Err(Failure::Other(message, Some(help)));
            }
            below.projects.into_iter().for_each(|project| homes.add(project, None));
            if nearest.is_none() {
                homes.alone.extend(below.alone);
            }
        }
        match nearest {
            // One that is named itself has been found below.
            Some(project) if project != path => homes.add(project, Some(path)),
            // YAML of no project is none of ours.
            None if is_policy(&path) && !path.is_dir() => homes.alone.push(path),
            _ => {}
        }
    }
    let mut seen = BTreeSet::new();
    homes.alone.retain(|file| seen.insert(file.clone()));
    Ok(homes)
}

impl Homes {
    /// The same, with a word about folders that cannot be read.
    pub(super) fn told(self, here: &Path) -> Homes {
        open::unread(&self.unread, here);
        self
    }

    /// A project of which this, or all, is meant.
    fn add(&mut self, folder: PathBuf, path: Option<PathBuf>) {
        let known = self.projects.iter_mut().find(|(known, _)| *known == folder);
        match (known, path) {
            (None, path) => self.projects.push((folder, path.map(|path| vec![path]))),
            (Some((_, named)), None) => *named = None,
            (Some((_, Some(named))), Some(path)) => named.push(path),
            (Some((_, None)), Some(_)) => {}
        }
    }
}

/// A path as messages show it.
fn from_here(path: &Path) -> String {
    shown_folder(below(&canonical_here().unwrap_or_default(), path))
}

/// A path from the working directory on, if it lies there.
pub(super) fn below<'p>(here: &Path, path: &'p Path) -> &'p Path {
    path.strip_prefix(here).unwrap_or(path)
}

pub(super) fn canonical_here() -> Result<PathBuf, Failure> {
    let here = open::here()?;
    Ok(here.canonicalize().unwrap_or(here))
}

pub(super) fn canonical(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|error| {
        let why = project::unreadable_because(path, &error);
        Failure::Other(format!("`{}` cannot be read: {why}", path.display()), None)
    })
}
