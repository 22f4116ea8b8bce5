//! Reading the files of a project. A file that cannot be read is a diagnostic like any other.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSetBuilder};

use super::beside;
use super::config;
use super::find::FILE;
use super::read;
use super::{Files, Project};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{FileId, Sources, Spanned};

/// Folders that never hold files of a project, and can be large.
const SKIPPED: [&str; 3] = [".git", "target", "node_modules"];

/// How deep folders are searched.
const DEEPEST: usize = 32;

/// The project in a folder.
pub(super) fn folder(folder: &Path) -> Project {
    let mut reading = Reading { root: folder.to_path_buf(), ..Reading::default() };
    let Some(file) = reading.read(&folder.join(FILE), FILE) else {
        // A file that is there and cannot be read is something else than none.
        if !folder.join(FILE).exists() {
            reading.found.clear();
            reading.found.push(no_project(folder));
        }
        return reading.finish(Files::default(), config::Config::default());
    };
    let (config, found) = config::read(file, reading.sources.text(file));
    reading.found.extend(found);
    let all = reading.listing(folder);
    let policies = reading.matching(folder, &config.policies, &all);
    let directory = reading.matching(folder, &config.directory, &all);
    let directory = if config.directory.is_empty() { None } else { Some(directory) };
    let files = Files { policies, directory, ..Files::default() };
    reading.finish(files, config)
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
}

/// The policy files of the project in a folder.
pub fn policy_texts(folder: &Path) -> Texts {
    let mut reading = Reading::default();
    let mut files = Vec::new();
    match reading.read(&folder.join(FILE), FILE) {
        Some(file) => {
            let (config, found) = config::read(file, reading.sources.text(file));
            reading.found.extend(found);
            let all = reading.listing(folder);
            for path in reading.matches(&config.policies, &all) {
                let whole = folder.join(path);
                if let Some(file) = reading.read(&whole, &path.to_string_lossy()) {
                    files.push((whole, file));
                }
            }
        }
        None => reading.found = vec![no_project(folder)],
    }
    Texts { sources: reading.sources, files, found: reading.found }
}

/// These files, each once.
pub fn texts(paths: &[impl AsRef<Path>]) -> Texts {
    let mut reading = Reading::default();
    let mut files: Vec<(PathBuf, FileId)> = Vec::new();
    for path in paths.iter().map(AsRef::as_ref) {
        if files.iter().all(|(known, _)| known != path)
            && let Some(file) = reading.read(path, &path.to_string_lossy())
        {
            files.push((path.to_owned(), file));
        }
    }
    Texts { sources: reading.sources, files, found: reading.found }
}

/// Files by name.
pub(super) fn files(policies: &[impl AsRef<Path>], directory: &[impl AsRef<Path>]) -> Project {
    let mut reading = Reading::default();
    let mut all = |paths: Vec<&Path>| -> Vec<FileId> {
        paths.into_iter().filter_map(|path| reading.read(path, &path.to_string_lossy())).collect()
    };
    let policies = all(policies.iter().map(AsRef::as_ref).collect());
    let people = all(directory.iter().map(AsRef::as_ref).collect());
    let directory = if directory.is_empty() { None } else { Some(people) };
    let files = Files { policies, directory, ..Files::default() };
    reading.finish(files, config::Config::default())
}

#[derive(Default)]
struct Reading {
    /// The folder that shown paths are relative to.
    root: PathBuf,
    sources: Sources,
    found: Vec<Diagnostic>,
}

impl Reading {
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

    /// Every file below a folder, relative to it, sorted. Links to folders are followed after everything else, and none
    /// to a folder that was listed before: whatever leads in circles, or to one place by many ways, is listed once.
    fn listing(&mut self, folder: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut listed = BTreeSet::new();
        let mut open = vec![(PathBuf::new(), 0)];
        let mut links = BTreeSet::new();
        while let Some((below, depth)) = open.pop().or_else(|| links.pop_first()) {
            let here = folder.join(&below);
            let (entries, real) = match std::fs::read_dir(&here).and_then(|entries| Ok((entries, here.canonicalize()?)))
            {
                Ok(both) => both,
                Err(error) => {
                    self.found.push(read::unreadable(&here.to_string_lossy(), &here, &error));
                    continue;
                }
            };
            if !listed.insert(real) {
                continue;
            }
            for entry in entries.flatten() {
                let name = entry.file_name();
                let path = below.join(&name);
                if !folder.join(&path).is_dir() {
                    files.push(path);
                } else if depth < DEEPEST && !SKIPPED.iter().any(|skipped| name == *skipped) {
                    let link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
                    if link { _ = links.insert((path, depth + 1)) } else { open.push((path, depth + 1)) }
                }
            }
        }
        files.sort();
        files
    }

    /// The files that match any of the patterns, read.
    fn matching(&mut self, folder: &Path, patterns: &[Spanned<String>], all: &[PathBuf]) -> Vec<FileId> {
        let matching = self.matches(patterns, all);
        matching.into_iter().filter_map(|path| self.read(&folder.join(path), &path.to_string_lossy())).collect()
    }

    /// The files that match any of the patterns.
    fn matches<'p>(&mut self, patterns: &[Spanned<String>], all: &'p [PathBuf]) -> Vec<&'p PathBuf> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            // `*` stays within a folder, as in a shell; `**` goes below.
            let text = pattern.it.strip_prefix("./").unwrap_or(&pattern.it);
            let glob = match GlobBuilder::new(text).literal_separator(true).build() {
                Ok(glob) => glob,
                Err(error) => {
                    self.found.push(
                        Diagnostic::new(Code::BAD_PROJECT, format!("`{}` is not a file pattern", pattern.it))
                            .at(pattern.span, error.kind().to_string())
                            .help("write it as in `policies/**/*.prescope`"),
                    );
                    continue;
                }
            };
            if !all.iter().any(|path| glob.compile_matcher().is_match(path)) {
                self.found.push(
                    Diagnostic::new(Code::NO_MATCH, format!("no file matches `{}`", pattern.it))
                        .at(pattern.span, "")
                        .help("correct the pattern, or take it out"),
                );
            }
            set.add(glob);
        }
        let Ok(set) = set.build() else { return Vec::new() };
        all.iter().filter(|path| set.is_match(path)).collect()
    }

    fn finish(self, files: Files, config: config::Config) -> Project {
        let files = Files { found: self.found, ..files };
        let project = Project::compiled(self.sources, files, config, Some(self.root.clone()));
        beside::with(project, self.root)
    }
}

fn no_project(folder: &Path) -> Diagnostic {
    let message = format!("there is no `{FILE}` in {}", folder.display());
    let help = "go to a project, name one with --project, or give files with --policy and --directory";
    Diagnostic::new(Code::NO_PROJECT, message).help(help)
}
