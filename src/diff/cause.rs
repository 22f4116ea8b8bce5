//! Why an answer is another one: the least of what differs that gives the old answer back when it is put back. Found by
//! trying: each time the set is linked anew with these items as they were, and the answer asked of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, Present, Seen, Side, Structure, Thing};
use crate::directory::Address;
use crate::model::Model;
use crate::resolve::{Entries, RuleSet, Somebody, decide_field, people};
use crate::viewers::Everybody;

/// Beyond so many items that may matter, not each of them is tried by itself.
const EACH: usize = 64;

/// How many sets of several items are looked for.
const SETS: usize = 4;

/// Sets of up to so many items are the smallest of all, and not only such that lack none.
const EXACT: usize = 4;

/// Who sees another answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Viewer {
    /// A person whom one of the sets knows.
    Known(Address),
    /// Somebody of an open class.
    Open(Everybody),
}

/// An answer that is another one in the two sets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answered {
    /// Who looks.
    pub viewer: Viewer,
    /// At whom: a user of both sets.
    pub owner: Address,
    /// The field, with its category.
    pub field: String,
}

impl Answered {
    /// False for what is said of other categories, going by its name.
    fn may_depend_on(&self, item: &Item) -> bool {
        let category = self.field.split('.').next().unwrap_or_default();
        let is_of_category = |names: &str| names.split([',', ' ', '.']).any(|name| name == category);
        match item.thing {
            Thing::Guard => is_of_category(&item.name),
            Thing::Container => item.part.strip_prefix("publishes ").is_none_or(is_of_category),
            _ => true,
        }
    }
}

/// Why an answer is another one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Causes {
    /// Each of these sets gives the old answer back by itself when it is put back, and no part of it does.
    pub sets: Vec<BTreeSet<Item>>,
    /// There may be others.
    pub has_more: bool,
}

impl Structure<'_> {
    /// Why an answer on these entries is another one. Empty if it is none.
    pub fn causes(&self, asked: &Answered, entries: Entries) -> Causes {
        let mut people = vec![asked.owner.clone()];
        if let Viewer::Known(viewer) = &asked.viewer {
            people.push(viewer.clone());
        }
        let all = self.items_about(&people);
        let fits = |items: &BTreeSet<Item>| self.hybrid(Side::Head, items, &Present::These(&people)).is_ok();
        let of_presence = all.iter().filter(|item| !item.thing.is_of_features()).cloned().collect();
        let causes = self.causes_among(of_presence, Trials::new(self, asked, (entries, &people), true));
        // A feature that stays as it is may need what was put back.
        if causes.sets.iter().all(fits) && !causes.sets.is_empty() {
            return causes;
        }
        self.causes_among(all, Trials::new(self, asked, (entries, &people), false))
    }

    fn causes_among(&self, items: BTreeSet<Item>, mut trials: Trials<'_>) -> Causes {
        let (old, new) = (trials.answer(&items), trials.answer(&BTreeSet::new()));
        if old.is_none() || old == new {
            return Causes::default();
        }
        let likely: BTreeSet<Item> = items.iter().filter(|item| trials.asked.may_depend_on(item)).cloned().collect();
        // Whether they are all that matters is tried too: they may not fit together without the rest.
        let items = if trials.answer(&likely) == old { likely } else { items };
        Search { trials, old }.causes(items)
    }
}

/// What is answered with which items put back.
struct Trials<'a> {
    structure: &'a Structure<'a>,
    asked: &'a Answered,
    entries: Entries,
    people: &'a [Address],
    /// Without features, on which nothing of presence depends: that takes half of the time.
    of_presence: bool,
    answers: BTreeMap<BTreeSet<Item>, Option<Seen>>,
}

impl<'a> Trials<'a> {
    fn new(
        structure: &'a Structure<'a>,
        asked: &'a Answered,
        (entries, people): (Entries, &'a [Address]),
        of_presence: bool,
    ) -> Trials<'a> {
        Trials { structure, asked, entries, people, of_presence, answers: BTreeMap::new() }
    }

    /// None if there is no such set, or nobody to ask about.
    fn answer(&mut self, items: &BTreeSet<Item>) -> Option<Seen> {
        if let Some(known) = self.answers.get(items) {
            return known.clone();
        }
        let answer = self.tried(items);
        self.answers.insert(items.clone(), answer.clone());
        answer
    }

    fn tried(&self, items: &BTreeSet<Item>) -> Option<Seen> {
        let present = Present::These(self.people);
        let graph = match self.of_presence {
            true => self.structure.hybrid_of_presence(Side::Head, items, &present),
            false => self.structure.hybrid(Side::Head, items, &present),
        };
        let graph = graph.ok()?;
        let rules = RuleSet::new(graph, self.entries);
        let model = rules.model();
        let owner = people::owner(&rules, self.asked.owner.as_str()).ok()?;
        let viewer = self.asked.viewer.somebody(model);
        // A field that is not there is not seen.
        let field = rules.graph().tables().field(&self.asked.field);
        let seen = field.map(|field| Seen::new(model, field, decide_field(&rules, viewer, owner, field).answer));
        Some(seen.unwrap_or(Seen::Hidden))
    }
}

impl Viewer {
    fn somebody(&self, model: &Model) -> Somebody {
        match self {
            Viewer::Known(address) => Somebody::with_address(model, address),
            Viewer::Open(everybody) => everybody.somebody(model),
        }
    }
}

/// The search for sets that give the old answer back.
struct Search<'a> {
    trials: Trials<'a>,
    old: Option<Seen>,
}

impl Search<'_> {
    fn gives_back(&mut self, items: &BTreeSet<Item>) -> bool {
        self.trials.answer(items) == self.old
    }

    fn causes(mut self, mut items: BTreeSet<Item>) -> Causes {
        let mut causes = Causes { sets: Vec::new(), has_more: items.len() > EACH };
        if !causes.has_more {
            for item in items.clone() {
                let alone = BTreeSet::from([item.clone()]);
                if self.gives_back(&alone) {
                    items.remove(&item);
                    causes.sets.push(alone);
                }
            }
        }
        // What gives it back only together: each time without an item of those that were found.
        while self.gives_back(&items) {
            causes.has_more |= !causes.sets.iter().all(|set| set.len() == 1);
            if causes.sets.iter().filter(|set| set.len() > 1).count() == SETS {
                break;
            }
            let least = self.least(&items);
            let Some(first) = least.first().cloned() else { break };
            items.remove(&first);
            causes.sets.push(least);
        }
        causes
    }

    /// Items of these that give the answer back, and none of which can be missing: parts that nobody misses are left
    /// out, first large ones, then smaller ones.
    fn least(&mut self, items: &BTreeSet<Item>) -> BTreeSet<Item> {
        let mut left: Vec<Item> = items.iter().cloned().collect();
        let mut size = left.len().div_ceil(2);
        while size > 0 {
            let mut start = 0;
            while start < left.len() {
                let end = (start + size).min(left.len());
                let without: Vec<Item> = left.iter().take(start).chain(left.iter().skip(end)).cloned().collect();
                if self.gives_back(&without.iter().cloned().collect()) {
                    left = without;
                } else {
                    start = end;
                }
            }
            size = if size == 1 { 0 } else { size.div_ceil(2) };
        }
        self.smallest(&left)
    }

    /// The smallest part of a few items that gives the answer back: an item more can undo what others do.
    fn smallest(&mut self, items: &[Item]) -> BTreeSet<Item> {
        let all = items.iter().cloned().collect();
        if items.len() > EXACT {
            return all;
        }
        let mut parts: Vec<BTreeSet<Item>> = (1..(1usize << items.len()) - 1)
            .map(|chosen| (0..).zip(items).filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, it)| it.clone()).collect())
            .collect();
        parts.sort_by_key(BTreeSet::len);
        parts.into_iter().find(|part| self.gives_back(part)).unwrap_or(all)
    }
}
