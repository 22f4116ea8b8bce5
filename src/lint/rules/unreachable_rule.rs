//! `unreachable-rule`: rules that never decide, since others do wherever they fire.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::ast::Effect;
use crate::language::extent::whole_lines;
use crate::language::{Code, Severity};
use crate::lint::context::{Context, Findings};
use crate::lint::edit;
use crate::lint::exact::{Block, Outcomes};
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{Model, RuleId};
use crate::symbolic::{Space, Undecided, Worlds};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::unreachable-rule", Severity::Warning, "a rule that never decides"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: "Rules of a feature or guard that fire only where an earlier rule of the same kind does, where a denial wins \
           over an allow, or where a required feature is unavailable. Rules that never fire are `constant-condition`.",
    why: "The rule changes no answer and is named in no explanation.",
    reach: Reach::Worlds,
    bad: Example {
        policy: "use std/lync2013\n\nfeature wave \"Wave\" for viewer of owner {\n    deny \"outside\" unless viewer.inside\n    \
                 deny \"partners\" when viewer.network == federated\n    otherwise available\n}\n",
        directory: "",
    },
    good: Example {
        policy: "use std/lync2013\n\nfeature wave \"Wave\" for viewer of owner {\n    deny \"partners\" when viewer.network == federated\n    \
                 deny \"outside\" unless viewer.inside\n    otherwise available\n}\n",
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
        let outcomes =
            outcomes.entry(number).or_insert_with(|| Ok(Outcomes::new(model, context.space(conditions(), [])?)));
        let outcomes = outcomes.as_mut().map_err(|undecided| *undecided);
        let mut before = outcomes.and_then(|outcomes| Before::new(outcomes, block));
        for rule in rules {
            let of = &model.rules[*rule];
            let found = before.as_mut().map_err(|error| *error).and_then(|before| before.shadowing(*rule));
            if !own(&rule) {
                continue;
            }
            match found {
                Err(Undecided) => findings.undecided(of.declared.span, "whether this rule ever decides"),
                Ok(None) => {}
                Ok(Some(by)) => {
                    let mut finding = findings
                        .finding(format!("\"{}\" never decides", of.declared.name))
                        .at(of.declared.span, "others decide wherever it fires");
                    for other in by {
                        let other = &model.rules[other].declared;
                        finding = finding.at(other.span, format!("\"{}\" does", other.name));
                    }
                    let removed = whole_lines(context.sources(), of.span);
                    findings.push_with(
                        finding.help("remove it, or narrow the other"),
                        Some(edit::fix("remove the rule", removed, "")),
                    );
                }
            }
        }
    }
}

/// What decides before the rules of a block, one after the other.
struct Before<'o, 'm> {
    model: &'m Model,
    space: &'o mut Space<'m>,
    block: Block,
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
        let rules = || block.rules(model).iter().map(|rule| &model.rules[*rule]);
        let mut private = Private::new(space, &lacking);
        for rule in rules() {
            space.firing(rule.effect, rule.when).iter().for_each(|fires| private.count(fires));
        }
        let denials = rules().filter(|rule| rule.effect == Effect::Deny);
        let denials = denials.map(|rule| {
            let fires = space.firing(rule.effect, rule.when)?;
            let [_, every] = private.set_aside(space, &fires);
            Ok(every)
        });
        let denials: Result<Vec<Worlds>, Undecided> = denials.collect();
        let all = denials.and_then(|denials| space.any_of(denials.into_iter().chain([lacking.clone()])));
        let (denials, allows) = (Earlier::new(space, Ok(lacking.clone())), Earlier::new(space, all));
        Ok(Before { model, space, block, lacking, private, denials, allows })
    }

    /// The rules that decide wherever the next one fires; None if it decides somewhere, or never fires.
    fn shadowing(&mut self, rule: RuleId) -> Result<Option<Vec<RuleId>>, Undecided> {
        let of = &self.model.rules[rule];
        let fires = self.space.firing(of.effect, of.when);
        let earlier = if of.effect == Effect::Deny { &mut self.denials } else { &mut self.allows };
        let aside = fires.as_ref().map(|fires| self.private.set_aside(self.space, fires)).map_err(|error| *error);
        let somewhere = earlier.add(self.space, &aside);
        let fires = fires?;
        // `constant-condition` says so of what never fires.
        if fires.is_empty() || somewhere == Ok(true) { Ok(None) } else { self.named(rule, &fires) }
    }

    /// The rules that decide wherever this one fires, each of which is needed; None if it decides somewhere itself.
    fn named(&mut self, rule: RuleId, fires: &Worlds) -> Result<Option<Vec<RuleId>>, Undecided> {
        let model = self.model;
        let of = &model.rules[rule];
        let mut left = self.space.except(fires, &self.lacking)?;
        let mut by = Vec::new();
        let mut before = true;
        for other in self.block.rules(model) {
            if left.is_empty() {
                break;
            }
            if *other == rule {
                before = false;
                continue;
            }
            let effect = model.rules[*other].effect;
            let wins = match of.effect {
                Effect::Deny => before && effect == Effect::Deny,
                Effect::Allow => effect == Effect::Deny || before,
            };
            if wins {
                let others = self.space.firing(effect, model.rules[*other].when)?;
                let rest = self.space.except(&left, &others)?;
                if rest != left {
                    by.push(*other);
                    left = rest;
                }
            }
        }
        Ok(left.is_empty().then_some(by))
    }
}

/// The bits that one rule of a block depends on, and nothing else there. What a rule does with them is of no concern to the
/// others, so they are set aside before rules are joined: many rules that share but a few bits stay small together.
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

    /// Where a rule fires with its own bits at least one way, and where it does whatever they are. Others leave it something
    /// where they leave something of the first, and it leaves others nothing in the second.
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

    /// Whether a rule that fires there, its own bits set aside, decides somewhere. From then on it is one of those before.
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
