//! Small, valid, nasty worlds.

use proptest::collection::vec;
use proptest::prelude::*;

use super::generate_policy::{containers, guards, manifests, memberships};
use super::tape::Tape;
use super::world::*;

/// Worlds that shrink towards one user, two categories, three containers and one manifest without rules.
pub fn worlds() -> impl Strategy<Value = World> {
    let tape = |length: usize| vec(any::<u8>(), 0..=length);
    (tape(100), tape(200), tape(240), tape(120), tape(320), tape(200)).prop_map(|tapes| {
        let (organisation, presence, rules, settings, people, guarding) = tapes;
        let mut world = World::default();
        organisation_of(&mut world, &mut Tape::new(&organisation));
        categories(&mut world, &mut Tape::new(&presence));
        settings_of(&mut world, &mut Tape::new(&settings));
        groups(&mut world, &mut Tape::new(&organisation));
        let mut tape = Tape::new(&presence);
        containers(&mut world, &mut tape);
        users(&mut world, &mut Tape::new(&people));
        let mut tape = Tape::new(&rules);
        manifests(&mut world, &mut tape);
        memberships(&mut world, &mut tape);
        guards(&mut world, &mut Tape::new(&guarding));
        world
    })
}

pub const USERS: [&str; 6] = [
    "anna@contoso.com",
    "bob@contoso.com",
    "cem@emea.contoso.com",
    "dan@contoso.com",
    "ida@emea.contoso.com",
    "uma@contoso.com",
];

/// Partners, clouds, strangers, and people of the organisation who are not among its users.
const OTHERS: [&str; 8] = [
    "kim@fabrikam.com",
    "joe@live.com",
    "lee@west.fabrikam.com",
    "zoe@contoso.com",
    "eve@spam.example",
    "mia@emea.contoso.com",
    "sam@sub.contoso.com",
    "ned@unlisted.example",
];

pub const DOMAINS: [&str; 8] = [
    "fabrikam.com",
    "contoso.com",
    "spam.example",
    "emea.contoso.com",
    "west.fabrikam.com",
    "live.com",
    "sub.contoso.com",
    "deep.west.fabrikam.com",
];

pub const NETWORKS: [Network; 3] = [Network::SameEnterprise, Network::Federated, Network::PublicCloud];

pub fn names(list: &[&str]) -> Vec<Name> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

fn organisation_of(world: &mut World, tape: &mut Tape<'_>) {
    world.per_viewer = tape.chance(35);
    world.by_suffix = tape.chance(45);
    world.domains = names(&["contoso.com", "emea.contoso.com"]);
    world.partners = names(&["fabrikam.com"]);
    world.partners.extend(tape.some(&names(&["west.fabrikam.com", "live.com", "contoso.com"]), 20));
    world.public_cloud = names(&["live.com"]);
    world.public_cloud.extend(tape.some(&names(&["fabrikam.com", "spam.example"]), 15));
    world.open = tape.chance(30);
    let blocked =
        tape.some(&names(&["spam.example", "west.fabrikam.com", "deep.west.fabrikam.com", "void.example"]), 30);
    let listed = |domain: &Name| world.partners.contains(domain) || world.public_cloud.contains(domain);
    world.blocked = blocked.into_iter().filter(|domain| !listed(domain)).collect();
    let count = tape.between(1, 2);
    world.sites = (0..count)
        .map(|n| Site {
            name: ["Redmond", "Oslo"][n].to_owned(),
            pools: (0..=tape.below(2)).map(|pool| format!("pool{pool}.{}.contoso.com", ["red", "osl"][n])).collect(),
        })
        .collect();
    let count = tape.between(1, USERS.len());
    world.users = USERS[..count].iter().map(|a| User { address: (*a).to_owned(), ..User::default() }).collect();
}

/// Everybody a list or an entry may name.
pub fn people(world: &World) -> Vec<Name> {
    world.users.iter().map(|user| user.address.clone()).chain(names(&OTHERS)).collect()
}

fn groups(world: &mut World, tape: &mut Tape<'_>) {
    let people = people(world);
    for name in &names(&["staff", "board", "friends"])[..tape.below(4)] {
        // Only groups that stand before it: no circles.
        let inner: Vec<Name> = world.groups.iter().map(|group| group.name.clone()).collect();
        let group = Group { name: name.clone(), people: tape.some(&people, 25), groups: tape.some(&inner, 45) };
        world.groups.push(group);
    }
}

fn categories(world: &mut World, tape: &mut Tape<'_>) {
    let values = names(&["available", "busy", "offline"]);
    let fields = [("state", "availability"), ("card", "email"), ("note", "personal"), ("feed", "history")];
    let more = [["location", "device"], ["phone", "photo"], ["absence", "draft"], ["titles", "photos"]];
    let count = tape.between(2, 4);
    for (n, (category, first)) in fields[..count].iter().enumerate() {
        let typed = n == 0 || tape.chance(35);
        let of = |typed: bool| if typed { values.clone() } else { Vec::new() };
        let mut fields = vec![Field { name: (*first).to_owned(), values: of(typed), added: false }];
        fields.extend(tape.some(&names(&more[n]), 40).into_iter().map(|name| Field {
            name,
            values: of(tape.chance(35)),
            added: tape.chance(25),
        }));
        world.categories.push(Category { name: (*category).to_owned(), fields });
    }
}

fn parameter(tape: &mut Tape<'_>, name: &str) -> Parameter {
    let (kind, default) = match tape.below(6) {
        0..=2 => (ValueType::Bool, Value::Bool(tape.chance(50))),
        3 => (ValueType::Integer(0, 9), Value::Integer(tape.below(10) as i64)),
        4 => {
            let words = names(&["none", "lis", "typed"]);
            (ValueType::Words(words.clone()), Value::Word(tape.pick(&words)))
        }
        _ => (ValueType::Text, text(tape)),
    };
    Parameter { name: name.to_owned(), kind, default }
}

fn text(tape: &mut Tape<'_>) -> Value {
    Value::Text(tape.pick(&names(&["red", "Back Monday", ""])))
}

/// A value a parameter can have.
pub fn value(tape: &mut Tape<'_>, kind: &ValueType) -> Value {
    match kind {
        ValueType::Bool => Value::Bool(tape.chance(50)),
        ValueType::Integer(least, most) => Value::Integer(least + tape.below((most - least + 1) as usize) as i64),
        ValueType::Words(words) => Value::Word(tape.pick(words)),
        ValueType::Text => text(tape),
    }
}

fn settings_of(world: &mut World, tape: &mut Tape<'_>) {
    world.attributes =
        ["preference", "shares", "source"][..tape.between(1, 3)].iter().map(|name| parameter(tape, name)).collect();
    for (n, name) in ["PrivacyConfiguration", "ClientPolicy"][..tape.between(1, 2)].iter().enumerate() {
        let mut scopes = vec![ScopeKind::Global];
        scopes.extend(tape.some(&[ScopeKind::Site, ScopeKind::Service, ScopeKind::Tag, ScopeKind::NetworkSite], 55));
        // Which of two beats the other is said by the order of the list alone.
        if let [.., left, right] = scopes.as_mut_slice()
            && *left == ScopeKind::Tag
            && tape.chance(40)
        {
            std::mem::swap(left, right);
        }
        let count = tape.between(1, 2);
        let parameters =
            (0..count).map(|p| parameter(tape, [["EnableA", "LimitA"], ["EnableB", "LimitB"]][n][p])).collect();
        world.settings.push(Class { name: (*name).to_owned(), scopes, parameters });
    }
    for class in world.settings.clone() {
        let mut scopes: Vec<Scope> = Vec::new();
        for kind in &class.scopes {
            let named: Vec<Name> = match kind {
                ScopeKind::Global => vec![Name::new()],
                ScopeKind::Site => world.sites.iter().map(|site| site.name.clone()).collect(),
                ScopeKind::Service => world.sites.iter().flat_map(|site| site.pools.clone()).collect(),
                ScopeKind::Tag => names(&["Gold", "Executives"]),
                ScopeKind::NetworkSite => names(&["HQ", "Branch"]),
            };
            scopes.extend(tape.some(&named, 55).into_iter().map(|name| Scope { kind: *kind, name }));
        }
        for (n, scope) in scopes.iter().enumerate() {
            // Only objects that stand before it: no circles.
            let like = if n > 0 { tape.maybe(25, |tape| tape.pick(&scopes[..n])) } else { None };
            let mut values = Vec::new();
            for parameter in &class.parameters {
                if tape.chance(60) {
                    values.push((parameter.name.clone(), value(tape, &parameter.kind)));
                }
            }
            world.policies.push(Policy { class: class.name.clone(), scope: scope.clone(), like, values });
        }
    }
}

fn users(world: &mut World, tape: &mut Tape<'_>) {
    let people = people(world);
    let pools: Vec<Name> = world.sites.iter().flat_map(|site| site.pools.clone()).collect();
    let sites: Vec<Name> = world.sites.iter().map(|site| site.name.clone()).collect();
    let mut users = std::mem::take(&mut world.users);
    for user in &mut users {
        user.pool = tape.maybe(60, |tape| tape.pick(&pools));
        if user.pool.is_none() {
            user.site = tape.maybe(50, |tape| tape.pick(&sites));
        }
        user.network_site = tape.maybe(40, |tape| tape.pick(&names(&["HQ", "Branch"])));
        for class in &world.settings {
            let objects = world.policies.iter().filter(|policy| policy.class == class.name);
            let tags: Vec<Name> =
                objects.filter(|p| p.scope.kind == ScopeKind::Tag).map(|p| p.scope.name.clone()).collect();
            if !tags.is_empty() && tape.chance(60) {
                user.granted.push((class.name.clone(), tape.pick(&tags)));
            }
        }
        for attribute in &world.attributes {
            if tape.chance(50) {
                user.attributes.push((attribute.name.clone(), value(tape, &attribute.kind)));
            }
        }
        user.contacts = tape.maybe(75, |tape| tape.some(&people, 35));
        user.delegates = tape.maybe(50, |tape| tape.some(&people, 20));
        user.memberships = tape.maybe(80, |tape| recorded(world, tape));
        for category in &world.categories {
            for field in &category.fields {
                if tape.chance(40) {
                    let kind =
                        if field.values.is_empty() { ValueType::Text } else { ValueType::Words(field.values.clone()) };
                    user.presence.push((category.name.clone(), field.name.clone(), value(tape, &kind)));
                }
            }
        }
    }
    world.users = users;
}

/// Entries by container: never in container 0, never the same one twice in one container.
fn recorded(world: &World, tape: &mut Tape<'_>) -> Vec<(Name, Vec<Entry>)> {
    let holding: Vec<&Container> = world.containers.iter().filter(|container| container.id != 0).collect();
    let mut recorded = Vec::new();
    for container in holding {
        let mut entries: Vec<Entry> = Vec::new();
        for _ in 0..tape.below(5) {
            let entry = entry(world, tape);
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        if !entries.is_empty() || tape.chance(10) {
            recorded.push((container.name.clone(), entries));
        }
    }
    recorded
}

pub fn entry(world: &World, tape: &mut Tape<'_>) -> Entry {
    let groups: Vec<Name> = world.groups.iter().map(|group| group.name.clone()).collect();
    match tape.below(13) {
        0..=4 => Entry::User(tape.pick(&people(world))),
        5 | 6 if !groups.is_empty() => Entry::Group(tape.pick(&groups)),
        5..=7 => Entry::Domain(tape.pick(&names(&DOMAINS))),
        11 => Entry::Everyone,
        12 => Entry::Authenticated,
        _ => Entry::Network(tape.pick(&NETWORKS)),
    }
}
