//! What migrating writes, against the oracle: what is recorded then is what was in force, nobody loses access on the
//! way, and what is said to change for whom is what the oracle's answers differ by.

use std::collections::BTreeMap;

use prescope::diff::{Diff, Seen, Shift};
use prescope::directory::{self, Address, Amendment};
use prescope::migrate::{Migrations, Options, migrations};
use prescope::model::UserId;
use prescope::resolve::{Entries, RuleSet, people};
use prescope::viewers::Everybody;
use proptest::prelude::*;

use super::evaluate::{Answer, Class, Mode, decide_on, known_people, representatives, standing};
use super::generate::worlds;
use super::settle::in_force;
use super::settling::{fields, viewers};
use super::subject::{Subject, address, plain};
use super::world::*;
use crate::tries::config;

/// The plans for everybody.
fn planned(subject: &Subject, options: Options) -> Migrations {
    let in_force = subject.rules(Mode::InForce);
    let recorded = subject.project.rules(Entries::Recorded).expect("no errors");
    migrations(in_force, recorded, people::owners(in_force.model()), options)
}

const EVERYBODY: Options = Options { to: None, absent_is_empty: true, keep_highest: false };

/// The world with changes of its users.
fn amended(world: &World, changes: &[(Address, Vec<Amendment>)]) -> World {
    let mut amended = world.clone();
    for (address, amendments) in changes {
        let user = amended.users.iter_mut().find(|user| user.address == address.as_str()).expect("a user");
        amendments.iter().for_each(|amendment| amend(user, amendment));
    }
    amended
}

fn amend(user: &mut User, amendment: &Amendment) {
    match amendment {
        Amendment::AddContact(address) => user.contacts.get_or_insert_default().push(address.to_string()),
        Amendment::AddEntry { container, entry } => {
            let memberships = user.memberships.get_or_insert_default();
            match memberships.iter_mut().find(|(name, _)| name == container) {
                Some((_, entries)) => entries.push(self::entry(entry)),
                None => memberships.push((container.clone(), vec![self::entry(entry)])),
            }
        }
        Amendment::RemoveEntry { container, entry } => {
            let entry = self::entry(entry);
            let (_, entries) = user
                .memberships
                .iter_mut()
                .flatten()
                .find(|(name, entries)| name == container && entries.contains(&entry))
                .expect("what is removed is recorded");
            entries.retain(|recorded| *recorded != entry);
        }
        Amendment::SetMode(_) => {}
        other => panic!("migrating never does this: {other:?}"),
    }
}

fn entry(entry: &directory::Entry) -> Entry {
    match entry {
        directory::Entry::User(address) => Entry::User(address.to_string()),
        directory::Entry::Group(name) => Entry::Group(name.clone()),
        directory::Entry::Domain(domain) => Entry::Domain(domain.to_string()),
        directory::Entry::SameEnterprise => Entry::Network(Network::SameEnterprise),
        directory::Entry::Federated => Entry::Network(Network::Federated),
        directory::Entry::PublicCloud => Entry::Network(Network::PublicCloud),
        directory::Entry::Authenticated => Entry::Authenticated,
        directory::Entry::Everyone => Entry::Everyone,
    }
}

/// Every viewer with the field that changes, before and after.
type Difference = BTreeMap<(Viewer, Name, Name), (Seen, Seen)>;

fn seen(answer: &Answer) -> Seen {
    match plain((answer.clone(), None)).0 {
        Answer::Visible => Seen::Visible,
        Answer::Hidden => Seen::Hidden,
        Answer::Altered(Value::Text(text)) => Seen::Altered(text),
        Answer::Altered(other) => panic!("{other:?} is no text"),
    }
}

/// What the oracle answers differently on what is recorded.
fn differing(before: &World, after: &World, owner: &str) -> Difference {
    let standings = [standing(before, Mode::Recorded, owner), standing(after, Mode::Recorded, owner)];
    let mut difference = Difference::new();
    for viewer in viewers(before).into_iter().filter(|viewer| *viewer != Viewer::Person(owner.to_owned())) {
        for (category, field) in fields(before) {
            let was = seen(&decide_on(before, &standings[0], &viewer, owner, &category, &field).0);
            let is = seen(&decide_on(after, &standings[1], &viewer, owner, &category, &field).0);
            if was != is {
                difference.insert((viewer.clone(), category, field), (was, is));
            }
        }
    }
    difference
}

/// What shifts say, viewer by viewer.
fn told(world: &World, owner: &str, shifts: &[Shift]) -> Difference {
    let strangers = representatives(world);
    let mut difference = Difference::new();
    for shift in shifts {
        let mut viewers: Vec<Viewer> = shift.people.iter().map(|person| Viewer::Person(person.to_string())).collect();
        for rest in &shift.rest {
            let class = |class: Class| strangers[&class].clone();
            match &rest.everybody {
                Everybody::At(domain, _) => {
                    let at = format!("@{domain}");
                    let people = known_people(world).into_iter().filter(|it| it.ends_with(&at) && it != owner);
                    let excepted = |person: &Name| rest.except.iter().any(|it| it.as_str() == person);
                    let people: Vec<Name> =
                        people.filter(|it| !excepted(it) && !viewers.contains(&Viewer::Person(it.clone()))).collect();
                    assert_eq!(people.len(), rest.known, "{rest:?}");
                    viewers.extend(people.into_iter().map(Viewer::Person));
                    viewers.push(class(Class::At(domain.to_string())));
                }
                Everybody::Below(domain, _) => viewers.push(class(Class::Below(domain.to_string()))),
                Everybody::Elsewhere(_) => {
                    viewers.push(class(Class::Elsewhere));
                    // Where domains match exactly, whoever is below a named one is from elsewhere.
                    let below = strangers.iter().filter(|(of, _)| !world.by_suffix && matches!(of, Class::Below(_)));
                    viewers.extend(below.map(|(_, viewer)| viewer.clone()));
                }
                Everybody::Anonymous => viewers.push(class(Class::Anonymous)),
            }
        }
        for viewer in viewers {
            for changed in shift.changes.iter() {
                let key = (viewer.clone(), changed.category.clone(), changed.field.clone());
                let before = difference.insert(key.clone(), (changed.before.clone(), changed.after.clone()));
                assert!(before.is_none(), "{key:?} is told twice");
            }
        }
    }
    difference
}

fn owner_of(rules: &RuleSet, owner: UserId) -> Name {
    address(rules, rules.model().users[owner].person)
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn what_is_recorded_after_migrating_is_what_was_in_force(world in worlds()) {
        let subject = Subject::of(&world);
        let planned = planned(&subject, EVERYBODY);
        let after = amended(&world, &planned.changes());
        for plan in &planned.plans {
            let owner = owner_of(&planned.before, plan.owner);
            let meant = in_force(&world, &owner);
            // Whatever policy demands, what is in force stays.
            prop_assert_eq!(&in_force(&after, &owner), &meant, "{}", owner);
            if plan.stuck {
                prop_assert!(plan.amendments.is_empty());
            }
            if !plan.is_complete() {
                continue;
            }
            let recorded = standing(&after, Mode::Recorded, &owner);
            for viewer in viewers(&world) {
                for (category, field) in fields(&world) {
                    let ask = |world, standing| decide_on(world, standing, &viewer, &owner, &category, &field);
                    prop_assert_eq!(ask(&after, &recorded), ask(&world, &meant), "{:?} {}", viewer, owner);
                }
            }
        }
    }

    #[test]
    fn migrating_twice_is_migrating_once(world in worlds(), keep_highest in any::<bool>()) {
        let subject = Subject::of(&world);
        let options = Options { keep_highest, ..EVERYBODY };
        let once = planned(&subject, options);
        let texts = subject.project.migrated(&once).expect("what is planned is what is written");
        let written = subject.project.with_texts(&texts).expect("the directory has files");
        let in_force = written.rules(Entries::InForce).expect("no errors");
        let recorded = written.rules(Entries::Recorded).expect("no errors");
        let twice = migrations(&in_force, recorded, people::owners(in_force.model()), options);
        prop_assert_eq!(twice.changes(), vec![]);
        for (first, second) in once.plans.iter().zip(&twice.plans) {
            prop_assert_eq!(first.is_complete(), second.is_complete());
        }
    }

    #[test]
    fn what_is_said_to_change_is_what_changes(world in worlds(), keep_highest in any::<bool>()) {
        let subject = Subject::of(&world);
        let planned = planned(&subject, Options { keep_highest, ..EVERYBODY });
        let after = amended(&world, &planned.changes());
        let effects = Diff::between(&planned.before, &planned.after);
        // The same between two compilations, which share no ids.
        let compiled = Subject::of(&after);
        let apart = Diff::between(subject.rules(Mode::Recorded), compiled.rules(Mode::Recorded));
        for plan in &planned.plans {
            let owner = owner_of(&planned.before, plan.owner);
            let meant = differing(&world, &after, &owner);
            prop_assert_eq!(told(&world, &owner, &effects.shifts(plan.owner)), meant.clone(), "{}", owner);
            prop_assert_eq!(told(&world, &owner, &apart.shifts(plan.owner)), meant, "{} compiled", owner);
        }
    }

    #[test]
    fn whoever_keeps_access_never_loses_it_on_the_way(world in worlds()) {
        // What guards read of contacts may change with the list; levels alone are the order's business.
        let world = World { guards: Vec::new(), ..world };
        let subject = Subject::of(&world);
        let planned = planned(&subject, EVERYBODY);
        for (address, amendments) in planned.changes() {
            let owner = address.as_str();
            // Everybody who is known before: whoever is named by one entry only is still somebody when it has gone.
            let everybody = viewers(&world);
            let sees = |world: &World| {
                let standing = standing(world, Mode::Recorded, owner);
                let ask = |(viewer, (category, field)): (&Viewer, (Name, Name))| {
                    decide_on(world, &standing, viewer, owner, &category, &field).0 == Answer::Visible
                };
                let fields = fields(world);
                let all = everybody.iter().flat_map(|viewer| fields.iter().map(move |field| (viewer, field.clone())));
                all.map(ask).collect::<Vec<bool>>()
            };
            let on_the_way = |count: usize| sees(&amended(&world, &[(address.clone(), amendments[..count].to_vec())]));
            let (before, after) = (on_the_way(0), on_the_way(amendments.len()));
            for count in 1..amendments.len() {
                let now = on_the_way(count);
                let kept = before.iter().zip(&after).zip(&now).all(|((before, after), now)| !(*before && *after) || *now);
                prop_assert!(kept, "{owner}: after {:?}", &amendments[..count]);
            }
        }
    }
}
