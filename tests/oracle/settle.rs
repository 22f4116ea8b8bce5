//! Which entries are recorded for an owner, and what the manifest in effect makes of them.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::{Scene, members, user};
use super::evaluate::{self, Standing, covers};
use super::world::*;

/// A container's name and an entry in it; groups are expanded.
pub type Entries = BTreeSet<(Name, Entry)>;

/// The directory's entries of the owner and the policy's, groups expanded, not settled.
pub fn recorded(world: &World, owner: &str) -> Entries {
    let scene = Scene { world, owner, about: None };
    let directory = user(world, owner).and_then(|user| user.memberships.clone()).unwrap_or_default();
    // Policy entries add to the owner's own, where the membership's condition is true.
    let applying = world
        .memberships
        .iter()
        .filter(|membership| membership.when.as_ref().is_none_or(|condition| scene.truth(condition) == Some(true)));
    let policy = applying.flat_map(|membership| membership.grants.clone());
    let mut entries = Entries::new();
    for (container, listed) in directory.into_iter().chain(policy) {
        for entry in listed {
            match entry {
                // A group stands for user entries of its members.
                Entry::Group(group) => {
                    entries.extend(members(world, &group).into_iter().map(|m| (container.clone(), Entry::User(m))));
                }
                other => drop(entries.insert((container.clone(), other))),
            }
        }
    }
    entries
}

/// The manifest in effect: the first whose condition holds; the last has none.
pub fn manifest<'a>(world: &'a World, owner: &str) -> Option<&'a Manifest> {
    let scene = Scene { world, owner, about: None };
    world.manifests.iter().find(|m| m.when.as_ref().is_none_or(|condition| scene.truth(condition) == Some(true)))
}

/// What a manifest is asked about: one person's user entries, or one entry type (each domain by itself).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Matter {
    Person(Name),
    Type(Entry),
}

/// The owner's entries and contacts after settling.
///
/// From the broadest matter to the narrowest, because "a broader entry in a blocking container covers the subject" asks
/// about the broader entries as they stand after settling: everyone, whoever has an address, networks, domains from the
/// shortest, people.
pub fn in_force(world: &World, owner: &str) -> Standing {
    settled(world, owner, recorded(world, owner)).standing
}

/// What a manifest did to put an entry where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Placed {
    Added,
    Moved,
}

/// What becomes of recorded entries, and which of those in force the manifest placed.
pub struct Settled {
    pub standing: Standing,
    pub placed: BTreeMap<(Name, Entry), Placed>,
}

pub fn settled(world: &World, owner: &str, recorded: Entries) -> Settled {
    let (contacts, delegates) = lists(world, owner);
    let mut placed = BTreeMap::new();
    let Some(manifest) = manifest(world, owner) else {
        return Settled { standing: Standing { entries: recorded, contacts, delegates }, placed };
    };

    // The types for many are asked about even without an entry, domains only where one is recorded.
    let mut matters = vec![Matter::Type(Entry::Everyone), Matter::Type(Entry::Authenticated)];
    matters.extend(
        [Network::SameEnterprise, Network::Federated, Network::PublicCloud].map(|n| Matter::Type(Entry::Network(n))),
    );
    let mut domains: BTreeSet<(usize, Name)> = BTreeSet::new();
    // People: everybody with a user entry, and contacts and delegates even without one.
    let mut people: BTreeSet<Name> = contacts.union(&delegates).cloned().collect();
    for (_, entry) in &recorded {
        match entry {
            Entry::User(address) => drop(people.insert(address.clone())),
            Entry::Domain(domain) => drop(domains.insert((domain.len(), domain.clone()))),
            _ => {}
        }
    }
    matters.extend(domains.into_iter().map(|(_, domain)| Matter::Type(Entry::Domain(domain))));
    matters.extend(people.into_iter().map(Matter::Person));

    let mut settled = Standing { entries: Entries::new(), contacts: contacts.clone(), delegates: delegates.clone() };
    for matter in matters {
        let broader = &settled.entries;
        let settling =
            Settling { world, recorded: &recorded, broader, manifest, contacts: &contacts, delegates: &delegates };
        let ((containers, how), made_contact) = settling.settle(&matter);
        let entry = match &matter {
            Matter::Person(address) => Entry::User(address.clone()),
            Matter::Type(entry) => entry.clone(),
        };
        placed.extend(how.iter().flat_map(|how| containers.iter().map(|name| ((name.clone(), entry.clone()), *how))));
        settled.entries.extend(containers.into_iter().map(|container| (container, entry.clone())));
        if let (Matter::Person(address), true) = (matter, made_contact) {
            settled.contacts.insert(address);
        }
    }
    Settled { standing: settled, placed }
}

/// The recorded contacts and delegates.
pub fn lists(world: &World, owner: &str) -> (BTreeSet<Name>, BTreeSet<Name>) {
    let set = |list: Option<&Vec<Name>>| list.into_iter().flatten().cloned().collect();
    let user = user(world, owner);
    (set(user.and_then(|user| user.contacts.as_ref())), set(user.and_then(|user| user.delegates.as_ref())))
}

/// Containers, and what the manifest did to put an entry there.
type Stands = (BTreeSet<Name>, Option<Placed>);

struct Settling<'a> {
    world: &'a World,
    recorded: &'a Entries,
    /// What is settled already: everything broader.
    broader: &'a Entries,
    manifest: &'a Manifest,
    contacts: &'a BTreeSet<Name>,
    delegates: &'a BTreeSet<Name>,
}

impl Settling<'_> {
    /// The containers where the matter's entry stands, and whether the person was made a contact.
    fn settle(&self, matter: &Matter) -> (Stands, bool) {
        let held = self.held(matter);
        // 1. Who is in blocking containers stays in those and in no other.
        if matches!(matter, Matter::Person(_)) {
            let blocking: BTreeSet<Name> = held.iter().filter(|name| self.container(name).blocking).cloned().collect();
            if !blocking.is_empty() {
                return ((blocking, None), false);
            }
        }
        let subject = match matter {
            // On both lists a delegate counts; on neither it is a stranger.
            Matter::Person(address) if self.delegates.contains(address) => Subject::Delegate,
            Matter::Person(address) if self.contacts.contains(address) => Subject::Contact,
            Matter::Person(_) => Subject::Stranger,
            Matter::Type(Entry::Domain(_)) => Subject::Domain,
            Matter::Type(Entry::Network(network)) => Subject::Network(*network),
            Matter::Type(Entry::Authenticated) => Subject::Authenticated,
            Matter::Type(_) => Subject::Everyone,
        };
        match self.by_rule(matter, subject, held.clone()) {
            Some(containers) => (containers, false),
            // `else make contact`: as a contact from step 2 on.
            None => (self.by_rule(matter, Subject::Contact, held.clone()).unwrap_or((held, None)), true),
        }
    }

    /// Steps 2 to 5; none if the person is to be made a contact.
    fn by_rule(&self, matter: &Matter, subject: Subject, held: BTreeSet<Name>) -> Option<Stands> {
        // 2. Nothing is said about the subject: the entries stand.
        let Some(rule) = self.rule(matter, subject) else { return Some((held, None)) };
        // 3. None where exactly one is asked: the default, unless somebody broader is blocked.
        if held.is_empty() {
            return Some(self.missing(matter, rule));
        }
        // 4. All of them allowed, and not too many: they stand.
        let allowed: BTreeSet<Name> = held
            .iter()
            .filter(|name| rule.places.iter().any(|place| evaluate::is_at(self.container(name), place)))
            .cloned()
            .collect();
        let one = rule.cardinality.is_some();
        if allowed == held && (!one || held.len() <= 1) {
            return Some((held, None));
        }
        // 5. What the rule says else.
        match rule.remedy {
            Some(Remedy::Move) => Some((rule.default.iter().cloned().collect(), Some(Placed::Moved))),
            // Whoever loses the last entry is somebody without one: step 3 again, or settling once more would differ.
            Some(Remedy::Remove) if allowed.is_empty() => Some(self.missing(matter, rule)),
            Some(Remedy::Remove) if one => {
                Some((allowed.into_iter().max_by_key(|name| self.container(name).id).into_iter().collect(), None))
            }
            Some(Remedy::Remove) => Some((allowed, None)),
            Some(Remedy::MakeContact) => None,
            None => Some((held, None)),
        }
    }

    /// Where the entry of somebody without one is added.
    fn missing(&self, matter: &Matter, rule: &ManifestRule) -> Stands {
        let added = rule.cardinality == Some(Cardinality::ExactlyOne) && !self.broader_is_blocked(matter);
        (rule.default.iter().filter(|_| added).cloned().collect(), Some(Placed::Added))
    }

    fn held(&self, matter: &Matter) -> BTreeSet<Name> {
        let is = |entry: &Entry| match matter {
            Matter::Person(address) => *entry == Entry::User(address.clone()),
            Matter::Type(kind) => entry == kind,
        };
        self.recorded.iter().filter(|(_, entry)| is(entry)).map(|(container, _)| container.clone()).collect()
    }

    fn rule(&self, matter: &Matter, subject: Subject) -> Option<&ManifestRule> {
        self.manifest.rules.iter().find(|rule| {
            // `from` limits a rule to people and domains of those networks.
            let of = |address: String| rule.from.contains(&evaluate::network(self.world, &Viewer::Person(address)));
            let from = match matter {
                Matter::Person(address) => of(address.clone()),
                Matter::Type(Entry::Domain(domain)) => of(format!("anybody@{domain}")),
                Matter::Type(_) => false,
            };
            rule.subjects.contains(&subject) && (rule.from.is_empty() || from)
        })
    }

    /// True if an entry in a blocking container, broader than the matter's own, covers it.
    fn broader_is_blocked(&self, matter: &Matter) -> bool {
        self.broader.iter().any(|(container, entry)| {
            let covered = |address: String| covers(self.world, entry, &Viewer::Person(address)).is_some();
            let broader = match (matter, entry) {
                (_, Entry::User(_) | Entry::Group(_)) => false,
                // The person's domain or network, or everyone.
                (Matter::Person(address), _) => covered(address.clone()),
                // Whatever covers all people of the domain: its network, everyone, and by suffix a domain above it.
                (Matter::Type(Entry::Domain(domain)), _) => covered(format!("anybody@{domain}")),
                // Broader than a network are whoever has an address, and everyone.
                (Matter::Type(Entry::Network(_)), entry) => matches!(entry, Entry::Authenticated | Entry::Everyone),
                (Matter::Type(Entry::Authenticated), entry) => *entry == Entry::Everyone,
                (Matter::Type(_), _) => false,
            };
            broader && self.container(container).blocking
        })
    }

    fn container(&self, name: &str) -> &Container {
        evaluate::container(self.world, name)
    }
}
