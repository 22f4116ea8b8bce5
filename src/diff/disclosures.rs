//! What features disclose, and did not; or did, and do not.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::traits::{kinds, reads};
use super::{Diff, Direction};
use crate::language::ast::Shape;
use crate::model::{FeatureId, Item, Model, Retention, Subject, UserId};
use crate::resolve::{Asked, Certainty, Goes, Revealed, RuleSet, Somebody, disclosures};

/// Something that leaves, on one side or both.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NamedLeaving {
    /// Through which feature.
    pub feature: String,
    /// What, and whose.
    pub item: String,
    /// Where it goes, in words.
    pub goes: String,
}

/// What changes of something that leaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disclosed {
    /// What and where.
    pub leaving: NamedLeaving,
    /// Whether people outside the organisation can be among the recipients.
    pub external: bool,
    /// Whether the recipient gets nothing at all on the first side.
    pub new_recipient: bool,
    /// How it changes.
    pub change: DisclosedChange,
}

/// How something that leaves changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DisclosedChange {
    /// For so many users, who use the feature alone.
    Users {
        /// Of whom it leaves now.
        gained: usize,
        /// Of whom it does no longer.
        lost: usize,
        /// Users of the second side only, of whom it leaves.
        arrived: usize,
        /// Users of the first side only, of whom it did.
        left: usize,
    },
    /// How certain it was and is; None if it does not happen.
    Certainty([Option<Certainty>; 2]),
    /// The same by a project that one side alone has.
    Aside([Option<Certainty>; 2]),
}

impl Disclosed {
    /// Whether more leaves, or less; None if that is so of users, or of a project, on one side only.
    pub fn direction(&self) -> Option<Direction> {
        match self.change {
            _ if self.is_new(Arrivals::Apart) => Some(Direction::Gains),
            DisclosedChange::Users { lost: 0, .. } | DisclosedChange::Aside(_) => None,
            _ => Some(Direction::Loses),
        }
    }

    /// True if more leaves: of more users, at all, or more certainly. With arrivals, also of users who arrived, or by a
    /// project that did.
    pub fn is_new(&self, arrivals: Arrivals) -> bool {
        match self.change {
            DisclosedChange::Users { gained, arrived, .. } => gained > 0 || arrivals == Arrivals::Count && arrived > 0,
            DisclosedChange::Certainty([before, after]) => rank(after) > rank(before),
            DisclosedChange::Aside([before, after]) => arrivals == Arrivals::Count && rank(after) > rank(before),
        }
    }

    /// The same, where one side does not have the project: what leaves has come or gone with it.
    #[must_use]
    pub fn aside(self) -> Disclosed {
        let change = match self.change {
            DisclosedChange::Users { gained, lost, arrived, left } => {
                DisclosedChange::Users { gained: 0, lost: 0, arrived: arrived + gained, left: left + lost }
            }
            DisclosedChange::Certainty(both) | DisclosedChange::Aside(both) => DisclosedChange::Aside(both),
        };
        Disclosed { change, ..self }
    }
}

/// Whether what arrived counts as gained.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arrivals {
    /// It counts.
    Count,
    /// It is apart.
    Apart,
}

fn rank(certainty: Option<Certainty>) -> u8 {
    match certainty {
        None => 0,
        Some(Certainty::Possible) => 1,
        Some(Certainty::Certain) => 2,
    }
}

/// A recipient by name, and whether people outside the organisation can be among them.
type To = Option<(String, bool)>;

/// All that leaves, with how certainly, and the recipient if there is one.
type AllLeaving = BTreeMap<NamedLeaving, (Certainty, To)>;

/// Of how many users something leaves now, did, and of those of each side only.
type UserCounts = BTreeMap<NamedLeaving, ([usize; 4], To)>;

/// What leaves when a user, or anybody, uses features of these shapes.
fn leaving(rules: &RuleSet, user: Option<Somebody>, shape: impl Fn(Shape) -> bool) -> AllLeaving {
    let model = rules.model();
    let mut all = AllLeaving::new();
    for (feature, _) in model.features.iter().filter(|(_, of)| shape(of.shape)) {
        for line in disclosures(rules, Asked { user, feature: Some(feature), ..Asked::default() }) {
            let (certainty, to) = (line.certainty, recipient(rules, &line));
            let of = all.entry(named(rules, &line)).or_insert((certainty, to));
            of.0 = of.0.min(certainty);
        }
    }
    all
}

fn recipient(rules: &RuleSet, line: &Revealed) -> To {
    match line.to {
        Goes::Recipient(to) | Goes::Hoster(to, _) => {
            let of = &rules.model().recipients[to];
            Some((of.declared.name.clone(), of.external))
        }
        Goes::Place(..) => None,
    }
}

/// It by the names that both sets know.
pub(super) fn named(rules: &RuleSet, line: &Revealed) -> NamedLeaving {
    NamedLeaving::new(rules.model(), line.feature, (line.item, line.whose), &line.to)
}

impl NamedLeaving {
    /// What goes somewhere through a feature of a set, and whose it is, by names.
    pub fn new(model: &Model, feature: FeatureId, (item, whose): (Item, Option<Subject>), goes: &Goes) -> NamedLeaving {
        let goes = match goes {
            Goes::Recipient(to) => format!("to {}", model.recipients[*to].declared.name),
            Goes::Place(at, kept) => {
                let place = &model.places[*at].declared.name;
                match kept {
                    Some(Retention::Setting(of, setting)) => {
                        format!("at {place} for {}.{}", of.name(), model.parameters[*setting].declared.name)
                    }
                    Some(Retention::Until(words)) => format!("at {place} until {words}"),
                    None => format!("at {place}"),
                }
            }
            Goes::Hoster(to, at) => {
                format!("to {} at {}", model.recipients[*to].declared.name, model.places[*at].declared.name)
            }
        };
        NamedLeaving { feature: model.features[feature].declared.name.clone(), item: model.item_of(item, whose), goes }
    }
}

impl Diff<'_> {
    /// What leaves and did not, or did and does not: by user of features that users use alone, otherwise by how certain
    /// it is. Recipients outside that got nothing before come first.
    pub fn disclosures(&self) -> Vec<Disclosed> {
        let sets = self.sets();
        // Without anybody to count, it is said how certain it is.
        let somebody = sets.iter().any(|rules| !rules.model().users.is_empty());
        let by_certainty = sets.map(|rules| leaving(rules, None, |shape| !somebody || shape != Shape::User));
        let by_users = leaving(self.before, None, |shape| somebody && shape == Shape::User);
        let recipients = by_certainty[0].values().chain(by_users.values()).filter_map(|(_, to)| to.as_ref());
        let known: BTreeSet<&String> = recipients.map(|(name, _)| name).collect();
        let mut told: BTreeMap<NamedLeaving, (DisclosedChange, To)> = BTreeMap::new();
        let keys: BTreeSet<&NamedLeaving> = by_certainty.iter().flat_map(BTreeMap::keys).collect();
        for key in keys {
            let both = [0, 1].map(|side: usize| by_certainty[side].get(key));
            let certainty = both.map(|of| of.map(|(certainty, _)| *certainty));
            let to = both[1].or(both[0]).and_then(|(_, to)| to.clone());
            if certainty[0] != certainty[1] {
                told.insert(key.clone(), (DisclosedChange::Certainty(certainty), to));
            }
        }
        if somebody {
            for (key, (counts, to)) in self.by_user() {
                let [gained, lost, arrived, left] = counts;
                told.insert(key, (DisclosedChange::Users { gained, lost, arrived, left }, to));
            }
        }
        let disclosed = |(leaving, (change, to)): (NamedLeaving, (DisclosedChange, To))| Disclosed {
            external: to.as_ref().is_some_and(|(_, external)| *external),
            new_recipient: to.as_ref().is_some_and(|(name, _)| !known.contains(name)),
            leaving,
            change,
        };
        let mut told: Vec<Disclosed> = told.into_iter().map(disclosed).collect();
        told.sort_by_key(|of| {
            let new = of.is_new(Arrivals::Count);
            (!(new && of.external && of.new_recipient), !(new && of.external), !new)
        });
        told
    }

    /// Of how many users something leaves and did not, did and does not, and of those of one side only. Users of whom
    /// any rule reads the same are asked about once.
    fn by_user(&self) -> UserCounts {
        let sets = self.sets();
        let reads = sets.map(|rules| reads(rules, &Subject::ALL));
        let kinds = kinds(&self.joint, sets, reads.each_ref());
        let of_user = |side: usize, user: UserId| {
            let rules: &RuleSet = sets[side];
            leaving(rules, Some(Somebody::user(rules.model(), user)), |shape| shape == Shape::User)
        };
        let mut counts = UserCounts::new();
        let mut add = |all: &AllLeaving, others: Option<&AllLeaving>, place: usize| {
            for (key, (_, to)) in all.iter().filter(|(key, _)| others.is_none_or(|others| !others.contains_key(*key))) {
                counts.entry(key.clone()).or_insert_with(|| ([0; 4], to.clone())).0[place] += 1;
            }
        };
        let mut asked: FxHashMap<u32, [AllLeaving; 2]> = FxHashMap::default();
        for user in self.before.model().users.ids() {
            let Some(users) = self.owners(user) else { continue };
            let person = self.joint.index(0, self.before.model().users[user].person);
            let ask = || [of_user(0, users[0]), of_user(1, users[1])];
            let [before, after] = asked.entry(kinds.of_person(person)).or_insert_with(ask);
            add(after, Some(before), 0);
            add(before, Some(after), 1);
        }
        for (side, place) in [(1, 2), (0, 3)] {
            self.only_on(side).for_each(|user| add(&of_user(side, user), None, place));
        }
        counts
    }
}
