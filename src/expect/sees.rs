//! `X sees OWNER TARGET` in all its forms, for one, for several and for everybody.

use super::Answered;
use super::everybody;
use super::reason::told;
use crate::language::ast::{Extent, Literal, Target, Who};
use crate::model::{FieldId, Model, Value, ValueType, What};
use crate::resolve::{
    Answer, CategoryAnswer, Cover, Decision, Explanation, RuleSet, See, Somebody, Unknown, decide_field, explain,
};

type Decisions = Vec<(FieldId, Decision)>;

/// An expectation about presence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sees<'a> {
    pub(super) who: &'a Who,
    pub(super) extent: &'a Extent,
    pub(super) owner: &'a str,
    pub(super) target: &'a Target,
}

impl Sees<'_> {
    /// The expectation in words.
    pub(super) fn words(&self) -> String {
        let Sees { extent, owner, target, .. } = self;
        let who = everybody::words(self.who);
        match extent {
            Extent::Sees => format!("{who} sees {owner} {target}"),
            Extent::SeesSome => format!("{who} sees some of {owner} {target}"),
            Extent::SeesAs(literal) => format!("{who} sees {owner} {target} as {}", spell(literal)),
            Extent::SeesNothing => format!("{who} does not see {owner} {target}"),
            Extent::SeesNotAs(literal) => format!("{who} does not see {owner} {target} as {}", spell(literal)),
        }
    }

    /// Asks, and compares.
    pub(super) fn answer(&self, rules: &RuleSet, mut cover: Option<&mut Cover>) -> Result<Answered, Unknown> {
        let Sees { who, extent, owner, target } = *self;
        let field = target.field.as_ref().map(|field| field.it.as_str());
        let question = rules.see(everybody::asker(who), owner, &target.category.it, field)?;
        let model = rules.model();
        if matches!(who, Who::Person(_)) {
            let decisions = decisions(rules, &question, question.viewer(), &mut cover);
            let Explanation { sentences, .. } = explain(rules, &question);
            let words = words(model, &question, &decisions);
            return Ok(Answered {
                holds: holds(model, extent, &decisions),
                reason: format!("{words}\n{}", told(&sentences)),
                actual: words,
                about: None,
                explanation: sentences,
            });
        }
        let ask = |viewer: Somebody| {
            let decisions = decisions(rules, &question, viewer, &mut cover);
            (holds(model, extent, &decisions), because(rules, &question, &decisions))
        };
        let explain = |viewer: Somebody, name: String| explain(rules, &question.asked_by(viewer, name)).sentences;
        Ok(everybody::viewers((rules, question.owner()), who, ask, explain))
    }
}

fn decisions(rules: &RuleSet, question: &See, viewer: Somebody, cover: &mut Option<&mut Cover>) -> Decisions {
    let owner = question.owner();
    let decide = |field: FieldId| match cover {
        Some(cover) => (field, cover.see(rules, viewer, owner, field)),
        None => (field, decide_field(rules, viewer, owner, field)),
    };
    question.fields(rules.model()).map(decide).collect()
}

/// Whether this is what an expectation means. An altered value is no sight of the owner's own.
fn holds(model: &Model, extent: &Extent, decisions: &Decisions) -> bool {
    let visible = |(_, decision): &(FieldId, Decision)| decision.answer == Answer::Visible;
    match extent {
        Extent::Sees => !decisions.is_empty() && decisions.iter().all(visible),
        Extent::SeesSome => decisions.iter().any(visible),
        Extent::SeesNothing => !decisions.iter().any(visible),
        Extent::SeesAs(literal) => shows(model, literal, decisions),
        Extent::SeesNotAs(literal) => !shows(model, literal, decisions),
    }
}

/// Whether this value is shown instead of the owner's.
fn shows(model: &Model, literal: &Literal, decisions: &Decisions) -> bool {
    match decisions.as_slice() {
        [(field, Decision { answer: Answer::Altered(shown), .. })] => {
            value(&model.kind_of(What::Presence(*field)), literal) == Some(*shown)
        }
        _ => false,
    }
}

/// The answer in words: of a category, field by field unless all are alike.
fn words(model: &Model, question: &See, decisions: &Decisions) -> String {
    if let (Some(_), [(field, decision)]) = (question.field(), decisions.as_slice()) {
        return word(model, *field, decision.answer);
    }
    let whole = CategoryAnswer::from_answers(decisions.iter().map(|(_, decision)| decision.answer));
    if whole != CategoryAnswer::Partial {
        return whole.name().to_owned();
    }
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for (field, decision) in decisions {
        let word = word(model, *field, decision.answer);
        let name = model.fields[*field].declared.name.as_str();
        match groups.iter_mut().find(|(known, _)| *known == word) {
            Some((_, names)) => names.push(name),
            None => groups.push((word, vec![name])),
        }
    }
    let groups = groups.iter().map(|(word, names)| format!("{word} {}", names.join(", ")));
    format!("partial: {}", groups.collect::<Vec<_>>().join("; "))
}

fn word(model: &Model, field: FieldId, answer: Answer) -> String {
    match answer {
        Answer::Visible | Answer::Hidden => answer.name().to_owned(),
        Answer::Altered(value) => {
            format!("altered to {}", model.value_name(&model.kind_of(What::Presence(field)), value))
        }
    }
}

/// The answer with the container and the entry that led to it.
fn because(rules: &RuleSet, question: &See, decisions: &Decisions) -> String {
    let model = rules.model();
    let words = words(model, question, decisions);
    let Some((_, decision)) = decisions.last() else { return words };
    let container = decision.container.map_or("nobody answers".to_owned(), |it| model.container_name(it));
    let entry = decision.matched.map(|it| format!(" by {}", it.matcher.describe(model))).unwrap_or_default();
    format!("{words}, {container}{entry}")
}

/// The value that a literal means. The vendor's enumerations are spelt with and without capitals.
fn value(kind: &ValueType, literal: &Literal) -> Option<Value> {
    match (kind, literal) {
        (ValueType::Enumeration(values), Literal::Word(word)) => {
            let exact = values.iter().position(|value| value == word);
            let folded = || values.iter().position(|value| value.eq_ignore_ascii_case(word));
            exact.or_else(folded).map(|index| Value(index as i64))
        }
        (ValueType::Bool, Literal::Bool(truth)) => Some(Value::from(*truth)),
        (ValueType::Range(..), Literal::Integer(number)) => Some(Value(*number)),
        _ => None,
    }
}

fn spell(literal: &Literal) -> String {
    match literal {
        Literal::Word(word) => word.clone(),
        Literal::Bool(truth) => truth.to_string(),
        Literal::Integer(number) => number.to_string(),
        Literal::Text(text) => format!("\"{text}\""),
    }
}
