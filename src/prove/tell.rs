//! What proofs found out, as it is told: each clause with its counterexamples in words.

use super::claim::Claims;
use super::{Limits, Proof, Trial, Verdict, Witness, directory, prove_those, witness};
use crate::compile::Set;
use crate::language::{Severity, Sources};
use crate::model::{Invariant, Model, Organisation};
use crate::resolve::Sentence;

/// Whom invariants are asked about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Universe {
    /// Everybody there can be: all that a directory could record.
    Worlds,
    /// Everybody in the directory of the set, and everybody they can meet.
    Directory,
}

/// What was found out of the invariants of a set.
#[derive(Clone, Debug)]
pub struct Proofs<'m> {
    /// Whom they were asked about.
    pub universe: Universe,
    /// The model of the set.
    pub model: &'m Model,
    /// The texts that places are in: those of the set, and tests of counterexamples.
    pub sources: Sources,
    /// Each clause, in order.
    pub told: Vec<Told<'m>>,
    /// How many invariants were left out.
    pub left_out: usize,
    /// How heavy it weighs that a clause applies nowhere.
    pub vacuous: Severity,
}

/// A clause with its counterexamples.
#[derive(Clone, Debug)]
pub struct Told<'m> {
    /// What was found out of it.
    pub proof: Proof<'m>,
    /// Its counterexamples in words, the smallest first.
    pub witnesses: Vec<Witness>,
    /// Whether there are more than those, where several are wanted.
    pub has_more: bool,
    /// Of one that is broken in the directory: why the first case is answered as it is.
    pub why: Vec<Sentence>,
}

impl<'m> Proofs<'m> {
    /// Tries to prove the invariants that are wanted. None if the set has errors.
    pub fn new(set: &'m Set, limits: Limits, wanted: impl Fn(&Invariant) -> bool) -> Option<Proofs<'m>> {
        let mut sources = set.sources.clone();
        let mut told = Vec::new();
        let most = limits.counterexamples;
        // One more, to know whether there is one.
        let counterexamples = if most > 1 { most.saturating_add(1) } else { most };
        for proof in prove_those(set, Limits { counterexamples, ..limits }, &wanted)? {
            let (mut witnesses, mut has_more) = (Vec::new(), false);
            if let Verdict::Refuted(found) = &proof.verdict {
                has_more = found.len() > most;
                for counterexample in found.iter().take(most) {
                    witnesses.push(witness(set, &mut sources, &proof, counterexample)?);
                }
            }
            told.push(Told { proof, witnesses, has_more, why: Vec::new() });
        }
        let (universe, left_out, vacuous) = (Universe::Worlds, left_out(set, wanted), Severity::Warning);
        Some(Proofs { universe, model: &set.model, sources, told, left_out, vacuous })
    }

    /// Asks the invariants that are wanted of this directory. None if the set has errors or no directory.
    pub fn in_directory(set: &'m Set, wanted: impl Fn(&Invariant) -> bool) -> Option<Proofs<'m>> {
        let rules = directory::rules(set)?;
        let claims = Claims::new(&set.model, Organisation::Directory);
        let told = directory::prove_those(set, &rules, &claims, &wanted)?.into_iter().map(|proof| {
            let why = match &proof.verdict {
                Verdict::Broken(found) => directory::why(&rules, &claims, proof.clause, found.first),
                _ => Vec::new(),
            };
            Told { proof, witnesses: Vec::new(), has_more: false, why }
        });
        let (told, sources) = (told.collect(), set.sources.clone());
        let (universe, left_out, vacuous) = (Universe::Directory, left_out(set, wanted), Severity::Warning);
        Some(Proofs { universe, model: &set.model, sources, told, left_out, vacuous })
    }

    /// The invariants that were looked at, each with its clauses.
    pub fn invariants(&self) -> impl Iterator<Item = (&'m Invariant, &[Told<'m>])> {
        let groups = self.told.chunk_by(|one, other| one.proof.invariant.span == other.proof.invariant.span);
        groups.filter_map(|clauses| Some((clauses.first()?.proof.invariant, clauses)))
    }

    /// The same, where a clause that applies nowhere is an error.
    #[must_use]
    pub fn denying_vacuous(self) -> Proofs<'m> {
        Proofs { vacuous: Severity::Error, ..self }
    }

    /// True if nothing is refuted and nothing undecided, nor vacuous where that is an error.
    pub fn is_clean(&self) -> bool {
        self.told.iter().all(|told| match told.proof.verdict {
            Verdict::Proved => true,
            Verdict::Vacuous => self.vacuous != Severity::Error,
            Verdict::Refuted(_) | Verdict::Broken(_) | Verdict::Undecided(_) => false,
        })
    }

    /// The invariants that have a clause that is not proved.
    pub fn not_proved(&self) -> impl Iterator<Item = &'m Invariant> {
        let proved = |told: &Told<'_>| told.proof.verdict == Verdict::Proved;
        self.invariants().filter(move |(_, clauses)| !clauses.iter().all(proved)).map(|(invariant, _)| invariant)
    }

    /// The clauses that apply nowhere.
    pub fn vacuous(&self) -> impl Iterator<Item = &Told<'m>> {
        self.told.iter().filter(|told| told.proof.verdict == Verdict::Vacuous)
    }

    /// The first counterexample that the resolver does not bear out: a mistake of prescope.
    pub fn mistaken(&self) -> Option<&Told<'m>> {
        let is_mistaken = |witness: &Witness| matches!(witness.trial, Trial::Mistaken(_));
        self.told.iter().find(|told| told.witnesses.iter().any(is_mistaken))
    }
}

/// How many invariants are not wanted.
fn left_out(set: &Set, wanted: impl Fn(&Invariant) -> bool) -> usize {
    set.model.invariants.iter().filter(|invariant| !wanted(invariant)).count()
}
