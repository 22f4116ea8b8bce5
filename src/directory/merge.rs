//! Several directory files to one directory.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::diagnostic::code;
use crate::language::{Diagnostic, Span, Spanned};
use crate::text::Guesses;

use super::form::excerpt;
use super::{Address, Directory, Domain, Lists, User};

/// Merges directories by key. Lists of domains join; what may be said once only and is said again is an error with both
/// places. Of things given twice the one that stands first (by file and place) is kept, in whatever order they come.
pub fn merge(files: impl IntoIterator<Item = Directory>) -> (Directory, Vec<Diagnostic>) {
    let mut all = Directory::default();
    let mut found = Vec::new();
    let (mut hosting, mut open) = (Vec::new(), Vec::new());
    let mut lists = Vec::new();
    for file in files {
        all.domains.extend(file.domains);
        all.partners.extend(file.partners);
        all.public_cloud.extend(file.public_cloud);
        all.blocked.extend(file.blocked);
        all.sites.extend(file.sites);
        all.users.extend(file.users);
        all.meetings.extend(file.meetings);
        all.groups.extend(file.groups);
        lists.extend(file.lists);
        hosting.extend(file.hosting);
        open.extend(file.open);
    }
    all.hosting = agreed("hosting", hosting, &mut found);
    all.open = agreed("open", open, &mut found);
    for domains in [&mut all.domains, &mut all.partners, &mut all.public_cloud, &mut all.blocked] {
        joined(domains);
    }
    once_each(&mut all, &mut found);
    give(lists, &mut all.users, &mut found);
    (all, found)
}

/// Keeps every user, site, group and meeting once, and reports the others.
pub(super) fn once_each(directory: &mut Directory, found: &mut Vec<Diagnostic>) {
    let Directory { sites, users, meetings, groups, .. } = directory;
    // Names of sites are the vendor's and compare without case; addresses are canonical already.
    once("site", sites, |site| (Cow::Owned(site.name.it.to_lowercase()), site.name.it.as_str(), site.name.span), found);
    once(
        "user",
        users,
        |user| (Cow::Borrowed(user.address.it.as_str()), user.address.it.as_str(), user.address.span),
        found,
    );
    once(
        "meeting",
        meetings,
        |meeting| (Cow::Borrowed(meeting.name.it.as_str()), meeting.name.it.as_str(), meeting.name.span),
        found,
    );
    once(
        "group",
        groups,
        |group| (Cow::Borrowed(group.name.it.as_str()), group.name.it.as_str(), group.name.span),
        found,
    );
}

/// Keeps of the items with one key that which stands first. `key` gives the key, the name and the place of an item.
fn once<T>(
    kind: &str,
    items: &mut Vec<T>,
    key: impl Fn(&T) -> (Cow<'_, str>, &str, Span),
    found: &mut Vec<Diagnostic>,
) {
    let mut first: HashMap<Cow<'_, str>, (Span, usize)> = HashMap::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let (key, _, span) = key(item);
        first.entry(key).and_modify(|kept| *kept = (*kept).min((span, index))).or_insert((span, index));
    }
    if first.len() == items.len() {
        return;
    }
    let mut kept = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let (key, name, span) = key(item);
        let (earlier, keeper) = first.get(&key).copied().unwrap_or((span, index));
        kept.push(keeper == index);
        if keeper != index {
            found.push(
                Diagnostic::new(code::DUPLICATE_USER, format!("{kind} `{}` is declared twice", excerpt(name)))
                    .at(span, "declared again here")
                    .at(earlier, "first declared here"),
            );
        }
    }
    let mut kept = kept.into_iter();
    items.retain(|_| kept.next().unwrap_or(true));
}

/// Gives users the lists that stand apart from them.
fn give(lists: Vec<Lists>, users: &mut [User], found: &mut Vec<Diagnostic>) {
    let at: HashMap<Address, usize> = if lists.is_empty() {
        HashMap::new()
    } else {
        users.iter().map(|user| user.address.it.clone()).zip(0..).collect()
    };
    let guesses = Guesses::default();
    for list in lists {
        let Some(user) = at.get(&list.address.it).and_then(|at| users.get_mut(*at)) else {
            let names = users.iter().map(|user| user.address.it.as_str());
            let near = guesses.nearest("user", list.address.it.as_str(), names);
            let message = format!("a list of `{}`, who is not among the users", list.address.it);
            let diagnostic = Diagnostic::new(code::LIST_WITHOUT_USER, message).at(list.address.span, "");
            found.push(diagnostic.help("add the user, or correct the address").suggest(near));
            continue;
        };
        let (here, there) = (list.address.span, user.address.span);
        let mut twice = |name: &str| {
            let message = format!("the {name} of `{}` are given twice", list.address.it);
            let diagnostic = Diagnostic::new(code::DUPLICATE_KEY, message).at(here, "given again here");
            found.push(diagnostic.at(there, "this user has some already").help("keep them in one place"));
        };
        only(&mut user.contacts, list.contacts, || twice("contacts"));
        only(&mut user.delegates, list.delegates, || twice("delegates"));
        only(&mut user.memberships, list.memberships, || twice("memberships"));
    }
}

/// Takes a value over; if there is one already, it stays.
fn only<T>(kept: &mut Option<T>, given: Option<T>, twice: impl FnOnce()) {
    match (kept.is_some(), given) {
        (true, Some(_)) => twice(),
        (false, given @ Some(_)) => *kept = given,
        (_, None) => {}
    }
}

/// The value that all files agree on.
fn agreed<T: PartialEq>(key: &str, mut said: Vec<Spanned<T>>, found: &mut Vec<Diagnostic>) -> Option<Spanned<T>> {
    said.sort_by_key(|value| value.span);
    let mut said = said.into_iter();
    let first = said.next()?;
    for other in said.filter(|other| *other != first) {
        found.push(
            Diagnostic::new(code::DUPLICATE_KEY, format!("`{key}` has two different values"))
                .at(other.span, "given again here")
                .at(first.span, "first given here")
                .help("let all files say the same"),
        );
    }
    Some(first)
}

/// Every domain once; that several files name it is no mistake.
fn joined(domains: &mut Vec<Spanned<Domain>>) {
    let mut seen = HashSet::with_capacity(domains.len());
    domains.retain(|domain| seen.insert(domain.it.clone()));
}
