//! `constant-condition`: conditions that hold always or never.

use crate::diagnostic::{Code, Fix, Severity};
use crate::lint::context::{Conditional, Context, Findings, Outcome};
use crate::lint::edit;
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Rule};
use crate::model::{ConditionId, Truth};
use crate::symbolic::{NODES, Space, Undecided};
use crate::syntax::ast::{Circumstance, Effect};
use crate::text::Span;

pub(crate) static RULE: Rule = Rule {
    code: Code::lint("lint::constant-condition", Severity::Warning, "a condition that holds always or never"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: "Conditions with one outcome in every possible world: rules that always fire or never, lines and manifests \
           that always or never apply.",
    why: "Somebody meant a distinction. Decided exactly, over every value of everything the condition reads, the \
          unknown settings of people outside included.",
    bad: Example {
        policy: "use std/lync2013\n\nextend feature invite {\n    deny \"strangers\" when not viewer.inside and viewer.network == same_enterprise\n}\n",
        directory: "",
    },
    good: Example {
        policy: "use std/lync2013\n\nextend feature invite {\n    deny \"strangers\" when viewer.network == other\n}\n",
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    for (of, condition, span) in context.conditions() {
        if !context.is_own(span) {
            continue;
        }
        let Some(circumstance) = context.circumstance(span).filter(|it| !it.is_always()) else { continue };
        let Some(at) = circumstance.span() else { continue };
        let effect = match of {
            Conditional::Rule(rule) => model.rules[rule].effect,
            Conditional::Line | Conditional::Whole => Effect::Allow,
        };
        match outcome(context, effect, condition) {
            Err(Undecided) => findings.undecided(at, "whether this condition can hold and can fail"),
            Ok(None) => {}
            Ok(Some(always)) => {
                let message = if always { "this condition always holds" } else { "this condition never holds" };
                let words = match (of, always) {
                    (Conditional::Rule(_), true) => "the rule fires whatever happens",
                    (Conditional::Rule(_), false) => "the rule never fires",
                    (_, true) => "applies always",
                    (_, false) => "applies never",
                };
                let finding = findings.finding(message).at(at, words).help("say what was meant, or leave it out");
                findings.push_with(finding, mend(context, of, span, circumstance, always));
            }
        }
    }
}

/// Whether what fires, fires always or never.
pub(super) fn outcome(context: &Context<'_>, effect: Effect, condition: ConditionId) -> Outcome {
    context.outcome(effect, condition, || {
        let mut space = Space::new(context.model(), [condition], [], NODES)?;
        let fires = space.firing(effect, condition)?;
        if fires.is_empty() {
            return Ok(Some(false));
        }
        let always = space.except(&space.all(), &fires)?.is_empty();
        // A denial that fires everywhere, and somewhere only because something is unknown, still says something.
        let plain = effect == Effect::Allow || space.holding(condition, Truth::Unknown)?.is_empty();
        Ok((always && plain).then_some(true))
    })
}

/// Without the condition if it always holds, without the whole line if it never does.
fn mend(context: &Context<'_>, of: Conditional, span: Span, circumstance: &Circumstance, always: bool) -> Option<Fix> {
    let sources = context.sources();
    if !always {
        let removed = matches!(of, Conditional::Rule(_) | Conditional::Line).then(|| edit::lines(sources, span));
        return removed.map(|span| edit::fix("remove it", span, ""));
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
