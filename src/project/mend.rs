//! Linting a project, and mending it: fixes are edits of texts, and the pipeline starts again from those.

use std::collections::{BTreeMap, BTreeSet};

use super::Project;
use crate::diagnostic::Sink;
use crate::diff::Diff;
use crate::language::{Diagnostic, FileId};
use crate::lint::{self, Known, Levels, Skipped, Wanted};
use crate::resolve::Entries;

/// Rounds of fixes after which mending gives up. Each round takes findings away, so this is never reached by use.
const ROUNDS: usize = 50;

/// A finding whatever else is mended.
type Named = (&'static str, String, Option<(FileId, String)>);

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
        let found = self.lints(levels);
        if self.diagnostics().is_empty() {
            return found;
        }
        let mut sink = Sink::new();
        sink.extend(found);
        sink.extend(self.diagnostics().iter().cloned());
        sink.into_sorted(&self.set.sources)
    }

    fn lints(&self, levels: &Levels) -> Vec<Diagnostic> {
        lint::lint(&self.set, &self.unread, levels).unwrap_or_default()
    }

    /// The project with its fixes applied until none is left. Unless fixes that change decisions are wanted, each
    /// round is compiled and compared: whatever would change a decision is not applied. Nor is what would leave errors.
    #[must_use]
    pub fn mend(self, levels: &Levels, wanted: Wanted) -> Mended {
        self.mend_new(levels, wanted, &Known::default())
    }

    /// The same, of findings that there were not before: whatever was known stays as it is.
    #[must_use]
    pub fn mend_new(self, levels: &Levels, wanted: Wanted, known: &Known) -> Mended {
        let mut mended = Mended { project: self, changed: BTreeSet::new(), applied: 0, skipped: Vec::new() };
        // What would change a decision or leave an error, and how much was mended when that was found out.
        let mut refused: BTreeSet<Named> = BTreeSet::new();
        let mut refused_after = 0;
        for _ in 0..ROUNDS {
            let mut findings = known.part(mended.project.sources(), mended.project.lints(levels)).new;
            findings.retain(|finding| finding.fix.is_none() || !refused.contains(&mended.named(finding)));
            let (texts, count, skipped) = mended.proposal(&findings, wanted);
            if texts.is_empty() {
                // What was refused may be fine since something else was mended.
                if !refused.is_empty() && mended.applied > refused_after {
                    refused.clear();
                    continue;
                }
                mended.skipped = skipped;
                break;
            }
            if mended.take(&texts, count, wanted) {
                continue;
            }
            // Together they break something: each by itself tells which. The others are tried again together.
            let mut alone = None;
            let before = refused.len();
            for finding in &findings {
                let (texts, count, _) = mended.proposal(std::slice::from_ref(finding), wanted);
                if texts.is_empty() {
                    continue;
                }
                if mended.next(&texts, wanted).is_some() {
                    alone = alone.or(Some((texts, count)));
                } else {
                    refused.insert(mended.named(finding));
                    refused_after = mended.applied;
                }
            }
            // Each is fine and all are not: the first is made, and the others are found anew if they still stand.
            if let Some((texts, count)) = alone.filter(|_| refused.len() == before) {
                mended.take(&texts, count, wanted);
            }
        }
        let why = match wanted {
            Wanted::Safe => "it would change a decision, or leave an error",
            Wanted::All => "it would leave an error",
        };
        mended.skipped.extend(refused.into_iter().map(|(code, ..)| Skipped { code, why }));
        mended
    }
}

impl Mended {
    fn proposal(&self, findings: &[Diagnostic], wanted: Wanted) -> (BTreeMap<FileId, String>, usize, Vec<Skipped>) {
        let on_disk = |file: FileId| self.project.path_on_disk(file).is_some();
        lint::apply(&self.project.set.sources, findings, wanted, on_disk)
    }

    /// A finding by what does not change while others are mended: its code, its words, its file and the text it is
    /// about.
    fn named(&self, finding: &Diagnostic) -> Named {
        let at = finding.span().map(|span| (span.file, self.project.set.sources.slice(span).to_owned()));
        (finding.code.name(), finding.message.clone(), at)
    }

    /// The project with these texts, if it still compiles and, unless that is wanted, decides as before.
    fn next(&self, texts: &BTreeMap<FileId, String>, wanted: Wanted) -> Option<Project> {
        let next = self.project.with_texts(texts).filter(|next| !next.has_errors())?;
        if wanted == Wanted::All {
            return Some(next);
        }
        for entries in [Entries::InForce, Entries::Recorded] {
            let [before, after] = [&self.project, &next].map(|project| project.rules(entries));
            if wanted == Wanted::Safe && !Diff::between(&before.ok()?, &after.ok()?).is_empty() {
                return None;
            }
        }
        Some(next)
    }

    /// Takes texts over, if that is fine.
    fn take(&mut self, texts: &BTreeMap<FileId, String>, count: usize, wanted: Wanted) -> bool {
        let Some(next) = self.next(texts, wanted) else { return false };
        self.project = next;
        self.changed.extend(texts.keys());
        self.applied += count;
        true
    }
}
