//! Whether two versions of a set decide alike: what a fix has to show before it is applied.

use std::collections::BTreeSet;

use crate::directory::{Address, Domain};
use crate::model::{FeatureId, FieldId, Kind, Model, Network, Retention, UserId};
use crate::resolve::{
    Answer, Asked, Cast, Certainty, ClassOf, Goes, RuleSet, Somebody, decide_field, decide_use, disclosures,
};
use crate::syntax::ast::Shape;

/// A viewer by name, since ids differ between versions.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Viewer {
    Person(Address),
    Domain(Domain),
    Below(Domain),
    Rest(Network),
    Anonymous,
}

/// True if two sets decide alike: for the same owners every field, and which container answers, for every class of
/// viewers of either set and for the owners themselves; every feature for those viewers, for each user, and for who takes
/// part in the meetings of the directory; and what features disclose.
pub fn same_decisions(before: &RuleSet, after: &RuleSet) -> bool {
    let sets = [before, after];
    let [old_rules, new_rules] = sets;
    let [old, new] = sets.map(RuleSet::model);
    let owners = |model: &Model| -> BTreeSet<Address> {
        model.users.values().map(|user| model.people[user.person].address.clone()).collect()
    };
    let addresses = owners(old);
    if addresses != owners(new) || old.meetings.len() != new.meetings.len() {
        return false;
    }
    let fields = pairs(old.fields.ids().map(|id| old.field_name(id)), new.fields.ids().map(|id| new.field_name(id)));
    let name = |model: &Model, id: FeatureId| model.features[id].declared.name.clone();
    let features = pairs(old.features.ids().map(|id| name(old, id)), new.features.ids().map(|id| name(new, id)));
    addresses.iter().all(|address| {
        let (Some(first), Some(second)) = (old.user(address), new.user(address)) else { return false };
        same_for_owner(sets, [first, second], &fields, &features)
    }) && same_meetings(sets, &features)
        && revealed(old_rules, None) == revealed(new_rules, None)
}

/// The indexes of equal names; None where one side lacks it.
fn pairs(before: impl Iterator<Item = String>, after: impl Iterator<Item = String>) -> Vec<[Option<usize>; 2]> {
    let mut after: indexmap::IndexMap<String, usize> = after.zip(0..).collect();
    let mut pairs: Vec<[Option<usize>; 2]> =
        before.zip(0..).map(|(name, at)| [Some(at), after.swap_remove(&name)]).collect();
    pairs.extend(after.values().map(|at| [None, Some(*at)]));
    pairs
}

fn same_for_owner(
    sets: [&RuleSet; 2],
    owners: [UserId; 2],
    fields: &[[Option<usize>; 2]],
    features: &[[Option<usize>; 2]],
) -> bool {
    let mut viewers: BTreeSet<Viewer> = BTreeSet::new();
    for (rules, owner) in sets.into_iter().zip(owners) {
        viewers.extend(rules.classes(owner).into_iter().map(|class| named(rules.model(), class.of)));
    }
    let [first, second] = [0, 1].map(|at| (sets.get(at), owners.get(at)));
    let (Some(old), Some(owner), Some(new), Some(new_owner)) = (first.0, first.1, second.0, second.1) else {
        return false;
    };
    let owner_address = |rules: &RuleSet, owner: UserId| {
        let model = rules.model();
        model.people[model.users[owner].person].address.clone()
    };
    viewers.insert(Viewer::Person(owner_address(old, *owner)));
    let itself = |rules: &RuleSet, owner: UserId| Somebody::user(rules.model(), owner);
    let (old_self, new_self) = (itself(old, *owner), itself(new, *new_owner));
    let alone = [Cast::view(old_self, old_self), Cast::view(new_self, new_self)];
    revealed(old, Some(old_self)) == revealed(new, Some(new_self))
        && same_features(sets, features, Shape::User, alone)
        && viewers.iter().all(|viewer| {
            let (a, b) = (somebody(old.model(), viewer), somebody(new.model(), viewer));
            let same = fields.iter().all(|[one, other]| seen(old, a, *owner, *one) == seen(new, b, *new_owner, *other));
            same && same_features(sets, features, Shape::Viewer, [Cast::view(a, old_self), Cast::view(b, new_self)])
                && same_features(sets, features, Shape::Party, [Cast::view(old_self, a), Cast::view(new_self, b)])
        })
}

/// What is seen of a field, and by the word of which container. Nobody sees anything of a field that is not there.
#[derive(PartialEq, Eq)]
enum Seen {
    Nothing,
    Own,
    Shown(String),
}

fn seen(rules: &RuleSet, viewer: Somebody, owner: UserId, field: Option<usize>) -> (Seen, Option<&str>) {
    let Some(field) = field else { return (Seen::Nothing, None) };
    let field: FieldId = crate::model::Id::from_index(field);
    let model = rules.model();
    let decision = decide_field(rules, viewer, owner, field);
    let seen = match decision.answer {
        Answer::Hidden => Seen::Nothing,
        Answer::Visible => Seen::Own,
        Answer::Altered(value) => {
            let kind = model.fields[field].kind.clone().unwrap_or(Kind::Text);
            Seen::Shown(model.value_name(&kind, value))
        }
    };
    (seen, decision.container.map(|container| model.containers[container].declared.name.as_str()))
}

/// What leaves when somebody uses features, or when anybody does, in names.
fn revealed(rules: &RuleSet, user: Option<Somebody>) -> BTreeSet<(String, String, String, &'static str)> {
    let model = rules.model();
    let told = disclosures(rules, Asked { user, ..Asked::default() }).into_iter().map(|line| {
        let goes = match line.to {
            Goes::Recipient(to) => format!("to {}", model.recipients[to].declared.name),
            Goes::Place(at, kept) => {
                let kept = match kept {
                    Some(Retention::Setting(of, setting)) => {
                        format!("for {}.{}", of.name(), model.parameters[setting].declared.name)
                    }
                    Some(Retention::Until(words)) => format!("until {words}"),
                    None => String::new(),
                };
                format!("at {} {kept}", model.places[at].declared.name)
            }
            Goes::Hoster(to, at) => {
                format!("to {} at {}", model.recipients[to].declared.name, model.places[at].declared.name)
            }
        };
        let whose = line.of.map_or("", crate::model::Subject::name);
        let what = format!("{} of {whose}", model.item_name(line.item));
        (model.features[line.feature].declared.name.clone(), what, goes, Certainty::name(line.certainty))
    });
    told.collect()
}

fn same_features(sets: [&RuleSet; 2], features: &[[Option<usize>; 2]], shape: Shape, casts: [Cast; 2]) -> bool {
    let available = |at: usize, feature: Option<usize>| {
        let (Some(rules), Some(cast)) = (sets.get(at), casts.get(at)) else { return false };
        feature.map(crate::model::Id::from_index).is_some_and(|feature: FeatureId| {
            rules.model().features[feature].shape == shape && decide_use(rules, feature, cast).available
        })
    };
    features.iter().all(|[before, after]| available(0, *before) == available(1, *after))
}

fn same_meetings(sets: [&RuleSet; 2], features: &[[Option<usize>; 2]]) -> bool {
    let [old, new] = sets.map(RuleSet::model);
    old.meetings.iter().zip(new.meetings.iter()).all(|((id, meeting), (new_id, new_meeting))| {
        meeting.participants.len() == new_meeting.participants.len()
            && meeting.participants.iter().all(|(person, role, _)| {
                let viewer = match person {
                    Some(person) => Viewer::Person(old.people[*person].address.clone()),
                    None => Viewer::Anonymous,
                };
                let cast = |model: &Model, meeting, organizer| Cast {
                    meeting: Some(meeting),
                    role: Some(*role),
                    ..Cast::view(somebody(model, &viewer), Somebody::user(model, organizer))
                };
                let casts = [cast(old, id, meeting.organizer), cast(new, new_id, new_meeting.organizer)];
                same_features(sets, features, Shape::Participant, casts)
            })
    })
}

fn named(model: &Model, class: ClassOf) -> Viewer {
    match class {
        ClassOf::Person(person) => Viewer::Person(model.people[person].address.clone()),
        ClassOf::Domain(domain) => Viewer::Domain(model.domains[domain].name.clone()),
        ClassOf::Below(domain, _) => Viewer::Below(model.domains[domain].name.clone()),
        ClassOf::Network(network) => Viewer::Rest(network),
        ClassOf::Anonymous => Viewer::Anonymous,
    }
}

fn somebody(model: &Model, viewer: &Viewer) -> Somebody {
    match viewer {
        Viewer::Person(address) => Somebody::with_address(model, address),
        Viewer::Domain(domain) => Somebody::at(model, domain),
        Viewer::Below(domain) => {
            // A name that nobody has: what matters is that it is below.
            let below = Domain::parse(&format!("any-0f3a.{domain}"));
            Somebody::at(model, below.as_ref().unwrap_or(domain))
        }
        Viewer::Rest(network) => Somebody { network: *network, ..Somebody::ANONYMOUS },
        Viewer::Anonymous => Somebody::ANONYMOUS,
    }
}
