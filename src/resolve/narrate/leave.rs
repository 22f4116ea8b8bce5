//! Why something leaves through a feature or not: the lines that speak of it, with what their conditions read.

use crate::model::{Goal, Leaving, Subject, Truth, Way};
use crate::resolve::condition::truth;
use crate::resolve::leave::{Leave, leave};
use crate::resolve::probe::Recorder;
use crate::resolve::rule_set::RuleSet;
use crate::resolve::usage::Use;

use super::fact::Facts;
use super::{Sentence, Verdict};

/// All sentences about the lines of a feature that speak of something.
pub(in crate::resolve) fn narrate_leave(rules: &RuleSet, question: &Use, asked: Leave) -> Vec<Sentence> {
    let model = rules.model();
    let facts = Facts { rules, cast: *question.cast() };
    let left = leave(rules, question, asked);
    let mut sentences = Vec::new();
    for (line, _) in &left.lines {
        let first = sentences.len();
        facts.line(line, asked.to, &mut sentences);
        let told = sentences.get_mut(first).filter(|told| !left.ruling.available && told.verdict != Verdict::Failed);
        if let Some(told) = told {
            told.verdict = Verdict::Outranked;
            let if_it_were = "if the feature were available";
            told.detail =
                if told.detail.is_empty() { if_it_were.to_owned() } else { format!("{if_it_were}, {}", told.detail) };
        }
    }
    let whose = asked.whose.map(Subject::name).unwrap_or_default();
    for line in &left.of_others {
        let sentence = Sentence::new(step(line.way), Verdict::Failed, model.goes(line, asked.to));
        sentences.push(sentence.because(format!("not that of {whose}")).at(Some(line.span)));
    }
    if sentences.is_empty() {
        let feature = &model.features[question.feature()].declared;
        let step = if matches!(asked.to, Goal::Recipient(_)) { DISCLOSES } else { STORES };
        let sentence = Sentence::new(step, Verdict::Failed, asked.nothing(model));
        sentences.push(sentence.because(format!("no line of {} says so", feature.name)).at(Some(feature.span)));
    }
    sentences
}

const DISCLOSES: &str = "discloses";
const STORES: &str = "stores";

/// The word with which a line begins.
fn step(way: Way<'_>) -> &'static str {
    match way {
        Way::Disclosed(_) => DISCLOSES,
        Way::Stored { .. } => STORES,
    }
}

impl Facts<'_> {
    /// A line with the truth of its condition, and below it the facts that were read.
    fn line(&self, line: &Leaving<'_>, to: Goal, sentences: &mut Vec<Sentence>) {
        let mut recorder = Recorder::default();
        let truth = truth(self.rules, line.when, &self.cast, &mut recorder);
        let condition = self.rules.model().condition_unless_always(line.when);
        let detail = condition.map_or(String::new(), |condition| match truth {
            Truth::True => format!("when {condition}"),
            Truth::Unknown => format!("it is not known whether {condition}, and it counts then"),
            Truth::False => format!("only when {condition}"),
        });
        let verdict = match truth {
            Truth::True => Verdict::Held,
            Truth::Unknown => Verdict::Unknown,
            Truth::False => Verdict::Failed,
        };
        let text = self.rules.model().goes(line, to);
        sentences.push(Sentence::new(step(line.way), verdict, text).because(detail).at(Some(line.span)));
        self.tell(&recorder.into_steps(), 1, sentences);
    }
}
