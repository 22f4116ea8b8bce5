//! `fmt`: policy files in the one layout.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Status;
use super::args::{Fmt, Location};
use super::failure::Failure;
use super::named;
use super::open;
use super::output::Output;
use crate::diagnostic::code;
use crate::language::{Diagnostic, FileId, Sources, Unsound, format, parse};
use crate::project::{self, SaveError, Texts};
use crate::report::page::Page;
use crate::text::{line, shown};

pub(super) fn run(place: &Location, command: &Fmt, output: &mut Output) -> Result<Status, Failure> {
    if named::is_input(&command.files, command.stdin_filename.as_deref())? {
        return input(command, output);
    }
    let all = if command.files.is_empty() { of_projects(place, command)? } else { of_paths(command)? };
    let mut status = Status::Clean;
    let mut total = Total::default();
    for texts in &all {
        open::interrupted(texts.interrupted);
        output.complain_findings(&texts.sources, &texts.found);
        // What a pattern matches and cannot be read is a finding; anything else is in the way of formatting.
        let lost = |it: &Diagnostic| [code::UNREADABLE, code::NOT_UTF8].contains(&it.code);
        if texts.found.iter().any(Diagnostic::is_error) {
            let found = texts.is_read && texts.found.iter().filter(|it| it.is_error()).all(lost);
            status = status.max(if found { Status::Found } else { Status::Failed });
        }
        let mut run = Run { sources: &texts.sources, command, output, total: &mut total, new: BTreeMap::new() };
        for (_, file) in &texts.files {
            status = status.max(run.file(*file)?);
        }
        for (files, saved) in texts.save(&run.new) {
            status = status.max(run.saved(&files, saved)?);
        }
    }
    if all.is_empty() {
        output.tell(open::NONE)?;
    } else if !command.diff && all.iter().any(|texts| !texts.files.is_empty()) {
        output.sum_up(total.summary(command.check))?;
    }
    Ok(status)
}

/// The files that were named, and those of the folders: of the projects there, what they read.
fn of_paths(command: &Fmt) -> Result<Vec<Texts>, Failure> {
    let (folders, mut files): (Vec<PathBuf>, Vec<PathBuf>) =
        command.files.iter().cloned().partition(|path| path.is_dir());
    let folders = folders.iter().map(|folder| named::canonical(folder)).collect::<Result<Vec<_>, _>>()?;
    let here = named::canonical_here()?;
    let homes = named::homes(folders)?.told(&here);
    files.extend(homes.alone.iter().map(|file| named::below(&here, file).to_owned()));
    let mut all = Vec::new();
    if !files.is_empty() {
        all.push(project::texts(&files));
    }
    for (folder, named) in homes.projects {
        let mut texts = project::policy_texts(&here, &folder);
        let is_meant =
            |path: &Path| named.as_ref().is_none_or(|named| named.iter().any(|named| path.starts_with(named)));
        texts.files.retain(|(path, _)| is_meant(path));
        all.push(texts);
    }
    Ok(all)
}

/// The policy files of each project that is meant.
fn of_projects(place: &Location, command: &Fmt) -> Result<Vec<Texts>, Failure> {
    if command.reach.all_projects {
        let here = open::here()?;
        Ok(open::folders_below(&here).iter().map(|folder| project::policy_texts(&here, folder)).collect())
    } else if place.policy.is_empty() {
        let folder = open::folder(place)?;
        Ok(vec![project::policy_texts(&folder, &folder)])
    } else {
        Ok(vec![project::texts(&place.policy)])
    }
}

/// Standard input to standard output. What cannot be formatted is not passed on, so that nobody saves half of it.
fn input(command: &Fmt, output: &mut Output) -> Result<Status, Failure> {
    let text = named::standard_input()?;
    let mut sources = Sources::default();
    let name =
        command.stdin_filename.as_ref().map_or_else(|| named::INPUT.to_owned(), |name| name.display().to_string());
    let file = sources.add(&name, text);
    let mut run = Run { sources: &sources, command, output, total: &mut Total::default(), new: BTreeMap::new() };
    match run.laid_out(file) {
        Ok(laid_out) if command.check || command.diff => run.shown(file, &laid_out),
        Ok(laid_out) => {
            output.print_file(&laid_out)?;
            Ok(Status::Clean)
        }
        Err(status) => Ok(status),
    }
}

/// One run over some files.
struct Run<'a> {
    sources: &'a Sources,
    command: &'a Fmt,
    output: &'a mut Output,
    total: &'a mut Total,
    /// What is to be written.
    new: BTreeMap<FileId, String>,
}

/// How many files there were of each kind.
#[derive(Default)]
struct Total {
    changed: usize,
    kept: usize,
}

impl Run<'_> {
    fn file(&mut self, file: FileId) -> Result<Status, Failure> {
        let laid_out = match self.laid_out(file) {
            Ok(laid_out) => laid_out,
            Err(status) => return Ok(status),
        };
        if self.command.check || self.command.diff {
            return self.shown(file, &laid_out);
        }
        if laid_out == self.sources.text(file) {
            self.total.kept += 1;
            return Ok(Status::Clean);
        }
        self.new.insert(file, laid_out);
        Ok(Status::Clean)
    }

    /// Says which files have been written, or why none of them.
    fn saved(&mut self, files: &[FileId], saved: Result<(), SaveError>) -> Result<Status, Failure> {
        if let Err(error) = saved {
            self.output.complain(&Failure::from(error));
            return Ok(Status::Failed);
        }
        self.output.wrote(files.iter().map(|file| self.sources.path(*file).to_owned()));
        for file in files {
            self.total.changed += 1;
            self.output.tell(line!("formatted {}", self.sources.path(*file)))?;
        }
        Ok(Status::Clean)
    }

    /// The text in the one layout; otherwise why not, which has been printed.
    fn laid_out(&self, file: FileId) -> Result<String, Status> {
        let text = self.sources.text(file);
        let parsed = parse(file, text);
        format(&parsed, text).map_err(|unsound| match unsound {
            Unsound::Unread => {
                self.output.complain_findings(self.sources, &parsed.diagnostics);
                Status::Found
            }
            Unsound::Meaning | Unsound::Comments => {
                let path = shown(self.sources.path(file));
                let help = "the file is left as it is; please report it, this is a mistake of prescope";
                Output::note(&format!("error: `{path}`: {unsound}\n  help: {help}\n"));
                Status::Failed
            }
        })
    }

    /// What would change, without changing it.
    fn shown(&mut self, file: FileId, laid_out: &str) -> Result<Status, Failure> {
        let (path, text) = (self.sources.path(file), self.sources.text(file));
        if text == laid_out {
            self.total.kept += 1;
            return Ok(Status::Clean);
        }
        self.total.changed += 1;
        if self.command.diff {
            self.output.tell(Page::of_difference(&unified(path, text, laid_out)))?;
        } else {
            self.output.tell(line!("would format {path}"))?;
        }
        Ok(Status::Found)
    }
}

/// How a text changes, as `diff -u` tells it.
pub(super) fn unified(path: &str, old: &str, new: &str) -> String {
    let path = shown(path);
    similar::TextDiff::from_lines(old, new).unified_diff().header(&path, &path).to_string()
}

impl Total {
    fn summary(&self, check: bool) -> String {
        let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        let done = if check { "would change" } else { "changed" };
        line!("{} {done}, {} left as they are", files(self.changed), files(self.kept))
    }
}
