//! What a directory says of one user or meeting, fact by fact.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::People;
use crate::directory::{Address, Meeting, Name, Scalar, User};
use crate::language::{Span, Spanned};

/// A fact, and where it stands.
pub(in crate::diff) struct Fact {
    pub(in crate::diff) listed: Listed,
    pub(in crate::diff) span: Option<Span>,
}

/// What a fact says.
#[derive(PartialEq, Eq)]
pub(in crate::diff) enum Listed {
    One(String),
    /// In no order. That a list is empty is something else than that nobody says so.
    Many(BTreeSet<String>),
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.beyond(None).unwrap_or_default())
    }
}

impl Listed {
    /// What it says beyond the other; None if that is nothing.
    pub(super) fn beyond(&self, other: Option<&Listed>) -> Option<String> {
        let joined = |all: Vec<&String>| all.into_iter().map(String::as_str).collect::<Vec<&str>>().join(", ");
        match (self, other) {
            (Listed::One(says), _) => Some(says.clone()),
            (Listed::Many(all), None) if all.is_empty() => Some("an empty list".to_owned()),
            (Listed::Many(all), Some(Listed::Many(others))) => {
                let beyond: Vec<&String> = all.difference(others).collect();
                (!beyond.is_empty()).then(|| joined(beyond))
            }
            (Listed::Many(all), _) => Some(joined(all.iter().collect())),
        }
    }
}

type Facts = BTreeMap<String, Fact>;

/// The facts of a user, as a side says them.
pub(in crate::diff) fn facts_of_user(people: &People<'_>, side: usize, user: &User) -> Facts {
    let mut facts = Facts::new();
    let User { name, pool, site, network_site, mode, .. } = user;
    one(&mut facts, "name", name.as_ref(), str::to_owned);
    one(&mut facts, "pool", pool.as_ref(), str::to_lowercase);
    one(&mut facts, "site", site.as_ref(), str::to_lowercase);
    one(&mut facts, "network site", network_site.as_ref(), str::to_lowercase);
    one(&mut facts, "mode", mode.as_ref(), str::to_owned);
    for (class, tag) in &user.policies {
        put(&mut facts, policy_part(class), Listed::One(tag.it.trim().to_lowercase()), Some(tag.span));
    }
    values(&mut facts, "attribute", &user.attributes);
    values(&mut facts, "presence", &user.presence);
    people_listed(&mut facts, "contacts", user.contacts.as_deref());
    people_listed(&mut facts, "delegates", user.delegates.as_deref());
    if let Some(memberships) = &user.memberships {
        let entries = memberships.iter().flat_map(|(container, entries)| {
            let container = people.container(side, &container.it);
            entries.iter().map(move |entry| format!("{container} has {}", entry.it))
        });
        let span = memberships.first().map(|(container, _)| container.span);
        put(&mut facts, "entries".to_owned(), Listed::Many(entries.collect()), span);
    }
    facts
}

/// The facts of a meeting.
pub(in crate::diff) fn facts_of_meeting(meeting: &Meeting) -> Facts {
    let mut facts = Facts::new();
    let organizer = Listed::One(meeting.organizer.it.to_string());
    put(&mut facts, "organizer".to_owned(), organizer, Some(meeting.organizer.span));
    values(&mut facts, "attribute", &meeting.attributes);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (who, role) in &meeting.participants {
        let who = who.it.as_ref().map_or("anonymous", Address::as_str);
        *counts.entry(format!("{who} as {}", role.it)).or_default() += 1;
    }
    let many = |(who, count): (String, usize)| if count == 1 { who } else { format!("{who} ({count} times)") };
    let span = meeting.participants.first().map(|(who, _)| who.span);
    let participants = Listed::Many(counts.into_iter().map(many).collect());
    put(&mut facts, "participants".to_owned(), participants, span.or(Some(meeting.name.span)));
    for (class, parameter, value) in &meeting.in_session {
        put(&mut facts, sampled_part(class, parameter), Listed::One(scalar(&value.it)), Some(value.span));
    }
    facts
}

/// What a grant of a class is called.
pub(in crate::diff) fn policy_part(class: &Name) -> String {
    format!("policy {}", class.it.to_lowercase())
}

/// What a sampled value is called.
pub(in crate::diff) fn sampled_part(class: &Name, parameter: &Name) -> String {
    format!("in session {}.{}", class.it.to_lowercase(), parameter.it.to_lowercase())
}

fn put(facts: &mut Facts, part: String, listed: Listed, span: Option<Span>) {
    facts.insert(part, Fact { listed, span });
}

fn one(facts: &mut Facts, part: &str, name: Option<&Name>, folded: impl Fn(&str) -> String) {
    if let Some(name) = name {
        put(facts, part.to_owned(), Listed::One(folded(&name.it)), Some(name.span));
    }
}

fn values(facts: &mut Facts, word: &str, all: &[(Name, Spanned<Scalar>)]) {
    for (name, value) in all {
        put(facts, format!("{word} {}", name.it), Listed::One(scalar(&value.it)), Some(value.span));
    }
}

fn people_listed(facts: &mut Facts, part: &str, all: Option<&[Spanned<Address>]>) {
    if let Some(all) = all {
        let names = all.iter().map(|address| address.it.to_string()).collect();
        put(facts, part.to_owned(), Listed::Many(names), all.first().map(|first| first.span));
    }
}

fn scalar(value: &Scalar) -> String {
    match value {
        Scalar::Bool(truth) => truth.to_string(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Text(text) => text.clone(),
        Scalar::Blank => "blank".to_owned(),
    }
}
