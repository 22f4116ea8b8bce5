//! What proofs found out, as it is told: each clause with its counterexamples in words.

use super::{Limits, Proof, Trial, Verdict, Witness, prove_those, witness};
use crate::compile::Set;
use crate::language::Sources;
use crate::model::Invariant;

/// What was found out of the invariants of a set.
#[derive(Clone, Debug)]
pub struct Proofs<'m> {
    /// The texts that places are in: those of the set, and tests of counterexamples.
    pub sources: Sources,
    /// Each clause, in order.
    pub told: Vec<Told<'m>>,
    /// How many invariants were left out.
    pub left_out: usize,
}

/// A clause with its counterexamples.
#[derive(Clone, Debug)]
pub struct Told<'m> {
    /// What was found out of it.
    pub proof: Proof<'m>,
    /// Its counterexamples in words, the smallest first.
    pub witnesses: Vec<Witness>,
}

impl<'m> Proofs<'m> {
    /// Tries to prove the invariants that are wanted. None if the set has errors.
    pub fn new(set: &'m Set, limits: Limits, wanted: impl Fn(&Invariant) -> bool) -> Option<Proofs<'m>> {
        let mut sources = set.sources.clone();
        let mut told = Vec::new();
        for proof in prove_those(set, limits, &wanted)? {
            let mut witnesses = Vec::new();
            if let Verdict::Refuted(found) = &proof.verdict {
                for counterexample in found {
                    witnesses.push(witness(set, &mut sources, &proof, counterexample)?);
                }
            }
            told.push(Told { proof, witnesses });
        }
        let left_out = set.model.invariants.iter().filter(|invariant| !wanted(invariant)).count();
        Some(Proofs { sources, told, left_out })
    }

    /// The invariants that were looked at, each with its clauses.
    pub fn invariants(&self) -> impl Iterator<Item = (&'m Invariant, &[Told<'m>])> {
        let groups = self.told.chunk_by(|one, other| one.proof.invariant.span == other.proof.invariant.span);
        groups.filter_map(|clauses| Some((clauses.first()?.proof.invariant, clauses)))
    }

    /// True if nothing is refuted and nothing undecided.
    pub fn is_clean(&self) -> bool {
        self.told.iter().all(|told| matches!(told.proof.verdict, Verdict::Proved | Verdict::Vacuous))
    }

    /// How many invariants have a clause that is not proved.
    pub fn not_proved(&self) -> usize {
        let proved = |told: &Told<'_>| told.proof.verdict == Verdict::Proved;
        self.invariants().filter(|(_, clauses)| !clauses.iter().all(proved)).count()
    }

    /// The clauses that apply nowhere.
    pub fn vacuous(&self) -> impl Iterator<Item = &Told<'m>> {
        self.told.iter().filter(|told| told.proof.verdict == Verdict::Vacuous)
    }

    /// The first counterexample that the resolver does not bear out: a mistake of prescope.
    pub fn mistaken(&self) -> Option<&Told<'m>> {
        let is_mistaken = |witness: &Witness| matches!(witness.trial, Trial::NotFailed(_));
        self.told.iter().find(|told| told.witnesses.iter().any(is_mistaken))
    }
}
