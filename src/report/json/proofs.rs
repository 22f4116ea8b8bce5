//! `prescope/proofs/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::At;
use super::answer::{WireSentence, sentence};
use crate::model::Model;
use crate::prove::{Case, Proofs, Tally, Told, Trial, Tried, Universe, Verdict, Violations, Witness};
use crate::report::plan::address;
use crate::report::prove::{clause, explanation, name, notes, noun, unsayable, why, word};
use crate::viewers::ClassOf;

const SCHEMA: &str = "prescope/proofs/v1";

/// What proofs of invariants found out.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    #[serde(flatten)]
    proofs: WireProofs,
    /// Where both are asked, what was found out in the directory; all else is about all worlds then.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_directory: Option<WireProofs>,
}

/// What was found out of the invariants of a set.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireProofs {
    /// Whom it is about: `all` that a directory could record, or everybody in this `directory`.
    #[schemars(extend("enum" = ["all", "directory"]))]
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
    /// That hold in every world, or of everybody in this directory.
    proved: usize,
    /// That some world or somebody in this directory breaks.
    refuted: usize,
    /// That apply in no world, or to nobody in this directory.
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
    /// What there is to say besides: that it is otherwise of recipients who comprise the one of the clause.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    /// Of one that is refuted in this directory: how many cases break it.
    #[serde(skip_serializing_if = "Option::is_none")]
    violations: Option<WireViolations>,
    /// Of one that is refuted: worlds that break it, the smallest first; of a directory the first case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    counterexamples: Vec<WireCounterexample>,
    /// Whether there are more than those, where several were asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    has_more: bool,
}

/// What breaks a clause.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum WireCounterexample {
    World(WireWorld),
    Case(WireCase),
}

/// How many cases of a directory break a clause.
#[derive(Serialize, JsonSchema)]
struct WireViolations {
    /// Of people whom the directory has.
    known: usize,
    /// With somebody of a class of people whom nobody knows; each class is one.
    open: usize,
    /// The same by whose they are; only those with any.
    by: Vec<WireShare>,
}

/// How many of them somebody or something has.
#[derive(Serialize, JsonSchema)]
struct WireShare {
    /// What has them: the `owner` at whom viewers look, the `user`, the `meeting` of participants, or the `party` that
    /// converses with peers.
    #[schemars(extend("enum" = ["owner", "user", "meeting", "party"]))]
    kind: &'static str,
    /// Its address or name, or a class in words.
    name: String,
    /// As above.
    known: usize,
    /// As above.
    open: usize,
}

/// A case of a directory that breaks a clause. People are addresses, and classes of people are said in words.
#[derive(Default, Serialize, JsonSchema)]
struct WireCase {
    /// Whose presence or feature it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    /// Who looks at the owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    viewer: Option<String>,
    /// Who uses a feature alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    /// In which meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<String>,
    /// Who takes part in the meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    participant: Option<String>,
    /// As what.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    /// Who converses.
    #[serde(skip_serializing_if = "Option::is_none")]
    party: Option<String>,
    /// With whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<String>,
    /// Why the answer is what it is.
    explanation: Vec<WireSentence>,
}

/// A world that breaks a clause.
#[derive(Serialize, JsonSchema)]
struct WireWorld {
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

/// The whole document: what was found out, and if that is about all worlds, what was found out in the directory
/// besides.
pub fn proofs(proofs: &Proofs<'_>, in_directory: Option<&Proofs<'_>>) -> String {
    super::line(&Document { schema: SCHEMA, proofs: wire(proofs), in_directory: in_directory.map(wire) })
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
        worlds: match proofs.universe {
            Universe::Worlds => "all",
            Universe::Directory => "directory",
        },
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
    let broken = match &told.proof.verdict {
        Verdict::Broken(violations) => Some(violations),
        _ => None,
    };
    let worlds = told.witnesses.iter().map(|witness| WireCounterexample::World(world(proofs, witness)));
    let case = broken.map(|violations| WireCounterexample::Case(case(proofs, told, violations.first)));
    WireClause {
        clause: clause(&proofs.sources, told),
        at: At::new(&proofs.sources, told.proof.clause.span),
        verdict: word(&told.proof.verdict),
        because: match &told.proof.verdict {
            Verdict::Undecided(obstacle) => Some(why(*obstacle)),
            Verdict::Proved | Verdict::Refuted(_) | Verdict::Broken(_) | Verdict::Vacuous => None,
        },
        notes: notes(proofs.model, told),
        violations: broken.map(|violations| counted(proofs.model, violations)),
        counterexamples: worlds.chain(case).collect(),
        has_more: told.has_more,
    }
}

fn counted(model: &Model, violations: &Violations) -> WireViolations {
    let share = |(whose, Tally { known, open }): &(_, Tally)| WireShare {
        kind: noun(*whose),
        name: name(model, *whose),
        known: *known,
        open: *open,
    };
    let Tally { known, open } = violations.count;
    WireViolations { known, open, by: violations.by.iter().map(share).collect() }
}

fn case(proofs: &Proofs<'_>, told: &Told<'_>, case: Case) -> WireCase {
    let model = proofs.model;
    let (somebody, user) = (|class: ClassOf| Some(class.words(model)), |user| Some(address(model, user)));
    let explanation = told.why.iter().map(|it| sentence(&proofs.sources, it)).collect();
    let of = WireCase { explanation, ..WireCase::default() };
    match case {
        Case::User(of_it) => WireCase { user: user(of_it), ..of },
        Case::View { viewer, owner } => WireCase { viewer: somebody(viewer), owner: user(owner), ..of },
        Case::Participant { participant, meeting, role } => WireCase {
            participant: somebody(participant),
            meeting: Some(model.meetings[meeting].name.clone()),
            role: role.and_then(|role| model.role_name(role)).map(str::to_owned),
            ..of
        },
        Case::Pair { party, peer } => WireCase { party: somebody(party), peer: somebody(peer), ..of },
    }
}

fn world(proofs: &Proofs<'_>, witness: &Witness) -> WireWorld {
    let explained = |tried: &Tried| explanation(tried).iter().map(|it| sentence(&proofs.sources, it)).collect();
    let (explanation, test, no_test) = match &witness.trial {
        Trial::Failed(tried) => (explained(tried), Some(tried.text.clone()), None),
        Trial::Mistaken(_) => {
            (Vec::new(), None, Some("the resolver does not find this, which is a mistake of prescope"))
        }
        Trial::Unsayable(why) => (Vec::new(), None, Some(unsayable(*why))),
    };
    WireWorld { facts: witness.facts.clone(), explanation, test, no_test }
}
