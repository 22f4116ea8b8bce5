//! What the manifest in effect makes of recorded entries, one owner at a time.

use rustc_hash::FxHashSet;

use super::recorded::{Record, Recorded, containers};
use super::{Adjustment, Contacts, Dropped, Origin, Settled, Stand};
use crate::graph::RuleGraph;
use crate::language::ast::{Cardinality, ContainerFlag, Remedy, SubjectKind};
use crate::model::{Containers, DomainId, ManifestRule, ManifestRuleId, Model, Network, PersonId, UserId};
use crate::viewers::{Matcher, broader};

/// The entries of one owner, while they are settled.
pub(super) struct Settling<'a> {
    graph: &'a RuleGraph,
    owner: UserId,
    /// How the contacts differ from those listed.
    contacts: &'a Contacts,
    /// The rules of the manifest in effect; None when entries stand as recorded.
    rules: Option<&'a [ManifestRuleId]>,
    blocking: Containers,
    /// Whoever is matched by an entry for many that stands in a blocking container.
    blocked: FxHashSet<Matcher>,
    settled: Settled,
}

/// Somebody whom the owner names.
#[derive(Clone, Copy)]
struct Named {
    person: PersonId,
    relation: Relation,
    network: Network,
}

/// Whether somebody counts as a contact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Relation {
    Contact,
    None,
}

impl<'a> Settling<'a> {
    /// Nothing is settled yet. Without rules all entries stand as recorded.
    pub(super) fn new(
        graph: &'a RuleGraph,
        owner: UserId,
        contacts: &'a Contacts,
        rules: Option<&'a [ManifestRuleId]>,
    ) -> Settling<'a> {
        let blocking = graph.model().flagged(ContainerFlag::Blocking);
        Settling { graph, owner, contacts, rules, blocking, blocked: FxHashSet::default(), settled: Settled::default() }
    }

    fn model(&self) -> &Model {
        self.graph.model()
    }

    /// From the broadest to the narrowest, since a broader entry that stands in a blocking container keeps a missing
    /// narrower one from being added.
    pub(super) fn run(mut self, recorded: &Recorded) -> Settled {
        self.settled.entries.reserve_exact(recorded.len());
        self.entry_type(Matcher::Everyone, SubjectKind::Everyone, recorded.entries_for(Matcher::Everyone));
        let authenticated = Matcher::Authenticated;
        self.entry_type(authenticated, SubjectKind::Authenticated, recorded.entries_for(authenticated));
        let networks = [
            (Network::SameEnterprise, SubjectKind::SameEnterprise),
            (Network::Federated, SubjectKind::Federated),
            (Network::PublicCloud, SubjectKind::PublicCloud),
        ];
        for (network, subject) in networks {
            let matcher = Matcher::Network(network);
            self.entry_type(matcher, subject, recorded.entries_for(matcher));
        }
        // A domain before those below it.
        let domain = |matcher| if let Matcher::Domain(domain) = matcher { Some(domain) } else { None };
        let mut domains: Vec<DomainId> = recorded.matchers().filter_map(domain).collect();
        domains.dedup();
        domains.sort_by_key(|domain| self.model().domains[*domain].name.as_str().len());
        for domain in domains {
            let matcher = Matcher::Domain(domain);
            self.entry_type(matcher, SubjectKind::Domain, recorded.entries_for(matcher));
        }
        let mut left = recorded.of_people();
        for named in self.people(recorded) {
            let own = left.iter().take_while(|entry| entry.matcher == Matcher::Person(named.person)).count();
            let (entries, others) = left.split_at(own);
            self.person(named, entries);
            left = others;
        }
        self.settled.entries.sort_by_key(|stand| (stand.matcher, stand.container));
        self.settled
    }

    /// Everybody with a user entry, and everybody on the owner's lists. What is known of them lies all over the memory:
    /// the processor fetches several at a time, if nothing else is done in between.
    fn people(&self, recorded: &Recorded) -> Vec<Named> {
        let user = &self.model().users[self.owner];
        let listed = user.contacts.iter().map(|(person, _)| person);
        let contacts = listed.filter(|person| !self.contacts.less.contains(person));
        let contacts = contacts.chain(self.contacts.more.iter().copied()).map(|person| (person, Relation::Contact));
        let delegates = user.delegates.iter().map(|(person, _)| (*person, Relation::None));
        let named = recorded.of_people().iter().filter_map(|entry| match entry.matcher {
            Matcher::Person(person) => Some((person, Relation::None)),
            _ => None,
        });
        let mut people: Vec<(PersonId, Relation)> = contacts.chain(delegates).chain(named).collect();
        people.sort_unstable();
        people.dedup_by_key(|(person, _)| *person);
        let network = |person: PersonId| self.model().people[person].network;
        people.into_iter().map(|(person, relation)| Named { person, relation, network: network(person) }).collect()
    }

    fn entry_type(&mut self, matcher: Matcher, subject: SubjectKind, entries: &[Record]) {
        let network = match matcher {
            Matcher::Domain(domain) => self.model().domains[domain].network,
            Matcher::Network(network) => network,
            Matcher::Person(_) | Matcher::Authenticated | Matcher::Everyone => Network::Other,
        };
        match self.rule_for(subject, network) {
            Some(rule) => self.apply(matcher, rule, entries),
            None => self.stand(matcher, entries),
        }
    }

    fn person(&mut self, named: Named, entries: &[Record]) {
        let Named { person, network, .. } = named;
        let matcher = Matcher::Person(person);
        // Settling never moves anybody out of a blocking container, whatever the rules say.
        let blocking = self.blocking;
        if self.rules.is_some() && !containers(entries).both(blocking).is_empty() {
            let (blocked, others): (Vec<Record>, Vec<Record>) =
                entries.iter().copied().partition(|entry| blocking.has(entry.container));
            self.stand(matcher, &blocked);
            for Record { container, origin, .. } in others {
                self.settled.dropped.push(Dropped { matcher, container, origin, rule: None });
            }
            return;
        }
        let subject = self.subject(named);
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
    fn subject(&self, named: Named) -> SubjectKind {
        if self.model().users[self.owner].has_delegate(named.person) {
            return SubjectKind::Delegate;
        }
        match named.relation {
            Relation::Contact => SubjectKind::Contact,
            Relation::None => SubjectKind::Stranger,
        }
    }

    /// The first rule of the manifest about a subject.
    fn rule_for(&self, subject: SubjectKind, network: Network) -> Option<ManifestRuleId> {
        self.rules?.iter().copied().find(|rule| self.model().manifest_rules[*rule].is_about(subject, network))
    }

    /// All entries in allowed containers, and not more of them than there may be.
    fn permits(&self, rule: ManifestRuleId, entries: &[Record]) -> bool {
        let rule = &self.model().manifest_rules[rule];
        entries.iter().all(|entry| rule.allowed.has(entry.container))
            && (rule.cardinality.is_none() || entries.len() <= 1)
    }

    fn apply(&mut self, matcher: Matcher, rule: ManifestRuleId, entries: &[Record]) {
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
            self.blocked.insert(stand.matcher);
        }
        self.settled.entries.push(stand);
    }

    fn stand(&mut self, matcher: Matcher, entries: &[Record]) {
        for Record { container, origin, .. } in entries.iter().copied() {
            self.push(Stand { matcher, container, origin, adjustment: Adjustment::None });
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
                self.push(Stand { matcher, container, origin, adjustment: Adjustment::Added(rule) });
            }
        }
    }

    fn move_to_default(&mut self, matcher: Matcher, rule: ManifestRuleId, entries: &[Record]) {
        let Some(container) = self.model().manifest_rules[rule].default else { return self.stand(matcher, entries) };
        // An entry that stood there already keeps its own origin.
        let stood = entries.iter().find(|entry| entry.container == container).map(|entry| entry.origin);
        let origin = stood.or_else(|| entries.iter().map(|entry| entry.origin).min()).unwrap_or(Origin::Manifest(rule));
        self.push(Stand { matcher, container, origin, adjustment: Adjustment::Moved(rule, containers(entries)) });
        for left in entries.iter().filter(|entry| entry.container != container) {
            let Record { container, origin, .. } = *left;
            self.settled.dropped.push(Dropped { matcher, container, origin, rule: Some(rule) });
        }
    }

    fn remove(&mut self, matcher: Matcher, rule: ManifestRuleId, entries: &[Record]) {
        let written = &self.model().manifest_rules[rule];
        let kept = containers(entries).both(written.allowed);
        let kept = match (written.cardinality, kept.highest()) {
            (Some(_), Some(highest)) => Containers::only(highest),
            _ => kept,
        };
        for Record { container, origin, .. } in entries.iter().copied() {
            if kept.has(container) {
                self.push(Stand { matcher, container, origin, adjustment: Adjustment::None });
            } else {
                self.settled.dropped.push(Dropped { matcher, container, origin, rule: Some(rule) });
            }
        }
        // Whoever has lost every entry is somebody without one; otherwise a second settling would differ from the
        // first.
        if kept.is_empty() {
            self.add_missing(matcher, rule);
        }
    }

    /// The broader entry that covers the subject and stands in a blocking container: of a person the domain or the
    /// network, of a domain its network, of all of them everybody with an address and everyone.
    fn blocked_from_above(&self, matcher: Matcher) -> Option<Matcher> {
        broader(self.model(), matcher, |broader| self.blocked.contains(&broader).then_some(broader))
    }
}
