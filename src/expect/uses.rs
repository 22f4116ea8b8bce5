//! `X can use FEATURE` and `X cannot use FEATURE`, in every context, for one, for several and for everybody.

use super::Answered;
use super::everybody;
use super::using::Using;
use crate::resolve::{By, Cover, RuleSet, Ruling, Unknown, Use, decide_use, explain_use};

/// An expectation about a feature.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uses<'a> {
    pub(super) using: Using<'a>,
    /// Whether it is to be available.
    pub(super) can: bool,
}

impl Uses<'_> {
    /// The expectation in words.
    pub(super) fn words(&self) -> String {
        let verb = if self.can { "can" } else { "cannot" };
        format!("{} {verb} use {}", everybody::words(self.using.who), self.using.words())
    }

    /// Asks, and compares.
    pub(super) fn answer(&self, rules: &RuleSet, mut cover: Option<&mut Cover>) -> Result<Answered, Unknown> {
        let ask = |question: &Use| {
            let ruling = ruling(rules, question, &mut cover);
            (ruling.available == self.can, words(rules, ruling))
        };
        self.using.answer(rules, ask, |question| explain_use(rules, question).sentences)
    }
}

/// Decides, and has it counted as exercised.
pub(super) fn ruling(rules: &RuleSet, question: &Use, cover: &mut Option<&mut Cover>) -> Ruling {
    match cover {
        Some(cover) => cover.use_feature(rules, question),
        None => decide_use(rules, question.feature(), question.cast()),
    }
}

/// The answer with what decided.
pub(super) fn words(rules: &RuleSet, ruling: Ruling) -> String {
    let model = rules.model();
    let by = match ruling.by {
        By::Requires(feature) => format!("requires {}", model.features[feature].declared.name),
        By::Rule(rule) => format!("by \"{}\"", model.rules[rule].declared.name),
        By::Default => "by default".to_owned(),
    };
    format!("{}, {by}", ruling.name())
}
