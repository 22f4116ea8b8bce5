//! Contacts that come, go and move, and people, domains and networks that are blocked.
//!
//! Every function plans on a set in which whoever it is about is known: a new contact stands on the list there, a new
//! entry in its container. What it returns is what the directory has to record in the end.

mod relation;

use crate::directory::Amendment;
use crate::language::ast::ContainerFlag;
use crate::model::{ContainerId, Containers, ManifestRuleId, PersonId, UserId};
use crate::resolve::{Adjustment, Contacts, Matcher, RuleSet, Settled, settled, suppose};

use super::act::{Act, Because, Does};
use super::refusal::{Note, Refusal};
use super::rewrite::{Residue, Rewritten, Wishes, recorded_of, rewrite};
use relation::Relation;

/// Changes that somebody asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Proposal {
    /// What is done.
    pub acts: Vec<Act>,
    /// The same as changes of the directory, in order.
    pub amendments: Vec<Amendment>,
    /// Entries that policy demands all the same.
    pub residue: Vec<Residue>,
    /// What else there is to know.
    pub notes: Vec<Note>,
}

/// A new contact. The set is one in which the person is on the list already; `container` is where to put them instead
/// of where the manifest does.
pub fn add(
    rules: &RuleSet,
    owner: UserId,
    person: PersonId,
    container: Option<ContainerId>,
) -> Result<Proposal, Refusal> {
    let relation = Relation::new(rules, owner, person);
    let matcher = Matcher::Person(person);
    let added = relation.settled.entries.iter().find_map(|stand| match stand.adjustment {
        Adjustment::Added(rule) if stand.matcher == matcher => Some((rule, stand.container)),
        _ => None,
    });
    let mut proposal = Proposal::default();
    let (done, acts) = match (container, added) {
        (Some(container), _) => {
            relation.may_stand(container)?;
            relation.rewritten(relation.entries_for(container, &mut proposal.notes), Because::Asked)
        }
        (None, Some((rule, container))) => relation.rewritten(Containers::only(container), Because::Rule(rule)),
        (None, None) => Default::default(),
    };
    if relation.is_blocked() {
        proposal.notes.push(Note::StaysBlocked(person));
    } else if container.is_none() && added.is_none() && relation.recorded.is_empty() && relation.demands_an_entry() {
        proposal.notes.push(Note::Covered(person));
    }
    proposal.acts = acts;
    proposal.acts.push(Act { does: Does::AddContact(person), because: Because::Asked });
    proposal.take(done, vec![relation.contact()], Vec::new());
    Ok(proposal)
}

/// A contact goes. Where the manifest wants contacts to have entries, theirs go too, except from blocking containers;
/// elsewhere only the one in `container`, if that is named.
pub fn remove(
    rules: &RuleSet,
    owner: UserId,
    person: PersonId,
    container: Option<ContainerId>,
) -> Result<Proposal, Refusal> {
    let relation = Relation::new(rules, owner, person);
    let (owner, address) = (relation.owner_address().clone(), relation.address().clone());
    if !relation.is_contact() {
        return Err(Refusal::NoContact { owner, person: address });
    }
    if let Some(id) = container {
        let container = rules.model().containers[id].declared.name.clone();
        if relation.blocking.has(id) {
            return Err(Refusal::FromBlocking { owner, person: address, container });
        }
        if !relation.recorded.has(id) {
            return Err(Refusal::NoEntry { person: address, container });
        }
    }
    let mut proposal = Proposal::default();
    let rule = relation.rule().filter(|_| relation.demands_an_entry() && !relation.is_delegate());
    let stay = match (rule, container) {
        (Some(_), _) => relation.recorded.both(relation.blocking),
        (None, Some(container)) if !relation.is_delegate() => relation.recorded.without(Containers::only(container)),
        (None, _) => relation.recorded,
    };
    let because = rule.map_or(Because::Asked, |(id, _)| Because::Rule(id));
    let (done, acts) = relation.rewritten(stay, because);
    if relation.is_delegate() && !relation.recorded.is_empty() {
        proposal.notes.push(Note::Delegate(person));
    }
    if !stay.both(relation.blocking).is_empty() {
        proposal.notes.push(Note::StaysBlocked(person));
    }
    proposal.acts = acts;
    proposal.acts.push(Act { does: Does::RemoveContact(person), because: Because::Asked });
    proposal.take(done, Vec::new(), vec![Amendment::RemoveContact(address)]);
    Ok(proposal)
}

/// A person's entries are exchanged for one in this container.
pub fn move_to(rules: &RuleSet, owner: UserId, person: PersonId, container: ContainerId) -> Result<Proposal, Refusal> {
    let relation = Relation::new(rules, owner, person);
    if !relation.is_contact() && !relation.is_delegate() && relation.recorded.is_empty() {
        let (owner, person) = (relation.owner_address().clone(), relation.address().clone());
        return Err(Refusal::NoRelation { owner, person });
    }
    relation.may_stand(container)?;
    let mut proposal = Proposal::default();
    let (done, acts) = relation.rewritten(relation.entries_for(container, &mut proposal.notes), Because::Asked);
    if acts.is_empty() && proposal.notes.is_empty() {
        proposal.notes.push(Note::StandsThere(person, container));
    }
    proposal.acts = acts;
    proposal.take(done, Vec::new(), Vec::new());
    Ok(proposal)
}

/// Whoever an entry of the directory matches, in a set that knows the entry.
pub fn entry_matchers(rules: &RuleSet, entry: &crate::directory::Entry) -> Vec<Matcher> {
    use crate::directory::Entry;
    use crate::model::Entry as Known;
    let names = &rules.model().names;
    let known = match entry {
        Entry::User(address) => rules.model().person(address.as_str()).map(Known::Person),
        Entry::Group(name) => names.groups.find(name).map(Known::Group),
        Entry::Domain(domain) => names.domains.get(domain).map(|domain| Known::Domain(*domain)),
        Entry::SameEnterprise => Some(Known::SameEnterprise),
        Entry::Federated => Some(Known::Federated),
        Entry::PublicCloud => Some(Known::PublicCloud),
        Entry::Authenticated => Some(Known::Authenticated),
        Entry::Everyone => Some(Known::Everyone),
    };
    known.into_iter().flat_map(|known| rules.graph().matchers(known)).collect()
}

/// An entry that is to be blocked.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    /// Whom it matches.
    pub matchers: &'a [Matcher],
    /// The container that blocks.
    pub container: ContainerId,
    /// What puts the entry there; None if it stood there before.
    pub amendment: Option<Amendment>,
}

/// Somebody is blocked. The set is one in which the entry stands in the blocking container already.
pub fn block(rules: &RuleSet, owner: UserId, blocked: Block<'_>) -> Result<Proposal, Refusal> {
    let Block { matchers, container, amendment } = blocked;
    let model = rules.model();
    let blocking = model.flagged(ContainerFlag::Blocking);
    if matchers.is_empty() {
        return Err(Refusal::EmptyGroup);
    }
    let stood = recorded_of(rules, owner);
    let mut wishes = Wishes::new();
    let mut proposal = Proposal::default();
    for matcher in matchers {
        let recorded = stood.get(matcher).copied().unwrap_or_default();
        wishes.insert(*matcher, recorded.both(blocking).with(container));
        let left = recorded.without(blocking);
        let does = match (amendment.is_some(), left.is_empty()) {
            (true, true) => Does::Add(*matcher, container),
            (true, false) => Does::Move(*matcher, left, container),
            (false, false) => Does::Remove(*matcher, left),
            (false, true) => continue,
        };
        proposal.acts.push(Act { does, because: Because::Asked });
    }
    if let ([first, ..], true, None) = (matchers, proposal.acts.is_empty(), &amendment) {
        proposal.notes.push(Note::BlockedAlready(*first));
    }
    let mut done = rewrite(rules, owner, &wishes);
    done.adds.splice(0..0, amendment);
    proposal.take(done, Vec::new(), Vec::new());
    Ok(proposal)
}

/// Somebody is not blocked any more. Whoever the manifest wants to have an entry then, gets it.
pub fn unblock(rules: &RuleSet, owner: UserId, matchers: &[Matcher]) -> Result<Proposal, Refusal> {
    let model = rules.model();
    let blocking = model.flagged(ContainerFlag::Blocking);
    let settled = settled(rules, owner);
    let stood = recorded_of(rules, owner);
    let mut wishes = Wishes::new();
    let mut proposal = Proposal::default();
    for matcher in matchers {
        let recorded = stood.get(matcher).copied().unwrap_or_default();
        let blocked = recorded.both(blocking);
        if !blocked.is_empty() {
            wishes.insert(*matcher, recorded.without(blocking));
            proposal.acts.push(Act { does: Does::Remove(*matcher, blocked), because: Because::Asked });
        }
    }
    if wishes.is_empty() {
        let owner = model.people[model.users[owner].person].address.clone();
        return Err(Refusal::NotBlocked { owner });
    }
    let left = stood.iter().flat_map(|(matcher, recorded)| {
        let left = wishes.get(matcher).map_or(*recorded, |wanted| recorded.both(*wanted));
        left.iter().map(move |container| (*matcher, container)).collect::<Vec<_>>()
    });
    let added = |settled: &Settled| -> Vec<(Matcher, ContainerId, ManifestRuleId)> {
        let stands = settled.entries.iter().filter_map(|stand| match stand.adjustment {
            Adjustment::Added(rule) => Some((stand.matcher, stand.container, rule)),
            _ => None,
        });
        stands.collect()
    };
    let before = added(&settled);
    let then = suppose::settled_as(rules, owner, left.collect::<Vec<_>>(), &Contacts::default());
    for (matcher, container, rule) in added(&then) {
        if before.contains(&(matcher, container, rule)) {
            continue;
        }
        wishes.insert(matcher, Containers::only(container));
        proposal.acts.push(Act { does: Does::Add(matcher, container), because: Because::Rule(rule) });
    }
    let done = rewrite(rules, owner, &wishes);
    proposal.take(done, Vec::new(), Vec::new());
    Ok(proposal)
}

impl Proposal {
    /// Entries that come, whoever comes on the list, entries that go, whoever leaves the list.
    fn take(&mut self, done: Rewritten, comes: Vec<Amendment>, goes: Vec<Amendment>) {
        self.acts.extend(done.replaced);
        self.amendments = done.adds;
        self.amendments.extend(comes);
        self.amendments.extend(done.removes);
        self.amendments.extend(goes);
        self.residue = done.residue;
    }
}
