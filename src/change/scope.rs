//! Scopes as people type them: `global`, `site:Redmond`, `service:UserServer:pool01.contoso.com`, `tag:Executives`.

use crate::compile::Set;
use crate::language::Spanned;
use crate::language::ast::{ScopeKind, ScopeName};
use crate::model::{ClassId, Model, Scope, SiteName};
use crate::resolve::find;

use super::named_scope::NamedScope;
use super::objection::Objection;

/// A scope as typed: the kind, a colon or a blank, and the name, with or without quotes. It has to be one that the
/// class has. With a directory a site has to be one of its sites.
pub(super) fn scope(set: &Set, class: ClassId, typed: &str) -> Result<NamedScope, Objection> {
    let model = &*set.model;
    let typed = typed.trim();
    let (kind, name) = typed.split_once([':', ' ']).unwrap_or((typed, ""));
    let name = name.trim();
    let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
    let declared = &model.classes[class];
    // Nothing but its value counts of a name that stands in no text.
    let named = |name: &str| Spanned::new(name.to_owned(), declared.declared.span);
    let found = match kind.to_ascii_lowercase().as_str() {
        "global" if name.is_empty() => NamedScope::GLOBAL,
        "site" if !name.is_empty() => {
            let site = match model.names.sites.find(name) {
                None if set.directory.is_some() => return Err(unknown_site(model, name)),
                site => site,
            };
            let spelt = site.map_or(name, |site| model.sites[site].name.as_str());
            let scope = Scope::Site(SiteName { name: name.to_lowercase(), site });
            NamedScope { scope, written: ScopeName::Site(named(spelt)) }
        }
        "service" => {
            let Some((role, pool)) = name.split_once(':').filter(|(role, pool)| !role.is_empty() && !pool.is_empty())
            else {
                return Err(no_service(model, class, name));
            };
            let scope = Scope::Service(role.to_lowercase(), pool.to_lowercase());
            NamedScope { scope, written: ScopeName::Service(named(&format!("{role}:{pool}"))) }
        }
        "tag" if !name.is_empty() => {
            NamedScope { scope: Scope::Tag(name.to_lowercase()), written: ScopeName::Tag(named(name)) }
        }
        "network_site" if !name.is_empty() => {
            let scope = Scope::NetworkSite(name.to_lowercase());
            NamedScope { scope, written: ScopeName::NetworkSite(named(name)) }
        }
        _ => return Err(no_scope(model, class, typed)),
    };
    match found.scope.rank(declared) {
        Some(_) => Ok(found),
        None => Err(no_scope(model, class, typed)),
    }
}

fn unknown_site(model: &Model, name: &str) -> Objection {
    match find(&model.names.sites, "site", name) {
        Err(unknown) if !model.sites.is_empty() => unknown.into(),
        _ => Objection::NoSites(name.to_owned()),
    }
}

fn no_service(model: &Model, class: ClassId, name: &str) -> Objection {
    let role = model.classes[class].scopes.iter().find_map(|scope| match scope {
        ScopeKind::Service(role) => Some(role.clone()),
        _ => None,
    });
    match role {
        Some(role) => Objection::NoService { name: name.to_owned(), role },
        None => no_scope(model, class, &format!("service:{name}")),
    }
}

fn no_scope(model: &Model, class: ClassId, typed: &str) -> Objection {
    let (class, scopes) = (&model.classes[class].declared.name, &model.classes[class].scopes);
    Objection::NoScope { typed: typed.to_owned(), class: class.clone(), scopes: scopes.clone() }
}
