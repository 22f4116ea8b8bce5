//! What became of mutants: those that nothing caught, what catches nothing, and the counts.

use super::page::{Ink, Page};
use super::prove::facts;
use super::{Naming, place};
use crate::model::Model;
use crate::mutate::{Fate, Mutant, Mutants};
use crate::symbolic::Decision;
use crate::text::{counted, line};

/// The survivors, the expectations that catch nothing, and the counts. How to allow more nodes depends on how somebody
/// asks.
pub fn text(naming: Naming<'_>, mutants: &Mutants, more_nodes: &str) -> Page {
    let sources = naming.sources;
    let mut text = Page::new();
    for mutant in mutants.survivors() {
        text.push_str(survivor(naming, mutant, more_nodes));
        text.push('\n');
    }
    if let Some(idle) = mutants.idle().filter(|idle| !idle.is_empty()) {
        let catch = if idle.len() == 1 { "catches" } else { "catch" };
        let idle_ones = counted(idle.len(), "expectation");
        let heading = line!("{idle_ones} {catch} no slip in these policies; directory and libraries were not changed:");
        text.push_str(Page::inked(Ink::Partly, heading));
        for catcher in idle {
            text.push_str(line!("  {}  \"{}\"", place(sources, catcher.at), catcher.label));
        }
        text.push('\n');
    }
    let counts = mutants.counts();
    let ink = if counts.survived + counts.unknown == 0 { Ink::Yes } else { Ink::Loss };
    text.push_str(Page::inked(ink, line!("{}", summary(mutants))));
    text
}

fn survivor(naming: Naming<'_>, mutant: &Mutant, more_nodes: &str) -> Page {
    let slip = &mutant.mutation;
    let mut text = Page::inked(Ink::Loss, word(&mutant.fate));
    text.push_str(line!(": {}  {}", slip.says, place(naming.sources, slip.at)));
    match &mutant.fate {
        Fate::Survived(witness) => {
            let decided = decided(naming.model, witness.decision);
            text.push_str(line!("  it changes `{decided}` in the smallest world, {}", facts(&witness.facts)));
            match &witness.test {
                Some(test) => {
                    text.push_str("  this test passes, and would fail with it:\n");
                    text.push_str(Page::to_copy(test.lines().map(|line| line!("    {line}")).collect()));
                }
                None => text.push_str(line!("  {NO_TEST}")),
            }
        }
        _ => text.push_str(line!("  whether it changes any answer takes more nodes than are allowed: {more_nodes}")),
    }
    text
}

/// Why a world comes without a test.
pub(super) const NO_TEST: &str = "no test was found that tells the two apart";

/// What is decided.
pub(super) fn decided(model: &Model, decision: Decision) -> String {
    match decision {
        Decision::Sees(field) => model.field_name(field),
        Decision::Level => "level".to_owned(),
        Decision::Uses(feature) => model.features[feature].declared.name.clone(),
        Decision::Discloses(feature) => format!("disclosures of {}", model.features[feature].declared.name),
    }
}

/// What became of a mutant, in a word.
pub fn word(fate: &Fate) -> &'static str {
    match fate {
        Fate::Invalid => "invalid",
        Fate::Caught => "caught",
        Fate::Alike => "alike",
        Fate::Survived(_) => "survived",
        Fate::Unknown => "unknown",
    }
}

/// A percentage, rounded down, so that 100 means all of them.
pub fn percent(percent: f64) -> String {
    format!("{:.1} %", (percent * 10.0).floor() / 10.0)
}

/// "957 slips: 880 caught, 3 survived (99.6 % caught); not counted: 33 change nothing, 41 have errors"
pub fn summary(mutants: &Mutants) -> String {
    if mutants.slips == 0 {
        return "there is nothing in these policies to get wrong in these ways, so nothing was tried".to_owned();
    }
    let counts = mutants.counts();
    let mut text =
        format!("{}: {} caught, {} survived", counted(counts.counted(), "slip"), counts.caught, counts.survived);
    if counts.unknown > 0 {
        text.push_str(&format!(", {} unknown", counts.unknown));
    }
    if let Some(caught) = counts.percent() {
        text.push_str(&format!(" ({} caught)", percent(caught)));
    }
    text.push_str(&format!("; not counted: {} that change no answer, {} with errors", counts.alike, counts.invalid));
    if mutants.all.len() < mutants.slips {
        text.push_str(&format!("; {} of {} were tried", mutants.all.len(), mutants.slips));
    }
    if !mutants.undecided.is_empty() {
        text.push_str(&format!("; {} undecided, which catch nothing", counted(mutants.undecided.len(), "clause")));
    }
    text
}
