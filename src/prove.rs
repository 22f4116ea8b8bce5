//! Proofs of invariants: whether any world breaks a clause, and if one does, the plainest that does.
//!
//! A clause applies in a world unless its circumstance is known to be false there: what is not known is covered, as by
//! a denial. `never` is broken where it applies and its claim holds, `always` where it applies and the claim does not.
//! Worlds are all that a directory could record, whatever the directory of the set does: policies alone are on trial.

mod asked;
mod claim;
mod directory;
mod disclosed;
mod tell;
mod wider;
mod witness;

pub use directory::{Case, Tally, Violations, Whose, prove_in_directory};
pub use tell::{Proofs, Told, Universe};
pub use witness::{PLACE, Trial, Tried, Unsayable, Witness, witness};
pub(crate) use witness::{Stage, fact, policy_value, read};

use rustc_hash::FxHashMap;

use claim::Claims;

use crate::compile::Set;
use crate::graph::RuleGraph;
use crate::language::ast::{Quantifier, Shape};
use crate::model::{Clause, Invariant, Model, RecipientId};
use crate::symbolic::{Asked, MOST_BITS, NODES, Outcomes, Question, Settings, Space, Undecided, World, bits_to_tell};

/// What was found out of one clause.
#[derive(Clone, Debug)]
pub struct Proof<'m> {
    /// The invariant.
    pub invariant: &'m Invariant,
    /// The clause of it.
    pub clause: &'m Clause,
    /// What was found out.
    pub verdict: Verdict,
    /// Recipients who comprise the one that it is about, where the verdict misleads about them: what never goes to it
    /// may go to them, or what need not go to it always goes to them.
    pub wider: Vec<RecipientId>,
}

/// Whether a clause holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// In every world, or in every case of this directory.
    Proved,
    /// Not in these worlds, the smallest first: there is none in which less is out of the ordinary.
    Refuted(Vec<Counterexample>),
    /// There is no world or no case in which it applies, so it says nothing.
    Vacuous,
    /// Not in this directory: these cases break it.
    Broken(Violations),
    /// That is not known.
    Undecided(Obstacle),
}

impl Verdict {
    /// True if something breaks the clause.
    pub fn is_broken(&self) -> bool {
        matches!(self, Verdict::Refuted(_) | Verdict::Broken(_))
    }
}

/// A world that breaks a clause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counterexample {
    /// Who is in it.
    pub shape: Shape,
    /// What is so in it.
    pub world: World,
}

/// Why it is not known whether a clause holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// The worlds are told apart by so many bits, and diagrams of them need more nodes than the limit allows.
    Nodes {
        /// How many bits.
        bits: usize,
        /// How many nodes a diagram may have.
        limit: usize,
    },
    /// The worlds are told apart by so many bits, which are more than diagrams can have.
    Bits(usize),
}

/// How far proofs go.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many nodes a diagram may have.
    pub nodes: usize,
    /// How many counterexamples of a clause are wanted. Each further one lacks something of every one before it.
    pub counterexamples: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { nodes: NODES, counterexamples: 1 }
    }
}

/// Tries to prove every clause of every invariant, in order. None if the set has errors.
pub fn prove(set: &Set, limits: Limits) -> Option<Vec<Proof<'_>>> {
    prove_those(set, limits, |_| true)
}

/// The verdicts alone, in the same order: nothing is found out beside them.
pub(crate) fn verdicts(set: &Set, limits: Limits) -> Option<Vec<Verdict>> {
    let mut prover = Prover::new(set, limits, |_| true)?;
    let clauses = prover.clauses.clone();
    Some(clauses.into_iter().map(|(invariant, clause)| prover.verdict(clause, settings(invariant))).collect())
}

/// Tries to prove every clause of the invariants that are wanted.
fn prove_those(set: &Set, limits: Limits, wanted: impl Fn(&Invariant) -> bool) -> Option<Vec<Proof<'_>>> {
    let mut prover = Prover::new(set, limits, wanted)?;
    let clauses = prover.clauses.clone();
    let proof = |(invariant, clause)| {
        let verdict = prover.verdict(clause, settings(invariant));
        let wider = prover.wider(clause, settings(invariant), &verdict);
        Proof { invariant, clause, verdict, wider }
    };
    Some(clauses.into_iter().map(proof).collect())
}

/// The values that settings have in the worlds of an invariant.
fn settings(invariant: &Invariant) -> Settings {
    if invariant.tree.under_policies { Settings::OfObjects } else { Settings::Any }
}

/// What proofs of one set have in common.
struct Prover<'m> {
    graph: &'m RuleGraph,
    claims: Claims<'m>,
    /// Every clause, in order.
    clauses: Vec<(&'m Invariant, &'m Clause)>,
    limits: Limits,
    /// The worlds in which all clauses of one kind can be asked, so that what they have in common is derived once; None
    /// where that takes too many nodes.
    together: FxHashMap<(Shape, Settings), Option<Outcomes<'m>>>,
}

/// What the worlds of one shape say of a clause.
struct Found {
    /// Whether there is one in which it applies.
    applies: bool,
    counterexamples: Vec<Counterexample>,
}

impl<'m> Prover<'m> {
    /// For the clauses of the invariants that are wanted. None if the set has errors.
    fn new(set: &'m Set, limits: Limits, wanted: impl Fn(&Invariant) -> bool) -> Option<Prover<'m>> {
        let graph = set.graph.as_deref()?;
        let claims = Claims::new(graph.model(), set.organisation());
        let invariants = set.model.invariants.iter().filter(|invariant| wanted(invariant));
        let clauses = invariants.flat_map(|it| it.clauses.iter().map(move |clause| (it, clause))).collect();
        Some(Prover { graph, claims, clauses, limits, together: FxHashMap::default() })
    }

    fn model(&self) -> &'m Model {
        self.graph.model()
    }

    fn verdict(&mut self, clause: &Clause, settings: Settings) -> Verdict {
        let mut applies = false;
        let mut counterexamples: Vec<Counterexample> = Vec::new();
        let mut obstacle = None;
        for shape in self.claims.shapes(&clause.claim) {
            let organisation = self.claims.organisation;
            let question = Question { graph: self.graph, shape, organisation, settings };
            match self.found(question, clause) {
                Ok(found) => {
                    applies |= found.applies;
                    counterexamples.extend(found.counterexamples);
                }
                Err(found) => obstacle = obstacle.or(Some(found)),
            }
        }
        counterexamples.sort_by_key(|it| it.world.departures().count());
        counterexamples.truncate(self.limits.counterexamples);
        match obstacle {
            _ if !counterexamples.is_empty() => Verdict::Refuted(counterexamples),
            Some(obstacle) => Verdict::Undecided(obstacle),
            None if applies => Verdict::Proved,
            None => Verdict::Vacuous,
        }
    }

    /// The wider recipients about whom a verdict misleads.
    fn wider(&mut self, clause: &Clause, settings: Settings, verdict: &Verdict) -> Vec<RecipientId> {
        if !wider::may_mislead(clause.quantifier, verdict) {
            return Vec::new();
        }
        let said = wider::said_of_wider(self.model(), clause).into_iter();
        let misleads =
            |(_, of_it): &(RecipientId, Clause)| wider::misleads(clause.quantifier, &self.verdict(of_it, settings));
        said.filter(misleads).map(|(recipient, _)| recipient).collect()
    }

    /// Asks the worlds of one question.
    fn found(&mut self, question: Question<'m>, clause: &Clause) -> Result<Found, Obstacle> {
        let key = (question.shape, question.settings);
        let mut together = match self.together.remove(&key) {
            Some(known) => known,
            None => self.of_all_clauses(question).ok(),
        };
        let found = together.as_mut().and_then(|outcomes| self.ask(outcomes, question.shape, clause).ok());
        self.together.insert(key, together);
        match found.filter(|found| found.counterexamples.is_empty()) {
            Some(found) => Ok(found),
            // By itself a clause may need fewer nodes, and its counterexample depends on no other clause.
            None => self.found_alone(question, clause),
        }
    }

    fn of_all_clauses(&self, question: Question<'m>) -> Result<Outcomes<'m>, Undecided> {
        let alike = self.clauses.iter().filter(|(invariant, _)| settings(invariant) == question.settings);
        let alike = alike.filter(|(_, clause)| self.claims.shapes(&clause.claim).contains(&question.shape));
        let asked = Asked::together(alike.map(|(_, clause)| self.claims.asked(question.shape, clause)));
        let space = Space::for_question(question, &asked, self.limits.nodes)?;
        Ok(Outcomes::new(self.model(), space))
    }

    fn found_alone(&self, question: Question<'m>, clause: &Clause) -> Result<Found, Obstacle> {
        let (asked, limit) = (self.claims.asked(question.shape, clause), self.limits.nodes);
        let found = Space::for_question(question, &asked, limit)
            .and_then(|space| self.ask(&mut Outcomes::new(self.model(), space), question.shape, clause));
        found.map_err(|Undecided| match bits_to_tell(question, &asked) {
            bits if bits > MOST_BITS => Obstacle::Bits(bits),
            bits => Obstacle::Nodes { bits, limit },
        })
    }

    fn ask(&self, outcomes: &mut Outcomes<'m>, shape: Shape, clause: &Clause) -> Result<Found, Undecided> {
        let applies = outcomes.space.unless_false(clause.when)?;
        let holds = self.holding(outcomes, shape, clause)?;
        let broken = match clause.quantifier {
            Quantifier::Never => outcomes.space.both(&applies, &holds)?,
            Quantifier::Always => outcomes.space.except(&applies, &holds)?,
        };
        let worlds = outcomes.space.smallest_few(&broken, self.limits.counterexamples)?;
        let counterexamples = worlds.into_iter().map(|world| Counterexample { shape, world }).collect();
        Ok(Found { applies: !applies.is_empty(), counterexamples })
    }
}
