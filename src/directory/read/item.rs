//! What stands in lists: addresses, domains, membership entries, members of groups.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::fmt::Display;
use std::hash::Hash;

use crate::diagnostic::code;
use crate::directory::entry::parse_domain;
use crate::directory::form::{Form, excerpt};
use crate::directory::known::{Known, Ticket};
use crate::directory::yaml::{Node, Value};
use crate::directory::{Address, Domain, Entry, Malformed, Member};
use crate::language::{Diagnostic, Near, Span, Spanned, nearest};

/// A list of addresses, each once; None if nothing is said.
pub(super) fn addresses<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Option<Vec<Spanned<Address>>> {
    distinct(form, node, ["a list of addresses", "an address"], |known, text| {
        known.address(text).map(|(address, ticket)| (address, Some(ticket)))
    })
}

/// The members of a group, each once.
pub(super) fn members<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Option<Vec<Spanned<Member>>> {
    distinct(form, node, ["a list of addresses and groups", "an address or `group:NAME`"], |_, text| {
        Member::parse(text).map(|member| (member, None))
    })
}

/// The entries of a container, each once.
pub(super) fn entries<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Option<Vec<Spanned<Entry>>> {
    distinct(form, node, ["a list of entries", "an entry such as `user:name@domain`"], Known::entry)
}

/// A domain name.
pub(super) fn domain<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Option<Spanned<Domain>> {
    let text = form.text(node, "a domain")?;
    parse_domain(&text.it)
        .map_err(|malformed| form.report(explain(&malformed, text.span)))
        .ok()
        .map(|it| text.map(|_| it))
}

/// An address.
#[allow(clippy::ptr_arg, reason = "only a borrowed text stands in the file and can be kept as a key")]
pub(super) fn address<'a>(form: &mut Form<'a>, text: &Cow<'a, str>, span: Span) -> Option<Spanned<Address>> {
    match form.known.address(text) {
        Ok((address, _)) => Some(Spanned::new(address, span)),
        Err(malformed) => {
            form.report(explain(&malformed, span));
            None
        }
    }
}

/// The items of a list, each once, with the words for the list and for an item. Those with a ticket are told apart by
/// it.
fn distinct<'a, T: Hash + Eq + Clone + Display>(
    form: &mut Form<'a>,
    node: &Node<'a>,
    [list, one]: [&str; 2],
    parse: impl Fn(&mut Known<'a>, &Cow<'a, str>) -> Result<(T, Option<Ticket>), Malformed>,
) -> Option<Vec<Spanned<T>>> {
    let items = form.list(node, list)?;
    form.known.begin_list();
    let mut without_ticket: HashMap<T, Span> = HashMap::new();
    let mut distinct = Vec::with_capacity(items.len());
    for item in items {
        let (parsed, span) = match colon_and_space(form, item) {
            Some(meant) => (parse(&mut form.known, &Cow::Owned(meant.it)), meant.span),
            None => match form.said(item, one) {
                Some(text) => (parse(&mut form.known, text), item.span),
                None => continue,
            },
        };
        let (value, ticket) = match parsed {
            Ok(parsed) => parsed,
            Err(malformed) => {
                form.report(explain(&malformed, span));
                continue;
            }
        };
        let first = match ticket {
            Some(ticket) => form.known.list(ticket, span),
            None => match without_ticket.entry(value.clone()) {
                Slot::Occupied(slot) => Some(*slot.get()),
                Slot::Vacant(slot) => {
                    slot.insert(span);
                    None
                }
            },
        };
        match first {
            Some(first) => form.report(twice(&value, span, first)),
            None => distinct.push(Spanned::new(value, span)),
        }
    }
    Some(distinct)
}

/// `user: dan@contoso.com` is a mapping for YAML and an entry for the person who wrote it: reported as what it is, and
/// read as what was meant.
fn colon_and_space<'a>(form: &mut Form<'a>, item: &Node<'a>) -> Option<Spanned<String>> {
    let Value::Mapping(pairs) = &item.value else { return None };
    let [pair] = pairs.as_slice() else { return None };
    let Value::Scalar { text, .. } = &pair.value.value else { return None };
    if !Entry::TYPES.contains(&pair.key.text.as_ref()) || pair.value.is_null() {
        return None;
    }
    let meant = format!("{}:{text}", pair.key.text);
    // From the key to the value, without the braces that may stand around them.
    let span = pair.key.span.to(pair.value.span);
    let wrong = Diagnostic::new(code::BAD_ENTRY, "an entry is one text, without a space behind the `:`").at(span, "");
    form.report(wrong.help(format!("write `{}`", excerpt(&meant))));
    Some(Spanned::new(meant, span))
}

fn twice(value: &impl Display, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_ENTRY, format!("`{value}` stands in this list twice"))
        .at(span, "again here")
        .at(first, "first here")
        .help("remove one of them")
}

fn explain(malformed: &Malformed, span: Span) -> Diagnostic {
    let text = match malformed.text() {
        "" => "an empty text".to_owned(),
        text => format!("`{}`", excerpt(text)),
    };
    let (code, message, help) = match malformed {
        Malformed::Address(_) => (code::BAD_ADDRESS, "is not an address", "write an address as `name@domain`"),
        Malformed::Domain(_) => (code::BAD_DOMAIN, "is not a domain name", "write a domain as `contoso.com`"),
        Malformed::Entry(_) => (
            code::BAD_ENTRY,
            "is not a membership entry",
            "write an address, `user:ADDRESS`, `group:NAME`, `domain:NAME`, `same_enterprise`, `federated`, \
             `public_cloud`, `authenticated` or `everyone`",
        ),
    };
    let diagnostic = Diagnostic::new(code, format!("{text} {message}")).at(span, "").help(help);
    match malformed {
        Malformed::Entry(text) => diagnostic.suggest(meant(text)),
        _ => diagnostic,
    }
}

/// The entry a misspelt one most likely means.
fn meant(text: &str) -> Option<Near> {
    match text.split_once(':') {
        Some((_, "")) => None,
        Some((kind, name)) => {
            nearest(kind, Entry::TYPES).map(|near| near.of_words().written(|kind| format!("{kind}:{name}")))
        }
        None if text.is_empty() => None,
        None => nearest(text, Entry::WORDS),
    }
}
