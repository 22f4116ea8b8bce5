//! How a file writes lists, so that new ones look like their neighbours.

use super::super::yaml::{Node, Pair, Value};
use super::page::{Page, own_pairs};
use super::scalar::Quotes;

/// How lists are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habit {
    /// One item in each line, or all in brackets.
    pub(super) block: bool,
    /// How much further than its key a dash is indented.
    pub(super) offset: usize,
    pub(super) quotes: Quotes,
    /// Addresses in entries go without `user:`.
    pub(super) bare: bool,
}

/// The habits of a file.
#[derive(Debug)]
pub(super) struct Habits {
    addresses: Option<Habit>,
    entries: Option<Habit>,
    /// One container in each line, or all in braces.
    containers: bool,
    /// One attribute in each line, or all in braces.
    attributes: bool,
    /// By how much the keys of a user are indented further than the user.
    pub(super) step: usize,
}

impl Habits {
    /// The habits that the users of a file show first.
    pub(super) fn read<'n, 'a: 'n>(page: &Page<'_>, users: impl Iterator<Item = &'n Pair<'a>>) -> Habits {
        let (mut addresses, mut entries, mut containers, mut attributes, mut step) = (None, None, None, None, None);
        for user in users {
            addresses = addresses.or_else(|| of_addresses(page, &user.value));
            entries = entries.or_else(|| of_entries(page, &user.value));
            containers = containers.or_else(|| is_block(page, &user.value, "memberships"));
            attributes = attributes.or_else(|| is_block(page, &user.value, "attributes"));
            if !page.is_flow(&user.value)
                && let Some(first) = own_pairs(&user.value).first()
            {
                let column = |pair: &Pair<'_>| page.column(page.whole(pair.key.span).0);
                step = step.or_else(|| column(first).checked_sub(column(user)).filter(|step| *step > 0));
            }
            if addresses.is_some() && entries.is_some() && containers.is_some() && attributes.is_some() {
                break;
            }
        }
        let (containers, attributes) = (containers.unwrap_or(true), attributes.unwrap_or(false));
        Habits { addresses, entries, containers, attributes, step: step.unwrap_or(2) }
    }

    /// How this user's lists of addresses are written.
    pub(super) fn addresses(&self, page: &Page<'_>, user: &Node<'_>) -> Habit {
        of_addresses(page, user).or(self.addresses).or(self.entries).unwrap_or(Habit::USUAL)
    }

    /// How this user's lists of entries are written.
    pub(super) fn entries(&self, page: &Page<'_>, user: &Node<'_>) -> Habit {
        let like_addresses = || self.addresses.map(|habit| Habit { bare: false, quotes: Quotes::Double, ..habit });
        of_entries(page, user).or(self.entries).or_else(like_addresses).unwrap_or(Habit::USUAL)
    }

    /// Whether a new `memberships` or `attributes` has lines of its own.
    pub(super) fn is_block(&self, part: &str) -> bool {
        if part == "memberships" { self.containers } else { self.attributes }
    }
}

impl Habit {
    pub(super) const USUAL: Habit = Habit { block: false, offset: 2, quotes: Quotes::Double, bare: false };

    /// How a list is written; None if it does not show.
    pub(super) fn read(page: &Page<'_>, pair: &Pair<'_>) -> Option<Habit> {
        let node = &pair.value;
        let Value::List(items) = &node.value else { return None };
        let last = items.iter().rfind(|item| !item.alias)?;
        if node.alias || pair.merged {
            return None;
        }
        let (start, _) = page.whole(pair.key.span);
        let offset = page.column(node.span.start as usize).saturating_sub(page.column(start));
        let scheme = |text: &str| text.trim_start().starts_with("user:");
        let person = items.iter().rev().filter_map(text_of).find(|text| text.contains('@'));
        Some(Habit {
            block: !page.is_flow(node),
            offset,
            quotes: Quotes::from(page.quote(last.span)),
            bare: person.is_some_and(|text| !scheme(text)),
        })
    }
}

/// The text of a scalar, escapes resolved.
pub(super) fn text_of<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.value {
        Value::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

fn of_addresses(page: &Page<'_>, user: &Node<'_>) -> Option<Habit> {
    let pairs = own_pairs(user);
    ["contacts", "delegates"].iter().find_map(|part| {
        let pair = pairs.iter().find(|pair| pair.key.text == *part)?;
        Habit::read(page, pair)
    })
}

fn of_entries(page: &Page<'_>, user: &Node<'_>) -> Option<Habit> {
    let pairs = own_pairs(user);
    let memberships = pairs.iter().find(|pair| pair.key.text == "memberships")?;
    own_pairs(&memberships.value).iter().rev().find_map(|pair| Habit::read(page, pair))
}

fn is_block(page: &Page<'_>, user: &Node<'_>, part: &str) -> Option<bool> {
    let pair = own_pairs(user).into_iter().find(|pair| pair.key.text == part)?;
    (!own_pairs(&pair.value).is_empty()).then(|| !page.is_flow(&pair.value))
}
