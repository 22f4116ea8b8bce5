//! The project's decisions against the oracle's.

use std::collections::BTreeSet;

use prescope::resolve::{Matcher, RuleSet};
use proptest::prelude::*;

use super::config;
use super::evaluate::{Mode, container, decide_on, holds, standing};
use super::generate::worlds;
use super::settle::recorded;
use super::settling::{fields, settled, viewers};
use super::subject::{MODES, Subject, address, all_answers, answers, plain};
use super::world::*;

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
        Matcher::Everyone => Entry::Everyone,
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
                let owner = rules.owner(&user.address).expect("a user");
                let told = rules.settled(owner);
                let named = |container| rules.model().containers[container].declared.name.clone();
                let stand: BTreeSet<(Name, Entry)> =
                    told.entries.iter().map(|it| (named(it.container), entry(rules, it.matcher))).collect();
                let dropped: BTreeSet<(Name, Entry)> =
                    told.dropped.iter().map(|it| (named(it.container), entry(rules, it.matcher))).collect();
                let meant = standing(&world, mode, &user.address);
                prop_assert_eq!(&stand, &meant.entries, "{:?} {}", mode, user.address);
                let contacts: BTreeSet<Name> =
                    rules.standing(owner).contacts().iter().map(|person| address(rules, *person)).collect();
                prop_assert_eq!(contacts, meant.contacts, "{:?} {}", mode, user.address);
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
