//! Fixes as edits of texts.

use std::collections::{BTreeMap, BTreeSet};

use super::registry::find;
use super::rule::Fixes;
use crate::language::{Diagnostic, Edit, FileId, Sources, Span, edited};

/// The fixes that somebody wants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// Those that change no decision.
    Safe,
    /// Those that are meant to change decisions, too.
    All,
}

/// A fix that was not applied, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skipped {
    /// The code of the finding.
    pub code: &'static str,
    /// The reason.
    pub why: &'static str,
}

/// Where edits are that do not overlap.
#[derive(Default)]
struct Places<'e> {
    /// By file, where each begins, and where it ends.
    spans: BTreeMap<(FileId, u32, u32), BTreeSet<&'e str>>,
}

impl<'e> Places<'e> {
    /// True if an edit overlaps with one of them, or is one of them.
    fn meets(&self, edit: &Edit) -> bool {
        let Span { file, start, end } = edit.span;
        // Those that begin before this one ends do not overlap, so the last of them reaches farthest.
        let before = self.spans.range(..(file, end, 0)).next_back();
        let reaches = before.is_some_and(|((other, _, until), _)| *other == file && *until > start);
        let is_there = self.spans.get(&(file, start, end)).is_some_and(|texts| texts.contains(edit.text.as_str()));
        reaches || is_there
    }

    fn take(&mut self, edit: &'e Edit) {
        let Span { file, start, end } = edit.span;
        self.spans.entry((file, start, end)).or_default().insert(&edit.text);
    }
}

/// The texts that fixes of findings change, with the number of fixes in them. Of two that overlap the first is applied
/// and the other is skipped; the next round sees what became of it. Safe fixes are applied, and unsafe ones if those
/// are asked for. Files that cannot be written are left alone.
pub fn apply(
    sources: &Sources,
    findings: &[Diagnostic],
    wanted: Wanted,
    writable: impl Fn(FileId) -> bool,
) -> (BTreeMap<FileId, String>, usize, Vec<Skipped>) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut places = Places::default();
    let mut skipped = Vec::new();
    let mut count = 0;
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        let Some(rule) = find(finding.code.name()) else { continue };
        if rule.fixes == Fixes::Unsafe && wanted == Wanted::Safe {
            skipped.push(Skipped { code: finding.code.name(), why: "it changes decisions; --unsafe-fixes applies it" });
            continue;
        }
        if fix.edits.iter().any(|edit| !writable(edit.span.file)) {
            continue;
        }
        if fix.edits.iter().any(|edit| places.meets(edit)) {
            skipped.push(Skipped { code: finding.code.name(), why: "it overlaps with another fix" });
            continue;
        }
        taken.extend(&fix.edits);
        fix.edits.iter().for_each(|edit| places.take(edit));
        count += 1;
    }
    let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in taken {
        by_file.entry(edit.span.file).or_default().push(edit);
    }
    let edited = by_file.into_iter().map(|(file, edits)| (file, edited(sources.text(file), edits))).collect();
    (edited, count, skipped)
}
