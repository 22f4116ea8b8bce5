//! Where a stage puts what it finds.

use super::{cause, code};
use crate::language::{Diagnostic, FileId, Sources, Span};

/// Diagnostics in the order they were found; stages only push.
#[derive(Clone, Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// An empty sink.
    pub fn new() -> Sink {
        Sink::default()
    }

    /// Takes one in.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Takes several in.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.found.extend(diagnostics);
    }

    /// Says of the last one which names get lost with it.
    pub fn lose<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) {
        if let Some(last) = self.found.last_mut() {
            last.loses.extend(names.into_iter().map(str::to_owned));
        }
    }

    /// Begins each with the first of its places in a file like this: one that whoever reads it can change.
    pub fn lead_with(&mut self, own: impl Fn(FileId) -> bool) {
        for diagnostic in &mut self.found {
            if let Some(first) = diagnostic.labels.iter().position(|label| own(label.span.file)) {
                diagnostic.labels.rotate_left(first);
            }
        }
    }

    /// True if any is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(Diagnostic::is_error)
    }

    /// All but those that follow from others. First those from which others follow, and what could not be read at all;
    /// then by path, place and code, so that the order of files or of checks never shows.
    pub fn into_sorted(self, sources: &Sources) -> Vec<Diagnostic> {
        let mut found = cause::settle(self.found, sources);
        // In place: of a large directory there can be half a million.
        found.sort_unstable_by(|one, other| order(one, sources).cmp(&order(other, sources)));
        found.dedup();
        found
    }

    /// All of them in the order they were found.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// By what findings are sorted. Those that are alike in all of it are told at the same place in the same words.
fn order<'d>(finding: &'d Diagnostic, sources: &'d Sources) -> impl Ord + use<'d> {
    let follows = finding.followers == 0 && !code::keeps_files_out(finding.code);
    let place = |span: Span| (sources.path(span.file), span.start, span.end);
    let (first, further) = (finding.span().map(place), finding.labels.get(1).map(|label| place(label.span)));
    (follows, first, finding.severity, finding.code.name(), finding.message.as_str(), further)
}
