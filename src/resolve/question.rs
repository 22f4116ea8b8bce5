//! From names to questions. Names that do not exist are errors here, once, so that deciding cannot fail.

use crate::directory::{Address, Domain};
use crate::language::nearest;
use crate::model::{CategoryId, Doubt, FieldId, Kind, Model, Names, Network, PersonId, Subject, UserId, What};
use crate::viewers::Somebody;

use super::assume::{Assumption, AssumptionOf};
use super::rule_set::RuleSet;
use super::unknown::{Instead, Listing, Unknown};

/// A name as written: what it means, how to show it, and what is doubtful about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Who is meant.
    pub somebody: Somebody,
    /// The address in canonical form, or `anonymous`.
    pub name: String,
    /// What is doubtful about it.
    pub warning: Option<String>,
}

/// "Does the viewer see this of the owner?" Made by [`RuleSet::see`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct See {
    viewer: Somebody,
    viewer_name: String,
    owner: UserId,
    category: CategoryId,
    field: Option<FieldId>,
    warnings: Vec<String>,
}

impl See {
    /// Who looks.
    pub fn viewer(&self) -> Somebody {
        self.viewer
    }

    /// The viewer's address in canonical form, or `anonymous`.
    pub fn viewer_name(&self) -> &str {
        &self.viewer_name
    }

    /// Whose presence it is.
    pub fn owner(&self) -> UserId {
        self.owner
    }

    /// What of it.
    pub fn category(&self) -> CategoryId {
        self.category
    }

    /// Which field; None asks for the whole category.
    pub fn field(&self) -> Option<FieldId> {
        self.field
    }

    /// What is doubtful about the question.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The fields it asks for, in order of declaration.
    pub fn fields<'a>(&self, model: &'a Model) -> impl Iterator<Item = FieldId> + use<'a> {
        let only = self.field;
        let all = &model.categories[self.category].fields;
        all.iter().copied().filter(move |field| only.is_none_or(|only| only == *field))
    }

    /// The same question from somebody else.
    #[must_use]
    pub fn asked_by(&self, viewer: Somebody, name: String) -> See {
        See { viewer, viewer_name: name, warnings: Vec::new(), ..self.clone() }
    }
}

impl RuleSet {
    /// A question about a category, or one field of it. Addresses may be written with `sip:`, in any case, or as the
    /// local name of exactly one known person; a viewer may be `anonymous`. Settles the owner's entries.
    pub fn see(&self, viewer: &str, owner: &str, category: &str, field: Option<&str>) -> Result<See, Unknown> {
        let viewer = self.viewer(viewer)?;
        let owner = self.owner(owner)?;
        let model = self.model();
        let paths = model.fields_called(category);
        if field.is_none() && !paths.is_empty() && model.names.categories.find(category).is_none() {
            return Err(Unknown::FieldAlone { field: category.to_owned(), paths });
        }
        let category = find(&model.names.categories, "category", category)?;
        let field = match field {
            Some(field) => Some(self.field_of(category, field)?),
            None => None,
        };
        self.settle(owner);
        let warnings = viewer.warning.into_iter().collect();
        Ok(See { viewer: viewer.somebody, viewer_name: viewer.name, owner, category, field, warnings })
    }

    /// `category` or `category.field`, as people type it.
    pub fn see_target(&self, viewer: &str, owner: &str, target: &str) -> Result<See, Unknown> {
        match target.split_once('.') {
            Some((category, field)) => self.see(viewer, owner, category, Some(field)),
            None => self.see(viewer, owner, target, None),
        }
    }

    pub(super) fn field_of(&self, category: CategoryId, field: &str) -> Result<FieldId, Unknown> {
        let model = self.model();
        let names = model.names.fields.get(&category);
        if let Some(found) = names.and_then(|names| names.find(field)) {
            return Ok(found);
        }
        let category = model.categories[category].declared.name.clone();
        let all = || Instead::All(Listing::new(names.into_iter().flat_map(Names::spellings)));
        let instead = names.and_then(|names| names.nearest(field)).map_or_else(all, Instead::Near);
        Err(Unknown::Field { category, field: field.to_owned(), instead })
    }

    /// The user a question is about.
    pub fn owner(&self, name: &str) -> Result<UserId, Unknown> {
        let named = self.viewer(name)?;
        named.somebody.user.ok_or_else(|| {
            let address = Address::parse(&named.name);
            let doubt = address.as_ref().and_then(|address| self.doubt(address, named.somebody));
            let doubt = doubt.filter(|doubt| !doubt.near.is_empty());
            let address = address.filter(|_| doubt.is_none());
            let near = address.and_then(|address| self.alike().nearest_user(self.model(), &address));
            Unknown::User { name: named.name, doubt, near }
        })
    }

    fn address(&self, person: PersonId) -> &Address {
        &self.model().people[person].address
    }

    /// Whoever a name means.
    pub fn viewer(&self, name: &str) -> Result<Named, Unknown> {
        let model = self.model();
        if name.eq_ignore_ascii_case("anonymous") {
            return Ok(Named { somebody: Somebody::ANONYMOUS, name: "anonymous".to_owned(), warning: None });
        }
        if let Some(address) = Address::parse(name) {
            return Ok(self.known_by(&address, Somebody::with_address(model, &address)));
        }
        let bare = name.trim().to_lowercase();
        let alike = self.alike().called(model, &bare);
        match alike.as_slice() {
            [only] => Ok(self.known_by(self.address(*only), Somebody::known(model, *only))),
            [] => Err(Unknown::Nobody { name: name.to_owned(), near: self.alike().nearest_called(model, &bare) }),
            several => {
                let mut addresses: Vec<String> = several.iter().map(|it| self.address(*it).to_string()).collect();
                addresses.sort_unstable();
                Err(Unknown::Several { name: name.to_owned(), addresses })
            }
        }
    }

    fn known_by(&self, address: &Address, somebody: Somebody) -> Named {
        let warning = self.doubt(address, somebody).map(|doubt| doubt.to_string());
        Named { somebody, name: address.to_string(), warning }
    }

    fn doubt(&self, address: &Address, somebody: Somebody) -> Option<Doubt> {
        let known = if somebody.inside() { somebody.user.is_some() } else { somebody.person.is_some() };
        if known { None } else { self.alike().doubt(self.model(), address) }
    }

    /// An assumption as people type it: `owner.EnablePrivacyMode=true`, `bob@contoso.com.client=lync_2010_iphone`,
    /// `owner.state.availability=busy`, `owner.mode=private`.
    pub fn assumption(&self, text: &str) -> Result<Assumption, Unknown> {
        let form = || Unknown::Assumption(text.to_owned());
        let (path, value) = text.split_once('=').ok_or_else(form)?;
        let (of, path) = self.assumed_of(path.trim()).ok_or_else(form)??;
        let what = self.assumed_what(path)?;
        let kind = self.model().kind_of(what);
        let value = value.trim();
        match assumed_value(self.model(), &kind, value) {
            Some(value) => Ok(Assumption { of, what, value }),
            None => Err(Unknown::AssumedValue { value: value.to_owned(), path: path.to_owned(), kind }),
        }
    }

    /// The person or role before the path.
    fn assumed_of<'t>(&self, path: &'t str) -> Option<Result<(AssumptionOf, &'t str), Unknown>> {
        if let Some(at) = path.find('@') {
            // The domain has dots too: the longest prefix that is a known address counts.
            let domain = path.bytes().enumerate().skip(at).take(Domain::LONGEST + 2);
            let dots: Vec<usize> = domain.filter(|(_, byte)| *byte == b'.').map(|(dot, _)| dot).collect();
            let known = dots.into_iter().rev().find_map(|dot| {
                let address = Address::parse(path.get(..dot)?)?;
                let person = self.model().person(address.as_str())?;
                Some((AssumptionOf::Person(person), path.get(dot + 1..)?))
            });
            return Some(known.ok_or_else(|| Unknown::AssumedPerson(path.to_owned())));
        }
        let (role, rest) = path.split_once('.')?;
        let subject = Subject::named(role);
        Some(match subject {
            Some(subject) => Ok((AssumptionOf::Role(subject), rest)),
            None => {
                let near = nearest(role, Subject::ALL.map(Subject::name));
                Err(Unknown::AssumedRole { role: role.to_owned(), near })
            }
        })
    }

    fn assumed_what(&self, path: &str) -> Result<What, Unknown> {
        let model = self.model();
        if path == "mode" {
            return Ok(What::Mode);
        }
        if let Some((first, second)) = path.split_once('.') {
            if let Some(class) = model.names.classes.find(first) {
                let names = model.names.settings.get(&class);
                let found = names.and_then(|names| names.find(second)).map(What::Parameter);
                let near = || names.and_then(|names| names.nearest(second));
                let (class, setting) = (first.to_owned(), second.to_owned());
                return found.ok_or_else(|| Unknown::Setting { class, setting, near: near() });
            }
            let category = find(&model.names.categories, "settings class or category", first)?;
            let field = self.field_of(category, second)?;
            return match model.fields[field].kind {
                Some(_) => Ok(What::Presence(field)),
                None => Err(Unknown::FreeText(path.to_owned())),
            };
        }
        let attributes = model.names.attributes.values().filter_map(|names| names.find(path));
        let settings = model.names.settings.values().filter_map(|names| names.find(path));
        let found: Vec<_> = attributes.chain(settings).collect();
        match found.as_slice() {
            [only] => Ok(What::Parameter(*only)),
            [] => {
                let names = model.names.attributes.values().flat_map(Names::spellings);
                let names = names.chain(model.names.settings.values().flat_map(Names::spellings));
                Err(Unknown::Parameter { name: path.to_owned(), near: nearest(path, names) })
            }
            _ => Err(Unknown::SeveralClasses(path.to_owned())),
        }
    }
}

/// A value as people type it.
fn assumed_value(model: &Model, kind: &Kind, text: &str) -> Option<crate::model::Value> {
    use crate::model::Value;
    match kind {
        Kind::Bool => text.parse::<bool>().ok().map(Value::from),
        Kind::Range(low, high) => text.parse().ok().filter(|number| (low..=high).contains(&number)).map(Value),
        Kind::Enumeration(values) => values.find(text),
        // A text that no rule compares with is equal to none of those that one does.
        Kind::Text => Some(Value(model.texts.get_index_of(text).map_or(-1, |index| index as i64))),
        Kind::Network => Network::named(text).map(Network::value),
        Kind::Site => model.names.sites.find(text).map(|site| Value::site(Some(site))),
        Kind::Manifest => model.names.manifests.find(text).map(Value::manifest),
    }
}

/// How many names an error still lists.
const LISTED: usize = 12;

/// An id by name, or what is wrong with it.
pub(crate) fn find<I: crate::model::Id>(names: &Names<I>, kind: &'static str, name: &str) -> Result<I, Unknown> {
    names.find(name).ok_or_else(|| {
        let instead = match names.nearest(name) {
            Some(near) => Instead::Near(near),
            None if names.spellings().count() > LISTED => Instead::Many(Listing::new(names.spellings())),
            None => Instead::All(Listing::new(names.spellings())),
        };
        Unknown::Name { kind, name: name.to_owned(), instead }
    })
}
