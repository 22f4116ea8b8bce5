//! "As if": values that a question assumes instead of the directory's and the policies'.

use crate::directory::{Address, Domain};
use crate::language::nearest;
use crate::model::{Model, Names, Network, PersonId, Reading, Subject, Value, ValueType, What};
use crate::viewers::Somebody;

use super::lookup;
use super::unknown::Unknown;

/// One assumed value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Assumption {
    /// Whose value.
    pub whose: AssumptionOf,
    /// What.
    pub what: What,
    /// The value.
    pub value: Value,
}

/// Of whom a value is assumed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AssumptionOf {
    /// Whoever plays this role in the question.
    Role(Subject),
    /// A person, in whatever role.
    Person(PersonId),
}

impl Assumption {
    /// An assumption as people type it: `owner.EnablePrivacyMode=true`, `bob@contoso.com.client=lync_2010_iphone`,
    /// `owner.state.availability=busy`, `owner.mode=private`.
    pub fn typed(model: &Model, text: &str) -> Result<Assumption, Unknown> {
        let form = || Unknown::Assumption(text.to_owned());
        let (path, value) = text.split_once('=').ok_or_else(form)?;
        let (whose, path) = assumed_of(model, path.trim()).ok_or_else(form)??;
        let what = assumed_what(model, path)?;
        let kind = model.kind_of(what);
        let value = value.trim();
        match assumed_value(model, &kind, value) {
            Some(value) => Ok(Assumption { whose, what, value }),
            None => Err(Unknown::AssumedValue { value: value.to_owned(), path: path.to_owned(), kind }),
        }
    }
}

/// All assumptions of a question; of two about the same, the later counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Assumptions {
    all: Vec<Assumption>,
}

impl Assumptions {
    pub(super) fn new(all: &[Assumption]) -> Assumptions {
        Assumptions { all: all.to_vec() }
    }

    pub(super) fn all(&self) -> &[Assumption] {
        &self.all
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    #[cold] // most questions assume nothing
    pub(super) fn value(&self, reading: Reading, somebody: Option<Somebody>) -> Option<Value> {
        let applies = |assumption: &&Assumption| {
            assumption.what == reading.what
                && match assumption.whose {
                    AssumptionOf::Role(subject) => subject == reading.whose,
                    AssumptionOf::Person(person) => somebody.is_some_and(|somebody| somebody.person == Some(person)),
                }
        };
        self.all.iter().rev().find(applies).map(|assumption| assumption.value)
    }
}

/// The person or role before the path.
fn assumed_of<'t>(model: &Model, path: &'t str) -> Option<Result<(AssumptionOf, &'t str), Unknown>> {
    if let Some(at) = path.find('@') {
        // The domain has dots too: the longest prefix that is a known address counts.
        let domain = path.bytes().enumerate().skip(at).take(Domain::LONGEST + 2);
        let dots: Vec<usize> = domain.filter(|(_, byte)| *byte == b'.').map(|(dot, _)| dot).collect();
        let known = dots.into_iter().rev().find_map(|dot| {
            let address = Address::parse(path.get(..dot)?)?;
            let person = model.person(address.as_str())?;
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

fn assumed_what(model: &Model, path: &str) -> Result<What, Unknown> {
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
        let category = lookup::find(&model.names.categories, "settings class or category", first)?;
        let field = lookup::field(model, category, second)?;
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

/// A value as people type it.
fn assumed_value(model: &Model, kind: &ValueType, text: &str) -> Option<Value> {
    match kind {
        ValueType::Bool => text.parse::<bool>().ok().map(Value::from),
        ValueType::Range(low, high) => text.parse().ok().filter(|number| (low..=high).contains(&number)).map(Value),
        ValueType::Enumeration(values) => values.find(text),
        // A text that no rule compares with is equal to none of those that one does.
        ValueType::Text => Some(Value(model.texts.get_index_of(text).map_or(-1, |index| index as i64))),
        ValueType::Network => Network::named(text).map(Network::value),
        ValueType::Site => model.names.sites.find(text).map(|site| Value::site(Some(site))),
        ValueType::Manifest => model.names.manifests.find(text).map(Value::manifest),
    }
}
