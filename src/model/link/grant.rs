//! Which policy object is in effect for a user, class by class: by scope, by a grant, or because the directory names it.

use indexmap::IndexMap;

use super::Linking;
use crate::diagnostic::{Code, Diagnostic};
use crate::directory;
use crate::model::{ClassId, ObjectId, Scope, SiteId, SiteName};
use crate::syntax::ast::{Name, ScopeKind};
use crate::text::nearest;

/// What the directory says of a user and a class.
#[derive(Clone, Copy)]
enum Granted {
    /// A policy with a tag: it counts where the class has its scope `tag`.
    Tag(ObjectId),
    /// An object of another scope by name, as exports of effective policies have it: it counts whatever the scopes say.
    /// None is a global object that nobody declares.
    Named(Option<ObjectId>),
}

/// Where a user is, as far as scopes go.
struct Place {
    site: Option<Scope>,
    /// The pool, without case.
    pool: Option<String>,
    network_site: Option<Scope>,
}

impl Linking {
    /// The policy objects for each class, the most specific first: that one is in effect and applies whole.
    pub(super) fn objects_of(&mut self, user: &directory::User, site: Option<SiteId>) -> Vec<Vec<ObjectId>> {
        let mut granted: IndexMap<ClassId, Granted> = IndexMap::new();
        for (class, policy) in &user.policies {
            if let Some((class, object)) = self.granted(class, policy) {
                granted.insert(class, object);
            }
        }
        let place = self.place_of(user, site);
        let classes = self.model.classes.ids();
        classes
            .map(|class| match granted.get(&class) {
                Some(Granted::Named(object)) => object.iter().copied().collect(),
                Some(Granted::Tag(object)) => self.object_of(class, &place, Some(*object)),
                None => self.object_of(class, &place, None),
            })
            .collect()
    }

    fn place_of(&self, user: &directory::User, site: Option<SiteId>) -> Place {
        let site = site.map(|site| {
            let name = self.model.sites[site].name.to_lowercase();
            Scope::Site(SiteName { name, site: Some(site) })
        });
        let network_site = user.network_site.as_ref().map(|name| Scope::NetworkSite(name.it.to_lowercase()));
        Place { site, pool: user.pool.as_ref().map(|pool| pool.it.to_lowercase()), network_site }
    }

    fn object_of(&self, class: ClassId, place: &Place, granted: Option<ObjectId>) -> Vec<ObjectId> {
        if !self.objects.has(class) {
            return Vec::new();
        }
        let at = |scope: &Scope| self.objects.at(class, scope);
        let applicable = self.model.classes[class].scopes.iter().rev().filter_map(|kind| match kind {
            ScopeKind::Global => at(&Scope::Global),
            ScopeKind::Tag => granted,
            ScopeKind::Site => place.site.as_ref().and_then(at),
            ScopeKind::Service(role) => {
                let pool = place.pool.as_ref()?;
                at(&Scope::Service(role.to_lowercase(), pool.clone()))
            }
            ScopeKind::NetworkSite => place.network_site.as_ref().and_then(at),
        });
        applicable.collect()
    }

    /// What `CLASS: POLICY` grants: a tag (`Sales`, `Tag:Sales`), or an object by the vendor's identity (`Global`,
    /// `site:Redmond`, `service:UserServer:pool`), without case. A blank is inherited.
    fn granted(&mut self, class: &Name, policy: &Name) -> Option<(ClassId, Granted)> {
        let id = self.model.names.classes.expect(class, Code::UNKNOWN_CLASS, &mut self.sink)?;
        let lower = policy.it.trim().to_lowercase();
        let scope = match lower.split_once(':') {
            None if lower.is_empty() => return None,
            None if lower == "global" => Scope::Global,
            Some(("site", name)) => {
                Scope::Site(SiteName { name: name.to_owned(), site: self.model.names.sites.find(name) })
            }
            Some(("service", service)) => {
                let (role, pool) = service.split_once(':').unwrap_or((service, ""));
                Scope::Service(role.to_owned(), pool.to_owned())
            }
            Some(("tag", name)) => Scope::Tag(name.to_owned()),
            _ => Scope::Tag(lower.clone()),
        };
        if scope.rank(&self.model.classes[id]).is_none() {
            self.not_granted(id, policy, &scope);
            return None;
        }
        let found = self.objects.at(id, &scope);
        match (&scope, found) {
            (Scope::Tag(_), Some(object)) => Some((id, Granted::Tag(object))),
            (Scope::Global, found) => Some((id, Granted::Named(found))),
            (_, Some(object)) => Some((id, Granted::Named(Some(object)))),
            (_, None) => {
                self.no_such_policy(id, policy);
                None
            }
        }
    }

    fn not_granted(&mut self, class: ClassId, policy: &Name, scope: &Scope) {
        let of = &self.model.classes[class].declared;
        let (message, words) = match scope {
            Scope::Tag(_) => (format!("a `{}` cannot be granted to a person", of.name), "`tag`"),
            _ => (format!("a `{}` does not exist there", of.name), "this kind"),
        };
        self.sink.push(
            Diagnostic::new(Code::WRONG_SCOPE, message)
                .at(policy.span, "")
                .at(of.span, format!("this class has no scope of {words}"))
                .help("leave the grant out"),
        );
    }

    fn no_such_policy(&mut self, class: ClassId, policy: &Name) {
        let of = &self.model.classes[class].declared;
        let of_class = self.model.objects.values().filter(|object| object.class == class);
        let tags: Vec<&str> = of_class.filter_map(|object| object.spelt.strip_prefix("tag ")).collect();
        let near = nearest(&policy.it, tags.iter().copied()).map(str::to_owned);
        let message = format!("there is no `{}` called `{}`", of.name, policy.it);
        let help = match tags.as_slice() {
            [] => format!("declare it, as in `policy {} tag {} {{ }}`", of.name, policy.it),
            tags => format!("declare it, or choose one of {}", tags.join(", ")),
        };
        let diagnostic = Diagnostic::new(Code::UNKNOWN_TAG, message).at(policy.span, "").help(help);
        self.sink.push(diagnostic.suggest(near.as_deref()));
    }
}
