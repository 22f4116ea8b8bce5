//! Slips in conditions.

use super::Operator;
use super::edit::{Edit, of_each, within};
use crate::language::ast::{Circumstance, Condition};
use crate::language::{Sources, Spanned};

/// Those of a `when` and an `unless`. Nothing that only leaves a part out says less than nothing: a part that stands
/// alone takes its word with it.
pub(super) fn of_circumstance(sources: &Sources, circumstance: &Circumstance) -> Vec<Edit<Circumstance>> {
    let Some(at) = circumstance.span() else { return Vec::new() };
    let Circumstance { when, unless } = circumstance;
    let swapped = Circumstance { when: unless.clone(), unless: when.clone() };
    let mut edits = vec![Edit::new(Operator::Circumstance, at, "`when` and `unless` are confused", swapped)];
    let part = |condition: &Option<Box<Spanned<Condition>>>| {
        condition.as_deref().map(|condition| of_condition(sources, condition)).unwrap_or_default()
    };
    edits.extend(within(part(when), |when| Circumstance { when: when.map(Box::new), unless: unless.clone() }));
    edits.extend(within(part(unless), |unless| Circumstance { when: when.clone(), unless: unless.map(Box::new) }));
    edits
}

/// Those of a condition; None is nothing left of it. Recursion is as deep as the condition, which the parser limits.
fn of_condition(sources: &Sources, condition: &Spanned<Condition>) -> Vec<Edit<Option<Spanned<Condition>>>> {
    let spanned = |it: Condition| Spanned { it, span: condition.span };
    match &condition.it {
        Condition::And(operands) => of_operands(sources, operands, |rest| spanned(Condition::And(rest))),
        Condition::Or(operands) => of_operands(sources, operands, |rest| spanned(Condition::Or(rest))),
        Condition::Not(inner) if matches!(inner.it, Condition::And(_) | Condition::Or(_)) => {
            let negated =
                |inner: Option<Spanned<Condition>>| inner.map(|inner| spanned(Condition::Not(Box::new(inner))));
            within(of_condition(sources, inner), negated)
        }
        it => {
            let opposite = match it {
                Condition::Not(inner) => (**inner).clone(),
                _ => spanned(Condition::Not(Box::new(condition.clone()))),
            };
            let text = sources.in_one_line(condition.span);
            let negated = format!("`{text}` is turned into its opposite");
            vec![
                Edit::new(Operator::Condition, condition.span, format!("without `{text}`"), None),
                Edit::new(Operator::Negation, condition.span, negated, Some(opposite)),
            ]
        }
    }
}

/// Those of the operands of a condition.
fn of_operands(
    sources: &Sources,
    operands: &[Spanned<Condition>],
    joined: impl Fn(Vec<Spanned<Condition>>) -> Spanned<Condition>,
) -> Vec<Edit<Option<Spanned<Condition>>>> {
    let lists = of_each(operands, |operand| of_condition(sources, operand));
    within(lists, |mut rest| if rest.len() == 1 { rest.pop() } else { Some(joined(rest)) })
}
