//! `redundant-condition`: parts of conditions that change nothing.

use rustc_hash::FxHashMap;

use crate::language::ast::{Circumstance, Condition};
use crate::language::{Code, Edit, Fix, Severity, Sources, Span, Spanned};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::part::{self, Written};
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::symbolic::Undecided;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::redundant-condition", Severity::Warning, "a part of a condition that changes nothing"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: r"
        Operands of `and` and `or`, at any depth, and what stands behind `when` or `unless` where both are said, without
        which the whole condition is the same in every possible world: true, false and unknown.
    ",
    why: "It looks like a restriction, or an exception, and is none.",
    reach: Reach::Worlds,
    bad: Example {
        policy: r#"
            use std/lync2013

            extend feature invite {
                deny "partners" when viewer.network == federated and not viewer.inside
            }
        "#,
        directory: "",
    },
    good: Example {
        policy: r#"
            use std/lync2013

            extend feature invite {
                deny "partners" when viewer.network == federated
            }
        "#,
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    // Equal conditions are one, so what was found out of one is known of all.
    let mut known = FxHashMap::default();
    for (of, condition, span) in context.conditions() {
        let Some(circumstance) = context.circumstance(span) else { continue };
        let Some(whole) = circumstance.span() else { continue };
        if super::constant_condition::outcome(context, of.decides(context.model()), condition) != Ok(None) {
            continue; // said by `constant-condition`
        }
        match known.entry(condition).or_insert_with(|| part::redundant(context, condition)) {
            Err(Undecided) => findings.undecided(whole, "whether every part of this condition matters"),
            Ok(ways) => {
                for way in ways {
                    if let Some(part) = part::written(circumstance, way) {
                        report(context, findings, circumstance, &part);
                    }
                }
            }
        }
    }
}

fn report(context: &Context<'_>, findings: &mut Findings, circumstance: &Circumstance, part: &Written<'_>) {
    let at = match part {
        Written::Half(half) => Some(half.span),
        Written::Operand(_, operands, at) => operands.get(*at).map(|operand| operand.span),
    };
    let Some(at) = at else { return };
    let finding = findings
        .finding("this part of the condition changes nothing")
        .at(at, "the condition is the same without it")
        .help("leave it out, or say what was meant");
    let sources = context.sources();
    let fix = match part {
        Written::Half(half) => without_half(sources, circumstance, half),
        Written::Operand(chain, operands, at) => {
            without_operand(sources, chain, operands, *at).and_then(|cut| rewritten(sources, circumstance, cut))
        }
    };
    findings.push_with(finding, fix);
}

/// A circumstance without one of its halves.
fn without_half(sources: &Sources, circumstance: &Circumstance, half: &Spanned<Condition>) -> Option<Fix> {
    let (Some(when), Some(unless)) = (&circumstance.when, &circumstance.unless) else { return None };
    let (first, second) = (when.span, unless.span);
    // Only where nothing but the word stands between the two: no comment.
    if sources.slice(Span { start: first.end, end: second.start, ..first }).trim() != "unless" {
        return None;
    }
    if half.span == unless.span {
        return rewritten(sources, circumstance, (Span { start: first.end, ..second }, String::new()));
    }
    let before = sources.text(first.file).get(..first.start as usize)?.trim_end();
    let keyword = before.strip_suffix("when")?.len();
    let whole = Span::new(first.file, keyword, second.end as usize);
    let text = format!("unless {}", sources.slice(second));
    Some(edit::fix("leave it out", whole, text))
}

/// What to replace, and by what, so that a condition lacks one of its operands.
fn without_operand(
    sources: &Sources,
    chain: &Spanned<Condition>,
    operands: &[Spanned<Condition>],
    at: usize,
) -> Option<(Span, String)> {
    let word = if matches!(chain.it, Condition::And(_)) { "and" } else { "or" };
    let part = operands.get(at)?.span;
    let (between, cut) = match at.checked_sub(1).and_then(|before| operands.get(before)) {
        Some(Spanned { span: before, .. }) => {
            (Span { start: before.end, end: part.start, ..part }, Span { start: before.end, ..part })
        }
        None => {
            let next = operands.get(1)?.span;
            (Span { start: part.end, end: next.start, ..part }, Span { end: next.start, ..part })
        }
    };
    // Only where nothing but the word stands between the two: no comment.
    if sources.slice(between).trim() != word {
        return None;
    }
    // What stands alone needs no parentheses.
    let left = operands.get(usize::from(at == 0)).filter(|_| operands.len() == 2 && !is_open(chain));
    match left.filter(|left| !is_open(left)) {
        Some(left) => Some((chain.span, sources.slice(left.span).to_owned())),
        None => Some((cut, String::new())),
    }
}

/// True for an `and` or `or` without parentheses around it.
fn is_open(of: &Spanned<Condition>) -> bool {
    match &of.it {
        Condition::And(operands) | Condition::Or(operands) => {
            operands.first().is_some_and(|first| of.span.start == first.span.start)
        }
        _ => false,
    }
}

/// The whole circumstance written anew. Of two such fixes in one condition the second waits until the first is made:
/// all of them together change nothing, but some of them might.
fn rewritten(sources: &Sources, circumstance: &Circumstance, (cut, by): (Span, String)) -> Option<Fix> {
    let whole = circumstance.span()?;
    let from_whole = |at: u32| at.checked_sub(whole.start).map(|at| at as usize);
    let mut text = sources.slice(whole).to_owned();
    let range = from_whole(cut.start)?..from_whole(cut.end)?;
    text.get(range.clone())?;
    text.replace_range(range, &by);
    Some(Fix { title: "leave it out".into(), edits: vec![Edit { span: whole, text }] })
}
