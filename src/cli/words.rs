//! Words of the command line for what stands in the way of a question, a change or a plan: its commands and its
//! options. All that does not depend on how somebody asks is said by `report`.

mod life;
mod objection;
mod rename;
mod side;

pub(super) use life::{ending, refusal};
pub(super) use objection::objection;
pub(super) use rename::rename;
pub(super) use side::{revision, side};

use crate::report::not_proved;
use crate::report::unknown::{self, names_of};
use crate::resolve::{Instead, Part, Unknown};

/// How to let diagrams have more nodes.
pub(super) const MORE_NODES: &str = "raise `--limit`";

/// What is wrong with a question, and what to do.
pub(super) fn unknown(unknown: &Unknown) -> (String, Option<String>) {
    let message = match unknown {
        Unknown::Unfitting { feature, shape, part, .. } => {
            format!("`{feature}` is for {}, so {} does not fit", shape.name(), option(*part))
        }
        _ => unknown.to_string(),
    };
    (message, help(unknown))
}

fn help(unknown: &Unknown) -> Option<String> {
    Some(match unknown {
        Unknown::Name { kind, instead: Instead::Many(_), .. } => format!("`prescope show` lists every {kind}"),
        Unknown::Setting { class, near: None, .. } => format!("`prescope show {class}` lists its settings"),
        Unknown::Unfitting { part: Part::Role, .. } => format!("leave {} out", option(Part::Role)),
        Unknown::Unfitting { fits: Some(fits), .. } => format!("use {}", option(*fits)),
        Unknown::Missing { part, instead: Some(names), .. } if !names.first.is_empty() => {
            format!("add {}; there are {}", option(*part), names_of(names))
        }
        Unknown::Missing { part, .. } => format!("add {}", option(*part)),
        Unknown::NotParticipant { .. } => {
            format!("say as what, with {}, or ask about one of its participants", option(Part::Role))
        }
        _ => return unknown::help(unknown),
    })
}

/// "3 invariants, not proved", and what proves them; None where there is none.
pub(super) fn unproved(invariants: usize) -> Option<String> {
    let them = if invariants == 1 { "it" } else { "them" };
    not_proved(invariants).map(|text| format!("{text}: `prescope prove` proves {them}"))
}

/// The option that says it.
pub(super) fn option(part: Part) -> &'static str {
    match part {
        Part::Meeting => "--in MEETING",
        Part::Role => "--as",
        Part::Peer => "--with PEER",
        Part::Owner => "--of OWNER",
    }
}
