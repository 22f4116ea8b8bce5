//! From parts to declarations: one for each, whatever it was split into.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::structure::{Always, Head, Key, Overlap, Part, Said, Sides, ordered};
use crate::diff::{Item, Side, Thing};
use crate::language::ast::{
    self, Circumstance, ContainerItem, FeatureItem, Granted, ItemKind, ItemSpan, Name, Named, ScopeName,
};
use crate::language::{Span, Spanned};

/// Which order counts where the sides have different ones.
pub(super) struct Orders<'a> {
    sides: &'a Sides<'a>,
    /// The side whose order of manifests counts.
    manifests: Side,
    /// The side whose order of rules counts, where it is not the one that the hybrid begins with.
    rules: BTreeSet<String>,
    side: Side,
}

impl<'a> Orders<'a> {
    pub(super) fn new(sides: &'a Sides<'_>, side: Side, items: &BTreeSet<Item>) -> Orders<'a> {
        let other = |item: Option<Item>| item.is_some_and(|item| items.contains(&item));
        let manifests = if other(sides.manifests()) { side.other() } else { side };
        let named = sides.parts[side.index()].rules.keys();
        let rules = named.filter(|manifest| !items.is_empty() && other(sides.rules(manifest))).cloned().collect();
        Orders { sides, manifests, rules, side }
    }

    fn manifests<'k>(&self, present: Vec<&'k Key>) -> Vec<&'k Key> {
        let order = |side: Side| &self.sides.parts[side.index()].manifests[..];
        ordered(present, [order(self.manifests), order(self.manifests.other())], &Always)
    }

    fn rules<'k>(&self, manifest: &str, present: Vec<&'k Key>) -> Vec<&'k Key> {
        let side = if self.rules.contains(manifest) { self.side.other() } else { self.side };
        let orders = self.sides.orders(manifest);
        let overlap = Overlap { parts: self.sides.parts.iter().map(|parts| &parts.all).collect() };
        ordered(present, [orders[side.index()], orders[side.other().index()]], &overlap)
    }
}

/// The parts of one declaration.
type Group<'g, 'a> = &'g [(&'a Key, &'a Part)];

/// All declarations.
pub(super) fn items(parts: &BTreeMap<&Key, &Part>, orders: &Orders<'_>) -> Vec<ast::Item> {
    let all: Vec<(&Key, &Part)> = parts.iter().map(|(key, part)| (*key, *part)).collect();
    let groups = all.chunk_by(|(one, _), (other, _)| (one.thing, &one.name) == (other.thing, &other.name));
    let conditional = |(key, _): &&(&Key, &Part)| key.thing == Thing::Manifest && key.part == "when";
    let declared = |(key, _): &(&Key, &Part)| parts.get_key_value(&key.declaration()).map(|(of, _)| *of);
    let asked = orders.manifests(all.iter().filter(conditional).filter_map(declared).collect());
    let next = |key: &Key| {
        let at = asked.iter().position(|it| *it == key)?;
        asked.get(at + 1).map(|next| next.name.clone())
    };
    let item = |group: Group<'_, '_>| {
        let ((key, part), rest) = group.split_first()?;
        let kind = match (key.thing, &part.said) {
            (_, Said::Resolution(how)) => ItemKind::Resolve(Spanned::new(*how, part.span)),
            (_, Said::Match(how)) => ItemKind::Match(Spanned::new(*how, part.span)),
            (Thing::Manifest, Said::Head(Head::Name(name))) => {
                ItemKind::Manifest(manifest(name, rest, (orders, next(key))))
            }
            (thing, Said::Head(head)) => declaration(thing, head, rest)?,
            _ => return None,
        };
        Some(ast::Item { doc: None, kind, span: ItemSpan(part.span) })
    };
    groups.filter_map(item).collect()
}

fn manifest(name: &Name, parts: Group<'_, '_>, (orders, next): (&Orders<'_>, Option<String>)) -> ast::Manifest {
    let rules: BTreeMap<&Key, &Spanned<ast::ManifestRule>> = parts
        .iter()
        .filter_map(|(key, part)| match &part.said {
            Said::ManifestRule(rule) => Some((*key, rule)),
            _ => None,
        })
        .collect();
    let sorted = orders.rules(&name.it, rules.keys().copied().collect());
    ast::Manifest {
        name: name.clone(),
        before: next.map(|next| Name::new(next, name.span)).into_iter().collect(),
        when: circumstance(parts),
        rules: sorted.into_iter().filter_map(|key| rules.get(key)).map(|rule| (*rule).clone()).collect(),
    }
}

fn declaration(thing: Thing, head: &Head, parts: Group<'_, '_>) -> Option<ItemKind> {
    Some(match (thing, head) {
        (Thing::Category, Head::Name(name)) => {
            let fields = said(parts, |said| if let Said::Field(field) = said { Some(field) } else { None });
            ItemKind::Category(ast::Category { name: name.clone(), fields })
        }
        (Thing::Attributes, Head::Role(role)) => {
            ItemKind::Attributes(ast::Attributes { role: *role, parameters: parameters(parts) })
        }
        (Thing::Settings, Head::Name(class)) => {
            let scopes = said(parts, |said| if let Said::Scopes(scopes) = said { Some(scopes) } else { None });
            let scopes = scopes.into_iter().flatten().collect();
            ItemKind::Settings(ast::Settings { class: class.clone(), scopes, parameters: parameters(parts) })
        }
        (Thing::Container, Head::Name(name)) => ItemKind::Container(container(name, parts)?),
        (Thing::Membership, Head::Name(label)) => {
            let grants = parts.iter().filter_map(|(_, part)| match &part.said {
                Said::Grant(container, entry) => {
                    Some(Granted { container: container.clone(), entries: vec![entry.clone()] })
                }
                _ => None,
            });
            let grants = grants.collect();
            ItemKind::Membership(ast::Membership { label: label.clone(), when: circumstance(parts), grants })
        }
        (Thing::Policy, Head::Object(class, scope)) => ItemKind::Policy(policy(class, scope, parts)),
        (Thing::Feature, Head::Name(name)) => {
            let shape = said(parts, |said| if let Said::Shape(shape) = said { Some(shape) } else { None });
            let (title, items) = (title(parts), feature_items(parts));
            ItemKind::Feature(ast::Feature { name: name.clone(), title, shape: shape.into_iter().next()?, items })
        }
        (Thing::Guard, Head::Targets(targets)) => {
            ItemKind::Guard(ast::Guard { targets: targets.clone(), items: feature_items(parts) })
        }
        (Thing::Data, Head::Name(name)) => {
            let all = said(parts, |said| if let Said::DataPart(part) = said { Some(part) } else { None });
            ItemKind::Data(ast::Data { name: name.clone(), title: title(parts), parts: all })
        }
        (Thing::Recipient, Head::Name(_)) => {
            let who = said(parts, |said| if let Said::Recipient(who) = said { Some(who) } else { None });
            ItemKind::Recipient(ast::Recipient { title: title(parts), ..who.into_iter().next()? })
        }
        (Thing::Storage, Head::Name(name)) => ItemKind::Place(ast::Place { name: name.clone(), title: title(parts) }),
        _ => return None,
    })
}

/// What parts of one sort say.
fn said<T: Clone>(parts: Group<'_, '_>, pick: impl Fn(&Said) -> Option<&T>) -> Vec<T> {
    parts.iter().filter_map(|(_, part)| pick(&part.said)).cloned().collect()
}

fn title(parts: Group<'_, '_>) -> Option<Name> {
    said(parts, |said| if let Said::Title(title) = said { Some(title) } else { None }).into_iter().next()
}

fn circumstance(parts: Group<'_, '_>) -> Circumstance {
    let when = said(parts, |said| if let Said::When(when) = said { Some(when) } else { None });
    when.into_iter().next().unwrap_or_default()
}

fn parameters(parts: Group<'_, '_>) -> Vec<ast::Parameter> {
    said(parts, |said| if let Said::Parameter(parameter) = said { Some(parameter) } else { None })
}

fn policy(class: &Name, scope: &Spanned<ScopeName>, parts: Group<'_, '_>) -> ast::PolicyObject {
    let like = said(parts, |said| if let Said::Like(like) = said { Some(like) } else { None });
    let assignments = said(parts, |said| if let Said::Assignment(it) = said { Some(it) } else { None });
    ast::PolicyObject { class: class.clone(), scope: scope.clone(), like: like.into_iter().next(), assignments }
}

/// Everything that a feature or guard says, line by line.
fn feature_items(parts: Group<'_, '_>) -> Vec<FeatureItem> {
    let items = parts.iter().flat_map(|(_, part)| match &part.said {
        Said::Line(item) => vec![item.clone()],
        Said::Discloses(all) => all.iter().cloned().map(FeatureItem::Discloses).collect(),
        Said::Stores(all) => all.iter().cloned().map(FeatureItem::Stores).collect(),
        _ => Vec::new(),
    });
    items.collect()
}

fn container(name: &Name, parts: Group<'_, '_>) -> Option<ast::Container> {
    let number = said(parts, |said| if let Said::Number(number) = said { Some(number) } else { None });
    let flags = said(parts, |said| if let Said::Flag(flag) = said { Some(flag) } else { None });
    let sections = parts.chunk_by(|(one, _), (other, _)| one.section == other.section);
    let held = sections.filter(|section| section.first().is_some_and(|(key, _)| !key.section.is_empty()));
    let items = held.flat_map(publications).collect();
    let id = number.into_iter().next()?;
    Some(ast::Container { name: name.clone(), id, title: title(parts), flags, items })
}

/// What a container says of one category. Where it says nothing else, it masks it.
fn publications(parts: Group<'_, '_>) -> Vec<ContainerItem> {
    let Some((key, first)) = parts.first() else { return Vec::new() };
    let category = |span: Span| Name::new(key.section.clone(), span);
    let fields = said(parts, |said| if let Said::Publishes(field) = said { Some(field) } else { None });
    let shows = said(parts, |said| if let Said::Shows(shows) = said { Some(shows) } else { None });
    let mut items: Vec<ContainerItem> = shows.into_iter().flatten().map(ContainerItem::Shows).collect();
    if !fields.is_empty() {
        let named = Named { category: category(first.span), fields: Some(fields), dotted: false };
        items.push(ContainerItem::Publishes(vec![Spanned::new(named, first.span)]));
    }
    if items.is_empty() {
        items.push(ContainerItem::Masks(vec![category(first.span)]));
    }
    items
}
