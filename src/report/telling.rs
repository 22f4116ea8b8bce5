//! Which findings are told one by one, and which together because one change mends them all.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::language::{Code, Diagnostic, Severity, Sources};

/// How many places of one cause are told. Findings that are no more than this are told one by one.
const PLACES: usize = 3;

/// How much of the text at a place tells findings apart, in bytes: a place can be most of a file.
const EXCERPT: usize = 200;

/// Findings as they are told.
#[derive(Clone, Debug)]
pub struct Telling<'d> {
    told: Vec<Told<'d>>,
    /// What shows each of them, in backticks; None where this does.
    each_by: Option<&'static str>,
}

/// A finding that is told, and those that are told with it.
#[derive(Clone, Debug)]
pub struct Told<'d> {
    /// The first of its cause, told whole.
    pub first: &'d Diagnostic,
    /// The others of the same cause, in their order; empty where each is told by itself.
    others: Vec<&'d Diagnostic>,
}

/// What there was room for.
#[derive(Clone, Debug)]
pub struct Shown<'t, 'd> {
    /// What is told, in the order of the findings.
    pub told: Vec<&'t Told<'d>>,
    /// How many findings are not shown, by code, and what shows them; None if all are.
    pub rest: Option<String>,
}

/// What findings that belong together share: code, severity, and cause. Where a finding names no cause, it is what is
/// said of which text.
type Key<'d> = (Code, Severity, &'d str, &'d [u8]);

impl<'d> Telling<'d> {
    /// Each finding by itself.
    pub fn each(found: &'d [Diagnostic]) -> Telling<'d> {
        let told = found.iter().map(Told::alone).collect();
        Telling { told, each_by: None }
    }

    /// By code and cause. What is not told says that `each_by` shows it.
    pub fn grouped(sources: &'d Sources, found: &'d [Diagnostic], each_by: &'static str) -> Telling<'d> {
        let mut groups: IndexMap<Key<'d>, Vec<(usize, &Diagnostic)>> = IndexMap::new();
        for (index, finding) in found.iter().enumerate() {
            groups.entry(key(sources, finding)).or_default().push((index, finding));
        }
        let mut told: Vec<(usize, Told<'d>)> = Vec::new();
        for group in groups.into_values() {
            match group.as_slice() {
                [(index, first), others @ ..] if others.len() >= PLACES => {
                    let others = others.iter().map(|(_, finding)| *finding).collect();
                    told.push((*index, Told { first, others }));
                }
                few => told.extend(few.iter().map(|(index, finding)| (*index, Told::alone(finding)))),
            }
        }
        told.sort_by_key(|(index, _)| *index);
        Telling { told: told.into_iter().map(|(_, told)| told).collect(), each_by: Some(each_by) }
    }

    /// How many findings there are, told or not.
    pub fn count(&self) -> usize {
        self.told.iter().map(Told::count).sum()
    }

    /// What finds room, the heaviest first. Where each finding is wanted, there is room for all.
    pub fn within(&self, mut room: impl FnMut(&Diagnostic) -> bool) -> Shown<'_, 'd> {
        let everything = self.each_by.is_none();
        let mut heaviest: Vec<(usize, &Told<'d>)> = self.told.iter().enumerate().collect();
        heaviest.sort_by_key(|(_, told)| told.first.severity);
        let (mut told, left_out): (Vec<_>, Vec<_>) =
            heaviest.into_iter().partition(|(_, told)| everything || room(told.first));
        told.sort_by_key(|(index, _)| *index);
        let told: Vec<&Told<'d>> = told.into_iter().map(|(_, told)| told).collect();
        let mut rest: IndexMap<&'static str, usize> = IndexMap::new();
        let folded = told.iter().map(|told| (told.first, told.more()));
        let left_out = left_out.iter().map(|(_, told)| (told.first, told.count()));
        for (of, count) in folded.chain(left_out).filter(|(_, count)| *count > 0) {
            *rest.entry(of.code.name()).or_default() += count;
        }
        Shown { told, rest: self.rest(&rest) }
    }

    /// "of 70001 findings, 69998 are not shown: 69998 of `lint::mode-mismatch`; `--all` shows each"
    fn rest(&self, by_code: &IndexMap<&'static str, usize>) -> Option<String> {
        let (each_by, hidden) = (self.each_by?, by_code.values().sum::<usize>());
        let total = self.count();
        let are = if hidden == 1 { "is" } else { "are" };
        let list: Vec<String> = by_code.iter().map(|(code, count)| format!("{count} of `{code}`")).collect();
        let list = list.join(", ");
        (hidden > 0).then(|| format!("of {total} findings, {hidden} {are} not shown: {list}; {each_by} shows each"))
    }

    /// "69998 more like it; `--all` shows each"; None where there are none.
    pub(super) fn more(&self, told: &Told<'_>) -> Option<String> {
        let (more, each_by) = (told.more(), self.each_by?);
        (more > 0).then(|| format!("{more} more like it; {each_by} shows each"))
    }
}

impl<'d> Told<'d> {
    fn alone(finding: &'d Diagnostic) -> Told<'d> {
        Told { first: finding, others: Vec::new() }
    }

    /// How many findings it stands for.
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// Those of the same cause that are told in a line.
    pub(super) fn next_places(&self) -> impl Iterator<Item = &'d Diagnostic> {
        self.others.iter().copied().take(PLACES - 1)
    }

    /// How many of the same cause are not told.
    fn more(&self) -> usize {
        self.count().saturating_sub(PLACES)
    }
}

/// Room for so many of each of something.
#[derive(Clone, Debug)]
pub(super) struct Room<K> {
    most: fn(K) -> usize,
    taken: HashMap<K, usize>,
}

impl<K: Copy + Eq + std::hash::Hash> Room<K> {
    pub(super) fn new(most: fn(K) -> usize) -> Room<K> {
        Room { most, taken: HashMap::new() }
    }

    /// Takes a place, if one is left.
    pub(super) fn take(&mut self, of: K) -> bool {
        let taken = self.taken.entry(of).or_default();
        let left = *taken < (self.most)(of);
        *taken += usize::from(left);
        left
    }
}

fn key<'d>(sources: &'d Sources, finding: &'d Diagnostic) -> Key<'d> {
    let (cause, text) = match (&finding.cause, finding.span()) {
        (Some(cause), _) => (cause.as_str(), ""),
        (None, Some(span)) => (finding.message.as_str(), sources.slice(span)),
        (None, None) => (finding.message.as_str(), ""),
    };
    let text = text.as_bytes();
    (finding.code, finding.severity, cause, text.get(..EXCERPT).unwrap_or(text))
}

/// What the same cause has in common, whichever finding comes first.
pub(super) fn identity(sources: &Sources, finding: &Diagnostic) -> String {
    let (code, _, cause, text) = key(sources, finding);
    format!("{}\n{cause}\n{}", code.name(), String::from_utf8_lossy(text))
}
