//! What a change of settings changes for whom: settings of users, what known people and open classes see, and who may
//! use which feature. Exact, and by classes of people instead of pair by pair.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::model::{Containers, FeatureId, FieldId, Id, Model, ParameterId, PersonId, UserId};
use crate::resolve::{Answer, Cast, Class, ClassOf, RuleSet, Somebody, decide_field, decide_use};
use crate::syntax::ast::Shape;

use super::crowd::Crowds;

/// What a change changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Effect {
    /// Settings of users, by setting and value.
    pub settings: Vec<SettingChange>,
    /// What is seen of fields of presence.
    pub presence: Shift,
    /// Features whose answers change, in order of declaration.
    pub features: Vec<Features>,
}

/// A setting that has another value for some users.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingChange {
    /// The setting.
    pub parameter: ParameterId,
    /// The value it had.
    pub before: String,
    /// The value it has.
    pub after: String,
    /// For whom, sorted.
    pub users: Vec<UserId>,
}

/// Answers about fields that change: triples of viewer, owner and field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shift {
    /// Of how many owners.
    pub owners: usize,
    /// Known people who see the value, or another one instead, where they saw less.
    pub gained: usize,
    /// Known people who see less.
    pub lost: usize,
    /// Known people who get another value than before instead of the owner's.
    pub altered: usize,
    /// The same three, counted in classes of viewers that the directory cannot enumerate.
    pub open: [usize; 3],
    /// One of those who gain.
    pub gain: Option<Witness>,
    /// One of those who lose.
    pub loss: Option<Witness>,
}

/// An answer that changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Witness {
    /// Who looks.
    pub viewer: ClassOf,
    /// Whose presence it is.
    pub owner: UserId,
    /// What of it.
    pub field: FieldId,
}

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

/// Known people, or an open class, whom nothing tells apart for an owner.
struct Viewers {
    of: ClassOf,
    representative: Somebody,
    count: usize,
}

/// What changes from one set to another that differs in policy objects only, so that ids mean the same in both.
pub fn effect(before: &RuleSet, after: &RuleSet) -> Effect {
    let mut effect = Effect { settings: settings(before.model(), after.model()), ..Effect::default() };
    let crowds = Crowds::of(before, after);
    let mut compared = Compared { before, after, crowds: &crowds, features: BTreeMap::new() };
    let mut changed: Vec<UserId> = effect.settings.iter().flat_map(|change| change.users.iter().copied()).collect();
    changed.sort_unstable();
    changed.dedup();
    // What rules read of a viewer changes the answers of owners whose own settings stay.
    let owners: Vec<UserId> =
        if crowds.viewers_change { before.model().users.ids().collect() } else { changed.clone() };
    let open: Vec<Class> = match owners.first() {
        Some(first) => before.classes(*first).into_iter().filter(Class::is_open).collect(),
        None => Vec::new(),
    };
    for owner in owners {
        compared.owner(owner, &open, &mut effect.presence);
    }
    compared.alone(&changed);
    compared.conversations();
    compared.meetings();
    effect.features =
        compared.features.into_iter().map(|(feature, [gained, lost])| Features { feature, gained, lost }).collect();
    effect
}

/// The settings of users that have another value, by name since texts are numbered anew.
fn settings(before: &Model, after: &Model) -> Vec<SettingChange> {
    let mut changes: IndexMap<(ParameterId, String, String), Vec<UserId>> = IndexMap::new();
    for class in before.classes.ids() {
        let object = |model: &Model, user: UserId| model.users[user].objects.get(class.index()).copied().flatten();
        for user in before.users.ids() {
            for id in &before.classes[class].settings {
                let value = |model: &Model| {
                    let parameter = &model.parameters[*id];
                    let of = object(model, user).and_then(|object| model.objects[object].values.get(parameter.slot));
                    model.value_name(&parameter.kind, of.copied().unwrap_or(parameter.default))
                };
                let (old, new) = (value(before), value(after));
                if old != new {
                    changes.entry((*id, old, new)).or_default().push(user);
                }
            }
        }
    }
    changes.sort_by(|one, _, other, _| one.0.cmp(&other.0));
    let change = |((parameter, before, after), users)| SettingChange { parameter, before, after, users };
    changes.into_iter().map(change).collect()
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

    /// What is seen of an owner, and features of viewers.
    fn owner(&mut self, owner: UserId, open: &[Class], shift: &mut Shift) {
        let model = self.before.model();
        let features = self.of_shape(Shape::Viewer);
        let myself = Somebody::user(model, owner);
        let mut any = false;
        let known = self.known(owner);
        let open = open.iter().map(|class| Viewers { of: class.of, representative: class.representative, count: 0 });
        for viewers in known.into_iter().chain(open) {
            for field in model.fields.ids() {
                let answer = |rules: &RuleSet| decide_field(rules, viewers.representative, owner, field).answer;
                let (old, new) = (answer(self.before), answer(self.after));
                if old == new {
                    continue;
                }
                any = true;
                let witness = Witness { viewer: viewers.of, owner, field };
                let (kind, count) = match rank(new).cmp(&rank(old)) {
                    std::cmp::Ordering::Greater => {
                        shift.gain.get_or_insert(witness);
                        (0, &mut shift.gained)
                    }
                    std::cmp::Ordering::Less => {
                        shift.loss.get_or_insert(witness);
                        (1, &mut shift.lost)
                    }
                    std::cmp::Ordering::Equal => (2, &mut shift.altered),
                };
                *count += viewers.count;
                if let (0, Some(open)) = (viewers.count, shift.open.get_mut(kind)) {
                    *open += 1;
                }
            }
            for feature in &features {
                self.feature(*feature, &Cast::view(viewers.representative, myself), viewers.count);
            }
        }
        shift.owners += usize::from(any);
    }

    /// The known viewers of an owner. Whom the owner's entries or lists name stands beside those whom they name alike;
    /// everybody else beside the rest of the crowd.
    fn known(&self, owner: UserId) -> Vec<Viewers> {
        let model = self.before.model();
        let myself = model.users[owner].person;
        let standings = [self.before.standing(owner), self.after.standing(owner)];
        let mut named: BTreeMap<PersonId, [Containers; 2]> = BTreeMap::new();
        for (at, standing) in standings.into_iter().enumerate() {
            for (person, containers) in standing.people() {
                if let Some(place) = named.entry(person).or_insert([Containers::NONE; 2]).get_mut(at) {
                    *place = containers;
                }
            }
            for person in standing.contacts() {
                named.entry(*person).or_insert([Containers::NONE; 2]);
            }
        }
        let delegates = &model.users[owner].delegates;
        for (person, _) in delegates {
            named.entry(*person).or_insert([Containers::NONE; 2]);
        }
        named.remove(&myself);
        let mut alike: IndexMap<_, Viewers> = IndexMap::new();
        let mut rest: Vec<usize> = self.crowds.all.iter().map(|crowd| crowd.people.len()).collect();
        let mut less = |crowd: usize| {
            if let Some(count) = rest.get_mut(crowd) {
                *count = count.saturating_sub(1);
            }
        };
        less(self.crowds.at(myself));
        for (person, containers) in &named {
            let crowd = self.crowds.at(*person);
            less(crowd);
            let contact = standings.map(|standing| standing.is_contact(*person));
            let delegate = delegates.iter().any(|(delegate, _)| delegate == person);
            let viewers =
                Viewers { of: ClassOf::Person(*person), representative: Somebody::known(model, *person), count: 0 };
            alike.entry((crowd, *containers, contact, delegate)).or_insert(viewers).count += 1;
        }
        let mut all: Vec<Viewers> = alike.into_values().collect();
        for (crowd, count) in self.crowds.all.iter().zip(rest).filter(|(_, count)| *count > 0) {
            let unnamed = |person: &&PersonId| **person != myself && !named.contains_key(*person);
            if let Some(person) = crowd.people.iter().find(unnamed) {
                all.push(Viewers {
                    of: ClassOf::Person(*person),
                    representative: Somebody::known(model, *person),
                    count,
                });
            }
        }
        all
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

/// How much an answer shows.
fn rank(answer: Answer) -> u8 {
    match answer {
        Answer::Hidden => 0,
        Answer::Altered(_) => 1,
        Answer::Visible => 2,
    }
}
