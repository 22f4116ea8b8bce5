//! Categories, fields, and what containers publish, mask and show of them.

use indexmap::IndexMap;

use super::Linking;
use super::declare::{Items, Of, declared};
use super::scene::Scene;
use crate::diagnostic::code;
use crate::language::ast::{self, ContainerFlag, ContainerItem, Name, Named, Target, Type};
use crate::language::{Code, Diagnostic, Span, Spanned, one_of};
use crate::model::names::declared_twice;
use crate::model::{Category, CategoryId, Container, ContainerId, Containers, Field, FieldId, Held, Line, ValueType};
use crate::model::{Names, Says, Shows};
use crate::text::listed;

/// The highest number a container can have.
const HIGHEST_CONTAINER: u32 = 32_767;

/// Lines of containers, each with the container, from the declarations and from `extend`.
struct ContainerLine<'a> {
    item: &'a ContainerItem,
    container: ContainerId,
    /// Lines of one declaration share this number.
    declaration: usize,
}

impl Linking {
    /// Categories with their fields, and the names and numbers of containers and manifests.
    pub(super) fn declare_presence(&mut self, items: &Items<'_>) {
        for category in &items.categories {
            self.category(*category);
        }
        self.extend_categories(items);
        self.declare_containers(items);
        for manifest in &items.manifests {
            let id = self.model.manifests.push(crate::model::Manifest {
                declared: declared(&manifest.it.name, None, manifest.doc),
                when: None,
                rules: Vec::new(),
            });
            self.model.names.manifests.declare(&manifest.it.name, id, &mut self.sink);
        }
    }

    fn category(&mut self, item: Of<'_, ast::Category>) {
        let id = Self::next(&self.model.categories);
        if !self.model.names.categories.declare(&item.it.name, id, &mut self.sink) {
            return self.sink.lose(item.it.fields.iter().map(|field| field.name.it.as_str()));
        }
        self.model.categories.push(Category {
            declared: declared(&item.it.name, None, item.doc),
            fields: Vec::new(),
            own: 0,
        });
        self.model.names.fields.insert(id, Names::exact("field"));
        for field in &item.it.fields {
            self.declare_field(id, field);
        }
        self.model.categories[id].own = self.model.categories[id].fields.len();
    }

    /// Takes a field into a category.
    pub(super) fn declare_field(&mut self, category: CategoryId, field: &ast::Field) {
        let kind = field.value_type.as_ref().and_then(|of| self.field_kind(of));
        let id = Self::next(&self.model.fields);
        let Some(names) = self.model.names.fields.get_mut(&category) else { return };
        if names.declare(&field.name, id, &mut self.sink) {
            let declared = declared(&field.name, None, field.doc.as_ref());
            self.model.fields.push(Field { declared, category, kind });
            self.model.categories[category].fields.push(id);
        }
    }

    fn field_kind(&mut self, of: &Spanned<Type>) -> Option<ValueType> {
        match self.kind(of) {
            kind @ (ValueType::Enumeration(_) | ValueType::Bool) => Some(kind),
            _ => {
                self.sink.push(
                    Diagnostic::new(code::WRONG_TYPE, "a field is free text or has its values listed")
                        .at(of.span, "")
                        .help("list the values, as in `availability: available | busy`, or leave the type out"),
                );
                None
            }
        }
    }

    fn declare_containers(&mut self, items: &Items<'_>) {
        let mut sorted: Vec<_> = items.containers.clone();
        sorted.sort_by_key(|container| container.it.id.it);
        for item in sorted {
            self.declare_container(item);
        }
        if self.model.containers.len() > Containers::LIMIT {
            let over = self.model.containers.values().nth(Containers::LIMIT).map(|container| container.declared.span);
            let count = self.model.containers.len();
            let mut diagnostic = Diagnostic::new(
                code::TOO_MANY_CONTAINERS,
                format!("a set has at most {} containers, this one has {count}", Containers::LIMIT),
            );
            if let Some(span) = over {
                diagnostic = diagnostic.at(span, "one too many");
            }
            self.sink.push(diagnostic.help("merge containers that publish the same"));
        }
    }

    fn declare_container(&mut self, item: Of<'_, ast::Container>) {
        let ast::Container { name, id: number, title, flags, .. } = item.it;
        if ContainerFlag::named(&name.it).is_some() {
            self.sink.push(
                Diagnostic::new(code::FLAG_AS_NAME, format!("`{}` means every container so marked", name.it))
                    .at(name.span, "cannot name one container")
                    .help("give the container another name"),
            );
        }
        if number.it > HIGHEST_CONTAINER {
            self.sink.push(
                Diagnostic::new(code::ID_OUT_OF_RANGE, format!("{} is no container number", number.it))
                    .at(number.span, format!("numbers go from 0 to {HIGHEST_CONTAINER}"))
                    .help("choose a number that no other container has"),
            );
        }
        let alike = self.model.containers.values().find(|container| container.number == number.it);
        if let Some(first) = alike.filter(|first| first.declared.name != name.it) {
            self.sink.push(
                Diagnostic::new(code::DUPLICATE_ID, format!("two containers have the number {}", number.it))
                    .at(number.span, format!("given to `{}` here", name.it))
                    .at(first.declared.span, format!("given to `{}` here", first.declared.name))
                    .help("give one of them another number; the higher one wins where both have a matching entry"),
            );
        }
        let id = Self::next(&self.model.containers);
        if self.model.names.containers.declare(name, id, &mut self.sink) {
            let has = |flag| flags.iter().any(|written| written.it == flag);
            self.model.containers.push(Container {
                declared: declared(name, title.as_ref(), item.doc),
                number: number.it,
                visible: has(ContainerFlag::Visible),
                blocking: has(ContainerFlag::Blocking),
                holds: IndexMap::new(),
            });
        }
    }

    /// What containers publish: all that any `publishes` names, less all that any `withholds` names.
    pub(super) fn containers(&mut self, items: &Items<'_>) {
        let mut lines: Vec<ContainerLine<'_>> = Vec::new();
        let mut declarations = 0;
        for item in &items.containers {
            let Some(container) = self.model.names.containers.find(&item.it.name.it) else { continue };
            declarations += 1;
            let of = |line| ContainerLine { item: line, container, declaration: declarations };
            lines.extend(item.it.items.iter().map(of));
        }
        for item in &items.extends {
            let ast::Extend::Container { name, items } = item.it else { continue };
            let Some(container) = self.container(name) else { continue };
            declarations += 1;
            let of = |line| ContainerLine { item: line, container, declaration: declarations };
            lines.extend(items.iter().map(of));
        }
        let mut published: IndexMap<(usize, CategoryId), Span> = IndexMap::new();
        let mut masked: IndexMap<(usize, CategoryId), Span> = IndexMap::new();
        for line in &lines {
            match line.item {
                ContainerItem::Publishes(named) => {
                    for named in named {
                        if let Some(category) = self.publishes(line.container, named) {
                            published.entry((line.declaration, category)).or_insert(named.span);
                        }
                    }
                }
                ContainerItem::Withholds(named) => {
                    for named in named {
                        self.withholds(line.container, named);
                    }
                }
                ContainerItem::Masks(categories) => {
                    for name in categories {
                        if let Some(category) = self.masks(line.container, name) {
                            masked.entry((line.declaration, category)).or_insert(name.span);
                        }
                    }
                }
                ContainerItem::Shows(shows) => self.shows(line.container, shows),
            }
        }
        self.publishes_and_masks(&published, &masked);
        self.settle_publications();
    }

    fn publishes(&mut self, container: ContainerId, named: &Spanned<Named>) -> Option<CategoryId> {
        let category = self.published_category(&named.it)?;
        let fields = match &named.it.fields {
            Some(fields) => self.named_fields(category, fields),
            None => {
                let own = self.model.categories[category].own;
                let all = self.model.categories[category].fields.iter().take(own);
                all.map(|field| (*field, named.span)).collect()
            }
        };
        let held = self.held(container, category);
        held.lines.push(Line { says: Says::Publishes, span: named.span });
        for (field, span) in fields {
            held.published.entry(field).or_insert(span);
        }
        Some(category)
    }

    fn withholds(&mut self, container: ContainerId, named: &Spanned<Named>) {
        let Some(category) = self.published_category(&named.it) else { return };
        let fields = match &named.it.fields {
            Some(fields) => self.named_fields(category, fields),
            None => self.model.categories[category].fields.iter().map(|field| (*field, named.span)).collect(),
        };
        let held = self.held(container, category);
        for (field, span) in fields {
            held.withheld.entry(field).or_insert(span);
        }
    }

    fn published_category(&mut self, named: &Named) -> Option<CategoryId> {
        match named.fields {
            Some(_) => self.named_category(&named.category),
            None => self.category_or_field(&named.category),
        }
    }

    /// Only whole categories are masked.
    fn masked_category(&mut self, name: &Name) -> Option<CategoryId> {
        let fields = self.model.fields_called(&name.it);
        if fields.is_empty() || self.model.names.categories.find(&name.it).is_some() {
            return self.named_category(name);
        }
        let message = format!("`{}` is a field, and only whole categories are masked", name.it);
        self.sink.push(Diagnostic::new(code::UNKNOWN_CATEGORY, message).at(name.span, "").help(format!(
            "mask the category of {}, or leave the field out",
            one_of(fields.iter().map(String::as_str))
        )));
        None
    }

    fn masks(&mut self, container: ContainerId, name: &Name) -> Option<CategoryId> {
        let category = self.masked_category(name)?;
        self.held(container, category).lines.push(Line { says: Says::Masks, span: name.span });
        Some(category)
    }

    fn shows(&mut self, container: ContainerId, shows: &Spanned<ast::Shows>) {
        let Some((category, Some(field))) = self.target(&shows.it.target) else { return };
        let when = self.circumstance(&shows.it.when, Scene::SHOWS);
        let Some(kind) = self.model.fields[field].kind.clone() else {
            let name = self.model.field_name(field);
            self.sink.push(
                Diagnostic::new(code::WRONG_TYPE, format!("`{name}` is free text, so no value of it can be shown"))
                    .at(shows.it.target.span(), "")
                    .at(self.model.fields[field].declared.span, "declared without values here")
                    .help("list the values of the field where it is declared"),
            );
            return;
        };
        let Some(value) = self.value(&kind, &shows.it.value) else { return };
        let held = self.held(container, category);
        held.lines.push(Line { says: Says::Shows, span: shows.span });
        held.shows.push(Shows { field, value, when, span: shows.span });
    }

    fn held(&mut self, container: ContainerId, category: CategoryId) -> &mut Held {
        self.model.containers[container].holds.entry(category).or_default()
    }

    /// One declaration cannot both publish and mask a category; different ones can, and publishing wins.
    fn publishes_and_masks(
        &mut self,
        published: &IndexMap<(usize, CategoryId), Span>,
        masked: &IndexMap<(usize, CategoryId), Span>,
    ) {
        for (key, masked_at) in masked {
            let Some(published_at) = published.get(key) else { continue };
            let name = &self.model.categories[key.1].declared.name;
            self.sink.push(
                Diagnostic::new(code::PUBLISHES_AND_MASKS, format!("`{name}` is both published and masked"))
                    .at(*masked_at, "masked here")
                    .at(*published_at, "published here")
                    .help("remove one of the two"),
            );
        }
    }

    /// Takes withheld fields away from the published ones, and drops `shows` of fields that are withheld.
    fn settle_publications(&mut self) {
        for id in self.model.containers.ids() {
            for held in self.model.containers[id].holds.values_mut() {
                let withheld: Vec<FieldId> = held.withheld.keys().copied().collect();
                held.published.retain(|field, _| !withheld.contains(field));
                held.shows.retain(|shows| !withheld.contains(&shows.field));
            }
            // `withholds` alone publishes nothing, so it does not hold the category.
            self.model.containers[id].holds.retain(|_, held| !held.lines.is_empty());
        }
    }

    // ── names

    /// A category by name.
    pub(super) fn named_category(&mut self, name: &Name) -> Option<CategoryId> {
        self.model.names.categories.expect(name, code::UNKNOWN_CATEGORY, &mut self.sink)
    }

    /// A category by name where one of its fields could stand as well.
    pub(super) fn category_or_field(&mut self, name: &Name) -> Option<CategoryId> {
        let found = self.model.names.categories.find(&name.it);
        if found.is_none() {
            let diagnostic = self.model.names.categories.unknown(name, code::UNKNOWN_CATEGORY);
            let fields = self.model.fields_called(&name.it);
            self.sink.push(match fields.as_slice() {
                [] => diagnostic,
                fields => field_alone(name, fields, code::UNKNOWN_CATEGORY),
            });
        }
        found
    }

    /// A field of a category by name.
    pub(super) fn field(&mut self, category: CategoryId, name: &Name) -> Option<FieldId> {
        let names = self.model.names.fields.get(&category)?;
        let found = names.find(&name.it);
        if found.is_none() {
            let of = &self.model.categories[category].declared;
            let message = format!("`{}` has no field `{}`", of.name, name.it);
            let near = names.guess(&name.it);
            let diagnostic = Diagnostic::new(code::UNKNOWN_FIELD, message)
                .at(name.span, "")
                .help(format!("its fields are {}", listed(names.spellings())))
                .suggest(near);
            self.sink.push(diagnostic.at(of.span, "declared here"));
        }
        found
    }

    /// Several fields of a category, each with its place; one named twice is reported.
    fn named_fields(&mut self, category: CategoryId, names: &[Name]) -> IndexMap<FieldId, Span> {
        let mut fields: IndexMap<FieldId, Span> = IndexMap::new();
        for name in names {
            let Some(field) = self.field(category, name) else { continue };
            if let Some(first) = fields.get(&field) {
                self.sink.push(declared_twice("field", name, *first, code::DUPLICATE_NAME).help("name it once"));
                continue;
            }
            fields.insert(field, name.span);
        }
        fields
    }

    /// `C` or `C.f` by name.
    pub(super) fn target(&mut self, target: &Target) -> Option<(CategoryId, Option<FieldId>)> {
        let category = match &target.field {
            Some(_) => self.named_category(&target.category)?,
            None => self.category_or_field(&target.category)?,
        };
        match &target.field {
            Some(field) => Some((category, Some(self.field(category, field)?))),
            None => Some((category, None)),
        }
    }

    /// A container by name.
    pub(super) fn container(&mut self, name: &Name) -> Option<ContainerId> {
        self.model.names.containers.expect(name, code::UNKNOWN_CONTAINER, &mut self.sink)
    }
}

/// The diagnostic for a field that stands without its category.
pub(super) fn field_alone(name: &Name, fields: &[String], code: Code) -> Diagnostic {
    let title = format!("write {}", one_of(fields.iter().map(String::as_str)));
    let diagnostic = Diagnostic::new(code, format!("`{}` is a field, and stands here without its category", name.it))
        .at(name.span, "")
        .help(title.clone());
    match fields {
        [only] => diagnostic.fix(title, name.span, only.as_str()),
        _ => diagnostic,
    }
}
