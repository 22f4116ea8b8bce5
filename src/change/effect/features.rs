//! Who may use which feature, and could not, or could and may not.

use std::collections::BTreeMap;

use crate::model::{FeatureId, UserId};
use crate::resolve::{Cast, RuleSet, Somebody, decide_use};
use crate::syntax::ast::Shape;

use super::super::crowd::Crowds;

/// Answers about a feature that change: of people, or of pairs of them where two take part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Features {
    /// The feature.
    pub feature: FeatureId,
    /// May use it now.
    pub gained: usize,
    /// May no longer use it.
    pub lost: usize,
}

/// The features that change: for viewers of these owners, for users whose own settings change, for everybody who
/// converses, and for all who take part in the meetings of the directory.
pub(super) fn features(
    before: &RuleSet,
    after: &RuleSet,
    crowds: &Crowds,
    owners: &[UserId],
    changed: &[UserId],
) -> Vec<Features> {
    let mut compared = Compared { before, after, crowds, features: BTreeMap::new() };
    compared.views(owners);
    compared.alone(changed);
    compared.conversations();
    compared.meetings();
    let features = compared.features.into_iter();
    features.map(|(feature, [gained, lost])| Features { feature, gained, lost }).collect()
}

struct Compared<'a> {
    before: &'a RuleSet,
    after: &'a RuleSet,
    crowds: &'a Crowds,
    /// How many gain a feature, and how many lose it.
    features: BTreeMap<FeatureId, [usize; 2]>,
}

impl Compared<'_> {
    fn of_shape(&self, shape: Shape) -> Vec<FeatureId> {
        let features = self.before.model().features.iter();
        features.filter(|(_, feature)| feature.shape == shape).map(|(id, _)| id).collect()
    }

    fn feature(&mut self, feature: FeatureId, cast: &Cast, count: usize) {
        let old = decide_use(self.before, feature, cast).available;
        let new = decide_use(self.after, feature, cast).available;
        if old != new && count > 0 {
            let [gained, lost] = self.features.entry(feature).or_default();
            *(if new { gained } else { lost }) += count;
        }
    }

    /// Features of those who look at owners.
    fn views(&mut self, owners: &[UserId]) {
        let features = self.of_shape(Shape::Viewer);
        if features.is_empty() {
            return;
        }
        for owner in owners.iter().copied() {
            let myself = Somebody::user(self.before.model(), owner);
            for viewers in self.crowds.known(self.before, self.after, owner) {
                for feature in &features {
                    self.feature(*feature, &Cast::view(viewers.representative, myself), viewers.count);
                }
            }
        }
    }

    /// Features of one user.
    fn alone(&mut self, changed: &[UserId]) {
        for feature in self.of_shape(Shape::User) {
            for user in changed {
                let myself = Somebody::user(self.before.model(), *user);
                self.feature(feature, &Cast::view(myself, myself), 1);
            }
        }
    }

    /// Features of two people: crowd by crowd, since no entry of an owner plays a part.
    fn conversations(&mut self) {
        let model = self.before.model();
        let features = self.of_shape(Shape::Party);
        let crowds = &self.crowds.all;
        for (at, one) in crowds.iter().enumerate() {
            for (with, other) in crowds.iter().enumerate().filter(|(_, other)| one.changes || other.changes) {
                // Nobody converses with themselves.
                let (second, count) = match at == with {
                    true => (other.people.get(1), one.people.len() * (one.people.len() - 1)),
                    false => (other.people.first(), one.people.len() * other.people.len()),
                };
                let (Some(first), Some(second)) = (one.people.first(), second) else { continue };
                let cast = Cast::view(Somebody::known(model, *first), Somebody::known(model, *second));
                for feature in &features {
                    self.feature(*feature, &cast, count);
                }
            }
        }
    }

    /// Features of those who take part in the meetings of the directory.
    fn meetings(&mut self) {
        let features = self.of_shape(Shape::Participant);
        for meeting in self.before.model().meetings.ids() {
            for (_, somebody, role) in self.before.participants(meeting) {
                let cast = self.before.in_meeting(meeting, somebody, Some(role));
                for feature in &features {
                    self.feature(*feature, &cast, 1);
                }
            }
        }
    }
}
