//! What would hold if an owner had other entries: for plans, which change what is recorded and have to know what comes
//! of it.

use std::sync::Arc;

use crate::language::Span;
use crate::model::{Condition, ContainerId, Entry, ManifestId, MembershipId, ParameterId, PersonId, Subject};
use crate::model::{Network, Truth, UserId, Value, What};
use crate::viewers::{Matcher, Somebody, Standing, Wide};

use super::assume::{Assumption, AssumptionOf};
use super::facts::{Cast, LeftOpen};
use super::narrate::{self, Sentence};
use super::probe::Silent;
use super::rule_set::RuleSet;
use super::settle::{Origin, Recorded, Settled};

impl RuleSet {
    /// The entries that policy gives an owner, each with the `membership` that says so; groups are not expanded.
    pub fn granted(&self, owner: UserId) -> Vec<(MembershipId, ContainerId, Entry, Span)> {
        let memberships = self.model().memberships.iter();
        let holding = memberships.filter(|(_, membership)| self.holds_of_owner(membership.when, owner));
        let grants = |(id, membership): (MembershipId, &crate::model::Membership)| {
            let of = |(container, entry, span): &(ContainerId, Entry, Span)| (id, *container, *entry, *span);
            membership.grants.iter().map(of).collect::<Vec<_>>()
        };
        holding.flat_map(grants).collect()
    }

    /// The people an entry means; None for an entry that is about a domain, a network or everyone.
    pub fn matchers(&self, entry: Entry) -> Vec<Matcher> {
        match entry {
            Entry::Person(person) => vec![Matcher::Person(person)],
            Entry::Group(group) => {
                self.graph().members(group).iter().map(|(person, _)| Matcher::Person(*person)).collect()
            }
            Entry::Domain(domain) => vec![Matcher::Domain(domain)],
            Entry::SameEnterprise => vec![Matcher::Network(Network::SameEnterprise)],
            Entry::Federated => vec![Matcher::Network(Network::Federated)],
            Entry::PublicCloud => vec![Matcher::Network(Network::PublicCloud)],
            Entry::Everyone => vec![Matcher::Everyone],
        }
    }

    /// What the manifest in effect would make of these entries, if the owner had these contacts besides the listed
    /// ones less those. Where an entry comes from is not said.
    pub fn settled_as(
        &self,
        owner: UserId,
        entries: impl IntoIterator<Item = (Matcher, ContainerId)>,
        contacts: &Contacts,
    ) -> Settled {
        let mut recorded = Recorded::new();
        for (matcher, container) in entries {
            let nowhere = Origin::Directory(self.model().users[owner].span);
            recorded.entry(matcher).or_default().insert(container, nowhere);
        }
        self.settle_recorded(owner, &recorded, contacts)
    }

    /// These entries as look-ups, whether or not anybody would settle for them.
    pub fn stand_as(&self, owner: UserId, settled: &Settled) -> Standing {
        self.laid_out(owner, settled, Arc::new)
    }

    pub(super) fn laid_out(&self, owner: UserId, settled: &Settled, share: impl FnOnce(Wide) -> Arc<Wide>) -> Standing {
        let entries = settled.entries.iter().map(|stand| (stand.matcher, stand.container));
        let made = settled.made_contacts.iter().map(|(person, _)| *person);
        let contacts = self.model().users[owner].contacts.iter().map(|(person, _)| person);
        Standing::of(entries, contacts.chain(made), settled.manifest, share)
    }

    /// The same set, as if this manifest were in effect for everybody.
    pub fn under_manifest(&self, manifest: ManifestId) -> RuleSet {
        self.assuming(&[Assumption {
            of: AssumptionOf::Role(Subject::Owner),
            what: What::Mode,
            value: Value::manifest(manifest),
        }])
    }

    /// The attribute by which people choose their manifest: the one that conditions of manifests read. Of several the
    /// first that is read.
    pub fn preference(&self) -> Option<ParameterId> {
        let model = self.model();
        let mut found = None;
        for manifest in self.graph().manifest_order() {
            let Some(when) = model.manifests[*manifest].when else { continue };
            model.conditions.any(when, &mut |part| {
                let reading = match part {
                    Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => Some(reading.what),
                    _ => None,
                };
                if let Some(What::Parameter(id)) = reading
                    && model.attributes_of(crate::language::ast::Role::User).contains(&id)
                    && matches!(model.parameters[id].kind, crate::model::Kind::Enumeration(_))
                {
                    found = found.or(Some(id));
                }
                false
            });
        }
        found
    }

    /// The value of an attribute that the directory records for a user, or its default.
    pub fn attribute(&self, owner: UserId, attribute: ParameterId) -> Value {
        let model = self.model();
        let set = model.users[owner].attributes.iter().find(|(id, _, _)| *id == attribute);
        set.map_or(model.parameters[attribute].default, |(_, value, _)| *value)
    }

    /// The manifest that would be in effect for an owner with this value of an attribute.
    pub fn manifest_with(&self, owner: UserId, attribute: ParameterId, value: Value) -> Option<ManifestId> {
        let of = AssumptionOf::Person(self.model().users[owner].person);
        let assumption = Assumption { of, what: What::Parameter(attribute), value };
        let supposed = self.without_owners(&[assumption]);
        supposed.manifest_in_effect(owner)
    }

    /// The manifests that can never be in effect for anybody with this value of an attribute, whatever else is set.
    pub fn ruled_out(&self, attribute: ParameterId, value: Value) -> Vec<ManifestId> {
        let what = What::Parameter(attribute);
        let assumption = Assumption { of: AssumptionOf::Role(Subject::Owner), what, value };
        let supposed = self.without_owners(&[assumption]);
        let owner = Somebody::unnamed(Network::SameEnterprise);
        let nobody = Cast { left_open: LeftOpen { asker: true, other: true }, ..Cast::view(owner, owner) };
        let never = |manifest: &ManifestId| {
            let when = self.model().manifests[*manifest].when;
            when.is_some_and(|when| supposed.truth(when, &nobody, &mut Silent) == Truth::False)
        };
        self.graph().manifest_order().iter().copied().filter(never).collect()
    }

    /// What the conditions of manifests read of an owner, up to the manifest in effect, and where each value comes from.
    pub fn why_manifest(&self, owner: UserId) -> Vec<Sentence> {
        narrate::manifest_facts(self, owner)
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
