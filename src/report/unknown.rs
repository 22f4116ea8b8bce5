//! What to do about a question that means nothing, as far as it is the same wherever it was asked.

use crate::language::Near;
use crate::model::{Doubt, Network, Subject};
use crate::resolve::{Instead, Listing, Part, Unknown};
use crate::text::listed;

/// What to do. None if nothing helps, or if it takes words that depend on where the question was asked.
pub fn help(unknown: &Unknown) -> Option<String> {
    let help = match unknown {
        Unknown::Name { kind, instead, .. } => choice(instead, "there are", &format!("this set has no {kind}")),
        Unknown::Field { instead, .. } => choice(instead, "its fields are", "it has no fields"),
        Unknown::MeetingRole { instead, .. } => {
            choice(instead, "the roles are", "this set declares no roles in meetings")
        }
        Unknown::FieldAlone { paths, .. } => format!("write `{}`", paths.join("` or `")),
        Unknown::CategoryAlone(_) => "name one of its fields".to_owned(),
        Unknown::User { doubt, near, .. } => {
            let doubt = doubt.as_ref().and_then(Doubt::guess);
            let near = || near.as_ref().map(Near::help);
            doubt.or_else(near).unwrap_or_else(|| "questions are asked about users of the directory".to_owned())
        }
        Unknown::Nobody { near: Some(near), .. }
        | Unknown::AssumedRole { near: Some(near), .. }
        | Unknown::Setting { near: Some(near), .. }
        | Unknown::Parameter { near: Some(near), .. } => near.help(),
        Unknown::Nobody { .. } => "write an address, as in anna@contoso.com, or `anonymous`".to_owned(),
        Unknown::Several { addresses, .. } => format!("write one of {}", listed(addresses)),
        Unknown::Network(_) => format!("the networks are {}", Network::ALL.map(Network::name).join(", ")),
        Unknown::BothSides { part, .. } => format!("name another {}", part.word()),
        Unknown::Assumption(_) => {
            "write it as in owner.EnablePrivacyMode=true or anna@contoso.com.client=lync_2010".to_owned()
        }
        Unknown::AssumedRole { .. } => format!("the roles are {}", Subject::ALL.map(Subject::name).join(", ")),
        Unknown::AssumedValue { kind, .. } => format!("give {}", kind.describe()),
        Unknown::SeveralClasses(_) => {
            "write the class before it, as in owner.ClientPolicy.DisplayPhoto=NoPhoto".to_owned()
        }
        Unknown::Unfitting { fits: None, part: Part::Meeting | Part::Peer | Part::Owner, .. } => {
            "leave it out".to_owned()
        }
        _ => return None,
    };
    Some(help)
}

/// The names there are.
fn choice(instead: &Instead, all: &str, none: &str) -> String {
    match instead {
        Instead::Near(near) => near.help(),
        Instead::All(names) | Instead::Many(names) if !names.first.is_empty() => format!("{all} {}", names_of(names)),
        Instead::All(_) | Instead::Many(_) => none.to_owned(),
    }
}

/// Names one after the other, and how many more there are.
pub fn names_of(names: &Listing) -> String {
    let first = names.first.join(", ");
    if names.more == 0 { first } else { format!("{first} and {} more", names.more) }
}
