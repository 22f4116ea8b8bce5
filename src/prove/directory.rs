//! Invariants in the directory of a set: who breaks a clause, of the people who are there and of everybody they can
//! meet.
//!
//! A clause is asked as in all worlds, of other cases: every user; every owner with every viewer there can be;
//! everybody in a conversation with everybody else; every meeting with those who are listed, and with whoever joins.
//! Lists, groups, settings, attributes and presence are what they are, and entries those in force. Whoever nobody knows
//! is a class of people. No case is asked for itself where cohorts, or crowds of people of whom rules read the same,
//! stand for many.

mod case;
mod crowd;
mod first;
mod gather;
mod view;
mod why;

pub use case::{Case, Tally, Violations, Whose};
pub(super) use why::why;

use std::sync::Arc;

use super::asked::Asked;
use super::claim::Claims;
use super::wider::{may_mislead, misleads, said_of_wider};
use super::{Proof, Verdict};
use crate::compile::Set;
use crate::language::ast::Shape;
use crate::model::{Clause, Invariant, Organisation, RecipientId};
use crate::resolve::{Entries, RuleSet};
use case::Finding;
use gather::Gathering;

/// Asks every clause of every invariant of this directory, in order. None if the set has errors or no directory.
pub fn prove_in_directory(set: &Set) -> Option<Vec<Proof<'_>>> {
    let claims = Claims::new(&set.model, Organisation::Directory);
    prove_those(set, &rules(set)?, &claims, |_| true)
}

/// The set with the entries that are in force; None if it has errors or no directory.
pub(super) fn rules(set: &Set) -> Option<RuleSet> {
    set.directory.as_ref()?;
    Some(RuleSet::new(Arc::clone(set.graph.as_ref()?), Entries::InForce))
}

/// Asks every clause of the invariants that are wanted.
pub(super) fn prove_those<'m>(
    set: &'m Set,
    rules: &RuleSet,
    claims: &Claims<'m>,
    wanted: impl Fn(&Invariant) -> bool,
) -> Option<Vec<Proof<'m>>> {
    let graph = set.graph.as_deref()?;
    let invariants = set.model.invariants.iter().filter(|invariant| wanted(invariant));
    let clauses: Vec<_> = invariants.flat_map(|it| it.clauses.iter().map(move |clause| (it, clause))).collect();
    let said = clauses.iter().enumerate().flat_map(|(at, (_, clause))| {
        said_of_wider(&set.model, clause).into_iter().map(move |(recipient, of_it)| (at, recipient, of_it))
    });
    let said: Vec<(usize, RecipientId, Clause)> = said.collect();
    let all = || clauses.iter().map(|(_, clause)| *clause).chain(said.iter().map(|(_, _, of_it)| of_it));
    let mut asked: Vec<Asked<'_>> = Vec::new();
    for (at, clause) in all().enumerate() {
        let shapes = claims.shapes(&clause.claim);
        asked.extend(shapes.into_iter().map(|shape| Asked::new(claims, graph, shape, clause).placed(at)));
    }
    let mut gathering = Gathering::new(rules, all().count());
    for shape in [Shape::User, Shape::Viewer, Shape::Participant, Shape::Party] {
        let asked: Vec<&Asked<'_>> = asked.iter().filter(|asked| asked.shape == shape).collect();
        if !asked.is_empty() {
            gathering.gather(shape, &asked);
        }
    }
    let mut verdicts: Vec<Verdict> = gathering.findings.into_iter().map(verdict).collect();
    let of_wider = verdicts.split_off(clauses.len());
    let proof = |(at, ((invariant, clause), verdict)): (usize, ((&'m Invariant, &'m Clause), Verdict))| {
        let said = said.iter().zip(&of_wider).filter(|((of, ..), _)| *of == at);
        let can = may_mislead(clause.quantifier, &verdict);
        let wider = said.filter(|(_, of_wider)| can && misleads(clause.quantifier, of_wider));
        let wider = wider.map(|((_, recipient, _), _)| *recipient).collect();
        Proof { invariant, clause, verdict, wider }
    };
    Some(clauses.iter().copied().zip(verdicts).enumerate().map(proof).collect())
}

fn verdict(finding: Finding) -> Verdict {
    match finding.violations {
        Some(violations) => Verdict::Broken(violations),
        None if finding.applies => Verdict::Proved,
        None => Verdict::Vacuous,
    }
}
