//! `prescope/proofs/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::At;
use super::answer::{WireSentence, sentence};
use crate::prove::{Proofs, Told, Trial, Tried, Verdict, Witness};
use crate::report::prove::{clause, explanation, unsayable, why, word};

const SCHEMA: &str = "prescope/proofs/v1";

/// What proofs of invariants found out.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    #[serde(flatten)]
    proofs: WireProofs,
}

/// What was found out of the invariants of a set.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireProofs {
    /// Which worlds were asked: all that a directory could record.
    #[schemars(extend("const" = "all"))]
    worlds: &'static str,
    /// How many clauses came out how.
    counts: Counts,
    /// Whether there was nothing to prove.
    empty: bool,
    /// Every invariant that was looked at.
    invariants: Vec<WireInvariant>,
}

/// How many clauses.
#[derive(Serialize, JsonSchema)]
struct Counts {
    /// That hold in every world.
    proved: usize,
    /// That some world breaks.
    refuted: usize,
    /// That apply in no world.
    vacuous: usize,
    /// Of which it is not known whether they hold.
    undecided: usize,
    /// Invariants that were left out.
    left_out: usize,
}

/// An invariant.
#[derive(Serialize, JsonSchema)]
struct WireInvariant {
    /// Its label.
    invariant: String,
    /// Where it stands.
    at: At,
    /// Whether settings have the values of the set's own policy objects only.
    under_policies: bool,
    /// Its clauses.
    clauses: Vec<WireClause>,
}

/// A clause.
#[derive(Serialize, JsonSchema)]
struct WireClause {
    /// As it is written, in one line.
    clause: String,
    /// Where it stands.
    at: At,
    /// `proved`, `refuted`, `vacuous` or `undecided`.
    #[schemars(extend("enum" = ["proved", "refuted", "vacuous", "undecided"]))]
    verdict: &'static str,
    /// Of one that is undecided: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
    /// Of one that is refuted: worlds that break it, the smallest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    counterexamples: Vec<WireCounterexample>,
}

/// A world that breaks a clause.
#[derive(Serialize, JsonSchema)]
struct WireCounterexample {
    /// What is out of the ordinary in it.
    facts: Vec<String>,
    /// Why the answer is what it is.
    explanation: Vec<WireSentence>,
    /// A test that fails until the clause holds; absent if no test can say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<String>,
    /// Why no test can say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_test: Option<&'static str>,
}

/// The whole document.
pub fn proofs(proofs: &Proofs<'_>) -> String {
    super::line(&Document { schema: SCHEMA, proofs: wire(proofs) })
}

pub(super) fn wire(proofs: &Proofs<'_>) -> WireProofs {
    let count = |wanted: &str| proofs.told.iter().filter(|told| word(&told.proof.verdict) == wanted).count();
    let invariants = proofs.invariants().map(|(invariant, clauses)| WireInvariant {
        invariant: invariant.declared.name.clone(),
        at: At::new(&proofs.sources, invariant.declared.span),
        under_policies: invariant.tree.under_policies,
        clauses: clauses.iter().map(|told| wire_clause(proofs, told)).collect(),
    });
    WireProofs {
        worlds: "all",
        counts: Counts {
            proved: count("proved"),
            refuted: count("refuted"),
            vacuous: count("vacuous"),
            undecided: count("undecided"),
            left_out: proofs.left_out,
        },
        empty: proofs.told.is_empty(),
        invariants: invariants.collect(),
    }
}

fn wire_clause(proofs: &Proofs<'_>, told: &Told<'_>) -> WireClause {
    WireClause {
        clause: clause(&proofs.sources, told),
        at: At::new(&proofs.sources, told.proof.clause.span),
        verdict: word(&told.proof.verdict),
        because: match &told.proof.verdict {
            Verdict::Undecided(obstacle) => Some(why(*obstacle)),
            Verdict::Proved | Verdict::Refuted(_) | Verdict::Vacuous => None,
        },
        counterexamples: told.witnesses.iter().map(|witness| counterexample(proofs, witness)).collect(),
    }
}

fn counterexample(proofs: &Proofs<'_>, witness: &Witness) -> WireCounterexample {
    let explained = |tried: &Tried| explanation(tried).iter().map(|it| sentence(&proofs.sources, it)).collect();
    let (explanation, test, no_test) = match &witness.trial {
        Trial::Failed(tried) => (explained(tried), Some(tried.text.clone()), None),
        Trial::NotFailed(_) => (Vec::new(), None, Some("it does not fail, which is a mistake of prescope")),
        Trial::Unsayable(why) => (Vec::new(), None, Some(unsayable(*why))),
    };
    WireCounterexample { facts: witness.facts.clone(), explanation, test, no_test }
}
