//! `redundant-condition`: parts of conditions that change nothing.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Severity};
use crate::lint::context::{Conditional, Context, Findings};
use crate::lint::edit;
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Rule};
use crate::model::{self, ConditionId, Truth};
use crate::symbolic::{NODES, Space, Undecided, Worlds};
use crate::syntax::ast::{Condition, Effect, Spanned};
use crate::text::Span;

pub(crate) static RULE: Rule = Rule {
    code: Code::lint("lint::redundant-condition", Severity::Warning, "a part of a condition that changes nothing"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: "Operands of `and` and `or` that the others imply, so that the condition is the same without them in every \
           possible world: true, false and unknown.",
    why: "It looks like a restriction, or an exception, and is none.",
    bad: Example {
        policy: "use std/lync2013\n\nextend feature invite {\n    deny \"partners\" when viewer.network == federated and not viewer.inside\n}\n",
        directory: "",
    },
    good: Example {
        policy: "use std/lync2013\n\nextend feature invite {\n    deny \"partners\" when viewer.network == federated\n}\n",
        directory: "",
    },
    check,
};

/// The positions of operands that stay, and of those that can go.
type Needed = Result<(Vec<usize>, Vec<usize>), Undecided>;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    // Equal conditions are one, so what was found out of one is known of all.
    let mut known = FxHashMap::default();
    for (of, condition, span) in context.conditions() {
        let Some(circumstance) = context.circumstance(span) else { continue };
        let effect = match of {
            Conditional::Rule(rule) => model.rules[rule].effect,
            Conditional::Line | Conditional::Whole => Effect::Allow,
        };
        if super::constant_condition::outcome(context, effect, condition) != Ok(None) {
            continue; // said by `constant-condition`
        }
        let parts = match (&circumstance.when, &circumstance.unless) {
            (Some(when), None) => vec![(when, condition)],
            (None, Some(unless)) => vec![(unless, negated(model, condition))],
            (Some(when), Some(unless)) => match model.conditions.get(condition) {
                model::Condition::All(operands) => match operands.as_ref() {
                    [first, second] => vec![(when, *first), (unless, negated(model, *second))],
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            },
            (None, None) => Vec::new(),
        };
        for (tree, id) in parts {
            if inspect(context, findings, &mut known, tree, id) == Err(Undecided) {
                findings.undecided(tree.span, "whether every part of this condition matters");
            }
        }
    }
}

/// What `unless` negates.
fn negated(model: &model::Model, id: ConditionId) -> ConditionId {
    match model.conditions.get(id) {
        model::Condition::Not(operand) => *operand,
        _ => id,
    }
}

fn inspect(
    context: &Context<'_>,
    findings: &mut Findings,
    known: &mut FxHashMap<ConditionId, Needed>,
    tree: &Spanned<Condition>,
    id: ConditionId,
) -> Result<(), Undecided> {
    let model = context.model();
    match (&tree.it, model.conditions.get(id)) {
        (Condition::Not(inner), model::Condition::Not(operand)) => inspect(context, findings, known, inner, *operand),
        (Condition::And(trees), model::Condition::All(ids)) | (Condition::Or(trees), model::Condition::Any(ids))
            if trees.len() == ids.len() =>
        {
            let all = matches!(tree.it, Condition::And(_));
            let (left, out) = known.entry(id).or_insert_with(|| needed(model, id, ids, all)).clone()?;
            out.into_iter().for_each(|at| redundant(context, findings, trees, at, all));
            for at in left {
                if let (Some(tree), Some(id)) = (trees.get(at), ids.get(at)) {
                    inspect(context, findings, known, tree, *id)?;
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The operands of a condition that it needs, and those it does not, as positions.
fn needed(model: &model::Model, id: ConditionId, operands: &[ConditionId], all: bool) -> Needed {
    let mut space = Space::new(model, [id], [], NODES)?;
    let mut worlds = Vec::new();
    for operand in operands {
        worlds.push((space.holding(*operand, Truth::True)?, space.holding(*operand, Truth::False)?));
    }
    let whole = joined(&space, worlds.iter(), all)?;
    let mut left: Vec<usize> = (0..worlds.len()).collect();
    let mut out = Vec::new();
    // The last first: of two that say the same, the first stays.
    for at in (0..worlds.len()).rev() {
        let rest = left.iter().filter(|other| **other != at).filter_map(|other| worlds.get(*other));
        if left.len() > 1 && joined(&space, rest, all)? == whole {
            left.retain(|other| *other != at);
            out.push(at);
        }
    }
    Ok((left, out))
}

/// Where operands hold and fail together.
fn joined<'w>(
    space: &Space<'_>,
    operands: impl Iterator<Item = &'w (Worlds, Worlds)>,
    all: bool,
) -> Result<(Worlds, Worlds), Undecided> {
    let (mut holds, mut fails) = if all { (space.all(), space.none()) } else { (space.none(), space.all()) };
    for (true_in, false_in) in operands {
        if all {
            (holds, fails) = (space.both(&holds, true_in)?, space.either(&fails, false_in)?);
        } else {
            (holds, fails) = (space.either(&holds, true_in)?, space.both(&fails, false_in)?);
        }
    }
    Ok((holds, fails))
}

fn redundant(context: &Context<'_>, findings: &mut Findings, trees: &[Spanned<Condition>], at: usize, all: bool) {
    let Some(part) = trees.get(at) else { return };
    let words = if all { "the other parts imply it" } else { "it implies another part" };
    let finding = findings
        .finding("this part of the condition changes nothing")
        .at(part.span, words)
        .help("leave it out, or say what was meant");
    let word = if all { "and" } else { "or" };
    let removed = match at.checked_sub(1).and_then(|before| trees.get(before)) {
        Some(before) => Some((Span { start: before.span.end, ..part.span }, before.span.after(), part.span.before())),
        None => {
            trees.get(1).map(|next| (Span { end: next.span.start, ..part.span }, part.span.after(), next.span.before()))
        }
    };
    // Only where nothing but the word stands between the two: no parenthesis, no comment.
    let fix = removed
        .filter(|(_, from, to)| context.sources().slice(Span { end: to.end, ..*from }).trim() == word)
        .map(|(span, _, _)| edit::fix("leave it out", span, ""));
    findings.push_with(finding, fix);
}
