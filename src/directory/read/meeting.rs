//! The meetings of a directory file.

use std::borrow::Cow;

use crate::diagnostic::code;
use crate::directory::form::{Form, excerpt};
use crate::directory::yaml::{Node, Pair};
use crate::directory::{Address, Meeting, Name, Scalar};
use crate::language::{Diagnostic, Spanned};

use super::{item, name, user};

const PARTS: [&str; 4] = ["organizer", "attributes", "participants", "in_session"];

/// The meetings, also those given twice.
pub(super) fn meetings<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<Meeting> {
    let pairs = form.pairs(node, "a mapping from names to meetings");
    pairs.iter().filter_map(|Pair { key, value, .. }| meeting(form, name(key), value)).collect()
}

fn meeting<'a>(form: &mut Form<'a>, called: Name, node: &Node<'a>) -> Option<Meeting> {
    let (mut organizer, mut said) = (None, false);
    let (mut attributes, mut participants, mut in_session) = (Vec::new(), Vec::new(), Vec::new());
    for Pair { key, value, .. } in form.mapping(node, "a mapping with `organizer` and `participants`") {
        match key.text.as_ref() {
            "organizer" => {
                said = true;
                let text = form.said(value, "the address of the organizer");
                organizer = text.and_then(|text| item::address(form, text, value.span));
            }
            "attributes" => attributes = user::attributes(form, value),
            "participants" => participants = self::participants(form, value),
            "in_session" => in_session = self::in_session(form, value),
            _ => form.unknown_key(key, "a meeting", &PARTS),
        }
    }
    if !said && !form.is_cut() {
        let message = format!("meeting `{}` has no organizer", excerpt(&called.it));
        form.report(Diagnostic::new(code::BAD_VALUE, message).at(called.span, "").help("add `organizer: ADDRESS`"));
    }
    Some(Meeting { name: called, organizer: organizer?, attributes, participants, in_session })
}

fn participants<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<(Spanned<Option<Address>>, Name)> {
    let same = |text| Address::parse(text).map_or(Cow::Borrowed(text), |address| Cow::Owned(address.to_string()));
    let mut participants = Vec::new();
    for Pair { key, value, .. } in form.mapping_by(node, "a mapping from addresses to roles", same) {
        let who = match key.text.as_ref() {
            "anonymous" => Some(Spanned::new(None, key.span)),
            _ => item::address(form, &key.text, key.span).map(|address| address.map(Some)),
        };
        let role = form.text(value, "a role such as `attendee`");
        participants.extend(who.zip(role));
    }
    participants
}

fn in_session<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<(Name, Name, Spanned<Scalar>)> {
    let mut sampled = Vec::new();
    for class in form.caseless_mapping(node, "a mapping from settings classes to settings") {
        for Pair { key, value, .. } in form.caseless_mapping(&class.value, "a mapping from settings to values") {
            let value = form.scalar(value, "a single value");
            sampled.extend(value.map(|value| (name(&class.key), name(key), value)));
        }
    }
    sampled
}
