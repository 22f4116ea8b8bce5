//! The privacy officer's counts: over all owners and all viewers, by classes and never pair by pair.

use indexmap::IndexMap;

use crate::model::{ContainerId, FieldId, GroupId, Network, SiteId, UserId};

use super::decide::{Answer, decide_field};
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

/// What the rows are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum By {
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
pub fn audit(rules: &RuleSet, of: &AuditOf, by: By) -> IndexMap<Key, Counts> {
    let model = rules.model();
    let fields: Vec<FieldId> = if of.fields.is_empty() { model.fields.ids().collect() } else { of.fields.clone() };
    let mut rows: IndexMap<Key, Counts> = IndexMap::new();
    for owner in rules.owners() {
        let person = model.users[owner].person;
        if of.owner_group.is_some_and(|group| rules.graph().member_at(group, person).is_none()) {
            continue;
        }
        let mut seen_of_owner: Vec<Key> = Vec::new();
        for class in rules.classes(owner) {
            let network = class.representative.network;
            if !of.networks.is_empty() && !of.networks.contains(&network) {
                continue;
            }
            for field in &fields {
                let decision = decide_field(rules, class.representative, owner, *field);
                let key = match by {
                    By::Owner => Key::Owner(owner),
                    By::Field => Key::Field(*field),
                    By::Container => Key::Container(decision.container),
                    By::Network => Key::Network(network),
                    By::Site => Key::Site(model.users[owner].site),
                };
                let row = rows.entry(key).or_default();
                if decision.answer == Answer::Visible {
                    row.known += class.people.len();
                    row.open += usize::from(class.is_open());
                    // A class of a domain whose people are all singled out still stands for people to come.
                    if !seen_of_owner.contains(&key) {
                        seen_of_owner.push(key);
                        row.owners += 1;
                    }
                }
            }
        }
    }
    rows.sort_keys();
    rows
}
