//! What settling makes of an owner's entries, as something to be done: who comes where, and what demands it.

use std::collections::BTreeMap;

use super::{Lost, Options};
use crate::migrate::act::{Act, Because, Does};
use crate::migrate::rewrite::{Residue, Wishes};
use crate::model::{ContainerId, Containers, ManifestRuleId, Model};
use crate::resolve::{Adjustment, Matcher, Settled, Stand};

/// The acts less what policy prevents: an entry that it demands cannot leave its container.
pub(super) fn possible(
    acts: Vec<Act>,
    residue: &[Residue],
    is_recorded: impl Fn(Matcher, ContainerId) -> bool,
) -> Vec<Act> {
    let demanded = |who: Matcher| {
        let of = residue.iter().filter(|it| it.matcher == who);
        of.fold(Containers::NONE, |set, it| set.with(it.container))
    };
    let possible = |act: Act| {
        let does = match act.does {
            Does::Remove(who, from) => {
                let from = from.without(demanded(who));
                (!from.is_empty()).then_some(Does::Remove(who, from))
            }
            Does::Move(who, from, to) => match from.without(demanded(who)) {
                from if !from.is_empty() => Some(Does::Move(who, from, to)),
                _ => (!is_recorded(who, to)).then_some(Does::Add(who, to)),
            },
            does => Some(does),
        };
        does.map(|does| Act { does, ..act })
    };
    acts.into_iter().filter_map(possible).collect()
}

/// What settling makes of an owner's entries, as something to be done.
#[derive(Default)]
pub(super) struct Demand {
    pub(super) wishes: Wishes,
    pub(super) acts: Vec<Act>,
    pub(super) lost: Vec<Lost>,
}

/// Where entries are to stand that do not stand there yet, or that stand elsewhere too.
pub(super) fn wanted(model: &Model, settled: &Settled, options: Options) -> Demand {
    let mut demand = Demand::default();
    let mut dropped: BTreeMap<Matcher, (Containers, Option<ManifestRuleId>)> = BTreeMap::new();
    for it in &settled.dropped {
        let (from, rule) = dropped.entry(it.matcher).or_default();
        (*from, *rule) = (from.with(it.container), it.rule);
    }
    for stand in &settled.entries {
        let who = stand.matcher;
        let (rule, from, to) = match &stand.adjustment {
            Adjustment::None => continue,
            // Somebody whose entry is removed may get another one, which the manifest demands.
            Adjustment::Added(rule) => {
                (*rule, dropped.get(&who).map_or(Containers::NONE, |(from, _)| *from), stand.container)
            }
            Adjustment::Moved(_, from) if *from == Containers::only(stand.container) => continue,
            Adjustment::Moved(rule, from) => {
                let lost = lost(model, stand, (*rule, *from), options);
                demand.lost.extend(lost);
                (*rule, *from, lost.map_or(stand.container, |lost| lost.to))
            }
        };
        dropped.remove(&who);
        let from = from.without(Containers::only(to));
        let does = if from.is_empty() { Does::Add(who, to) } else { Does::Move(who, from, to) };
        demand.acts.push(Act { does, because: Because::Rule(rule) });
        demand.wishes.insert(who, Containers::only(to));
    }
    for (who, (from, rule)) in dropped {
        let stands = settled.entries.iter().filter(|stand| stand.matcher == who);
        let stands = stands.fold(Containers::NONE, |set, stand| set.with(stand.container));
        // Without a rule it is a blocking container that drops them.
        let because = rule.map_or(Because::Blocked(stands), Because::Rule);
        demand.acts.push(Act { does: Does::Remove(who, from), because });
        demand.wishes.insert(who, stands);
    }
    demand
}

/// What somebody loses whom the manifest moves, and where they stand then: in its default, or in the highest level they
/// had. None if the default is higher than all of them.
fn lost(model: &Model, stand: &Stand, (rule, from): (ManifestRuleId, Containers), options: Options) -> Option<Lost> {
    let higher = |containers: Containers| containers.highest().filter(|highest| *highest > stand.container);
    let level = higher(from)?;
    let can_keep = higher(from.both(model.manifest_rules[rule].allowed));
    let kept = can_keep.filter(|_| options.keep_highest);
    let to = kept.unwrap_or(stand.container);
    Some(Lost { who: stand.matcher, level, to, rule, can_keep, kept: kept.is_some() })
}
