//! Whether two sets decide alike in everything: what a fix has to show before it is applied.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Diff;
use super::disclosures::{NamedLeaving, named};
use super::features::{Crowd, Feature, alone};
use super::fields::answers;
use super::traits::{Looking, kinds, reads};
use crate::language::ast::Shape;
use crate::model::{Subject, UserId};
use crate::resolve::{Asked, Cast, Certainty, RuleSet, Somebody, disclosures, meeting};

impl Diff<'_> {
    /// True if the two sets decide alike: for the same owners every field, and which container answers, for every
    /// viewer there can be; every feature for those viewers and the owners themselves, for each user, for everybody who
    /// converses and for who takes part in the meetings of the directory; and what features disclose.
    pub fn is_empty(&self) -> bool {
        let everybody: Option<Vec<[UserId; 2]>> =
            self.before.model().users.ids().map(|owner| self.owners(owner)).collect();
        let Some(owners) = everybody.filter(|owners| owners.len() == self.after.model().users.len()) else {
            return false;
        };
        let (viewing, own) = (self.of_shape(Shape::Viewer), self.of_shape(Shape::User));
        let looking = Looking::new(&self.joint, self.sets(), self.viewer_reads().each_ref());
        owners.iter().all(|owners| {
            let myself = alone(self, *owners);
            self.same_fields(*owners)
                && self.same_features(&own, &myself)
                && self.same_features(&viewing, &myself)
                && self.same_views(*owners, &looking, &viewing)
        }) && self.same_conversations()
            && self.same_meetings()
            && self.same_disclosures(&owners)
    }

    fn same_fields(&self, owners: [UserId; 2]) -> bool {
        let sets = self.sets();
        let cohorts = self.cohorts(owners, &self.looking);
        cohorts.all.iter().all(|cohort| {
            self.fields.iter().all(|field| {
                let decided = field.decided(sets, owners, cohort.viewer);
                let container = |side: usize| {
                    let container = decided[side].as_ref()?.container?;
                    Some(sets[side].model().containers[container].declared.name.as_str())
                };
                let same_container = container(0) == container(1);
                same_container && !field.differ(sets, answers(decided))
            })
        })
    }

    fn same_features(&self, features: &[Feature], casts: &[Cast; 2]) -> bool {
        features.iter().all(|feature| {
            let [before, after] = feature.available(self, casts);
            before == after
        })
    }

    fn same_views(&self, owners: [UserId; 2], looking: &Looking, features: &[Feature]) -> bool {
        let mut same = true;
        self.each_view(owners, looking, features, |casts, _| same = same && self.same_features(features, casts));
        same
    }

    /// Two of each two crowds, known or not.
    fn same_conversations(&self) -> bool {
        let features = self.of_shape(Shape::Party);
        let crowds = self.crowds(&features);
        let known = |crowd: &Crowd| crowd.people.first().map(|it| self.joint.viewers()[*it as usize]);
        let speakers: Vec<[Somebody; 2]> = crowds.iter().filter_map(|crowd| known(crowd).or(crowd.open)).collect();
        speakers.iter().all(|one| {
            speakers
                .iter()
                .all(|other| self.same_features(&features, &[0, 1].map(|side| Cast::view(one[side], other[side]))))
        })
    }

    fn same_meetings(&self) -> bool {
        let features = self.of_shape(Shape::Participant);
        let [before, after] = self.sets();
        let meetings = self.meetings();
        let all = [before, after].iter().all(|rules| rules.model().meetings.len() == meetings.len());
        all && meetings.into_iter().all(|both| {
            let casts = self.participants(both);
            let listed = [
                meeting::participants(before.model(), both[0]).len(),
                meeting::participants(after.model(), both[1]).len(),
            ];
            listed == [casts.len(); 2] && casts.iter().all(|casts| self.same_features(&features, casts))
        })
    }

    /// What leaves when anybody uses features, and when each user does. Users of whom any rule reads the same, and who
    /// take part in no meeting, are asked about once.
    fn same_disclosures(&self, owners: &[[UserId; 2]]) -> bool {
        let [before, after] = self.sets();
        let reads = self.sets().map(|rules| reads(rules, &Subject::ALL));
        let kinds = kinds(&self.joint, self.sets(), reads.each_ref());
        let mut meeting: FxHashSet<u32> = FxHashSet::default();
        for (side, rules) in self.sets().into_iter().enumerate() {
            let model = rules.model();
            for of in model.meetings.values() {
                let listed = of.participants.iter().filter_map(|(person, _, _)| *person);
                let everybody = listed.chain([model.users[of.organizer].person]);
                meeting.extend(everybody.map(|person| self.joint.index(side, person)));
            }
        }
        let mut asked: FxHashMap<u32, bool> = FxHashMap::default();
        leaving(before, None) == leaving(after, None)
            && owners.iter().all(|owners| {
                let [old, new] = alone(self, *owners).map(|cast| cast.asker);
                let same = || leaving(before, Some(old)) == leaving(after, Some(new));
                let person = self.joint.index(0, before.model().users[owners[0]].person);
                match meeting.contains(&person) {
                    true => same(),
                    false => *asked.entry(kinds.of_person(person)).or_insert_with(same),
                }
            })
    }
}

fn leaving(rules: &RuleSet, user: Option<Somebody>) -> BTreeSet<(NamedLeaving, Certainty)> {
    let all = disclosures(rules, Asked { user, ..Asked::default() });
    all.iter().map(|line| (named(rules, line), line.certainty)).collect()
}
