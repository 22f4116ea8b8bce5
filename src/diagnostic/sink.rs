//! Where a stage puts what it finds.

use super::Diagnostic;
use crate::text::Sources;

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

    /// True if any is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(Diagnostic::is_error)
    }

    /// All of them by path, place and code, so that the order of files or of checks never shows.
    pub fn into_sorted(self, sources: &Sources) -> Vec<Diagnostic> {
        let mut found = self.found;
        found.sort_by_cached_key(|diagnostic| {
            let place = diagnostic.span().map(|span| (sources.path(span.file).to_owned(), span.start, span.end));
            (place, diagnostic.severity, diagnostic.code.name(), diagnostic.message.clone())
        });
        found.dedup();
        found
    }

    /// All of them in the order they were found.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }
}
