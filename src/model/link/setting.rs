//! Attributes, settings, and policy objects with their values.

use std::iter::once;
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::declare::{Items, Of, declared};
use super::grant::NO_TAG;
use super::{Linking, Objects};
use crate::diagnostic::code;
use crate::language::ast::{self, Name, PolicyObject, Role, ScopeKind, ScopeName, Type};
use crate::language::{Diagnostic, Span, Spanned};
use crate::model::names::{declared_twice, folded};
use crate::model::{
    Class, ClassId, Names, Object, ObjectId, Parameter, ParameterId, ParameterOf, Scope, SiteName, Value, ValueType,
};

impl Linking {
    /// Classes, settings and attributes, and what `extend` adds to them.
    pub(super) fn declare_settings(&mut self, items: &Items<'_>) {
        for role in [Role::User, Role::Participant, Role::Meeting] {
            self.model.names.attributes.insert(role, Names::exact("attribute"));
            self.model.attributes.insert(role, Vec::new());
        }
        for item in &items.attributes {
            for parameter in &item.it.parameters {
                self.declare_parameter(ParameterOf::Attribute(item.it.role.it), parameter);
            }
        }
        for item in &items.settings {
            self.declare_class(*item);
        }
        self.extend_parameters(items);
    }

    fn declare_class(&mut self, item: Of<'_, ast::Settings>) {
        let id = Self::next(&self.model.classes);
        if !self.model.names.classes.declare(&item.it.class, id, &mut self.sink) {
            return self.sink.lose(item.it.parameters.iter().map(|parameter| parameter.name.it.as_str()));
        }
        for (index, scope) in item.it.scopes.iter().enumerate() {
            if let Some(first) = item.it.scopes.iter().take(index).find(|other| other.it == scope.it) {
                self.sink.push(
                    Diagnostic::new(code::DUPLICATE_NAME, "the same scope twice")
                        .at(scope.span, "again here")
                        .at(first.span, "first here")
                        .help("list each scope once, from the broadest to the most specific"),
                );
            }
        }
        self.model.classes.push(Class {
            declared: declared(&item.it.class, None, item.doc),
            scopes: item.it.scopes.iter().map(|scope| scope.it.clone()).collect(),
            settings: Vec::new(),
        });
        self.model.names.settings.insert(id, Names::folded("setting"));
        for parameter in &item.it.parameters {
            self.declare_parameter(ParameterOf::Setting(id), parameter);
        }
    }

    /// Takes a setting or attribute in, under all its names.
    pub(super) fn declare_parameter(&mut self, belongs_to: ParameterOf, written: &ast::Parameter) {
        let (Some(kind), Some(default)) = (&written.value_type, &written.default) else {
            return; // `also` outside an `extend` is a syntax error already reported.
        };
        let kind = self.kind(kind);
        // Without a sound default it is declared all the same, so that whoever names it is not wrong too.
        let default = self.value(&kind, default).unwrap_or(match kind {
            ValueType::Range(low, _) => Value(low),
            _ => Value(0),
        });
        let id = Self::next(&self.model.parameters);
        let (names, slot) = match belongs_to {
            ParameterOf::Attribute(role) => {
                let slot = self.model.attributes_of(role).len();
                (self.model.names.attributes.get_mut(&role), slot)
            }
            ParameterOf::Setting(class) => {
                let slot = self.model.classes[class].settings.len();
                (self.model.names.settings.get_mut(&class), slot)
            }
        };
        let Some(names) = names else { return };
        if !names.declare(&written.name, id, &mut self.sink) {
            return;
        }
        let others = written.aka.iter().filter(|other| names.declare(other, id, &mut self.sink));
        let called: Vec<&Name> = once(&written.name).chain(others).collect();
        if let ParameterOf::Setting(class) = belongs_to {
            for name in called {
                let alike = self.settings.entry(folded(&name.it).into_owned()).or_default();
                alike.insert(alike.partition_point(|(other, _)| *other <= class), (class, id));
            }
        }
        let aka = written.aka.iter().map(|name| name.it.clone()).collect();
        let declared = declared(&written.name, None, written.doc.as_ref());
        self.model.parameters.push(Parameter { declared, belongs_to, kind, default, aka, slot });
        match belongs_to {
            ParameterOf::Attribute(role) => self.model.attributes.entry(role).or_default().push(id),
            ParameterOf::Setting(class) => self.model.classes[class].settings.push(id),
        }
    }

    /// A type as written; a range that is the wrong way round is turned.
    pub(super) fn kind(&mut self, of: &Spanned<Type>) -> ValueType {
        match &of.it {
            Type::Bool => ValueType::Bool,
            Type::Text => ValueType::Text,
            Type::Range(low, high) if low > high => {
                self.sink.push(
                    Diagnostic::new(code::WRONG_TYPE, format!("no number is in {low}..{high}"))
                        .at(of.span, "the first is above the second")
                        .fix("swap them", of.span, format!("{high}..{low}")),
                );
                ValueType::Range(*high, *low)
            }
            Type::Range(low, high) => ValueType::Range(*low, *high),
            Type::Enumeration(values) => {
                let mut seen: IndexMap<&str, Span> = IndexMap::new();
                for value in values {
                    if let Some(first) = seen.insert(&value.it, value.span) {
                        self.sink.push(declared_twice("value", value, first, code::DUPLICATE_NAME));
                    }
                }
                ValueType::Enumeration(Arc::new(seen.keys().map(|value| (*value).to_owned()).collect()))
            }
        }
    }

    /// Policy objects, each with the values of its whole class: what it does not set takes the declared default.
    pub(super) fn policy_objects(&mut self, items: &Items<'_>) {
        let mut written: IndexMap<ObjectId, Written<'_>> = IndexMap::new();
        for item in &items.given {
            if let Some((_, id)) = self.declare_object(*item, &Objects::default()) {
                written.insert(id, Written { item: *item, replaces: None });
            }
        }
        let given = self.objects.clone();
        for item in &items.policies {
            match self.declare_object(*item, &given) {
                Some((Declared::New, id)) => _ = written.insert(id, Written { item: *item, replaces: None }),
                Some((Declared::Replaced, id)) => {
                    if let Some(replacing) = written.get_mut(&id) {
                        replacing.replaces = Some(*item);
                    }
                }
                None => {}
            }
        }
        let mut filling = FxHashMap::default();
        for id in written.keys() {
            self.fill_object(*id, &written, &mut filling);
        }
    }

    fn declare_object(&mut self, item: Of<'_, PolicyObject>, given: &Objects) -> Option<(Declared, ObjectId)> {
        let class = self.model.names.classes.expect(&item.it.class, code::UNKNOWN_CLASS, &mut self.sink)?;
        let scope = self.scope(class, &item.it.scope)?;
        if let Some(replacing) = given.at(class, &scope) {
            return Some((Declared::Replaced, replacing));
        }
        if let Some(first) = self.objects.at(class, &scope) {
            let first = self.model.objects[first].span;
            let name = &self.model.classes[class].declared.name;
            self.sink.push(
                Diagnostic::new(code::DUPLICATE_NAME, format!("`{name}` has two objects at one scope"))
                    .at(item.it.scope.span, "again here")
                    .at(first, "first here")
                    .help("one object applies whole: put everything into one of them"),
            );
            return None;
        }
        let defaults = self.model.classes[class].settings.iter();
        let values: Vec<_> = defaults.map(|setting| self.model.parameters[*setting].default).collect();
        let set_at = vec![None; values.len()];
        let id = self.model.objects.push(Object {
            class,
            scope: scope.clone(),
            spelt: spelt(&item.it.scope.it),
            values,
            set_at,
            span: item.it.scope.span,
        });
        if let Scope::Person(address) = &scope
            && let Some(person) = self.model.person(address)
        {
            self.given_to.entry(person).or_default().push((class, id));
        }
        self.objects.insert(class, scope, id);
        Some((Declared::New, id))
    }

    /// Gives an object the values it starts from (`like`) and those it sets; the object it is like comes first, and the
    /// one that is like. No stack grows with them.
    fn fill_object(
        &mut self,
        id: ObjectId,
        written: &IndexMap<ObjectId, Written<'_>>,
        filling: &mut FxHashMap<ObjectId, Filling>,
    ) {
        let mut chain = Vec::new();
        let mut next = Some(id);
        while let Some((id, of)) = next.and_then(|id| Some((id, *written.get(&id)?))) {
            if filling.contains_key(&id) {
                break;
            }
            filling.insert(id, Filling::UnderWay);
            let mut items = vec![of.item];
            let mut source = self.source_of(id, of.item, of.replaces.is_some(), filling);
            if let Some(replaced) = of.replaces.filter(|_| source == Some(id)) {
                items.insert(0, replaced);
                source = self.source_of(id, replaced, false, filling);
            }
            chain.push((id, items, source));
            next = source;
        }
        for (id, items, source) in chain.into_iter().rev() {
            if let Some(first) = source {
                self.model.objects[id].values = self.model.objects[first].values.clone();
                self.model.objects[id].set_at = self.model.objects[first].set_at.clone();
            }
            let class = self.model.objects[id].class;
            items.into_iter().for_each(|item| self.assign(id, class, item.it));
            filling.insert(id, Filling::Done);
        }
    }

    /// The object that one starts from. The changed form of an object may start from itself:
    /// `given policy X site A like site A { … }` is the object that is there, changed.
    fn source_of(
        &mut self,
        id: ObjectId,
        item: Of<'_, PolicyObject>,
        is_change: bool,
        filling: &FxHashMap<ObjectId, Filling>,
    ) -> Option<ObjectId> {
        let like = item.it.like.as_ref()?;
        let first = self.like_object(self.model.objects[id].class, like)?;
        let itself = is_change && first == id;
        if !itself && filling.get(&first) == Some(&Filling::UnderWay) {
            self.sink.push(
                Diagnostic::new(code::LIKE_CIRCLE, "these policy objects start from each other")
                    .at(like.span, "starts from this one")
                    .at(self.model.objects[first].span, "which starts from the other")
                    .help("write the values of one of them out"),
            );
            return None;
        }
        Some(first)
    }

    /// The object that `like SCOPE` names. A global object that nobody declares has the defaults.
    fn like_object(&mut self, class: ClassId, like: &Spanned<ScopeName>) -> Option<ObjectId> {
        let scope = self.scope(class, like)?;
        let found = self.objects.at(class, &scope);
        if found.is_none() && scope != Scope::Global {
            let name = self.model.classes[class].declared.name.clone();
            self.sink.push(
                Diagnostic::new(code::UNKNOWN_NAME, format!("`{name}` has no object at {}", spelt(&like.it)))
                    .at(like.span, "")
                    .help("declare that object, or start from another one"),
            );
        }
        found
    }

    fn assign(&mut self, id: ObjectId, class: ClassId, item: &PolicyObject) {
        let mut seen: IndexMap<ParameterId, Span> = IndexMap::new();
        for assignment in &item.assignments {
            let Some(names) = self.model.names.settings.get(&class) else { continue };
            let found = names.find(&assignment.name.it);
            let Some(setting) = found else {
                let class = &self.model.classes[class].declared;
                let message = format!("`{}` has no setting `{}`", class.name, assignment.name.it);
                let near = names.guess(&assignment.name.it);
                let diagnostic = Diagnostic::new(code::UNKNOWN_SETTING, message).at(assignment.name.span, "");
                self.sink.push(diagnostic.suggest(near).at(class.span, "the class is declared here"));
                continue;
            };
            if let Some(first) = seen.insert(setting, assignment.name.span) {
                self.sink.push(
                    Diagnostic::new(code::DUPLICATE_NAME, format!("`{}` is set twice", assignment.name.it))
                        .at(assignment.name.span, "set again here")
                        .at(first, "first set here")
                        .help("keep one of them"),
                );
                continue;
            }
            let kind = self.model.parameters[setting].kind.clone();
            let Some(value) = self.value(&kind, &assignment.value) else { continue };
            let slot = self.model.parameters[setting].slot;
            let object = &mut self.model.objects[id];
            if let (Some(place), Some(at)) = (object.values.get_mut(slot), object.set_at.get_mut(slot)) {
                *place = value;
                *at = Some(assignment.name.span.to(assignment.value.span));
            }
        }
    }

    /// A scope by name; it has to be one that the class has.
    pub(super) fn scope(&mut self, class: ClassId, written: &Spanned<ScopeName>) -> Option<Scope> {
        let scope = match &written.it {
            ScopeName::Global => Scope::Global,
            ScopeName::Site(name) => {
                let site = self.site(name);
                if site.is_none() && self.has_directory {
                    self.sink.push(self.model.names.sites.unknown(name, code::UNKNOWN_SITE));
                    return None;
                }
                Scope::Site(SiteName { name: name.it.to_lowercase(), site })
            }
            ScopeName::Tag(name) if name.it.eq_ignore_ascii_case(NO_TAG) => {
                self.sink.push(
                    Diagnostic::new(code::WRONG_SCOPE, format!("a tag cannot be called `{}`", name.it))
                        .at(name.span, "granting it means to grant none")
                        .help("leave `tag` out for the object that is for everybody, or choose another name"),
                );
                return None;
            }
            ScopeName::Tag(name) => Scope::Tag(name.it.to_lowercase()),
            ScopeName::NetworkSite(name) => Scope::NetworkSite(name.it.to_lowercase()),
            ScopeName::Service(name) => self.service(class, name)?,
            // Whichever scopes the class has.
            ScopeName::Person(name) => return self.address(name).map(|address| Scope::Person(address.it.to_string())),
        };
        if scope.rank(&self.model.classes[class]).is_none() {
            let of = &self.model.classes[class];
            let scopes = of.scopes.iter().map(ScopeKind::name).collect::<Vec<_>>().join(", ");
            self.sink.push(
                Diagnostic::new(code::WRONG_SCOPE, format!("`{}` has no such scope", of.declared.name))
                    .at(written.span, "")
                    .at(of.declared.span, format!("its scopes are {scopes}"))
                    .help("choose one of the scopes of the class"),
            );
            return None;
        }
        Some(scope)
    }

    /// `"ROLE:pool"`; the vendor also writes `service:ROLE:pool`.
    fn service(&mut self, class: ClassId, name: &Name) -> Option<Scope> {
        let text = name.it.strip_prefix("service:").unwrap_or(&name.it);
        let Some((role, pool)) = text.split_once(':') else {
            let roles = self.model.classes[class].scopes.iter().find_map(|scope| match scope {
                ScopeKind::Service(role) => Some(role.as_str()),
                _ => None,
            });
            self.sink.push(
                Diagnostic::new(code::WRONG_SCOPE, format!("`{}` names no service", name.it))
                    .at(name.span, "expected ROLE:pool")
                    .help(format!("write it as \"{}:{}\"", roles.unwrap_or("UserServer"), name.it)),
            );
            return None;
        };
        let (role, pool) = (role.to_lowercase(), pool.to_lowercase());
        if self.has_directory && !self.pools.contains_key(&pool) {
            let near = self.guesses.nearest("pool", &pool, self.pools.keys().map(String::as_str));
            let help = near.map_or_else(|| "list the pool at its site in the directory".to_owned(), |near| near.help());
            self.sink.push(
                Diagnostic::new(code::UNKNOWN_POOL, format!("no site lists the pool `{pool}`"))
                    .at(name.span, "")
                    .help(help),
            );
            return None;
        }
        Some(Scope::Service(role, pool))
    }
}

/// A policy object as written, and the one a test puts it in the place of.
#[derive(Clone, Copy, Debug)]
struct Written<'a> {
    item: Of<'a, PolicyObject>,
    replaces: Option<Of<'a, PolicyObject>>,
}

/// How far an object is with its values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Filling {
    UnderWay,
    Done,
}

/// What declaring a policy object did.
#[derive(Clone, Copy, Debug)]
enum Declared {
    New,
    /// A test gives another one at its scope.
    Replaced,
}

/// A scope as its author spells it.
fn spelt(scope: &ScopeName) -> String {
    match scope.words() {
        (word, None) => word.to_owned(),
        (word, Some(name)) => format!("{word} {}", name.it),
    }
}
