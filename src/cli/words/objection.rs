//! What speaks against a change of policy objects, and what to type instead.

use crate::change::{NamedScope, Objection};
use crate::language::Near;
use crate::language::ast::ScopeKind;
use crate::report::unknown::names_of;

/// What is wrong, and what to do.
pub(in crate::cli) fn objection(objection: &Objection) -> (String, Option<String>) {
    match objection {
        Objection::Unknown(unknown) => super::unknown(unknown),
        _ => (objection.to_string(), help(objection)),
    }
}

fn help(objection: &Objection) -> Option<String> {
    Some(match objection {
        Objection::NoClass { setting, value, classes } if !classes.is_empty() => {
            let path = |class: &String| format!("{class}.{setting}={value}");
            format!("write {}", classes.iter().map(path).collect::<Vec<_>>().join(" or "))
        }
        Objection::NoAssignment(_) | Objection::NoClass { .. } => {
            "write it as in PrivacyConfiguration.EnablePrivacyMode=true".to_owned()
        }
        Objection::Twice(_) => "give each setting one value".to_owned(),
        Objection::NoValue { kind, near, .. } => {
            near.as_ref().map_or_else(|| format!("give {}", kind.describe()), Near::help)
        }
        Objection::NoScope { scopes, .. } => {
            format!("its scopes are {}", scopes.iter().map(scope).collect::<Vec<_>>().join(", "))
        }
        Objection::NoService { name, role } => {
            let pool = if name.is_empty() { "pool01.contoso.com" } else { name.trim_matches(':') };
            format!("write role and pool, as in service:{role}:{pool}")
        }
        Objection::NoSites(_) => "list the site in the directory, under `sites`".to_owned(),
        Objection::NoObject { class, at, near, declared, may_be_new } => {
            let known = match near {
                Some(near) => near.help(),
                None if declared.first.is_empty() => format!("no `{class}` is declared yet"),
                None => format!("declared are {}", names_of(declared)),
            };
            match (may_be_new, near) {
                (false, _) => known,
                (true, Some(_)) => format!("{known} otherwise `{}` declares it", new(class, at)),
                (true, None) => format!("{known}; `{}` declares it", new(class, at)),
            }
        }
        Objection::Declared { class, at } => {
            format!("give it values, as in `prescope set {class}.SETTING=VALUE --at {}`", typed(at))
        }
        Objection::AlwaysThere { class } => {
            format!("give it values, as in `prescope set {class}.SETTING=VALUE --at global`")
        }
        Objection::InLibrary { .. } => {
            "a library is not edited; an object of your own at a narrower scope beats it".to_owned()
        }
        Objection::NoFile => "write one, and list it under `policies` in prescope.yaml".to_owned(),
        Objection::Unknown(unknown) => return super::help(unknown),
    })
}

fn new(class: &str, at: &NamedScope) -> String {
    format!("prescope new {class} --at {}", typed(at))
}

/// A scope as it is typed in a shell.
fn typed(at: &NamedScope) -> String {
    let typed = at.typed();
    let plain = |letter: char| letter.is_alphanumeric() || ":._-".contains(letter);
    if typed.chars().all(plain) { typed } else { format!("'{}'", typed.replace('\'', "'\\''")) }
}

/// How a scope of this kind is typed.
fn scope(kind: &ScopeKind) -> String {
    match kind {
        ScopeKind::Global => "global".to_owned(),
        ScopeKind::Site => "site:NAME".to_owned(),
        ScopeKind::Service(role) => format!("service:{role}:POOL"),
        ScopeKind::Tag => "tag:NAME".to_owned(),
        ScopeKind::NetworkSite => "network_site:NAME".to_owned(),
    }
}
