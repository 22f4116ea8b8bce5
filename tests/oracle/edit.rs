//! Small edits of a world, as somebody makes who changes a policy or a directory.

use prescope::project::Project;

use super::tape::Tape;
use super::world::*;
use super::write::{Layout, sources};

/// The world with one to four edits; what they need beyond it is another world's. An edit that makes a set with errors
/// is not made.
pub fn edited(world: &World, other: &World, tape: &mut Tape<'_>) -> World {
    let mut edited = world.clone();
    for _ in 0..tape.between(1, 4) {
        let mut next = edited.clone();
        edit(&mut next, other, tape);
        if is_sound(&next) {
            edited = next;
        }
    }
    edited
}

fn is_sound(world: &World) -> bool {
    let files = sources(world, Layout::default());
    !Project::builder().policies(files.policies).directories(files.directories).build().has_errors()
}

fn edit(world: &mut World, other: &World, tape: &mut Tape<'_>) {
    match tape.below(5) {
        0 => organisation(world, other, tape),
        1 => somebody(world, other, tape),
        2 => presence(world, other, tape),
        3 => settled(world, other, tape),
        _ => settings(world, other, tape),
    }
}

/// Takes one away, or brings one that another has.
fn take_or_bring<T: Clone>(all: &mut Vec<T>, others: &[T], tape: &mut Tape<'_>) {
    let at = tape.below(all.len().max(others.len()).max(1));
    if at < all.len() && tape.chance(60) {
        all.remove(at);
    } else if at < others.len() {
        all.push(others[at].clone());
    }
}

fn organisation(world: &mut World, other: &World, tape: &mut Tape<'_>) {
    match tape.below(8) {
        0 => world.open = !world.open,
        1 => world.by_suffix = !world.by_suffix,
        2 => world.per_viewer = !world.per_viewer,
        3 => world.partners.clone_from(&other.partners),
        4 => world.public_cloud.clone_from(&other.public_cloud),
        5 => world.blocked.clone_from(&other.blocked),
        6 => take_or_bring(&mut world.groups, &other.groups, tape),
        _ => {
            let (all, others) = (&mut world.groups, &other.groups);
            if let (Some(group), Some(other)) = (all.first_mut(), others.first()) {
                take_or_bring(&mut group.people, &other.people, tape);
            }
        }
    }
}

fn somebody(world: &mut World, other: &World, tape: &mut Tape<'_>) {
    if tape.chance(15) {
        take_or_bring(&mut world.users, &other.users, tape);
    }
    if world.users.is_empty() {
        return world.users.clone_from(&other.users);
    }
    let at = tape.below(world.users.len());
    let (user, like) = (&mut world.users[at], other.users[at % other.users.len()].clone());
    match tape.below(9) {
        0 => (user.pool, user.site) = (like.pool, like.site),
        1 => user.network_site = like.network_site,
        2 => take_or_bring(&mut user.granted, &like.granted, tape),
        3 => take_or_bring(&mut user.attributes, &like.attributes, tape),
        4 => user.contacts = like.contacts,
        5 => user.delegates = like.delegates,
        6 => user.memberships = like.memberships,
        7 => take_or_bring(&mut user.presence, &like.presence, tape),
        _ => {
            if let Some((_, entries)) = user.memberships.iter_mut().flatten().next() {
                entries.pop();
            }
        }
    }
}

fn presence(world: &mut World, other: &World, tape: &mut Tape<'_>) {
    let at = tape.below(world.containers.len());
    match tape.below(7) {
        0 => {
            let category = tape.below(world.categories.len());
            world.categories[category].fields.pop();
        }
        1 => {
            let category = tape.below(world.categories.len());
            let like = other.categories[category % other.categories.len()].fields.clone();
            take_or_bring(&mut world.categories[category].fields, &like, tape);
        }
        2 => world.containers[at].visible = !world.containers[at].visible,
        3 => world.containers[at].blocking = !world.containers[at].blocking,
        4 => world.containers[at].own.publishes = other.containers[at % other.containers.len()].own.publishes.clone(),
        5 => world.containers[at].own.shows = other.containers[at % other.containers.len()].own.shows.clone(),
        _ => take_or_bring(&mut world.containers[at].extended, &other.containers[0].extended, tape),
    }
}

fn settled(world: &mut World, other: &World, tape: &mut Tape<'_>) {
    let at = tape.below(world.manifests.len());
    match tape.below(6) {
        0 => take_or_bring(&mut world.memberships, &other.memberships, tape),
        1 => {
            if let (Some(one), Some(like)) = (world.memberships.first_mut(), other.memberships.first()) {
                one.when.clone_from(&like.when);
            }
        }
        2 => {
            let like = &other.manifests[at % other.manifests.len()].rules;
            take_or_bring(&mut world.manifests[at].rules, like, tape);
        }
        3 => world.manifests[at].rules.reverse(),
        4 if world.manifests.len() > 2 => {
            // The first two change places.
            let [first, second, ..] = world.manifests.as_mut_slice() else { return };
            std::mem::swap(first, second);
            first.before = vec![second.name.clone()];
            second.before.retain(|name| *name != first.name);
            let third = world.manifests[2].clone();
            world.manifests[1].before.extend(third.when.is_some().then_some(third.name));
        }
        _ => take_or_bring(&mut world.guards, &other.guards, tape),
    }
}

fn settings(world: &mut World, other: &World, tape: &mut Tape<'_>) {
    let at = tape.below(world.policies.len().max(1));
    match tape.below(6) {
        0 => take_or_bring(&mut world.policies, &other.policies, tape),
        1 if at < world.policies.len() => _ = world.policies[at].values.pop(),
        2 if at < world.policies.len() => world.policies[at].like = None,
        3 => {
            let class = tape.below(world.settings.len());
            world.settings[class].scopes.reverse();
        }
        4 => {
            if let Some(Value::Bool(truth)) = world.attributes.first_mut().map(|it| &mut it.default) {
                *truth = !*truth;
            }
        }
        _ => {
            for guard in world.guards.iter_mut().take(1) {
                for denial in &mut guard.denials {
                    std::mem::swap(&mut denial.when, &mut denial.unless);
                }
            }
        }
    }
}
