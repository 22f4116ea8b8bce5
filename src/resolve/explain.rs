//! The explanation of an answer: the same walk with a listener, told in sentences.

use crate::model::FieldId;

use super::answer::Decision;
use super::availability::{Ruling, walk_use};
use super::decide::Look;
use super::narrate::{Recorded, Sentence, narrate, narrate_use};
use super::probe::Recorder;
use super::question::See;
use super::rule_set::RuleSet;
use super::usage::Use;

/// An answer with the sentences that tell why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// The decision for each field asked for, in order.
    pub decisions: Vec<(FieldId, Decision)>,
    /// Why, from the viewer to the last guard.
    pub sentences: Vec<Sentence>,
}

/// The walk of a question as it was recorded, before anything is told.
#[derive(Debug)]
pub struct Recording {
    decisions: Vec<(FieldId, Decision)>,
    recorded: Vec<Recorded>,
}

/// Answers a question and records every step. To tell it afterwards, only if somebody wants to know, is
/// [`Recording::tell`].
pub fn record(rules: &RuleSet, question: &See) -> Recording {
    let mut decisions = Vec::new();
    let mut recorded: Vec<Recorded> = Vec::new();
    for field in question.fields(rules.model()) {
        let mut recorder = Recorder::default();
        let decision = Look { rules, viewer: question.viewer(), owner: question.owner(), field }.walk(&mut recorder);
        decisions.push((field, decision));
        let steps = recorder.into_steps();
        match recorded.iter_mut().find(|alike| alike.answer == decision.answer && alike.steps == steps) {
            Some(alike) => alike.fields.push(field),
            None => recorded.push(Recorded { fields: vec![field], answer: decision.answer, steps }),
        }
    }
    Recording { decisions, recorded }
}

impl Recording {
    /// The decision for each field asked for, in order.
    pub fn decisions(&self) -> &[(FieldId, Decision)] {
        &self.decisions
    }

    /// The sentences that tell why, for the set and the question that were recorded.
    pub fn tell(self, rules: &RuleSet, question: &See) -> Explanation {
        let sentences = narrate(rules, question, &self.recorded);
        Explanation { decisions: self.decisions, sentences }
    }
}

/// Explains the answer to a question. Fields of a category that went the same way are told together.
pub fn explain(rules: &RuleSet, question: &See) -> Explanation {
    record(rules, question).tell(rules, question)
}

/// A ruling with the sentences that tell why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UseExplanation {
    /// The ruling.
    pub ruling: Ruling,
    /// Why.
    pub sentences: Vec<Sentence>,
}

/// Explains whether a feature is available.
pub fn explain_use(rules: &RuleSet, question: &Use) -> UseExplanation {
    let mut recorder = Recorder::default();
    let ruling = walk_use(rules, question.feature(), question.cast(), &mut recorder);
    let sentences = narrate_use(rules, question, ruling, &recorder.into_steps());
    UseExplanation { ruling, sentences }
}
