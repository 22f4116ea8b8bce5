//! People by the names others have for them, and the classes of those who may look at one.

use crate::directory::Address;
use crate::model::{Doubt, Model, PersonId, UserId};
use crate::viewers::{Class, Somebody};

use super::rule_set::RuleSet;
use super::unknown::Unknown;

/// A name as written: what it means, how to show it, and what is doubtful about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Who is meant.
    pub somebody: Somebody,
    /// The address in canonical form, or `anonymous`.
    pub name: String,
    /// What is doubtful about it.
    pub warning: Option<String>,
}

/// Every user, by address.
pub fn owners(model: &Model) -> Vec<UserId> {
    let mut owners: Vec<UserId> = model.users.ids().collect();
    owners.sort_by(|a, b| {
        let address = |user: UserId| address(model, model.users[user].person);
        address(*a).cmp(address(*b))
    });
    owners
}

/// The user a question is about. Names are taken as [`viewer`] takes them.
pub fn owner(rules: &RuleSet, name: &str) -> Result<UserId, Unknown> {
    let named = viewer(rules, name)?;
    named.somebody.user.ok_or_else(|| {
        let address = Address::parse(&named.name);
        let doubt = address.as_ref().and_then(|address| doubt(rules, address, named.somebody));
        let doubt = doubt.filter(|doubt| !doubt.near.is_empty());
        let address = address.filter(|_| doubt.is_none());
        let near = address.and_then(|address| rules.alike().nearest_user(rules.model(), &address));
        Unknown::User { name: named.name, doubt, near }
    })
}

/// Whoever a name means: an address with or without `sip:`, in any case; the local name of exactly one known person; or
/// `anonymous`.
pub fn viewer(rules: &RuleSet, name: &str) -> Result<Named, Unknown> {
    let model = rules.model();
    if name.eq_ignore_ascii_case("anonymous") {
        return Ok(Named { somebody: Somebody::ANONYMOUS, name: "anonymous".to_owned(), warning: None });
    }
    if let Some(address) = Address::parse(name) {
        return Ok(known_by(rules, &address, Somebody::with_address(model, &address)));
    }
    let bare = name.trim().to_lowercase();
    let alike = rules.alike().called(model, &bare);
    match alike.as_slice() {
        [only] => Ok(known_by(rules, address(model, *only), Somebody::known(model, *only))),
        [] => Err(Unknown::Nobody { name: name.to_owned(), near: rules.alike().nearest_called(model, &bare) }),
        several => {
            let mut addresses: Vec<String> = several.iter().map(|it| address(model, *it).to_string()).collect();
            addresses.sort_unstable();
            Err(Unknown::Several { name: name.to_owned(), addresses })
        }
    }
}

/// The classes of viewers of an owner: people, then domains, then networks, then anonymous. The owner is left out.
pub fn classes(rules: &RuleSet, owner: UserId) -> Vec<Class> {
    rules.viewers(owner, rules.graph().tables().viewer_reads()).classes()
}

fn address(model: &Model, person: PersonId) -> &Address {
    &model.people[person].address
}

fn known_by(rules: &RuleSet, address: &Address, somebody: Somebody) -> Named {
    let warning = doubt(rules, address, somebody).map(|doubt| doubt.to_string());
    Named { somebody, name: address.to_string(), warning }
}

fn doubt(rules: &RuleSet, address: &Address, somebody: Somebody) -> Option<Doubt> {
    let known = if somebody.inside() { somebody.user.is_some() } else { somebody.person.is_some() };
    if known { None } else { rules.alike().doubt(rules.model(), address) }
}
