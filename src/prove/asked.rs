//! A clause as it is asked of one case.

use super::claim::Claims;
use crate::graph::RuleGraph;
use crate::language::ast::{Quantifier, Shape};
use crate::model::{Claim, Clause, Condition, ConditionId, FeatureId, FieldId, Sees, Subject, Truth};
use crate::resolve::{Answer, Cast, RuleSet, counts, decide_field, decide_use, truth_of};
use crate::viewers::Reads;

/// A clause, as cases of one shape are asked about it.
pub(in crate::prove) struct Asked<'m> {
    pub(in crate::prove) shape: Shape,
    /// The place of the clause among all that are asked.
    pub(in crate::prove) at: usize,
    pub(in crate::prove) clause: &'m Clause,
    /// Of a claim that something is disclosed: the features that do, each with the condition under which it does.
    disclosing: Vec<(FeatureId, ConditionId)>,
    /// Whether its circumstance speaks of somebody who is in no case of this shape.
    speaks_of_others: bool,
    /// What its circumstance and its claim read of whoever is not an owner or an organizer.
    pub(in crate::prove) reads: Reads,
}

/// What becomes of a clause in a case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::prove) enum Met {
    /// It does not apply.
    Aside,
    /// It holds.
    Kept,
    /// It does not.
    Broken,
}

impl<'m> Asked<'m> {
    pub(in crate::prove) fn new(claims: &Claims<'m>, graph: &RuleGraph, shape: Shape, clause: &'m Clause) -> Asked<'m> {
        let model = graph.model();
        let disclosing = match &clause.claim {
            Claim::Disclosed(item, to) => claims.disclosing_in(shape, clause.quantifier, (*item, *to)).collect(),
            _ => Vec::new(),
        };
        let asked = claims.asked(shape, clause);
        let guards = asked.fields.iter().flat_map(|field| graph.tables().rules(*field).of_viewer.iter());
        let conditions = asked.conditions.iter().copied().chain(guards.map(|rule| model.rules[*rule].when));
        let roles: &[Subject] = match shape {
            Shape::User => &[],
            Shape::Viewer => &[Subject::Viewer],
            Shape::Participant => &[Subject::Participant],
            Shape::Party => &[Subject::Party, Subject::Peer],
        };
        let is_there = |subject: Subject| Subject::of_shape(shape).contains(&subject);
        let speaks_of_others = model.conditions.any(clause.when, &mut |test| !test.subjects().all(is_there));
        let reads = Reads::new(model, conditions, roles);
        Asked { shape, at: 0, clause, disclosing, speaks_of_others, reads }
    }

    /// The same, of the clause at a place among all that are asked.
    pub(in crate::prove) fn placed(self, at: usize) -> Asked<'m> {
        Asked { at, ..self }
    }

    /// Asks a case. What is not known is covered, as by a denial.
    pub(in crate::prove) fn ask(&self, rules: &RuleSet, cast: &Cast) -> Met {
        if self.circumstance(rules, self.clause.when, cast) == Truth::False {
            return Met::Aside;
        }
        let wanted = self.clause.quantifier == Quantifier::Always;
        if self.holds(rules, cast) == wanted { Met::Kept } else { Met::Broken }
    }

    /// The truth of a condition in a case. Of somebody who is not in it nothing is known. Recursion is as deep as the
    /// condition, which the parser limits.
    fn circumstance(&self, rules: &RuleSet, id: ConditionId, cast: &Cast) -> Truth {
        if !self.speaks_of_others {
            return truth_of(rules, id, cast);
        }
        let of = |id: &ConditionId| self.circumstance(rules, *id, cast);
        match rules.model().conditions.get(id) {
            Condition::Not(operand) => !of(operand),
            Condition::All(operands) => operands.iter().map(of).min().unwrap_or(Truth::True),
            Condition::Any(operands) => operands.iter().map(of).max().unwrap_or(Truth::False),
            test if test.subjects().all(|subject| Subject::of_shape(self.shape).contains(&subject)) => {
                truth_of(rules, id, cast)
            }
            _ => Truth::Unknown,
        }
    }

    /// Whether the claim holds in a case.
    fn holds(&self, rules: &RuleSet, cast: &Cast) -> bool {
        match &self.clause.claim {
            Claim::In(condition) => truth_of(rules, *condition, cast) == Truth::True,
            Claim::Sees(sees, fields) => seen(rules, cast, *sees, fields),
            Claim::Available(feature) => decide_use(rules, *feature, cast).available,
            Claim::Unavailable(feature) => !decide_use(rules, *feature, cast).available,
            Claim::Disclosed(..) => self.discloses(rules, cast).is_some(),
        }
    }

    /// The first feature that discloses it in a case.
    pub(in crate::prove) fn discloses(&self, rules: &RuleSet, cast: &Cast) -> Option<FeatureId> {
        let happens = |(feature, when): &&(FeatureId, ConditionId)| {
            counts(truth_of(rules, *when, cast)) && decide_use(rules, *feature, cast).available
        };
        self.disclosing.iter().find(happens).map(|(feature, _)| *feature)
    }

    /// The features that may disclose it.
    pub(in crate::prove) fn disclosing(&self) -> impl Iterator<Item = FeatureId> {
        self.disclosing.iter().map(|(feature, _)| *feature)
    }
}

fn seen(rules: &RuleSet, cast: &Cast, sees: Sees, fields: &[FieldId]) -> bool {
    let Some(owner) = cast.other.user else { return false };
    let answer = |field: &FieldId| decide_field(rules, cast.asker, owner, *field).answer;
    let any = |wanted: Answer| fields.iter().any(|field| answer(field) == wanted);
    match sees {
        // Nobody sees a category that has no fields.
        Sees::All => !fields.is_empty() && fields.iter().all(|field| answer(field) == Answer::Visible),
        Sees::Some => any(Answer::Visible),
        Sees::Nothing => !any(Answer::Visible),
        Sees::As(value) => any(Answer::Altered(value)),
        Sees::NotAs(value) => !any(Answer::Altered(value)),
    }
}
