//! Slips in containers, memberships and manifests.

use super::conditions::of_circumstance;
use super::edit::{Edit, of_each, replaced, said_of, within, without};
use super::{Author, Operator};
use crate::language::ast::{
    Cardinality, Circumstance, Condition, Container, ContainerFlag, ContainerItem, Granted, Manifest, ManifestPlace,
    ManifestRule, ManifestSubject, Membership, Name, Named, Remedy, Shows,
};
use crate::language::{Span, Spanned};
use crate::model::FieldId;

impl Author<'_> {
    pub(super) fn in_container(&self, container: &Container) -> Vec<Edit<Container>> {
        let name = &container.name.it;
        let with = |items| Container { items, ..container.clone() };
        let mut edits = within(self.in_container_items(name, &container.items), with);
        for (at, flag) in container.flags.iter().enumerate() {
            let says = format!("`{name}` is not `{}`", flag.it.name());
            let rest = Container { flags: without(&container.flags, at), ..container.clone() };
            edits.push(Edit::new(Operator::Flag, flag.span, says, rest));
        }
        edits.extend(within(self.published_too(&container.name, &container.items), with));
        edits
    }

    /// A container that publishes one field more, for each that it does not.
    pub(super) fn published_too(&self, name: &Name, items: &[ContainerItem]) -> Vec<Edit<Vec<ContainerItem>>> {
        let Some(id) = self.model().names.containers.find(&name.it) else { return Vec::new() };
        let is_new = |field: FieldId| !self.graph.tables().publication(id, field).published;
        let fields = self.model().fields.iter().filter(|(field, _)| is_new(*field));
        let published = fields.map(|(_, field)| {
            let category = &self.model().categories[field.category].declared.name;
            let spelled = |it: &str| Spanned { it: it.to_owned(), span: name.span };
            let named =
                Named { category: spelled(category), fields: Some(vec![spelled(&field.declared.name)]), dotted: true };
            let mut items = items.to_vec();
            items.push(ContainerItem::Publishes(vec![Spanned { it: named, span: name.span }]));
            let says = format!("`{}` publishes `{category}.{}` too", name.it, field.declared.name);
            Edit::new(Operator::Published, name.span, says, items)
        });
        published.collect()
    }

    /// Those of what a container says it holds.
    pub(super) fn in_container_items(&self, name: &str, items: &[ContainerItem]) -> Vec<Edit<Vec<ContainerItem>>> {
        of_each(items, |item| self.in_container_item(name, item))
    }

    /// Those of one line; None is the line left out.
    fn in_container_item(&self, name: &str, item: &ContainerItem) -> Vec<Edit<Option<ContainerItem>>> {
        match item {
            ContainerItem::Publishes(all) => {
                let edits = self.without_a_field(all, Operator::Unpublished, &format!("`{name}` does not publish"));
                within(edits, |rest| rest.map(ContainerItem::Publishes))
            }
            ContainerItem::Withholds(all) => {
                let edits = self.without_a_field(all, Operator::Withholds, &format!("`{name}` does not withhold"));
                within(edits, |rest| rest.map(ContainerItem::Withholds))
            }
            ContainerItem::Masks(names) => {
                let left_out = |(at, masked): (usize, &Name)| {
                    let rest = without(names, at);
                    let rest = (!rest.is_empty()).then_some(ContainerItem::Masks(rest));
                    Edit::new(Operator::Mask, masked.span, format!("`{name}` does not mask `{}`", masked.it), rest)
                };
                names.iter().enumerate().map(left_out).collect()
            }
            ContainerItem::Shows(line) => {
                let target = self.written(line.it.target.span());
                let says = format!("`{name}` does not show `{target}` as another value");
                let mut edits = vec![Edit::new(Operator::Shows, line.span, says, None)];
                let circumstances = of_circumstance(self.sources, &line.it.when);
                edits.extend(within(said_of(&format!("`{name}` shows `{target}`"), circumstances), |when| {
                    let shows = Shows { when, ..line.it.clone() };
                    Some(ContainerItem::Shows(Spanned { it: shows, span: line.span }))
                }));
                edits
            }
        }
    }

    /// Lists of fields, each without one of them. A category without a list is all its fields.
    fn without_a_field(
        &self,
        all: &[Spanned<Named>],
        operator: Operator,
        says: &str,
    ) -> Vec<Edit<Option<Vec<Spanned<Named>>>>> {
        let mut edits = Vec::new();
        for (at, named) in all.iter().enumerate() {
            let category = &named.it.category;
            let whole = |fields: &[Name]| fields.iter().map(|name| (name.it.clone(), name.span)).collect();
            let fields: Vec<(String, Span)> = match &named.it.fields {
                Some(fields) => whole(fields),
                None => self.covered(&category.it, operator).map(|it| (it.to_owned(), category.span)).collect(),
            };
            for (index, (field, span)) in fields.iter().enumerate() {
                let rest: Vec<Name> =
                    without(&fields, index).into_iter().map(|(it, span)| Spanned { it, span }).collect();
                let rest = match rest.is_empty() {
                    true => without(all, at),
                    false => {
                        let dotted = rest.len() == 1 && named.it.dotted;
                        let list = Named { category: category.clone(), fields: Some(rest), dotted };
                        replaced(all, at, Spanned { it: list, span: named.span })
                    }
                };
                let says = format!("{says} `{}.{field}`", category.it);
                edits.push(Edit::new(operator, *span, says, (!rest.is_empty()).then_some(rest)));
            }
        }
        edits
    }

    pub(super) fn in_membership(&self, membership: &Membership) -> Vec<Edit<Membership>> {
        let circumstances = of_circumstance(self.sources, &membership.when);
        let mut edits = within(circumstances, |when| Membership { when, ..membership.clone() });
        for (at, granted) in membership.grants.iter().enumerate() {
            for (index, entry) in granted.entries.iter().enumerate() {
                let span = entry.value.as_ref().map_or(entry.kind.span, |value| entry.kind.span.to(value.span));
                let says = format!("does not grant `{}` in `{}`", self.written(span), granted.container.it);
                let entries = without(&granted.entries, index);
                let grants = match entries.is_empty() {
                    true => without(&membership.grants, at),
                    false => replaced(&membership.grants, at, Granted { entries, ..granted.clone() }),
                };
                let rest = match grants.is_empty() {
                    true => Membership { when: never(membership.label.span), ..membership.clone() },
                    false => Membership { grants, ..membership.clone() },
                };
                edits.push(Edit::new(Operator::Grant, span, says, rest));
            }
        }
        edits
    }

    pub(super) fn in_manifest(&self, manifest: &Manifest) -> Vec<Edit<Manifest>> {
        let circumstances = of_circumstance(self.sources, &manifest.when);
        let mut edits = within(circumstances, |when| Manifest { when, ..manifest.clone() });
        let rules = of_each(&manifest.rules, |rule| {
            within(self.in_manifest_rule(rule), |changed| changed.map(|it| Spanned { it, span: rule.span }))
        });
        edits.extend(within(rules, |rules| Manifest { rules, ..manifest.clone() }));
        edits
    }

    /// Those of a rule; None is the rule left out.
    fn in_manifest_rule(&self, rule: &Spanned<ManifestRule>) -> Vec<Edit<Option<ManifestRule>>> {
        let text = |span: Span| self.written(span);
        let mut edits =
            vec![Edit::new(Operator::ManifestRule, rule.span, format!("without `{}`", text(rule.span)), None)];
        let mut push = |operator, at, says: String, changed: ManifestRule| {
            edits.push(Edit::new(operator, at, says, Some(changed)));
        };
        let it = &rule.it;
        for (at, subject) in it.subjects.iter().enumerate() {
            let kind = subject.kind.it.name();
            if !subject.from.is_empty() {
                let anybody = ManifestSubject { from: Vec::new(), ..subject.clone() };
                let subjects = replaced(&it.subjects, at, anybody);
                let says = format!("`{kind}` without its `from`");
                push(Operator::From, subject.kind.span, says, ManifestRule { subjects, ..it.clone() });
            }
            if it.subjects.len() > 1 {
                let subjects = without(&it.subjects, at);
                let says = format!("the rule is not about `{kind}`");
                push(Operator::ManifestRule, subject.kind.span, says, ManifestRule { subjects, ..it.clone() });
            }
        }
        for (at, place) in it.places.iter().enumerate() {
            for other in self.other_places(&place.it) {
                let says = format!("in `{}`, not in `{}`", named(&other), named(&place.it));
                let places = replaced(&it.places, at, Spanned { it: other, span: place.span });
                push(Operator::Place, place.span, says, ManifestRule { places, ..it.clone() });
            }
        }
        if let Some(default) = &it.default {
            for other in self.containers().filter(|other| *other != default.it) {
                let name = Spanned { it: other.to_owned(), span: default.span };
                let says = format!("`default {other}`, not `default {}`", default.it);
                push(Operator::Default, default.span, says, ManifestRule { default: Some(name), ..it.clone() });
            }
            let says = format!("without `default {}`", default.it);
            push(Operator::Default, default.span, says, ManifestRule { default: None, ..it.clone() });
        }
        if let Some(cardinality) = &it.cardinality {
            let other = match cardinality.it {
                Cardinality::ExactlyOne => Cardinality::AtMostOne,
                Cardinality::AtMostOne => Cardinality::ExactlyOne,
            };
            let says = format!("without `{}`", text(cardinality.span));
            push(Operator::Cardinality, cardinality.span, says, ManifestRule { cardinality: None, ..it.clone() });
            let says = format!("`{}`, not `{}`", other.words(), text(cardinality.span));
            let other = Some(Spanned { it: other, span: cardinality.span });
            push(Operator::Cardinality, cardinality.span, says, ManifestRule { cardinality: other, ..it.clone() });
        }
        if let Some(remedy) = &it.otherwise {
            let others = [Remedy::Move, Remedy::Remove, Remedy::MakeContact].into_iter();
            for other in others.filter(|other| *other != remedy.it) {
                let says = format!("`{}`, not `{}`", other.words(), text(remedy.span));
                let otherwise = Some(Spanned { it: other, span: remedy.span });
                push(Operator::Remedy, remedy.span, says, ManifestRule { otherwise, ..it.clone() });
            }
            let says = format!("without `{}`", text(remedy.span));
            push(Operator::Remedy, remedy.span, says, ManifestRule { otherwise: None, ..it.clone() });
        }
        edits
    }

    /// Where entries could be put up with instead.
    fn other_places(&self, place: &ManifestPlace) -> Vec<ManifestPlace> {
        match place {
            ManifestPlace::Flag(ContainerFlag::Visible) => vec![ManifestPlace::Flag(ContainerFlag::Blocking)],
            ManifestPlace::Flag(ContainerFlag::Blocking) => vec![ManifestPlace::Flag(ContainerFlag::Visible)],
            ManifestPlace::Container(name) => {
                let others = self.containers().filter(|other| other != name);
                others.map(|other| ManifestPlace::Container(other.to_owned())).collect()
            }
        }
    }

    /// The containers by name, in the order of their numbers.
    fn containers(&self) -> impl Iterator<Item = &str> {
        self.model().containers.values().map(|container| container.declared.name.as_str())
    }

    /// The fields that a category without a list stands for: what publishes it leaves those out that `extend` adds.
    fn covered<'s>(&'s self, category: &str, operator: Operator) -> impl Iterator<Item = &'s str> {
        let model = self.model();
        let category = model.names.categories.find(category);
        let fields = category.into_iter().flat_map(move |category| {
            let category = &model.categories[category];
            let all = category.fields.iter();
            all.take(if operator == Operator::Unpublished { category.own } else { usize::MAX })
        });
        fields.map(|field| model.fields[*field].declared.name.as_str())
    }
}

/// A circumstance that never is.
fn never(span: Span) -> Circumstance {
    Circumstance { when: Some(Box::new(Spanned { it: Condition::Constant(false), span })), unless: None }
}

fn named(place: &ManifestPlace) -> &str {
    match place {
        ManifestPlace::Flag(flag) => flag.name(),
        ManifestPlace::Container(name) => name,
    }
}
