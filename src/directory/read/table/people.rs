//! A table of people: a row for each user, a column for each part of a user that is no list.

use crate::diagnostic::code;
use crate::directory::User;
use crate::directory::csv::Row;
use crate::directory::form::{Form, excerpt, given_twice};
use crate::directory::read::{item, user};
use crate::directory::yaml::{Key, Node, Pair, Value};
use crate::language::{Diagnostic, Near, Span, Spanned, nearest};

use super::USER;
use super::lists::LISTS;

/// Parts of a user that are one text.
const TEXTS: [&str; 5] = ["name", "pool", "site", "network_site", "mode"];

/// Parts of a user that are mappings. A column holds one value of one of them, as in `attributes.client`.
const MAPPINGS: [&str; 3] = ["policies", "attributes", "presence"];

/// What stands in each column.
pub(super) struct Columns<'a> {
    user: usize,
    parts: Vec<(usize, Part<'a>)>,
}

enum Part<'a> {
    Text(Key<'a>),
    /// The part, and the key within it.
    Within(Key<'a>, Key<'a>),
}

impl<'a> Columns<'a> {
    /// The columns that a first row names. Wrong ones are reported and left out; None without a column of users.
    pub(super) fn from_header(form: &mut Form<'a>, header: &Row<'a>) -> Option<Columns<'a>> {
        let mut parts = Vec::new();
        let mut users = None;
        for (index, cell) in header.cells.iter().enumerate() {
            let Value::Scalar { text, .. } = &cell.value else { continue };
            let earlier = header.cells.iter().take(index).find(|other| other.as_text() == cell.as_text());
            if let Some(earlier) = earlier {
                form.report(given_twice(code::CSV, Spanned::new(text.as_ref(), cell.span), earlier.span));
            } else if text == USER {
                users = Some(index);
            } else if TEXTS.contains(&text.as_ref()) {
                parts.push((index, Part::Text(Key::quoted(text.clone(), cell.span))));
            } else {
                match within(text, cell.span) {
                    Some(part) => parts.push((index, part)),
                    None => form.report(unknown_column(text, cell.span)),
                }
            }
        }
        if users.is_none() {
            form.report(no_users(header));
        }
        users.map(|user| Columns { user, parts })
    }

    /// The user of a row.
    pub(super) fn user(&self, form: &mut Form<'a>, row: &Row<'a>) -> Option<User> {
        let Node { span, value: Value::Scalar { text, .. }, .. } = row.cells.get(self.user)? else { return None };
        let address = item::address(form, text, *span);
        let mut pairs: Vec<Pair<'a>> = Vec::new();
        for (index, part) in &self.parts {
            let Some(value) = row.cells.get(*index).filter(|cell| !cell.as_text().is_empty()) else { continue };
            match part {
                Part::Text(key) => {
                    let text = value.as_text().to_owned().into();
                    let value = Node { value: Value::Scalar { text, plain: false }, ..*value };
                    pairs.push(Pair::new(key.clone(), value));
                }
                Part::Within(part, key) => {
                    let pair = Pair::new(key.clone(), value.clone());
                    match pairs.iter_mut().find(|pair| pair.key.text == part.text) {
                        Some(Pair { value: Node { value: Value::Mapping(within), .. }, .. }) => within.push(pair),
                        _ => {
                            let value = Node::new(row.span, Value::Mapping(vec![pair]));
                            pairs.push(Pair::new(part.clone(), value));
                        }
                    }
                }
            }
        }
        user::user(form, address, pairs.iter().collect())
    }
}

/// A column such as `attributes.client` or `presence.state.availability`.
fn within<'a>(text: &str, span: Span) -> Option<Part<'a>> {
    let (part, key) = text.split_once('.')?;
    let known = MAPPINGS.contains(&part) && !key.is_empty();
    let quoted = |text: &str| Key::quoted(text.to_owned().into(), span);
    known.then(|| Part::Within(quoted(part), quoted(key)))
}

fn unknown_column(text: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::new(code::CSV, format!("a table of people has no column `{}`", excerpt(text)));
    let diagnostic = diagnostic.at(span, "");
    let mut lists = LISTS.iter().flat_map(|(_, columns)| columns.iter());
    if ["contacts", "delegates", "memberships"].contains(&text) || lists.any(|column| *column == text) {
        return diagnostic.help(
            "lists stand in tables of their own, with the columns `user,contact`, `user,delegate` or \
             `user,container,entry`",
        );
    }
    let known = [USER].into_iter().chain(TEXTS);
    diagnostic
        .help(
            "columns are `user`, `name`, `pool`, `site`, `network_site`, `mode`, `policies.CLASS`, `attributes.NAME` \
             and `presence.CATEGORY.FIELD`",
        )
        .suggest(nearest(text, known).map(Near::of_words))
}

fn no_users(header: &Row<'_>) -> Diagnostic {
    Diagnostic::new(code::CSV, "a table without a column `user`")
        .at(header.span, "the first row names the columns")
        .help("begin the table with a row such as `user,name,pool`")
}
