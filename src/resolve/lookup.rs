//! From names that a set declares to ids. An unknown name is an error that says which names are near. Only the model is
//! needed.

use crate::language::ast::{ContainerFlag, Target};
use crate::language::nearest;
use crate::model::{
    CategoryId, ContainerId, Containers, FeatureId, FieldId, GroupId, Id, Item, ManifestId, MeetingId, Model, Names,
    Network, PlaceId, RecipientId, Value,
};

use super::unknown::{Instead, Listing, Unknown};

/// How many names an error still lists.
const LISTED: usize = 12;

/// A feature by name.
pub fn feature(model: &Model, name: &str) -> Result<FeatureId, Unknown> {
    find(&model.names.features, "feature", name)
}

/// A container by name, or by number.
pub fn container(model: &Model, name: &str) -> Result<ContainerId, Unknown> {
    let number: Option<u32> = name.trim().parse().ok();
    let by_number = number
        .and_then(|number| model.containers.iter().find(|(_, container)| container.number == number).map(|(id, _)| id));
    by_number.map_or_else(|| find(&model.names.containers, "container", name), Ok)
}

/// What a name means where a condition has a container: one, or all that are `visible` or `blocking`.
pub fn containers(model: &Model, name: &str) -> Result<Containers, Unknown> {
    match ContainerFlag::named(name) {
        Some(flag) => Ok(model.flagged(flag)),
        None => find(&model.names.containers, "container", name).map(Containers::only),
    }
}

/// A manifest by name.
pub fn manifest(model: &Model, name: &str) -> Result<ManifestId, Unknown> {
    find(&model.names.manifests, "manifest", name)
}

/// A recipient by name.
pub fn recipient(model: &Model, name: &str) -> Result<RecipientId, Unknown> {
    find(&model.names.recipients, "recipient", name)
}

/// A place by name.
pub fn place(model: &Model, name: &str) -> Result<PlaceId, Unknown> {
    find(&model.names.places, "place", name)
}

/// What can be disclosed or stored by name: a category, a field, data, or a part of it.
pub fn item(model: &Model, name: &Target) -> Result<Item, Unknown> {
    let part = name.field.as_ref().map(|part| part.it.as_str());
    model.item_named(&name.category.it, part).ok_or_else(|| {
        let known = model.names.categories.spellings().chain(model.names.data.spellings());
        Unknown::Name { kind: "category or data", name: name.to_string(), instead: Instead::Many(Listing::new(known)) }
    })
}

/// A group by name.
pub fn group(model: &Model, name: &str) -> Result<GroupId, Unknown> {
    find(&model.names.groups, "group", name)
}

/// A meeting by name.
pub fn meeting(model: &Model, name: &str) -> Result<MeetingId, Unknown> {
    find(&model.names.meetings, "meeting", name)
}

/// A value of the attribute `role` of participants.
pub fn role(model: &Model, name: &str) -> Result<Value, Unknown> {
    let roles = model.roles();
    let found = roles.iter().position(|role| role == name);
    found.map(|index| Value(index as i64)).ok_or_else(|| {
        let roles = || roles.iter().map(String::as_str);
        let instead = nearest(name, roles()).map_or_else(|| Instead::All(Listing::new(roles())), Instead::Near);
        Unknown::MeetingRole { role: name.to_owned(), instead }
    })
}

/// A network by name.
pub fn network(name: &str) -> Result<Network, Unknown> {
    Network::named(name).ok_or_else(|| Unknown::Network(name.to_owned()))
}

/// The fields that `category` or `category.field` names.
pub fn fields(model: &Model, target: &str) -> Result<Vec<FieldId>, Unknown> {
    let (category, name) = target.split_once('.').map_or((target, None), |(category, name)| (category, Some(name)));
    let category: CategoryId = find(&model.names.categories, "category", category)?;
    match name {
        Some(name) => Ok(vec![field(model, category, name)?]),
        None => Ok(model.categories[category].fields.clone()),
    }
}

/// A field of a category by name.
pub(super) fn field(model: &Model, category: CategoryId, name: &str) -> Result<FieldId, Unknown> {
    let names = model.names.fields.get(&category);
    if let Some(found) = names.and_then(|names| names.find(name)) {
        return Ok(found);
    }
    let category = model.categories[category].declared.name.clone();
    let all = || Instead::All(Listing::new(names.into_iter().flat_map(Names::spellings)));
    let instead = names.and_then(|names| names.nearest(name)).map_or_else(all, Instead::Near);
    Err(Unknown::Field { category, field: name.to_owned(), instead })
}

/// An id by name, or what is wrong with it.
pub(crate) fn find<I: Id>(names: &Names<I>, kind: &'static str, name: &str) -> Result<I, Unknown> {
    names.find(name).ok_or_else(|| {
        let instead = match names.nearest(name) {
            Some(near) => Instead::Near(near),
            None if names.spellings().count() > LISTED => Instead::Many(Listing::new(names.spellings())),
            None => Instead::All(Listing::new(names.spellings())),
        };
        Unknown::Name { kind, name: name.to_owned(), instead }
    })
}
