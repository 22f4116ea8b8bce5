//! What features disclose of something to somebody: any part of it, or more than it.

use super::claim::Claims;
use crate::language::ast::{Quantifier, Shape};
use crate::model::{ConditionId, FeatureId, Goal, Item, Model, Organisation, RecipientId};

impl<'m> Claims<'m> {
    /// The features of a shape that disclose something to somebody, each with the condition under which it does. Who
    /// may host the organisation and is not known to may get what is stored, and does not surely.
    pub(super) fn disclosing_in(
        &self,
        shape: Shape,
        quantifier: Quantifier,
        (item, to): (Item, RecipientId),
    ) -> impl Iterator<Item = (FeatureId, ConditionId)> {
        let organisation = match quantifier {
            Quantifier::Never => self.organisation,
            Quantifier::Always => Organisation::Directory,
        };
        let disclosing = disclosing(self.model, organisation, item, to);
        disclosing.filter(move |(feature, _)| self.model.features[*feature].shape == shape)
    }

    /// The features that disclose something to somebody, each with the condition under which it does.
    pub(super) fn disclosing(&self, item: Item, to: RecipientId) -> impl Iterator<Item = (FeatureId, ConditionId)> {
        disclosing(self.model, self.organisation, item, to)
    }
}

/// The features that disclose something to somebody, each with the condition under which it does.
fn disclosing(
    model: &Model,
    organisation: Organisation,
    item: Item,
    to: RecipientId,
) -> impl Iterator<Item = (FeatureId, ConditionId)> {
    model.features.ids().flat_map(move |feature| {
        let lines = model.leaving_to(feature, organisation, (item, Goal::Recipient(to)));
        lines.map(move |line| (feature, line.when))
    })
}
