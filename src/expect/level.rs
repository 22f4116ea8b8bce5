//! `X in CONTAINER of OWNER` and `X not in CONTAINER of OWNER`, for one, for several and for everybody.

use super::Answered;
use super::everybody;
use super::reason::told;
use crate::language::ast::Who;
use crate::resolve::{Cover, RuleSet, Somebody, Unknown, explain_level, level_by, lookup};

/// An expectation about a level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level<'a> {
    pub(super) who: &'a Who,
    pub(super) negated: bool,
    pub(super) container: &'a str,
    pub(super) owner: &'a str,
}

impl Level<'_> {
    /// The expectation in words.
    pub(super) fn words(&self) -> String {
        let Level { negated, container, owner, .. } = self;
        let (who, not) = (everybody::words(self.who), if *negated { "not " } else { "" });
        format!("{who} {not}in {container} of {owner}")
    }

    /// Asks, and compares.
    pub(super) fn answer(&self, rules: &RuleSet, mut cover: Option<&mut Cover>) -> Result<Answered, Unknown> {
        let Level { who, negated, container, owner } = *self;
        let question = rules.level(everybody::asker(who), owner)?;
        let wanted = lookup::containers(rules.model(), container)?;
        let mut ask = |viewer: Somebody| {
            if let Some(cover) = &mut cover {
                cover.level(rules, viewer, question.owner());
            }
            let found = level_by(rules, viewer, question.owner());
            let is_in = found.is_some_and(|(level, _)| wanted.has(level));
            let by = found.map(|(level, matcher)| (rules.model().container_name(level), matcher));
            let words = match by {
                Some((level, Some(matcher))) => format!("in {level} by {}", matcher.describe(rules.model())),
                Some((level, None)) => format!("in {level}, as no entry matches"),
                None => "in no container, as no entry matches".to_owned(),
            };
            (is_in != negated, words)
        };
        if matches!(who, Who::Person(_)) {
            let (holds, actual) = ask(question.viewer());
            let explanation = explain_level(rules, &question);
            let reason = format!("{actual}\n{}", told(&explanation));
            return Ok(Answered { holds, reason, actual, about: None, explanation });
        }
        let explain = |viewer: Somebody, name: String| explain_level(rules, &question.asked_by(viewer, name));
        Ok(everybody::viewers((rules, question.owner()), who, ask, explain))
    }
}
