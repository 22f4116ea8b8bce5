//! Scopes as people type them: `global`, `site:Redmond`, `service:UserServer:pool01.contoso.com`, `tag:Executives`.

use crate::language::ast::{ScopeKind, ScopeName};
use crate::language::{Spanned, nearest};
use crate::model::{ClassId, Model, ObjectId, Scope, SiteName};
use crate::resolve::{Unknown, find};
use crate::text::listed;

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
    pub fn read(model: &Model, class: ClassId, typed: &str, directory: bool) -> Result<Place, Unknown> {
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

    /// As it is typed in a shell: `site:Redmond`.
    pub fn typed(&self) -> String {
        let typed = self.parts().map_or("global".to_owned(), |(kind, name)| format!("{kind}:{name}"));
        let plain = |letter: char| letter.is_alphanumeric() || ":._-".contains(letter);
        if typed.chars().all(plain) { typed } else { format!("'{}'", typed.replace('\'', "'\\''")) }
    }

    /// The message and help for an object that is not there.
    pub fn missing(&self, model: &Model, class: ClassId, proposal: Option<String>) -> Unknown {
        let name = &model.classes[class].declared.name;
        let here = model.objects.values().filter(|of| of.class == class);
        let existing: Vec<&str> = here.map(|of| of.spelt.as_str()).collect();
        let near = nearest(&self.words(), existing.iter().copied());
        let known = match (&near, existing.as_slice()) {
            (Some(near), _) => near.help(),
            (None, []) => format!("no `{name}` is declared yet"),
            (None, existing) => format!("declared are {}", listed(existing.iter().copied())),
        };
        let help = match proposal {
            Some(proposal) if near.is_some() => format!("{known} otherwise `{proposal}` declares it"),
            Some(proposal) => format!("{known}; `{proposal}` declares it"),
            None => known,
        };
        Unknown::new(format!("`{name}` has no object at {}", self.words()), Some(help))
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

fn unknown_site(model: &Model, name: &str) -> Unknown {
    match find(&model.names.sites, "site", name) {
        Err(unknown) if model.sites.is_empty() => {
            Unknown { help: Some("list the site in the directory, under `sites`".to_owned()), ..unknown }
        }
        Err(unknown) => unknown,
        Ok(_) => Unknown::new(format!("there is no site `{name}`"), None),
    }
}

fn no_service(model: &Model, class: ClassId, name: &str) -> Unknown {
    let role = model.classes[class].scopes.iter().find_map(|scope| match scope {
        ScopeKind::Service(role) => Some(role.as_str()),
        _ => None,
    });
    let pool = if name.is_empty() { "pool01.contoso.com" } else { name };
    match role {
        Some(role) => {
            let help = format!("write role and pool, as in service:{role}:{}", pool.trim_matches(':'));
            Unknown::new(format!("`service:{name}` names no service"), Some(help))
        }
        None => no_scope(model, class, &format!("service:{name}")),
    }
}

fn no_scope(model: &Model, class: ClassId, typed: &str) -> Unknown {
    let of = &model.classes[class];
    let example = |scope: &ScopeKind| match scope {
        ScopeKind::Global => "global".to_owned(),
        ScopeKind::Site => "site:NAME".to_owned(),
        ScopeKind::Service(role) => format!("service:{role}:POOL"),
        ScopeKind::Tag => "tag:NAME".to_owned(),
        ScopeKind::NetworkSite => "network_site:NAME".to_owned(),
    };
    let scopes = of.scopes.iter().map(example).collect::<Vec<_>>().join(", ");
    let message = format!("`{typed}` is no scope of `{}`", of.declared.name);
    Unknown::new(message, Some(format!("its scopes are {scopes}")))
}
