//! Which policy object is in effect for a user, class by class: by scope, by a grant, or because the directory names
//! it.

use indexmap::IndexMap;

use super::Linking;
use crate::diagnostic::code;
use crate::directory;
use crate::language::Diagnostic;
use crate::language::ast::{Name, ScopeKind};
use crate::model::{ClassId, ObjectId, PersonId, Scope, SiteId, SiteName};
use crate::text::listed;

/// What the directory says of a user and a class.
#[derive(Clone, Copy)]
enum Granted {
    /// A policy with a tag: it counts where the class has its scope `tag`.
    Tag(ObjectId),
    /// An object of a site or a service by name, as exports of effective policies have it, or one that a test gives to
    /// this user: it counts whatever the scopes say.
    Named(ObjectId),
}

/// The word for no grant. Administrators grant it to take a tag away.
pub(super) const NO_TAG: &str = "global";

/// Where a user is, as far as scopes go.
struct Whereabouts {
    site: Option<Scope>,
    /// The pool, without case.
    pool: Option<String>,
    network_site: Option<Scope>,
}

impl Linking {
    /// The policy objects for each class, the most specific first: that one is in effect and applies whole.
    pub(super) fn objects_of(
        &mut self,
        person: PersonId,
        user: &directory::User,
        site: Option<SiteId>,
    ) -> Vec<Vec<ObjectId>> {
        let mut granted: IndexMap<ClassId, Granted> = IndexMap::new();
        for (class, policy) in &user.policies {
            if let Some((class, object)) = self.granted(class, policy) {
                granted.insert(class, object);
            }
        }
        let given = self.given_to.get(&person).into_iter().flatten();
        granted.extend(given.map(|(class, object)| (*class, Granted::Named(*object))));
        let whereabouts = self.whereabouts(user, site);
        let classes = self.model.classes.ids();
        classes
            .map(|class| match granted.get(&class) {
                Some(Granted::Named(object)) => vec![*object],
                Some(Granted::Tag(object)) => self.object_of(class, &whereabouts, Some(*object)),
                None => self.object_of(class, &whereabouts, None),
            })
            .collect()
    }

    fn whereabouts(&self, user: &directory::User, site: Option<SiteId>) -> Whereabouts {
        let site = site.map(|site| {
            let name = self.model.sites[site].name.to_lowercase();
            Scope::Site(SiteName { name, site: Some(site) })
        });
        let network_site = user.network_site.as_ref().map(|name| Scope::NetworkSite(name.it.to_lowercase()));
        Whereabouts { site, pool: user.pool.as_ref().map(|pool| pool.it.to_lowercase()), network_site }
    }

    fn object_of(&self, class: ClassId, whereabouts: &Whereabouts, granted: Option<ObjectId>) -> Vec<ObjectId> {
        if !self.objects.has(class) {
            return Vec::new();
        }
        let at = |scope: &Scope| self.objects.at(class, scope);
        let applicable = self.model.classes[class].scopes.iter().rev().filter_map(|kind| match kind {
            ScopeKind::Global => at(&Scope::Global),
            ScopeKind::Tag => granted,
            ScopeKind::Site => whereabouts.site.as_ref().and_then(at),
            ScopeKind::Service(role) => {
                let pool = whereabouts.pool.as_ref()?;
                at(&Scope::Service(role.to_lowercase(), pool.clone()))
            }
            ScopeKind::NetworkSite => whereabouts.network_site.as_ref().and_then(at),
        });
        applicable.collect()
    }

    /// What `CLASS: POLICY` grants: a tag (`Sales`, `Tag:Sales`), or an object by the vendor's identity
    /// (`site:Redmond`, `service:UserServer:pool`), without case. A blank and `Global` (`Tag:Global`) grant nothing.
    fn granted(&mut self, class: &Name, policy: &Name) -> Option<(ClassId, Granted)> {
        let id = self.model.names.classes.expect(class, code::UNKNOWN_CLASS, &mut self.sink)?;
        let lower = policy.it.trim().to_lowercase();
        let (kind, name) =
            lower.split_once(':').map_or(("", lower.as_str()), |(kind, name)| (kind.trim(), name.trim()));
        let scope = match kind {
            "" | "tag" if name.is_empty() || name == NO_TAG => return None,
            "" | "tag" => Scope::Tag(name.to_owned()),
            "site" => Scope::Site(SiteName { name: name.to_owned(), site: self.model.names.sites.find(name) }),
            "service" => {
                let (role, pool) = name.split_once(':').unwrap_or((name, ""));
                Scope::Service(role.to_owned(), pool.to_owned())
            }
            _ => Scope::Tag(lower.clone()),
        };
        if scope.rank(&self.model.classes[id]).is_none() {
            self.not_granted(id, policy, &scope);
            return None;
        }
        match (&scope, self.objects.at(id, &scope)) {
            (Scope::Tag(_), Some(object)) => Some((id, Granted::Tag(object))),
            (_, Some(object)) => Some((id, Granted::Named(object))),
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
            Diagnostic::new(code::WRONG_SCOPE, message)
                .at(policy.span, "")
                .at(of.span, format!("this class has no scope of {words}"))
                .help("leave the grant out"),
        );
    }

    fn no_such_policy(&mut self, class: ClassId, policy: &Name) {
        let of = &self.model.classes[class].declared;
        let of_class = self.model.objects.values().filter(|object| object.class == class);
        let tags: Vec<&str> = of_class.filter_map(|object| object.spelt.strip_prefix("tag ")).collect();
        // What is like a tag is looked for behind the prefix, and written without it.
        let bare = policy.it.rsplit(':').next().unwrap_or_default().trim();
        let near = self.guesses.nearest("tag", bare, tags.iter().copied());
        let message = format!("there is no `{}` called `{}`", of.name, policy.it);
        let help = match tags.as_slice() {
            [] => format!("declare it, as in `policy {} tag {bare} {{ }}`", of.name),
            tags => format!("declare it, or choose one of {}", listed(tags.iter().copied())),
        };
        let diagnostic = Diagnostic::new(code::UNKNOWN_TAG, message).at(policy.span, "").help(help);
        self.sink.push(diagnostic.suggest(near));
    }
}
