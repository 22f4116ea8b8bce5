//! Plans that need a set which knows what they add: a new contact, a new entry, another preference. Each is compiled in
//! memory, and nothing is written.

use std::collections::BTreeMap;
use std::fmt;

use crate::diff::Diff;
use crate::directory::{self, Address, Amendment, Domain, Malformed};
use crate::language::ast::ContainerFlag;
use crate::language::{Diagnostic, FileId};
use crate::migrate::{self, Block, Migrations, Note, Preference, Proposal, Refusal};
use crate::model::{ContainerId, ManifestId, PersonId, UserId};
use crate::resolve::{Entries, RuleSet, Unknown, lookup, people};

use super::{Project, SetErrors};

/// What somebody wants changed for an owner. Names as people type them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// A new contact, and where to put them instead of where the manifest does.
    AddContact(String, Option<String>),
    /// A contact goes, and the entry in this container with them.
    RemoveContact(String, Option<String>),
    /// A contact is put into a container.
    MoveContact(String, String),
    /// An entry is blocked, in this container if there are several that block.
    Block(String, Option<String>),
    /// An entry is not blocked any more.
    Unblock(String),
    /// The owner chooses a manifest.
    Prefer(String),
}

/// A wish, planned.
#[derive(Debug)]
pub struct Planned {
    /// Whose entries.
    pub owner: UserId,
    /// What is done, on ids of [`Planned::rules`].
    pub proposal: Proposal,
    /// The choice, if the wish is one.
    pub preference: Option<Preference>,
    /// The changes of the directory, containers named as it names them.
    pub changes: Vec<(Address, Vec<Amendment>)>,
    /// What is doubtful about the names.
    pub warnings: Vec<String>,
    /// The set on which it was planned: it knows whoever is new.
    pub rules: RuleSet,
    /// The entries in force as they are.
    pub before: RuleSet,
    /// The entries in force as they will be.
    pub after: RuleSet,
}

impl Planned {
    /// The manifest that is in effect for the owner once it is done.
    pub fn in_effect(&self) -> Option<ManifestId> {
        let as_now = || self.rules.standing(self.owner).manifest();
        self.preference.as_ref().map_or_else(as_now, |preference| preference.in_effect[1])
    }
}

/// Why a wish cannot be planned.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum NoPlan {
    /// The set has errors.
    Errors(SetErrors),
    /// The files cannot be edited so.
    Found(Vec<Diagnostic>),
    /// A name is not known.
    Unknown(Unknown),
    /// It would break what the manifest or the owner says.
    Refused(Refusal),
    /// What would be written for this owner is not what was planned, which is a mistake of prescope.
    Contradiction(Address),
}

impl fmt::Display for NoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoPlan::Errors(errors) => errors.fmt(f),
            NoPlan::Found(found) => match found.first() {
                Some(first) => f.write_str(&first.message),
                None => f.write_str("the files cannot be edited so"),
            },
            NoPlan::Unknown(unknown) => unknown.fmt(f),
            NoPlan::Refused(refusal) => refusal.fmt(f),
            NoPlan::Contradiction(owner) => write!(f, "what would be written for {owner} is not what was planned"),
        }
    }
}

impl std::error::Error for NoPlan {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            NoPlan::Unknown(unknown) => Some(unknown),
            NoPlan::Refused(refusal) => Some(refusal),
            NoPlan::Errors(errors) => Some(errors),
            NoPlan::Found(_) | NoPlan::Contradiction(_) => None,
        }
    }
}

impl From<SetErrors> for NoPlan {
    fn from(errors: SetErrors) -> NoPlan {
        NoPlan::Errors(errors)
    }
}

impl From<Unknown> for NoPlan {
    fn from(unknown: Unknown) -> NoPlan {
        NoPlan::Unknown(unknown)
    }
}

impl From<Refusal> for NoPlan {
    fn from(refusal: Refusal) -> NoPlan {
        NoPlan::Refused(refusal)
    }
}

impl Project {
    /// The changes as this project's directory names its containers.
    pub fn spelt(&self, mut changes: Vec<(Address, Vec<Amendment>)>) -> Vec<(Address, Vec<Amendment>)> {
        if let Some(directory) = &self.set.directory {
            migrate::spelt(&self.set.model, directory, &mut changes);
        }
        changes
    }

    /// The texts of the files with migrations written into them. What they then answer on the recorded entries is what
    /// was planned, or there are none.
    pub fn migrated(&self, migrations: &Migrations) -> Result<BTreeMap<FileId, String>, NoPlan> {
        let changes = self.spelt(migrations.changes());
        let recorded = RuleSet::new(self.supposed(&changes).map_err(NoPlan::Found)?, Entries::Recorded);
        let diff = Diff::between(&migrations.after, &recorded);
        let moved = migrations.plans.iter().filter(|plan| !plan.amendments.is_empty());
        let model = self.model();
        for plan in moved {
            if !diff.shifts(plan.owner).is_empty() {
                return Err(NoPlan::Contradiction(model.people[model.users[plan.owner].person].address.clone()));
            }
        }
        // Each edited text is read again, and is exactly the directory that was supposed.
        self.edited(&changes).map_err(NoPlan::Found)
    }

    /// A plan of what somebody wants changed.
    pub fn plan(&self, owner: &str, wish: &Wish) -> Result<Planned, NoPlan> {
        let before = self.rules(Entries::InForce)?;
        let owner = people::owner(&before, owner)?;
        let address = before.model().people[before.model().users[owner].person].address.clone();
        let planning = Planning { project: self, before: &before, owner, address: address.clone() };
        let warnings = planning.warning(wish).into_iter().collect();
        let (rules, proposal, preference) = planning.plan(wish)?;
        let changes = match proposal.amendments.is_empty() {
            true => Vec::new(),
            false => self.spelt(vec![(address, proposal.amendments.clone())]),
        };
        let after = RuleSet::new(self.supposed(&changes).map_err(NoPlan::Found)?, Entries::InForce);
        let owner = people::owner(&rules, planning.address.as_str())?;
        Ok(Planned { owner, proposal, preference, changes, warnings, rules, before, after })
    }
}

struct Planning<'a> {
    project: &'a Project,
    before: &'a RuleSet,
    owner: UserId,
    address: Address,
}

impl Planning<'_> {
    fn plan(&self, wish: &Wish) -> Result<(RuleSet, Proposal, Option<Preference>), NoPlan> {
        let container = |name: &Option<String>| {
            name.as_deref().map(|name| lookup::container(self.before.model(), name)).transpose()
        };
        let (rules, proposal) = match wish {
            Wish::AddContact(name, into) => {
                let into = container(into)?;
                let (address, known) = self.person(name)?;
                if let Some(known) = known.filter(|known| self.is_contact(*known)) {
                    return self.is_contact_already(known, into);
                }
                let rules = self.with(Amendment::AddContact(address.clone()))?;
                let (owner, person) = (people::owner(&rules, self.address.as_str())?, person(&rules, &address)?);
                let proposal = migrate::add(&rules, owner, person, into)?;
                (rules, proposal)
            }
            Wish::RemoveContact(name, from) => {
                let from = container(from)?;
                let (address, _) = self.person(name)?;
                let rules = self.again()?;
                let proposal = migrate::remove(&rules, self.owner, self.known(&address)?, from)?;
                (rules, proposal)
            }
            Wish::MoveContact(name, into) => {
                let into = lookup::container(self.before.model(), into)?;
                let (address, _) = self.person(name)?;
                let rules = self.again()?;
                let proposal = migrate::move_to(&rules, self.owner, self.known(&address)?, into)?;
                (rules, proposal)
            }
            Wish::Block(name, into) => self.block(&self.entry(name)?, container(into)?)?,
            Wish::Unblock(name) => {
                let rules = self.again()?;
                let matchers = migrate::entry_matchers(&rules, &self.entry(name)?);
                let proposal = migrate::unblock(&rules, self.owner, &matchers)?;
                (rules, proposal)
            }
            Wish::Prefer(word) => {
                let preference = migrate::preference(self.before, self.owner, word)?;
                let proposal = preference.proposal();
                return Ok((self.again()?, proposal, Some(preference)));
            }
        };
        Ok((rules, proposal, None))
    }

    /// What is doubtful about the name of the other person.
    fn warning(&self, wish: &Wish) -> Option<String> {
        let (Wish::AddContact(name, _) | Wish::Block(name, _)) = wish else { return None };
        people::viewer(self.before, name.trim_start_matches("user:")).ok()?.warning
    }

    /// A set like the one before, for a plan to keep.
    fn again(&self) -> Result<RuleSet, NoPlan> {
        Ok(self.project.rules(Entries::InForce)?)
    }

    /// The set with one change.
    fn with(&self, amendment: Amendment) -> Result<RuleSet, NoPlan> {
        let changes = self.project.spelt(vec![(self.address.clone(), vec![amendment])]);
        let graph = self.project.supposed(&changes).map_err(NoPlan::Found)?;
        Ok(RuleSet::new(graph, Entries::InForce))
    }

    fn block(&self, entry: &directory::Entry, into: Option<ContainerId>) -> Result<(RuleSet, Proposal), NoPlan> {
        let model = self.before.model();
        let blocking = model.flagged(ContainerFlag::Blocking);
        let into = match into {
            Some(into) if blocking.has(into) => into,
            Some(into) => {
                return Err(Refusal::DoesNotBlock(model.containers[into].declared.name.clone()).into());
            }
            None if blocking.len() > 1 => {
                let names = blocking.iter().map(|it| model.containers[it].declared.name.clone()).collect();
                return Err(Refusal::SeveralBlock(names).into());
            }
            None => blocking.highest().ok_or(Refusal::NoneBlocks)?,
        };
        let recorded = migrate::recorded_of(self.before, self.owner);
        let stands = |matcher| recorded.get(matcher).is_some_and(|containers| containers.has(into));
        let now = migrate::entry_matchers(self.before, entry);
        if !now.is_empty() && now.iter().all(stands) {
            let blocked = Block { matchers: &now, container: into, amendment: None };
            let proposal = migrate::block(self.before, self.owner, blocked)?;
            return Ok((self.again()?, proposal));
        }
        let container = model.containers[into].declared.name.clone();
        let amendment = Amendment::AddEntry { container, entry: entry.clone() };
        let rules = self.with(amendment.clone())?;
        let owner = people::owner(&rules, self.address.as_str())?;
        let matchers = migrate::entry_matchers(&rules, entry);
        let blocked = Block { matchers: &matchers, container: into, amendment: Some(amendment) };
        let proposal = migrate::block(&rules, owner, blocked)?;
        Ok((rules, proposal))
    }

    /// Somebody with an address, known or not.
    fn person(&self, name: &str) -> Result<(Address, Option<PersonId>), NoPlan> {
        let named = people::viewer(self.before, name)?;
        let address = Address::parse(&named.name).ok_or(Refusal::Anonymous)?;
        if address == self.address {
            return Err(Refusal::Owner(address).into());
        }
        Ok((address, named.somebody.person))
    }

    fn known(&self, address: &Address) -> Result<PersonId, NoPlan> {
        person(self.before, address)
    }

    /// An entry as the directory writes it; somebody by their local name, too.
    fn entry(&self, text: &str) -> Result<directory::Entry, NoPlan> {
        let entry = match directory::Entry::parse(text) {
            Err(Malformed::Entry(_)) if text.contains('.') && Domain::parse(text).is_some() => {
                return Err(Refusal::BareDomain(text.to_owned()).into());
            }
            Err(Malformed::Entry(_)) if !text.contains(':') => directory::Entry::User(self.person(text)?.0),
            Ok(directory::Entry::User(_)) => directory::Entry::User(self.person(text.trim_start_matches("user:"))?.0),
            Ok(entry) => entry,
            Err(malformed) => return Err(Refusal::Malformed(malformed).into()),
        };
        if let directory::Entry::Group(name) = &entry {
            lookup::group(self.before.model(), name)?;
        }
        Ok(entry)
    }

    fn is_contact(&self, person: PersonId) -> bool {
        self.before.model().users[self.owner].contacts.has(person)
    }

    fn is_contact_already(
        &self,
        contact: PersonId,
        into: Option<ContainerId>,
    ) -> Result<(RuleSet, Proposal, Option<Preference>), NoPlan> {
        let model = self.before.model();
        match into {
            Some(into) => {
                let (owner, person) = (self.address.clone(), model.people[contact].address.clone());
                let into = model.containers[into].declared.name.clone();
                Err(Refusal::ContactAlready { owner, person, into }.into())
            }
            None => {
                let notes = vec![Note::ContactAlready(self.owner, contact)];
                Ok((self.again()?, Proposal { notes, ..Proposal::default() }, None))
            }
        }
    }
}

fn person(rules: &RuleSet, address: &Address) -> Result<PersonId, NoPlan> {
    let found = rules.model().person(address.as_str());
    found.ok_or_else(|| Refusal::Nobody(address.clone()).into())
}
