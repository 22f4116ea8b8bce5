//! The directory half of a written world: YAML, one file or several.

use super::condition::network_name;
use super::world::*;
use super::write::{Chance, Layout};
use super::write_condition::literal;

/// One thing that some file says; what belongs under the same key is gathered when a file is put together.
struct Line {
    section: &'static str,
    text: String,
}

pub fn files(world: &World, layout: Layout, chance: &mut Chance) -> Vec<(String, String)> {
    let lines = lines(world, chance);
    let dealt = chance.deal(lines, layout.files);
    dealt.into_iter().enumerate().map(|(number, lines)| (format!("part{number}.yaml"), file(&lines))).collect()
}

fn lines(world: &World, chance: &mut Chance) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = |section, text| lines.push(Line { section, text });
    // Domain lists join, so each domain may stand in a file of its own.
    for domain in &world.domains {
        line("domains", quoted(&chance.spelled(domain)));
    }
    for domain in &world.partners {
        line("partners", quoted(&chance.spelled(domain)));
    }
    for domain in &world.public_cloud {
        line("public_cloud", quoted(&chance.spelled(domain)));
    }
    for domain in &world.blocked {
        line("blocked", quoted(&chance.spelled(domain)));
    }
    if world.open {
        line("open", "open: true".to_owned());
    }
    for site in &world.sites {
        let pools: Vec<String> = site.pools.iter().map(|pool| quoted(&chance.spelled(pool))).collect();
        line("sites", format!("  {}: {{ pools: [{}] }}\n", quoted(&site.name), pools.join(", ")));
    }
    for user in &world.users {
        line("users", user_text(user, chance));
    }
    for group in &world.groups {
        let people = group.people.iter().map(|person| quoted(&address(person, chance))).collect::<Vec<_>>();
        let groups = group.groups.iter().map(|inner| quoted(&format!("group:{inner}")));
        let members: Vec<String> = chance.shuffle(people.into_iter().chain(groups).collect());
        line("groups", format!("  {}: [{}]\n", quoted(&group.name), members.join(", ")));
    }
    lines
}

fn file(lines: &[Line]) -> String {
    let of = |section: &str| -> Vec<&str> {
        lines.iter().filter(|line| line.section == section).map(|line| line.text.as_str()).collect()
    };
    let list = |key: &str| match of(key).as_slice() {
        [] => None,
        domains => Some(format!("{key}: [{}]", domains.join(", "))),
    };
    let mut text = String::new();
    let open = of("open").first().map(|open| (*open).to_owned());
    let lists = ["partners", "public_cloud", "blocked"].map(list);
    let federation: Vec<String> = [open].into_iter().chain(lists).flatten().collect();
    if let Some(domains) = list("domains") {
        text += &format!("organization: {{ {domains} }}\n");
    }
    if !federation.is_empty() {
        text += &format!("federation: {{ {} }}\n", federation.join(", "));
    }
    for section in ["sites", "users", "groups"] {
        if !of(section).is_empty() {
            text += &format!("{section}:\n{}", of(section).concat());
        }
    }
    // An empty file would be no directory.
    if text.is_empty() { "groups: {}\n".to_owned() } else { text }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// Addresses compare without case and scheme.
fn address(address: &str, chance: &mut Chance) -> String {
    let scheme = if chance.below(4) == 1 { "sip:" } else { "" };
    format!("{scheme}{}", chance.spelled(address))
}

fn addresses(list: &[Name], chance: &mut Chance) -> String {
    let list: Vec<String> = list.iter().map(|person| quoted(&address(person, chance))).collect();
    format!("[{}]", chance.shuffle(list).join(", "))
}

fn user_text(user: &User, chance: &mut Chance) -> String {
    let mut parts = Vec::new();
    if let Some(pool) = &user.pool {
        parts.push(format!("pool: {}", quoted(&chance.spelled(pool))));
    }
    parts.extend(user.mode.as_ref().map(|mode| format!("mode: {mode}")));
    parts.extend(user.site.as_ref().map(|site| format!("site: {}", quoted(site))));
    parts.extend(user.network_site.as_ref().map(|site| format!("network_site: {}", quoted(site))));
    let map = |key: &str, pairs: Vec<String>| (!pairs.is_empty()).then(|| format!("{key}: {{ {} }}", pairs.join(", ")));
    let granted = user.granted.iter().map(|(class, tag)| format!("{class}: {}", quoted(&chance.spelled(tag))));
    let granted = granted.collect();
    parts.extend(map("policies", granted));
    let attributes = user.attributes.iter().map(|(name, value)| format!("{name}: {}", literal(value)));
    parts.extend(map("attributes", attributes.collect()));
    let presence =
        user.presence.iter().map(|(c, f, value)| format!("{}: {}", quoted(&format!("{c}.{f}")), literal(value)));
    parts.extend(map("presence", presence.collect()));
    if let Some(contacts) = &user.contacts {
        parts.push(format!("contacts: {}", addresses(contacts, chance)));
    }
    if let Some(delegates) = &user.delegates {
        parts.push(format!("delegates: {}", addresses(delegates, chance)));
    }
    if let Some(memberships) = &user.memberships {
        let mut containers = Vec::new();
        for (container, entries) in memberships {
            let entries: Vec<String> = entries.iter().map(|entry| quoted(&entry_text(entry, chance))).collect();
            containers.push(format!("{container}: [{}]", chance.shuffle(entries).join(", ")));
        }
        let containers = chance.shuffle(containers).join(", ");
        parts.push(if containers.is_empty() {
            "memberships: {}".to_owned()
        } else {
            format!("memberships: {{ {containers} }}")
        });
    }
    let parts: Vec<String> = chance.shuffle(parts).into_iter().map(|part| format!("    {part}\n")).collect();
    let key = quoted(&address(&user.address, chance));
    if parts.is_empty() { format!("  {key}: {{}}\n") } else { format!("  {key}:\n{}", parts.concat()) }
}

fn entry_text(entry: &Entry, chance: &mut Chance) -> String {
    match entry {
        Entry::User(person) if chance.below(3) == 1 => address(person, chance),
        Entry::User(person) => format!("user:{}", address(person, chance)),
        Entry::Group(group) => format!("group:{group}"),
        Entry::Domain(domain) => format!("domain:{}", chance.spelled(domain)),
        Entry::Network(network) => network_name(*network).to_owned(),
        Entry::Authenticated => "authenticated".to_owned(),
        Entry::Everyone => "everyone".to_owned(),
    }
}
