//! What features disclose of something to somebody: any part of it, or more than it.

use super::claim::Claims;
use crate::language::ast::{Quantifier, Shape};
use crate::model::{ConditionId, FeatureId, Item, Model, Organisation, RecipientId};

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

/// The features that disclose something to somebody, each with the condition under which it does. What is stored at a
/// place is disclosed to whoever hosts the organisation; without a directory that may be somebody.
pub(super) fn disclosing(
    model: &Model,
    organisation: Organisation,
    item: Item,
    to: RecipientId,
) -> impl Iterator<Item = (FeatureId, ConditionId)> {
    let may_host = model.organization.hosting.is_some() || organisation == Organisation::Invented;
    let hosted = may_host && model.hoster() == Some(to);
    let concerns = move |other: Item| covers(model, item, other) || covers(model, other, item);
    model.features.iter().flat_map(move |(id, feature)| {
        let discloses = feature.discloses.iter().filter(move |line| line.to == to && line.item.is_some_and(concerns));
        let stores = feature.stores.iter().filter(move |line| hosted && concerns(line.item));
        discloses.map(|line| line.when).chain(stores.map(|line| line.when)).map(move |when| (id, when))
    })
}

/// True if the second is the first or part of it.
fn covers(model: &Model, whole: Item, part: Item) -> bool {
    match (whole, part) {
        (Item::Category(category), Item::Field(field)) => model.fields[field].category == category,
        (Item::Data(data, None), Item::Data(other, _)) => data == other,
        _ => whole == part,
    }
}
