//! Guards: those that deny with the rules that fire and the facts they read, the others in one line.

use crate::model::{GuardId, Truth};
use crate::resolve::probe::Step;

use super::{Sentence, Telling, Verdict};

impl Telling<'_> {
    pub(super) fn guard(&self, guard: GuardId, denies: bool, inside: &[(usize, Step)], sentences: &mut Vec<Sentence>) {
        let guard = &self.rules.model().guards[guard];
        let name = &guard.declared.name;
        if !denies {
            let rules = guard.rules.len();
            let detail = match rules {
                0 => "it has no rules".to_owned(),
                1 => "its rule does not fire".to_owned(),
                _ => format!("none of its {rules} rules fires"),
            };
            let text = format!("the guard of {name} lets it pass");
            sentences.push(Sentence::new("guard", Verdict::Held, text).because(detail).at(Some(guard.declared.span)));
            return;
        }
        let text = format!("the guard of {name} denies it");
        sentences.push(Sentence::new("guard", Verdict::Failed, text).at(Some(guard.declared.span)));
        let mut steps = inside;
        while let Some(((depth, step), rest)) = steps.split_first() {
            let inner = rest.iter().take_while(|(inner, _)| inner > depth).count();
            let (facts, after) = rest.split_at(inner);
            if let Step::Rule(rule, truth) = step
                && *truth != Truth::False
            {
                let verdict = if *truth == Truth::True { Verdict::Held } else { Verdict::Unknown };
                sentences.extend(self.facts.rule(*rule, *truth, verdict, facts, 1));
            }
            steps = after;
        }
    }
}
