//! What somebody is to an owner, as contacts that come and go see it.

use crate::directory::{Address, Amendment};
use crate::language::ast::{Cardinality, ContainerFlag, SubjectKind};
use crate::migrate::act::{Act, Because, Does};
use crate::migrate::refusal::{Note, Refusal};
use crate::migrate::rewrite::{Rewritten, Wishes, recorded_of, rewrite};
use crate::model::{ContainerId, Containers, ManifestRule, ManifestRuleId, PersonId, UserId};
use crate::resolve::{Matcher, RuleSet, Settled, Somebody, settled};

/// A person of an owner, as the operations see them.
pub(super) struct Relation<'a> {
    rules: &'a RuleSet,
    owner: UserId,
    person: PersonId,
    pub(super) settled: Settled,
    /// All containers with an entry of this person, groups' and policy's included.
    pub(super) recorded: Containers,
    pub(super) blocking: Containers,
}

impl<'a> Relation<'a> {
    pub(super) fn new(rules: &'a RuleSet, owner: UserId, person: PersonId) -> Relation<'a> {
        let recorded = recorded_of(rules, owner).get(&Matcher::Person(person)).copied().unwrap_or_default();
        let blocking = rules.model().flagged(ContainerFlag::Blocking);
        Relation { rules, owner, person, settled: settled(rules, owner), recorded, blocking }
    }

    pub(super) fn address(&self) -> &Address {
        &self.rules.model().people[self.person].address
    }

    pub(super) fn owner_address(&self) -> &Address {
        let model = self.rules.model();
        &model.people[model.users[self.owner].person].address
    }

    pub(super) fn is_delegate(&self) -> bool {
        self.rules.model().users[self.owner].has_delegate(self.person)
    }

    pub(super) fn is_contact(&self) -> bool {
        self.rules.model().users[self.owner].contacts.has(self.person)
    }

    pub(super) fn is_blocked(&self) -> bool {
        !self.recorded.both(self.blocking).is_empty()
    }

    /// The rule of the manifest in effect about a contact, or a delegate, from the person's network.
    pub(super) fn rule(&self) -> Option<(ManifestRuleId, &'a ManifestRule)> {
        let model = self.rules.model();
        let subject = if self.is_delegate() { SubjectKind::Delegate } else { SubjectKind::Contact };
        let network = Somebody::known(model, self.person).network;
        let rules = self.settled.manifest.map_or(&[][..], |manifest| &model.manifests[manifest].rules);
        let mut rules = rules.iter().map(|id| (*id, &model.manifest_rules[*id]));
        rules.find(|(_, rule)| rule.is_about(subject, network))
    }

    /// Whether the person may be put into a container.
    pub(super) fn may_stand(&self, container: ContainerId) -> Result<(), Refusal> {
        let model = self.rules.model();
        let (owner, person) = (self.owner_address().clone(), self.address().clone());
        if self.is_blocked() {
            return Err(Refusal::Blocked { owner, person });
        }
        let name = model.containers[container].declared.name.clone();
        if self.blocking.has(container) {
            return Err(Refusal::IntoBlocking { owner, person, container: name });
        }
        if model.containers[container].number == 0 {
            return Err(Refusal::Zero);
        }
        match self.rule() {
            Some((id, rule)) if !rule.allowed.has(container) => {
                Err(Refusal::NotAllowed { person, container: name, rule: id })
            }
            _ => Ok(()),
        }
    }

    /// The person's entries become these, and nothing else changes.
    pub(super) fn rewritten(&self, containers: Containers, because: Because) -> (Rewritten, Vec<Act>) {
        let matcher = Matcher::Person(self.person);
        let wishes = Wishes::from([(matcher, containers)]);
        let left = self.recorded.without(containers);
        let does = match (containers.without(self.recorded).highest(), left.is_empty()) {
            (Some(to), true) => Some(Does::Add(matcher, to)),
            (Some(to), false) => Some(Does::Move(matcher, left, to)),
            (None, false) => Some(Does::Remove(matcher, left)),
            (None, true) => None,
        };
        (rewrite(self.rules, self.owner, &wishes), does.map(|does| Act { does, because }).into_iter().collect())
    }

    /// Where the person is to stand to be in a container: in it, or nowhere if a broader entry puts them there anyway
    /// and the manifest does not ask for more. Every category is answered alike then.
    pub(super) fn entries_for(&self, container: ContainerId, notes: &mut Vec<Note>) -> Containers {
        let model = self.rules.model();
        let nobody = Somebody { person: None, ..Somebody::known(model, self.person) };
        let broader = self.rules.standing(self.owner).answering(model, nobody, Containers(u64::MAX));
        match broader {
            Some((by, inherited)) if inherited == container && !self.demands_an_entry() => {
                notes.push(Note::PutThere(by, self.person, container));
                Containers::NONE
            }
            Some((by, inherited)) if self.blocking.has(inherited) => {
                notes.push(Note::Outweighs(by, self.person));
                Containers::only(container)
            }
            _ => Containers::only(container),
        }
    }

    pub(super) fn contact(&self) -> Amendment {
        Amendment::AddContact(self.address().clone())
    }

    /// True if the manifest wants every such contact to have an entry.
    pub(super) fn demands_an_entry(&self) -> bool {
        self.rule().is_some_and(|(_, rule)| rule.cardinality == Some(Cardinality::ExactlyOne))
    }
}
