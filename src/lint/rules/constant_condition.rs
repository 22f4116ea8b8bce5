//! `constant-condition`: conditions that hold always or never.

use crate::language::ast::Circumstance;
use crate::language::extent::whole_lines;
use crate::language::{Code, Fix, Severity, Sources, Span};
use crate::lint::conditional::{Conditional, Constant, Decides, Outcome};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{ConditionId, Truth};
use crate::symbolic::{Space, Undecided};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::constant-condition", Severity::Warning, "a condition that holds always or never"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: r"
        Conditions with one outcome in every possible world: rules that always fire or never, lines, memberships and
        manifests that always or never apply. A denial fires where its condition is true or unknown, so one whose
        condition is never false is found too: what it denies nobody ever gets.
    ",
    why: "Somebody meant a distinction.",
    reach: Reach::Worlds,
    bad: Example {
        policy: r#"
            use std/lync2013

            extend feature invite {
                deny "strangers" when not viewer.inside and viewer.network == same_enterprise
            }
        "#,
        directory: "",
    },
    good: Example {
        policy: r#"
            use std/lync2013

            extend feature invite {
                deny "strangers" when viewer.network == other
            }
        "#,
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (of, condition, span) in context.conditions() {
        if !context.is_own(span) {
            continue;
        }
        let Some(circumstance) = context.circumstance(span).filter(|it| !it.is_always()) else { continue };
        let Some(at) = circumstance.span() else { continue };
        match outcome(context, of.decides(context.model()), condition) {
            Err(Undecided) => findings.undecided(at, "whether this condition can hold and can fail"),
            Ok(None) => {}
            Ok(Some(constant)) => {
                let (message, words) = words(of, constant);
                let finding = findings.finding(message).at(at, words).help("say what was meant, or leave it out");
                let sources = context.sources();
                let fix = match constant.always {
                    true => without_condition(sources, of, circumstance),
                    false => without_line(sources, of, span),
                };
                findings.push_with(finding, fix);
            }
        }
    }
}

/// What is wrong, and what comes of it.
fn words(of: Conditional, constant: Constant) -> (&'static str, &'static str) {
    let is_rule = matches!(of, Conditional::Rule(_));
    match (constant.always, constant.known) {
        (true, true) if is_rule => ("this condition always holds", "the rule fires whatever happens"),
        (true, true) => ("this condition always holds", "applies always"),
        (true, false) => ("this condition never fails", "true or unknown, so the rule fires whatever happens"),
        (false, true) if is_rule => ("this condition never holds", "the rule never fires"),
        (false, true) => ("this condition never holds", "applies never"),
        (false, false) if is_rule => ("this condition never holds", "false or unknown, so the rule never fires"),
        (false, false) => ("this condition never holds", "false or unknown, so it applies never"),
    }
}

/// Whether what a condition decides happens always or never.
pub(super) fn outcome(context: &Context<'_>, decides: Decides, condition: ConditionId) -> Outcome {
    context.outcome(decides, condition, || {
        let mut space = context.space([condition])?;
        let never = |space: &mut Space<'_>, truth: Truth| Ok(space.holding(condition, truth)?.is_empty());
        let [no_true, no_false, no_unknown] =
            [never(&mut space, Truth::True)?, never(&mut space, Truth::False)?, never(&mut space, Truth::Unknown)?];
        let always = match decides {
            Decides::UnlessFalse => no_false,
            Decides::IfTrue | Decides::EachTruth => no_false && no_unknown,
        };
        let never = match decides {
            Decides::IfTrue => no_true,
            Decides::UnlessFalse | Decides::EachTruth => no_true && no_unknown,
        };
        Ok((always || never).then_some(Constant { always, known: no_unknown }))
    })
}

/// The fix that leaves a whole line out, since its condition never holds. What stands in many lines is for people to
/// remove.
fn without_line(sources: &Sources, of: Conditional, line: Span) -> Option<Fix> {
    let removed = matches!(of, Conditional::Rule(_) | Conditional::Line).then(|| whole_lines(sources, line));
    removed.map(|span| edit::fix("remove it", span, ""))
}

/// The fix that leaves a condition out, since it always holds. Of manifests, one without a condition has to come last,
/// and there is one already.
fn without_condition(sources: &Sources, of: Conditional, circumstance: &Circumstance) -> Option<Fix> {
    if of == Conditional::Manifest {
        return None;
    }
    let at = circumstance.span()?;
    let before = sources.text(at.file).get(..at.start as usize)?;
    let word = before.trim_end_matches(|character: char| character.is_whitespace() || character == '(');
    let kept = word.strip_suffix("when").or_else(|| word.strip_suffix("unless"))?.trim_end();
    // A comment before it would swallow what follows.
    let last_line = kept.rsplit('\n').next()?;
    (!last_line.contains("//"))
        .then(|| edit::fix("leave the condition out", Span::new(at.file, kept.len(), at.end as usize), ""))
}
