//! Findings that there were before, and which of today's are new.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::find;
use crate::language::{Diagnostic, Sources};
use crate::text::{Fingerprint, Fingerprints};

/// The findings of an earlier version of a project, by what stays when lines move.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Those of each fingerprint in each file.
    in_file: FxHashMap<(u64, String), Alike>,
    /// Those of each fingerprint.
    anywhere: FxHashMap<u64, Alike>,
}

/// How many findings are alike, by how many more there are than each names.
type Alike = BTreeMap<u64, usize>;

/// Today's findings, apart.
#[derive(Clone, Debug, Default)]
pub struct Parted {
    /// Those that there were not.
    pub new: Vec<Diagnostic>,
    /// Those that there were already.
    pub old: Vec<Diagnostic>,
}

impl From<Vec<Diagnostic>> for Parted {
    /// All of them are new.
    fn from(new: Vec<Diagnostic>) -> Parted {
        Parted { new, old: Vec::new() }
    }
}

impl Parted {
    /// Every finding.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.new.iter_mut().chain(&mut self.old)
    }

    /// Leaves out what is not wanted.
    pub fn retain(&mut self, mut wanted: impl FnMut(&Diagnostic) -> bool) {
        self.new.retain(&mut wanted);
        self.old.retain(&mut wanted);
    }
}

impl Known {
    /// These findings, with the texts that they are about.
    pub fn new(sources: &Sources, found: &[Diagnostic]) -> Known {
        let mut known = Known::default();
        let mut prints = Fingerprints::new(sources);
        for finding in found {
            let Fingerprint { sum: print, more } = prints.fingerprint(finding);
            *known.in_file.entry((print, file(sources, finding))).or_default().entry(more).or_default() += 1;
            *known.anywhere.entry(print).or_default().entry(more).or_default() += 1;
        }
        known
    }

    /// Which of today's findings are new. Of several that are alike so many are old as there were before: first those
    /// in the same file, then those that come first. One that says of more than it did is new, since somebody was
    /// added. An error that is no lint is always new: nothing answers until it is corrected.
    pub fn part(&self, sources: &Sources, found: Vec<Diagnostic>) -> Parted {
        if self.anywhere.is_empty() {
            return found.into();
        }
        let (mut left, mut prints) = (self.clone(), Fingerprints::new(sources));
        let mut tried: Vec<(u64, u64, bool)> = Vec::with_capacity(found.len());
        for finding in &found {
            let Fingerprint { sum: print, more } = prints.fingerprint(finding);
            let here = left.in_file.get_mut(&(print, file(sources, finding)));
            let taken = here.filter(|_| !is_in_the_way(finding)).and_then(|here| take(here, more));
            let is_old =
                taken.is_some_and(|taken| left.anywhere.get_mut(&print).is_some_and(|all| take(all, taken).is_some()));
            tried.push((print, more, is_old));
        }
        let mut parted = Parted::default();
        for (finding, (print, more, is_old)) in found.into_iter().zip(tried) {
            let mut elsewhere = || left.anywhere.get_mut(&print).and_then(|all| take(all, more)).is_some();
            let is_old = is_old || !is_in_the_way(&finding) && elsewhere();
            if is_old { parted.old.push(finding) } else { parted.new.push(finding) }
        }
        parted
    }
}

/// Takes one that says of at least so many more, if one is left: of those the one with the fewest.
fn take(left: &mut Alike, more: u64) -> Option<u64> {
    let (has, count) = left.range_mut(more..).next().map(|(has, count)| (*has, count))?;
    *count -= 1;
    if *count == 0 {
        left.remove(&has);
    }
    Some(has)
}

fn file(sources: &Sources, finding: &Diagnostic) -> String {
    finding.span().map(|span| sources.path(span.file).to_owned()).unwrap_or_default()
}

fn is_in_the_way(finding: &Diagnostic) -> bool {
    finding.is_error() && find(finding.code.name()).is_none()
}
