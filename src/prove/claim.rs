//! Where claims hold: what decides them, and in which worlds they are so.

use indexmap::IndexSet;

use super::Prover;
use crate::language::ast::Shape;
use crate::model::{Claim, Clause, ConditionId, FeatureId, Model, Organisation, Sees, Truth};
use crate::symbolic::{Asked, Block, Deciding, Outcomes, Undecided, Worlds};

/// What the claims of a set are about.
pub(super) struct Claims<'m> {
    pub(super) model: &'m Model,
    pub(super) organisation: Organisation,
    /// The conditions that decide each feature.
    deciding: Deciding,
}

impl<'m> Claims<'m> {
    pub(super) fn new(model: &'m Model, organisation: Organisation) -> Claims<'m> {
        Claims { model, organisation, deciding: Deciding::new(model) }
    }

    /// Whose worlds a claim is about.
    pub(super) fn shapes(&self, claim: &Claim) -> Vec<Shape> {
        match claim {
            Claim::In(_) | Claim::Sees(..) => vec![Shape::Viewer],
            Claim::Available(feature) | Claim::Unavailable(feature) => vec![self.model.features[*feature].shape],
            Claim::Disclosed(item, to) => {
                let shapes: IndexSet<Shape> =
                    self.disclosing(*item, *to).map(|(feature, _)| self.model.features[feature].shape).collect();
                if shapes.is_empty() {
                    return vec![Shape::User, Shape::Viewer, Shape::Participant, Shape::Party];
                }
                shapes.into_iter().collect()
            }
        }
    }

    /// What has to be asked to decide a clause in the worlds of a shape.
    pub(super) fn asked(&self, shape: Shape, clause: &Clause) -> Asked {
        let mut fields = Vec::new();
        let mut conditions: Vec<ConditionId> = match &clause.claim {
            Claim::In(condition) => vec![*condition],
            Claim::Sees(_, seen) => {
                fields.clone_from(seen);
                Vec::new()
            }
            Claim::Available(feature) | Claim::Unavailable(feature) => self.deciding_use(*feature).to_vec(),
            Claim::Disclosed(item, to) => {
                let of_shape = self.disclosing_in(shape, clause.quantifier, (*item, *to));
                of_shape.flat_map(|(feature, when)| self.deciding_use(feature).iter().copied().chain([when])).collect()
            }
        };
        conditions.push(clause.when);
        Asked { fields, conditions, level: false }
    }

    fn deciding_use(&self, feature: FeatureId) -> &[ConditionId] {
        self.deciding.set(self.deciding.number(Block::Feature(feature)))
    }
}

impl<'m> Prover<'m> {
    /// The worlds in which a claim holds.
    pub(super) fn holding(
        &self,
        outcomes: &mut Outcomes<'m>,
        shape: Shape,
        clause: &Clause,
    ) -> Result<Worlds, Undecided> {
        match &clause.claim {
            Claim::In(condition) => outcomes.space.holding(*condition, Truth::True),
            Claim::Sees(sees, fields) => {
                let space = &mut outcomes.space;
                let given = fields.iter().map(|field| match sees {
                    Sees::As(value) | Sees::NotAs(value) => space.altered(*field, *value),
                    Sees::All | Sees::Some | Sees::Nothing => space.visible(*field),
                });
                let given = given.collect::<Result<Vec<Worlds>, Undecided>>()?;
                match sees {
                    // Nobody sees a category that has no fields.
                    Sees::All if given.is_empty() => Ok(space.none()),
                    Sees::All => given.iter().try_fold(space.all(), |all, given| space.both(&all, given)),
                    Sees::Nothing | Sees::NotAs(_) => space.except(&space.all(), &space.any_of(given)?),
                    Sees::Some | Sees::As(_) => space.any_of(given),
                }
            }
            Claim::Available(feature) => outcomes.available(Block::Feature(*feature)),
            Claim::Unavailable(feature) => {
                let available = outcomes.available(Block::Feature(*feature))?;
                outcomes.space.except(&outcomes.space.all(), &available)
            }
            Claim::Disclosed(item, to) => {
                let mut disclosed = Vec::new();
                let disclosing = self.claims.disclosing_in(shape, clause.quantifier, (*item, *to));
                for (feature, when) in disclosing {
                    let (available, happens) =
                        (outcomes.available(Block::Feature(feature))?, outcomes.space.unless_false(when)?);
                    disclosed.push(outcomes.space.both(&available, &happens)?);
                }
                outcomes.space.any_of(disclosed)
            }
        }
    }
}
