//! What differs between two sets as they are declared: part by part, wherever each stands. What was only moved, laid
//! out otherwise, split into `extend`s or put in another order that means nothing is the same. Titles count,
//! documentation and comments do not.

mod meaning;
mod moved;
mod order;
mod part;
mod parts;
pub(super) mod people;

pub use meaning::Meaning;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::renamed::NewNames;
use super::{Item, Renames, Side, Thing};
use crate::compile::Set;
use crate::directory::Address;
use crate::language::{FileId, Parsed, Position, Sources, Span};
use crate::symbolic::NODES;
use meaning::Meanings;
use moved::Moved;
pub(super) use order::{Always, Overlap, ordered};
pub(super) use part::{Head, Key, Part, Said};
pub(super) use parts::{Parts, Trees};
pub(super) use people::People;

/// What differs between two sets as they are declared.
///
/// ```
/// use prescope::Project;
/// use prescope::diff::{Present, Side, Structure};
///
/// let load = |more: &str| {
///     let people = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }";
///     let policy = format!("use std/lync2013\n{more}");
///     Project::builder().policy("policy.prescope", policy).directory("people.yaml", people).build()
/// };
/// let (base, head) = (load(""), load("extend container external { publishes note.personal }"));
/// let structure = Structure::between(base.set(), head.set());
///
/// let items = structure.items();
/// let names: Vec<String> = items.iter().map(ToString::to_string).collect();
/// assert_eq!(names, ["container external: publishes note.personal"]);
///
/// // What HEAD would decide if this were as it is in BASE.
/// let graph = structure.hybrid(Side::Head, &items, &Present::Everybody)?;
/// assert_eq!(graph.model().users.len(), 1);
/// # Ok::<(), prescope::diff::Unfit>(())
/// ```
#[derive(Debug)]
pub struct Structure<'a> {
    pub(super) sides: Sides<'a>,
    /// What differs, in the order of items.
    pub differences: Vec<Difference>,
}

/// Something that is declared and differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// What it is.
    pub thing: Thing,
    /// Its name.
    pub name: String,
    /// The side that alone has it; None if both do, and parts of it differ.
    pub only: Option<Side>,
    /// Where it stands on each side.
    pub places: [Option<Location>; 2],
    /// The parts that differ; of what one side alone has, all.
    pub parts: Vec<PartDifference>,
}

/// A part that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartDifference {
    /// What can be put back of which it is a part, or the whole.
    pub item: Item,
    /// What it says on each side, in one line; of a list only what the other side does not have. None if it is not
    /// there.
    pub says: [Option<String>; 2],
    /// Where.
    pub places: [Option<Location>; 2],
    /// Whether a condition that alone is another one means the same; None if anything else differs.
    pub meaning: Option<Meaning>,
}

/// A place in a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Location {
    /// The path of the file as messages show it.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// What is behind it.
    pub end: Position,
}

impl Location {
    fn new(sources: &Sources, span: Span) -> Option<Location> {
        (span.file != FileId::PROGRAM).then(|| Location {
            path: sources.path(span.file).to_owned(),
            start: sources.start(span),
            end: sources.end(span),
        })
    }
}

impl<'a> Structure<'a> {
    /// Compares two sets without errors.
    pub fn between(base: &'a Set, head: &'a Set) -> Structure<'a> {
        Structure::renamed(base, head, &Renames::default())
    }

    /// Compares two sets of which the first has got these new names, by [`Renames::applied`].
    pub fn renamed(base: &'a Set, head: &'a Set, renames: &Renames) -> Structure<'a> {
        let sides = Sides::new([base, head], renames);
        let mut found: BTreeMap<(Thing, String), Difference> = BTreeMap::new();
        sides.declared(&mut found);
        sides.people.differences(|told| {
            let places = [0, 1].map(|side| Location::new(&sides.sets[side].sources, told.spans[side]?));
            let item = told.item;
            let part = PartDifference { item: item.clone(), says: told.says, places: places.clone(), meaning: None };
            let whole =
                Difference { thing: item.thing, name: item.name.clone(), only: told.only, places, parts: vec![] };
            found.entry((item.thing, item.name)).or_insert(whole).parts.push(part);
        });
        let mut differences: Vec<Difference> = found.into_values().collect();
        differences.iter_mut().for_each(|it| it.parts.sort_by(|one, other| one.item.cmp(&other.item)));
        Structure { sides, differences }
    }

    /// True if nothing differs.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// Whatever can be put back, in order.
    pub fn items(&self) -> BTreeSet<Item> {
        self.differences.iter().flat_map(|it| &it.parts).map(|part| part.item.clone()).collect()
    }

    /// What can be put back and may matter to these people: what policies say, and of the directory what is about the
    /// organisation, them, their groups, their meetings and whoever convened these.
    pub fn items_about(&self, people: &[Address]) -> BTreeSet<Item> {
        let about = self.sides.people.present(people);
        let mut items = self.items();
        items.retain(|item| match item.thing {
            thing if thing.is_expected() => false,
            Thing::User => about.contains(&item.name),
            Thing::Group => !item.part.contains('@') || about.contains(&item.part),
            _ => true,
        });
        items
    }

    /// How many declarations, users and other things of each sort differ: those that BASE alone has, those that HEAD
    /// alone has, and those of which parts differ.
    pub fn counts(&self) -> BTreeMap<Thing, [usize; 3]> {
        let mut counts: BTreeMap<Thing, [usize; 3]> = BTreeMap::new();
        for it in &self.differences {
            counts.entry(it.thing).or_default()[it.only.map_or(2, Side::index)] += 1;
        }
        counts
    }
}

/// Both sides, taken apart.
#[derive(Debug)]
pub(super) struct Sides<'a> {
    pub(super) sets: [&'a Set; 2],
    /// The texts of both sides, so that no two places of trees are the same.
    pub(super) sources: Sources,
    moved: Moved,
    pub(super) parts: [Parts; 2],
    /// The parts that differ, each with what has to be put back for it to be as on the other side.
    pub(super) changed: BTreeMap<Key, Item>,
    pub(super) people: People<'a>,
}

impl<'a> Sides<'a> {
    fn new(sets: [&'a Set; 2], renames: &Renames) -> Sides<'a> {
        let [base, head] = sets;
        let mut sources = head.sources.clone();
        // The texts of libraries are the same ones in both sets, if both have them.
        let shipped = base.libraries.iter().map(|library| library.file);
        let names = (!renames.is_empty()).then(|| NewNames::new(renames, &base.model));
        let mut moved = Moved::default();
        let mut take = |parsed: &Parsed| moved.take(parsed.file, (&base.sources, &mut sources), names.as_ref());
        let own: Vec<Parsed> = base.own.iter().map(&mut take).collect();
        shipped.for_each(|file| sources.adopt_shipped(file, &base.sources));
        let manifests = sets.map(|set| {
            let order = set.graph.as_ref().map(|graph| graph.manifest_order().to_vec()).unwrap_or_default();
            order.into_iter().map(|id| set.model.manifests[id].declared.name.clone()).collect::<Vec<String>>()
        });
        let trees = [
            Trees { sources: &sources, own: &own, libraries: &base.libraries },
            Trees { sources: &sources, own: &head.own, libraries: &head.libraries },
        ];
        let parts = [0, 1].map(|side| Parts::new(trees[side], &manifests[side]));
        let (changed, people) = (BTreeMap::new(), People::new(sets));
        let mut sides = Sides { sets, sources, moved, parts, changed, people };
        sides.changed = sides.differing();
        sides
    }

    /// A part on both sides.
    fn both(&self, key: &Key) -> [Option<&Part>; 2] {
        [0, 1].map(|side: usize| self.parts[side].all.get(key))
    }

    fn differing(&self) -> BTreeMap<Key, Item> {
        let keys: BTreeSet<&Key> = self.parts.iter().flat_map(|parts| parts.all.keys()).collect();
        let differ = |key: &&Key| match self.both(key) {
            [Some(base), Some(head)] => !base.said.is_same(&head.said),
            _ => true,
        };
        keys.into_iter().filter(differ).filter_map(|key| Some((key.clone(), self.item(key)?))).collect()
    }

    /// The side that alone has a key.
    fn only(&self, key: &Key) -> Option<Side> {
        match self.both(key) {
            [Some(_), None] => Some(Side::Base),
            [None, Some(_)] => Some(Side::Head),
            _ => None,
        }
    }

    /// Where something stands in the text that somebody wrote.
    fn place(&self, span: Span) -> Option<Location> {
        match self.moved.written(span) {
            Some(written) => Location::new(&self.sets[0].sources, written),
            None => Location::new(&self.sources, span),
        }
    }

    /// A part as HEAD has it, else as BASE does.
    fn latest(&self, key: &Key) -> Option<&Part> {
        self.parts[1].all.get(key).or_else(|| self.parts[0].all.get(key))
    }

    /// The library that alone brings a declaration, if only one side uses it.
    fn library(&self, declaration: &Key) -> Option<Item> {
        let side = self.only(declaration)?;
        let part = self.parts[side.index()].all.get(declaration)?;
        let shipped = self.sets[side.index()].libraries.iter().any(|library| library.file == part.span.file);
        let (name, _) = self.sources.path(part.span.file).rsplit_once('/').filter(|_| shipped)?;
        let library = Key { thing: Thing::Library, name: name.to_owned(), section: String::new(), part: String::new() };
        self.only(&library).map(|_| Item { thing: Thing::Library, name: name.to_owned(), part: String::new() })
    }

    /// What has to be put back for a part to be as on the other side: the part; or what it is in, if only one side has
    /// that.
    fn item(&self, key: &Key) -> Option<Item> {
        let declaration = key.declaration();
        if let Some(library) = self.library(&declaration) {
            return Some(library);
        }
        let called = &self.latest(key)?.called;
        if self.only(&declaration).is_some() {
            return Some(Item { part: String::new(), ..called.clone() });
        }
        let section = key.of_section();
        if !key.section.is_empty() && self.only(&section).is_some() {
            return self.latest(&section).map(|section| section.called.clone());
        }
        // The declaration goes by one name, however each side spells it.
        let name = self.latest(&declaration).map_or(&called.name, |of| &of.called.name);
        Some(Item { name: name.clone(), ..called.clone() })
    }

    /// The item of the order in which manifests are asked.
    pub(super) fn manifests(&self) -> Option<Item> {
        let orders = [&self.parts[0].manifests[..], &self.parts[1].manifests[..]];
        let item = Item { thing: Thing::Manifests, name: String::new(), part: String::new() };
        order::reordered(orders, &Always).then_some(item)
    }

    /// The item of the order of a manifest's rules.
    pub(super) fn rules(&self, manifest: &str) -> Option<Item> {
        let overlap = Overlap { parts: self.parts.iter().map(|parts| &parts.all).collect() };
        let item = Item { thing: Thing::Manifest, name: manifest.to_owned(), part: "order of rules".to_owned() };
        order::reordered(self.orders(manifest), &overlap).then_some(item)
    }

    /// The rules of a manifest on both sides.
    pub(super) fn orders(&self, manifest: &str) -> [&[Key]; 2] {
        [0, 1].map(|side: usize| self.parts[side].rules.get(manifest).map_or(&[][..], Vec::as_slice))
    }

    /// What differs of what is declared.
    fn declared(&self, found: &mut BTreeMap<(Thing, String), Difference>) {
        let meanings = Meanings::new(self, NODES);
        for (key, item) in &self.changed {
            // What a library brings is told with the library.
            if item.thing == Thing::Library && key.thing != Thing::Library {
                continue;
            }
            if self.is_told_by_others(key) {
                continue;
            }
            let says = self.both(key).map(|part| part.map(|part| part.said.text(key, part, &self.sources)));
            let places = self.both(key).map(|part| self.place(part?.span));
            let part = PartDifference { item: item.clone(), says, places, meaning: meanings.get(key) };
            self.told(found, key, part);
        }
        if let Some(item) = self.manifests() {
            let says = [0, 1].map(|side: usize| Some(names(&self.parts[side].manifests, |key| &key.name)));
            found.insert((Thing::Manifests, String::new()), Difference::new(item, says));
        }
        for (manifest, key) in self.parts[1].rules.keys().filter_map(|it| Some((it, self.rules(it)?))) {
            let says = self.orders(manifest).map(|order| Some(names(order, |key| &key.part)));
            let of =
                Key { thing: Thing::Manifest, name: manifest.clone(), section: String::new(), part: String::new() };
            self.told(found, &of, PartDifference { item: key, says, places: [None, None], meaning: None });
        }
    }

    /// True for a declaration or section that is there because parts of it are, which are told.
    fn is_told_by_others(&self, key: &Key) -> bool {
        let behind = (Bound::Excluded(key), Bound::Unbounded);
        let next = self.changed.range::<Key, _>(behind).next().map(|(next, _)| next);
        let of_declaration = *key == key.declaration() && next.is_some_and(|next| next.declaration() == *key);
        of_declaration || key.part.is_empty() && next.is_some_and(|next| next.of_section() == *key)
    }

    /// Tells a part with the declaration it belongs to.
    fn told(&self, found: &mut BTreeMap<(Thing, String), Difference>, key: &Key, part: PartDifference) {
        let declaration = key.declaration();
        let places = [0, 1].map(|side: usize| self.place(self.parts[side].all.get(&declaration)?.span));
        let name = part.item.name.clone();
        let only = self.only(&declaration);
        let whole = || Difference { thing: key.thing, name: name.clone(), only, places, parts: Vec::new() };
        found.entry((key.thing, name.clone())).or_insert_with(whole).parts.push(part);
    }
}

impl Difference {
    /// Something that is one part.
    fn new(item: Item, says: [Option<String>; 2]) -> Difference {
        let (thing, name, places) = (item.thing, item.name.clone(), [None, None]);
        let part = PartDifference { item, says, places: [None, None], meaning: None };
        Difference { thing, name, only: None, places, parts: vec![part] }
    }
}

/// Names in their order.
fn names(order: &[Key], name: impl Fn(&Key) -> &String) -> String {
    order.iter().map(|key| name(key).trim_start_matches("rule for ")).collect::<Vec<&str>>().join("; ")
}
