//! Laws of settling and of resolution that the oracle itself keeps, and that writing keeps.

use proptest::prelude::*;

use super::evaluate::{Mode, Standing, container, decide_on, holds, known_people, standing};
use super::generate::worlds;
use super::generate_policy::renumbered;
use super::settle::{in_force, recorded};
use super::world::*;
use super::write::{Layout, sources};
use crate::tries::config;

/// The world after `migrate`: what is in force stands in the directory, and no policy adds to it.
pub fn settled(world: &World) -> World {
    let mut settled = world.clone();
    settled.memberships.clear();
    for user in &mut settled.users {
        let Standing { entries, contacts, .. } = in_force(world, &user.address);
        let entries_of = |container: &Container| -> Vec<Entry> {
            entries.iter().filter(|(name, _)| *name == container.name).map(|(_, entry)| entry.clone()).collect()
        };
        let recorded = world.containers.iter().map(|container| (container.name.clone(), entries_of(container)));
        user.memberships = Some(recorded.filter(|(_, entries)| !entries.is_empty()).collect());
        user.contacts = Some(contacts.into_iter().collect());
    }
    settled
}

/// Every person and class there is to ask about.
pub fn viewers(world: &World) -> Vec<Viewer> {
    let known = known_people(world).into_iter().map(Viewer::Person);
    known.chain(super::evaluate::representatives(world).into_values()).collect()
}

/// Every category and field.
pub fn fields(world: &World) -> Vec<(Name, Name)> {
    let of = |category: &Category| -> Vec<(Name, Name)> {
        category.fields.iter().map(|field| (category.name.clone(), field.name.clone())).collect()
    };
    world.categories.iter().flat_map(of).collect()
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn settling_what_is_settled_changes_nothing(world in worlds()) {
        let again = settled(&world);
        for user in &world.users {
            let owner = &user.address;
            prop_assert_eq!(&recorded(&again, owner), &in_force(&world, owner).entries);
            prop_assert_eq!(in_force(&again, owner), in_force(&world, owner), "{}", owner);
        }
    }

    #[test]
    fn whoever_is_recorded_as_blocked_is_answered_by_a_blocking_container(world in worlds()) {
        for user in &world.users {
            let owner = &user.address;
            let before = recorded(&world, owner);
            let after = in_force(&world, owner);
            for person in known_people(&world).iter().filter(|person| *person != owner) {
                let entry = Entry::User(person.clone());
                let blocking: Vec<&Container> = before
                    .iter()
                    .filter(|(_, recorded)| *recorded == entry)
                    .map(|(name, _)| container(&world, name))
                    .filter(|container| container.blocking)
                    .collect();
                for (category, field) in fields(&world) {
                    if blocking.is_empty() || !blocking.iter().all(|container| holds(container, &category)) {
                        continue;
                    }
                    let viewer = Viewer::Person(person.clone());
                    let (_, answering) = decide_on(&world, &after, &viewer, owner, &category, &field);
                    let highest = blocking.iter().max_by_key(|container| container.id).map(|c| c.name.clone());
                    prop_assert_eq!(answering, highest, "{} {} {}", person, owner, category);
                }
            }
        }
    }

    #[test]
    fn only_the_order_of_the_ids_counts(world in worlds(), gaps in proptest::collection::vec(any::<u8>(), 0..8)) {
        let other = renumbered(&world, &gaps);
        for user in &world.users {
            for mode in [Mode::InForce, Mode::Recorded] {
                let (here, there) = (standing(&world, mode, &user.address), standing(&other, mode, &user.address));
                prop_assert_eq!(&here, &there);
                for viewer in viewers(&world) {
                    for (category, field) in fields(&world) {
                        let ask = |world, standing| decide_on(world, standing, &viewer, &user.address, &category, &field);
                        prop_assert_eq!(ask(&world, &here), ask(&other, &there));
                    }
                }
            }
        }
    }

    #[test]
    fn a_layout_loses_and_adds_no_declaration(world in worlds(), seed in any::<u64>(), files in 1_usize..4) {
        let lines = |layout| {
            let policies = sources(&world, layout).policies.into_iter();
            let mut lines: Vec<String> =
                policies.flat_map(|(_, text)| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
            lines.retain(|line| !line.is_empty());
            lines.sort();
            lines
        };
        prop_assert_eq!(lines(Layout { files, seed }), lines(Layout::default()));
    }
}
