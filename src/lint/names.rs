//! The names of a set that are not plain ASCII, each once, with the first place where somebody wrote it.

use std::borrow::Cow;

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use crate::compile::Set;
use crate::directory::{Address, Domain};
use crate::language::{Parsed, Span};
use crate::model::{DomainId, Entry, Model, PersonId};
use crate::text::is_plain;

/// What a name is a name of: two of one sort must not look alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Sort {
    /// Somebody. What is behind the `@` is a domain, and a name of its own.
    Address,
    /// A domain.
    Domain,
    /// A group.
    Group,
    /// A site.
    Site,
    /// A meeting.
    Meeting,
    /// Anything else that is no comment: a label, a person's name.
    Words,
}

/// A name and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Name<'a> {
    pub(super) sort: Sort,
    /// As people read it: no A-labels.
    pub(super) text: Cow<'a, str>,
    pub(super) at: Span,
}

/// All of them: those of policies, then those of the directory.
pub(super) fn unusual(set: &Set) -> Vec<Name<'_>> {
    let mut names = Vec::new();
    for parsed in &set.own {
        names.extend(in_policy(parsed, set.sources.text(parsed.file)));
    }
    let model = &set.model;
    add_people(model, &mut names);
    let mut add = |sort, text, at| {
        if !is_plain(text) {
            names.push(Name { sort, text: Cow::Borrowed(text), at });
        }
    };
    model.groups.values().for_each(|group| add(Sort::Group, &group.name, group.span));
    model.sites.values().for_each(|site| add(Sort::Site, &site.name, site.span));
    model.meetings.values().for_each(|meeting| add(Sort::Meeting, &meeting.name, meeting.span));
    model.users.values().for_each(|user| add(Sort::Words, user.name.as_deref().unwrap_or_default(), user.span));
    let mut seen = FxHashSet::default();
    names.retain(|name| seen.insert((name.sort, name.text.to_lowercase())));
    names
}

/// The names of a policy file: runs of what names and addresses are made of, outside of comments.
fn in_policy<'a>(parsed: &Parsed, text: &'a str) -> Vec<Name<'a>> {
    let ends = |letter: char| !letter.is_alphanumeric() && !"_.-+%'@~$^*#".contains(letter);
    let mut comments = parsed.comments.iter().map(|comment| comment.span.start as usize).peekable();
    let mut names = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let comment = comments.next_if(|comment| *comment < start + line.len()).map_or(line.len(), |at| at - start);
        let code = line.get(..comment).unwrap_or_default();
        // Documentation is no comment to the language, and is one to whoever reads it.
        let is_code = !code.trim_start().starts_with("//") && (!code.is_ascii() || code.contains("xn--"));
        let mut at = start;
        for run in code.split_inclusive(ends).filter(|_| is_code) {
            let word = run.trim_end_matches(ends);
            if !word.is_ascii() || word.contains("xn--") {
                names.extend(named(word, Span::new(parsed.file, at, at + word.len())));
            }
            at += run.len();
        }
        start += line.len();
    }
    names
}

/// What a word of a policy names: an address names somebody, and a domain.
fn named(word: &str, at: Span) -> Vec<Name<'_>> {
    let name = |sort, text: String, at| Name { sort, text: Cow::Owned(text), at };
    let domain_of = |text: &str| Domain::parse(text).filter(|_| text.contains('.')).map(|domain| domain.readable());
    if let (Some(address), Some((local, domain))) = (Address::parse(word), word.rsplit_once('@')) {
        let behind = Span::new(at.file, at.start as usize + local.len() + 1, at.end as usize);
        let domain = domain_of(domain).filter(|domain| !is_plain(domain));
        let person = (!is_plain(local)).then(|| name(Sort::Address, address.readable(), at));
        return person.into_iter().chain(domain.map(|domain| name(Sort::Domain, domain, behind))).collect();
    }
    match domain_of(word) {
        Some(domain) => vec![name(Sort::Domain, domain, at)],
        None => vec![Name { sort: Sort::Words, text: Cow::Borrowed(word), at }],
    }
}

/// Addresses and domains that the directory names.
fn add_people(model: &Model, names: &mut Vec<Name<'_>>) {
    let is_odd = |domain: DomainId| model.domains[domain].name.as_str().contains("xn--");
    let mut domains: IndexMap<DomainId, Option<Span>> =
        model.domains.ids().filter(|id| is_odd(*id)).map(|id| (id, model.domains[id].listed)).collect();
    let odd = model.people.iter().filter(|(_, it)| !is_plain(it.address.local()) || domains.contains_key(&it.domain));
    let mut people: IndexMap<PersonId, Option<Span>> =
        odd.map(|(id, person)| (id, person.user.map(|user| model.users[user].span))).collect();
    if people.values().chain(domains.values()).any(Option::is_none) {
        mentions(model, |entry, at| {
            let place = match entry {
                Entry::Person(person) => people.get_mut(&person),
                Entry::Domain(domain) => domains.get_mut(&domain),
                _ => None,
            };
            if let Some(place) = place {
                place.get_or_insert(at);
            }
        });
    }
    // Of whom the directory says nothing, the policies do, and their names have been read there.
    for (id, at) in people.iter().filter_map(|(id, at)| Some((*id, (*at)?))) {
        let person = &model.people[id];
        if let Some(place) = domains.get_mut(&person.domain) {
            place.get_or_insert(at);
        }
        if !is_plain(person.address.local()) {
            names.push(Name { sort: Sort::Address, text: Cow::Owned(person.address.readable()), at });
        }
    }
    for (id, at) in domains.into_iter().filter_map(|(id, at)| Some((id, at?))) {
        names.push(Name { sort: Sort::Domain, text: Cow::Owned(model.domains[id].name.readable()), at });
    }
}

/// Hears of every place at which the directory names somebody or a domain in a list.
fn mentions(model: &Model, mut hear: impl FnMut(Entry, Span)) {
    for user in model.users.values() {
        user.contacts.iter().for_each(|(person, at)| hear(Entry::Person(person), at));
        user.delegates.iter().for_each(|(person, at)| hear(Entry::Person(*person), *at));
        user.entries.iter().for_each(|(_, entry, at)| hear(entry, at));
    }
    for group in model.groups.values() {
        group.people.iter().for_each(|(person, at)| hear(Entry::Person(*person), *at));
    }
    for (person, _, at) in model.meetings.values().flat_map(|meeting| &meeting.participants) {
        person.iter().for_each(|person| hear(Entry::Person(*person), *at));
    }
}
