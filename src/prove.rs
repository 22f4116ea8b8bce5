//! Proofs of invariants: whether any world breaks a clause, and if one does, the plainest that does.
//!
//! A clause applies in a world unless its circumstance is known to be false there: what is not known is covered, as by a
//! denial. `never` is broken where it applies and its claim holds, `always` where it applies and the claim does not. Worlds
//! are all that a directory could record, whatever the directory of the set does: policies alone are on trial.

mod claim;
mod disclosed;

use crate::compile::Set;
use crate::graph::RuleGraph;
use crate::language::ast::{DomainMatch, Quantifier, Shape};
use crate::model::{Clause, Invariant, Model, Organisation};
use crate::symbolic::{Deciding, Outcomes, Question, Settings, Space, Undecided, World};

/// What was found out of one clause.
#[derive(Clone, Debug)]
pub struct Proof<'m> {
    /// The invariant.
    pub invariant: &'m Invariant,
    /// The clause of it.
    pub clause: &'m Clause,
    /// What was found out.
    pub verdict: Verdict,
}

/// Whether a clause holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// In every world.
    Proved,
    /// Not in this world, and in none of which less is out of the ordinary.
    Refuted(Counterexample),
    /// There is no world in which it applies, so it says nothing.
    Vacuous,
    /// That is not known.
    Undecided(Obstacle),
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
        /// How many bits; None if there are too many to count.
        bits: Option<usize>,
        /// How many nodes a diagram may have.
        limit: usize,
    },
    /// Domains match by suffix, so that entries of several domains match one viewer.
    Suffix,
}

/// Tries to prove every clause of every invariant, in order; diagrams have so many nodes at most. None if the set has
/// errors.
pub fn prove(set: &Set, limit: usize) -> Option<Vec<Proof<'_>>> {
    let graph = set.graph.as_deref()?;
    let organisation = if set.directory.is_some() { Organisation::Directory } else { Organisation::Invented };
    let prover = Prover { graph, organisation, deciding: Deciding::new(graph.model()), limit };
    let clauses = set.model.invariants.iter().flat_map(|invariant| invariant.clauses.iter().map(move |it| (invariant, it)));
    let proofs = clauses.map(|(invariant, clause)| {
        let settings = if invariant.tree.under_policies { Settings::OfObjects } else { Settings::Any };
        Proof { invariant, clause, verdict: prover.verdict(clause, settings) }
    });
    Some(proofs.collect())
}

/// What proofs of one set have in common.
struct Prover<'m> {
    graph: &'m RuleGraph,
    organisation: Organisation,
    /// The conditions that decide each feature.
    deciding: Deciding,
    limit: usize,
}

/// What the worlds of one shape say of a clause.
struct Found {
    /// Whether there is one in which it applies.
    applies: bool,
    counterexample: Option<Counterexample>,
}

impl<'m> Prover<'m> {
    fn model(&self) -> &'m Model {
        self.graph.model()
    }

    fn verdict(&self, clause: &Clause, settings: Settings) -> Verdict {
        let mut applies = false;
        let mut smallest: Option<Counterexample> = None;
        let mut obstacle = None;
        for shape in self.shapes(&clause.claim) {
            let question = Question { graph: self.graph, shape, organisation: self.organisation, settings };
            match self.found(question, clause) {
                Ok(found) => {
                    applies |= found.applies;
                    let departures = |it: &Counterexample| it.world.departures().count();
                    smallest = smallest.into_iter().chain(found.counterexample).min_by_key(departures);
                }
                Err(found) => obstacle = obstacle.or(Some(found)),
            }
        }
        match (smallest, obstacle) {
            (Some(counterexample), _) => Verdict::Refuted(counterexample),
            (None, Some(obstacle)) => Verdict::Undecided(obstacle),
            (None, None) if applies => Verdict::Proved,
            (None, None) => Verdict::Vacuous,
        }
    }

    /// Asks the worlds of one question.
    fn found(&self, question: Question<'m>, clause: &Clause) -> Result<Found, Obstacle> {
        let conditions = self.conditions(question, &clause.claim).into_iter().chain([clause.when]);
        let space = Space::for_question(question, conditions, self.limit);
        let space = space.map_err(|Undecided| Obstacle::Nodes { bits: None, limit: self.limit })?;
        let bits = Some(space.bits());
        let mut outcomes = Outcomes::new(self.model(), space);
        self.asked(&mut outcomes, question.shape, clause).map_err(|Undecided| match self.model().matching {
            DomainMatch::BySuffix if question.shape == Shape::Viewer => Obstacle::Suffix,
            _ => Obstacle::Nodes { bits, limit: self.limit },
        })
    }

    fn asked(&self, outcomes: &mut Outcomes<'m>, shape: Shape, clause: &Clause) -> Result<Found, Undecided> {
        let applies = outcomes.space.unless_false(clause.when)?;
        let holds = self.holding(outcomes, shape, &clause.claim)?;
        let broken = match clause.quantifier {
            Quantifier::Never => outcomes.space.both(&applies, &holds)?,
            Quantifier::Always => outcomes.space.except(&applies, &holds)?,
        };
        let counterexample = outcomes.space.smallest(&broken)?.map(|world| Counterexample { shape, world });
        Ok(Found { applies: !applies.is_empty(), counterexample })
    }
}
