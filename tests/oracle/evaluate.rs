//! The naive evaluator: one viewer, one owner, one field at a time, in the words of the language.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Scene;
use super::settle::{self, Entries};
use super::world::*;

/// Which entries a question is answered on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    InForce,
    Recorded,
}

/// What holds for an owner: the entries, and who is on which list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    pub entries: Entries,
    pub contacts: BTreeSet<Name>,
    pub delegates: BTreeSet<Name>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Answer {
    Visible,
    Altered(Value),
    Hidden,
}

/// The answer, and the name of the container that gave it.
pub type Decision = (Answer, Option<Name>);

pub fn standing(world: &World, mode: Mode, owner: &str) -> Standing {
    match mode {
        Mode::InForce => settle::in_force(world, owner),
        // Not settled: nobody is made a contact either.
        Mode::Recorded => {
            let (contacts, delegates) = settle::lists(world, owner);
            Standing { entries: settle::recorded(world, owner), contacts, delegates }
        }
    }
}

pub fn container<'a>(world: &'a World, name: &str) -> &'a Container {
    world.containers.iter().find(|container| container.name == name).expect("a container of the set")
}

/// A flag names every container that has it.
pub fn is_at(container: &Container, place: &Place) -> bool {
    match place {
        Place::Visible => container.visible,
        Place::Blocking => container.blocking,
        Place::Container(name) => container.name == *name,
    }
}

fn domain(viewer: &Viewer) -> Option<&str> {
    match viewer {
        Viewer::Person(address) => address.rsplit_once('@').map(|(_, domain)| domain),
        Viewer::Anonymous => None,
    }
}

/// The first that fits, always known; networks match the domain exactly.
pub fn network(world: &World, viewer: &Viewer) -> Network {
    let Some(domain) = domain(viewer) else { return Network::Other };
    let listed = |domains: &[Name]| domains.iter().any(|listed| listed == domain);
    if listed(&world.domains) {
        Network::SameEnterprise
    } else if listed(&world.public_cloud) {
        Network::PublicCloud
    } else if listed(&world.blocked) {
        // Open federation is not for them.
        Network::Other
    } else if listed(&world.partners) || world.open {
        Network::Federated
    } else {
        Network::Other
    }
}

/// Whether an entry matches a viewer, and how long the match is (only domain entries differ in that).
pub fn covers(world: &World, entry: &Entry, viewer: &Viewer) -> Option<usize> {
    let matches = match entry {
        Entry::User(address) => *viewer == Viewer::Person(address.clone()),
        Entry::Domain(named) => domain(viewer).is_some_and(|domain| {
            // Exactly, or with `match domains by suffix` also what lies below.
            domain == named || world.by_suffix && domain.ends_with(&format!(".{named}"))
        }),
        Entry::Network(named) => network(world, viewer) == *named,
        // Whoever says who they are, of whatever network.
        Entry::Authenticated => *viewer != Viewer::Anonymous,
        // Everyone matches all, anonymous too.
        Entry::Everyone => true,
        Entry::Group(_) => false,
    };
    let length = if let Entry::Domain(named) = entry { named.len() } else { 0 };
    matches.then_some(length)
}

/// The container that answers among those given: the first entry type that matches, in it the longest domain, in
/// that the highest id.
pub fn resolve<'a>(
    world: &'a World,
    standing: &Standing,
    viewer: &Viewer,
    among: impl Fn(&Container) -> bool,
) -> Option<&'a Container> {
    let types: [fn(&Entry) -> bool; 7] = [
        |entry| matches!(entry, Entry::User(_)),
        |entry| matches!(entry, Entry::Domain(_)),
        |entry| *entry == Entry::Network(Network::SameEnterprise),
        |entry| *entry == Entry::Network(Network::Federated),
        |entry| *entry == Entry::Network(Network::PublicCloud),
        |entry| *entry == Entry::Authenticated,
        |entry| *entry == Entry::Everyone,
    ];
    for of_type in types {
        let matching = standing.entries.iter().filter(|(_, entry)| of_type(entry)).filter_map(|(name, entry)| {
            let container = container(world, name);
            let length = covers(world, entry, viewer)?;
            among(container).then_some((length, container.id, container))
        });
        // The first type that matches ends the search.
        if let Some((_, _, container)) = matching.max_by_key(|(length, id, _)| (*length, *id)) {
            return Some(container);
        }
    }
    // Nobody's entry matches: container 0, if it is one of them.
    world.containers.iter().find(|container| container.id == 0 && among(container))
}

/// The viewer's level: resolution per viewer, whatever the set says.
pub fn level<'a>(world: &'a World, standing: &Standing, viewer: &Viewer) -> Option<&'a Container> {
    resolve(world, standing, viewer, |_| true)
}

fn parts(container: &Container) -> impl Iterator<Item = &Publications> {
    std::iter::once(&container.own).chain(&container.extended)
}

/// A container holds a category if it publishes, shows or masks any of it.
pub fn holds(container: &Container, category: &str) -> bool {
    parts(container).any(|part| {
        part.publishes.iter().any(|named| named.category == category)
            || part.shows.iter().any(|shows| shows.category == category)
            || part.masks.iter().any(|masked| masked == category)
    })
}

fn names(world: &World, named: &Named, category: &str, field: &str) -> bool {
    let declared = |added: bool| {
        let category = world.categories.iter().find(|candidate| candidate.name == category);
        category.is_some_and(|category| category.fields.iter().any(|f| f.name == field && f.added == added))
    };
    named.category == category
        && match &named.fields {
            Some(fields) => fields.iter().any(|name| name == field),
            // The whole category is what its own declaration lists; fields that were added have to be named.
            None => declared(false),
        }
}

/// Whether a container publishes a field, and what it shows of it, in order.
pub fn given<'a>(world: &World, container: &'a Container, category: &str, field: &str) -> (bool, Vec<&'a Shows>) {
    // Whatever publishes it in any file, less whatever withholds it in any file.
    let withheld = parts(container).any(|part| part.withholds.iter().any(|named| names(world, named, category, field)));
    let published =
        parts(container).any(|part| part.publishes.iter().any(|named| names(world, named, category, field)));
    // Showing a withheld field has no effect.
    if withheld {
        return (false, Vec::new());
    }
    let shows = parts(container).flat_map(|part| &part.shows);
    (published, shows.filter(|shows| shows.category == category && shows.field == field).collect())
}

/// What the container gives of a field, before guards.
fn publication(world: &World, owner: &str, container: &Container, category: &str, field: &str) -> Answer {
    let (published, shows) = given(world, container, category, field);
    let scene = Scene { world, owner, about: None };
    // The first `shows` that applies; one that is unknown hides.
    for shows in shows {
        match shows.when.as_ref().map_or(Some(true), |condition| scene.truth(condition)) {
            Some(true) => return Answer::Altered(shows.value.clone()),
            Some(false) => {}
            None => return Answer::Hidden,
        }
    }
    if published { Answer::Visible } else { Answer::Hidden }
}

/// The decision on a standing that is already known.
pub fn decide_on(
    world: &World,
    standing: &Standing,
    viewer: &Viewer,
    owner: &str,
    category: &str,
    field: &str,
) -> Decision {
    // The owner sees everything; guards and `shows` are not asked, and no container is named.
    if *viewer == Viewer::Person(owner.to_owned()) {
        return (Answer::Visible, None);
    }
    // Per category only containers that hold it take part, container 0 included; per viewer all do.
    let answering = resolve(world, standing, viewer, |container| world.per_viewer || holds(container, category));
    let Some(container) = answering else { return (Answer::Hidden, None) };
    let published =
        if holds(container, category) { publication(world, owner, container, category, field) } else { Answer::Hidden };
    // A guard of the field or of its category that denies hides it, altered or not.
    let scene = Scene { world, owner, about: Some((viewer, standing)) };
    let guarding = world.guards.iter().filter(|guard| {
        guard.targets.iter().any(|(c, f)| c == category && f.as_ref().is_none_or(|name| name == field))
    });
    let denied = guarding.flat_map(|guard| &guard.denials).any(|denial| scene.denies(denial));
    (if denied { Answer::Hidden } else { published }, Some(container.name.clone()))
}

pub fn decide(world: &World, mode: Mode, viewer: &Viewer, owner: &str, category: &str, field: &str) -> Decision {
    decide_on(world, &standing(world, mode, owner), viewer, owner, category, field)
}

/// Users, and every address in contacts, delegates, groups and user entries, wherever they are written.
pub fn known_people(world: &World) -> BTreeSet<Name> {
    let mut people: BTreeSet<Name> = world.users.iter().map(|user| user.address.clone()).collect();
    for user in &world.users {
        people.extend(user.contacts.iter().chain(&user.delegates).flatten().cloned());
    }
    people.extend(world.groups.iter().flat_map(|group| group.people.clone()));
    people.extend(entries(world).filter_map(|entry| match entry {
        Entry::User(address) => Some(address.clone()),
        _ => None,
    }));
    people
}

fn entries(world: &World) -> impl Iterator<Item = &Entry> {
    let directory = world.users.iter().flat_map(|user| user.memberships.iter().flatten());
    let policy = world.memberships.iter().flat_map(|membership| &membership.grants);
    directory.chain(policy).flat_map(|(_, entries)| entries)
}

/// Everybody else, a class at a time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// Anybody else at this domain.
    At(Name),
    /// Anybody at a domain below this one that is named nowhere.
    Below(Name),
    /// Anybody at a domain that is named nowhere, nor lies below one that is.
    Elsewhere,
    Anonymous,
}

/// One unknown person for every class that rules could tell apart.
pub fn representatives(world: &World) -> BTreeMap<Class, Viewer> {
    let mut domains: BTreeSet<Name> =
        [&world.domains, &world.partners, &world.public_cloud, &world.blocked].into_iter().flatten().cloned().collect();
    domains.extend(entries(world).filter_map(|entry| match entry {
        Entry::Domain(domain) => Some(domain.clone()),
        _ => None,
    }));
    domains.extend(known_people(world).into_iter().filter_map(|a| domain(&Viewer::Person(a)).map(str::to_owned)));
    let mut classes = BTreeMap::new();
    for domain in domains {
        classes.insert(Class::At(domain.clone()), Viewer::Person(format!("nobody@{domain}")));
        classes.insert(Class::Below(domain.clone()), Viewer::Person(format!("nobody@nowhere.{domain}")));
    }
    classes.insert(Class::Elsewhere, Viewer::Person("nobody@nowhere.invalid".to_owned()));
    classes.insert(Class::Anonymous, Viewer::Anonymous);
    classes
}

/// Who gets what: known people without the owner, and everybody else by class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Who {
    pub people: BTreeMap<Name, Answer>,
    pub classes: BTreeMap<Class, Answer>,
}

pub fn who(world: &World, mode: Mode, owner: &str, category: &str, field: &str) -> Who {
    let standing = standing(world, mode, owner);
    let answer = |viewer: &Viewer| decide_on(world, &standing, viewer, owner, category, field).0;
    let people = known_people(world).into_iter().filter(|person| person != owner);
    Who {
        people: people.map(|person| (person.clone(), answer(&Viewer::Person(person)))).collect(),
        classes: representatives(world).into_iter().map(|(class, viewer)| (class, answer(&viewer))).collect(),
    }
}
