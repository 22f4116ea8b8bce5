//! Findings in the format that was asked for, of one project or of several.

use std::collections::BTreeMap;
use std::io;

use super::Status;
use super::args::{FindingFormat, Told};
use super::gate::Own;
use super::output::{Output, Reply};
use super::words::unproved;
use crate::language::{Diagnostic, FileId, Sources, Span};
use crate::lint::Parted;
use crate::project::Project;
use crate::project::side::Side;
use crate::report::telling::Telling;
use crate::report::{Beside, Since, finding, github, json, junit, sarif};
use crate::text::line;

/// How a run ends that found this. A file that was named and could not be read leaves the question open; one that a
/// pattern matches is wrong with the project.
pub(super) fn status(gathered: &Gathered, told: Told) -> Status {
    match gathered.found.iter().any(Diagnostic::is_error) {
        true if gathered.failed => Status::Failed,
        true if told.exit_zero => Status::Clean,
        true => Status::Found,
        false => Status::Clean,
    }
}

/// Writes findings; as text with what there is to say where nothing is wrong.
pub(super) fn write(
    gathered: &Gathered,
    Told { all, format, statistics, .. }: Told,
    clean: impl FnOnce() -> String,
    output: &mut Output,
) -> io::Result<()> {
    let Gathered { sources, found, old, since, invariants, .. } = gathered;
    let told = |found| if all { Telling::each(found) } else { Telling::grouped(sources, found, "`--all`") };
    let (telling, old) = (|| told(found), told(old));
    let since = since.as_ref().map(|side| Since { side, old: &old });
    let beside = Beside { invariants: *invariants, since };
    match format {
        FindingFormat::Text => {
            match statistics {
                true => output.tell(finding::statistics(found))?,
                false => output.findings(sources, &telling())?,
            }
            output.sum_up(line(&finding::summary(found).unwrap_or_else(clean)))?;
        }
        FindingFormat::Json => output.print(&json::findings(sources, found, beside))?,
        FindingFormat::Sarif => output.print(&sarif::sarif(sources, &telling(), beside))?,
        FindingFormat::Github => output.write(&Reply::Data(github::github(sources, &telling()), Own::Commands))?,
        FindingFormat::Junit => output.print(&junit::junit(sources, found, beside))?,
    }
    if !matches!(format, FindingFormat::Text | FindingFormat::Github) {
        return Ok(());
    }
    let old = since.and_then(|since| since.there_already());
    old.into_iter().chain(unproved(*invariants)).try_for_each(|text| match format {
        FindingFormat::Text => output.sum_up(line(&text)),
        _ => output.tell(line(&text)),
    })
}

fn line(text: &str) -> String {
    line!("{text}")
}

/// The findings of several projects.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) sources: Sources,
    pub(super) found: Vec<Diagnostic>,
    /// What was found before, too, if findings were compared.
    pub(super) old: Vec<Diagnostic>,
    /// With what they were compared: of several projects, with that of the first, which all are in.
    pub(super) since: Option<Side>,
    /// How many invariants the projects have, which these commands do not prove.
    pub(super) invariants: usize,
    /// Something that was named could not be read.
    pub(super) failed: bool,
}

impl Gathered {
    /// Takes the findings of a project in, with the files that they are about: by paths as other tools know them, if
    /// the format is theirs.
    pub(super) fn take(&mut self, project: &Project, found: impl Into<Parted>, format: FindingFormat) {
        let mut parted = found.into();
        let located = format.is_located().then(|| project.located(project.sources()));
        let sources = located.as_ref().unwrap_or(project.sources());
        self.invariants += project.model().invariants.len();
        self.failed |= !project.is_read();
        let mut files: BTreeMap<FileId, FileId> = BTreeMap::new();
        let mut moved = |span: &mut Span| {
            let add = || self.sources.take(sources.source(span.file).clone());
            span.file = *files.entry(span.file).or_insert_with(add);
        };
        for diagnostic in parted.all_mut() {
            diagnostic.labels.iter_mut().for_each(|label| moved(&mut label.span));
            if let Some(fix) = &mut diagnostic.fix {
                fix.edits.iter_mut().for_each(|edit| moved(&mut edit.span));
            }
        }
        append(&mut self.found, parted.new);
        append(&mut self.old, parted.old);
    }
}

/// All of these behind those, of which there mostly are none.
fn append(all: &mut Vec<Diagnostic>, mut more: Vec<Diagnostic>) {
    match all.as_slice() {
        [] => *all = more,
        _ => all.append(&mut more),
    }
}
