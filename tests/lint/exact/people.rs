//! Tiny organisations: one or two owners with a handful of entries, made so that something is wrong with most of them.

use crate::oracle::world::{
    Cardinality, Category, Class, Condition, Container, Denial, Entry, Field, Group, Guard, Manifest, ManifestRule,
    Membership, Name, Named, Network, Parameter, Place, Policy, Publications, Reading, Relation, Remedy, Role, Scope,
    ScopeKind, Shows, Site, Subject, User, Value, ValueType, World,
};
use crate::readers::Random;

pub(super) const PEOPLE: [&str; 6] = [
    "anna@contoso.com",
    "bob@contoso.com",
    "kim@fabrikam.com",
    "lee@west.fabrikam.com",
    "joe@live.com",
    "mia@emea.contoso.com",
];
const DOMAINS: [&str; 5] = ["fabrikam.com", "west.fabrikam.com", "contoso.com", "live.com", "emea.contoso.com"];
const NETWORKS: [Network; 3] = [Network::SameEnterprise, Network::Federated, Network::PublicCloud];

fn name(name: &str) -> Name {
    name.to_owned()
}

pub(super) fn roll(dice: &mut Random) -> World {
    let mut world = World {
        per_viewer: dice.chance(7),
        by_suffix: dice.chance(50),
        domains: vec![name("contoso.com"), name("emea.contoso.com")],
        partners: vec![name("fabrikam.com"), name("west.fabrikam.com")],
        public_cloud: vec![name("live.com")],
        open: dice.chance(20),
        blocked: if dice.chance(20) { vec![name("spam.example")] } else { Vec::new() },
        sites: vec![Site { name: name("Oslo"), pools: Vec::new() }],
        ..World::default()
    };
    if dice.chance(40) {
        let of = |name: &str| Field { name: name.to_owned(), ..Field::default() };
        world.categories.push(Category { name: name("note"), fields: vec![of("personal")] });
    }
    let mood = Field { name: name("mood"), values: vec![name("calm"), name("cross")], added: false };
    let place = Field { name: name("place"), values: Vec::new(), added: dice.chance(30) };
    let spare = Field { name: name("spare"), values: Vec::new(), added: true };
    world.categories.push(Category { name: name("state"), fields: vec![mood, place, spare] });
    world.attributes.push(Parameter { name: name("closed"), kind: ValueType::Bool, default: Value::Bool(false) });
    if dice.chance(30) {
        world.groups.push(Group {
            name: name("staff"),
            people: vec![name("bob@contoso.com"), name("kim@fabrikam.com")],
            groups: Vec::new(),
        });
    }
    settings(&mut world, dice);
    containers(&mut world, dice);
    manifests(&mut world, dice);
    users(&mut world, dice);
    if dice.chance(20) {
        let grants = vec![(container(&world, dice), vec![entry(&world, dice, true)])];
        world.memberships.push(Membership { label: name("granted"), when: None, grants });
    }
    guards(&mut world, dice);
    world
}

fn containers(world: &mut World, dice: &mut Random) {
    let mut id = 0;
    let count = 3 + dice.below(3);
    let blocks = if dice.chance(50) { count - 1 } else { 1 + dice.below(count - 1) };
    for (at, of) in ["zero", "low", "mid", "high", "top"][..count].iter().enumerate() {
        let blocking = at == blocks;
        let visible = at > 0 && (dice.chance(80) || blocking && dice.chance(80));
        let own = publications(world, dice);
        world.containers.push(Container { name: name(of), id, visible, blocking, own, extended: Vec::new() });
        id += 1 + dice.below(3) as u32;
    }
}

fn publications(world: &World, dice: &mut Random) -> Publications {
    let mut part = Publications::default();
    for category in &world.categories {
        let named = |fields: Option<Vec<Name>>| Named { category: category.name.clone(), fields };
        // Nobody publishes what is spare.
        let fields = category.fields.iter().map(|field| field.name.clone()).filter(|field| field != "spare");
        let fields: Vec<Name> = fields.collect();
        match dice.below(10) {
            0..=2 => part.publishes.push(named(None)),
            3 | 4 => part.publishes.push(named(Some(vec![dice.one(&fields).clone()]))),
            5 | 6 => part.masks.push(category.name.clone()),
            _ => {}
        }
        let publishes = part.publishes.iter().any(|it| it.category == category.name);
        if publishes && dice.chance(10) {
            part.withholds.push(named(Some(vec![dice.one(&fields).clone()])));
        }
        if publishes && category.name == "state" && dice.chance(20) {
            let when = dice.chance(50).then(|| closed(Role::Owner));
            let (category, field) = (name("state"), name("mood"));
            part.shows.push(Shows { category, field, value: Value::Word(name("calm")), when });
        }
    }
    part
}

fn closed(role: Role) -> Condition {
    Condition::Holds(Reading::Attribute(role, name("closed")))
}

fn container(world: &World, dice: &mut Random) -> Name {
    dice.one(&world.containers[1..]).name.clone()
}

fn entry(world: &World, dice: &mut Random, with_groups: bool) -> Entry {
    match dice.below(13) {
        0..=5 => Entry::User(name(dice.one::<&str>(&PEOPLE))),
        6..=8 => Entry::Domain(name(dice.one::<&str>(&DOMAINS))),
        9 if with_groups && !world.groups.is_empty() => Entry::Group(name("staff")),
        9 => Entry::Network(*dice.one(&NETWORKS)),
        10 => Entry::Authenticated,
        _ => Entry::Everyone,
    }
}

/// An entry more, unless it is there.
fn put(all: &mut Vec<(Name, Vec<Entry>)>, container: Name, entry: Entry) {
    match all.iter_mut().find(|(name, _)| *name == container) {
        Some((_, entries)) if entries.contains(&entry) => {}
        Some((_, entries)) => entries.push(entry),
        None => all.push((container, vec![entry])),
    }
}

fn users(world: &mut World, dice: &mut Random) {
    for address in &PEOPLE[..1 + usize::from(dice.chance(65))] {
        let mut entries = Vec::new();
        for _ in 0..dice.below(5) {
            put(&mut entries, container(world, dice), entry(world, dice, true));
        }
        let some = |dice: &mut Random, percent: usize| {
            PEOPLE.iter().filter(|_| dice.chance(percent)).map(|person| name(person)).collect::<Vec<_>>()
        };
        let (mut contacts, mut delegates) = (some(dice, 20), some(dice, 8));
        let user = |person: &str| Entry::User(name(person));
        let blocking = || world.containers.iter().find(|of| of.blocking).expect("one blocks").name.clone();
        // What goes wrong most rarely by itself.
        let others: Vec<&Name> = world.containers[1..].iter().filter(|of| !of.blocking).map(|of| &of.name).collect();
        let (lowest, highest) = (others[0], others[others.len() - 1]);
        let twice = |entries: &mut Vec<(Name, Vec<Entry>)>, entry: Entry| {
            put(entries, lowest.clone(), entry.clone());
            put(entries, highest.clone(), entry);
        };
        if dice.chance(75) {
            delegates.push(name("kim@fabrikam.com"));
            twice(&mut entries, user("kim@fabrikam.com"));
        }
        if dice.chance(80) {
            contacts.push(name("joe@live.com"));
        }
        if dice.chance(60) {
            put(&mut entries, highest.clone(), user("mia@emea.contoso.com"));
        }
        if dice.chance(70) {
            contacts.push(name("lee@west.fabrikam.com"));
            twice(&mut entries, user("lee@west.fabrikam.com"));
            put(&mut entries, blocking(), Entry::Domain(name("west.fabrikam.com")));
        }
        if dice.chance(75) {
            twice(&mut entries, Entry::Domain(name("live.com")));
        }
        if dice.chance(20) {
            let again = entries.first().map(|(_, entries)| entries[0].clone());
            again.into_iter().for_each(|again| put(&mut entries, blocking(), again));
        }
        for list in [&mut contacts, &mut delegates] {
            list.sort();
            list.dedup();
        }
        let mode = dice.chance(50).then(|| dice.one(&world.manifests).clone()).map(|manifest| manifest.name);
        world.users.push(User {
            address: name(address),
            site: dice.chance(60).then(|| name("Oslo")),
            granted: if dice.chance(40) { vec![(name("Policy"), name("Gold"))] } else { Vec::new() },
            attributes: vec![(name("closed"), Value::Bool(dice.chance(85)))],
            contacts: Some(contacts),
            delegates: Some(delegates),
            memberships: Some(entries),
            mode,
            ..User::default()
        });
    }
}

/// A class of settings that nothing reads, with a policy at each scope or not.
fn settings(world: &mut World, dice: &mut Random) {
    let bool = |name: &str, default: bool| Parameter {
        name: name.to_owned(),
        kind: ValueType::Bool,
        default: Value::Bool(default),
    };
    world.settings.push(Class {
        name: name("Policy"),
        scopes: vec![ScopeKind::Global, ScopeKind::Site, ScopeKind::Tag],
        parameters: vec![bool("On", false), bool("Loud", true)],
    });
    let scope = |kind: ScopeKind, of: &str| Scope { kind, name: of.to_owned() };
    let scopes = [scope(ScopeKind::Global, ""), scope(ScopeKind::Site, "Oslo"), scope(ScopeKind::Tag, "Gold")];
    for (at, scope) in scopes.iter().enumerate() {
        // The tag has to be there: people are granted it.
        if scope.kind != ScopeKind::Tag && !dice.chance(88) {
            continue;
        }
        let there = world.policies.iter().map(|policy| policy.scope.clone()).collect::<Vec<_>>();
        let like = (at > 0 && dice.chance(20) && !there.is_empty()).then(|| dice.one(&there).clone());
        let values = ["On", "Loud"].into_iter().filter(|_| dice.chance(50)).collect::<Vec<_>>();
        let values = values.into_iter().map(|of| (name(of), Value::Bool(dice.chance(50)))).collect();
        world.policies.push(Policy { class: name("Policy"), scope: scope.clone(), like, values });
    }
}

fn manifests(world: &mut World, dice: &mut Random) {
    if dice.chance(95) {
        let manifest = *dice.one(&["private", "quiet"]);
        let rules = rules(world, dice);
        world.manifests.push(Manifest {
            name: name(manifest),
            before: Vec::new(),
            when: Some(closed(Role::Owner)),
            rules,
        });
    }
    let rules = rules(world, dice);
    world.manifests.push(Manifest { name: name("standard"), before: Vec::new(), when: None, rules });
}

fn rules(world: &World, dice: &mut Random) -> Vec<ManifestRule> {
    let mut rules = Vec::new();
    let people = [Subject::Delegate, Subject::Contact, Subject::Stranger];
    let many = [Subject::Domain, Subject::Authenticated, Subject::Everyone];
    for subject in people.into_iter().chain(many).chain(NETWORKS.map(Subject::Network)) {
        let usual = match subject {
            Subject::Delegate | Subject::Contact => (80, Place::Visible, Some(Cardinality::ExactlyOne), Remedy::Move),
            Subject::Stranger => (75, Place::Blocking, None, Remedy::MakeContact),
            Subject::Domain => (25, Place::Blocking, None, Remedy::Remove),
            _ => (50, Place::Blocking, None, Remedy::Remove),
        };
        let (percent, place, cardinality, remedy) = usual;
        match dice.chance(percent) {
            true => {
                let is_at = |it: &&Container| it.id > 0 && crate::oracle::evaluate::is_at(it, &place);
                let allowed: Vec<Name> = world.containers.iter().filter(is_at).map(|of| of.name.clone()).collect();
                if allowed.is_empty() {
                    continue;
                }
                let default = if dice.chance(60) { allowed[0].clone() } else { dice.one(&allowed).clone() };
                let default = (remedy == Remedy::Move).then_some(default);
                let (subjects, places) = (vec![subject], vec![place]);
                let remedy = Some(remedy);
                rules.push(ManifestRule { subjects, from: Vec::new(), places, cardinality, default, remedy });
            }
            false if dice.chance(50) => rules.extend(rule(world, dice, subject)),
            false => {}
        }
    }
    rules
}

fn rule(world: &World, dice: &mut Random, subject: Subject) -> Option<ManifestRule> {
    let places = match dice.below(4) {
        0 | 1 => vec![Place::Visible],
        2 => vec![Place::Blocking],
        _ => vec![Place::Container(container(world, dice))],
    };
    let is_at = |container: &&Container| places.iter().any(|place| crate::oracle::evaluate::is_at(container, place));
    let allowed: Vec<Name> = world.containers[1..].iter().filter(is_at).map(|of| of.name.clone()).collect();
    if allowed.is_empty() {
        return None;
    }
    let cardinality = *dice.one(&[None, Some(Cardinality::AtMostOne), Some(Cardinality::ExactlyOne)]);
    let remedy = match (dice.below(4), subject) {
        (0, _) => None,
        (1, _) => Some(Remedy::Remove),
        (2, Subject::Stranger) => Some(Remedy::MakeContact),
        _ => Some(Remedy::Move),
    };
    let needed = cardinality == Some(Cardinality::ExactlyOne) || remedy == Some(Remedy::Move);
    let default = needed.then(|| dice.one(&allowed).clone());
    Some(ManifestRule { subjects: vec![subject], from: Vec::new(), places, cardinality, default, remedy })
}

fn guards(world: &mut World, dice: &mut Random) {
    if dice.chance(45) {
        let denials = vec![Denial { label: name("never"), when: Some(closed(Role::Viewer)), unless: None }];
        world.guards.push(Guard { targets: vec![(name("state"), Some(name("spare")))], denials });
    }
    for category in &world.categories {
        if !dice.chance(35) {
            continue;
        }
        let field = dice.chance(70).then(|| category.fields[0].name.clone());
        let negated = dice.chance(50);
        let when = match dice.below(4) {
            0 => Condition::Is { negated, relation: Relation::Contact },
            1 => Condition::InContainer { negated, place: Place::Container(container(world, dice)) },
            2 => Condition::Compare(
                Reading::Network,
                crate::oracle::world::Comparison::Equal,
                Value::Word(name("federated")),
            ),
            _ => closed(Role::Viewer),
        };
        let denials = vec![Denial { label: name("no"), when: Some(when), unless: None }];
        world.guards.push(Guard { targets: vec![(category.name.clone(), field)], denials });
    }
}
