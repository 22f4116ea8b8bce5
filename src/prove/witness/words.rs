//! Facts of a world in a few words each.

use crate::model::{Id, Model, Object, ObjectId, PersonId, Reading, Scope, Subject, Value, ValueType, What};
use crate::symbolic::{EntryType, Fact, Variable, Whereabouts};
use crate::text::written;

/// A fact that is out of the ordinary.
pub(crate) fn fact(model: &Model, fact: &Fact) -> String {
    let Fact { variable, value, .. } = *fact;
    let viewer = Subject::Viewer.name();
    match variable {
        Variable::Reading(Reading { whose, what: What::Site }) => match site(model, value) {
            Some(site) => format!("{} is at site `{site}`", whose.name()),
            None => format!("{} is at no site", whose.name()),
        },
        Variable::Reading(reading) => {
            format!("`{}` is `{}`", model.reading_name(reading), policy_value(model, reading.what, value))
        }
        Variable::Level(whose) => format!("{} has another level", whose.name()),
        Variable::Group(whose, group) => format!("{} is in group `{}`", whose.name(), model.groups[group].name),
        Variable::Listed(whose, delegate) => {
            format!("{} is recorded as a {} of owner", whose.name(), if delegate { "delegate" } else { "contact" })
        }
        Variable::Entry(of, container) => {
            let container = &model.containers[container].declared.name;
            match of {
                EntryType::Everyone => entry("`everyone`", container),
                EntryType::Authenticated => entry("`authenticated`", container),
                EntryType::Network => entry(&format!("the network of {viewer}"), container),
                EntryType::OtherNetwork(network) => entry(&format!("`{}`", network.name()), container),
                EntryType::Domain(number) => entry(&domain_above(number), container),
                EntryType::Person => format!("{viewer} is recorded in `{container}`"),
            }
        }
        Variable::Anonymous => format!("{viewer} is anonymous"),
        Variable::Named => match id(value).map(PersonId::from_index) {
            Some(person) => format!("{viewer} is `{}`", model.people[person].address),
            None => format!("{viewer} is nobody whom a membership names"),
        },
        Variable::Domain => match Whereabouts::of_value(value) {
            Whereabouts::At(domain) => format!("{viewer} is at `{}`", model.domains[domain].name),
            Whereabouts::Below(domain) => format!("{viewer} is at a sub-domain of `{}`", model.domains[domain].name),
            Whereabouts::Elsewhere => format!("{viewer} is at no domain that a membership names"),
        },
        Variable::NetworkAbove(number) => {
            format!("{} is `{}`", domain_above(number), model.value_name(&ValueType::Network, value))
        }
        Variable::Granted(whose, class) => {
            let class = &model.classes[class].declared.name;
            match object(model, value) {
                Some(object) => format!("`{class} {}` is granted to {}", object.spelt, whose.name()),
                None => format!("no `{class}` is granted to {}", whose.name()),
            }
        }
        Variable::Pool(whose) => match object(model, value).map(|object| &object.scope) {
            Some(Scope::Service(_, pool)) => format!("{} is at pool `{pool}`", whose.name()),
            _ => format!("{} is at no pool that policies name", whose.name()),
        },
        Variable::NetworkSite(whose) => match object(model, value).map(|object| object.spelt.split_once(' ')) {
            Some(Some((_, name))) => format!("{} is at network site `{name}`", whose.name()),
            _ => format!("{} is at no network site that policies name", whose.name()),
        },
    }
}

fn entry(whom: &str, container: &str) -> String {
    format!("an entry for {whom} is recorded in `{container}`")
}

/// A domain of the viewer by its number.
fn domain_above(number: usize) -> String {
    match number {
        0 => "the domain of viewer".to_owned(),
        1 => "the domain above that of viewer".to_owned(),
        number => format!("the domain {number} above that of viewer"),
    }
}

fn object(model: &Model, value: Value) -> Option<&Object> {
    id(value).map(|index| &model.objects[ObjectId::from_index(index)])
}

fn id(value: Value) -> Option<usize> {
    usize::try_from(value.0).ok()
}

/// The name of a site; None if somebody is at none. One that nobody names gets a name of its own.
pub(super) fn site(model: &Model, value: Value) -> Option<String> {
    let index = id(value).filter(|_| value != Value::NOWHERE)?;
    let known = model.sites.values().nth(index).map(|site| site.name.clone());
    let is_new = |name: &String| model.sites.values().all(|site| !site.name.eq_ignore_ascii_case(name));
    let new = || (1..).map(|number| format!("Elsewhere {number}")).filter(is_new).nth(index - model.sites.len());
    known.or_else(new)
}

/// A value as policies write it.
pub(crate) fn policy_value(model: &Model, what: What, value: Value) -> String {
    match model.kind_of(what) {
        // A text that nothing names.
        ValueType::Text if value.0 < 0 => {
            let is_new = |text: &String| !model.texts.contains(text.as_str());
            let nth = usize::try_from(-1 - value.0).unwrap_or_default();
            let text = (1..).map(|number| format!("another text {number}")).filter(is_new).nth(nth);
            written::text(&text.unwrap_or_default())
        }
        ValueType::Enumeration(names) => {
            id(value).and_then(|index| names.get(index)).map(|name| written::name(name)).unwrap_or_default()
        }
        kind => model.value_name(&kind, value),
    }
}
