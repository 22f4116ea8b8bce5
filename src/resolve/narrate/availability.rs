//! Why a feature is available or not: who takes part, what is required, and every rule with what it read.

use crate::language::ast::{Effect, Otherwise, Shape};
use crate::model::{FeatureId, Truth};
use crate::resolve::availability::{By, Ruling, decide_use};
use crate::resolve::probe::Step;
use crate::resolve::rule_set::RuleSet;
use crate::resolve::usage::Use;

use super::fact::Facts;
use super::{Sentence, Verdict};

/// All sentences about a feature.
pub(in crate::resolve) fn narrate_use(
    rules: &RuleSet,
    question: &Use,
    ruling: Ruling,
    steps: &[(usize, Step)],
) -> Vec<Sentence> {
    let facts = Facts { rules, cast: *question.cast() };
    let mut sentences = Vec::new();
    facts.assumptions(&mut sentences);
    facts.people(question, &mut sentences);
    sentences.extend(facts.block(question.feature(), ruling, steps, 0));
    sentences
}

impl Facts<'_> {
    /// Who plays which role.
    fn people(&self, question: &Use, sentences: &mut Vec<Sentence>) {
        let model = self.rules.model();
        let shape = model.features[question.feature()].shape;
        let step = match shape {
            Shape::User => "user",
            Shape::Viewer => "viewer",
            Shape::Participant => "participant",
            Shape::Party => "party",
        };
        sentences.push(self.somebody(step, self.cast.asker, question.subject()));
        if let Some(meeting) = self.cast.meeting {
            let of = &model.meetings[meeting];
            let organizer = &model.people[model.users[of.organizer].person].address;
            if let Some(role) = self.cast.role {
                let listed = |(person, as_role, _): &&(_, _, _)| (*person, *as_role) == (self.cast.asker.person, role);
                let at = of.participants.iter().find(listed).map(|(_, _, span)| *span);
                let organizes = self.cast.asker == self.cast.other;
                let role = self.rules.model().role_name(role).unwrap_or_default();
                let text = format!("{} takes part in {} as {role}", question.subject(), of.name);
                let sentence = Sentence::new("role", Verdict::Held, text);
                sentences.push(match at {
                    Some(at) => sentence.at(Some(at)),
                    None if organizes => sentence.at(Some(of.organizer_at)),
                    None => sentence.because("as the question says"),
                });
            }
            let text = format!("{organizer} convened {}", of.name);
            sentences.push(
                Sentence::new("organizer", Verdict::Held, text)
                    .because("whose policies decide")
                    .at(Some(of.organizer_at)),
            );
        }
        if let Some(other) = question.other() {
            let step = if self.cast.other.user.is_some() && shape == Shape::Viewer { "owner" } else { "peer" };
            sentences.push(self.somebody(step, self.cast.other, other));
        }
    }

    /// What is required, the rules, and the default. Rules that say nothing about the outcome are told in one line.
    fn block(&self, feature: FeatureId, ruling: Ruling, steps: &[(usize, Step)], depth: usize) -> Vec<Sentence> {
        let mut sentences: Vec<Sentence> = Vec::new();
        let mut silent: Vec<String> = Vec::new();
        let mut steps = steps;
        while let Some(((level, step), rest)) = steps.split_first() {
            let inner = rest.iter().take_while(|(inner, _)| inner > level).count();
            let (inside, after) = rest.split_at(inner);
            match step {
                Step::Required(required, true) => sentences.push(self.required(*required, Verdict::Held).inside(depth)),
                Step::Required(required, false) => {
                    sentences.push(self.required(*required, Verdict::Failed).inside(depth));
                    let ruling = decide_use(self.rules, *required, &self.cast);
                    sentences.extend(self.block(*required, ruling, inside, depth + 1));
                }
                Step::Rule(rule, truth) => {
                    let effect = self.rules.model().rules[*rule].effect;
                    let decides = ruling.by == By::Rule(*rule);
                    let fires = *truth == Truth::True || (effect == Effect::Deny && *truth == Truth::Unknown);
                    // Where an allow was asked for and none fires, why not is what one wants to know.
                    let missed = effect == Effect::Allow && !ruling.available;
                    if fires || missed {
                        let mut told = self.rule(*rule, *truth, inside, depth);
                        if let Some(sentence) = told.first_mut() {
                            if fires && !decides {
                                sentence.verdict = Verdict::Outranked;
                            }
                            sentence.text.push_str(match (fires, decides) {
                                (true, true) => " decides",
                                (true, false) => " would, and something comes before it",
                                (false, _) => " does not fire",
                            });
                        }
                        sentences.extend(told);
                    } else {
                        silent.push(format!("\"{}\"", self.rules.model().rules[*rule].declared.name));
                    }
                }
                Step::Otherwise(of) => sentences.push(self.otherwise(*of).inside(depth)),
                _ => {}
            }
            steps = after;
        }
        if !silent.is_empty() {
            let verb = if silent.len() == 1 { "does not fire" } else { "do not fire" };
            let at = self.rules.model().features[feature].declared.span;
            let text = format!("{} {verb}", silent.join(", "));
            sentences.push(Sentence::new("rules", Verdict::Failed, text).at(Some(at)).inside(depth));
        }
        sentences
    }

    /// A required feature: available if that held.
    fn required(&self, required: FeatureId, verdict: Verdict) -> Sentence {
        let declared = &self.rules.model().features[required].declared;
        let word = if verdict == Verdict::Held { "available" } else { "unavailable" };
        let text = format!("requires {}, which is {word}", declared.name);
        Sentence::new("requires", verdict, text).at(Some(declared.span))
    }

    fn otherwise(&self, feature: FeatureId) -> Sentence {
        let of = &self.rules.model().features[feature];
        let word = of.otherwise.name();
        let verdict = if of.otherwise == Otherwise::Available { Verdict::Held } else { Verdict::Failed };
        let detail = match (of.rules.is_empty(), of.otherwise_at) {
            (true, _) => "no rule decides it",
            (false, Some(_)) => "no rule fires",
            (false, None) => "no rule fires, and nothing else is said",
        };
        let at = of.otherwise_at.unwrap_or(of.declared.span);
        let text = format!("{} is {word} otherwise", of.declared.name);
        Sentence::new("otherwise", verdict, text).because(detail).at(Some(at))
    }
}
