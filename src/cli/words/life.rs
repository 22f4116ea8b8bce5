//! Why entries of an owner are not changed, and what to type instead; and how a plan ends.

use crate::migrate::Refusal;
use crate::text::line;

/// Whether anything of what was planned was written, and into which files.
pub(in crate::cli) fn ending(written: Option<&[String]>, planned: usize) -> String {
    match written {
        Some([]) => "nothing to write\n".to_owned(),
        Some(files) => line!("written: {}", files.join(", ")),
        None if planned > 0 => "nothing is written yet: add --write\n".to_owned(),
        None => String::new(),
    }
}

/// What to do about it.
pub(in crate::cli) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Anonymous => "name somebody by their address".to_owned(),
        Refusal::Owner(_) => "name somebody else; owners see everything of their own".to_owned(),
        Refusal::Nobody(_) => "name somebody the directory names".to_owned(),
        Refusal::BareDomain(text) => format!("a domain is written as domain:{text}, somebody by their address"),
        Refusal::Malformed(_) => {
            "write an address, domain:NAME, group:NAME, same_enterprise, federated, public_cloud, authenticated or \
             everyone"
                .to_owned()
        }
        Refusal::EmptyGroup => "name a group with people, or the people themselves".to_owned(),
        Refusal::ContactAlready { owner, person, into } => {
            format!("move the contact: prescope contact move {owner} {person} --container {into}")
        }
        Refusal::NoContact { .. } => "name somebody on the contact list".to_owned(),
        Refusal::NoRelation { owner, person } => {
            format!("add the contact first: prescope contact add {owner} {person}")
        }
        Refusal::NoEntry { .. } => "leave --container out, or name the container with the entry".to_owned(),
        Refusal::Blocked { owner, person } => format!("unblock first: prescope unblock {owner} {person}"),
        Refusal::FromBlocking { owner, person, .. } => format!("unblock instead: prescope unblock {owner} {person}"),
        Refusal::IntoBlocking { owner, person, .. } => format!("block instead: prescope block {owner} {person}"),
        Refusal::Zero => "name another container".to_owned(),
        Refusal::NotAllowed { .. } => "name a container that the manifest allows".to_owned(),
        Refusal::DoesNotBlock(_) => "name a container that blocks".to_owned(),
        Refusal::SeveralBlock(containers) => format!("name one with --container: {}", containers.join(", ")),
        Refusal::NoneBlocks => "declare one as `blocking`".to_owned(),
        Refusal::NotBlocked { owner } => format!("see who is blocked: prescope what --of {owner} --recorded"),
        Refusal::NoPreference => "let the condition of a manifest read an attribute".to_owned(),
        Refusal::NoChoice => "declare the attribute with words to choose from".to_owned(),
        Refusal::NoWord { words, .. } => format!("give one of {}", words.join(", ")),
    }
}
