//! What is not proved as findings, for formats that are made of them.

use super::{case, clause, notes, nowhere, what_to_do, why};
use crate::diagnostic::code;
use crate::language::Diagnostic;
use crate::prove::{Proofs, Told, Trial, Verdict};

/// A finding for each clause that is not proved, and for each wider recipient about whom a clause misleads. Of one that
/// is refuted, the world and the test are told with it.
pub fn findings(proofs: &Proofs<'_>) -> Vec<Diagnostic> {
    proofs.told.iter().flat_map(|told| finding(proofs, told).into_iter().chain(asides(proofs, told))).collect()
}

fn asides<'p>(proofs: &'p Proofs<'_>, told: &'p Told<'_>) -> impl Iterator<Item = Diagnostic> {
    let name = &told.proof.invariant.declared.name;
    let clause = clause(&proofs.sources, told);
    notes(proofs.model, told).into_iter().map(move |note| {
        let found = Diagnostic::new(code::WIDER_RECIPIENT, format!("\"{name}\" says `{clause}`: {note}"));
        found.at(told.proof.clause.span, "").help("say it of the wider recipient too, if it is meant")
    })
}

fn finding(proofs: &Proofs<'_>, told: &Told<'_>) -> Option<Diagnostic> {
    let name = &told.proof.invariant.declared.name;
    let clause = clause(&proofs.sources, told);
    let finding = match &told.proof.verdict {
        Verdict::Proved => return None,
        Verdict::Refuted(_) => {
            let witness = told.witnesses.first()?;
            let place = match witness.facts.as_slice() {
                [] => "even where nothing is out of the ordinary".to_owned(),
                facts => format!("where {}", facts.join(", ")),
            };
            let message = format!("\"{name}\" is broken: `{clause}` does not hold {place}");
            let finding = Diagnostic::new(code::REFUTED, message);
            match &witness.trial {
                Trial::Failed(tried) => {
                    finding.help(format!("this test fails until it holds:\n{}", tried.text.trim_end()))
                }
                Trial::Mistaken(_) | Trial::Unsayable(_) => finding.help("correct what decides it, or the invariant"),
            }
        }
        Verdict::Broken(violations) => {
            let first = case::words(proofs.model, violations.first);
            let more = match violations.count.all() - 1 {
                0 => String::new(),
                1 => ", nor in 1 more case".to_owned(),
                more => format!(", nor in {more} more cases"),
            };
            let message = format!("\"{name}\" is broken in this directory: `{clause}` does not hold of {first}{more}");
            let help = "correct what decides it, what the directory records, or the invariant";
            Diagnostic::new(code::REFUTED, message).help(help)
        }
        Verdict::Vacuous => {
            let nowhere = nowhere(proofs.universe);
            let message = format!("\"{name}\" says nothing with `{clause}`: {nowhere}");
            let finding = Diagnostic::new(code::VACUOUS, message);
            let finding = finding.help("correct what it says of when it applies, or remove it");
            Diagnostic { severity: proofs.vacuous, ..finding }
        }
        Verdict::Undecided(obstacle) => {
            let message = format!("whether \"{name}\" holds with `{clause}` {}", why(*obstacle));
            Diagnostic::new(code::UNDECIDED, message).help(what_to_do(*obstacle, "allow more nodes"))
        }
    };
    Some(finding.at(told.proof.clause.span, ""))
}
