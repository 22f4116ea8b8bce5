//! From names to questions. Names that do not exist are errors here, once, so that deciding cannot fail.

use std::fmt;

use crate::directory::{Address, Domain};
use crate::language::nearest;
use crate::model::{CategoryId, Doubt, FieldId, Kind, Model, Names, Network, PersonId, Subject, UserId, What};
use crate::text::listed;
use crate::viewers::Somebody;

use super::assume::{Assumption, AssumptionOf};
use super::rule_set::RuleSet;

/// A name in a question that means nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.help {
            Some(help) => write!(f, "{}; {help}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Unknown {}

impl Unknown {
    pub(crate) fn new(message: impl Into<String>, help: Option<String>) -> Unknown {
        Unknown { message: message.into(), help }
    }
}

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
        let fields = model.fields_called(category);
        if field.is_none() && !fields.is_empty() && model.names.categories.find(category).is_none() {
            let message = format!("`{category}` is a field, and stands here without its category");
            return Err(Unknown::new(message, Some(format!("write `{}`", fields.join("` or `")))));
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
        let name = &model.categories[category].declared.name;
        let help = match names.and_then(|names| names.nearest(field)) {
            Some(near) => near.help(),
            None => format!("its fields are {}", listed(names.into_iter().flat_map(Names::spellings))),
        };
        Err(Unknown::new(format!("`{name}` has no field `{field}`"), Some(help)))
    }

    /// The user a question is about.
    pub fn owner(&self, name: &str) -> Result<UserId, Unknown> {
        let named = self.viewer(name)?;
        named.somebody.user.ok_or_else(|| {
            let near = Address::parse(&named.name).and_then(|address| {
                let doubt = self.doubt(&address, named.somebody);
                doubt.and_then(|doubt| doubt.guess()).or_else(|| self.alike().nearest_user(self.model(), &address))
            });
            let help = near.unwrap_or_else(|| "questions are asked about users of the directory".to_owned());
            Unknown::new(format!("`{}` is not among the users", named.name), Some(help))
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
            [] => {
                let help = match self.alike().nearest_called(model, &bare) {
                    Some(help) => help,
                    None => "write an address, as in anna@contoso.com, or `anonymous`".to_owned(),
                };
                Err(Unknown::new(format!("nobody is known as `{name}`"), Some(help)))
            }
            several => {
                let mut names: Vec<&str> = several.iter().map(|person| self.address(*person).as_str()).collect();
                names.sort_unstable();
                let help = format!("write one of {}", listed(names));
                Err(Unknown::new(format!("several people are known as `{name}`"), Some(help)))
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
        let form = || {
            let help = "write it as in owner.EnablePrivacyMode=true or anna@contoso.com.client=lync_2010";
            Unknown::new(format!("`{text}` is not an assumption"), Some(help.to_owned()))
        };
        let (path, value) = text.split_once('=').ok_or_else(form)?;
        let (of, path) = self.assumed_of(path.trim()).ok_or_else(form)??;
        let what = self.assumed_what(path)?;
        let kind = self.model().kind_of(what);
        let value = value.trim();
        let found = assumed_value(self.model(), &kind, value);
        let value = found.ok_or_else(|| {
            let help = Some(format!("give {}", kind.describe()));
            Unknown::new(format!("`{value}` is not a value of `{path}`"), help)
        })?;
        Ok(Assumption { of, what, value })
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
            return Some(known.ok_or_else(|| Unknown::new(format!("`{path}` names nobody the set knows"), None)));
        }
        let (role, rest) = path.split_once('.')?;
        let subject = Subject::named(role);
        Some(match subject {
            Some(subject) => Ok((AssumptionOf::Role(subject), rest)),
            None => {
                let near = nearest(role, Subject::ALL.map(Subject::name));
                let roles = Subject::ALL.map(Subject::name).join(", ");
                let help = near.map_or_else(|| format!("the roles are {roles}"), |near| near.help());
                Err(Unknown::new(format!("there is no role `{role}`"), Some(help)))
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
                let found = names.and_then(|names| names.find(second));
                return found
                    .map(What::Parameter)
                    .ok_or_else(|| Unknown::new(format!("`{first}` has no setting `{second}`"), None));
            }
            let category = find(&model.names.categories, "settings class or category", first)?;
            let field = self.field_of(category, second)?;
            return match model.fields[field].kind {
                Some(_) => Ok(What::Presence(field)),
                None => Err(Unknown::new(format!("`{path}` is free text, which no rule reads"), None)),
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
                let help = nearest(path, names).map(|near| near.help());
                Err(Unknown::new(format!("there is no attribute or setting `{path}`"), help))
            }
            _ => Err(Unknown::new(
                format!("several classes have a setting `{path}`"),
                Some("write the class before it, as in owner.ClientPolicy.DisplayPhoto=NoPhoto".to_owned()),
            )),
        }
    }
}

/// A value as people type it.
fn assumed_value(model: &Model, kind: &Kind, text: &str) -> Option<crate::model::Value> {
    use crate::model::Value;
    match kind {
        Kind::Bool => text.parse::<bool>().ok().map(Value::from),
        Kind::Range(low, high) => text.parse().ok().filter(|number| (low..=high).contains(&number)).map(Value),
        Kind::Enumeration(values) => crate::model::enumerated(values, text),
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
pub(crate) fn find<I: crate::model::Id>(names: &Names<I>, kind: &str, name: &str) -> Result<I, Unknown> {
    names.find(name).ok_or_else(|| {
        let help = match names.nearest(name) {
            Some(near) => near.help(),
            None if names.spellings().count() > LISTED => format!("`prescope show` lists every {kind}"),
            None => format!("there are {}", listed(names.spellings())),
        };
        Unknown::new(format!("there is no {kind} `{name}`"), Some(help))
    })
}
