//! Whether something leaves when somebody uses a feature, by which lines, and why.

use crate::model::{Goal, Item, Leaving, Model, Organisation, Subject, Truth};

use super::availability::{Ruling, decide_use};
use super::direct::truth_of;
use super::explain::explain_use;
use super::narrate::{Sentence, narrate_leave};
use super::rule_set::RuleSet;
use super::usage::Use;

/// What is asked about: whether any part of it gets there, or more than it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leave {
    /// What.
    pub item: Item,
    /// Whose; None is anybody's.
    pub whose: Option<Subject>,
    /// Where to.
    pub to: Goal,
}

/// What becomes of it when a feature is used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Left<'m> {
    /// Whether the feature is available.
    pub ruling: Ruling,
    /// The lines that let it leave, each with the truth of its condition.
    pub lines: Vec<(Leaving<'m>, Truth)>,
    /// Those that let somebody else's leave.
    pub of_others: Vec<Leaving<'m>>,
}

impl Leave {
    /// "nothing of note goes to vendor"
    pub fn nothing(self, model: &Model) -> String {
        format!("nothing of {} {}", model.item_of(self.item, self.whose), model.goal_name(self.to))
    }
}

impl<'m> Left<'m> {
    /// The first line by which it leaves.
    pub fn line(&self) -> Option<&(Leaving<'m>, Truth)> {
        self.lines.iter().find(|(_, truth)| self.ruling.available && counts(*truth))
    }
}

/// Whether a line with a condition of this truth lets something leave: it does unless the condition is known to be
/// false.
pub fn counts(when: Truth) -> bool {
    when != Truth::False
}

/// What becomes of it in a use of a feature.
pub fn leave<'r>(rules: &'r RuleSet, question: &Use, asked: Leave) -> Left<'r> {
    let (feature, cast) = (question.feature(), question.cast());
    let (mut of_asked, mut of_others) = (Vec::new(), Vec::new());
    for line in rules.model().leaving_to(feature, Organisation::Directory, (asked.item, asked.to)) {
        if asked.whose.is_none() || asked.whose == line.whose {
            of_asked.push((line, truth_of(rules, line.when, cast)));
        } else {
            of_others.push(line);
        }
    }
    Left { ruling: decide_use(rules, feature, cast), lines: of_asked, of_others }
}

/// The sentences that tell why: those about the feature, then those about its lines.
pub fn explain_leave(rules: &RuleSet, question: &Use, asked: Leave) -> Vec<Sentence> {
    let mut sentences = explain_use(rules, question).sentences;
    sentences.extend(narrate_leave(rules, question, asked));
    sentences
}
