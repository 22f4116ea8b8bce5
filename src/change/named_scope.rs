//! A scope with how policies write it, and its words: in policies, in messages, and as people type it.

use crate::language::ast::ScopeName;
use crate::model::{ClassId, Model, Object, ObjectId, Scope, SiteName};
use crate::text::written;

/// A scope: what it is, and how policies write it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedScope {
    /// What it is.
    pub scope: Scope,
    /// As policies write it.
    pub written: ScopeName,
}

impl NamedScope {
    /// The scope that is everywhere.
    pub const GLOBAL: NamedScope = NamedScope { scope: Scope::Global, written: ScopeName::Global };

    /// The object of a class here.
    pub fn object(&self, model: &Model, class: ClassId) -> Option<ObjectId> {
        let here = |object: &Object| object.class == class && object.scope == self.scope;
        model.objects.iter().find(|(_, object)| here(object)).map(|(id, _)| id)
    }

    /// The kind and the name; None for the scope that is everywhere.
    fn parts(&self) -> Option<(&'static str, &str)> {
        let (kind, name) = self.written.words();
        name.map(|name| (kind, name.it.as_str()))
    }

    /// As policies write it: `site "North America"`.
    pub fn policy_text(&self) -> String {
        self.parts().map_or("global".to_owned(), |(kind, name)| format!("{kind} {}", written::name(name)))
    }

    /// As messages name it: `site North America`.
    pub fn words(&self) -> String {
        self.parts().map_or("global".to_owned(), |(kind, name)| format!("{kind} {name}"))
    }

    /// As people type it: `site:Redmond`.
    pub fn typed(&self) -> String {
        self.parts().map_or("global".to_owned(), |(kind, name)| format!("{kind}:{name}"))
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
        ScopeName::Person(name) => Scope::Person(name.it.to_lowercase()),
    }
}
