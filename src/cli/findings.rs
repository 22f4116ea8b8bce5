//! Findings in the format that was asked for, of one project or of several.

use std::collections::BTreeMap;
use std::io;

use super::Status;
use super::args::{FindingFormat, Told};
use super::gate::Own;
use super::output::{Output, Reply};
use super::words::unproved;
use crate::language::{Diagnostic, FileId, Sources, Span};
use crate::project::Project;
use crate::report::telling::Telling;
use crate::report::{finding, github, json, junit, sarif};
use crate::text::line;

/// How a run ends that found this. A file that was named and could not be read leaves the question open; one that a
/// pattern matches is wrong with the project.
pub(super) fn status(gathered: &Gathered) -> Status {
    match gathered.found.iter().any(Diagnostic::is_error) {
        true if gathered.failed => Status::Failed,
        true => Status::Found,
        false => Status::Clean,
    }
}

/// Writes findings; as text with what there is to say where nothing is wrong.
pub(super) fn write(
    gathered: &Gathered,
    Told { all, format }: Told,
    clean: impl FnOnce() -> String,
    output: &mut Output,
) -> io::Result<()> {
    let Gathered { sources, found, invariants, .. } = gathered;
    let telling = || if all { Telling::each(found) } else { Telling::grouped(sources, found, "`--all`") };
    match format {
        FindingFormat::Text => {
            output.findings(sources, &telling())?;
            output.tell(line(&finding::summary(found).unwrap_or_else(clean)))?;
        }
        FindingFormat::Json => output.print(&json::findings(sources, found, *invariants))?,
        FindingFormat::Sarif => output.print(&sarif::sarif(sources, &telling(), *invariants))?,
        FindingFormat::Github => output.write(&Reply::Data(github::github(sources, &telling()), Own::Commands))?,
        FindingFormat::Junit => output.print(&junit::junit(sources, found, *invariants))?,
    }
    match (format, unproved(*invariants)) {
        (FindingFormat::Text | FindingFormat::Github, Some(invariants)) => output.tell(line(&invariants)),
        _ => Ok(()),
    }
}

fn line(text: &str) -> String {
    line!("{text}")
}

/// The findings of several projects.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) sources: Sources,
    pub(super) found: Vec<Diagnostic>,
    /// How many invariants the projects have, which these commands do not prove.
    pub(super) invariants: usize,
    /// Something that was named could not be read.
    pub(super) failed: bool,
}

impl Gathered {
    /// Takes the findings of a project in, with the files that they are about.
    pub(super) fn take(&mut self, project: &Project, mut found: Vec<Diagnostic>) {
        let sources = project.sources();
        self.invariants += project.model().invariants.len();
        self.failed |= !project.is_read();
        let mut files: BTreeMap<FileId, FileId> = BTreeMap::new();
        let mut moved = |span: &mut Span| {
            let add = || self.sources.take(sources.source(span.file).clone());
            span.file = *files.entry(span.file).or_insert_with(add);
        };
        for diagnostic in &mut found {
            diagnostic.labels.iter_mut().for_each(|label| moved(&mut label.span));
            if let Some(fix) = &mut diagnostic.fix {
                fix.edits.iter_mut().for_each(|edit| moved(&mut edit.span));
            }
        }
        match self.found.as_slice() {
            [] => self.found = found,
            _ => self.found.append(&mut found),
        }
    }
}
