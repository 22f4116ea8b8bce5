//! The people of a directory file.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use crate::diagnostic::code;
use crate::directory::form::{Form, excerpt, given_twice};
use crate::directory::yaml::{Node, Pair, Value};
use crate::directory::{Address, Entry, Name, Scalar, User};
use crate::language::{Diagnostic, Span, Spanned};

use super::{item, name};

const PARTS: [&str; 11] = [
    "name",
    "pool",
    "site",
    "network_site",
    "policies",
    "attributes",
    "mode",
    "contacts",
    "delegates",
    "memberships",
    "presence",
];

/// The users, also those given twice.
pub(super) fn users<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<User> {
    let pairs = form.pairs(node, "a mapping from addresses to users");
    let mut users = Vec::with_capacity(pairs.len());
    for Pair { key, value, .. } in pairs {
        // The parts are read even if the address is wrong, to report what is wrong in them.
        let address = item::address(form, &key.text, key.span);
        let parts = form.mapping(value, "a mapping with keys such as `name` and `contacts`");
        users.extend(user(form, address, parts));
    }
    users
}

/// A user of these parts; None without an address, but only after its parts have been looked at.
pub(super) fn user<'a>(form: &mut Form<'a>, address: Option<Spanned<Address>>, parts: Vec<&Pair<'a>>) -> Option<User> {
    let (mut called, mut pool, mut site, mut network_site, mut mode) = (None, None, None, None, None);
    let (mut contacts, mut delegates, mut memberships) = (None, None, None);
    let (mut policies, mut attributes, mut presence) = (Vec::new(), Vec::new(), Vec::new());
    for Pair { key, value, .. } in parts {
        match key.text.as_ref() {
            "name" => called = form.optional_text(value, "a name"),
            "pool" => pool = form.optional_text(value, "the name of a pool"),
            "site" => site = form.optional_text(value, "the name of a site"),
            "network_site" => network_site = form.optional_text(value, "the name of a network site"),
            "mode" => mode = form.optional_text(value, "the name of a manifest"),
            "policies" => policies = self::policies(form, value),
            "attributes" => attributes = self::attributes(form, value),
            "contacts" => contacts = item::addresses(form, value),
            "delegates" => delegates = item::addresses(form, value),
            "memberships" => memberships = self::memberships(form, value),
            "presence" => presence = self::presence(form, value),
            _ => form.unknown_key(key, "a user", &PARTS),
        }
    }
    Some(User {
        address: address?,
        name: called,
        pool,
        site,
        network_site,
        policies,
        attributes,
        mode,
        contacts,
        delegates,
        memberships,
        presence,
    })
}

fn policies<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<(Name, Name)> {
    let mut policies = Vec::new();
    for Pair { key, value, .. } in form.caseless_mapping(node, "a mapping from settings classes to tags") {
        // Without a tag the user has what the broader scopes say.
        policies.extend(form.optional_text(value, "a policy tag").map(|tag| (name(key), tag)));
    }
    policies
}

/// Attributes of a user or a meeting.
pub(super) fn attributes<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<(Name, Spanned<Scalar>)> {
    let mut attributes = Vec::new();
    for Pair { key, value, .. } in form.mapping(node, "a mapping from attributes to values") {
        attributes.extend(form.scalar(value, "a single value").map(|value| (name(key), value)));
    }
    attributes
}

fn memberships<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Option<Vec<(Name, Vec<Spanned<Entry>>)>> {
    let pairs = form.mapping(node, "a mapping from containers to entries");
    let said = matches!(node.value, Value::Mapping(_));
    let entries =
        pairs.into_iter().map(|Pair { key, value, .. }| (name(key), item::entries(form, value).unwrap_or_default()));
    said.then(|| entries.collect())
}

/// Presence by `category.field`, written so or as a mapping of mappings.
fn presence<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<(Name, Spanned<Scalar>)> {
    let mut presence = Vec::new();
    let mut first: HashMap<String, Span> = HashMap::new();
    let mut add = |form: &mut Form<'a>, path: Name, value: &Node<'a>| {
        match first.entry(path.it.clone()) {
            Slot::Occupied(slot) => {
                let key = Spanned::new(path.it.as_str(), path.span);
                return form.report(given_twice(code::DUPLICATE_KEY, key, *slot.get()));
            }
            Slot::Vacant(slot) => slot.insert(path.span),
        };
        presence.extend(form.scalar(value, "a single value").map(|value| (path, value)));
    };
    for Pair { key, value, .. } in form.pairs(node, "a mapping from fields to values") {
        match &value.value {
            Value::Mapping(fields) => {
                for field in fields {
                    add(form, Spanned::new(format!("{}.{}", key.text, field.key.text), field.key.span), &field.value);
                }
            }
            _ if key.text.contains('.') => add(form, name(key), value),
            _ => {
                let category = excerpt(&key.text);
                let message = format!("`{category}` names no field");
                let help = format!("write `{category}.FIELD`, or `{category}: {{ FIELD: VALUE }}`");
                form.report(Diagnostic::new(code::BAD_VALUE, message).at(key.span, "").help(help));
            }
        }
    }
    presence
}
