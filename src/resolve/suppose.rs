//! What would hold if an owner had other entries: for plans, which change what is recorded and have to know what comes
//! of it.

use crate::language::Span;
use crate::language::ast::Role;
use crate::model::{
    Condition, ContainerId, Entry, ManifestId, Membership, MembershipId, Network, ParameterId, Subject, Truth, UserId,
    Value, ValueType, What,
};
use crate::viewers::{Matcher, Somebody};

use super::assume::{Assumption, AssumptionOf};
use super::condition::{holds_of_owner, truth};
use super::facts::{Cast, LeftOpen};
use super::probe::Silent;
use super::rule_set::RuleSet;
use super::settle::{Contacts, Origin, Record, Recorded, Settled, manifest_in_effect, settle_recorded};

/// The entries that policy gives an owner, each with the `membership` that says so; groups are not expanded.
pub fn granted(rules: &RuleSet, owner: UserId) -> Vec<(MembershipId, ContainerId, Entry, Span)> {
    let memberships = rules.model().memberships.iter();
    let holding = memberships.filter(|(_, membership)| holds_of_owner(rules, membership.when, owner));
    let grants = |(id, membership): (MembershipId, &Membership)| {
        let of = |(container, entry, span): &(ContainerId, Entry, Span)| (id, *container, *entry, *span);
        membership.grants.iter().map(of).collect::<Vec<_>>()
    };
    holding.flat_map(grants).collect()
}

/// What the manifest in effect would make of these entries, if the owner had these contacts besides the listed
/// ones less those. Where an entry comes from is not said.
pub fn settled_as(
    rules: &RuleSet,
    owner: UserId,
    entries: impl IntoIterator<Item = (Matcher, ContainerId)>,
    contacts: &Contacts,
) -> Settled {
    let nowhere = Origin::Directory(rules.model().users[owner].span);
    let recorded = entries.into_iter().map(|(matcher, container)| Record::new(matcher, container, nowhere));
    settle_recorded(rules, owner, &Recorded::new(recorded.collect()), contacts)
}

/// The same set, as if this manifest were in effect for everybody.
pub fn under_manifest(rules: &RuleSet, manifest: ManifestId) -> RuleSet {
    rules.assuming(&[Assumption {
        whose: AssumptionOf::Role(Subject::Owner),
        what: What::Mode,
        value: Value::manifest(manifest),
    }])
}

/// The attribute by which people choose their manifest: the one that conditions of manifests read. Of several the
/// first that is read.
pub fn preference(rules: &RuleSet) -> Option<ParameterId> {
    let model = rules.model();
    let mut found = None;
    for manifest in rules.graph().manifest_order() {
        let Some(when) = model.manifests[*manifest].when else { continue };
        model.conditions.any(when, &mut |part| {
            let reading = match part {
                Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => Some(reading.what),
                _ => None,
            };
            if let Some(What::Parameter(id)) = reading
                && model.attributes_of(Role::User).contains(&id)
                && matches!(model.parameters[id].kind, ValueType::Enumeration(_))
            {
                found = found.or(Some(id));
            }
            false
        });
    }
    found
}

/// The manifest that would be in effect for an owner with this value of an attribute.
pub fn manifest_with(rules: &RuleSet, owner: UserId, attribute: ParameterId, value: Value) -> Option<ManifestId> {
    let whose = AssumptionOf::Person(rules.model().users[owner].person);
    let assumption = Assumption { whose, what: What::Parameter(attribute), value };
    let supposed = rules.without_owners(&[assumption]);
    manifest_in_effect(&supposed, owner)
}

/// The manifests that can never be in effect for anybody with this value of an attribute, whatever else is set.
pub fn ruled_out(rules: &RuleSet, attribute: ParameterId, value: Value) -> Vec<ManifestId> {
    let what = What::Parameter(attribute);
    let assumption = Assumption { whose: AssumptionOf::Role(Subject::Owner), what, value };
    let supposed = rules.without_owners(&[assumption]);
    let owner = Somebody::unnamed(Network::SameEnterprise);
    let nobody = Cast { left_open: LeftOpen { asker: true, other: true }, ..Cast::view(owner, owner) };
    let never = |manifest: &ManifestId| {
        let when = rules.model().manifests[*manifest].when;
        when.is_some_and(|when| truth(&supposed, when, &nobody, &mut Silent) == Truth::False)
    };
    rules.graph().manifest_order().iter().copied().filter(never).collect()
}
