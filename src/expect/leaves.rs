//! `X discloses DATA to RECIPIENT through FEATURE` and `X stores DATA at PLACE through FEATURE`, with `does not` too,
//! for one, for several and for everybody.
//!
//! A list is as many expectations as it has pairs of data and recipient: `nobody discloses a, b` says both that nobody
//! discloses `a` and that nobody discloses `b`.

use super::uses;
use super::using::Using;
use super::{Answered, everybody};
use crate::language::ast::{self, Destination, Target, Who};
use crate::model::{Goal, Model, Subject, Truth};
use crate::resolve::{Cover, Leave, Left, RuleSet, Unknown, Use, explain_leave, leave, lookup};

/// An expectation about what leaves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaves<'a> {
    pub(super) who: &'a Who,
    pub(super) leaves: &'a ast::Leaves,
}

impl Leaves<'_> {
    /// The expectation in words.
    pub(super) fn words(&self) -> String {
        let ast::Leaves { negated, data, whose, to, .. } = self.leaves;
        let (does, does_not, to) = match to {
            Destination::Recipients(to) => {
                ("discloses", "does not disclose", format!("to {}", listed(to.iter().map(|to| to.it.clone()))))
            }
            Destination::Place(at) => ("stores", "does not store", format!("at {}", at.it)),
        };
        let verb = if *negated { does_not } else { does };
        let data = listed(data.iter().map(Target::to_string));
        let whose = whose.as_ref().map(|whose| format!(" of {}", whose.it)).unwrap_or_default();
        let who = everybody::words(self.who);
        format!("{who} {verb} {data}{whose} {to} through {}", self.using().words())
    }

    /// Asks about each pair, and compares: the first that is not as expected is the answer.
    pub(super) fn answer(&self, rules: &RuleSet, mut cover: Option<&mut Cover>) -> Result<Answered, Unknown> {
        let mut answers = Vec::new();
        for asked in self.asked(rules.model())? {
            let ask = |question: &Use| {
                if let Some(cover) = &mut cover {
                    cover.use_feature(rules, question);
                }
                let left = leave(rules, question, asked);
                (left.line().is_some() != self.leaves.negated, words(rules, question, asked, &left))
            };
            let answered = self.using().answer(rules, ask, |question| explain_leave(rules, question, asked))?;
            if !answered.holds {
                return Ok(answered);
            }
            answers.push(answered);
        }
        let all = |of: fn(&Answered) -> &str| answers.iter().map(of).collect::<Vec<_>>();
        Ok(Answered {
            holds: true,
            actual: all(|answered| &answered.actual).join("; "),
            about: None,
            explanation: Vec::new(),
            reason: all(|answered| &answered.reason).concat(),
        })
    }

    fn using(&self) -> Using<'_> {
        Using { who: self.who, feature: &self.leaves.feature, context: &self.leaves.context }
    }

    /// Each pair of something and where it is to go.
    fn asked(&self, model: &Model) -> Result<Vec<Leave>, Unknown> {
        let goals = match &self.leaves.to {
            Destination::Recipients(to) => {
                to.iter().map(|to| lookup::recipient(model, &to.it).map(Goal::Recipient)).collect()
            }
            Destination::Place(at) => lookup::place(model, &at.it).map(|at| vec![Goal::Place(at)]),
        };
        let goals: Vec<Goal> = goals?;
        let whose = self.leaves.whose.as_ref().and_then(|whose| Subject::named(&whose.it));
        let mut asked = Vec::new();
        for target in &self.leaves.data {
            let item = lookup::item(model, target)?;
            asked.extend(goals.iter().map(|to| Leave { item, whose, to: *to }));
        }
        Ok(asked)
    }
}

fn listed(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// What is so, in one line.
fn words(rules: &RuleSet, question: &Use, asked: Leave, left: &Left<'_>) -> String {
    let model = rules.model();
    if !left.ruling.available {
        let feature = &model.features[question.feature()].declared.name;
        return format!("{feature} is {}", uses::words(rules, left.ruling));
    }
    if let Some((line, truth)) = left.line() {
        let goes = model.goes(line, asked.to);
        return match truth {
            Truth::Unknown => {
                format!("possibly {goes}: it is not known whether {}", model.condition_name(line.when))
            }
            Truth::True | Truth::False => goes,
        };
    }
    if let [(line, _), others @ ..] = left.lines.as_slice() {
        let others = others.iter().map(|(line, _)| line);
        let when = std::iter::once(line).chain(others).map(|line| model.condition_name(line.when));
        let when = when.collect::<Vec<_>>().join(", or when ");
        return format!("{} only when {when}", model.goes(line, asked.to));
    }
    match left.of_others.first() {
        Some(line) => format!("{} only", model.goes(line, asked.to)),
        None => asked.nothing(model),
    }
}
