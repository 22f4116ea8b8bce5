//! Scopes as people type them: `global`, `site:Redmond`, `service:UserServer:pool01.contoso.com`, `tag:Executives`.

use crate::language::ast::{ScopeKind, ScopeName};
use crate::language::{Spanned, nearest};
use crate::model::{ClassId, Model, ObjectId, Scope, SiteName};
use crate::resolve::{Listing, find};

use super::objection::Objection;

/// A scope: what it is, and how policies write it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// What it is.
    pub scope: Scope,
    /// As policies write it.
    pub written: ScopeName,
}

impl Place {
    /// The scope that is everywhere.
    pub const GLOBAL: Place = Place { scope: Scope::Global, written: ScopeName::Global };

    /// A scope as typed: the kind, a colon or a blank, and the name, with or without quotes. It has to be one that the
    /// class has. With a directory a site has to be one of its sites.
    pub fn read(model: &Model, class: ClassId, typed: &str, directory: bool) -> Result<Place, Objection> {
        let typed = typed.trim();
        let (kind, name) = typed.split_once([':', ' ']).unwrap_or((typed, ""));
        let name = name.trim();
        let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
        let of = &model.classes[class];
        // Nothing but its value counts of a name that stands in no text.
        let named = |name: &str| Spanned::new(name.to_owned(), of.declared.span);
        let place = match kind.to_ascii_lowercase().as_str() {
            "global" if name.is_empty() => Place::GLOBAL,
            "site" if !name.is_empty() => {
                let site = match model.names.sites.find(name) {
                    None if directory => return Err(unknown_site(model, name)),
                    site => site,
                };
                let spelt = site.map_or(name, |site| model.sites[site].name.as_str());
                let scope = Scope::Site(SiteName { name: name.to_lowercase(), site });
                Place { scope, written: ScopeName::Site(named(spelt)) }
            }
            "service" => {
                let Some((role, pool)) =
                    name.split_once(':').filter(|(role, pool)| !role.is_empty() && !pool.is_empty())
                else {
                    return Err(no_service(model, class, name));
                };
                let scope = Scope::Service(role.to_lowercase(), pool.to_lowercase());
                Place { scope, written: ScopeName::Service(named(&format!("{role}:{pool}"))) }
            }
            "tag" if !name.is_empty() => {
                Place { scope: Scope::Tag(name.to_lowercase()), written: ScopeName::Tag(named(name)) }
            }
            "network_site" if !name.is_empty() => {
                let scope = Scope::NetworkSite(name.to_lowercase());
                Place { scope, written: ScopeName::NetworkSite(named(name)) }
            }
            _ => return Err(no_scope(model, class, typed)),
        };
        match place.scope.rank(of) {
            Some(_) => Ok(place),
            None => Err(no_scope(model, class, typed)),
        }
    }

    /// The object of a class here.
    pub fn object(&self, model: &Model, class: ClassId) -> Option<ObjectId> {
        let here = |of: &crate::model::Object| of.class == class && of.scope == self.scope;
        model.objects.iter().find(|(_, of)| here(of)).map(|(id, _)| id)
    }

    /// The kind and the name; None for the scope that is everywhere.
    fn parts(&self) -> Option<(&'static str, &str)> {
        match &self.written {
            ScopeName::Global => None,
            ScopeName::Site(name) => Some(("site", &name.it)),
            ScopeName::Service(name) => Some(("service", &name.it)),
            ScopeName::Tag(name) => Some(("tag", &name.it)),
            ScopeName::NetworkSite(name) => Some(("network_site", &name.it)),
        }
    }

    /// As policies write it: `site "North America"`.
    pub fn policy_text(&self) -> String {
        self.parts().map_or("global".to_owned(), |(kind, name)| format!("{kind} {}", name_text(name)))
    }

    /// As messages name it: `site North America`.
    pub fn words(&self) -> String {
        self.parts().map_or("global".to_owned(), |(kind, name)| format!("{kind} {name}"))
    }

    /// As [`Place::read`] reads it: `site:Redmond`.
    pub fn typed(&self) -> String {
        self.parts().map_or("global".to_owned(), |(kind, name)| format!("{kind}:{name}"))
    }

    /// That a class has no object here.
    pub(super) fn missing(&self, model: &Model, class: ClassId, may_be_new: bool) -> Objection {
        let here = || model.objects.values().filter(|of| of.class == class).map(|of| of.spelt.as_str());
        Objection::NoObject {
            class: model.classes[class].declared.name.clone(),
            at: Box::new(self.clone()),
            near: nearest(&self.words(), here()),
            declared: Listing::new(here()),
            may_be_new,
        }
    }
}

/// What a scope of a policy is. A service that names no role is a service of none.
pub(super) fn scope_of(model: &Model, written: &ScopeName) -> Scope {
    match written {
        ScopeName::Global => Scope::Global,
        ScopeName::Site(name) => {
            Scope::Site(SiteName { name: name.it.to_lowercase(), site: model.names.sites.find(&name.it) })
        }
        ScopeName::Service(name) => {
            let text = name.it.strip_prefix("service:").unwrap_or(&name.it);
            let (role, pool) = text.split_once(':').unwrap_or(("", text));
            Scope::Service(role.to_lowercase(), pool.to_lowercase())
        }
        ScopeName::Tag(name) => Scope::Tag(name.it.to_lowercase()),
        ScopeName::NetworkSite(name) => Scope::NetworkSite(name.it.to_lowercase()),
    }
}

/// A name as policies write it: quoted if it is no plain word.
fn name_text(name: &str) -> String {
    const RESERVED: [&str; 9] = ["and", "or", "not", "in", "when", "unless", "as", "true", "false"];
    let starts = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if starts && plain && !RESERVED.contains(&name) { name.to_owned() } else { quoted(name) }
}

/// A text in quotes, as policies write it.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
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
    let of = &model.classes[class];
    Objection::NoScope { typed: typed.to_owned(), class: of.declared.name.clone(), scopes: of.scopes.clone() }
}
