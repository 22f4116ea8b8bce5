//! A clause as it is asked of one case.

use crate::graph::RuleGraph;
use crate::language::ast::{Quantifier, Shape};
use crate::model::{Claim, Clause, ConditionId, FeatureId, FieldId, Sees, Subject, Truth};
use crate::prove::claim::Claims;
use crate::resolve::{Answer, Cast, RuleSet, counts, decide_field, decide_use, truth_of};
use crate::viewers::Reads;

/// A clause, as cases of one shape are asked about it.
pub(super) struct Asked<'m> {
    pub(super) shape: Shape,
    /// The place of the clause among all that are asked.
    pub(super) at: usize,
    pub(super) clause: &'m Clause,
    /// Of a claim that something is disclosed: the features that do, each with the condition under which it does.
    disclosing: Vec<(FeatureId, ConditionId)>,
    /// What its circumstance and its claim read of whoever is not an owner or an organizer.
    pub(super) reads: Reads,
}

/// What becomes of a clause in a case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    /// It does not apply.
    Aside,
    /// It holds.
    Kept,
    /// It does not.
    Broken,
}

impl<'m> Asked<'m> {
    pub(super) fn new(claims: &Claims<'m>, graph: &RuleGraph, shape: Shape, clause: &'m Clause) -> Asked<'m> {
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
        Asked { shape, at: 0, clause, disclosing, reads: Reads::new(model, conditions, roles) }
    }

    /// The same, of the clause at a place among all that are asked.
    pub(super) fn placed(self, at: usize) -> Asked<'m> {
        Asked { at, ..self }
    }

    /// Asks a case. What is not known is covered, as by a denial.
    pub(super) fn ask(&self, rules: &RuleSet, cast: &Cast) -> Met {
        if truth_of(rules, self.clause.when, cast) == Truth::False {
            return Met::Aside;
        }
        let wanted = self.clause.quantifier == Quantifier::Always;
        if self.holds(rules, cast) == wanted { Met::Kept } else { Met::Broken }
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
    pub(super) fn discloses(&self, rules: &RuleSet, cast: &Cast) -> Option<FeatureId> {
        let happens = |(feature, when): &&(FeatureId, ConditionId)| {
            counts(truth_of(rules, *when, cast)) && decide_use(rules, *feature, cast).available
        };
        self.disclosing.iter().find(happens).map(|(feature, _)| *feature)
    }

    /// The features that may disclose it.
    pub(super) fn disclosing(&self) -> impl Iterator<Item = FeatureId> {
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
