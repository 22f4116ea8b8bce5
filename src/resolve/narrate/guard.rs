//! Guards: those that deny with the rules that fire and the facts they read, the others in one line.

use crate::model::{GuardId, Truth};
use crate::resolve::probe::Step;

use super::{Sentence, Telling, Verdict};

impl Telling<'_> {
    /// A guard none of whose rules fires.
    pub(super) fn lets_pass(&self, guard: GuardId) -> Sentence {
        let guard = &self.rules.model().guards[guard];
        let detail = match guard.rules.len() {
            0 => "it has no rules".to_owned(),
            1 => "its rule does not fire".to_owned(),
            rules => format!("none of its {rules} rules fires"),
        };
        let text = format!("the guard of {} lets it pass", guard.declared.name);
        Sentence::new("guard", Verdict::Held, text).because(detail).at(Some(guard.declared.span))
    }

    /// A guard that denies, with its rules that fire.
    pub(super) fn denies(&self, guard: GuardId, inside: &[(usize, Step)], sentences: &mut Vec<Sentence>) {
        let guard = &self.rules.model().guards[guard];
        let text = format!("the guard of {} denies it", guard.declared.name);
        sentences.push(Sentence::new("guard", Verdict::Failed, text).at(Some(guard.declared.span)));
        let mut steps = inside;
        while let Some(((depth, step), rest)) = steps.split_first() {
            let inner = rest.iter().take_while(|(inner, _)| inner > depth).count();
            let (facts, after) = rest.split_at(inner);
            if let Step::Rule(rule, truth) = step
                && *truth != Truth::False
            {
                sentences.extend(self.facts.rule(*rule, *truth, facts, 1));
            }
            steps = after;
        }
    }
}
