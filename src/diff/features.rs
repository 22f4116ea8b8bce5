//! Who may use which feature, and could not, or could and may not.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Diff;
use super::traits::{Looking, kinds, reads};
use crate::language::ast::Shape;
use crate::model::{FeatureId, MeetingId, Subject, UserId, Value};
use crate::resolve::{Cast, RuleSet, decide_use, meeting};
use crate::viewers::Somebody;

/// Answers about a feature that change: of people, or of pairs of them where two take part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Features {
    /// The feature.
    pub feature: String,
    /// May use it now.
    pub gained: usize,
    /// May no longer use it.
    pub lost: usize,
}

/// A feature of one shape in both sets; None where a set has none, and then nobody may use it there.
pub(super) struct Feature {
    name: String,
    ids: [Option<FeatureId>; 2],
}

/// Those of whom rules read the same of the two sides of a conversation, whatever their domain.
pub(super) struct Crowd {
    /// Known people.
    pub(super) people: Vec<u32>,
    /// One whom nobody knows, if they can be like them.
    pub(super) open: Option<[Somebody; 2]>,
    /// Something that rules read of them changes.
    changes: bool,
}

impl Feature {
    /// Whether it is available on each side.
    pub(super) fn available(&self, diff: &Diff<'_>, casts: &[Cast; 2]) -> [bool; 2] {
        [0, 1].map(|side| self.ids[side].is_some_and(|id| decide_use(diff.sets()[side], id, &casts[side]).available))
    }
}

/// A user in both sets, alone.
pub(super) fn alone(diff: &Diff<'_>, users: [UserId; 2]) -> [Cast; 2] {
    let myself = [0, 1].map(|side| Somebody::user(diff.sets()[side].model(), users[side]));
    myself.map(|myself| Cast::view(myself, myself))
}

impl Diff<'_> {
    /// The features that change: for viewers of these owners, for these users, for everybody who converses, and for all
    /// who take part in meetings of both directories.
    pub(super) fn features(&self, owners: &[UserId], users: &[UserId], looking: &Looking) -> Vec<Features> {
        let mut counts: BTreeMap<FeatureKey, [usize; 2]> = BTreeMap::new();
        let mut count = |feature: &Feature, casts: &[Cast; 2], known: &dyn Fn() -> usize| {
            if let [old, new] = feature.available(self, casts)
                && old != new
            {
                // Those that only the second set has come last.
                let key = (feature.ids[0].is_none(), feature.ids, feature.name.clone());
                counts.entry(key).or_default()[usize::from(old)] += known();
            }
        };
        let viewing = self.of_shape(Shape::Viewer);
        for owners in owners.iter().filter_map(|owner| self.owners(*owner)) {
            self.each_view(owners, looking, &viewing, |casts, known| {
                viewing.iter().for_each(|feature| count(feature, casts, known));
            });
        }
        let own = self.of_shape(Shape::User);
        for users in users.iter().filter_map(|user| self.owners(*user)) {
            own.iter().for_each(|feature| count(feature, &alone(self, users), &|| 1));
        }
        let conversing = self.of_shape(Shape::Party);
        self.each_pair(&conversing, |casts, pairs| {
            conversing.iter().for_each(|feature| count(feature, casts, &|| pairs));
        });
        let meeting = self.of_shape(Shape::Participant);
        for casts in self.meetings().into_iter().flat_map(|meetings| self.participants(meetings)) {
            meeting.iter().for_each(|feature| count(feature, &casts, &|| 1));
        }
        let features = counts.into_iter().filter(|(_, counts)| *counts != [0, 0]);
        features.map(|((.., feature), [gained, lost])| Features { feature, gained, lost }).collect()
    }

    /// The features of a shape in the order of the first set, then those that only the second has.
    pub(super) fn of_shape(&self, shape: Shape) -> Vec<Feature> {
        let mut features: IndexMap<&str, [Option<FeatureId>; 2]> = IndexMap::new();
        for (side, rules) in self.sets().into_iter().enumerate() {
            for (id, feature) in rules.model().features.iter().filter(|(_, feature)| feature.shape == shape) {
                features.entry(&feature.declared.name).or_default()[side] = Some(id);
            }
        }
        features.into_iter().map(|(name, ids)| Feature { name: name.to_owned(), ids }).collect()
    }

    /// One viewer of each kind who looks at an owner, and how many known people are answered like them. Nobody if there
    /// is no feature to ask about.
    pub(super) fn each_view(
        &self,
        owners: [UserId; 2],
        looking: &Looking,
        features: &[Feature],
        mut look: impl FnMut(&[Cast; 2], &dyn Fn() -> usize),
    ) {
        if features.is_empty() {
            return;
        }
        let myself = alone(self, owners).map(|cast| cast.other);
        let cohorts = self.cohorts(owners, looking);
        for cohort in &cohorts.all {
            let casts = [0, 1].map(|side| Cast::view(cohort.viewer[side], myself[side]));
            look(&casts, &|| cohorts.known(&cohorts.members([cohort])));
        }
    }

    /// Everybody by what rules read of the two sides of a conversation. Nobody if there is no feature to ask about.
    pub(super) fn crowds(&self, features: &[Feature]) -> Vec<Crowd> {
        if features.is_empty() {
            return Vec::new();
        }
        let reads = self.sets().map(|rules| reads(rules, &[Subject::Party, Subject::Peer]));
        let kinds = kinds(&self.joint, self.sets(), reads.each_ref());
        let crowds = kinds.crowds().map(|(traits, people, open)| Crowd {
            people,
            open: open.first().map(|open| self.joint.open()[*open as usize].viewer),
            changes: traits.is_some_and(|traits| traits.differ(self.sets(), reads.each_ref())),
        });
        crowds.collect()
    }

    /// Two known people of each two crowds who converse, and how many such pairs there are: no entry of an owner plays
    /// a part.
    fn each_pair(&self, features: &[Feature], mut pair: impl FnMut(&[Cast; 2], usize)) {
        let crowds = self.crowds(features);
        let somebody = |person: &u32| self.joint.viewers()[*person as usize];
        for (at, one) in crowds.iter().enumerate() {
            let all = crowds.iter().enumerate();
            for (with, other) in all.filter(|(_, other)| !self.objects_only || one.changes || other.changes) {
                // Nobody converses with themselves.
                let (second, count) = match at == with {
                    true => (other.people.get(1), one.people.len() * one.people.len().saturating_sub(1)),
                    false => (other.people.first(), one.people.len() * other.people.len()),
                };
                let (Some(first), Some(second)) = (one.people.first(), second) else { continue };
                let (first, second) = (somebody(first), somebody(second));
                pair(&[0, 1].map(|side| Cast::view(first[side], second[side])), count);
            }
        }
    }

    /// The meetings that both directories have.
    pub(super) fn meetings(&self) -> Vec<[MeetingId; 2]> {
        let [before, after] = self.sets().map(RuleSet::model);
        before.meetings.iter().filter_map(|(id, it)| Some([id, after.names.meetings.find(&it.name)?])).collect()
    }

    /// Those who take part in a meeting on both sides, each as they are listed there.
    pub(super) fn participants(&self, [one, other]: [MeetingId; 2]) -> Vec<[Cast; 2]> {
        let listed = |side: usize, meeting: MeetingId| -> IndexMap<Option<u32>, Cast> {
            let rules: &RuleSet = self.sets()[side];
            let participants = meeting::participants(rules.model(), meeting).into_iter();
            let cast = |somebody: Somebody, role: Value| Cast::in_meeting(rules.model(), meeting, somebody, Some(role));
            let index = |person| self.joint.index(side, person);
            participants.map(|(person, somebody, role)| (person.map(index), cast(somebody, role))).collect()
        };
        let others = listed(1, other);
        listed(0, one).into_iter().filter_map(|(who, cast)| Some([cast, *others.get(&who)?])).collect()
    }
}

/// The order in which features are told.
type FeatureKey = (bool, [Option<FeatureId>; 2], String);
