//! Reading the files of a project. A file that cannot be read is a diagnostic like any other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::config::{self, Config};
use super::find::{FILE, SNAPSHOT, home};
use super::pattern::{Matched, matching, no_match, no_policy};
use super::save::{Before, Change, Quiet, Recovered, SaveError, quiet, save};
use super::walk::{self, Listing};
use super::{Files, Project, beside, read, unread};
use crate::diagnostic::{Code, Diagnostic};
use crate::directory::Kind;
use crate::text::{FileId, Sources};

/// The project in a folder. Paths are shown, and relative, from the root on.
pub(super) fn folder(root: &Path, folder: &Path) -> Project {
    let (root, below) = from(root, folder);
    let mut reading = Reading { root, below, ..Reading::default() };
    reading.wait(Some(folder.to_path_buf()));
    let Some(file) = reading.read_own(folder, Path::new(FILE)) else {
        // A file that is there and cannot be read is something else than none.
        if !folder.join(FILE).exists() {
            reading.found.pop();
            reading.found.push(no_project(folder));
        }
        return reading.finish(Files::default(), Config::default());
    };
    let (config, found) = config::read(file, reading.sources.text(file));
    reading.found.extend(found);
    let all = reading.listing(folder);
    let policies = reading.policies(file, &config, &all);
    let people = reading.people(&config, &all);
    let matched: BTreeSet<&Path> = policies.iter().chain(&people).copied().collect();
    let policies = reading.read_all(folder, &policies);
    let directory = if config.directory.is_empty() { None } else { Some(reading.read_all(folder, &people)) };
    let files = Files { policies, directory, ..Files::default() };
    let below = reading.below.clone();
    let mut project = reading.finish(files, config);
    unread::find(&mut project, folder, &below, &all.files, &matched);
    project
}

/// Policy files as they were read, without a look at what they say.
#[derive(Debug)]
pub struct Texts {
    /// Their texts.
    pub sources: Sources,
    /// Where each lies.
    pub files: Vec<(PathBuf, FileId)>,
    /// What could not be read.
    pub found: Vec<Diagnostic>,
    /// What became of files that an interrupted command was writing.
    pub recovered: Option<Recovered>,
    /// The folder of the project, if they are read as one.
    home: Option<PathBuf>,
}

impl Texts {
    /// Writes new texts of some of the files. Those of one project are written all or none; so there is a result for each
    /// project, with its files.
    #[must_use = "what could not be written has to be told"]
    pub fn save(&self, texts: &BTreeMap<FileId, String>) -> Vec<(Vec<FileId>, Result<(), SaveError>)> {
        let mut by_home: BTreeMap<PathBuf, (Vec<FileId>, Vec<Change>)> = BTreeMap::new();
        for (path, file) in &self.files {
            if let Some(text) = texts.get(file) {
                let home = self.home.clone().unwrap_or_else(|| home(path));
                let (files, changes) = by_home.entry(home).or_default();
                let before = Before::Text(self.sources.text(*file).to_owned());
                files.push(*file);
                changes.push(Change { path: path.clone(), before, text: Some(text.clone()) });
            }
        }
        by_home.into_iter().map(|(home, (files, changes))| (files, save(&home, &changes))).collect()
    }
}

/// The policy files of the project in a folder, with paths shown from the root on if the folder lies below it.
pub fn policy_texts(root: &Path, folder: &Path) -> Texts {
    let (root, below) = from(root, folder);
    let mut reading = Reading { root, below, ..Reading::default() };
    let mut files = Vec::new();
    reading.wait(folder.join(FILE).is_file().then(|| folder.to_path_buf()));
    match reading.read_own(folder, Path::new(FILE)) {
        Some(file) => {
            let (config, found) = config::read(file, reading.sources.text(file));
            reading.found.extend(found);
            let all = reading.listing(folder);
            for path in reading.policies(file, &config, &all) {
                if let Some(file) = reading.read_own(folder, path) {
                    files.push((folder.join(path), file));
                }
            }
        }
        None => reading.found = vec![no_project(folder)],
    }
    Texts { home: Some(folder.to_path_buf()), ..reading.texts(files) }
}

/// The root that paths are shown from, and what leads from it to the folder; a folder that does not lie below is its
/// own root.
fn from(root: &Path, folder: &Path) -> (PathBuf, PathBuf) {
    match folder.strip_prefix(root) {
        Ok(below) => (root.to_owned(), below.to_owned()),
        Err(_) => (folder.to_owned(), PathBuf::new()),
    }
}

/// These files, each once.
pub fn texts(paths: &[impl AsRef<Path>]) -> Texts {
    let mut reading = Reading::default();
    let mut files: Vec<(PathBuf, FileId)> = Vec::new();
    reading.wait(paths.first().map(|path| home(path.as_ref())));
    for path in paths.iter().map(AsRef::as_ref) {
        if files.iter().all(|(known, _)| known != path)
            && reading.is_of(Role::Policy, path)
            && let Some(file) = reading.read(path, &path.to_string_lossy())
        {
            files.push((path.to_owned(), file));
        }
    }
    reading.texts(files)
}

/// Files by name.
pub(super) fn files(policies: &[impl AsRef<Path>], directory: &[impl AsRef<Path>]) -> Project {
    let mut reading = Reading::default();
    reading.wait(policies.first().map(|path| home(path.as_ref())));
    let mut all = |role: Role, paths: Vec<&Path>| -> Vec<FileId> {
        let read = |path: &Path| match reading.is_of(role, path) {
            true => reading.read(path, &path.to_string_lossy()),
            false => None,
        };
        paths.into_iter().filter_map(read).collect()
    };
    let policies = all(Role::Policy, policies.iter().map(AsRef::as_ref).collect());
    let people = all(Role::Directory, directory.iter().map(AsRef::as_ref).collect());
    let directory = if directory.is_empty() { None } else { Some(people) };
    let files = Files { policies, directory, ..Files::default() };
    reading.finish(files, Config::default())
}

/// What a file is read as.
#[derive(Clone, Copy)]
enum Role {
    Policy,
    Directory,
}

#[derive(Default)]
pub(super) struct Reading {
    /// The folder that shown paths are relative to.
    root: PathBuf,
    /// What leads from there to the folder of the project.
    below: PathBuf,
    sources: Sources,
    pub(super) found: Vec<Diagnostic>,
    /// The folder of the lock.
    home: Option<PathBuf>,
    /// Keeps those out who write, until everything is read.
    quiet: Quiet,
}

impl Reading {
    /// Waits until nobody writes. Files that are half written are errors: no question is answered from them.
    fn wait(&mut self, home: Option<PathBuf>) {
        match home.as_deref().map(quiet).transpose() {
            Ok(quiet) => self.quiet = quiet.unwrap_or_default(),
            Err(error) => self.found.push(error.diagnostic()),
        }
        self.home = home;
    }

    fn texts(self, files: Vec<(PathBuf, FileId)>) -> Texts {
        Texts { sources: self.sources, files, found: self.found, recovered: self.quiet.recovered, home: None }
    }

    /// A file of the project in this folder.
    fn read_own(&mut self, folder: &Path, path: &Path) -> Option<FileId> {
        let shown = self.below.join(path);
        self.read(&folder.join(path), &shown.to_string_lossy())
    }

    fn read(&mut self, path: &Path, shown: &str) -> Option<FileId> {
        let bytes = match read::bytes(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.found.push(read::unreadable(shown, path, &error));
                return None;
            }
        };
        match String::from_utf8(bytes) {
            Ok(text) => Some(self.sources.add(shown, text)),
            Err(error) => {
                self.not_utf8(shown, &error);
                None
            }
        }
    }

    /// Points at the first byte that is not UTF-8, with the text before it.
    fn not_utf8(&mut self, shown: &str, error: &std::string::FromUtf8Error) {
        let valid = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default()).into_owned();
        let file = self.sources.add(shown, text);
        let end = self.sources.text(file).len();
        self.found.push(
            Diagnostic::new(Code::NOT_UTF8, format!("`{shown}` is not UTF-8"))
                .at(crate::text::Span::new(file, end, end), "the first byte that is none")
                .help("save the file as UTF-8"),
        );
    }

    /// Everything below the folder of a project, but for the snapshot, which is no source.
    pub(super) fn listing(&mut self, folder: &Path) -> Listing {
        let mut all = walk::listing(folder);
        let unread = all.unread.iter().map(|(path, error)| read::unreadable(&path.to_string_lossy(), path, error));
        self.found.extend(unread);
        all.files.retain(|file| file.path.as_os_str() != SNAPSHOT);
        all
    }

    /// Whether a file can be what it is named as, going by the end of its name; otherwise that is reported. Read as the
    /// other, every line of it would be wrong.
    fn is_of(&mut self, role: Role, path: &Path) -> bool {
        let is_policy = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("prescope"));
        let (wrong, is, help) = match role {
            Role::Policy => (
                Kind::named(path).is_some(),
                "a directory file, not a policy",
                "name policy files, as in `name.prescope`",
            ),
            Role::Directory => (is_policy, "a policy, not a directory file", "name it with the policies"),
        };
        if wrong {
            let message = format!("`{}` is {is}", self.below.join(path).display());
            self.found.push(Diagnostic::new(Code::WRONG_KIND, message).help(help));
        }
        !wrong
    }

    /// The files that the patterns of policies match. A project without any is a mistake, if it is the only one so far.
    fn policies<'l>(&mut self, file: FileId, config: &Config, all: &'l Listing) -> Vec<&'l Path> {
        let Matched { files, idle, found } = matching(&config.policies, "*.prescope", all);
        let said = self.found.iter().chain(&found).any(Diagnostic::is_error);
        match files.is_empty() && !said {
            true => self.found.push(no_policy(file, &idle)),
            false => self.found.extend(idle.into_iter().map(no_match)),
        }
        self.found.extend(found);
        self.of(Role::Policy, files.into_iter().map(|file| file.path.as_path()).collect())
    }

    /// The files that the patterns of directory files match.
    fn people<'l>(&mut self, config: &Config, all: &'l Listing) -> Vec<&'l Path> {
        let Matched { files, idle, found } = matching(&config.directory, "*.yaml", all);
        self.found.extend(idle.into_iter().map(no_match));
        self.found.extend(found);
        self.of(Role::Directory, files.into_iter().map(|file| file.path.as_path()).collect())
    }

    /// Those of the files that can be what they are named as.
    fn of<'l>(&mut self, role: Role, mut paths: Vec<&'l Path>) -> Vec<&'l Path> {
        paths.retain(|path| self.is_of(role, path));
        paths
    }

    fn read_all(&mut self, folder: &Path, paths: &[&Path]) -> Vec<FileId> {
        paths.iter().filter_map(|path| self.read_own(folder, path)).collect()
    }

    fn finish(self, files: Files, config: Config) -> Project {
        let files = Files { found: self.found, ..files };
        let mut project = Project::compiled(self.sources, files, config, Some(self.root.clone()));
        project.home = self.home;
        project.recovered = self.quiet.recovered;
        beside::with(project, self.root)
    }
}

fn no_project(folder: &Path) -> Diagnostic {
    if folder.is_file() {
        let message = format!("`{}` is a file, and a project is a folder", folder.display());
        let help =
            format!("name the folder of its `{FILE}` with --project, or give files with --policy and --directory");
        return Diagnostic::new(Code::NO_PROJECT, message).help(help);
    }
    let message = format!("there is no `{FILE}` in {}", folder.display());
    let help = "go to a project, name one with --project, or give files with --policy and --directory";
    Diagnostic::new(Code::NO_PROJECT, message).help(help)
}
