//! What containers publish, field by field, as linking has it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Declared, Gathering};
use crate::diff::structure::part::{Head, Key, Part, Said};
use crate::diff::{Item, Thing};
use crate::language::ast::{self, ContainerItem, Name, Named, Shows};
use crate::language::{Span, Spanned};

/// What the lines of a container say of one category.
#[derive(Default)]
pub(super) struct Held {
    /// The first line that publishes, masks or shows any of it.
    first: Option<Span>,
    published: BTreeMap<String, Name>,
    withheld: BTreeSet<String>,
    shows: BTreeMap<String, Vec<Spanned<Shows>>>,
}

/// What the lines of a container say, by category.
pub(super) type Publications = BTreeMap<String, Held>;

impl Gathering<'_> {
    pub(super) fn container(&mut self, container: &ast::Container) {
        let of = Declared::new(Thing::Container, &container.name);
        self.declare(&of, Head::Name(container.name.clone()), container.name.span);
        self.put(&of, "number", Said::Number(container.id), container.id.span);
        self.title(&of, container.title.as_ref());
        for flag in &container.flags {
            self.put(&of, flag.it.name(), Said::Flag(*flag), flag.span);
        }
        self.container_items(&container.name, &container.items);
    }

    pub(super) fn container_items(&mut self, name: &Name, items: &[ContainerItem]) {
        let mut publications = self.containers.remove(&name.it).unwrap_or_default();
        for item in items {
            match item {
                ContainerItem::Publishes(all) => all.iter().for_each(|named| self.published(&mut publications, named)),
                ContainerItem::Withholds(all) => all.iter().for_each(|named| self.withheld(&mut publications, named)),
                ContainerItem::Masks(categories) => {
                    for category in categories {
                        publications.entry(category.it.clone()).or_default().first.get_or_insert(category.span);
                    }
                }
                ContainerItem::Shows(shows) => {
                    let Some(field) = &shows.it.target.field else { continue };
                    let held = publications.entry(shows.it.target.category.it.clone()).or_default();
                    held.first.get_or_insert(shows.span);
                    held.shows.entry(field.it.clone()).or_default().push(shows.clone());
                }
            }
        }
        self.containers.insert(name.it.clone(), publications);
    }

    /// `publishes C` means the fields of its own declaration.
    fn published(&self, publications: &mut Publications, named: &Spanned<Named>) {
        let category = &named.it.category.it;
        let held = publications.entry(category.clone()).or_default();
        held.first.get_or_insert(named.span);
        let fields: Vec<Name> = match &named.it.fields {
            Some(fields) => fields.clone(),
            None => {
                let own = self.fields.get(category).into_iter().flatten().filter(|(_, own)| *own);
                own.map(|(field, _)| Name::new(field.it.clone(), named.span)).collect()
            }
        };
        for field in fields {
            held.published.entry(field.it.clone()).or_insert(field);
        }
    }

    /// `withholds C` means every field.
    fn withheld(&self, publications: &mut Publications, named: &Spanned<Named>) {
        let category = &named.it.category.it;
        let held = publications.entry(category.clone()).or_default();
        match &named.it.fields {
            Some(fields) => held.withheld.extend(fields.iter().map(|field| field.it.clone())),
            None => {
                let all = self.fields.get(category).into_iter().flatten();
                held.withheld.extend(all.map(|(field, _)| field.it.clone()));
            }
        }
    }

    /// The parts that the lines of all containers come to.
    pub(super) fn publications(&mut self) {
        for (container, publications) in std::mem::take(&mut self.containers) {
            for (category, held) in publications {
                // `withholds` alone publishes nothing.
                let Some(first) = held.first else { continue };
                let mut put = |part: String, said: Said, span: Span| {
                    let words = if part.is_empty() { category.clone() } else { part.clone() };
                    let called = Item { thing: Thing::Container, name: container.clone(), part: words };
                    let (thing, name, section) = (Thing::Container, container.clone(), category.clone());
                    self.parts.all.insert(Key { thing, name, section, part }, Part { said, called, span });
                };
                put(String::new(), Said::Held, first);
                for (name, field) in held.published.into_iter().filter(|(name, _)| !held.withheld.contains(name)) {
                    let span = field.span;
                    put(format!("publishes {category}.{name}"), Said::Publishes(field), span);
                }
                for (name, shows) in held.shows.into_iter().filter(|(name, _)| !held.withheld.contains(name)) {
                    let span = shows.first().map_or(first, |shows| shows.span);
                    put(format!("shows {category}.{name}"), Said::Shows(shows), span);
                }
            }
        }
    }
}
