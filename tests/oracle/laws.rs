//! The project's evaluator against this one.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::evaluate::{Answer, Decision, Mode, Who, container, decide_on, holds, standing, who};
use super::generate::worlds;
use super::generate_policy::renumbered;
use super::settle::recorded;
use super::settling::{fields, settled, unsettling, viewers};
use super::subject::Subject;
use super::world::*;
use super::write::{Layout, in_one, sources};

const MODES: [Mode; 2] = [Mode::InForce, Mode::Recorded];

type Question = (bool, Viewer, Name, Name, Name);

/// Words and texts look alike from outside.
fn plain(answer: Answer) -> Answer {
    match answer {
        Answer::Altered(Value::Word(word)) => Answer::Altered(Value::Text(word)),
        other => other,
    }
}

/// Every question about everybody the world names, answered by the project.
fn answers(subject: &Subject, world: &World, modes: &[Mode]) -> BTreeMap<Question, Decision> {
    let mut answers = BTreeMap::new();
    for mode in modes {
        for viewer in viewers(world) {
            for user in &world.users {
                for (category, field) in fields(world) {
                    let decision = subject.decide(*mode, &viewer, &user.address, &category, &field);
                    let settled = *mode == Mode::InForce;
                    let question = (settled, viewer.clone(), user.address.clone(), category.clone(), field.clone());
                    answers.insert(question, decision);
                }
            }
        }
    }
    answers
}

fn read(world: &World) -> Subject {
    Subject::read(&sources(world, Layout::default()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn every_decision_is_the_one_the_language_means(world in worlds()) {
        let subject = read(&world);
        for mode in MODES {
            for user in &world.users {
                let standing = standing(&world, mode, &user.address);
                for viewer in viewers(&world) {
                    for (category, field) in fields(&world) {
                        let (answer, container) =
                            decide_on(&world, &standing, &viewer, &user.address, &category, &field);
                        let meant = (plain(answer), container);
                        let decided = subject.decide(mode, &viewer, &user.address, &category, &field);
                        prop_assert_eq!(
                            decided, meant,
                            "{:?} {:?} sees {} {}.{}\n{}", mode, viewer, user.address, category, field, in_one(&world)
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn who_sees_is_whoever_would_be_told_so_one_by_one(world in worlds()) {
        let subject = read(&world);
        for mode in MODES {
            for user in &world.users {
                for (category, field) in fields(&world) {
                    let Who { people, classes } = who(&world, mode, &user.address, &category, &field);
                    let meant = Who {
                        people: people.into_iter().map(|(person, seen)| (person, plain(seen))).collect(),
                        classes: classes.into_iter().map(|(class, seen)| (class, plain(seen))).collect(),
                    };
                    let told = subject.who(mode, &user.address, &category, &field, &meant);
                    prop_assert_eq!(
                        told, meant, "{:?} {} {}.{}\n{}", mode, user.address, category, field, in_one(&world)
                    );
                }
            }
        }
    }

    #[test]
    fn the_order_of_files_and_declarations_changes_nothing(
        world in worlds(), seed in 1_u64.., files in 1_usize..4
    ) {
        let shuffled = Subject::read(&sources(&world, Layout { files, seed }));
        prop_assert_eq!(answers(&shuffled, &world, &MODES), answers(&read(&world), &world, &MODES));
    }

    #[test]
    fn only_the_order_of_the_ids_changes_anything(
        world in worlds(), gaps in proptest::collection::vec(any::<u8>(), 0..8)
    ) {
        let other = read(&renumbered(&world, &gaps));
        prop_assert_eq!(answers(&other, &world, &MODES), answers(&read(&world), &world, &MODES));
    }

    #[test]
    fn a_directory_with_the_settled_entries_answers_as_settling_did(world in worlds()) {
        let (subject, migrated) = (read(&world), read(&settled(&world)));
        let before = answers(&subject, &world, &[Mode::InForce]);
        let after = answers(&migrated, &world, &MODES);
        for ((settled, viewer, owner, category, field), decision) in after {
            // Recorded there is what is in force here, and settling it once more changes nothing.
            if !settled || !unsettling(&world, &owner) {
                let same = &before[&(true, viewer.clone(), owner.clone(), category.clone(), field.clone())];
                prop_assert_eq!(
                    &decision, same, "{:?} sees {} {}.{}\n{}", viewer, owner, category, field, in_one(&world)
                );
            }
        }
    }

    #[test]
    fn settling_leaves_the_blocked_to_a_blocking_container(world in worlds()) {
        let subject = read(&world);
        for ((_, viewer, owner, category, _), (_, answering)) in answers(&subject, &world, &[Mode::InForce]) {
            let Viewer::Person(person) = &viewer else { continue };
            let entries = recorded(&world, &owner);
            let blocking = world.containers.iter().filter(|container| container.blocking);
            let mut masked = blocking.clone().all(|container| holds(container, &category));
            masked &= *person != owner;
            let blocked =
                blocking.clone().any(|c| entries.contains(&(c.name.clone(), Entry::User(person.clone()))));
            if masked && blocked {
                let answering = answering.expect("the blocking container holds it");
                prop_assert!(container(&world, &answering).blocking, "{person} {owner}\n{}", in_one(&world));
            }
        }
    }
}
