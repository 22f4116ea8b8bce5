//! Who may use which feature, and could not, or could and may not.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::Diff;
use super::traits::{Looking, kinds, only, reads};
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
    /// May use it where only the second set can answer: somebody who takes part is a user there only, or the meeting is
    /// there only.
    pub arrived: usize,
    /// The same of the first set.
    pub left: usize,
}

impl Features {
    fn none(feature: &str) -> Features {
        Features { feature: feature.to_owned(), gained: 0, lost: 0, arrived: 0, left: 0 }
    }

    /// Whether any answer changes of those whom both sets can answer.
    pub fn changes(&self) -> bool {
        self.gained + self.lost > 0
    }
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
        [0, 1].map(|side| self.is_available(diff, side, &casts[side]))
    }

    fn is_available(&self, diff: &Diff<'_>, side: usize, cast: &Cast) -> bool {
        self.ids[side].is_some_and(|id| decide_use(diff.sets()[side], id, cast).available)
    }
}

/// How often each feature is gained, lost, used by who arrived and was used by who left.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<FeatureKey, [usize; 4]>,
}

impl Tally {
    /// Counts people who are answered like those of a cast. Whom one side alone has as a user has no answer on the
    /// other, and nobody meets those of both.
    fn add(&mut self, diff: &Diff<'_>, feature: &Feature, casts: &[Cast; 2], count: &dyn Fn() -> usize) {
        let [asker, other] = [casts.map(|cast| cast.asker), casts.map(|cast| cast.other)].map(only);
        match (asker, other) {
            (None, None) => match feature.available(diff, casts) {
                [false, true] => self.put(feature, 0, count()),
                [true, false] => self.put(feature, 1, count()),
                _ => {}
            },
            (Some(one), Some(other)) if one != other => {}
            (Some(side), _) | (_, Some(side)) => self.add_aside(diff, feature, side, (&casts[side], count)),
        }
    }

    /// Counts people of whom only one side has an answer.
    fn add_aside(
        &mut self,
        diff: &Diff<'_>,
        feature: &Feature,
        side: usize,
        (cast, count): (&Cast, &dyn Fn() -> usize),
    ) {
        if feature.is_available(diff, side, cast) {
            self.put(feature, 3 - side, count());
        }
    }

    fn put(&mut self, feature: &Feature, place: usize, count: usize) {
        if count > 0 {
            // Those that only the second set has come last.
            let key = (feature.ids[0].is_none(), feature.ids, feature.name.clone());
            self.counts.entry(key).or_default()[place] += count;
        }
    }

    fn told(self) -> Vec<Features> {
        // A feature that is of another shape on the other side is one feature.
        let mut told: IndexMap<String, Features> = IndexMap::new();
        for ((.., name), [gained, lost, arrived, left]) in self.counts {
            let of = told.entry(name).or_insert_with_key(|name| Features::none(name));
            of.gained += gained;
            of.lost += lost;
            of.arrived += arrived;
            of.left += left;
        }
        told.into_values().collect()
    }
}

/// A user in both sets, alone.
pub(super) fn alone(diff: &Diff<'_>, users: [UserId; 2]) -> [Cast; 2] {
    let myself = [0, 1].map(|side| Somebody::user(diff.sets()[side].model(), users[side]));
    myself.map(|myself| Cast::view(myself, myself))
}

impl Diff<'_> {
    /// The features that change: for viewers of these owners, for these users, for everybody who converses, and for all
    /// who take part in meetings. Who is a user of one set only is counted apart.
    pub(super) fn features(&self, owners: &[UserId], users: &[UserId], looking: &Looking) -> Vec<Features> {
        let mut tally = Tally::default();
        let viewing = self.of_shape(Shape::Viewer);
        for owners in owners.iter().filter_map(|owner| self.owners(*owner)) {
            self.each_view(owners, looking, &viewing, |casts, known| {
                viewing.iter().for_each(|feature| tally.add(self, feature, casts, known));
            });
        }
        let own = self.of_shape(Shape::User);
        for users in users.iter().filter_map(|user| self.owners(*user)) {
            own.iter().for_each(|feature| tally.add(self, feature, &alone(self, users), &|| 1));
        }
        let reads = self.viewer_reads();
        for (side, user) in [0, 1].into_iter().flat_map(|side| self.only_on(side).map(move |user| (side, user))) {
            let rules: &RuleSet = self.sets()[side];
            let myself = Somebody::user(rules.model(), user);
            let cast = Cast::view(myself, myself);
            own.iter().for_each(|feature| tally.add_aside(self, feature, side, (&cast, &|| 1)));
            let cohorts = if viewing.is_empty() { Vec::new() } else { rules.viewers(user, &reads[side]).cohorts() };
            for cohort in cohorts {
                let cast = Cast::view(cohort.representative, myself);
                viewing.iter().for_each(|feature| tally.add_aside(self, feature, side, (&cast, &|| cohort.known)));
            }
        }
        let conversing = self.of_shape(Shape::Party);
        self.each_pair(&conversing, |casts, pairs| {
            conversing.iter().for_each(|feature| tally.add(self, feature, casts, &|| pairs));
        });
        self.meet(&mut tally);
        tally.told()
    }

    /// The users whom one side alone has.
    pub(super) fn only_on(&self, side: usize) -> impl Iterator<Item = UserId> {
        let users = self.sets()[side].model().users.iter();
        users.filter(move |(_, user)| only(self.joint.both(side, user.person)) == Some(side)).map(|(id, _)| id)
    }

    /// Counts those who take part in meetings, each as they are listed on a side.
    fn meet(&self, tally: &mut Tally) {
        let features = self.of_shape(Shape::Participant);
        if features.is_empty() {
            return;
        }
        let add_aside = |tally: &mut Tally, side: usize, cast: &Cast| {
            features.iter().for_each(|feature| tally.add_aside(self, feature, side, (cast, &|| 1)));
        };
        let mut paired = [FxHashSet::default(), FxHashSet::default()];
        for both in self.meetings() {
            let listed = [self.listed(0, both[0]), self.listed(1, both[1])];
            for (who, cast) in &listed[0] {
                match listed[1].get(who) {
                    Some(other) => {
                        features.iter().for_each(|feature| tally.add(self, feature, &[*cast, *other], &|| 1));
                    }
                    None => add_aside(tally, 0, cast),
                }
            }
            listed[1]
                .iter()
                .filter(|(who, _)| !listed[0].contains_key(*who))
                .for_each(|(_, cast)| add_aside(tally, 1, cast));
            [0, 1].into_iter().for_each(|side| _ = paired[side].insert(both[side]));
        }
        for (side, rules) in self.sets().into_iter().enumerate() {
            for meeting in rules.model().meetings.ids().filter(|meeting| !paired[side].contains(meeting)) {
                self.listed(side, meeting).values().for_each(|cast| add_aside(tally, side, cast));
            }
        }
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
        let others = self.listed(1, other);
        self.listed(0, one).into_iter().filter_map(|(who, cast)| Some([cast, *others.get(&who)?])).collect()
    }

    /// Those who take part in a meeting on one side.
    fn listed(&self, side: usize, meeting: MeetingId) -> IndexMap<Option<u32>, Cast> {
        let rules: &RuleSet = self.sets()[side];
        let participants = meeting::participants(rules.model(), meeting).into_iter();
        let cast = |somebody: Somebody, role: Value| Cast::in_meeting(rules.model(), meeting, somebody, Some(role));
        let index = |person| self.joint.index(side, person);
        participants.map(|(person, somebody, role)| (person.map(index), cast(somebody, role))).collect()
    }
}

/// The order in which features are told.
type FeatureKey = (bool, [Option<FeatureId>; 2], String);
