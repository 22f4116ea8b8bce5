//! Which entries are in force: what is recorded, what policies add, and what the manifest in effect makes of both.

use std::collections::BTreeMap;

use crate::graph::RuleGraph;
use crate::model::{
    ContainerId, Containers, DomainId, Entry, GroupId, ManifestId, ManifestRule, ManifestRuleId, MembershipId, Model,
    Network, PersonId, Reading, Subject, UserId, Value, What,
};
use crate::syntax::ast::{Cardinality, DomainMatch, Remedy, SubjectKind};
use crate::text::Span;

use super::decide::Matched;
use super::rule_set::{Entries, RuleSet};
use super::somebody::Somebody;
use super::standing::Matcher;
use super::suppose::Contacts;

/// An entry that stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stand {
    /// Whom it matches.
    pub matcher: Matcher,
    /// Where it stands.
    pub container: ContainerId,
    /// Where it comes from.
    pub origin: Origin,
    /// What settling did to it.
    pub change: Change,
}

/// Where an entry comes from. If the same entry comes twice, the first in this order counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Origin {
    /// The owner's memberships in the directory.
    Directory(Span),
    /// A group in the owner's memberships: the entry, and where the group names the person.
    Group(GroupId, Span, Span),
    /// A membership rule, and the group it names, if it does.
    Policy(MembershipId, Span, Option<(GroupId, Span)>),
    /// The manifest demands it.
    Manifest(ManifestRuleId),
}

/// What settling did to an entry that stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// Nothing: it stands as recorded.
    None,
    /// It was missing.
    Added(ManifestRuleId),
    /// It stood in these containers.
    Moved(ManifestRuleId, Containers),
}

/// An entry that does not stand any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dropped {
    /// Whom it matched.
    pub matcher: Matcher,
    /// Where it stood.
    pub container: ContainerId,
    /// Where it came from.
    pub origin: Origin,
    /// The manifest rule that drops it; None if an entry in a blocking container does.
    pub rule: Option<ManifestRuleId>,
}

/// The entries of an owner, with the reason for each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settled {
    /// The manifest in effect; None if the set has no manifests.
    pub manifest: Option<ManifestId>,
    /// The entries that stand, sorted by whom they match and where.
    pub entries: Vec<Stand>,
    /// Those that do not.
    pub dropped: Vec<Dropped>,
    /// People whom settling made contacts.
    pub made_contacts: Vec<(PersonId, ManifestRuleId)>,
    /// Entries that were missing and were not added: whom they would match, the manifest rule that demands them, and the
    /// broader entry that blocks.
    pub withheld: Vec<(Matcher, ManifestRuleId, Matcher)>,
    /// The manifest rules that had something to say, and about whom: where entries stood, or one was added.
    pub governed: Vec<(Matcher, ManifestRuleId)>,
}

impl Settled {
    /// The entry for these people in this container.
    pub fn stand(&self, matched: Matched) -> Option<&Stand> {
        let key = (matched.matcher, matched.container);
        let at = self.entries.binary_search_by_key(&key, |stand| (stand.matcher, stand.container)).ok()?;
        self.entries.get(at)
    }

    /// The text that an entry comes from.
    pub fn place(&self, model: &Model, matched: Matched) -> Option<Span> {
        self.stand(matched).map(|stand| match stand.origin {
            Origin::Directory(span) | Origin::Policy(_, span, _) => span,
            Origin::Group(_, _, member) => member,
            Origin::Manifest(rule) => model.manifest_rules[rule].span,
        })
    }
}

/// What is recorded of one person, domain or network: its entries, sorted by container.
pub(super) type Recorded = BTreeMap<Matcher, BTreeMap<ContainerId, Origin>>;

impl RuleSet {
    /// The entries of an owner with their reasons. This is computed anew at each call; decisions read a table of it.
    pub fn settled(&self, owner: UserId) -> Settled {
        self.settle_recorded(owner, &self.recorded(owner), &Contacts::default())
    }

    /// What becomes of recorded entries, with these contacts.
    pub(super) fn settle_recorded(&self, owner: UserId, recorded: &Recorded, contacts: &Contacts) -> Settled {
        let manifest = self.manifest_in_effect(owner);
        let settling = Settling {
            graph: self.graph(),
            owner,
            contacts,
            rules: match (self.entries(), manifest) {
                (Entries::InForce, Some(manifest)) => Some(&self.model().manifests[manifest].rules),
                _ => None,
            },
            blocking: self.model().flagged(|container| container.blocking),
            blocked: Vec::new(),
            settled: Settled { manifest, ..Settled::default() },
        };
        settling.run(recorded)
    }

    /// The first manifest whose condition holds.
    pub(super) fn manifest_in_effect(&self, owner: UserId) -> Option<ManifestId> {
        let reading = Reading { of: Subject::Owner, what: What::Mode };
        if let Some(Value(index)) = self.assumed(reading, Some(Somebody::user(self.model(), owner))) {
            return self.model().manifests.ids().nth(index as usize);
        }
        let holds = |manifest: &ManifestId| match self.model().manifests[*manifest].when {
            Some(when) => self.holds_of_owner(when, owner),
            None => true,
        };
        self.graph().manifest_order().iter().copied().find(holds)
    }

    /// What directory, groups and policies record for an owner.
    fn recorded(&self, owner: UserId) -> Recorded {
        let graph = self.graph();
        let model = self.model();
        let mut recorded = Recorded::new();
        let mut take = |entry: Entry, container: ContainerId, origin: &dyn Fn(Option<(GroupId, Span)>) -> Origin| {
            let mut put = |matcher: Matcher, origin: Origin| {
                let at = recorded.entry(matcher).or_default().entry(container).or_insert(origin);
                *at = (*at).min(origin);
            };
            match entry {
                Entry::Person(person) => put(Matcher::Person(person), origin(None)),
                Entry::Group(group) => {
                    for (person, span) in graph.members(group) {
                        put(Matcher::Person(*person), origin(Some((group, *span))));
                    }
                }
                Entry::Domain(domain) => put(Matcher::Domain(domain), origin(None)),
                Entry::SameEnterprise => put(Matcher::Network(Network::SameEnterprise), origin(None)),
                Entry::Federated => put(Matcher::Network(Network::Federated), origin(None)),
                Entry::PublicCloud => put(Matcher::Network(Network::PublicCloud), origin(None)),
                Entry::Everyone => put(Matcher::Everyone, origin(None)),
            }
        };
        for (container, entry, span) in model.users[owner].entries.iter() {
            take(entry, container, &|group| match group {
                Some((group, member)) => Origin::Group(group, span, member),
                None => Origin::Directory(span),
            });
        }
        for (id, membership) in model.memberships.iter() {
            if self.holds_of_owner(membership.when, owner) {
                for (container, entry, span) in &membership.grants {
                    take(*entry, *container, &|group| Origin::Policy(id, *span, group));
                }
            }
        }
        recorded
    }
}

struct Settling<'a> {
    graph: &'a RuleGraph,
    owner: UserId,
    /// How the contacts differ from those listed.
    contacts: &'a Contacts,
    /// The rules of the manifest in effect; None when entries stand as recorded.
    rules: Option<&'a [ManifestRuleId]>,
    blocking: Containers,
    /// The domains, networks and everyone with an entry that stands in a blocking container.
    blocked: Vec<Matcher>,
    settled: Settled,
}

impl Settling<'_> {
    fn model(&self) -> &Model {
        self.graph.model()
    }

    /// From the broadest to the narrowest, since a broader entry that stands in a blocking container keeps a missing
    /// narrower one from being added.
    fn run(mut self, recorded: &Recorded) -> Settled {
        let nothing = BTreeMap::new();
        let of = |matcher: Matcher| recorded.get(&matcher).unwrap_or(&nothing);
        self.entry_type(Matcher::Everyone, SubjectKind::Everyone, of(Matcher::Everyone));
        let networks = [
            (Network::SameEnterprise, SubjectKind::SameEnterprise),
            (Network::Federated, SubjectKind::Federated),
            (Network::PublicCloud, SubjectKind::PublicCloud),
        ];
        for (network, subject) in networks {
            let matcher = Matcher::Network(network);
            self.entry_type(matcher, subject, of(matcher));
        }
        // A domain before those below it.
        let domain = |matcher: &Matcher| if let Matcher::Domain(domain) = matcher { Some(*domain) } else { None };
        let mut domains: Vec<DomainId> = recorded.keys().filter_map(domain).collect();
        domains.sort_by_key(|domain| self.model().domains[*domain].name.as_str().len());
        for domain in domains {
            let matcher = Matcher::Domain(domain);
            self.entry_type(matcher, SubjectKind::Domain, of(matcher));
        }
        for person in self.people(recorded) {
            self.person(person, of(Matcher::Person(person)));
        }
        self.settled.entries.sort_by_key(|stand| (stand.matcher, stand.container));
        self.settled
    }

    /// Everybody with a user entry, and everybody on the owner's lists.
    fn people(&self, recorded: &Recorded) -> Vec<PersonId> {
        let user = &self.model().users[self.owner];
        let listed = user.contacts.iter().chain(user.delegates.iter().copied()).map(|(person, _)| person);
        let named = recorded.keys().filter_map(|matcher| match matcher {
            Matcher::Person(person) => Some(*person),
            _ => None,
        });
        let listed = listed.filter(|person| !self.contacts.less.contains(person) || self.is_delegate(*person));
        let mut people: Vec<PersonId> = listed.chain(self.contacts.more.iter().copied()).chain(named).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    fn entry_type(&mut self, matcher: Matcher, subject: SubjectKind, entries: &BTreeMap<ContainerId, Origin>) {
        let network = match matcher {
            Matcher::Domain(domain) => self.model().domains[domain].network,
            Matcher::Network(network) => network,
            Matcher::Person(_) | Matcher::Everyone => Network::Other,
        };
        match self.rule_for(subject, network) {
            Some(rule) => self.apply(matcher, rule, entries),
            None => self.stand(matcher, entries),
        }
    }

    fn person(&mut self, person: PersonId, entries: &BTreeMap<ContainerId, Origin>) {
        let matcher = Matcher::Person(person);
        // Settling never moves anybody out of a blocking container, whatever the rules say.
        let blocking = self.blocking;
        if self.rules.is_some() && entries.keys().any(|container| blocking.has(*container)) {
            let (blocked, others): (Vec<_>, Vec<_>) =
                entries.iter().partition(|(container, _)| blocking.has(**container));
            self.stand(matcher, &blocked.into_iter().map(|(container, origin)| (*container, *origin)).collect());
            for (container, origin) in others {
                self.settled.dropped.push(Dropped { matcher, container: *container, origin: *origin, rule: None });
            }
            return;
        }
        let network = Somebody::known(self.model(), person).network;
        let subject = self.subject(person);
        let Some(mut rule) = self.rule_for(subject, network) else { return self.stand(matcher, entries) };
        if !entries.is_empty() && !self.permits(rule, entries) {
            let written = &self.model().manifest_rules[rule];
            if subject == SubjectKind::Stranger && written.otherwise == Some(Remedy::MakeContact) {
                self.settled.made_contacts.push((person, rule));
                self.settled.governed.push((matcher, rule));
                match self.rule_for(SubjectKind::Contact, network) {
                    Some(contact) => rule = contact,
                    None => return self.stand(matcher, entries),
                }
            }
        }
        self.apply(matcher, rule, entries);
    }

    /// What the person is to the owner; of both, delegate counts.
    fn subject(&self, person: PersonId) -> SubjectKind {
        let listed = self.model().users[self.owner].contacts.has(person);
        if self.is_delegate(person) {
            SubjectKind::Delegate
        } else if self.contacts.more.contains(&person) || listed && !self.contacts.less.contains(&person) {
            SubjectKind::Contact
        } else {
            SubjectKind::Stranger
        }
    }

    fn is_delegate(&self, person: PersonId) -> bool {
        let delegates = &self.model().users[self.owner].delegates;
        delegates.binary_search_by_key(&person, |(listed, _)| *listed).is_ok()
    }

    /// The first rule of the manifest about a subject.
    fn rule_for(&self, subject: SubjectKind, network: Network) -> Option<ManifestRuleId> {
        self.rules?.iter().copied().find(|rule| self.model().manifest_rules[*rule].is_about(subject, network))
    }

    /// All entries in allowed containers, and not more of them than there may be.
    fn permits(&self, rule: ManifestRuleId, entries: &BTreeMap<ContainerId, Origin>) -> bool {
        let rule = &self.model().manifest_rules[rule];
        entries.keys().all(|container| rule.allowed.has(*container))
            && (rule.cardinality.is_none() || entries.len() <= 1)
    }

    fn apply(&mut self, matcher: Matcher, rule: ManifestRuleId, entries: &BTreeMap<ContainerId, Origin>) {
        if entries.is_empty() {
            let before = self.settled.entries.len();
            self.add_missing(matcher, rule);
            if self.settled.entries.len() > before {
                self.settled.governed.push((matcher, rule));
            }
            return;
        }
        self.settled.governed.push((matcher, rule));
        if self.permits(rule, entries) {
            return self.stand(matcher, entries);
        }
        match self.model().manifest_rules[rule].otherwise {
            Some(Remedy::Move) => self.move_to_default(matcher, rule, entries),
            Some(Remedy::Remove) => self.remove(matcher, rule, entries),
            Some(Remedy::MakeContact) | None => self.stand(matcher, entries),
        }
    }

    fn push(&mut self, stand: Stand) {
        if !matches!(stand.matcher, Matcher::Person(_)) && self.blocking.has(stand.container) {
            self.blocked.push(stand.matcher);
        }
        self.settled.entries.push(stand);
    }

    fn stand(&mut self, matcher: Matcher, entries: &BTreeMap<ContainerId, Origin>) {
        for (container, origin) in entries {
            let stand = Stand { matcher, container: *container, origin: *origin, change: Change::None };
            self.push(stand);
        }
    }

    /// Under `exactly one`, a missing entry is added in the default container, unless something broader blocks.
    fn add_missing(&mut self, matcher: Matcher, rule: ManifestRuleId) {
        let written: &ManifestRule = &self.model().manifest_rules[rule];
        let (Some(Cardinality::ExactlyOne), Some(container)) = (written.cardinality, written.default) else { return };
        match self.blocked_from_above(matcher) {
            Some(broader) => self.settled.withheld.push((matcher, rule, broader)),
            None => {
                let origin = Origin::Manifest(rule);
                self.push(Stand { matcher, container, origin, change: Change::Added(rule) });
            }
        }
    }

    fn move_to_default(&mut self, matcher: Matcher, rule: ManifestRuleId, entries: &BTreeMap<ContainerId, Origin>) {
        let Some(container) = self.model().manifest_rules[rule].default else { return self.stand(matcher, entries) };
        let from = entries.keys().fold(Containers::NONE, |set, container| set.with(*container));
        // An entry that stood there already keeps its own origin.
        let first = entries.get(&container).or_else(|| entries.values().min());
        let origin = first.copied().unwrap_or(Origin::Manifest(rule));
        self.push(Stand { matcher, container, origin, change: Change::Moved(rule, from) });
        for (left, origin) in entries.iter().filter(|(left, _)| **left != container) {
            self.settled.dropped.push(Dropped { matcher, container: *left, origin: *origin, rule: Some(rule) });
        }
    }

    fn remove(&mut self, matcher: Matcher, rule: ManifestRuleId, entries: &BTreeMap<ContainerId, Origin>) {
        let written = &self.model().manifest_rules[rule];
        let allowed = entries.keys().filter(|container| written.allowed.has(**container));
        let kept: Containers = allowed.fold(Containers::NONE, |set, container| set.with(*container));
        let kept = match (written.cardinality, kept.highest()) {
            (Some(_), Some(highest)) => Containers::only(highest),
            _ => kept,
        };
        for (container, origin) in entries {
            if kept.has(*container) {
                self.push(Stand { matcher, container: *container, origin: *origin, change: Change::None });
            } else {
                self.settled.dropped.push(Dropped {
                    matcher,
                    container: *container,
                    origin: *origin,
                    rule: Some(rule),
                });
            }
        }
        // Whoever has lost every entry is somebody without one; otherwise a second settling would differ from the first.
        if kept.is_empty() {
            self.add_missing(matcher, rule);
        }
    }

    /// The broader entry that covers the subject and stands in a blocking container: of a person the domain or the
    /// network, of a domain its network, of all of them everyone.
    fn blocked_from_above(&self, matcher: Matcher) -> Option<Matcher> {
        let model = self.model();
        let (domain, network) = match matcher {
            Matcher::Person(person) => {
                let somebody = Somebody::known(model, person);
                (somebody.domain, Some(somebody.network))
            }
            Matcher::Domain(domain) => (self.domain_above(domain), Some(model.domains[domain].network)),
            Matcher::Network(_) => (None, None),
            Matcher::Everyone => return None,
        };
        std::iter::successors(domain, |domain| self.domain_above(*domain))
            .map(Matcher::Domain)
            .chain(network.map(Matcher::Network))
            .chain([Matcher::Everyone])
            .find(|broader| self.blocked.contains(broader))
    }

    /// The nearest named domain whose entries match the people of this one too.
    fn domain_above(&self, domain: DomainId) -> Option<DomainId> {
        match self.model().matching {
            DomainMatch::BySuffix => self.model().domains[domain].above,
            DomainMatch::Exactly => None,
        }
    }
}
