//! From where entries are to stand, to the changes of what a directory records: exactly those, and in an order in which
//! nobody who keeps access loses it in between.
//!
//! A directory has entries of its own and entries of groups; policy adds to both and cannot be changed here. What a
//! plan wants is a set; this subtracts what is there anyway.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::directory::{self, Address, Amendment, Directory};
use crate::language::Span;
use crate::model::{ContainerId, Containers, Entry, MembershipId, Model, Network, PersonId, UserId};
use crate::resolve::{Matcher, RuleSet, suppose};

use super::act::{Act, Because, Does};

/// Where entries are to stand, by whom they match; whoever is not among them keeps what is recorded.
pub(super) type Wishes = BTreeMap<Matcher, Containers>;

/// An entry that policy demands and the manifest drops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Residue {
    /// Whom it matches.
    pub matcher: Matcher,
    /// Where it stands.
    pub container: ContainerId,
    /// The `membership` that demands it.
    pub membership: MembershipId,
    /// Where.
    pub span: Span,
}

/// The changes that make a directory record what is wanted.
#[derive(Debug, Default)]
pub(super) struct Rewritten {
    /// New entries, from the most specific to the broadest, the highest container first.
    pub(super) adds: Vec<Amendment>,
    /// Entries that go, from the broadest to the most specific, the lowest container first.
    pub(super) removes: Vec<Amendment>,
    /// Groups whose entries are replaced by those of their people.
    pub(super) replaced: Vec<Act>,
    /// Entries that policy demands where none is wanted.
    pub(super) residue: Vec<Residue>,
}

/// The changes that make an owner's recorded entries the wanted ones.
pub(super) fn rewrite(rules: &RuleSet, owner: UserId, wishes: &Wishes) -> Rewritten {
    let model = rules.model();
    let mut rewriting = Rewriting::new(rules, wishes);
    for (membership, container, entry, span) in suppose::granted(rules, owner) {
        rewriting.granted(membership, container, entry, span);
    }
    for (container, entry, _) in model.users[owner].entries.iter() {
        rewriting.recorded(container, entry);
    }
    for (matcher, wanted) in wishes {
        for container in wanted.iter() {
            rewriting.add(*matcher, container);
        }
    }
    for (person, container) in std::mem::take(&mut rewriting.staying) {
        rewriting.add(Matcher::Person(person), container);
    }
    let Rewriting { mut adds, mut removes, mut residue, replaced, .. } = rewriting;
    residue.sort_by_key(|residue| (residue.matcher, residue.container));
    // Whatever order things hold in, an added entry decides nothing that the wanted ones would not, and a removed one
    // is covered by narrower ones until nothing is left but what is wanted.
    let breadth = |matcher: Matcher| breadth(model, matcher);
    adds.sort_by_key(|(matcher, container)| (breadth(*matcher), Reverse(*container), *matcher));
    removes.sort_by_key(|(entry, container)| {
        let widest = rules.graph().matchers(*entry).next().map(breadth);
        (Reverse(widest), *container, *entry)
    });
    let added = |(matcher, to): &(Matcher, ContainerId)| Amendment::AddEntry {
        container: name(model, *to),
        entry: written(model, *matcher),
    };
    let removed = |(entry, from): &(Entry, ContainerId)| Amendment::RemoveEntry {
        container: name(model, *from),
        entry: recorded(model, *entry),
    };
    Rewritten {
        adds: adds.iter().map(added).collect(),
        removes: removes.iter().map(removed).collect(),
        replaced,
        residue,
    }
}

struct Rewriting<'a> {
    rules: &'a RuleSet,
    wishes: &'a Wishes,
    /// What is recorded and stays so.
    provided: BTreeSet<(Matcher, ContainerId)>,
    adds: Vec<(Matcher, ContainerId)>,
    removes: Vec<(Entry, ContainerId)>,
    /// Groups that go, and who of them stays.
    replaced: Vec<Act>,
    staying: Vec<(PersonId, ContainerId)>,
    residue: Vec<Residue>,
}

impl<'a> Rewriting<'a> {
    fn new(rules: &'a RuleSet, wishes: &'a Wishes) -> Rewriting<'a> {
        Rewriting {
            rules,
            wishes,
            provided: BTreeSet::new(),
            adds: Vec::new(),
            removes: Vec::new(),
            replaced: Vec::new(),
            staying: Vec::new(),
            residue: Vec::new(),
        }
    }

    fn unwanted(&self, matcher: Matcher, container: ContainerId) -> bool {
        self.wishes.get(&matcher).is_some_and(|wanted| !wanted.has(container))
    }

    fn granted(&mut self, membership: MembershipId, container: ContainerId, entry: Entry, span: Span) {
        for matcher in self.rules.graph().matchers(entry) {
            if self.provided.insert((matcher, container)) && self.unwanted(matcher, container) {
                self.residue.push(Residue { matcher, container, membership, span });
            }
        }
    }

    fn recorded(&mut self, container: ContainerId, entry: Entry) {
        let matchers: Vec<Matcher> = self.rules.graph().matchers(entry).collect();
        let Some(leaves) = matchers.iter().copied().find(|matcher| self.unwanted(*matcher, container)) else {
            self.provided.extend(matchers.into_iter().map(|matcher| (matcher, container)));
            return;
        };
        self.removes.push((entry, container));
        let (Entry::Group(group), Matcher::Person(leaves)) = (entry, leaves) else { return };
        let people = matchers.iter().filter(|matcher| !self.unwanted(**matcher, container));
        let people: Vec<PersonId> = people
            .filter_map(|matcher| if let Matcher::Person(person) = matcher { Some(*person) } else { None })
            .collect();
        self.staying.extend(people.iter().map(|person| (*person, container)));
        self.replaced.push(Act { does: Does::Replace(group, container, people), because: Because::Leaves(leaves) });
    }

    fn add(&mut self, matcher: Matcher, container: ContainerId) {
        if self.provided.insert((matcher, container)) {
            self.adds.push((matcher, container));
        }
    }
}

/// How broad an entry is: people, then domains from the longest, then networks, then everybody with an address, then
/// everyone.
fn breadth(model: &Model, matcher: Matcher) -> (u8, Reverse<usize>) {
    match matcher {
        Matcher::Person(_) => (0, Reverse(0)),
        Matcher::Domain(domain) => (1, Reverse(model.domains[domain].name.as_str().len())),
        Matcher::Network(_) => (2, Reverse(0)),
        Matcher::Authenticated => (3, Reverse(0)),
        Matcher::Everyone => (4, Reverse(0)),
    }
}

fn name(model: &Model, container: ContainerId) -> String {
    model.containers[container].declared.name.clone()
}

/// An entry for whoever it matches, as a directory records it.
pub(super) fn written(model: &Model, matcher: Matcher) -> directory::Entry {
    match matcher {
        Matcher::Person(person) => directory::Entry::User(model.people[person].address.clone()),
        Matcher::Domain(domain) => directory::Entry::Domain(model.domains[domain].name.clone()),
        Matcher::Network(Network::SameEnterprise) => directory::Entry::SameEnterprise,
        Matcher::Network(Network::Federated) => directory::Entry::Federated,
        Matcher::Network(Network::PublicCloud) => directory::Entry::PublicCloud,
        Matcher::Authenticated => directory::Entry::Authenticated,
        Matcher::Network(Network::Other) | Matcher::Everyone => directory::Entry::Everyone,
    }
}

/// A recorded entry as the directory has it.
fn recorded(model: &Model, entry: Entry) -> directory::Entry {
    match entry {
        Entry::Person(person) => directory::Entry::User(model.people[person].address.clone()),
        Entry::Group(group) => directory::Entry::Group(model.groups[group].name.clone()),
        Entry::Domain(domain) => directory::Entry::Domain(model.domains[domain].name.clone()),
        Entry::SameEnterprise => directory::Entry::SameEnterprise,
        Entry::Federated => directory::Entry::Federated,
        Entry::PublicCloud => directory::Entry::PublicCloud,
        Entry::Authenticated => directory::Entry::Authenticated,
        Entry::Everyone => directory::Entry::Everyone,
    }
}

/// The same changes with containers named as the directory names them: a container that a user lists by its number
/// keeps that.
pub fn spelt(model: &Model, directory: &Directory, changes: &mut [(Address, Vec<Amendment>)]) {
    let numbered: BTreeMap<&Address, Vec<(&str, &str)>> = directory
        .users
        .iter()
        .map(|user| {
            let keys = user.memberships.iter().flatten().map(|(key, _)| key.it.as_str());
            let named = keys.filter_map(|key| {
                let number: u32 = key.parse().ok()?;
                let container = model.containers.values().find(|container| container.number == number)?;
                Some((container.declared.name.as_str(), key))
            });
            (&user.address.it, named.collect::<Vec<_>>())
        })
        .filter(|(_, keys)| !keys.is_empty())
        .collect();
    for (user, amendments) in changes {
        let Some(keys) = numbered.get(user) else { continue };
        let listed =
            |user: &&directory::User, name: &str| user.memberships.iter().flatten().any(|(key, _)| key.it == name);
        let user = directory.users.iter().find(|it| it.address.it == *user);
        let mut more = Vec::new();
        for amendment in amendments.drain(..) {
            more.extend(respelt(amendment, keys, &|name| user.as_ref().is_some_and(|user| listed(user, name))));
        }
        *amendments = more;
    }
}

/// An amendment for each key under which its container stands.
fn respelt(amendment: Amendment, keys: &[(&str, &str)], listed: &dyn Fn(&str) -> bool) -> Vec<Amendment> {
    let numbers = |container: &str| -> Vec<String> {
        keys.iter().filter(|(name, _)| *name == container).map(|(_, number)| (*number).to_owned()).collect()
    };
    match amendment {
        Amendment::AddEntry { container, entry } => {
            let number = numbers(&container).into_iter().next().filter(|_| !listed(&container));
            vec![Amendment::AddEntry { container: number.unwrap_or(container), entry }]
        }
        Amendment::RemoveEntry { container, entry } => {
            // Under which of its keys the entry stands does not matter: removing what is not there changes nothing.
            let by_number = numbers(&container);
            let by_name = listed(&container).then_some(container);
            let all = by_name.into_iter().chain(by_number);
            all.map(|container| Amendment::RemoveEntry { container, entry: entry.clone() }).collect()
        }
        other => vec![other],
    }
}

/// Where entries of an owner are recorded, by whom they match, groups expanded and policy's included.
pub fn recorded_of(rules: &RuleSet, owner: UserId) -> BTreeMap<Matcher, Containers> {
    let granted = suppose::granted(rules, owner).into_iter().map(|(_, container, entry, _)| (container, entry));
    let own = rules.model().users[owner].entries.iter().map(|(container, entry, _)| (container, entry));
    let mut recorded: BTreeMap<Matcher, Containers> = BTreeMap::new();
    for (container, entry) in own.chain(granted) {
        for matcher in rules.graph().matchers(entry) {
            let containers = recorded.entry(matcher).or_default();
            *containers = containers.with(container);
        }
    }
    recorded
}
