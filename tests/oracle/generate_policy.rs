//! The policy half of a generated world: containers, manifests, memberships, guards and their conditions.

use super::generate::{NETWORKS, entry, names, value};
use super::tape::Tape;
use super::world::*;

pub fn containers(world: &mut World, tape: &mut Tape<'_>) {
    let levels = names(&["unlisted", "external", "colleagues", "workgroup", "friends", "hidden"]);
    let count = tape.between(3, levels.len());
    let mut id = 0;
    for (n, name) in levels[..count].iter().enumerate() {
        let mut container = Container { name: name.clone(), id, ..Container::default() };
        // Somebody always blocks and is visible, but not always the one with the highest id.
        container.blocking = n == count - 1 || n > 0 && tape.chance(20);
        container.visible = n == 1 || n > 0 && tape.chance(75);
        container.own = publications(world, tape, false);
        if tape.chance(30) {
            container.extended.push(publications(world, tape, true));
        }
        settle_withholdings(&mut container);
        world.containers.push(container);
        id += 1 + tape.below(200) as u32;
    }
}

fn publications(world: &World, tape: &mut Tape<'_>, extending: bool) -> Publications {
    let mut part = Publications::default();
    for category in &world.categories {
        let fields: Vec<Name> = category.fields.iter().map(|field| field.name.clone()).collect();
        let named = |fields| Named { category: category.name.clone(), fields };
        match tape.below(8) {
            0..=2 => part.publishes.push(named(None)),
            3 | 4 => part.publishes.push(named(Some(tape.at_least_one(&fields, 50)))),
            5 if !extending => part.masks.push(category.name.clone()),
            _ => {}
        }
        if tape.chance(25) {
            part.withholds.push(named(Some(tape.at_least_one(&fields, 30))));
        }
        // `shows` only in declarations, where their order is the order of the lines, and only of fields that list their
        // values: the others are opaque.
        let typed: Vec<&Field> = category.fields.iter().filter(|field| !field.values.is_empty()).collect();
        let silent = extending || part.masks.contains(&category.name) || typed.is_empty();
        for _ in 0..if silent { 0 } else { tape.below(7) / 3 } {
            let field = tape.pick(&typed).clone();
            let kind = ValueType::Words(field.values.clone());
            let when = tape.maybe(60, |tape| condition(world, tape, Asking::Owner, 1));
            let (category, field) = (category.name.clone(), field.name);
            part.shows.push(Shows { category, field, value: value(tape, &kind), when });
        }
    }
    part
}

/// Withholds only from categories that the container publishes somewhere.
fn settle_withholdings(container: &mut Container) {
    let parts = || std::iter::once(&container.own).chain(&container.extended);
    let published: Vec<Name> = parts().flat_map(|part| &part.publishes).map(|named| named.category.clone()).collect();
    for part in std::iter::once(&mut container.own).chain(&mut container.extended) {
        part.withholds.retain(|named| published.contains(&named.category));
    }
    container.extended.retain(|part| *part != Publications::default());
}

pub fn memberships(world: &mut World, tape: &mut Tape<'_>) {
    let containers: Vec<Name> = world.containers[1..].iter().map(|container| container.name.clone()).collect();
    for n in 0..tape.below(3) {
        let when = tape.maybe(70, |tape| condition(world, tape, Asking::Owner, 2));
        let mut grants: Vec<(Name, Vec<Entry>)> = Vec::new();
        for container in tape.at_least_one(&containers, 30) {
            let mut entries = vec![entry(world, tape)];
            let second = entry(world, tape);
            if !entries.contains(&second) && tape.chance(50) {
                entries.push(second);
            }
            grants.push((container, entries));
        }
        world.memberships.push(Membership { label: format!("rule {n}"), when, grants });
    }
}

pub fn manifests(world: &mut World, tape: &mut Tape<'_>) {
    let conditional = tape.below(4);
    let all = &names(&["reception", "private", "careful", "standard"])[3 - conditional..];
    for (n, name) in all.iter().enumerate() {
        let last = n == all.len() - 1;
        let when = (!last).then(|| condition(world, tape, Asking::Owner, 2));
        // The next one with a condition is always said, others sometimes.
        let mut before: Vec<Name> = Vec::new();
        if n + 1 < all.len() {
            before.extend((n + 2 < all.len()).then(|| all[n + 1].clone()));
            before.extend(tape.some(&all[(n + 2).min(all.len() - 1)..all.len() - 1], 30));
        }
        let rules = manifest_rules(world, tape);
        world.manifests.push(Manifest { name: name.clone(), before, when, rules });
    }
}

fn manifest_rules(world: &World, tape: &mut Tape<'_>) -> Vec<ManifestRule> {
    let mut rules = Vec::new();
    // No two rules for one subject and one network.
    for subject in [Subject::Delegate, Subject::Contact, Subject::Stranger] {
        match tape.below(5) {
            0 => {}
            1 | 2 => rules.push(manifest_rule(world, tape, vec![subject], Vec::new())),
            _ => {
                let mut left = NETWORKS.to_vec();
                for _ in 0..tape.between(1, 2) {
                    let from = tape.at_least_one(&left, 40);
                    left.retain(|network| !from.contains(network));
                    rules.push(manifest_rule(world, tape, vec![subject], from));
                    if left.is_empty() {
                        break;
                    }
                }
            }
        }
    }
    let mut together = Vec::new();
    let types =
        NETWORKS.map(Subject::Network).into_iter().chain([Subject::Domain, Subject::Authenticated, Subject::Everyone]);
    for subject in types {
        match tape.below(3) {
            0 => {}
            1 => rules.push(manifest_rule(world, tape, vec![subject], Vec::new())),
            _ => together.push(subject),
        }
    }
    if !together.is_empty() {
        rules.push(manifest_rule(world, tape, together, Vec::new()));
    }
    rules
}

/// Rules about domains that are told apart by their networks, instead of one for all, in some manifests.
pub fn domains_by_network(world: &mut World, tape: &mut Tape<'_>) {
    for index in 0..world.manifests.len() {
        let is_about = |rule: &ManifestRule| rule.subjects.contains(&Subject::Domain);
        if !tape.chance(40) || !world.manifests[index].rules.iter().any(is_about) {
            continue;
        }
        let mut left = vec![Network::SameEnterprise, Network::Federated, Network::PublicCloud, Network::Other];
        let mut rules = Vec::new();
        for _ in 0..tape.between(1, 2) {
            let from = tape.at_least_one(&left, 40);
            left.retain(|network| !from.contains(network));
            let mut rule = manifest_rule(world, tape, vec![Subject::Domain], from);
            if rule.default.is_some() && tape.chance(50) {
                (rule.cardinality, rule.remedy) = (Some(Cardinality::ExactlyOne), Some(Remedy::Remove));
            }
            rules.push(rule);
            if left.is_empty() {
                break;
            }
        }
        let manifest = &mut world.manifests[index];
        manifest.rules.iter_mut().for_each(|rule| rule.subjects.retain(|subject| *subject != Subject::Domain));
        manifest.rules.retain(|rule| !rule.subjects.is_empty());
        manifest.rules.extend(rules);
    }
}

fn manifest_rule(world: &World, tape: &mut Tape<'_>, subjects: Vec<Subject>, from: Vec<Network>) -> ManifestRule {
    let candidates: Vec<&Container> = world.containers.iter().filter(|container| container.id != 0).collect();
    let place = |tape: &mut Tape<'_>| match tape.below(4) {
        0 | 1 => Place::Visible,
        2 => Place::Blocking,
        _ => Place::Container(tape.pick(&candidates).name.clone()),
    };
    let mut places = vec![place(tape)];
    if tape.chance(30) {
        let second = place(tape);
        if !places.contains(&second) {
            places.push(second);
        }
    }
    let allowed: Vec<Name> = candidates
        .iter()
        .filter(|container| places.iter().any(|place| super::evaluate::is_at(container, place)))
        .map(|container| container.name.clone())
        .collect();
    let cardinality = match tape.below(3) {
        0 => None,
        1 => Some(Cardinality::AtMostOne),
        _ => Some(Cardinality::ExactlyOne),
    };
    let strangers = subjects == [Subject::Stranger];
    let remedy = match tape.below(4) {
        0 => None,
        1 => Some(Remedy::Remove),
        2 if strangers => Some(Remedy::MakeContact),
        _ => Some(Remedy::Move),
    };
    // `exactly one` and `move` say where to.
    let needed = cardinality == Some(Cardinality::ExactlyOne) || remedy == Some(Remedy::Move);
    let default = needed.then(|| tape.pick(&allowed));
    ManifestRule { subjects, from, places, cardinality, default, remedy }
}

pub fn guards(world: &mut World, tape: &mut Tape<'_>) {
    let mut targets: Vec<(Name, Option<Name>)> = Vec::new();
    for category in &world.categories {
        targets.push((category.name.clone(), None));
        targets.extend(category.fields.iter().map(|field| (category.name.clone(), Some(field.name.clone()))));
    }
    // Every target in at most one guard.
    for _ in 0..tape.below(4) {
        let chosen = tape.at_least_one(&targets, 15);
        targets.retain(|target| !chosen.contains(target));
        let count = tape.between(1, 2);
        let denials = (0..count)
            .map(|n| {
                let way = tape.below(4);
                let mut asked = |wanted: bool| wanted.then(|| condition(world, tape, Asking::Both, 2));
                let (when, unless) = (asked(way != 2), asked(way >= 2));
                Denial { label: format!("reason {n}"), when, unless }
            })
            .collect();
        world.guards.push(Guard { targets: chosen, denials });
        if targets.is_empty() {
            break;
        }
    }
}

/// What a condition may read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// The owner alone: manifests, memberships, `shows`.
    Owner,
    /// Viewer and owner: guards.
    Both,
}

pub fn condition(world: &World, tape: &mut Tape<'_>, asking: Asking, depth: usize) -> Condition {
    let part = |tape: &mut Tape<'_>| condition(world, tape, asking, depth - 1);
    match if depth == 0 { 0 } else { tape.below(8) } {
        5 => Condition::Not(Box::new(part(tape))),
        6 => Condition::And(vec![part(tape), part(tape)]),
        7 => Condition::Or(vec![part(tape), part(tape)]),
        _ => simple(world, tape, asking),
    }
}

fn simple(world: &World, tape: &mut Tape<'_>, asking: Asking) -> Condition {
    let negated = tape.chance(30);
    let role = if asking == Asking::Both && tape.chance(50) { Role::Viewer } else { Role::Owner };
    let containers: Vec<Name> = world.containers.iter().map(|container| container.name.clone()).collect();
    let comparison = if negated { Comparison::NotEqual } else { Comparison::Equal };
    match tape.below(if asking == Asking::Both { 16 } else { 7 }) {
        0 | 1 => {
            let attribute = tape.pick(&world.attributes);
            compare(tape, Reading::Attribute(role, attribute.name), &attribute.kind)
        }
        2 | 3 => {
            let class = tape.pick(&world.settings);
            let parameter = tape.pick(&class.parameters);
            let (class, by_class) = (class.name, tape.chance(40));
            let reading = Reading::Setting { role, class, parameter: parameter.name, by_class };
            compare(tape, reading, &parameter.kind)
        }
        4 => {
            let state = &world.categories[0];
            let field = &state.fields[0];
            let reading = Reading::Presence(state.name.clone(), field.name.clone());
            compare(tape, reading, &ValueType::Words(field.values.clone()))
        }
        5 | 13 | 14 => match world.groups.is_empty() {
            true => Condition::Constant(negated),
            false => Condition::InGroup { role, negated, group: tape.pick(&world.groups).name },
        },
        6 => Condition::Compare(Reading::Site(role), comparison, Value::Word(tape.pick(&world.sites).name)),
        7 => {
            let networks = names(&["federated", "same_enterprise", "public_cloud", "other"]);
            compare(tape, Reading::Network, &ValueType::Words(networks))
        }
        8 => Condition::Holds(Reading::Inside),
        9 => Condition::InContainer { negated, place: Place::Container(tape.pick(&containers)) },
        10 => Condition::InContainer { negated, place: tape.pick(&[Place::Blocking, Place::Visible]) },
        11 => Condition::Is { negated, relation: tape.pick(&[Relation::Contact, Relation::Delegate]) },
        12 => {
            let attribute = tape.pick(&world.attributes);
            let [left, right] =
                [Role::Viewer, Role::Owner].map(|role| Reading::Attribute(role, attribute.name.clone()));
            Condition::CompareReadings(left, comparison, right)
        }
        _ => {
            let mode = Value::Word(tape.pick(&world.manifests).name);
            Condition::Compare(Reading::Mode, comparison, mode)
        }
    }
}

fn compare(tape: &mut Tape<'_>, reading: Reading, kind: &ValueType) -> Condition {
    use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
    let literal = value(tape, kind);
    match kind {
        ValueType::Bool if tape.chance(80) => Condition::Holds(reading),
        ValueType::Integer(..) => {
            Condition::Compare(reading, tape.pick(&[Less, AtMost, Greater, AtLeast, Equal, NotEqual]), literal)
        }
        ValueType::Words(words) if tape.chance(40) => {
            let negated = tape.chance(40);
            let values = tape.at_least_one(words, 50).into_iter().map(Value::Word).collect();
            Condition::OneOf { reading, negated, values }
        }
        _ => Condition::Compare(reading, tape.pick(&[Equal, NotEqual]), literal),
    }
}

/// An increasing renumbering of the containers that keeps 0.
pub fn renumbered(world: &World, gaps: &[u8]) -> World {
    let mut world = world.clone();
    let mut tape = Tape::new(gaps);
    let mut next = 0;
    for container in &mut world.containers {
        container.id = next;
        next += 1 + tape.below(251) as u32 * 20;
    }
    world
}
