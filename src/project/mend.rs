//! Linting a project, and mending it: fixes are edits of texts, and the pipeline starts again from those.

use std::collections::{BTreeMap, BTreeSet};

use super::Project;
use crate::compile::Compiled;
use crate::diagnostic::{Diagnostic, Sink};
use crate::lint::{self, Levels, Skipped, Subject};
use crate::resolve::Entries;
use crate::text::FileId;

/// Rounds of fixes after which mending gives up. Each round takes findings away, so this is never reached by use.
const ROUNDS: usize = 50;

/// A project with its fixes applied, in memory.
#[derive(Debug)]
pub struct Mended {
    /// The project as it is now.
    pub project: Project,
    /// The files that changed.
    pub changed: BTreeSet<FileId>,
    /// How many fixes were applied.
    pub applied: usize,
    /// Fixes that were not, and why.
    pub skipped: Vec<Skipped>,
}

impl Project {
    /// The levels that the project file sets; names that no lint has are reported.
    pub fn levels(&self) -> (Levels, Vec<Diagnostic>) {
        let mut levels = Levels::usual();
        let found = levels.configure(&self.config.lint);
        (levels, found)
    }

    /// Everything that is wrong or doubtful, and everything that lints find. A set with errors is not linted.
    pub fn lint(&self, levels: &Levels) -> Vec<Diagnostic> {
        if self.has_errors() {
            return self.check();
        }
        let mut sink = Sink::new();
        sink.extend(self.diagnostics().iter().cloned());
        sink.extend(self.lints(levels));
        sink.into_sorted(&self.sources)
    }

    fn lints(&self, levels: &Levels) -> Vec<Diagnostic> {
        self.subject().map(|subject| lint::lint(subject, levels)).unwrap_or_default()
    }

    /// What rules look at; None if the set has errors.
    pub(super) fn subject(&self) -> Option<Subject<'_>> {
        let Compiled { own, libraries, graph, .. } = &self.compiled;
        graph.as_ref().map(|graph| Subject { sources: &self.sources, own, libraries, graph, unread: &self.unread })
    }

    /// The project with its fixes applied until none is left. Unless fixes that change decisions are wanted, each
    /// round is compiled and compared: whatever would change a decision is not applied.
    #[must_use]
    pub fn mend(self, levels: &Levels, with_unsafe: bool) -> Mended {
        let mut mended = Mended { project: self, changed: BTreeSet::new(), applied: 0, skipped: Vec::new() };
        let mut refused: BTreeSet<(&'static str, String)> = BTreeSet::new();
        for _ in 0..ROUNDS {
            let mut findings = mended.project.lints(levels);
            findings.retain(|finding| !refused.contains(&(finding.code.name(), finding.message.clone())));
            let (texts, count, skipped) = mended.proposal(&findings, with_unsafe);
            if !texts.is_empty() && mended.take(&texts, count, with_unsafe) {
                continue;
            }
            // Together they break something, or there are none: one by one tells which.
            let mut any = false;
            for finding in findings.iter().filter(|_| !texts.is_empty()) {
                let (texts, count, _) = mended.proposal(std::slice::from_ref(finding), with_unsafe);
                if texts.is_empty() {
                    continue;
                }
                if mended.take(&texts, count, with_unsafe) {
                    any = true;
                    break;
                }
                refused.insert((finding.code.name(), finding.message.clone()));
                mended.skipped.push(Skipped { code: finding.code.name(), why: "it would change a decision" });
            }
            if !any {
                mended.skipped.extend(skipped);
                break;
            }
        }
        mended
    }
}

impl Mended {
    fn proposal(&self, findings: &[Diagnostic], with_unsafe: bool) -> (BTreeMap<FileId, String>, usize, Vec<Skipped>) {
        let on_disk = |file: FileId| self.project.path_on_disk(file).is_some();
        lint::apply(&self.project.sources, findings, with_unsafe, on_disk)
    }

    /// Takes texts over if the set still compiles and, unless that is wanted, decides as before.
    fn take(&mut self, texts: &BTreeMap<FileId, String>, count: usize, with_unsafe: bool) -> bool {
        let Some(next) = self.project.with_texts(texts) else { return false };
        for entries in [Entries::InForce, Entries::Recorded] {
            let both = [&self.project, &next].map(|project| project.rules(entries));
            let [Some(before), Some(after)] = both else { return false };
            if !with_unsafe && !lint::same_decisions(&before, &after) {
                return false;
            }
        }
        self.project = next;
        self.changed.extend(texts.keys());
        self.applied += count;
        true
    }
}
