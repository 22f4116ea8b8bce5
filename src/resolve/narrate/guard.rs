//! Guards: those that deny with the rules that fire and the facts they read, the others in one line.

use crate::model::{GuardId, RuleId, Truth};
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
                sentences.push(self.fired(*rule, *truth));
                self.facts(facts, 2, sentences);
            }
            steps = after;
        }
    }

    /// A rule that fires, with its condition.
    fn fired(&self, rule: RuleId, truth: Truth) -> Sentence {
        let model = self.rules.model();
        let rule = &model.rules[rule];
        let condition = model.condition_name(rule.when);
        let (verdict, detail) = match truth {
            Truth::Unknown => {
                (Verdict::Unknown, format!("it is not known whether {condition}, and a denial fires then"))
            }
            Truth::True | Truth::False => (Verdict::Held, format!("when {condition}")),
        };
        Sentence::new("deny", verdict, format!("\"{}\"", rule.declared.name))
            .because(detail)
            .at(Some(rule.span))
            .inside(1)
    }
}
