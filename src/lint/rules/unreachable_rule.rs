//! `unreachable-rule`: rules that never decide, since others do wherever they fire.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::ast::Effect;
use crate::language::extent::whole_lines;
use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::exact::{Block, Outcomes};
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{self, RuleId};
use crate::symbolic::{Space, Undecided, Worlds};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::unreachable-rule", Severity::Warning, "a rule that never decides"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: r"
        Rules of a feature or guard that fire only where an earlier rule of the same kind does, where a denial wins over
        an allow, or where a required feature is unavailable. Rules that never fire are `constant-condition`.
    ",
    why: "The rule changes no answer and is named in no explanation.",
    reach: Reach::Worlds,
    bad: Example {
        policy: r#"
            use std/lync2013

            feature wave "Wave" for viewer of owner {
                deny "outside" unless viewer.inside
                deny "partners" when viewer.network == federated
                otherwise available
            }
        "#,
        directory: "",
    },
    good: Example {
        policy: r#"
            use std/lync2013

            feature wave "Wave" for viewer of owner {
                deny "partners" when viewer.network == federated
                deny "outside" unless viewer.inside
                otherwise available
            }
        "#,
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    // Blocks that the same conditions decide are asked in one space, where what one requires is known to the next.
    let mut outcomes: FxHashMap<usize, Result<Outcomes<'_>, Undecided>> = FxHashMap::default();
    for block in Block::all(model) {
        let own = |rule: &&RuleId| context.is_own(model.rules[**rule].span);
        let rules = block.rules(model);
        if !rules.iter().any(|rule| own(&rule)) || rules.len() < 2 && block.requires(model).is_empty() {
            continue; // nothing decides before it
        }
        let number = context.deciding().number(block);
        let conditions = || context.deciding().set(number).iter().copied();
        let outcomes = outcomes.entry(number).or_insert_with(|| Ok(Outcomes::new(model, context.space(conditions())?)));
        let outcomes = outcomes.as_mut().map_err(|undecided| *undecided);
        let mut before = outcomes.and_then(|outcomes| Before::new(outcomes, block));
        for (at, rule) in rules.iter().enumerate() {
            let found = before.as_mut().map_err(|error| *error).and_then(|before| before.shadowing(at));
            if !own(&rule) {
                continue;
            }
            let rule = &model.rules[*rule];
            match found {
                Err(Undecided) => findings.undecided(rule.declared.span, "whether this rule ever decides"),
                Ok(None) => {}
                Ok(Some(others)) => report(context, findings, rule, &others),
            }
        }
    }
}

fn report(context: &Context<'_>, findings: &mut Findings, rule: &model::Rule, others: &[RuleId]) {
    let mut finding = findings
        .finding(format!("\"{}\" never decides", rule.declared.name))
        .at(rule.declared.span, "others decide wherever it fires");
    for other in others {
        let other = &context.model().rules[*other].declared;
        finding = finding.at(other.span, format!("\"{}\" does", other.name));
    }
    let removed = whole_lines(context.sources(), rule.span);
    findings.push_with(finding.help("remove it, or narrow the other"), Some(edit::fix("remove the rule", removed, "")));
}

/// A rule of a block, and where it fires.
struct Firing {
    rule: RuleId,
    effect: Effect,
    fires: Result<Worlds, Undecided>,
}

/// What decides before the rules of a block, one after the other.
struct Before<'o, 'm> {
    space: &'o Space<'m>,
    rules: Vec<Firing>,
    lacking: Worlds,
    private: Private,
    /// What decides before the next denial: required features and denials.
    denials: Earlier,
    /// What decides before the next allow: required features, every denial of the block, and allows.
    allows: Earlier,
}

impl<'o, 'm> Before<'o, 'm> {
    fn new(outcomes: &'o mut Outcomes<'m>, block: Block) -> Result<Before<'o, 'm>, Undecided> {
        let lacking = outcomes.lacking(block)?;
        let (model, space) = (outcomes.model, &mut outcomes.space);
        let rules = block.rules(model).iter().map(|rule| {
            let model::Rule { effect, when, .. } = model.rules[*rule];
            Firing { rule: *rule, effect, fires: space.firing(effect, when) }
        });
        let rules: Vec<Firing> = rules.collect();
        let space = &*space;
        let mut private = Private::new(space, &lacking);
        rules.iter().flat_map(|rule| &rule.fires).for_each(|fires| private.count(fires));
        let denials = rules.iter().filter(|rule| rule.effect == Effect::Deny);
        let denials = denials.map(|rule| {
            let [_, every] = private.set_aside(space, rule.fires.as_ref().map_err(|undecided| *undecided)?);
            Ok(every)
        });
        let denials: Result<Vec<Worlds>, Undecided> = denials.collect();
        let all = denials.and_then(|denials| space.any_of(denials.into_iter().chain([lacking.clone()])));
        let (denials, allows) = (Earlier::new(space, Ok(lacking.clone())), Earlier::new(space, all));
        Ok(Before { space, rules, lacking, private, denials, allows })
    }

    /// The rules that decide wherever the next one fires, which stands at this position; None if it decides somewhere,
    /// or never fires.
    fn shadowing(&mut self, at: usize) -> Result<Option<Vec<RuleId>>, Undecided> {
        let Some(Firing { effect, fires, .. }) = self.rules.get(at) else { return Ok(None) };
        let earlier = if *effect == Effect::Deny { &mut self.denials } else { &mut self.allows };
        let fires = fires.as_ref().map_err(|undecided| *undecided);
        let aside = fires.map(|fires| self.private.set_aside(self.space, fires));
        let somewhere = earlier.add(self.space, &aside);
        let fires = fires?;
        // `constant-condition` says so of what never fires.
        if fires.is_empty() || somewhere == Ok(true) { Ok(None) } else { self.named(at, *effect, fires) }
    }

    /// The rules that decide wherever one with this effect fires, each of which is needed; None if it decides somewhere
    /// itself.
    fn named(&self, at: usize, effect: Effect, fires: &Worlds) -> Result<Option<Vec<RuleId>>, Undecided> {
        let mut left = self.space.except(fires, &self.lacking)?;
        let mut named = Vec::new();
        for (position, other) in self.rules.iter().enumerate().filter(|(position, _)| *position != at) {
            if left.is_empty() {
                break;
            }
            let wins = match effect {
                Effect::Deny => position < at && other.effect == Effect::Deny,
                Effect::Allow => other.effect == Effect::Deny || position < at,
            };
            if wins {
                let rest = self.space.except(&left, other.fires.as_ref().map_err(|undecided| *undecided)?)?;
                if rest != left {
                    named.push(other.rule);
                    left = rest;
                }
            }
        }
        Ok(left.is_empty().then_some(named))
    }
}

/// The bits that one rule of a block depends on, and nothing else there. What a rule does with them is of no concern to
/// the others, so they are set aside before rules are joined: many rules that share but a few bits stay small together.
struct Private {
    /// How many depend on a bit.
    depending: FxHashMap<usize, usize>,
}

impl Private {
    /// As many bits of one rule are set aside. To leave one is right, too.
    const MOST: usize = 16;

    fn new(space: &Space<'_>, lacking: &Worlds) -> Private {
        let always = space.all().bits().chain(lacking.bits()).map(|bit| (bit, Private::MOST)).collect();
        Private { depending: always }
    }

    fn count(&mut self, fires: &Worlds) {
        fires.bits().for_each(|bit| *self.depending.entry(bit).or_default() += 1);
    }

    /// Where a rule fires with its own bits at least one way, and where it does whatever they are. Others leave it
    /// something where they leave something of the first, and it leaves others nothing in the second.
    fn set_aside(&self, space: &Space<'_>, fires: &Worlds) -> [Worlds; 2] {
        let mut own: Vec<usize> = fires.bits().filter(|bit| self.depending.get(bit) == Some(&1)).collect();
        own.sort_unstable();
        own.truncate(Private::MOST);
        space.regardless(fires, &own).unwrap_or_else(|Undecided| [fires.clone(), fires.clone()])
    }
}

/// Where something has decided already.
struct Earlier {
    joined: Result<Worlds, Undecided>,
    /// What is not joined to it yet, since it shares no bit with anything before.
    apart: Vec<Worlds>,
    /// The bits that any of it depends on, and those of all worlds.
    mentioned: FxHashSet<usize>,
    /// Whether it leaves any world, if that has been asked since it was joined.
    leaves: Option<bool>,
}

impl Earlier {
    fn new(space: &Space<'_>, joined: Result<Worlds, Undecided>) -> Earlier {
        let mentioned = space.all().bits().chain(joined.iter().flat_map(Worlds::bits)).collect();
        Earlier { joined, apart: Vec::new(), mentioned, leaves: None }
    }

    /// Whether a rule that fires there, its own bits set aside, decides somewhere. From then on it is one of those
    /// before.
    fn add(&mut self, space: &Space<'_>, fires: &Result<[Worlds; 2], Undecided>) -> Result<bool, Undecided> {
        let Ok([some, every]) = fires else {
            (self.joined, self.leaves) = (Err(Undecided), None);
            return Err(Undecided);
        };
        let is_apart = some.bits().chain(every.bits()).all(|bit| !self.mentioned.contains(&bit));
        self.mentioned.extend(every.bits());
        if !is_apart {
            return self.join(space, some, every);
        }
        // What shares no bit goes together in every way, so nothing has to be joined to know that something is left.
        let leaves = self.leaves(space)?;
        self.leaves = Some(leaves && *every != space.all());
        self.apart.push(every.clone());
        Ok(leaves && !some.is_empty())
    }

    fn join(&mut self, space: &Space<'_>, some: &Worlds, every: &Worlds) -> Result<bool, Undecided> {
        self.leaves = None;
        let mut before = std::mem::replace(&mut self.joined, Err(Undecided));
        if !self.apart.is_empty() {
            before = before.and_then(|before| space.any_of(self.apart.drain(..).chain([before])));
        }
        let rest = before.as_ref().map_err(|undecided| *undecided).and_then(|before| space.except(some, before));
        self.joined = before.and_then(|before| space.either(&before, every));
        Ok(!rest?.is_empty())
    }

    fn leaves(&mut self, space: &Space<'_>) -> Result<bool, Undecided> {
        if let Some(known) = self.leaves {
            return Ok(known);
        }
        let joined = self.joined.as_ref().map_err(|undecided| *undecided)?;
        let leaves = !space.except(&space.all(), joined)?.is_empty();
        self.leaves = Some(leaves);
        Ok(leaves)
    }
}
