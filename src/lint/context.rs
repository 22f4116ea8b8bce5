//! What rules look at.

use std::cell::{OnceCell, RefCell};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::compile::Set;
use crate::graph::RuleGraph;
use crate::language::ast::{Circumstance, ContainerItem, Extend, FeatureItem, Item, ItemKind};
use crate::language::{Diagnostic, FileId, Parsed, Sources, Span};
use crate::model::{ConditionId, ManifestId, ManifestRuleId, Model, ObjectId, ParameterId, Table, UserId};
use crate::resolve::{Entries, Matcher, Origin, RuleSet, Settled, Stand, settled};
use crate::symbolic::{Space, Undecided};

use super::conditional::{Conditional, Decides, Outcome};
use super::exact::{Deciding, space};
use super::names::{self, Name};
use super::unread::Unread;
use super::weigh::Weighing;

/// What rules look at.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    set: &'a Set,
    graph: &'a RuleGraph,
    unread: &'a [Unread],
    in_force: RuleSet,
    recorded: RuleSet,
    settled: Table<UserId, OnceLock<Settled>>,
    files: FxHashMap<FileId, &'a Parsed>,
    libraries: FxHashSet<FileId>,
    /// Equal conditions are one, so what was found out of one is known of all.
    outcomes: RefCell<FxHashMap<(Decides, ConditionId), Outcome>>,
    deciding: OnceCell<Deciding>,
    weighing: OnceCell<RefCell<Weighing<'a>>>,
    unusual_names: OnceCell<Vec<Name<'a>>>,
    /// The `when` and `unless` of everything in the set's own files that has them, by its place.
    circumstances: OnceCell<FxHashMap<Span, &'a Circumstance>>,
}

impl<'a> Context<'a> {
    /// None if the set has errors.
    pub(super) fn new(set: &'a Set, unread: &'a [Unread]) -> Option<Context<'a>> {
        let graph = set.graph.as_ref()?;
        let rules = |entries| RuleSet::new(Arc::clone(graph), entries);
        Some(Context {
            set,
            graph,
            unread,
            in_force: rules(Entries::InForce),
            recorded: rules(Entries::Recorded),
            settled: set.model.users.map(|_| OnceLock::new()),
            files: set.own.iter().map(|parsed| (parsed.file, parsed)).collect(),
            libraries: set.libraries.iter().map(|parsed| parsed.file).collect(),
            outcomes: RefCell::default(),
            deciding: OnceCell::new(),
            weighing: OnceCell::new(),
            unusual_names: OnceCell::new(),
            circumstances: OnceCell::new(),
        })
    }

    /// What was found out of a condition, or what finding out says.
    pub(super) fn outcome(
        &self,
        decides: Decides,
        condition: ConditionId,
        find_out: impl FnOnce() -> Outcome,
    ) -> Outcome {
        if let Some(known) = self.outcomes.borrow().get(&(decides, condition)) {
            return *known;
        }
        let outcome = find_out();
        self.outcomes.borrow_mut().insert((decides, condition), outcome);
        outcome
    }

    /// Whether any decision depends on a setting for somebody to whom one of these objects applies, given the object's
    /// other values. None if nothing reads it, or if it says how long something is kept.
    pub(super) fn effect(&self, objects: &[ObjectId], parameter: ParameterId) -> Option<Result<bool, Undecided>> {
        let weighing = self.weighing.get_or_init(|| RefCell::new(Weighing::new(self.graph, self.deciding())));
        weighing.borrow_mut().effect(objects, parameter)
    }

    /// The conditions that decide each feature and guard.
    pub(super) fn deciding(&self) -> &Deciding {
        self.deciding.get_or_init(|| Deciding::new(self.model()))
    }

    /// The worlds of some conditions.
    pub(super) fn space(&self, conditions: impl IntoIterator<Item = ConditionId>) -> Result<Space<'a>, Undecided> {
        space(self.graph, conditions, [])
    }

    pub(super) fn model(&self) -> &'a Model {
        &self.set.model
    }

    pub(super) fn graph(&self) -> &'a RuleGraph {
        self.graph
    }

    pub(super) fn sources(&self) -> &'a Sources {
        &self.set.sources
    }

    /// The tree of one of the set's own policy files.
    pub(super) fn parsed(&self, file: FileId) -> Option<&'a Parsed> {
        self.files.get(&file).copied()
    }

    /// The files of the project that are not read.
    pub(super) fn unread(&self) -> &'a [Unread] {
        self.unread
    }

    /// One of them. They are in the order of their files.
    pub(super) fn unread_file(&self, file: FileId) -> Option<&'a Unread> {
        let unread = self.unread;
        unread.binary_search_by_key(&file, |unread| unread.file).ok().and_then(|at| unread.get(at))
    }

    /// The set as it answers on the entries in force.
    pub(super) fn rules(&self) -> &RuleSet {
        &self.in_force
    }

    /// The entries of an owner in force, with their reasons.
    pub(super) fn settled(&self, owner: UserId) -> &Settled {
        self.settled[owner].get_or_init(|| settled(&self.in_force, owner))
    }

    /// The entries of an owner as they are recorded.
    pub(super) fn recorded(&self, owner: UserId) -> Settled {
        settled(&self.recorded, owner)
    }

    /// The owners for whom a manifest with a condition is in effect, with that manifest and their entries in force.
    pub(super) fn owners_in_a_mode(&self) -> impl Iterator<Item = (UserId, ManifestId, &Settled)> {
        let manifests = &self.model().manifests;
        self.model().users.ids().filter_map(move |owner| {
            let settled = self.settled(owner);
            let manifest = settled.manifest.filter(|manifest| manifests[*manifest].when.is_some())?;
            Some((owner, manifest, settled))
        })
    }

    /// The entries of an owner in force, without the owner's own: no level is asked of owners themselves.
    pub(super) fn stands(&self, owner: UserId) -> impl Iterator<Item = &Stand> {
        self.settled(owner).entries.iter().filter(move |stand| !self.is_own_entry(owner, stand.matcher))
    }

    /// True if an entry is about its owner.
    pub(super) fn is_own_entry(&self, owner: UserId, matcher: Matcher) -> bool {
        matcher == Matcher::Person(self.model().users[owner].person)
    }

    /// True if a place is in the set's own files, not in a library.
    pub(super) fn is_own(&self, span: Span) -> bool {
        self.is_own_file(span.file)
    }

    pub(super) fn is_own_file(&self, file: FileId) -> bool {
        !self.libraries.contains(&file)
    }

    pub(super) fn is_shown(&self, finding: &Diagnostic) -> bool {
        finding.span().is_none_or(|span| self.is_own(span))
    }

    /// The set's own policy files.
    pub(super) fn own(&self) -> &'a [Parsed] {
        &self.set.own
    }

    /// The names of the set that are not plain ASCII.
    pub(super) fn unusual_names(&self) -> &[Name<'a>] {
        self.unusual_names.get_or_init(|| names::unusual(self.set))
    }

    /// The texts of the set's own files that are not plain ASCII, without files of the project that are not read.
    pub(super) fn own_texts(&self) -> impl Iterator<Item = (FileId, &'a str)> {
        let plain = |text: &str| text.bytes().all(|byte| matches!(byte, b'\n' | b'\t' | b' '..=b'~'));
        let is_read = |file: FileId| self.is_own_file(file) && self.unread_file(file).is_none();
        let own = self.sources().files().filter(move |(file, _)| is_read(*file));
        own.map(|(file, source)| (file, source.text())).filter(move |(_, text)| !plain(text))
    }

    /// A rule of a manifest as it is written, which is the cause of all that it makes of entries.
    pub(super) fn demand(&self, rule: ManifestRuleId) -> &'a str {
        self.sources().slice(self.model().manifest_rules[rule].span)
    }

    /// The address of a user.
    pub(super) fn address(&self, user: UserId) -> String {
        let model = self.model();
        model.people[model.users[user].person].address.to_string()
    }

    /// The declaration of the set's own in which a name stands.
    pub(super) fn item(&self, name: Span) -> Option<&'a Item> {
        let items = &self.files.get(&name.file)?.items;
        // Items stand in the order of the text and do not overlap.
        let at = items.partition_point(|item| item.span.0.end < name.end);
        items.get(at).filter(|item| item.span.0.start <= name.start && name.end <= item.span.0.end)
    }

    /// The `when` and `unless` of what stands at a place in the set's own files, as [`Context::conditions`] has places.
    pub(super) fn circumstance(&self, at: Span) -> Option<&'a Circumstance> {
        let in_items = || self.own().iter().flat_map(|file| &file.items).flat_map(circumstances).collect();
        self.circumstances.get_or_init(in_items).get(&at).copied()
    }

    /// The place of an entry that somebody wrote: in the directory, or in a `membership`.
    pub(super) fn written(origin: Origin) -> Option<Span> {
        match origin {
            Origin::Directory(span) | Origin::Group(_, span, _) | Origin::Policy(_, span, _) => Some(span),
            Origin::Manifest(_) => None,
        }
    }

    /// The same for what the owner recorded; what a policy adds is not the owner's to change.
    pub(super) fn written_by_owner(origin: Origin) -> Option<Span> {
        Context::written(origin).filter(|_| !matches!(origin, Origin::Policy(..)))
    }

    /// Everything that has a condition, with its place: rules, `shows`, manifests, memberships, disclosures, storages.
    pub(super) fn conditions(&self) -> Vec<(Conditional, ConditionId, Span)> {
        let model = self.model();
        let mut all = Vec::new();
        let blocks = model.guards.values().map(|guard| &guard.rules);
        for rule in blocks.chain(model.features.values().map(|feature| &feature.rules)).flatten() {
            let of = &model.rules[*rule];
            all.push((Conditional::Rule(*rule), of.when, of.span));
        }
        for feature in model.features.values() {
            all.extend(feature.discloses.iter().map(|line| (Conditional::Line, line.when, line.span)));
            all.extend(feature.stores.iter().map(|line| (Conditional::Line, line.when, line.span)));
        }
        for shows in model.containers.values().flat_map(|it| it.holds.values()).flat_map(|held| &held.shows) {
            all.push((Conditional::Line, shows.when, shows.span));
        }
        for manifest in model.manifests.values() {
            all.extend(manifest.when.map(|when| (Conditional::Manifest, when, manifest.declared.span)));
        }
        for membership in model.memberships.values() {
            all.push((Conditional::Membership, membership.when, membership.declared.span));
        }
        all
    }
}

/// The circumstances of an item, each with its place: of a membership or manifest its name, in a block the line.
fn circumstances(item: &Item) -> impl Iterator<Item = (Span, &Circumstance)> {
    let (in_block, in_container): (&[FeatureItem], &[ContainerItem]) = match &item.kind {
        ItemKind::Feature(feature) => (&feature.items, &[]),
        ItemKind::Guard(guard) | ItemKind::Extend(Extend::Guard(guard)) => (&guard.items, &[]),
        ItemKind::Extend(Extend::Feature { items, .. }) => (items, &[]),
        ItemKind::Container(container) => (&[], &container.items),
        ItemKind::Extend(Extend::Container { items, .. }) => (&[], items),
        _ => (&[], &[]),
    };
    let whole = match &item.kind {
        ItemKind::Membership(membership) => Some((membership.label.span, &membership.when)),
        ItemKind::Manifest(manifest) => Some((manifest.name.span, &manifest.when)),
        _ => None,
    };
    let in_block = in_block.iter().filter_map(|line| match line {
        FeatureItem::Rule(rule) => Some((rule.span, &rule.it.when)),
        FeatureItem::Discloses(line) => Some((line.span, &line.it.when)),
        FeatureItem::Stores(line) => Some((line.span, &line.it.when)),
        _ => None,
    });
    let in_container = in_container.iter().filter_map(|line| match line {
        ContainerItem::Shows(shows) => Some((shows.span, &shows.it.when)),
        _ => None,
    });
    whole.into_iter().chain(in_block).chain(in_container)
}
