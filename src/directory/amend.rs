//! Changes of what a directory records: as values, on a [`Directory`], and on the text of a file.
//!
//! The text is edited by the places that our own reader gives every key and value, not by an editing library for YAML:
//! what is spliced is then exactly what was read (addresses in any spelling, merge keys, aliases), a second parser with
//! a reading of its own cannot disagree, and thousands of users of one file are edited in one pass. A library that
//! keeps a whole syntax tree takes time in proportion to the file for every edit. Whatever splicing gets wrong shows:
//! the edited text is read again, and has to be the directory that [`Directory::amend`] computes without any text.

mod apply;
mod draft;
mod habit;
mod list;
mod mapping;
mod page;
mod person;
mod scalar;
mod single;

use std::collections::HashSet;

use indexmap::IndexMap;

use super::read::{read, read_tree};
use super::yaml::{Node, Pair, Value};
use super::{Address, Directory, Entry, FileKind, Scalar, User};
use crate::diagnostic::code;
use crate::language::{Diagnostic, FileId};

use habit::Habits;
use page::Page;
pub(crate) use single::{ListChange, list_edits};

/// One change of what the directory records of a user. In a list the order is the order in which they are to hold:
/// whoever should keep access gets the new entry before the old one goes.
///
/// A change that is there already changes nothing: adding what is listed, removing what is not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Amendment {
    /// Somebody comes on the contact list, at its end. A list that was not there comes into being.
    AddContact(Address),
    /// Somebody leaves the contact list. The list stays, even if it is empty then: no list would mean *not known*.
    RemoveContact(Address),
    /// An entry comes into a container, at its end.
    AddEntry {
        /// The container's name.
        container: String,
        /// Whom it matches.
        entry: Entry,
    },
    /// An entry leaves a container. The container stays listed, even if it is empty then.
    RemoveEntry {
        /// The container's name.
        container: String,
        /// Whom it matches.
        entry: Entry,
    },
    /// The manifest whose shape the recorded entries have, by the word that stands in `mode`.
    SetMode(String),
    /// The value of an attribute.
    SetAttribute(String, Scalar),
}

/// The text of a YAML file of a directory after changes of its users. Only the lines that have to change do: comments,
/// order, quotes, anchors and blank lines elsewhere stay byte for byte, and what is new is written as its neighbours
/// are. Users may be named more than once; their changes follow each other.
///
/// An error if the file has errors, if it has no such user, or if it cannot be edited so that exactly these changes
/// result, as where other users take the value over through an alias.
pub fn amend(file: FileId, text: &str, changes: &[(Address, Vec<Amendment>)]) -> Result<String, Vec<Diagnostic>> {
    let (before, found, root) = read_tree(file, text);
    if found.iter().any(Diagnostic::is_error) {
        return Err(found);
    }
    let mut expected = before.clone();
    expected.amend(changes).map_err(|missing| missing.iter().map(not_a_user).collect::<Vec<_>>())?;
    let page = Page::new(text);
    let users = root.as_ref().map(|root| users(root)).unwrap_or_default();
    let habits = Habits::read(&page, users.values().copied());
    let by_user: Vec<(&Pair<'_>, Vec<&Amendment>)> =
        by_user(changes).into_iter().filter_map(|(user, amendments)| Some((*users.get(user)?, amendments))).collect();
    // The text with the changes of the first so many.
    let with = |count: usize| {
        let (mut splices, mut refused) = (page::Splices::on(&page), Vec::new());
        for (pair, amendments) in by_user.iter().take(count) {
            if let Err(refusal) = person::edit(&habits, pair, amendments, &mut splices) {
                refused.push(refusal.explain(pair.key.span));
            }
        }
        if refused.is_empty() { Ok(splices.apply()) } else { Err(refused) }
    };
    let reads = |edited: &str| {
        let (after, found) = read(file, FileKind::Yaml, edited);
        if found.iter().any(Diagnostic::is_error) { None } else { Some(after) }
    };
    let edited = with(by_user.len())?;
    let Some(after) = reads(&edited) else {
        // The places are those of a text that nobody has seen. Whoever is the last of the fewest that spoil it is to
        // blame.
        let counts: Vec<usize> = (1..=by_user.len()).collect();
        let sound = counts.partition_point(|count| with(*count).is_ok_and(|edited| reads(&edited).is_some()));
        let blamed = by_user.get(sound).map(|(pair, _)| page::NoEdit::Form.explain(pair.key.span));
        return Err(blamed.into_iter().collect());
    };
    let changed = differing(&before, &expected, &after, changes);
    if changed.is_empty() { Ok(edited) } else { Err(changed) }
}

/// The amendments of each user, in order.
fn by_user(changes: &[(Address, Vec<Amendment>)]) -> IndexMap<&Address, Vec<&Amendment>> {
    let mut all: IndexMap<&Address, Vec<&Amendment>> = IndexMap::new();
    for (user, amendments) in changes {
        all.entry(user).or_default().extend(amendments);
    }
    all
}

/// The users of a file by their addresses. The first of two equal ones counts, as in reading.
fn users<'n, 'a>(root: &'n Node<'a>) -> IndexMap<Address, &'n Pair<'a>> {
    let mut users = IndexMap::new();
    let Value::Mapping(parts) = &root.value else { return users };
    let Some(Value::Mapping(pairs)) = parts.iter().find(|it| it.key.text == "users").map(|it| &it.value.value) else {
        return users;
    };
    for pair in pairs {
        if let Some(address) = Address::parse(&pair.key.text) {
            users.entry(address).or_insert(pair);
        }
    }
    users
}

/// What an edit did that it should not have done, or did not do, user by user.
fn differing(
    before: &Directory,
    expected: &Directory,
    after: &Directory,
    changes: &[(Address, Vec<Amendment>)],
) -> Vec<Diagnostic> {
    let wanted: HashSet<&Address> = changes.iter().map(|(user, _)| user).collect();
    let mut found = Vec::new();
    for (place, (expected, after)) in before.users.iter().zip(expected.users.iter().zip(&after.users)) {
        if !same(expected, after) {
            let refusal = match wanted.contains(&place.address.it) {
                true => page::NoEdit::Form,
                false => page::NoEdit::Shared(place.address.it.clone()),
            };
            found.push(refusal.explain(place.address.span));
        }
    }
    if after.users.len() != expected.users.len() || !is_same_beside_users(expected, after) {
        found.extend(before.users.first().map(|user| page::NoEdit::Form.explain(user.address.span)));
    }
    found
}

/// Two users as the directory means them. Of containers and attributes the order means nothing, and a key of its own in
/// place of one that `<<` took over stands elsewhere.
fn same(one: &User, other: &User) -> bool {
    let sorted = |user: &User| {
        let mut user = user.clone();
        user.attributes.sort_by(|a, b| a.0.it.cmp(&b.0.it));
        if let Some(memberships) = &mut user.memberships {
            memberships.sort_by(|a, b| a.0.it.cmp(&b.0.it));
        }
        user
    };
    one == other || sorted(one) == sorted(other)
}

/// Somebody who is to be changed, and is not there.
pub(crate) fn not_a_user(user: &Address) -> Diagnostic {
    Diagnostic::new(code::NOT_A_USER, format!("`{user}` is not among the users"))
        .help("name somebody who stands under `users`")
}

fn is_same_beside_users(one: &Directory, other: &Directory) -> bool {
    let Directory { domains, hosting, open, partners, public_cloud, blocked, sites, users: _, meetings, groups, lists } =
        one;
    domains == &other.domains
        && hosting == &other.hosting
        && open == &other.open
        && partners == &other.partners
        && public_cloud == &other.public_cloud
        && blocked == &other.blocked
        && sites == &other.sites
        && meetings == &other.meetings
        && groups == &other.groups
        && lists == &other.lists
}
