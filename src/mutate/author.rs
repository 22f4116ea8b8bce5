//! Every slip that an author could make in a set's own policies, one at a time.

use super::edit::{Edit, said_of, within};
use super::{Changed, Mutation, Operator};
use crate::compile::Set;
use crate::graph::RuleGraph;
use crate::language::ast::{
    Attributes, Container, Extend, Feature, FeatureItem, Guard, ItemKind, Manifest, Name, Otherwise, Resolution,
    Settings,
};
use crate::language::{Sources, Span, Spanned};
use crate::model::{Model, ParameterId};

/// Somebody who writes a set, and errs.
pub(super) struct Author<'s> {
    pub(super) set: &'s Set,
    pub(super) graph: &'s RuleGraph,
    pub(super) sources: &'s Sources,
}

impl<'s> Author<'s> {
    /// The author of a set. None if it has errors.
    pub(super) fn new(set: &'s Set) -> Option<Author<'s>> {
        Some(Author { set, graph: set.graph.as_deref()?, sources: &set.sources })
    }

    /// Every slip, in the order of files and places.
    pub(super) fn slips(&self) -> Vec<Mutation> {
        let mut all = Vec::new();
        for (file, parsed) in self.set.own.iter().enumerate() {
            for (item, declared) in parsed.items.iter().enumerate() {
                let edits = self.in_item(&declared.kind).into_iter();
                all.extend(edits.map(|edit| Mutation::new(edit.within(|kind| vec![(file, item, kind)]))));
            }
        }
        all.extend(self.orders().into_iter().map(Mutation::new));
        all
    }

    pub(super) fn model(&self) -> &'s Model {
        &self.set.model
    }

    pub(super) fn written(&self, at: Span) -> String {
        self.sources.in_one_line(at)
    }

    /// The name behind another one, and behind the last the first. None if there is no other.
    pub(super) fn next<'n>(&self, names: &[&'n str], name: &str) -> Option<&'n str> {
        let behind = names.iter().skip_while(|it| **it != name).nth(1);
        behind.or(names.first()).copied().filter(|next| *next != name)
    }

    pub(super) fn recipients(&self) -> Vec<&'s str> {
        self.model().recipients.values().map(|recipient| recipient.declared.name.as_str()).collect()
    }

    pub(super) fn setting(&self, class: &str, name: &str) -> Option<ParameterId> {
        let names = &self.model().names;
        names.settings.get(&names.classes.find(class)?)?.find(name)
    }

    fn in_item(&self, kind: &ItemKind) -> Vec<Edit<ItemKind>> {
        match kind {
            ItemKind::Resolve(word) => {
                let other = match word.it {
                    Resolution::PerCategory => Resolution::PerViewer,
                    Resolution::PerViewer => Resolution::PerCategory,
                };
                let says = format!("`resolve per {}`", other.name());
                let changed = ItemKind::Resolve(Spanned { it: other, span: word.span });
                vec![Edit::new(Operator::Resolution, word.span, says, changed)]
            }
            ItemKind::Container(container) => within(self.in_container(container), ItemKind::Container),
            ItemKind::Membership(membership) => {
                let edits = within(self.in_membership(membership), ItemKind::Membership);
                said_of(&format!("membership \"{}\"", membership.label.it), edits)
            }
            ItemKind::Manifest(manifest) => said_of(
                &format!("manifest `{}`", manifest.name.it),
                within(self.in_manifest(manifest), ItemKind::Manifest),
            ),
            ItemKind::Attributes(declared) => within(self.in_attributes(declared), ItemKind::Attributes),
            ItemKind::Settings(declared) => within(self.in_settings(declared), ItemKind::Settings),
            ItemKind::Policy(object) => {
                let name = format!("policy `{} {}`", object.class.it, self.written(object.scope.span));
                said_of(&name, within(self.in_object(object), ItemKind::Policy))
            }
            ItemKind::Feature(feature) => {
                let whole = |items| ItemKind::Feature(Feature { items, ..feature.clone() });
                let mut edits = within(self.in_feature(&feature.items), whole);
                edits.extend(unwritten(feature).map(|edit| edit.within(whole)));
                said_of(&format!("`{}`", feature.name.it), edits)
            }
            ItemKind::Guard(guard) => {
                let whole = |items| ItemKind::Guard(Guard { items, ..guard.clone() });
                said_of(&self.guard(guard), within(self.in_feature(&guard.items), whole))
            }
            ItemKind::Extend(extend) => within(self.in_extension(extend), ItemKind::Extend),
            // They decide nothing, or are what tries the rest; and worlds in which domains match in one way cannot be
            // compared with those of the other.
            ItemKind::Use(_)
            | ItemKind::Match(_)
            | ItemKind::Category(_)
            | ItemKind::Data(_)
            | ItemKind::Recipient(_)
            | ItemKind::Place(_)
            | ItemKind::Invariant(_)
            | ItemKind::Test(_) => Vec::new(),
        }
    }

    fn in_extension(&self, extend: &Extend) -> Vec<Edit<Extend>> {
        match extend {
            Extend::Container { name, items } => {
                let mut edits = self.in_container_items(&name.it, items);
                if self.is_first(name) {
                    edits.extend(self.published_too(name, items));
                }
                within(edits, |items| Extend::Container { name: name.clone(), items })
            }
            Extend::Feature { name, items } => {
                let whole = |items| Extend::Feature { name: name.clone(), items };
                said_of(&format!("`{}`", name.it), within(self.in_feature(items), whole))
            }
            Extend::Guard(guard) => {
                let whole = |items| Extend::Guard(Guard { items, ..guard.clone() });
                said_of(&self.guard(guard), within(self.in_feature(&guard.items), whole))
            }
            Extend::Attributes(declared) => within(self.in_attributes(declared), Extend::Attributes),
            Extend::Settings(declared) => within(self.in_settings(declared), Extend::Settings),
            Extend::Category(_) => Vec::new(),
        }
    }

    /// Whether a container is declared elsewhere, and extended here first.
    fn is_first(&self, container: &Name) -> bool {
        let items = self.set.own.iter().flat_map(|parsed| &parsed.items);
        let mut names = items.filter_map(|item| match &item.kind {
            ItemKind::Container(Container { name, .. }) | ItemKind::Extend(Extend::Container { name, .. }) => {
                Some(name)
            }
            _ => None,
        });
        names.find(|name| name.it == container.it).is_some_and(|first| first.span == container.span)
    }

    fn guard(&self, guard: &Guard) -> String {
        let targets: Vec<String> = guard.targets.iter().map(|target| self.written(target.span())).collect();
        format!("guard `{}`", targets.join(", "))
    }

    fn in_attributes(&self, declared: &Attributes) -> Vec<Edit<Attributes>> {
        let attributes = self.model().names.attributes.get(&declared.role.it);
        let id = |name: &str| attributes?.find(name);
        within(self.in_defaults(&declared.parameters, id), |parameters| Attributes { parameters, ..declared.clone() })
    }

    fn in_settings(&self, declared: &Settings) -> Vec<Edit<Settings>> {
        let id = |name: &str| self.setting(&declared.class.it, name);
        within(self.in_defaults(&declared.parameters, id), |parameters| Settings { parameters, ..declared.clone() })
    }

    /// Each two manifests that are asked one after the other, the other way round. The one without a condition is last
    /// in any case.
    fn orders(&self) -> Vec<Edit<Vec<Changed>>> {
        let model = self.model();
        let conditional = self.graph.manifest_order().iter().filter(|id| model.manifests[**id].when.is_some());
        let order: Vec<&str> = conditional.map(|id| model.manifests[*id].declared.name.as_str()).collect();
        (1..order.len()).filter_map(|second| self.exchanged(&order, second)).collect()
    }

    /// A manifest asked before the one that it follows. None if that is said in a library.
    fn exchanged(&self, order: &[&str], second: usize) -> Option<Edit<Vec<Changed>>> {
        let mut order = order.to_vec();
        order.swap(second - 1, second);
        let mut changed = Vec::new();
        for (at, name) in order.iter().enumerate().skip(second.saturating_sub(2)).take(3) {
            let ((file, item), manifest) = self.manifest(name)?;
            let later: Vec<&str> = order.iter().skip(at + 1).copied().collect();
            let mut now = manifest.clone();
            now.before
                .retain(|before| later.contains(&before.it.as_str()) && later.first() != Some(&before.it.as_str()));
            let next = later.first().map(|next| Spanned { it: (*next).to_owned(), span: manifest.name.span });
            now.before.extend(next);
            changed.push((file, item, ItemKind::Manifest(now)));
        }
        let (first, moved) = (order.get(second)?, order.get(second - 1)?);
        let (_, manifest) = self.manifest(moved)?;
        let says = format!("manifest `{moved}` is asked before `{first}`");
        Some(Edit::new(Operator::Order, manifest.name.span, says, changed))
    }

    /// A manifest of the set's own files, and where it stands.
    fn manifest(&self, name: &str) -> Option<((usize, usize), &'s Manifest)> {
        let own = self.set.own.iter().enumerate();
        let mut all = own.flat_map(|(file, parsed)| {
            parsed.items.iter().enumerate().filter_map(move |(item, declared)| match &declared.kind {
                ItemKind::Manifest(manifest) => Some(((file, item), manifest)),
                _ => None,
            })
        });
        all.find(|(_, manifest)| manifest.name.it == name)
    }
}

/// A feature that says `otherwise available`, where it says nothing of it.
fn unwritten(feature: &Feature) -> Option<Edit<Vec<FeatureItem>>> {
    if feature.items.iter().any(|item| matches!(item, FeatureItem::Otherwise(_))) {
        return None;
    }
    let at = feature.name.span;
    let mut items = feature.items.clone();
    items.push(FeatureItem::Otherwise(Spanned { it: Otherwise::Available, span: at }));
    Some(Edit::new(Operator::Otherwise, at, "`otherwise available`", items))
}
