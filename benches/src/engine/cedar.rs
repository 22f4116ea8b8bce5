//! cedar-policy: one policy; of an owner an entity whose tags lead from address, domain or network to a container entity;
//! all entities loaded once, the identifiers parsed before, the request built for each question.
//!
//! Folded at load: the entries in force, and what the owner hides. Which entry wins is decided in the policy.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression,
};

use super::{FEED, UNLISTED, hidden, in_force, level_name, published};
use crate::population::{LEVELS, Population};

/// The engine with everything loaded.
pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
}

/// A question with its identifiers parsed.
#[derive(Clone)]
pub struct Asked {
    viewer: EntityUid,
    field: EntityUid,
    owner: EntityUid,
}

fn uid(kind: &str, id: &str) -> EntityUid {
    let kind = EntityTypeName::from_str(kind).expect("a type name");
    EntityUid::from_type_name_and_id(kind, EntityId::new(id))
}

fn policy() -> String {
    let feed: Vec<String> = FEED.iter().map(|field| format!("Action::\"{field}\"")).collect();
    format!(
        "permit(principal, action, resource) when {{
            (if resource.hasTag(principal.address) then resource.getTag(principal.address).published.contains(action)
             else if resource.hasTag(principal.domain) then resource.getTag(principal.domain).published.contains(action)
             else if resource.hasTag(principal.network) then resource.getTag(principal.network).published.contains(action)
             else Container::\"{UNLISTED}\".published.contains(action))
            && !resource.hidden.contains(action)
            && (!([{}].contains(action)) || resource.hasTag(principal.address))
        }};",
        feed.join(", ")
    )
}

impl Cedar {
    /// Makes the entities.
    pub fn load(population: &Population) -> Cedar {
        let fields = |fields: Vec<&str>| {
            RestrictedExpression::new_set(
                fields.into_iter().map(|field| RestrictedExpression::new_entity_uid(uid("Action", field))),
            )
        };
        let text = |text: &str| RestrictedExpression::new_string(text.to_owned());
        let container = |level: &str| RestrictedExpression::new_entity_uid(uid("Container", level));
        let mut entities = Vec::new();
        for level in LEVELS.into_iter().chain([UNLISTED]) {
            let attributes = HashMap::from([("published".to_owned(), fields(published(level)))]);
            entities.push(Entity::new(uid("Container", level), attributes, HashSet::new()).expect("an entity"));
        }
        for viewer in &population.viewers {
            let domain = &population.domains[viewer.domain];
            let attributes = HashMap::from([
                ("address".to_owned(), text(&viewer.address)),
                ("domain".to_owned(), text(&domain.name)),
                ("network".to_owned(), text(domain.network.name())),
            ]);
            entities.push(Entity::new(uid("Person", &viewer.address), attributes, HashSet::new()).expect("an entity"));
        }
        for (owner, viewer) in population.owners.iter().zip(&population.viewers) {
            let attributes = [("hidden".to_owned(), fields(hidden(owner)))];
            let tags = in_force(population, owner).map(|(key, level)| (key.to_owned(), container(level_name(level))));
            let entity = Entity::new_with_tags(uid("Owner", &viewer.address), attributes, [], tags);
            entities.push(entity.expect("an entity"));
        }
        Cedar {
            authorizer: Authorizer::new(),
            policies: PolicySet::from_str(&policy()).expect("a policy"),
            entities: Entities::from_entities(entities, None).expect("entities without circles"),
        }
    }

    /// Parses the names of a question.
    pub fn ask(viewer: &str, owner: &str, field: &str) -> Asked {
        Asked { viewer: uid("Person", viewer), field: uid("Action", field), owner: uid("Owner", owner) }
    }

    /// Whether the viewer sees the field of the owner.
    pub fn decide(&self, asked: &Asked) -> bool {
        let Asked { viewer, field, owner } = asked.clone();
        let request = Request::new(viewer, field, owner, Context::empty(), None).expect("no schema, no complaint");
        self.authorizer.is_authorized(&request, &self.policies, &self.entities).decision() == Decision::Allow
    }
}
