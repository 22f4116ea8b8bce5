//! Which entries are in force: what is recorded, what policies add, and what the manifest in effect makes of both.

mod recorded;
mod settling;

use std::sync::Arc;

use crate::graph::RuleGraph;
use crate::language::Span;
use crate::model::{
    ContainerId, Containers, Entry, GroupId, ManifestId, ManifestRuleId, MembershipId, Model, PersonId, Reading,
    Subject, UserId, Value, What,
};
use crate::viewers::{Matcher, Somebody, Standing, Wide};

use super::answer::Matched;
use super::condition::holds_of_owner;
use super::world::{Entries, World};
pub(super) use recorded::{Record, Recorded};
use settling::Settling;

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
    pub adjustment: Adjustment,
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
pub enum Adjustment {
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
    /// Entries that were missing and were not added: whom they would match, the manifest rule that demands them, and
    /// the broader entry that blocks.
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

    /// The entries that stand as look-ups.
    pub fn standing(&self, model: &Model, owner: UserId) -> Standing {
        self.laid_out(model, owner, Arc::new)
    }

    /// The same, where what many owners have in common is shared.
    pub(super) fn laid_out(&self, model: &Model, owner: UserId, share: impl FnOnce(Wide) -> Arc<Wide>) -> Standing {
        let entries = self.entries.iter().map(|stand| (stand.matcher, stand.container));
        let made = self.made_contacts.iter().map(|(person, _)| *person);
        let contacts = model.users[owner].contacts.iter().map(|(person, _)| person);
        Standing::new(entries, contacts.chain(made), self.manifest, share)
    }

    /// The entries for these people, sorted by container.
    pub fn entries_for(&self, matcher: Matcher) -> &[Stand] {
        let first = self.entries.partition_point(|stand| stand.matcher < matcher);
        let behind = self.entries.partition_point(|stand| stand.matcher <= matcher);
        self.entries.get(first..behind).unwrap_or_default()
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

impl Stand {
    /// The groups through which somebody is there, outermost first, each with the line that puts it there: the entry,
    /// or the line of the group before it. Empty for an entry of their own.
    pub fn through(&self, graph: &RuleGraph) -> Vec<(GroupId, Span)> {
        let lines = self.lines_of_groups(graph);
        let entry = match self.origin {
            Origin::Group(_, entry, _) | Origin::Policy(_, entry, _) => entry,
            Origin::Directory(_) | Origin::Manifest(_) => return Vec::new(),
        };
        let places = std::iter::once(entry).chain(lines.iter().map(|(_, line)| *line));
        lines.iter().map(|(group, _)| *group).zip(places).collect()
    }

    /// The same groups, each with its line that names the next, and at the end the person.
    pub(super) fn lines_of_groups(&self, graph: &RuleGraph) -> Vec<(GroupId, Span)> {
        match (self.matcher, self.origin) {
            (Matcher::Person(person), Origin::Group(group, ..) | Origin::Policy(_, _, Some((group, _)))) => {
                graph.path_to_member(group, person)
            }
            _ => Vec::new(),
        }
    }
}

/// How the contacts of an owner differ from those listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Contacts {
    /// People who count as contacts too.
    pub more: Vec<PersonId>,
    /// People who do not count as contacts.
    pub less: Vec<PersonId>,
}

/// The entries of an owner with their reasons. This is computed anew at each call; decisions read a table of it.
pub fn settled(world: &impl World, owner: UserId) -> Settled {
    settle_recorded(world, owner, &recorded(world, owner), &Contacts::default())
}

/// What becomes of recorded entries, with these contacts.
pub(super) fn settle_recorded(world: &impl World, owner: UserId, recorded: &Recorded, contacts: &Contacts) -> Settled {
    let manifest = manifest_in_effect(world, owner);
    let rules = match (world.entries(), manifest) {
        (Entries::InForce, Some(manifest)) => Some(world.model().manifests[manifest].rules.as_slice()),
        _ => None,
    };
    let settled = Settling::new(world.graph(), owner, contacts, rules).run(recorded);
    Settled { manifest, ..settled }
}

/// The first manifest whose condition holds.
pub(super) fn manifest_in_effect(world: &impl World, owner: UserId) -> Option<ManifestId> {
    let reading = Reading { whose: Subject::Owner, what: What::Mode };
    if let Some(Value(index)) = world.assumed(reading, Some(Somebody::user(world.model(), owner))) {
        return world.model().manifests.ids().nth(index as usize);
    }
    let holds = |manifest: &ManifestId| match world.model().manifests[*manifest].when {
        Some(when) => holds_of_owner(world, when, owner),
        None => true,
    };
    world.graph().manifest_order().iter().copied().find(holds)
}

/// What directory, groups and policies record for an owner.
fn recorded(world: &impl World, owner: UserId) -> Recorded {
    let graph = world.graph();
    let model = world.model();
    let mut recorded: Vec<Record> = Vec::new();
    let mut take = |entry: Entry, container: ContainerId, origin: &dyn Fn(Option<(GroupId, Span)>) -> Origin| {
        let group = if let Entry::Group(group) = entry { Some(group) } else { None };
        let matched = graph.matched(entry);
        recorded.extend(matched.map(|(matcher, member)| Record::new(matcher, container, origin(group.zip(member)))));
    };
    for (container, entry, span) in model.users[owner].entries.iter() {
        take(entry, container, &|group| match group {
            Some((group, member)) => Origin::Group(group, span, member),
            None => Origin::Directory(span),
        });
    }
    for (id, membership) in model.memberships.iter() {
        if holds_of_owner(world, membership.when, owner) {
            for (container, entry, span) in &membership.grants {
                take(*entry, *container, &|group| Origin::Policy(id, *span, group));
            }
        }
    }
    Recorded::new(recorded)
}
