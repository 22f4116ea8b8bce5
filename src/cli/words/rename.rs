//! What is wrong with a rename that was told, and what to type instead.

use crate::diff::{NoRename, Renamable};

/// What is wrong, and what to do.
pub(in crate::cli) fn rename(no: &NoRename) -> (String, Option<String>) {
    (no.to_string(), Some(help(no)))
}

fn help(no: &NoRename) -> String {
    match no {
        NoRename::Malformed(_) => "write --renamed OLD=NEW, with the name in BASE and the name in HEAD".to_owned(),
        NoRename::Unknown { near: Some(near), .. } => near.help(),
        NoRename::Unknown { side, .. } => {
            format!(
                "write --renamed OLD=NEW with a name that {side} alone has; a field has its category, as in `state.place`"
            )
        }
        NoRename::Swapped([old, new]) => format!("write --renamed {old}={new}, with the name in BASE first"),
        NoRename::Kinds(_) => "name two things of one kind".to_owned(),
        NoRename::Paired { side, .. } => format!("name what {side} alone has"),
        NoRename::Several { kinds, written } => {
            let kinds: Vec<String> = kinds.iter().map(|kind| format!("--renamed {}:{written}", kind.word())).collect();
            format!("write {}", kinds.join(" or "))
        }
        NoRename::Twice { kind: Renamable::Person, .. } => "name everybody once".to_owned(),
        NoRename::Twice { .. } => "name everything once".to_owned(),
        NoRename::Category(_) => "leave it out: a field that moves to another category is another field".to_owned(),
        NoRename::Unfit(_) => "leave out the renames that these errors are about".to_owned(),
    }
}
