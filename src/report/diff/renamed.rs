//! What was told as renamed, and what looks so.

use super::{COLUMNS, Comparison};
use crate::diff::{LooksRenamed, Rename};
use crate::report::page::Page;
use crate::report::table::wrap;
use crate::text::{first_of, line};

/// How many guesses are told, and how many names stand for all that fit.
const SHOWN: usize = 10;
const NAMED: usize = 3;

/// What is told of renames.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Renamed {
    /// What is compared as one, in the order in which that was told.
    pub told: Vec<Rename>,
    /// How many more there are, of which nothing may be named.
    pub unnamed: usize,
    /// What looks renamed.
    pub looks: Vec<Likely>,
}

/// Something that looks renamed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Likely {
    /// What it is.
    pub looks: LooksRenamed,
    /// What has to be typed to have it compared as one; None where several fit.
    pub option: Option<String>,
}

impl Renamed {
    /// What was told, in a sentence.
    fn sentence(&self) -> Option<String> {
        let mut told: Vec<String> = self.told.iter().map(Rename::to_string).collect();
        match self.unnamed {
            0 => {}
            more if told.is_empty() => told.push(format!("{more} of the directory")),
            more => told.push(format!("and {more} of the directory")),
        }
        (!told.is_empty()).then(|| format!("told as renamed: {}", told.join(", ")))
    }

    fn guesses(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.looks.iter().take(SHOWN).map(Likely::text).collect();
        if let Some(more) = self.looks.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            lines.push(format!("and {more} more look renamed"));
        }
        lines
    }
}

impl Likely {
    fn text(&self) -> String {
        match &self.option {
            Some(option) => format!("looks renamed: {option}"),
            None => {
                let LooksRenamed { kind, old, new } = &self.looks;
                let [old, new] = [old, new].map(|names| first_of(NAMED, names));
                format!("looks renamed, and several fit: {} {old} of BASE, {new} of HEAD", kind.word())
            }
        }
    }
}

/// All of it in lines; nothing if nothing was or looks renamed.
pub(super) fn text(comparison: Comparison<'_>) -> Page {
    let mut text = Page::new();
    if let Some(told) = comparison.renamed.sentence() {
        text.push_str(wrap(told.split(' '), "  ", COLUMNS).behind("") + "\n");
    }
    // An option can be copied only if it stands in one line.
    for looks in comparison.renamed.guesses() {
        text.push_str(line!("{looks}"));
    }
    text
}

/// The same as sentences.
pub(super) fn lines(comparison: Comparison<'_>) -> Vec<String> {
    comparison.renamed.sentence().into_iter().chain(comparison.renamed.guesses()).collect()
}
