//! `unreachable-rule`: rules that never decide, since others do wherever they fire.

use crate::language::ast::Effect;
use crate::language::extent::whole_lines;
use crate::language::{Code, Severity};
use crate::lint::context::{Context, Findings};
use crate::lint::edit;
use crate::lint::exact::Block;
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{Model, RuleId};
use crate::symbolic::{Space, Undecided};

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
    for block in Block::all(model) {
        let own = |rule: &&RuleId| context.is_own(model.rules[**rule].span);
        if block.rules(model).len() < 2 && block.requires(model).is_empty() {
            continue; // nothing decides before it
        }
        let mut space = context.space(block.conditions(model), []);
        for rule in block.rules(model).iter().filter(own) {
            let of = &model.rules[*rule];
            let found = space.as_mut().map_err(|error| *error).and_then(|space| shadowing(model, space, block, *rule));
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

/// The rules that together decide wherever this one fires; None if it decides somewhere, or never fires at all.
fn shadowing(
    model: &Model,
    space: &mut Space<'_>,
    block: Block,
    rule: RuleId,
) -> Result<Option<Vec<RuleId>>, Undecided> {
    let of = &model.rules[rule];
    let fires = space.firing(of.effect, of.when)?;
    if fires.is_empty() {
        return Ok(None); // `constant-condition` says so
    }
    let lacking = block.lacking(model, space)?;
    let mut left = space.except(&fires, &lacking)?;
    let mut by = Vec::new();
    let mut before = true;
    for other in block.rules(model) {
        if *other == rule {
            before = false;
            continue;
        }
        let effect = model.rules[*other].effect;
        let wins = match of.effect {
            Effect::Deny => before && effect == Effect::Deny,
            Effect::Allow => effect == Effect::Deny || before,
        };
        if wins && !left.is_empty() {
            let others = space.firing(effect, model.rules[*other].when)?;
            let rest = space.except(&left, &others)?;
            if rest != left {
                by.push(*other);
                left = rest;
            }
        }
    }
    Ok(left.is_empty().then_some(by))
}
