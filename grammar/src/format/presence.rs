//! Categories, containers, memberships and manifests.

use super::INDENT;
use super::entry::Alike;
use super::list::Edges;
use super::piece::{Break, Group};
use super::tape::Tape;
use crate::syntax::ast::{
    Category, Container, ContainerItem, Entry, EntryKind, Field, Granted, Manifest, ManifestPlace, ManifestRule,
    ManifestSubject, Membership, Named, Shows, Target,
};
use crate::text::Spanned;

impl<'a> Tape<'a> {
    pub(super) fn category(&mut self, category: &'a Category) -> Alike {
        self.word("category");
        self.name(&category.name);
        self.block(&category.fields, |tape, field, next| {
            tape.field(field);
            // `a` and a field named `also` below it would be read as `a also …`.
            tape.line.comma = next.is_some_and(|next| next.name.it == "also");
            Some("field")
        });
        Some("category")
    }

    fn field(&mut self, field: &'a Field) {
        self.doc(field.doc.as_ref());
        self.name(&field.name);
        if let Some(of) = &field.value_type {
            self.close_behind(":");
            self.tab(0);
            self.type_of(of);
        }
        if !field.also.is_empty() {
            self.word("also");
            self.values(&field.also);
        }
    }

    /// `C` or `C.f`
    pub(super) fn target(&mut self, target: &'a Target) {
        self.written(target.span());
    }

    pub(super) fn container(&mut self, container: &'a Container) -> Alike {
        self.word("container");
        self.name(&container.name);
        self.behind("(");
        self.joined();
        self.written(container.id.span);
        self.behind(")");
        if let Some(title) = &container.title {
            self.name(title);
        }
        for flag in &container.flags {
            self.said(flag.span, flag.it.name());
        }
        self.container_items(&container.items);
        Some("container")
    }

    pub(super) fn container_items(&mut self, items: &'a [ContainerItem]) {
        let verb = |item: &ContainerItem| match item {
            ContainerItem::Publishes(_) | ContainerItem::Withholds(_) => "publishes".len(),
            ContainerItem::Masks(_) | ContainerItem::Shows(_) => "masks".len(),
        };
        let widest = items.iter().map(verb).max().unwrap_or(0);
        self.block(items, |tape, item, next| {
            let alike = tape.container_item(item, widest - verb(item));
            tape.line.comma = next.is_some() && ends_like_an_entry(item);
            alike
        });
    }

    fn container_item(&mut self, item: &'a ContainerItem, pad: usize) -> Alike {
        match item {
            ContainerItem::Publishes(all) => self.published("publishes", all),
            ContainerItem::Withholds(all) => self.published("withholds", all),
            ContainerItem::Masks(names) => {
                self.word("masks");
                self.pad(pad);
                self.names(names);
                None
            }
            ContainerItem::Shows(shows) => self.shows(&shows.it, pad),
        }
    }

    pub(super) fn shows(&mut self, shows: &'a Shows, pad: usize) -> Alike {
        self.word("shows");
        self.pad(pad);
        self.target(&shows.target);
        self.tab(0);
        self.word("as");
        self.literal(&shows.value);
        self.circumstance(&shows.when, Break::Tight);
        Some("shows")
    }

    fn published(&mut self, verb: &'static str, all: &'a [Spanned<Named>]) -> Alike {
        self.word(verb);
        self.line.hugs = all.len() == 1;
        self.commas(all, |tape, named| match &named.it.fields {
            Some(fields) if !named.it.dotted => {
                tape.group(Group::Nest(0), |tape| {
                    tape.name(&named.it.category);
                    tape.braces(fields, Edges::Blank, Self::name);
                });
            }
            Some(_) | None => tape.written(named.span),
        });
        None
    }

    pub(super) fn membership(&mut self, membership: &'a Membership) -> Alike {
        self.word("membership");
        self.name(&membership.label);
        self.circumstance(&membership.when, Break::Tight);
        self.block(&membership.grants, |tape, grant, next| {
            let alike = tape.grant(grant);
            // `everyone` and a container named `has` below it would be read as `everyone has …`.
            tape.line.comma = grant.entries.len() > 1 && next.is_some_and(|next| next.container.it == "has");
            alike
        });
        Some("membership")
    }

    fn grant(&mut self, grant: &'a Granted) -> Alike {
        self.name(&grant.container);
        self.tab(0);
        self.word("has");
        self.commas(&grant.entries, Self::entry_name);
        Some("grant")
    }

    /// An entry as policies write it.
    pub(super) fn entry_name(&mut self, entry: &'a Entry) {
        match entry.kind.it {
            EntryKind::User => {}
            EntryKind::Group | EntryKind::Domain => self.written(entry.kind.span),
            EntryKind::SameEnterprise
            | EntryKind::Federated
            | EntryKind::PublicCloud
            | EntryKind::Authenticated
            | EntryKind::Everyone => {
                self.written(entry.kind.span);
            }
        }
        if let Some(value) = &entry.value {
            self.name(value);
        }
    }

    pub(super) fn manifest(&mut self, manifest: &'a Manifest) -> Alike {
        self.word("manifest");
        self.name(&manifest.name);
        if !manifest.before.is_empty() {
            self.line_break(Break::Soft);
            self.word("before");
            self.names(&manifest.before);
        }
        self.circumstance(&manifest.when, Break::Tight);
        self.block(&manifest.rules, |tape, rule, _| tape.manifest_rule(&rule.it));
        Some("manifest")
    }

    pub(super) fn manifest_rule(&mut self, rule: &'a ManifestRule) -> Alike {
        self.commas(&rule.subjects, Self::subject);
        self.tab(0);
        self.group(Group::Nest(INDENT), |tape| {
            tape.word("in");
            tape.alternatives(&rule.places, |tape, place| match &place.it {
                ManifestPlace::Flag(flag) => tape.said(place.span, flag.name()),
                ManifestPlace::Container(_) => tape.written(place.span),
            });
        });
        if let Some(many) = &rule.cardinality {
            self.column(1);
            self.said(many.span, many.it.words());
        }
        if let Some(default) = &rule.default {
            self.column(if rule.cardinality.is_some() { 2 } else { 1 });
            self.word("default");
            self.name(default);
        }
        if let Some(remedy) = &rule.otherwise {
            self.column(match (&rule.cardinality, &rule.default) {
                (_, Some(_)) => 3,
                (Some(_), None) => 2,
                (None, None) => 1,
            });
            self.said(remedy.span, remedy.it.words());
        }
        Some("manifest rule")
    }

    /// A comma, and the next column.
    fn column(&mut self, column: u8) {
        self.close_behind(",");
        self.line_break(Break::Column(column));
    }

    fn subject(&mut self, subject: &'a ManifestSubject) {
        self.said(subject.kind.span, subject.kind.it.name());
        if !subject.from.is_empty() {
            self.word("from");
            self.alternatives(&subject.from, Self::name);
        }
    }
}

/// Whether the last name of a list is a word that starts an entry: with another word below, it would be read as one.
fn ends_like_an_entry(item: &ContainerItem) -> bool {
    let last = match item {
        ContainerItem::Masks(names) => names.get(1..).and_then(<[_]>::last).map(|name| name.it.as_str()),
        ContainerItem::Publishes(all) | ContainerItem::Withholds(all) => {
            let last = all.get(1..).and_then(<[_]>::last).filter(|named| named.it.fields.is_none());
            last.map(|named| named.it.category.it.as_str())
        }
        ContainerItem::Shows(_) => None,
    };
    last.is_some_and(|name| ["publishes", "withholds", "masks", "shows"].contains(&name))
}
