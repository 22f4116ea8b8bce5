//! How often features are gained and lost is what asking one by one finds, and who is a user of one side only is
//! counted apart.

use std::collections::{BTreeMap, BTreeSet};

use prescope::diff::{Diff, DisclosedChange, NamedLeaving};
use prescope::directory::Address;
use prescope::language::ast::Shape;
use prescope::model::{FeatureId, MeetingId, Model, PlaceId, RecipientId, Retention};
use prescope::resolve::{self, Cast, Entries, Goes, RuleSet, Somebody, decide_use, disclosures, meeting};
use proptest::prelude::*;

use crate::beside::world::{World, near};
use crate::tries::config;

/// Gained, lost, arrived, left.
type Counts = BTreeMap<String, [usize; 4]>;

/// Two sets that are asked one by one.
struct Asked<'a> {
    sets: [&'a RuleSet; 2],
    counts: Counts,
}

fn users(model: &Model) -> BTreeSet<Address> {
    model.users.values().map(|user| model.people[user.person].address.clone()).collect()
}

fn people(model: &Model) -> BTreeSet<Address> {
    model.people.values().map(|person| person.address.clone()).collect()
}

impl Asked<'_> {
    fn somebody(&self, address: &Address) -> [Somebody; 2] {
        self.sets.map(|rules| Somebody::with_address(rules.model(), address))
    }

    fn of_shape(&self, shape: Shape) -> BTreeMap<String, [Option<FeatureId>; 2]> {
        let mut features: BTreeMap<String, [Option<FeatureId>; 2]> = BTreeMap::new();
        for (side, rules) in self.sets.into_iter().enumerate() {
            for (id, feature) in rules.model().features.iter().filter(|(_, feature)| feature.shape == shape) {
                features.entry(feature.declared.name.clone()).or_default()[side] = Some(id);
            }
        }
        features
    }

    /// Counts one answer on each side; None where that side has none.
    fn count(&mut self, shape: Shape, casts: [Option<Cast>; 2]) {
        for (name, ids) in self.of_shape(shape) {
            let available = [0, 1].map(|side: usize| {
                casts[side].map(|cast| ids[side].is_some_and(|id| decide_use(self.sets[side], id, &cast).available))
            });
            let place = match available {
                [Some(false), Some(true)] => 0,
                [Some(true), Some(false)] => 1,
                [None, Some(true)] => 2,
                [Some(true), None] => 3,
                _ => continue,
            };
            self.counts.entry(name).or_default()[place] += 1;
        }
    }

    fn ask(mut self) -> Counts {
        let models = self.sets.map(RuleSet::model);
        let users = models.map(users);
        let known = models.map(people);
        let only = |address: &Address| match [0, 1].map(|side: usize| users[side].contains(address)) {
            [true, false] => Some(0),
            [false, true] => Some(1),
            _ => None,
        };
        // On which sides two people, or one, can be asked about.
        let sides = |of: [&Address; 2]| {
            [0, 1].map(|side: usize| of.iter().all(|address| only(address).is_none_or(|alone| alone == side)))
        };
        for user in users[0].union(&users[1]) {
            let [one, other] = self.somebody(user);
            let asked = sides([user, user]);
            self.count(
                Shape::User,
                [asked[0].then(|| Cast::view(one, one)), asked[1].then(|| Cast::view(other, other))],
            );
        }
        for one in known[0].union(&known[1]) {
            for other in known[0].union(&known[1]).filter(|other| *other != one) {
                let (first, second, asked) = (self.somebody(one), self.somebody(other), sides([one, other]));
                let cast = |side: usize| Cast::view(first[side], second[side]);
                self.count(Shape::Party, [0, 1].map(|side: usize| asked[side].then(|| cast(side))));
                if users[0].contains(other) || users[1].contains(other) {
                    // Of an owner on one side only, those are asked about whom that side knows.
                    let looks = |side: usize| only(other).is_none() || known[side].contains(one);
                    self.count(
                        Shape::Viewer,
                        [0, 1].map(|side: usize| (asked[side] && looks(side)).then(|| cast(side))),
                    );
                }
            }
        }
        self.meet(only);
        self.counts
    }

    fn meet(&mut self, only: impl Fn(&Address) -> Option<usize>) {
        let models = self.sets.map(RuleSet::model);
        let names: BTreeSet<&String> = models.iter().flat_map(|it| it.meetings.values().map(|of| &of.name)).collect();
        for name in names {
            let listed = [0, 1].map(|side: usize| {
                let model = models[side];
                let meetings: Vec<MeetingId> =
                    model.meetings.iter().filter(|(_, of)| of.name == *name).map(|(id, _)| id).collect();
                let listed = meetings.into_iter().flat_map(|id| {
                    meeting::participants(model, id).into_iter().map(move |(person, somebody, role)| {
                        let address = person.map(|person| model.people[person].address.clone());
                        (address, Cast::in_meeting(model, id, somebody, Some(role)))
                    })
                });
                listed.collect::<BTreeMap<Option<Address>, Cast>>()
            });
            let who: BTreeSet<&Option<Address>> = listed.iter().flat_map(BTreeMap::keys).collect();
            for address in who {
                let alone = address.as_ref().and_then(&only);
                let cast = |side: usize| {
                    let cast = listed[side].get(address).copied();
                    cast.filter(|_| alone.is_none_or(|alone| alone == side))
                };
                self.count(Shape::Participant, [cast(0), cast(1)]);
            }
        }
    }
}

/// What leaves of each user through features that users use alone: of how many more, of how many no longer, and of whom
/// one side alone has.
fn leaving(sets: [&RuleSet; 2]) -> BTreeMap<NamedLeaving, [usize; 4]> {
    let of_user = |rules: &RuleSet, user: &Address| -> Option<BTreeSet<NamedLeaving>> {
        let model = rules.model();
        let user = Somebody::with_address(model, user);
        user.user?;
        let lines = disclosures(rules, resolve::Asked { user: Some(user), ..resolve::Asked::default() });
        let alone = lines.into_iter().filter(|line| model.features[line.feature].shape == Shape::User);
        let leaving = alone.map(|line| {
            let to = |id: RecipientId| model.recipients[id].declared.name.clone();
            let at = |id: PlaceId| model.places[id].declared.name.clone();
            let whose = line.whose.map(|whose| format!(" of {}", whose.name())).unwrap_or_default();
            let goes = match line.to {
                Goes::Recipient(id) => format!("to {}", to(id)),
                Goes::Hoster(id, place) => format!("to {} at {}", to(id), at(place)),
                Goes::Place(place, None) => format!("at {}", at(place)),
                Goes::Place(place, Some(Retention::Until(words))) => format!("at {} until {words}", at(place)),
                Goes::Place(place, Some(Retention::Setting(of, setting))) => {
                    format!("at {} for {}.{}", at(place), of.name(), model.parameters[setting].declared.name)
                }
            };
            let item = format!("{}{whose}", model.item_name(line.item));
            NamedLeaving { feature: model.features[line.feature].declared.name.clone(), item, goes }
        });
        Some(leaving.collect())
    };
    let mut counts: BTreeMap<NamedLeaving, [usize; 4]> = BTreeMap::new();
    let [before, after] = sets.map(|rules| users(rules.model()));
    for user in before.union(&after) {
        let (left, arrived, both) = match sets.map(|rules| of_user(rules, user)) {
            [Some(before), Some(after)] => (BTreeSet::new(), BTreeSet::new(), [before, after]),
            [before, after] => (before.unwrap_or_default(), after.unwrap_or_default(), Default::default()),
        };
        let [before, after] = both;
        let new: BTreeSet<NamedLeaving> = after.difference(&before).cloned().collect();
        let old: BTreeSet<NamedLeaving> = before.difference(&after).cloned().collect();
        for (place, all) in [new, old, arrived, left].into_iter().enumerate() {
            all.into_iter().for_each(|it| counts.entry(it).or_default()[place] += 1);
        }
    }
    counts
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn features_are_counted_as_asking_one_by_one_does(
        one in proptest::collection::vec(any::<u8>(), 0..120), at in any::<prop::sample::Index>(), byte in any::<u8>(),
        other in proptest::collection::vec(any::<u8>(), 0..120)
    ) {
        let near = near(&one, at, byte);
        let [one, near, other] = [&one, &near, &other].map(|bytes| {
            World::of(bytes).project.rules(Entries::InForce).expect("no errors")
        });
        for sets in [[&one, &near], [&one, &other], [&near, &other]] {
            let told = Diff::between(sets[0], sets[1]).effect().features;
            let told: Counts =
                told.into_iter().map(|of| (of.feature, [of.gained, of.lost, of.arrived, of.left])).collect();
            prop_assert_eq!(told, Asked { sets, counts: Counts::new() }.ask());
            let disclosed = Diff::between(sets[0], sets[1]).disclosures();
            let by_user = disclosed.into_iter().filter_map(|of| match of.change {
                DisclosedChange::Users { gained, lost, arrived, left } => {
                    Some((of.leaving, [gained, lost, arrived, left]))
                }
                DisclosedChange::Certainty(_) | DisclosedChange::Aside(_) => None,
            });
            prop_assert_eq!(by_user.collect::<BTreeMap<_, _>>(), leaving(sets));
        }
    }
}
