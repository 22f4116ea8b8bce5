//! JUnit XML: one suite for each policy file, one case for each clause.

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus};

use super::{case as cases_of, clause, facts, notes, nowhere, sentences, summary, why};
use crate::language::Severity;
use crate::prove::{Proofs, Told, Trial, Universe, Verdict};
use crate::report::junit::{document, placed, skipped};
use crate::text::{line, shown};

/// The document. It says nothing of times, which differ from run to run.
pub fn junit<'p>(proofs: impl IntoIterator<Item = &'p Proofs<'p>>) -> String {
    document(proofs.into_iter().flat_map(cases))
}

/// A case for each clause, with its file. Without any invariant there is one that was skipped: it would look as if all
/// were well.
pub(in crate::report) fn cases<'p>(proofs: &'p Proofs<'_>) -> impl Iterator<Item = (&'p str, TestCase)> {
    let file = |told: &Told<'_>| proofs.sources.path(told.proof.clause.span.file);
    let cases = proofs.told.iter().map(move |told| (file(told), case(proofs, told)));
    let nothing = proofs.told.is_empty().then(|| ("invariants", skipped("invariants", &summary(proofs))));
    cases.chain(nothing)
}

fn case(proofs: &Proofs<'_>, told: &Told<'_>) -> TestCase {
    let clause = clause(&proofs.sources, told);
    let failed = |word: &str, message: String, more: Option<&str>| {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(&*shown(&message)).set_type(word);
        if let Some(more) = more {
            status.set_description(more);
        }
        status
    };
    let status = match &told.proof.verdict {
        Verdict::Proved => TestCaseStatus::success(),
        Verdict::Refuted(_) => {
            let witness = told.witnesses.first();
            let test = witness.and_then(|witness| match &witness.trial {
                Trial::Failed(tried) => Some(tried.text.as_str()),
                Trial::Mistaken(_) | Trial::Unsayable(_) => None,
            });
            failed("refuted", witness.map(|witness| facts(&witness.facts)).unwrap_or_default(), test)
        }
        Verdict::Broken(violations) => {
            let (count, first) = (cases_of::counted(violations), cases_of::words(proofs.model, violations.first));
            let why = sentences(&proofs.sources, &told.why);
            failed("refuted", format!("{count}; the first: {first}"), Some(why.as_str()))
        }
        Verdict::Vacuous if proofs.vacuous == Severity::Error => {
            failed("vacuous", nowhere(proofs.universe).to_owned(), None)
        }
        Verdict::Vacuous => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(nowhere(proofs.universe));
            status
        }
        Verdict::Undecided(obstacle) => failed("undecided", why(*obstacle), None),
    };
    let universe = match proofs.universe {
        Universe::Worlds => "",
        Universe::Directory => " (in this directory)",
    };
    let name = format!("{}: {clause}{universe}", told.proof.invariant.declared.name);
    let mut case = TestCase::new(&*shown(&name), status);
    let notes: String = notes(proofs.model, told).iter().map(|note| line!("note: {note}")).collect();
    if !notes.is_empty() {
        case.set_system_out(notes);
    }
    placed(&proofs.sources, told.proof.clause.span, case)
}
