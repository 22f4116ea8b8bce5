//! Answers that change alike, with why, on the wire.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::{Causes, Direction, Group, Item, OpenClass, Side, Step, Viewer, Witness};
use crate::model::UserId;
use crate::report::diff::{Different, Naming, fingerprint, named, placed, viewer};
use crate::report::json::At;
use crate::report::json::answer::{WireSentence, sentence};
use crate::report::json::shift::{WireChange, change, class};
use crate::report::json::words;
use crate::report::plan::address;

/// Answers that change alike: the same fields in the same direction.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireGroup {
    /// Stays while direction and fields do, with what was and is seen: whatever the causes, lines, files, owners or
    /// viewers are.
    fingerprint: String,
    /// Whether more is seen, less, or another value.
    #[schemars(extend("enum" = Direction::WORDS))]
    direction: &'static str,
    /// The fields, as `CATEGORY.FIELD`.
    fields: Vec<String>,
    /// The same with what was and what is seen.
    changes: Vec<WireChange>,
    /// How many answers, each viewer, owner and field counted.
    count: WireCount,
    /// Of whom.
    owners: WireOwners,
    /// For whom.
    viewers: WireViewers,
    /// What `causes` are: all there are; some, since there may be others; or `not_sought`, since causes are sought of
    /// the first groups only.
    #[schemars(extend("enum" = ["all", "some", "not_sought"]))]
    causes_are: &'static str,
    /// What differs between the two sides and makes the answer of the witness another one.
    causes: Vec<WireCause>,
    /// Sets of causes, by their places in `causes`, from 0: putting all of one back gives the old answer, and no part
    /// of it does.
    put_back: Vec<Vec<usize>>,
    /// One of the answers.
    witness: WireWitness,
    /// More of them, if more were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    more_witnesses: Vec<WireWitness>,
}

/// How many answers, or viewers.
#[derive(Serialize, JsonSchema)]
struct WireCount {
    /// Of known people.
    known: usize,
    /// Of open classes, which are never added to the others.
    open: usize,
}

/// Of whom answers change.
#[derive(Serialize, JsonSchema)]
struct WireOwners {
    /// How many.
    count: usize,
    /// The first of them by address; absent where people are only counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    /// How many at each site, as BASE knows them; by name, those at none first.
    by_site: Vec<WireSite>,
}

/// How many owners are at a site.
#[derive(Serialize, JsonSchema)]
struct WireSite {
    /// Its name; null for none.
    site: Option<String>,
    /// How many.
    count: usize,
}

/// For whom answers change.
#[derive(Serialize, JsonSchema)]
struct WireViewers {
    /// How many known people, each once.
    known: usize,
    /// Which open classes.
    open: Vec<WireClass>,
}

/// Everybody of a class, whom no directory enumerates.
#[derive(Serialize, JsonSchema)]
struct WireClass {
    /// Where they come from.
    #[schemars(extend("enum" = words::networks()))]
    network: &'static str,
    /// Their domain, `*.NAME` for the domains below one; null for all others.
    domain: Option<String>,
    /// Whether some who would belong to it have answers of their own.
    is_rest: bool,
}

/// Something that differs between the two sides.
#[derive(Serialize, JsonSchema)]
struct WireCause {
    /// What it is: `container`, `guard`, `policy`, `user` …
    kind: &'static str,
    /// Its name; empty if there is only one. Absent where people are only counted and it is of a directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Which part of it; empty for the whole. Absent with the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<String>,
    /// Whether putting this back alone gives the old answer; otherwise it does only with others, as `put_back` says.
    alone: bool,
    /// The side in whose files the place is: HEAD if it is there. Null without a place.
    #[schemars(extend("enum" = ["base", "head", null]))]
    side: Option<&'static str>,
    /// Where it stands.
    at: Option<At>,
}

/// One of the answers that change.
#[derive(Serialize, JsonSchema)]
struct WireWitness {
    /// Who looks: an address, or a class in words. Absent where it would name somebody who is only counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    viewer: Option<String>,
    /// At whom; absent where people are only counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    #[serde(flatten)]
    change: WireChange,
    /// Why it was so, and why it is: the sentences of both sides. Empty where people are only counted, and where causes
    /// were not sought.
    why: Vec<WireStep>,
}

/// A sentence of one side or of both.
#[derive(Serialize, JsonSchema)]
struct WireStep {
    /// Who says it; what both say has the place that it has in HEAD.
    #[schemars(extend("enum" = ["both", "base", "head"]))]
    side: &'static str,
    #[serde(flatten)]
    sentence: WireSentence,
}

/// All groups.
pub(super) fn groups(of: Different<'_>) -> Vec<WireGroup> {
    of.groups()
        .map(|(it, reasons)| {
            let causes = reasons.map(|reasons| &reasons.causes);
            let why = reasons.map(|reasons| reasons.why.as_slice()).unwrap_or_default();
            group(of, it, causes, why)
        })
        .collect()
}

fn group(of: Different<'_>, group: &Group, causes: Option<&Causes>, why: &[Vec<Step>]) -> WireGroup {
    let items = causes.map(items).unwrap_or_default();
    let sets = causes.iter().flat_map(|causes| &causes.sets);
    let place = |item: &Item| items.iter().position(|other| *other == item);
    let why = why.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
    let mut witnesses =
        std::iter::once(&group.witness).chain(&group.others).zip(why).map(|(it, why)| witness(of, it, why));
    WireGroup {
        fingerprint: fingerprint(group),
        direction: group.direction.word(),
        fields: group.changes.iter().map(|it| format!("{}.{}", it.category, it.field)).collect(),
        changes: group.changes.iter().map(change).collect(),
        count: WireCount { known: group.known, open: group.open },
        owners: owners(of, &group.owners),
        viewers: WireViewers { known: group.people, open: group.classes.iter().map(open).collect() },
        causes_are: match causes {
            None => "not_sought",
            Some(causes) if causes.has_more => "some",
            Some(_) => "all",
        },
        put_back: sets.map(|set| set.iter().filter_map(place).collect()).collect(),
        causes: items.iter().map(|item| cause(of, item, causes)).collect(),
        witness: witnesses.next().unwrap_or_else(|| witness(of, &group.witness, &[])),
        more_witnesses: witnesses.collect(),
    }
}

/// Everything that is in a set, each once.
fn items(causes: &Causes) -> Vec<&Item> {
    let mut items = Vec::new();
    for item in causes.sets.iter().flatten() {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    items
}

fn cause(of: Different<'_>, item: &Item, causes: Option<&Causes>) -> WireCause {
    let is_named = of.naming == Naming::People || !item.thing.is_of_directory();
    let name = |name: &str| is_named.then(|| named(name, of.naming).into_owned());
    let place = placed(of, item);
    let mut sets = causes.into_iter().flat_map(|causes| &causes.sets);
    WireCause {
        kind: item.thing.word(),
        name: name(&item.name),
        part: name(&item.part),
        alone: sets.any(|set| set.len() == 1 && set.contains(item)),
        side: place.map(|(side, _)| side_word(side)),
        at: place.map(|(_, place)| At::from(place)),
    }
}

fn owners(of: Different<'_>, owners: &[UserId]) -> WireOwners {
    let mut sites: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for owner in owners {
        let site = of.model.users[*owner].site.map(|site| of.model.sites[site].name.as_str());
        *sites.entry(site).or_default() += 1;
    }
    let first = owners.first().filter(|_| of.naming == Naming::People);
    WireOwners {
        count: owners.len(),
        first: first.map(|owner| address(of.model, *owner)),
        by_site: sites.into_iter().map(|(site, count)| WireSite { site: site.map(str::to_owned), count }).collect(),
    }
}

fn open(of: &OpenClass) -> WireClass {
    let (network, domain) = class(&of.everybody);
    WireClass { network, domain, is_rest: of.is_rest }
}

fn witness(of: Different<'_>, witness: &Witness, why: &[Step]) -> WireWitness {
    let is_named = of.naming == Naming::People;
    let is_told = is_named || matches!(witness.viewer, Viewer::Open(_));
    WireWitness {
        viewer: is_told.then(|| viewer(&witness.viewer)),
        owner: is_named.then(|| address(of.model, witness.owner)),
        change: change(&witness.change),
        why: why.iter().filter(|_| is_named).map(|it| step(of, it)).collect(),
    }
}

fn step(of: Different<'_>, step: &Step) -> WireStep {
    WireStep { side: step.side.map_or("both", side_word), sentence: sentence(of.sources_of(step), &step.sentence) }
}

fn side_word(side: Side) -> &'static str {
    match side {
        Side::Base => "base",
        Side::Head => "head",
    }
}
