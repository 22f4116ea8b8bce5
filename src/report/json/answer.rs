//! `prescope/answer/v1`.

use serde::Serialize;

use super::At;
use crate::model::{ContainerId, FieldId, What};
use crate::resolve::{
    Answer, CategoryAnswer, Channel, Decision, Explanation, Matched, RuleSet, See, Sentence, Settled,
};
use crate::text::Sources;

/// An answer on the wire, without `schema` and `question`.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub struct WireAnswer {
    answer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    container: Option<WireContainer>,
    membership: Option<WireMembership>,
    fields: Vec<WireField>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<WireChannel>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<WireSentence>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub(super) struct WireContainer {
    name: String,
    id: u32,
}

#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub(super) struct WireMembership {
    r#type: &'static str,
    entry: String,
    at: Option<At>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
struct WireField {
    field: String,
    answer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub(super) struct WireSentence {
    depth: usize,
    step: &'static str,
    verdict: &'static str,
    text: String,
    at: Option<At>,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    question: WireQuestion,
    #[serde(flatten)]
    answer: &'a WireAnswer,
}

#[derive(Serialize)]
pub(super) struct WireQuestion {
    see: WireSee,
}

#[derive(Serialize)]
struct WireSee {
    #[serde(skip_serializing_if = "Option::is_none")]
    viewer: Option<String>,
    owner: String,
    category: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

impl WireQuestion {
    pub(super) fn of(rules: &RuleSet, question: &See, with_viewer: bool) -> WireQuestion {
        let model = rules.model();
        WireQuestion {
            see: WireSee {
                viewer: with_viewer.then(|| question.viewer_name().to_owned()),
                owner: model.people[model.users[question.owner()].person].address.to_string(),
                category: model.categories[question.category()].declared.name.clone(),
                field: question.field().map(|field| model.fields[field].declared.name.clone()),
            },
        }
    }
}

pub(super) fn container(rules: &RuleSet, container: ContainerId) -> WireContainer {
    let of = &rules.model().containers[container];
    WireContainer { name: of.declared.name.clone(), id: of.number }
}

pub(super) fn membership(rules: &RuleSet, sources: &Sources, settled: &Settled, matched: Matched) -> WireMembership {
    WireMembership {
        r#type: matched.matcher.type_name(),
        entry: matched.matcher.describe(rules.model()),
        at: settled.place(rules.model(), matched).map(|span| At::of(sources, span)),
    }
}

fn value(rules: &RuleSet, field: FieldId, answer: Answer) -> Option<String> {
    match answer {
        Answer::Altered(value) => {
            let model = rules.model();
            Some(model.value_name(&model.kind_of(What::Presence(field)), value))
        }
        Answer::Visible | Answer::Hidden => None,
    }
}

/// The decisions for every field a question asks for.
pub fn fields_of(rules: &RuleSet, question: &See) -> Vec<(FieldId, Decision)> {
    question
        .fields(rules.model())
        .map(|field| (field, crate::resolve::decide_field(rules, question.viewer(), question.owner(), field)))
        .collect()
}

impl WireAnswer {
    /// An answer, with its explanation if there is one.
    pub fn new(
        rules: &RuleSet,
        sources: &Sources,
        question: &See,
        decisions: &[(FieldId, Decision)],
        explanation: Option<&Explanation>,
    ) -> WireAnswer {
        let last = decisions.last().map(|(_, decision)| *decision);
        let only = question.field().zip(last).map(|(field, decision)| (field, decision.answer));
        let answer = match only {
            Some((_, answer)) => answer.name(),
            None => CategoryAnswer::of(decisions.iter().map(|(_, decision)| decision.answer)).name(),
        };
        let field = |(field, decision): &(FieldId, Decision)| WireField {
            field: rules.model().fields[*field].declared.name.clone(),
            answer: decision.answer.name(),
            value: value(rules, *field, decision.answer),
        };
        WireAnswer {
            answer: answer.to_owned(),
            value: only.and_then(|(field, answer)| value(rules, field, answer)),
            container: last.and_then(|decision| decision.container).map(|it| container(rules, it)),
            membership: last
                .and_then(|decision| decision.matched)
                .map(|it| membership(rules, sources, &rules.settled(question.owner()), it)),
            fields: decisions.iter().map(field).collect(),
            warnings: question.warnings().to_vec(),
            elsewhere: Vec::new(),
            explanation: explanation
                .map(|explanation| explanation.sentences.iter().map(|it| sentence(sources, it)).collect())
                .unwrap_or_default(),
        }
    }
}

impl WireAnswer {
    /// The same with the other channels.
    #[must_use]
    pub fn with_elsewhere(mut self, rules: &RuleSet, sources: &Sources, channels: &[Channel]) -> WireAnswer {
        self.elsewhere = channels.iter().map(|it| channel(rules, sources, it)).collect();
        self
    }
}

#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub(super) struct WireChannel {
    feature: String,
    recipient: String,
    item: String,
    certainty: &'static str,
    at: At,
}

pub(super) fn channel(rules: &RuleSet, sources: &Sources, channel: &Channel) -> WireChannel {
    let model = rules.model();
    WireChannel {
        feature: model.features[channel.feature].declared.name.clone(),
        recipient: model.recipients[channel.to].declared.name.clone(),
        item: model.item_name(channel.item),
        certainty: channel.certainty.name(),
        at: At::of(sources, channel.span),
    }
}

pub(super) fn sentence(sources: &Sources, sentence: &Sentence) -> WireSentence {
    let text = match sentence.detail.as_str() {
        "" => sentence.text.clone(),
        detail => format!("{}; {detail}", sentence.text),
    };
    WireSentence {
        depth: sentence.depth,
        step: sentence.step,
        verdict: sentence.verdict.name(),
        text,
        at: sentence.at.map(|span| At::of(sources, span)),
    }
}

/// The whole document.
pub fn answer(rules: &RuleSet, question: &See, answer: &WireAnswer) -> String {
    super::line(&Document { schema: "prescope/answer/v1", question: WireQuestion::of(rules, question, true), answer })
}
