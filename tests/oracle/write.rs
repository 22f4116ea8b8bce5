//! Worlds as policy files and directory files, in one piece or laid out anew.

use std::fmt;

use proptest::sample::Index;

use super::condition::network_name;
use super::world::*;
use super::write_condition::{literal, text};
use super::write_directory;

/// How a world is laid out over files. The plain layout is one file each, in the world's own order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Layout {
    /// Of each kind; 0 is one.
    pub files: usize,
    /// Orders the items and spreads them over the files; 0 leaves them as they are.
    pub seed: u64,
}

/// Path and text of every file.
#[derive(Clone, PartialEq, Eq)]
pub struct Sources {
    pub policies: Vec<(String, String)>,
    pub directories: Vec<(String, String)>,
}

pub fn sources(world: &World, layout: Layout) -> Sources {
    laid_out(world, items(world), layout)
}

/// The same with one declaration missing, or standing there twice: most likely a set with errors.
pub fn spoilt(world: &World, layout: Layout, at: Index, twice: bool) -> Sources {
    let mut items = items(world);
    let item = items.remove(at.index(items.len()));
    if twice {
        items.extend([item.clone(), item]);
    }
    laid_out(world, items, layout)
}

fn laid_out(world: &World, items: Vec<String>, layout: Layout) -> Sources {
    let mut chance = Chance(layout.seed);
    let policies = chance.deal(items, layout.files);
    let named = |number: usize, text: Vec<String>| (format!("part{number}.prescope"), text.join("\n"));
    Sources {
        policies: policies.into_iter().enumerate().map(|(number, text)| named(number, text)).collect(),
        directories: write_directory::files(world, layout, &mut chance),
    }
}

/// A failed law shows the files of its world, which can be pasted.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sources(self, Layout::default()).fmt(f)
    }
}

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.policies.iter().chain(&self.directories).try_for_each(|(path, text)| write!(f, "\n--- {path}\n{text}"))
    }
}

/// A small generator of its own, so that a layout is a number. Seed 0 changes nothing.
pub struct Chance(u64);

impl Chance {
    pub fn below(&mut self, bound: usize) -> usize {
        if self.0 == 0 || bound == 0 {
            return 0;
        }
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) | 1;
        (self.0 >> 33) as usize % bound
    }

    pub fn shuffle<T>(&mut self, mut items: Vec<T>) -> Vec<T> {
        if self.0 != 0 {
            for last in (1..items.len()).rev() {
                items.swap(last, self.below(last + 1));
            }
        }
        items
    }

    /// Shuffles and spreads over files.
    pub fn deal<T>(&mut self, items: Vec<T>, files: usize) -> Vec<Vec<T>> {
        let mut dealt: Vec<Vec<T>> = (0..files.max(1)).map(|_| Vec::new()).collect();
        for item in self.shuffle(items) {
            let file = self.below(dealt.len());
            dealt[file].push(item);
        }
        dealt
    }

    /// A different spelling of something that compares without case.
    pub fn spelled(&mut self, name: &str) -> String {
        if self.below(3) == 1 { name.to_uppercase() } else { name.to_owned() }
    }
}

/// Every declaration and statement, each an item of its own.
fn items(world: &World) -> Vec<String> {
    let mut items = Vec::new();
    items.extend(world.per_viewer.then(|| "resolve per viewer\n".to_owned()));
    items.extend(world.by_suffix.then(|| "match domains by suffix\n".to_owned()));
    for category in &world.categories {
        let fields = |added: bool| category.fields.iter().filter(|f| f.added == added).map(field).collect::<String>();
        items.push(format!("category {} {{\n{}}}\n", category.name, fields(false)));
        if category.fields.iter().any(|field| field.added) {
            items.push(format!("extend category {} {{\n{}}}\n", category.name, fields(true)));
        }
    }
    for container in &world.containers {
        let flags = [(container.visible, " visible"), (container.blocking, " blocking")];
        let flags: String = flags.iter().filter(|(set, _)| *set).map(|(_, flag)| *flag).collect();
        let head = format!("container {}({}) \"{}\"{flags}", container.name, container.id, container.name);
        items.push(format!("{head} {{\n{}}}\n", publications(&container.own)));
        for part in &container.extended {
            items.push(format!("extend container {} {{\n{}}}\n", container.name, publications(part)));
        }
    }
    items.extend(world.memberships.iter().map(membership));
    items.extend(world.manifests.iter().map(manifest));
    let attributes: String = world.attributes.iter().map(parameter).collect();
    if !attributes.is_empty() {
        items.push(format!("attributes user {{\n{attributes}}}\n"));
    }
    for class in &world.settings {
        let scopes: Vec<&str> = class.scopes.iter().map(|kind| scope_kind(*kind)).collect();
        let parameters: String = class.parameters.iter().map(parameter).collect();
        items.push(format!("settings {} at {} {{\n{parameters}}}\n", class.name, scopes.join(", ")));
    }
    items.extend(world.policies.iter().map(policy));
    items.extend(world.guards.iter().map(guard));
    items
}

fn field(field: &Field) -> String {
    if field.values.is_empty() {
        format!("    {}\n", field.name)
    } else {
        format!("    {}: {}\n", field.name, field.values.join(" | "))
    }
}

fn publications(part: &Publications) -> String {
    let named = |word: &str, all: &[Named]| -> String {
        all.iter()
            .map(|named| match &named.fields {
                None => format!("    {word} {}\n", named.category),
                Some(fields) => format!("    {word} {} {{ {} }}\n", named.category, fields.join(", ")),
            })
            .collect()
    };
    let masks: String = part.masks.iter().map(|category| format!("    masks {category}\n")).collect();
    let shows: String = part
        .shows
        .iter()
        .map(|s| format!("    shows {}.{} as {}{}\n", s.category, s.field, literal(&s.value), when(s.when.as_ref())))
        .collect();
    named("publishes", &part.publishes) + &named("withholds", &part.withholds) + &masks + &shows
}

fn when(condition: Option<&Condition>) -> String {
    condition.map(|condition| format!(" when {}", text(condition))).unwrap_or_default()
}

fn membership(membership: &Membership) -> String {
    let grants: String = membership
        .grants
        .iter()
        .map(|(container, entries)| {
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("    {container} has {}\n", entries.join(", "))
        })
        .collect();
    format!("membership \"{}\"{} {{\n{grants}}}\n", membership.label, when(membership.when.as_ref()))
}

fn entry(entry: &Entry) -> String {
    match entry {
        Entry::User(address) => address.clone(),
        Entry::Group(group) => format!("group {group}"),
        Entry::Domain(domain) => format!("domain {domain}"),
        Entry::Network(network) => network_name(*network).to_owned(),
        Entry::Authenticated => "authenticated".to_owned(),
        Entry::Everyone => "everyone".to_owned(),
    }
}

fn manifest(manifest: &Manifest) -> String {
    let before = match manifest.before.as_slice() {
        [] => String::new(),
        names => format!(" before {}", names.join(", ")),
    };
    let rules: String = manifest.rules.iter().map(manifest_rule).collect();
    format!("manifest {}{before}{} {{\n{rules}}}\n", manifest.name, when(manifest.when.as_ref()))
}

fn manifest_rule(rule: &ManifestRule) -> String {
    let subject = |subject: &Subject| match subject {
        Subject::Delegate => "delegate",
        Subject::Contact => "contact",
        Subject::Stranger => "stranger",
        Subject::Domain => "domain",
        Subject::Network(network) => network_name(*network),
        Subject::Authenticated => "authenticated",
        Subject::Everyone => "everyone",
    };
    let subjects: Vec<&str> = rule.subjects.iter().map(subject).collect();
    let from: Vec<&str> = rule.from.iter().map(|network| network_name(*network)).collect();
    let from = if from.is_empty() { String::new() } else { format!(" from {}", from.join(" or ")) };
    let places: Vec<String> = rule.places.iter().map(place).collect();
    let mut line = format!("    {}{from} in {}", subjects.join(", "), places.join(" or "));
    line += match rule.cardinality {
        Some(Cardinality::ExactlyOne) => ", exactly one",
        Some(Cardinality::AtMostOne) => ", at most one",
        None => "",
    };
    if let Some(default) = &rule.default {
        line += &format!(", default {default}");
    }
    line += match rule.remedy {
        Some(Remedy::Move) => ", else move",
        Some(Remedy::Remove) => ", else remove",
        Some(Remedy::MakeContact) => ", else make contact",
        None => "",
    };
    line + "\n"
}

pub fn place(place: &Place) -> String {
    match place {
        Place::Visible => "visible".to_owned(),
        Place::Blocking => "blocking".to_owned(),
        Place::Container(name) => name.clone(),
    }
}

fn parameter(parameter: &Parameter) -> String {
    let kind = match &parameter.kind {
        ValueType::Bool => "bool".to_owned(),
        ValueType::Integer(least, most) => format!("{least}..{most}"),
        ValueType::Words(words) => words.join(" | "),
        ValueType::Text => "text".to_owned(),
    };
    format!("    {}: {kind} = {}\n", parameter.name, literal(&parameter.default))
}

fn scope_kind(kind: ScopeKind) -> &'static str {
    match kind {
        ScopeKind::Global => "global",
        ScopeKind::Site => "site",
        ScopeKind::Service => "service UserServer",
        ScopeKind::Tag => "tag",
        ScopeKind::NetworkSite => "network_site",
    }
}

fn scope(scope: &Scope) -> String {
    match scope.kind {
        ScopeKind::Global => "global".to_owned(),
        ScopeKind::Service => format!("service \"UserServer:{}\"", scope.name),
        kind => format!("{} {}", scope_kind(kind), scope.name),
    }
}

fn policy(policy: &Policy) -> String {
    let like = policy.like.as_ref().map(|like| format!(" like {}", scope(like))).unwrap_or_default();
    let values: String =
        policy.values.iter().map(|(name, value)| format!("    {name} = {}\n", literal(value))).collect();
    format!("policy {} {}{like} {{\n{values}}}\n", policy.class, scope(&policy.scope))
}

fn guard(guard: &Guard) -> String {
    let target = |(category, field): &(Name, Option<Name>)| match field {
        Some(field) => format!("{category}.{field}"),
        None => category.clone(),
    };
    let targets: Vec<String> = guard.targets.iter().map(target).collect();
    let denial = |denial: &Denial| {
        let unless = denial.unless.as_ref().map(|condition| format!(" unless {}", text(condition)));
        let when = when(denial.when.as_ref());
        format!("    deny \"{}\"{when}{}\n", denial.label, unless.unwrap_or_default())
    };
    let denials: String = guard.denials.iter().map(denial).collect();
    format!("guard {} {{\n{denials}}}\n", targets.join(", "))
}
