//! Why the answer that stands for a group was what it was, and is what it is: what differs and gives it back, and the
//! sentences of `why` on both sides, of which those that both say are told once.

use super::{Answered, Causes, Diff, Group, Side, Structure, Viewer, Witness};
use crate::resolve::{RuleSet, Sentence, explain};

/// Why the answers that stand for a group are others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reasons {
    /// What gives the first of them back when it is put back.
    pub causes: Causes,
    /// The sentences about each of them.
    pub why: Vec<Vec<Step>>,
}

/// A sentence of one side, or of both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The side that alone says it; None if both do.
    pub side: Option<Side>,
    /// What it says. Its place is one of that side; of both, of HEAD.
    pub sentence: Sentence,
}

impl Diff<'_> {
    /// Why the answers that stand for a group are others.
    pub fn reasons(&self, structure: &Structure<'_>, group: &Group) -> Reasons {
        let answered = |witness: &Witness| witness.answered(self.before.model());
        let witnesses = std::iter::once(&group.witness).chain(&group.others);
        Reasons {
            causes: structure.causes(&answered(&group.witness), self.after.entries()),
            why: witnesses.map(|witness| self.why(&answered(witness))).collect(),
        }
    }

    /// The sentences of both sides about an answer. A side that does not have the field says nothing.
    pub fn why(&self, asked: &Answered) -> Vec<Step> {
        let [before, after] = self.sets().map(|rules| sentences(rules, asked));
        let mut steps = Vec::new();
        let mut tell = |side: Option<Side>, sentence: Sentence| steps.push(Step { side, sentence });
        let mut after = after.into_iter();
        for sentence in before {
            match after.as_slice().iter().position(|other| is_same(&sentence, other)) {
                Some(at) => {
                    after.by_ref().take(at).for_each(|other| tell(Some(Side::Head), other));
                    after.by_ref().take(1).for_each(|both| tell(None, both));
                }
                None => tell(Some(Side::Base), sentence),
            }
        }
        after.for_each(|other| tell(Some(Side::Head), other));
        steps
    }
}

fn sentences(rules: &RuleSet, asked: &Answered) -> Vec<Sentence> {
    let Some((category, field)) = asked.field.split_once('.') else { return Vec::new() };
    let name = match &asked.viewer {
        Viewer::Known(address) => address.as_str(),
        // Somebody whom nobody knows has no name to look up.
        Viewer::Open(_) => "anonymous",
    };
    let Ok(question) = rules.see(name, asked.owner.as_str(), category, Some(field)) else { return Vec::new() };
    let question = match &asked.viewer {
        Viewer::Known(_) => question,
        Viewer::Open(everybody) => question.asked_by(everybody.somebody(rules.model()), everybody.words()),
    };
    explain(rules, &question).sentences
}

/// Whether two sides say the same, wherever it stands.
fn is_same(one: &Sentence, other: &Sentence) -> bool {
    let said = |it: &Sentence| Sentence { at: None, ..it.clone() };
    said(one) == said(other)
}
