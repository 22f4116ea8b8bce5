//! The project's decisions against the oracle's.

use std::collections::BTreeSet;

use prescope::resolve::{Matcher, Origin, RuleSet, people};
use proptest::prelude::*;

use super::condition::members;
use super::evaluate::{Mode, container, decide_on, holds, standing};
use super::generate::worlds;
use super::settle::recorded;
use super::settling::{fields, settled, viewers};
use super::subject::{MODES, Subject, address, all_answers, answers, plain};
use super::world::*;
use crate::tries::config;

/// An entry in the oracle's words.
fn entry(rules: &RuleSet, matcher: Matcher) -> Entry {
    match matcher {
        Matcher::Person(person) => Entry::User(address(rules, person)),
        Matcher::Domain(domain) => Entry::Domain(rules.model().domains[domain].name.to_string()),
        Matcher::Network(network) => Entry::Network(match network {
            prescope::model::Network::SameEnterprise => Network::SameEnterprise,
            prescope::model::Network::Federated => Network::Federated,
            prescope::model::Network::PublicCloud => Network::PublicCloud,
            prescope::model::Network::Other => Network::Other,
        }),
        Matcher::Authenticated => Entry::Authenticated,
        Matcher::Everyone => Entry::Everyone,
    }
}

/// Where a recorded entry comes from; none of one that is not recorded there.
fn origin(world: &World, owner: &str, (container, entry): &(Name, Entry)) -> Option<&'static str> {
    let user = world.users.iter().find(|user| user.address == owner)?;
    let listed = |wanted: &dyn Fn(&Entry) -> bool| {
        let memberships = user.memberships.iter().flatten();
        memberships.filter(|(name, _)| name == container).any(|(_, entries)| entries.iter().any(wanted))
    };
    let in_group = |listed: &Entry| match (listed, entry) {
        (Entry::Group(group), Entry::User(person)) => members(world, group).contains(person),
        _ => false,
    };
    if listed(&|listed| listed == entry) {
        Some("directory")
    } else if listed(&in_group) {
        Some("group")
    } else {
        recorded(world, owner).contains(&(container.clone(), entry.clone())).then_some("policy")
    }
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn every_decision_is_the_one_the_language_means(world in worlds()) {
        let decided = all_answers(&Subject::of(&world), &world);
        for mode in MODES {
            for user in &world.users {
                let standing = standing(&world, mode, &user.address);
                for viewer in viewers(&world) {
                    for (category, field) in fields(&world) {
                        let meant = decide_on(&world, &standing, &viewer, &user.address, &category, &field);
                        let question = (
                            mode == Mode::InForce, viewer.clone(), user.address.clone(), category.clone(), field.clone()
                        );
                        prop_assert_eq!(
                            &decided[&question], &plain(meant),
                            "{:?} {:?} sees {} {}.{}", mode, viewer, user.address, category, field
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn settling_ends_with_the_entries_that_the_language_means(world in worlds()) {
        let subject = Subject::of(&world);
        for mode in MODES {
            let rules = subject.rules(mode);
            for user in &world.users {
                let owner = people::owner(rules, &user.address).expect("a user");
                let told = prescope::resolve::settled(rules, owner);
                let named = |container| rules.model().containers[container].declared.name.clone();
                let stand: BTreeSet<(Name, Entry)> =
                    told.entries.iter().map(|it| (named(it.container), entry(rules, it.matcher))).collect();
                let dropped: BTreeSet<(Name, Entry)> =
                    told.dropped.iter().map(|it| (named(it.container), entry(rules, it.matcher))).collect();
                let meant = standing(&world, mode, &user.address);
                prop_assert_eq!(&stand, &meant.entries, "{:?} {}", mode, user.address);
                let contacts: BTreeSet<Name> =
                    rules.standing(owner).contacts().into_iter().map(|person| address(rules, person)).collect();
                prop_assert_eq!(contacts, meant.contacts, "{:?} {}", mode, user.address);
                // If the same entry comes twice, the first of directory, group and policy is named.
                for it in &told.entries {
                    let at = (named(it.container), entry(rules, it.matcher));
                    if let Some(origin) = origin(&world, &user.address, &at) {
                        let told = match it.origin {
                            Origin::Directory(_) => "directory",
                            Origin::Group(..) => "group",
                            Origin::Policy(..) => "policy",
                            Origin::Manifest(_) => "manifest",
                        };
                        prop_assert_eq!(told, origin, "{:?} {} {:?}", mode, user.address, at);
                    }
                }
                // What does not stand any more is told, and nothing else is.
                let recorded = recorded(&world, &user.address);
                let lost: BTreeSet<(Name, Entry)> = recorded.difference(&stand).cloned().collect();
                prop_assert_eq!(dropped, lost, "{:?} {}", mode, user.address);
            }
        }
    }

    #[test]
    fn a_directory_with_the_settled_entries_answers_as_settling_did(world in worlds()) {
        let (subject, migrated) = (Subject::of(&world), Subject::of(&settled(&world)));
        let before = answers(subject.rules(Mode::InForce), &world, Mode::InForce);
        for ((_, viewer, owner, category, field), decision) in all_answers(&migrated, &world) {
            // Recorded there is what is in force here, and settling it once more changes nothing.
            let same = &before[&(true, viewer.clone(), owner.clone(), category.clone(), field.clone())];
            prop_assert_eq!(
                &decision, same, "{:?} sees {} {}.{}", viewer, owner, category, field
            );
        }
    }

    #[test]
    fn settling_leaves_the_blocked_to_a_blocking_container(world in worlds()) {
        let subject = Subject::of(&world);
        let answers = answers(subject.rules(Mode::InForce), &world, Mode::InForce);
        for ((_, viewer, owner, category, _), (_, answering)) in answers {
            let Viewer::Person(person) = &viewer else { continue };
            let entries = recorded(&world, &owner);
            let blocking = world.containers.iter().filter(|container| container.blocking);
            let mut masked = blocking.clone().all(|container| holds(container, &category));
            masked &= *person != owner;
            let blocked =
                blocking.clone().any(|c| entries.contains(&(c.name.clone(), Entry::User(person.clone()))));
            if masked && blocked {
                let answering = answering.expect("the blocking container holds it");
                prop_assert!(container(&world, &answering).blocking, "{person} {owner}");
            }
        }
    }
}
