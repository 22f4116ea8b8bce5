//! What proofs of invariants found out: short where all is well, and where it is not, the world that breaks a clause,
//! why it does, and a test; or the cases of a directory that do.

mod case;
mod findings;
mod junit;

pub(super) use case::{name, noun};
pub use findings::findings;
pub(super) use junit::cases;
pub use junit::junit;

use super::answer::sentences;
use super::page::{Ink, Page};
use super::place;
use super::tests::indented;
use crate::language::ast::Quantifier;
use crate::language::{Severity, Sources};
use crate::model::{Claim, Model, RecipientId};
use crate::prove::{Obstacle, Proofs, Told, Trial, Tried, Universe, Unsayable, Verdict, Violations};
use crate::resolve::Sentence;
use crate::symbolic::MOST_BITS;
use crate::text::{counted, line};

/// Every clause that is not proved or of which there is more to say, then the counts. How to allow more nodes depends
/// on how somebody asks.
pub fn text(proofs: &Proofs<'_>, more_nodes: &str) -> Page {
    let mut text = Page::new();
    for told in &proofs.told {
        let notes = notes(proofs.model, told);
        let (ink, about) = match &told.proof.verdict {
            Verdict::Proved if notes.is_empty() => continue,
            Verdict::Proved => (Ink::Yes, Page::new()),
            Verdict::Refuted(_) => (Ink::Loss, refuted(&proofs.sources, told)),
            Verdict::Broken(violations) => (Ink::Loss, broken(proofs, violations, told)),
            Verdict::Vacuous => (weight(proofs), Page::from(line!("    {}", nowhere(proofs.universe)))),
            Verdict::Undecided(obstacle) => {
                let why = why(*obstacle);
                (Ink::Loss, Page::from(line!("    {why}: {}", what_to_do(*obstacle, more_nodes))))
            }
        };
        let invariant = &told.proof.invariant.declared.name;
        let at = place(&proofs.sources, told.proof.clause.span);
        text.push_str(Page::inked(ink, word(&told.proof.verdict)) + line!(": {invariant}  {at}"));
        text.push_str(line!("  {}", clause(&proofs.sources, told)));
        text.push_str(about);
        notes.iter().for_each(|note| text.push_str(line!("    note: {note}")));
        text.push('\n');
    }
    let ink = match () {
        () if !proofs.is_clean() => Ink::Loss,
        () if proofs.told.is_empty() || proofs.vacuous().next().is_some() => Ink::Partly,
        () => Ink::Yes,
    };
    text.push_str(Page::inked(ink, line!("{}", summary(proofs))));
    text
}

/// How a clause that applies nowhere is coloured.
fn weight(proofs: &Proofs<'_>) -> Ink {
    if proofs.vacuous == Severity::Error { Ink::Loss } else { Ink::Partly }
}

/// What helps where a clause is undecided.
fn what_to_do(obstacle: Obstacle, more_nodes: &str) -> String {
    match obstacle {
        Obstacle::Nodes { .. } => format!("{more_nodes} or split the invariant"),
        Obstacle::Bits(_) => "split the invariant".to_owned(),
    }
}

/// What there is to say of wider recipients: that something goes to them, though it does not to the one of the clause.
pub(super) fn notes(model: &Model, told: &Told<'_>) -> Vec<String> {
    let clause = told.proof.clause;
    let Claim::Disclosed(_, to) = clause.claim else { return Vec::new() };
    let name = |recipient: RecipientId| &model.recipients[recipient].declared.name;
    let goes = match clause.quantifier {
        Quantifier::Never => "may go",
        Quantifier::Always => "always goes",
    };
    let note = |wider: &RecipientId| {
        let (wider, narrow) = (name(*wider), name(to));
        format!("it {goes} to `{wider}`, to whom `{narrow}` belongs; recipients are told apart by name")
    };
    told.proof.wider.iter().map(note).collect()
}

/// What a clause that applies nowhere says.
fn nowhere(universe: Universe) -> &'static str {
    match universe {
        Universe::Worlds => "there is no world in which this applies, so it says nothing",
        Universe::Directory => "this applies to nobody in this directory, so it says nothing",
    }
}

/// Where proofs hold.
fn everywhere(universe: Universe) -> &'static str {
    match universe {
        Universe::Worlds => "in all possible worlds",
        Universe::Directory => "in this directory",
    }
}

/// What became of a clause, in a word.
pub fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Proved => "proved",
        Verdict::Refuted(_) | Verdict::Broken(_) => "refuted",
        Verdict::Vacuous => "vacuous",
        Verdict::Undecided(_) => "undecided",
    }
}

/// A clause as its author wrote it, in one line.
pub(super) fn clause(sources: &Sources, told: &Told<'_>) -> String {
    sources.in_one_line(told.proof.clause.span)
}

/// Why it is not known whether a clause holds.
pub(super) fn why(obstacle: Obstacle) -> String {
    match obstacle {
        Obstacle::Nodes { bits, limit } => format!("needs more than {} ({bits} bits)", counted(limit, "node")),
        Obstacle::Bits(bits) => format!("needs {bits} bits, and no diagram has more than {MOST_BITS}"),
    }
}

/// The facts of a counterexample in a line.
pub(super) fn facts(facts: &[String]) -> String {
    match facts {
        [] => "where nothing is out of the ordinary".to_owned(),
        [fact] => format!("1 fact: {fact}"),
        facts => format!("{} facts: {}", facts.len(), facts.join(" \u{b7} ")),
    }
}

/// Why the answer is what it is in a counterexample: the explanation of the expectation that failed.
pub(super) fn explanation(tried: &Tried) -> &[Sentence] {
    let failed = tried.outcome.checks.iter().find(|check| !check.passed);
    failed.map_or(&[], |check| &check.explanation)
}

fn refuted(sources: &Sources, told: &Told<'_>) -> Page {
    let mut text = Page::new();
    for (number, witness) in told.witnesses.iter().enumerate() {
        let which = if number == 0 { "in the smallest world" } else { "in another world" };
        text.push_str(line!("    {which}, {}", facts(&witness.facts)));
        match &witness.trial {
            Trial::Failed(tried) => {
                text.push_str(indented(&sentences(sources, explanation(tried)), "    "));
                text.push_str("    as a test, which fails now:\n");
                text.push_str(to_paste(tried));
            }
            Trial::Mistaken(tried) => {
                text.push_str(
                    "    the resolver does not find this in its test, which is a mistake of prescope; please report it:\n",
                );
                text.push_str(to_paste(tried));
            }
            Trial::Unsayable(why) => text.push_str(line!("    no test says this: {}", unsayable(*why))),
        }
    }
    if told.has_more {
        text.push_str(line!("    these are the first {} of more", told.witnesses.len()));
    }
    text
}

/// A test as it can be pasted.
fn to_paste(tried: &Tried) -> Page {
    Page::to_copy(tried.text.lines().map(|line| line!("      {line}")).collect())
}

/// The cases of a directory that break a clause.
fn broken(proofs: &Proofs<'_>, violations: &Violations, told: &Told<'_>) -> Page {
    let mut text = Page::from(line!("    {}", case::counted(violations)));
    if violations.by.len() > 1 {
        case::by(proofs.model, violations).for_each(|by| text.push_str(line!("    {by}")));
    }
    text.push_str(line!("    the first: {}", case::words(proofs.model, violations.first)));
    text.push_str(indented(&sentences(&proofs.sources, &told.why), "    "));
    text
}

/// Why no test says what a counterexample is.
pub(super) fn unsayable(why: Unsayable) -> &'static str {
    match why {
        Unsayable::Disclosed => "no feature discloses it, and a test names the feature",
        Unsayable::Impossible => "it would have to give what tests cannot give here, so it was not tried",
        Unsayable::Known => "the directory says more about somebody in it, and a test takes nothing of that away",
    }
}

/// "8 invariants with 26 clauses: 25 proved, 1 refuted", and what was not looked at.
pub fn summary(proofs: &Proofs<'_>) -> String {
    let count = |wanted: &str| proofs.told.iter().filter(|told| word(&told.proof.verdict) == wanted).count();
    let mut text = if proofs.told.is_empty() {
        "no invariants: nothing was proved".to_owned()
    } else {
        let words = ["proved", "refuted", "vacuous", "undecided"];
        let found = words.into_iter().filter(|word| count(word) > 0 || *word == "proved");
        let found: Vec<String> = found.map(|word| format!("{} {word}", count(word))).collect();
        let (invariants, clauses) = (proofs.invariants().count(), proofs.told.len());
        let (invariants, clauses) = (counted(invariants, "invariant"), counted(clauses, "clause"));
        format!("{invariants} with {clauses}, {}: {}", everywhere(proofs.universe), found.join(", "))
    };
    if proofs.left_out > 0 {
        text.push_str(&format!("; {} left out", proofs.left_out));
    }
    text
}
