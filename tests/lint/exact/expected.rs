//! What rules about people and levels have to find: their documentation word by word, person by person.

use std::collections::{BTreeMap, BTreeSet};

use crate::oracle::condition::{network_name, said};
use crate::oracle::evaluate::{Answer, Standing, container, covers, decide_on, given, holds, level, resolve};
use crate::oracle::settle::{Placed, lists, manifest, recorded, settled};
use crate::oracle::settling::{fields, viewers};
use crate::oracle::world::{Condition, Container, Entry, Name, Policy, ScopeKind, User, Viewer, World};

/// The messages of each rule, in no order. Where a rule names one of several, the message ends before it.
pub(super) type Expected = BTreeMap<&'static str, Vec<String>>;

/// Where the messages of a rule end, as far as they are compared.
pub(super) const UP_TO: [(&str, &str); 3] = [
    ("manifest-outranks-block", ", past the block of"),
    ("privacy-mode-reveals", " to "),
    ("guard-without-publication", "`"),
];

pub(super) const RULES: [&str; 23] = [
    "block-bypass",
    "blocked-reveals",
    "blocked-without-effect",
    "conflicting-membership",
    "contact-without-entry",
    "custom-container-outranks",
    "delegate-outside-workgroup",
    "entry-without-contact",
    "everyone-outside-default",
    "guard-without-publication",
    "level-lost-by-move",
    "levels-not-nested",
    "manifest-outranks-block",
    "missing-mask",
    "mode-mismatch",
    "network-entry-in-private-mode",
    "own-domain-entry",
    "partial-block",
    "privacy-mode-reveals",
    "redundant-membership",
    "scope-resets-setting",
    "self-membership",
    "shadowed-membership",
];

pub(super) fn expected(world: &World) -> Expected {
    let mut all: Expected = RULES.iter().map(|rule| (*rule, Vec::new())).collect();
    let mut tell = |rule: &'static str, message: String| all.get_mut(rule).expect("listed").push(message);
    containers(world, &mut tell);
    written(world, &mut tell);
    settings(world, &mut tell);
    for user in &world.users {
        Owner::of(world, user).tell(&mut tell);
    }
    all.values_mut().for_each(|messages| messages.sort());
    all
}

fn containers(world: &World, tell: &mut dyn FnMut(&'static str, String)) {
    let held = |of: &Container| {
        world.categories.iter().filter(|it| holds(of, &it.name)).map(|it| it.name.clone()).collect::<Vec<_>>()
    };
    let gives = |of: &Container, (category, field): &(Name, Name)| {
        let (published, shows) = given(world, of, category, field);
        published || !shows.is_empty()
    };
    // The owner's value: published, and not always another one shown.
    let gives_own = |of: &Container, category: &str, field: &str| {
        let (published, shows) = given(world, of, category, field);
        published && shows.iter().all(|shows| shows.when.is_some())
    };
    let levels: Vec<&Container> = world.containers.iter().filter(|it| it.visible && !it.blocking).collect();
    for pair in levels.windows(2) {
        if fields(world).iter().any(|field| gives(pair[0], field) && !gives(pair[1], field)) {
            tell("levels-not-nested", format!("`{}` shows less than `{}`", pair[1].name, pair[0].name));
        }
    }
    for of in &world.containers {
        let lacks = |category: &Name| !held(of).contains(category);
        let elsewhere = |category: &Name| {
            let others = world.containers.iter().filter(|other| other.name != of.name);
            let fields: Vec<_> = fields(world).into_iter().filter(|(of, _)| of == category).collect();
            others.into_iter().any(|other| fields.iter().any(|field| gives(other, field)))
        };
        let mut names = world.categories.iter().map(|category| &category.name);
        if !world.per_viewer
            && of.visible
            && !of.blocking
            && of.id != 0
            && names.clone().any(|it| lacks(it) && elsewhere(it))
        {
            tell("missing-mask", format!("what `{}` does not hold comes from broader entries", of.name));
        }
        if !world.per_viewer && of.blocking && names.any(lacks) {
            tell("partial-block", format!("`{}` does not block everything", of.name));
        }
        let strangers = world.containers.iter().find(|container| container.id == 0);
        for (category, field) in fields(world) {
            let to_strangers = strangers.is_some_and(|strangers| gives_own(strangers, &category, &field));
            if of.blocking && gives_own(of, &category, &field) && !to_strangers {
                tell("blocked-reveals", format!("`{}` reveals `{category}.{field}`", of.name));
            }
        }
        let block = world.containers.iter().find(|other| other.blocking);
        if let Some(block) = block.filter(|block| !of.blocking && block.id < of.id) {
            tell("custom-container-outranks", format!("`{}` outranks `{}`", of.name, block.name));
        }
    }
    for guard in &world.guards {
        let of = |(category, field): &(Name, Name)| {
            guard.targets.iter().any(|(c, f)| c == category && f.as_ref().is_none_or(|f| f == field))
        };
        if !fields(world)
            .iter()
            .filter(|it| of(it))
            .any(|it| world.containers.iter().any(|container| gives(container, it)))
        {
            tell("guard-without-publication", String::new());
        }
    }
}

/// What stands in the texts, whoever it is for.
fn written(world: &World, tell: &mut dyn FnMut(&'static str, String)) {
    for domain in world.blocked.iter().filter(|_| !world.open) {
        tell("blocked-without-effect", format!("{domain} is blocked, and federation is not open"));
    }
    let directory = world.users.iter().flat_map(|user| user.memberships.iter().flatten());
    let policy = world.memberships.iter().flat_map(|membership| &membership.grants);
    for (name, entries) in directory.chain(policy) {
        for entry in entries {
            match entry {
                Entry::Domain(domain) if world.domains.contains(domain) => {
                    tell("own-domain-entry", format!("{domain} is a domain of the organisation"));
                }
                Entry::Everyone if !container(world, name).blocking => {
                    tell("everyone-outside-default", format!("everybody is in `{name}`"));
                }
                Entry::Authenticated if !container(world, name).blocking => {
                    tell("everyone-outside-default", format!("everybody with an address is in `{name}`"));
                }
                _ => {}
            }
        }
    }
    for user in &world.users {
        let own = Entry::User(user.address.clone());
        let entries = user.memberships.iter().flatten().flat_map(|(_, entries)| entries).filter(|entry| **entry == own);
        let lists = user.contacts.iter().chain(&user.delegates).flatten().filter(|person| **person == user.address);
        for _ in 0..entries.count() + lists.count() {
            tell("self-membership", format!("{} is listed by themselves", user.address));
        }
    }
}

/// Policies that leave a value to its default where a broader one would have set another. Nothing reads these settings,
/// so none is known not to matter.
fn settings(world: &World, tell: &mut dyn FnMut(&'static str, String)) {
    let class = &world.settings[0];
    // The policies of a user from the most specific to the broadest.
    let applying = |user: &User| -> Vec<&Policy> {
        let applies = |kind: &ScopeKind| {
            let name = match kind {
                ScopeKind::Global => Some(String::new()),
                ScopeKind::Site => user.site.clone(),
                _ => user.granted.first().map(|(_, tag)| tag.clone()),
            };
            world.policies.iter().find(|it| it.scope.kind == *kind && Some(&it.scope.name) == name.as_ref())
        };
        class.scopes.iter().rev().filter_map(applies).collect()
    };
    for policy in &world.policies {
        let users = world.users.iter().map(applying).filter(|of| of.first().is_some_and(|first| *first == policy));
        let users: Vec<Vec<&Policy>> = users.collect();
        let global = world.policies.iter().find(|it| it.scope.kind == ScopeKind::Global && *it != policy);
        let broader: Vec<&Policy> = match users.is_empty() {
            true => global.into_iter().collect(),
            false => users.iter().filter_map(|of| of.get(1).copied()).collect(),
        };
        let reset = class.parameters.iter().filter(|of| {
            let sets = |policy: &Policy| said(world, policy, &of.name);
            sets(policy).is_none() && broader.iter().any(|it| sets(it).is_some_and(|value| value != of.default))
        });
        let reset: Vec<&str> = reset.map(|of| of.name.as_str()).collect();
        if !reset.is_empty() {
            let scope = match policy.scope.kind {
                ScopeKind::Global => "global".to_owned(),
                ScopeKind::Site => format!("site {}", policy.scope.name),
                _ => format!("tag {}", policy.scope.name),
            };
            tell("scope-resets-setting", format!("`Policy {scope}` returns {} to the default", reset.join(", ")));
        }
    }
}

/// One owner, with everything that is recorded and in force.
struct Owner<'w> {
    world: &'w World,
    user: &'w User,
    owner: &'w str,
    recorded: BTreeSet<(Name, Entry)>,
    /// What the owner recorded, groups expanded.
    by_owner: BTreeSet<(Name, Entry)>,
    standing: Standing,
    placed: BTreeMap<(Name, Entry), Placed>,
}

fn describe(entry: &Entry) -> String {
    match entry {
        Entry::User(address) => address.clone(),
        Entry::Domain(domain) => format!("domain:{domain}"),
        Entry::Network(network) => network_name(*network).to_owned(),
        Entry::Authenticated => "authenticated".to_owned(),
        Entry::Everyone => "everyone".to_owned(),
        Entry::Group(_) => panic!("groups are expanded"),
    }
}

impl<'w> Owner<'w> {
    fn of(world: &'w World, user: &'w User) -> Owner<'w> {
        let owner = user.address.as_str();
        let recorded_all = recorded(world, owner);
        let settled = settled(world, owner, recorded_all.clone());
        let without_policy = World { memberships: Vec::new(), ..world.clone() };
        Owner {
            world,
            user,
            owner,
            by_owner: recorded(&without_policy, owner),
            recorded: recorded_all,
            standing: settled.standing,
            placed: settled.placed,
        }
    }

    fn is_own(&self, entry: &Entry) -> bool {
        *entry == Entry::User(self.owner.to_owned())
    }

    fn tell(&self, tell: &mut dyn FnMut(&'static str, String)) {
        let owner = self.owner;
        let in_effect = manifest(self.world, owner);
        let mode = in_effect.filter(|manifest| manifest.when.is_some());
        let (contacts, delegates) = lists(self.world, owner);
        if let (Some(recorded), Some(in_effect)) = (&self.user.mode, in_effect)
            && *recorded != in_effect.name
        {
            tell("mode-mismatch", format!("the entries of {owner} are those of `{recorded}`"));
        }
        for (name, entry) in self.standing.entries.iter().filter(|(_, entry)| !self.is_own(entry)) {
            let placed = self.placed.get(&(name.clone(), entry.clone())).copied();
            let who = describe(entry);
            let blocking = container(self.world, name).blocking;
            if placed.is_none() && !blocking && self.decides(name, entry) && self.is_blocked_above(entry) {
                tell("block-bypass", format!("{who} is in `{name}` of {owner} in spite of a block"));
            }
            if placed.is_some() && !blocking && *entry != Entry::Everyone && self.is_blocked_above(entry) {
                tell("manifest-outranks-block", format!("the manifest puts {who} into `{name}`"));
            }
            if placed != Some(Placed::Added) {
                self.beside(name, entry, tell);
            }
            if let (Some(Placed::Moved), Entry::User(person)) = (placed, entry)
                && delegates.contains(person)
            {
                let from = self.recorded_in(entry).join(" and ");
                tell("delegate-outside-workgroup", format!("{who}, a delegate of {owner}, is recorded in {from}"));
            }
            if let (Some(Placed::Moved), Some(highest)) = (placed, self.recorded_in(entry).last())
                && container(self.world, highest).id > container(self.world, name).id
            {
                tell("level-lost-by-move", format!("{who} loses `{highest}` of {owner} and stands in `{name}`"));
            }
            if let (Some(Placed::Added), Entry::User(person), true) = (placed, entry, mode.is_some())
                && contacts.contains(person)
                && self.recorded_in(entry).is_empty()
            {
                tell("contact-without-entry", format!("no level is recorded for {who}, a contact of {owner}"));
            }
        }
        for (name, entry) in self.recorded.iter().filter(|(_, entry)| !self.is_own(entry)) {
            let blocking = |name: &Name| container(self.world, name).blocking;
            if !blocking(name) && self.recorded_in(entry).iter().any(blocking) {
                tell(
                    "conflicting-membership",
                    format!("{} is both blocked and in `{name}` of {owner}", describe(entry)),
                );
            }
            if let (Some(mode), false) = (mode, matches!(entry, Entry::User(_)))
                && self.by_owner.contains(&(name.clone(), entry.clone()))
                && !self.standing.entries.contains(&(name.clone(), entry.clone()))
            {
                let who = describe(entry);
                let message = format!("{who} is recorded in `{name}` of {owner}, whose mode is `{}`", mode.name);
                tell("network-entry-in-private-mode", message);
            }
        }
        for person in self.standing.contacts.difference(&contacts).filter(|person| *person != owner) {
            let entry = Entry::User(person.clone());
            if self.by_owner.iter().any(|(_, of)| *of == entry) {
                tell("entry-without-contact", format!("{person} has a level of {owner} and is no contact"));
            }
        }
        for (name, entries) in self.user.memberships.iter().flatten() {
            for entry in entries.iter().filter(|entry| !matches!(entry, Entry::Group(_) | Entry::Everyone)) {
                if self.is_redundant(name, entry) {
                    tell("redundant-membership", format!("{} is in `{name}` of {owner} anyway", describe(entry)));
                }
            }
        }
        if let Some(mode) = mode
            && self.shows_more()
        {
            tell("privacy-mode-reveals", format!("mode `{}` shows more of {owner}", mode.name));
        }
    }

    /// Rules about entries of the same people in other containers.
    fn beside(&self, name: &Name, entry: &Entry, tell: &mut dyn FnMut(&'static str, String)) {
        let (of, who, owner) = (container(self.world, name), describe(entry), self.owner);
        let same = self.standing.entries.iter().filter(|(_, other)| other == entry);
        let same: Vec<&Container> = same.map(|(name, _)| container(self.world, name)).collect();
        let above: Vec<&&Container> = same.iter().filter(|it| it.id > of.id && it.blocking == of.blocking).collect();
        let held = |category: &Name| above.iter().any(|above| holds(above, category));
        let all_held = self.world.categories.iter().all(|it| !holds(of, &it.name) || held(&it.name));
        if !above.is_empty() && (all_held || self.world.per_viewer) {
            tell("shadowed-membership", format!("{who} in `{name}` of {owner} never decides"));
        }
        let below = same.iter().filter(|it| it.id < of.id && it.visible).min_by_key(|it| it.id);
        if let Some(level) = below.filter(|_| !of.visible && !of.blocking) {
            tell("custom-container-outranks", format!("{who} in `{name}` of {owner} outranks `{}`", level.name));
        }
    }

    /// The containers in which people are recorded, by number.
    fn recorded_in(&self, entry: &Entry) -> Vec<Name> {
        let mut names: Vec<Name> =
            self.recorded.iter().filter(|(_, other)| other == entry).map(|(name, _)| name.clone()).collect();
        names.sort_by_key(|name| container(self.world, name).id);
        names
    }

    /// True if of the entries of the same people this one answers the level or a category.
    fn decides(&self, name: &Name, entry: &Entry) -> bool {
        let same = |name: &Name| self.standing.entries.contains(&(name.clone(), entry.clone()));
        let highest = |held: &dyn Fn(&Container) -> bool| {
            let of = self.world.containers.iter().filter(|of| same(&of.name) && held(of));
            of.max_by_key(|of| of.id).map(|of| of.name.clone())
        };
        let categories = self.world.categories.iter();
        highest(&|_| true).as_ref() == Some(name)
            || !self.world.per_viewer
                && categories.into_iter().any(|it| highest(&|of| holds(of, &it.name)).as_ref() == Some(name))
    }

    /// True if a broader entry that covers all of these people blocks.
    fn is_blocked_above(&self, entry: &Entry) -> bool {
        self.standing.entries.iter().filter(|(name, _)| container(self.world, name).blocking).any(|(_, broad)| {
            let all_at =
                |domain: &str| covers(self.world, broad, &Viewer::Person(format!("anybody@{domain}"))).is_some();
            match (entry, broad) {
                (_, Entry::User(_)) | (Entry::Everyone, _) => false,
                (Entry::User(person), broad) => covers(self.world, broad, &Viewer::Person(person.clone())).is_some(),
                (Entry::Domain(domain), broad) => broad != entry && all_at(domain),
                (Entry::Network(_), Entry::Authenticated) => true,
                (_, broad) => *broad == Entry::Everyone,
            }
        })
    }

    /// True if the entry stands, and nothing would be different had it not been recorded.
    fn is_redundant(&self, name: &Name, entry: &Entry) -> bool {
        let key = (name.clone(), entry.clone());
        if self.is_own(entry) || !self.standing.entries.contains(&key) || self.placed.contains_key(&key) {
            return false;
        }
        let mut without = self.recorded.clone();
        without.remove(&key);
        let without = settled(self.world, self.owner, without).standing;
        // Two entries of the same people are another matter, and so is one that would be put back.
        if without.entries.iter().any(|(_, other)| other == entry) || without.contacts != self.standing.contacts {
            return false;
        }
        let world = self.world;
        let name = |of: Option<&Container>| of.map(|of| of.name.clone());
        viewers(world).iter().filter(|viewer| **viewer != Viewer::Person(self.owner.to_owned())).all(|viewer| {
            let same = |category: &Name| {
                let answer = |of| name(resolve(world, of, viewer, |it| world.per_viewer || holds(it, category)));
                answer(&self.standing) == answer(&without)
            };
            name(level(world, &self.standing, viewer)) == name(level(world, &without, viewer))
                && world.categories.iter().all(|category| same(&category.name))
        })
    }

    /// True if somebody sees a field that nobody would show them under the last manifest.
    fn shows_more(&self) -> bool {
        let mut open = self.world.clone();
        for manifest in open.manifests.iter_mut().filter(|manifest| manifest.when.is_some()) {
            manifest.when = Some(Condition::Constant(false));
        }
        let off = settled(&open, self.owner, recorded(&open, self.owner)).standing;
        let others = viewers(self.world).into_iter().filter(|viewer| *viewer != Viewer::Person(self.owner.to_owned()));
        others.into_iter().any(|viewer| {
            fields(self.world).iter().any(|(category, field)| {
                let sees = |world: &World, standing: &Standing| {
                    decide_on(world, standing, &viewer, self.owner, category, field).0 == Answer::Visible
                };
                sees(self.world, &self.standing) && !sees(&open, &off)
            })
        })
    }
}
