//! What changes for whom, on the wire: in plans and in changes of policy objects.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::words;
use crate::diff::{Direction, FieldChange, Rest, Seen, Shift};
use crate::directory::Address;
use crate::model::Value;
use crate::resolve::Answer;
use crate::viewers::Everybody;

/// People for whom the same changes.
#[derive(Serialize, JsonSchema, Debug)]
pub(super) struct WireShift {
    /// Known people.
    pub(super) people: Vec<String>,
    /// Everybody else of domains and networks.
    pub(super) rest: Vec<WireRest>,
    /// What they see more of.
    pub(super) gains: Vec<WireChange>,
    /// What they see less of.
    pub(super) loses: Vec<WireChange>,
    /// Where they see another value than before.
    pub(super) differs: Vec<WireChange>,
}

/// Everybody of a class.
#[derive(Serialize, JsonSchema, Debug)]
pub(super) struct WireRest {
    /// Where they come from.
    #[schemars(extend("enum" = words::networks()))]
    pub(super) network: &'static str,
    /// Their domain, `*.NAME` for the domains below one; null for all others.
    pub(super) domain: Option<String>,
    /// How many of them are known people.
    pub(super) known: usize,
    /// Known people who are not meant.
    pub(super) except: Vec<String>,
}

/// A field with another answer.
#[derive(Serialize, JsonSchema, Debug)]
pub(super) struct WireChange {
    /// `CATEGORY.FIELD`
    pub(super) field: String,
    /// What was seen.
    pub(super) before: WireSeen,
    /// What will be seen.
    pub(super) after: WireSeen,
}

/// An answer.
#[derive(Serialize, JsonSchema, Debug)]
pub(super) struct WireSeen {
    /// What is given.
    #[schemars(extend("enum" = words::field_answers()))]
    pub(super) answer: &'static str,
    /// The value that is given in place of the owner's, if it is `altered`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<String>,
}

/// It on the wire.
pub(super) fn shift(shift: &Shift) -> WireShift {
    let of = |direction: Direction| {
        shift.changes.iter().filter(|changed| changed.direction() == direction).map(change).collect()
    };
    let addresses = |people: &[Address]| people.iter().map(Address::to_string).collect::<Vec<_>>();
    let rest = |rest: &Arc<Rest>| {
        let (network, domain) = class(&rest.everybody);
        WireRest { network, domain, known: rest.known, except: addresses(&rest.except) }
    };
    WireShift {
        people: addresses(&shift.people),
        rest: shift.rest.iter().map(rest).collect(),
        gains: of(Direction::Gains),
        loses: of(Direction::Loses),
        differs: of(Direction::Differs),
    }
}

/// The network and the domain of everybody of a class.
pub(super) fn class(everybody: &Everybody) -> (&'static str, Option<String>) {
    match everybody {
        Everybody::At(domain, network) => (network.name(), Some(domain.to_string())),
        Everybody::Below(domain, network) => (network.name(), Some(format!("*.{domain}"))),
        Everybody::Elsewhere(network) => (network.name(), None),
        Everybody::Anonymous => (words::ANONYMOUS, None),
    }
}

pub(super) fn change(changed: &FieldChange) -> WireChange {
    let seen = |seen: &Seen| match seen {
        Seen::Hidden => WireSeen { answer: Answer::Hidden.name(), value: None },
        Seen::Visible => WireSeen { answer: Answer::Visible.name(), value: None },
        Seen::Altered(value) => WireSeen { answer: Answer::Altered(Value(0)).name(), value: Some(value.clone()) },
    };
    WireChange {
        field: format!("{}.{}", changed.category, changed.field),
        before: seen(&changed.before),
        after: seen(&changed.after),
    }
}
