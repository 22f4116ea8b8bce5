//! What has to be written so that a directory records what is in force: owner by owner, each change with the line of
//! the manifest that demands it.

mod demand;

use std::collections::BTreeSet;

use crate::directory::{Address, Amendment};
use crate::model::{ContainerId, ManifestId, ManifestRuleId, Model, UserId};
use crate::resolve::{Adjustment, Contacts, Matcher, Origin, RuleSet, Settled, Stand, Standing, settled, suppose};

use super::act::{Act, Because, Does};
use super::rewrite::{Residue, Wishes, rewrite};
use demand::{possible, wanted};

/// How to migrate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// A manifest to preview instead of the one in effect.
    pub to: Option<ManifestId>,
    /// Whoever has no `contacts` or `memberships` has none, instead of nobody knowing them.
    pub absent_is_empty: bool,
    /// Where the manifest moves somebody to its default, the highest allowed level they had is kept instead.
    pub keep_highest: bool,
}

/// The plan for one owner.
#[derive(Clone, Debug)]
pub struct Migration {
    /// Whose entries.
    pub owner: UserId,
    /// The manifest they are to conform to; None in a set without manifests.
    pub manifest: Option<ManifestId>,
    /// What the directory does not say, so that nothing can be planned.
    pub unknown: Option<Unrecorded>,
    /// What is done.
    pub acts: Vec<Act>,
    /// The same as changes of the directory, in the order in which they are to hold.
    pub amendments: Vec<Amendment>,
    /// Levels that people lose by the letter of the manifest.
    pub lost: Vec<Lost>,
    /// Entries that policy demands and the manifest drops: no directory can be without them.
    pub residue: Vec<Residue>,
    /// Writing would change what is in force, because of what policy demands; so nothing is planned.
    pub stuck: bool,
    /// The entries afterwards.
    after: Option<Standing>,
}

/// What a directory does not say of an owner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unrecorded {
    /// It has no `contacts`.
    pub contacts: bool,
    /// It has no `memberships`.
    pub memberships: bool,
}

/// A level that somebody loses by the letter of the manifest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lost {
    /// Who.
    pub who: Matcher,
    /// The level.
    pub level: ContainerId,
    /// Where they stand then.
    pub to: ContainerId,
    /// The line that moves them.
    pub rule: ManifestRuleId,
    /// The level that could be kept; None if they may stand in none of those they had.
    pub can_keep: Option<ContainerId>,
    /// It is kept.
    pub kept: bool,
}

impl Migration {
    /// True if what is recorded afterwards is what is in force: nothing is in the way.
    pub fn is_complete(&self) -> bool {
        self.unknown.is_none() && self.residue.is_empty() && !self.stuck
    }

    /// True if there is nothing to do and nothing in the way.
    pub fn is_settled(&self) -> bool {
        self.amendments.is_empty() && self.is_complete()
    }
}

/// The plans for some owners.
#[derive(Debug)]
pub struct Migrations {
    /// Owner by owner.
    pub plans: Vec<Migration>,
    /// The set on recorded entries, as it is.
    pub before: RuleSet,
    /// The same as it will be.
    pub after: RuleSet,
}

impl Migrations {
    /// The changes, user by user.
    pub fn changes(&self) -> Vec<(Address, Vec<Amendment>)> {
        let model = self.before.model();
        let planned = self.plans.iter().filter(|plan| !plan.amendments.is_empty());
        let address = |plan: &Migration| model.people[model.users[plan.owner].person].address.clone();
        planned.map(|plan| (address(plan), plan.amendments.clone())).collect()
    }
}

/// Plans for these owners, in this order, each made when its owner is asked for. Both sets answer on one rule graph:
/// the first on the entries in force, the second on the recorded ones.
pub fn migrations(
    in_force: &RuleSet,
    recorded: RuleSet,
    owners: impl IntoIterator<Item = UserId>,
    options: Options,
) -> Migrations {
    let target = previewed(in_force, options);
    let target = target.as_ref().unwrap_or(in_force);
    let mut plans: Vec<Migration> =
        owners.into_iter().map(|owner| planned(target, &recorded, owner, options)).collect();
    let after = previewed(&recorded, options);
    let after = after.as_ref().unwrap_or(&recorded);
    let standings = plans.iter_mut().filter_map(|plan| Some((plan.owner, plan.after.take()?)));
    let after = after.with_standings(standings.collect::<Vec<_>>());
    Migrations { plans, before: recorded, after }
}

/// The plan for one owner.
pub fn migration(in_force: &RuleSet, recorded: &RuleSet, owner: UserId, options: Options) -> Migration {
    let target = previewed(in_force, options);
    planned(target.as_ref().unwrap_or(in_force), recorded, owner, options)
}

/// The set under the manifest that is previewed, if one is.
fn previewed(rules: &RuleSet, options: Options) -> Option<RuleSet> {
    options.to.map(|to| suppose::under_manifest(rules, to))
}

/// The plan for one owner, where the manifest in effect is the one to conform to.
fn planned(in_force: &RuleSet, recorded: &RuleSet, owner: UserId, options: Options) -> Migration {
    let model = in_force.model();
    let (settled, now) = (settled(in_force, owner), settled(recorded, owner));
    let mut plan = Migration {
        owner,
        manifest: settled.manifest,
        unknown: None,
        acts: Vec::new(),
        amendments: Vec::new(),
        lost: Vec::new(),
        residue: Vec::new(),
        stuck: false,
        after: None,
    };
    let says = model.users[owner].says;
    let known = says.contacts && says.memberships;
    if !known && !options.absent_is_empty {
        plan.unknown = Some(Unrecorded { contacts: !says.contacts, memberships: !says.memberships });
        return plan;
    }
    let wanted = wanted(model, &settled, options);
    let done = rewrite(in_force, owner, &wanted.wishes);
    let acts = possible(wanted.acts, &done.residue, |who, container| {
        now.entries.binary_search_by_key(&(who, container), |stand| (stand.matcher, stand.container)).is_ok()
    });
    let recording = Recording { rules: in_force, owner, settled: &settled, wishes: &wanted.wishes };
    let after = recording.afterwards(now, &done.residue);
    plan.residue = done.residue;
    plan.stuck = !plan.residue.is_empty() && !recording.stays(&after);
    if plan.stuck {
        return plan;
    }
    (plan.acts, plan.lost) = (acts, wanted.lost);
    plan.acts.extend(done.replaced);
    plan.amendments = done.adds;
    for (person, rule) in &settled.made_contacts {
        plan.acts.push(Act { does: Does::AddContact(*person), because: Because::Rule(*rule) });
        plan.amendments.push(Amendment::AddContact(model.people[*person].address.clone()));
    }
    plan.amendments.extend(done.removes);
    plan.shape(model);
    if !plan.amendments.is_empty() {
        plan.after = Some(after.standing(model, owner));
    }
    plan
}

impl Migration {
    /// The word for the shape of the entries, if it has to be another one. Where nothing changes and the directory
    /// never said a word, it need not begin to.
    fn shape(&mut self, model: &Model) {
        let Some(manifest) = self.manifest else { return };
        let word = model.manifests[manifest].declared.name.clone();
        let current = model.mode_word(self.owner);
        if current.as_ref() == Some(&word) || current.is_none() && self.amendments.is_empty() {
            return;
        }
        self.acts.push(Act { does: Does::Shape(manifest), because: Because::InEffect(manifest) });
        self.amendments.push(Amendment::SetMode(word));
    }
}

/// What becomes of an owner's recorded entries if these wishes come true.
struct Recording<'a> {
    rules: &'a RuleSet,
    owner: UserId,
    /// The entries in force.
    settled: &'a Settled,
    wishes: &'a Wishes,
}

impl Recording<'_> {
    /// What will be recorded: the wanted entries, what nobody wanted otherwise, and what policy demands all the same.
    /// Where an entry comes from is not said.
    fn afterwards(&self, recorded: Settled, residue: &[Residue]) -> Settled {
        let nowhere = self.rules.model().users[self.owner].span;
        let mut entries: Vec<Stand> = recorded.entries;
        entries.retain(|stand| !self.wishes.contains_key(&stand.matcher));
        let demanded = residue.iter().map(|it| (it.matcher, it.container));
        entries.extend(self.wished().chain(demanded).map(|(matcher, container)| Stand {
            matcher,
            container,
            origin: Origin::Directory(nowhere),
            adjustment: Adjustment::None,
        }));
        entries.sort_by_key(|stand| (stand.matcher, stand.container));
        let (manifest, made_contacts) = (self.settled.manifest, self.settled.made_contacts.clone());
        Settled { manifest, entries, made_contacts, ..Settled::default() }
    }

    /// True if settling what will be recorded ends where settling what is recorded does, kept levels apart. What policy
    /// demands against the manifest could bring it elsewhere.
    fn stays(&self, after: &Settled) -> bool {
        let made = self.settled.made_contacts.iter().map(|(person, _)| *person).collect();
        let contacts = Contacts { more: made, less: Vec::new() };
        let again = suppose::settled_as(self.rules, self.owner, pairs(after), &contacts);
        let kept = pairs(self.settled).into_iter().filter(|(matcher, _)| !self.wishes.contains_key(matcher));
        pairs(&again) == kept.chain(self.wished()).collect()
    }

    fn wished(&self) -> impl Iterator<Item = (Matcher, ContainerId)> {
        self.wishes.iter().flat_map(|(matcher, all)| all.iter().map(|container| (*matcher, container)))
    }
}

/// Who stands where.
fn pairs(settled: &Settled) -> BTreeSet<(Matcher, ContainerId)> {
    settled.entries.iter().map(|stand| (stand.matcher, stand.container)).collect()
}
