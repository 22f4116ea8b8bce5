//! Conditions in three-valued logic, and what they read: settings, attributes, presence, sites, groups.

use super::evaluate::{self, Standing};
use super::world::*;

/// Who a condition is asked about. Conditions of manifests, memberships and `shows` know the owner only.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub world: &'a World,
    pub owner: &'a str,
    pub about: Option<(&'a Viewer, &'a Standing)>,
}

/// True, false, or (none) unknown.
pub type Truth = Option<bool>;

fn not(truth: Truth) -> Truth {
    truth.map(|known| !known)
}

/// One false decides; else one unknown; else true.
fn all(truths: &[Truth]) -> Truth {
    if truths.contains(&Some(false)) {
        Some(false)
    } else if truths.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn any(truths: &[Truth]) -> Truth {
    not(all(&truths.iter().copied().map(not).collect::<Vec<_>>()))
}

impl Scene<'_> {
    /// A denial fires unless its circumstance is known not to hold: what is unknown denies.
    pub fn denies(&self, denial: &Denial) -> bool {
        // `when A unless B` is `A and not B`; either may be missing.
        let when = denial.when.as_ref().map_or(Some(true), |condition| self.truth(condition));
        let unless = denial.unless.as_ref().map_or(Some(false), |condition| self.truth(condition));
        all(&[when, not(unless)]) != Some(false)
    }

    pub fn truth(&self, condition: &Condition) -> Truth {
        let each = |parts: &[Condition]| parts.iter().map(|part| self.truth(part)).collect::<Vec<_>>();
        let signed = |negated: bool, truth: bool| Some(truth != negated);
        match condition {
            Condition::Constant(value) => Some(*value),
            Condition::Not(inner) => not(self.truth(inner)),
            Condition::And(parts) => all(&each(parts)),
            Condition::Or(parts) => any(&each(parts)),
            Condition::Holds(reading) => self.value(reading).map(|value| value == Value::Bool(true)),
            Condition::Compare(reading, comparison, literal) => {
                self.value(reading).map(|value| compare(&value, *comparison, literal))
            }
            // Of two one unknown is enough.
            Condition::CompareReadings(left, comparison, right) => {
                Some(compare(&self.value(left)?, *comparison, &self.value(right)?))
            }
            Condition::OneOf { reading, negated, values } => {
                self.value(reading).and_then(|value| signed(*negated, values.contains(&value)))
            }
            Condition::InContainer { negated, place } => {
                let (viewer, standing) = self.about.expect("a viewer");
                let level = evaluate::level(self.world, standing, viewer);
                // A flag stands for every container so marked.
                let inside = level.is_some_and(|container| evaluate::is_at(container, place));
                signed(*negated, inside)
            }
            Condition::InGroup { role, negated, group } => {
                // Groups are always known, and anonymous is in none.
                let inside =
                    self.address(*role).is_some_and(|address| members(self.world, group).contains(&address.to_owned()));
                signed(*negated, inside)
            }
            Condition::Is { negated, relation } => {
                // The lists in force: people that settling made contacts are contacts.
                let (viewer, standing) = self.about.expect("a viewer");
                let list = match relation {
                    Relation::Contact => &standing.contacts,
                    Relation::Delegate => &standing.delegates,
                };
                let listed = matches!(viewer, Viewer::Person(address) if list.contains(address));
                signed(*negated, listed)
            }
        }
    }

    fn address(&self, role: Role) -> Option<&str> {
        match (role, self.about) {
            (Role::Owner, _) => Some(self.owner),
            (Role::Viewer, Some((Viewer::Person(address), _))) => Some(address),
            (Role::Viewer, _) => None,
        }
    }

    /// The value read; none is unknown.
    fn value(&self, reading: &Reading) -> Option<Value> {
        let word = |text: &str| Some(Value::Word(text.to_owned()));
        match reading {
            Reading::Attribute(role, name) => attribute(self.world, self.address(*role)?, name),
            Reading::Setting { role, class, parameter, .. } => {
                setting(self.world, self.address(*role)?, class, parameter)
            }
            Reading::Presence(category, field) => presence(self.world, self.owner, category, field),
            Reading::Network => {
                let (viewer, _) = self.about.expect("a viewer");
                word(network_name(evaluate::network(self.world, viewer)))
            }
            Reading::Inside => {
                // Being inside is being of the same enterprise.
                let (viewer, _) = self.about.expect("a viewer");
                Some(Value::Bool(evaluate::network(self.world, viewer) == Network::SameEnterprise))
            }
            // Somebody without a site is at none: equal to no name, and that is known.
            Reading::Site(role) => {
                let user = self.address(*role).and_then(|address| user(self.world, address));
                word(&user.and_then(|user| site(self.world, user)).unwrap_or_default())
            }
            Reading::Mode => word(super::settle::manifest(self.world, self.owner).map_or("", |m| &m.name)),
        }
    }
}

fn compare(value: &Value, comparison: Comparison, literal: &Value) -> bool {
    match comparison {
        Comparison::Equal => value == literal,
        Comparison::NotEqual => value != literal,
        Comparison::Less => value < literal,
        Comparison::AtMost => value <= literal,
        Comparison::Greater => value > literal,
        Comparison::AtLeast => value >= literal,
    }
}

pub fn network_name(network: Network) -> &'static str {
    match network {
        Network::SameEnterprise => "same_enterprise",
        Network::PublicCloud => "public_cloud",
        Network::Federated => "federated",
        Network::Other => "other",
    }
}

pub fn user<'a>(world: &'a World, address: &str) -> Option<&'a User> {
    world.users.iter().find(|user| user.address == address)
}

/// The addresses of a group, those of the groups in it included.
pub fn members(world: &World, group: &str) -> Vec<Name> {
    let Some(group) = world.groups.iter().find(|candidate| candidate.name == group) else { return Vec::new() };
    let inner = group.groups.iter().flat_map(|inner| members(world, inner));
    group.people.iter().cloned().chain(inner).collect()
}

/// A user is at the site that lists the user's pool; `site:` is for people without a pool.
pub fn site(world: &World, user: &User) -> Option<Name> {
    match &user.pool {
        Some(pool) => world.sites.iter().find(|site| site.pools.contains(pool)).map(|site| site.name.clone()),
        None => user.site.clone(),
    }
}

/// A field's value is the directory's, or the first of its enumeration.
pub fn presence(world: &World, owner: &str, category: &str, field: &str) -> Option<Value> {
    let said = user(world, owner)?.presence.iter().find(|(c, f, _)| c == category && f == field);
    if let Some((_, _, value)) = said {
        return Some(value.clone());
    }
    let category = world.categories.iter().find(|candidate| candidate.name == category)?;
    let field = category.fields.iter().find(|candidate| candidate.name == field)?;
    field.values.first().cloned().map(Value::Word)
}

fn inside(world: &World, address: &str) -> bool {
    evaluate::network(world, &Viewer::Person(address.to_owned())) == Network::SameEnterprise
}

fn attribute(world: &World, address: &str, name: &str) -> Option<Value> {
    // Outside the organisation attributes of `user` are unknown.
    if !inside(world, address) {
        return None;
    }
    let said = user(world, address).and_then(|user| user.attributes.iter().find(|(key, _)| key == name));
    match said {
        Some((_, value)) => Some(value.clone()),
        // Not said, or not among the users: the default.
        None => world.attributes.iter().find(|attribute| attribute.name == name).map(|a| a.default.clone()),
    }
}

/// The value of a setting for somebody; none is unknown.
pub fn setting(world: &World, address: &str, class: &str, parameter: &str) -> Option<Value> {
    // Outside the organisation settings are unknown.
    if !inside(world, address) {
        return None;
    }
    let class = world.settings.iter().find(|candidate| candidate.name == class)?;
    // Of the objects that apply, the one at the most specific scope applies whole; somebody who is not among the
    // users has the global one.
    let applies = |scope: &ScopeKind| -> Option<&Policy> {
        let name = match (scope, user(world, address)) {
            (ScopeKind::Global, _) => Some(Name::new()),
            (_, None) => None,
            (ScopeKind::Site, Some(user)) => site(world, user),
            (ScopeKind::Service, Some(user)) => user.pool.clone(),
            (ScopeKind::Tag, Some(user)) => {
                user.granted.iter().find(|(granted, _)| *granted == class.name).map(|(_, tag)| tag.clone())
            }
            (ScopeKind::NetworkSite, Some(user)) => user.network_site.clone(),
        }?;
        object(world, &class.name, &Scope { kind: *scope, name })
    };
    let chosen = class.scopes.iter().rev().find_map(applies);
    let said = chosen.and_then(|policy| said(world, policy, parameter));
    // What it leaves out takes the declared default, whatever a broader scope says.
    said.or_else(|| class.parameters.iter().find(|p| p.name == parameter).map(|p| p.default.clone()))
}

fn object<'a>(world: &'a World, class: &str, scope: &Scope) -> Option<&'a Policy> {
    world.policies.iter().find(|policy| policy.class == class && policy.scope == *scope)
}

/// What an object sets itself, else what the object it is `like` sets.
pub fn said(world: &World, policy: &Policy, parameter: &str) -> Option<Value> {
    let own = policy.values.iter().find(|(name, _)| name == parameter).map(|(_, value)| value.clone());
    own.or_else(|| said(world, object(world, &policy.class, policy.like.as_ref()?)?, parameter))
}
