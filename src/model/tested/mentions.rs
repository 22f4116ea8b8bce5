//! Everybody and every group that a test names.

use crate::language::ast::{EntryKind, Expect, Given, Name, Test, TestItem, Who};
use crate::model::Network;

/// The names in a test, in the order of its lines.
#[derive(Debug, Default)]
pub(super) struct Mentions<'t> {
    /// Everybody whom a fact names, but those who are new.
    pub(super) in_facts: Vec<&'t Name>,
    /// Everybody whom an expectation names.
    pub(super) in_expectations: Vec<&'t Name>,
    /// Those of whom something is given that only users have.
    pub(super) users: Vec<&'t Name>,
    /// Those who are brought by `given person`.
    pub(super) new: Vec<&'t Name>,
    /// Domains of which a fact says that they are the organisation's.
    pub(super) own: Vec<&'t Name>,
    /// Domains of entries.
    pub(super) domains: Vec<&'t Name>,
    /// Groups that somebody is put into.
    pub(super) filled: Vec<&'t Name>,
    /// Groups that are put into a container.
    pub(super) placed: Vec<&'t Name>,
    /// Sites that somebody is put at.
    pub(super) sites: Vec<&'t Name>,
}

impl<'t> Mentions<'t> {
    pub(super) fn new(test: &'t Test) -> Mentions<'t> {
        let mut mentions = Mentions::default();
        for line in &test.items {
            match &line.it {
                TestItem::Given(given) => mentions.given(given),
                TestItem::Expect(expect) => mentions.expect(expect),
            }
        }
        mentions
    }

    /// Everybody but those who are new.
    pub(super) fn people(&self) -> impl Iterator<Item = &'t Name> {
        self.in_facts.iter().chain(&self.in_expectations).copied()
    }

    fn given(&mut self, given: &'t Given) {
        self.users.extend(given.user());
        match given {
            Given::Person { new: true, person, .. } => return self.new.push(person),
            Given::Network { domain, network } if Network::named(&network.it) == Some(Network::SameEnterprise) => {
                self.own.push(domain);
            }
            Given::Group { group, .. } => self.filled.push(group),
            Given::Site { site, .. } => self.sites.push(site),
            Given::Entry { entry, .. } => match (entry.kind.it, &entry.value) {
                (EntryKind::Group, Some(name)) => self.placed.push(name),
                (EntryKind::Domain, Some(name)) => self.domains.push(name),
                _ => {}
            },
            _ => {}
        }
        self.in_facts.extend(given.people());
    }

    fn expect(&mut self, expect: &'t Expect) {
        match &expect.who {
            Who::Person(name) => self.in_expectations.push(name),
            Who::Exactly(names) => self.in_expectations.extend(names),
            Who::Nobody | Who::Any(_) => {}
        }
        self.in_expectations.extend(expect.what.other());
    }
}
