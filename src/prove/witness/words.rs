//! Facts of a world in a few words each.

use crate::model::{DomainId, Id, Model, ObjectId, PersonId, Reading, Subject, Value, ValueType, What};
use crate::symbolic::{EntryType, Fact, Variable};
use crate::text::written;

/// A fact that is out of the ordinary.
pub(super) fn fact(model: &Model, fact: &Fact) -> String {
    let Fact { variable, value, .. } = *fact;
    let viewer = Subject::Viewer.name();
    match variable {
        Variable::Reading(reading) => format!("{} is {}", model.reading_name(reading), value_of(model, reading, value)),
        Variable::Level(whose) => format!("{} has another level", whose.name()),
        Variable::Group(whose, group) => format!("{} is in group {}", whose.name(), model.groups[group].name),
        Variable::Listed(whose, delegate) => {
            format!("{} is recorded as a {} of owner", whose.name(), if delegate { "delegate" } else { "contact" })
        }
        Variable::Entry(of, container) => {
            let container = &model.containers[container].declared.name;
            match of {
                EntryType::Everyone => format!("everyone is recorded in {container}"),
                EntryType::Authenticated => format!("authenticated is recorded in {container}"),
                EntryType::Network => format!("the network of {viewer} is recorded in {container}"),
                EntryType::Domain => format!("the domain of {viewer} is recorded in {container}"),
                EntryType::Person => format!("{viewer} is recorded in {container}"),
            }
        }
        Variable::Anonymous => format!("{viewer} is anonymous"),
        Variable::Named => match id(value).map(PersonId::from_index) {
            Some(person) => format!("{viewer} is {}", model.people[person].address),
            None => format!("{viewer} is nobody whom a membership names"),
        },
        Variable::Domain => match id(value).map(DomainId::from_index) {
            Some(domain) => format!("{viewer} is at {}", model.domains[domain].name),
            None => format!("{viewer} is at no domain that a membership names"),
        },
        Variable::Object(whose, class) => {
            let class = &model.classes[class].declared.name;
            match id(value).map(ObjectId::from_index) {
                Some(object) => format!("{class} {} applies to {}", model.objects[object].spelt, whose.name()),
                None => format!("no {class} applies to {}", whose.name()),
            }
        }
        Variable::NetworkSite(whose) => match id(value).map(ObjectId::from_index) {
            Some(object) => format!("{} is at {}", whose.name(), model.objects[object].spelt),
            None => format!("{} is at no network site that policies name", whose.name()),
        },
    }
}

fn id(value: Value) -> Option<usize> {
    usize::try_from(value.0).ok()
}

/// A value in words.
fn value_of(model: &Model, reading: Reading, value: Value) -> String {
    match reading.what {
        What::Site => site(model, value).unwrap_or_else(|| "nowhere".to_owned()),
        what => policy_value(model, what, value),
    }
}

/// The name of a site; None if somebody is at none. One that nobody names gets a name of its own.
pub(super) fn site(model: &Model, value: Value) -> Option<String> {
    let index = id(value).filter(|_| value != Value::NOWHERE)?;
    let known = model.sites.values().nth(index).map(|site| site.name.clone());
    Some(known.unwrap_or_else(|| format!("Elsewhere {}", index + 1 - model.sites.len())))
}

/// A value as policies write it.
pub(super) fn policy_value(model: &Model, what: What, value: Value) -> String {
    match model.kind_of(what) {
        // A text that nothing names.
        ValueType::Text if value.0 < 0 => format!("\"another text {}\"", -value.0),
        ValueType::Enumeration(names) => {
            id(value).and_then(|index| names.get(index)).map(|name| written::name(name)).unwrap_or_default()
        }
        kind => model.value_name(&kind, value),
    }
}
