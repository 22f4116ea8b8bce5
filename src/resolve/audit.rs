//! The privacy officer's counts: over all owners and all viewers, by classes and never pair by pair.

use indexmap::IndexMap;

use crate::model::{ContainerId, FieldId, GroupId, Id, Model, Network, SiteId, UserId};
use crate::viewers::{Cohort, Reads};

use super::answer::Answer;
use super::decide::decide_field;
use super::rule_set::RuleSet;

/// What is counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditOf {
    /// These fields; empty is all.
    pub fields: Vec<FieldId>,
    /// Viewers of these networks; empty is all.
    pub networks: Vec<Network>,
    /// Owners in this group; None is all.
    pub owner_group: Option<GroupId>,
}

impl AuditOf {
    /// The owners that count.
    pub fn owners(&self, rules: &RuleSet) -> Vec<UserId> {
        let users = rules.model().users.iter();
        let counts = |person| self.owner_group.is_none_or(|group| rules.graph().member_at(group, person).is_some());
        users.filter(|(_, user)| counts(user.person)).map(|(owner, _)| owner).collect()
    }
}

/// What the rows are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AuditBy {
    /// Owners.
    Owner,
    /// Fields.
    Field,
    /// Containers that answer.
    Container,
    /// Networks of the viewers.
    Network,
    /// Sites of the owners.
    Site,
}

/// What a row is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Key {
    /// An owner.
    Owner(UserId),
    /// A field.
    Field(FieldId),
    /// The container that answers; none where the owner's fallback is missing.
    Container(Option<ContainerId>),
    /// A network of viewers.
    Network(Network),
    /// A site of owners; none for owners without one.
    Site(Option<SiteId>),
}

/// The counts of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Owners of whom somebody sees some of the fields.
    pub owners: usize,
    /// Triples of owner, known viewer and field that is seen.
    pub known: usize,
    /// Triples of owner, open class and field that is seen.
    pub open: usize,
}

/// Counts of what is seen as it is; altered values do not count.
pub fn audit(rules: &RuleSet, of: &AuditOf, by: AuditBy) -> IndexMap<Key, Counts> {
    let [rows] = audit_by(rules, of, [by]);
    rows
}

/// The same counts in several ways at once: everybody is gone through only once.
pub fn audit_by<const N: usize>(rules: &RuleSet, of: &AuditOf, by: [AuditBy; N]) -> [IndexMap<Key, Counts>; N] {
    let model = rules.model();
    let asked: Vec<FieldId> = if of.fields.is_empty() { model.fields.ids().collect() } else { of.fields.clone() };
    let by_network = !of.networks.is_empty() || by.contains(&AuditBy::Network);
    let mut rows = by.map(|by| Rows::new(model, by));
    let alike = alike(rules, &asked);
    for owner in of.owners(rules) {
        for (reads, fields) in &alike {
            let viewers = rules.viewers(owner, reads);
            for cohort in if by_network { viewers.cohorts_by_network() } else { viewers.cohorts() } {
                let network = cohort.representative.network;
                if !of.networks.is_empty() && !of.networks.contains(&network) {
                    continue;
                }
                for field in fields {
                    let decision = decide_field(rules, cohort.representative, owner, *field);
                    let question = Question { owner, field: *field, container: decision.container, network };
                    let seen = decision.answer == Answer::Visible;
                    rows.iter_mut().for_each(|rows| rows.count(model, question, cohort, seen));
                }
            }
        }
    }
    rows.map(Rows::finish)
}

/// The fields whose rules read the same of a viewer, together.
fn alike<'a>(rules: &'a RuleSet, fields: &[FieldId]) -> Vec<(&'a Reads, Vec<FieldId>)> {
    let mut alike: IndexMap<&Reads, Vec<FieldId>> = IndexMap::new();
    for field in fields {
        alike.entry(&rules.graph().tables().rules(*field).reads).or_default().push(*field);
    }
    alike.into_iter().collect()
}

/// What was asked of everybody in a cohort, and which container answers them.
#[derive(Clone, Copy)]
struct Question {
    owner: UserId,
    field: FieldId,
    container: Option<ContainerId>,
    network: Network,
}

/// The rows of one table, by number.
struct Rows {
    by: AuditBy,
    counts: Vec<Counts>,
    /// Rows that anything was asked for, even if nothing is seen.
    asked: Vec<bool>,
    /// The owner who was counted last in a row.
    last: Vec<Option<UserId>>,
}

impl Rows {
    fn new(model: &Model, by: AuditBy) -> Rows {
        let size = match by {
            AuditBy::Owner => model.users.len(),
            AuditBy::Field => model.fields.len(),
            AuditBy::Container => model.containers.len() + 1,
            AuditBy::Network => Network::ALL.len(),
            AuditBy::Site => model.sites.len() + 1,
        };
        Rows { by, counts: vec![Counts::default(); size], asked: vec![false; size], last: vec![None; size] }
    }

    /// The number of a row: none of something comes before all others.
    fn at(&self, model: &Model, question: Question) -> usize {
        match self.by {
            AuditBy::Owner => question.owner.index(),
            AuditBy::Field => question.field.index(),
            AuditBy::Container => question.container.map_or(0, |container| container.index() + 1),
            AuditBy::Network => question.network as usize,
            AuditBy::Site => model.users[question.owner].site.map_or(0, |site| site.index() + 1),
        }
    }

    fn key(&self, at: usize) -> Key {
        match self.by {
            AuditBy::Owner => Key::Owner(UserId::from_index(at)),
            AuditBy::Field => Key::Field(FieldId::from_index(at)),
            AuditBy::Container => Key::Container(at.checked_sub(1).map(ContainerId::from_index)),
            AuditBy::Network => Key::Network(Network::ALL[at & 3]),
            AuditBy::Site => Key::Site(at.checked_sub(1).map(SiteId::from_index)),
        }
    }

    fn count(&mut self, model: &Model, question: Question, cohort: Cohort, seen: bool) {
        let at = self.at(model, question);
        let (Some(row), Some(asked), Some(last)) =
            (self.counts.get_mut(at), self.asked.get_mut(at), self.last.get_mut(at))
        else {
            return;
        };
        *asked = true;
        if seen {
            row.known += cohort.known;
            row.open += cohort.open;
            // A class of a domain whose people are all singled out still stands for people to come.
            row.owners += usize::from(*last != Some(question.owner));
            *last = Some(question.owner);
        }
    }

    fn finish(self) -> IndexMap<Key, Counts> {
        let rows = self.counts.iter().zip(&self.asked).enumerate().filter(|(_, (_, asked))| **asked);
        let mut rows: IndexMap<Key, Counts> = rows.map(|(at, (counts, _))| (self.key(at), *counts)).collect();
        rows.sort_keys();
        rows
    }
}
