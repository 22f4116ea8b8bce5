//! `prescope/answer/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{At, words};
use crate::graph::RuleGraph;
use crate::language::{Sources, Span};
use crate::model::{ContainerId, FieldId, GroupId, Model, What};
use crate::resolve::{
    Answer, Answers, CategoryAnswer, Channel, Decision, Explanation, Matched, See, Sentence, Settled,
};

/// The contract, of answers about features too.
pub(super) const SCHEMA: &str = "prescope/answer/v1";

/// An answer on the wire, without `schema` and `question`.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema, Debug)]
pub struct WireAnswer {
    /// Of a field `visible`, `altered` or `hidden`, of a category `visible`, `partial` or `hidden`.
    #[schemars(extend("enum" = words::answers()))]
    answer: String,
    /// What is shown instead, of an altered field.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// The container that answered; null if none did, or if the viewer is the owner.
    container: Option<WireContainer>,
    /// The entry that named the container; null if no entry did.
    membership: Option<WireMembership>,
    /// The answer for each field asked for, in order of declaration.
    fields: Vec<WireField>,
    /// What is doubtful about the question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// Available features that disclose the same to somebody the viewer belongs to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<WireChannel>,
    /// The steps of the decision, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<WireSentence>,
}

/// A container.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema, Debug)]
pub(super) struct WireContainer {
    /// Its name.
    name: String,
    /// Its number.
    id: u32,
}

/// An entry of a container.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema, Debug)]
pub(super) struct WireMembership {
    /// Whom it can name.
    #[schemars(extend("enum" = words::memberships()))]
    r#type: &'static str,
    /// The entry as a directory writes it.
    entry: String,
    /// Where it stands; of somebody in a group that the directory put there, where the group names them. Null if nobody
    /// has written it.
    at: Option<At>,
    /// The groups through which somebody is there, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    through: Vec<WireGroup>,
}

/// A group that stands among the entries of a container, or in another group.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema, Debug)]
struct WireGroup {
    /// Its name.
    group: String,
    /// Where it is put there: the entry, or the line of the group before it.
    at: At,
}

/// The answer for one field.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema, Debug)]
struct WireField {
    /// Its name.
    field: String,
    /// What is given of it.
    #[schemars(extend("enum" = words::field_answers()))]
    answer: &'static str,
    /// What is shown instead, if it is altered.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

/// One step of an explanation.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema, Debug)]
pub(super) struct WireSentence {
    /// How deep it stands below the step that it belongs to.
    depth: usize,
    /// What kind of step it is.
    step: &'static str,
    /// What came of it.
    #[schemars(extend("enum" = words::verdicts()))]
    verdict: &'static str,
    /// The sentence.
    text: String,
    /// The declaration that made it.
    at: Option<At>,
}

/// An answer about presence.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document<'a> {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// What was asked.
    question: WireQuestion,
    #[serde(flatten)]
    answer: &'a WireAnswer,
}

/// A question about presence.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireQuestion {
    /// Who sees what.
    see: WireSee,
}

/// Who sees what.
#[derive(Serialize, JsonSchema)]
struct WireSee {
    /// Who looks.
    #[serde(skip_serializing_if = "Option::is_none")]
    viewer: Option<String>,
    /// Whose presence it is.
    owner: String,
    /// What.
    category: String,
    /// Which field of it; absent for the whole category.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

impl WireQuestion {
    /// The question of who sees something.
    pub(super) fn new(model: &Model, question: &See) -> WireQuestion {
        WireQuestion {
            see: WireSee {
                viewer: None,
                owner: model.people[model.users[question.owner()].person].address.to_string(),
                category: model.categories[question.category()].declared.name.clone(),
                field: question.field().map(|field| model.fields[field].declared.name.clone()),
            },
        }
    }

    /// The same question about one viewer.
    fn asked_by(mut self, viewer: &str) -> WireQuestion {
        self.see.viewer = Some(viewer.to_owned());
        self
    }
}

pub(super) fn container(model: &Model, container: ContainerId) -> WireContainer {
    let of = &model.containers[container];
    WireContainer { name: of.declared.name.clone(), id: of.number }
}

pub(super) fn membership(graph: &RuleGraph, sources: &Sources, settled: &Settled, matched: Matched) -> WireMembership {
    let model = graph.model();
    let through = settled.stand(matched).map(|stand| stand.through(graph)).unwrap_or_default();
    let group = |(group, span): (GroupId, Span)| WireGroup {
        group: model.groups[group].name.clone(),
        at: At::new(sources, span),
    };
    WireMembership {
        r#type: matched.matcher.type_name(),
        entry: matched.matcher.describe(model),
        at: settled.place(model, matched).map(|span| At::new(sources, span)),
        through: through.into_iter().map(group).collect(),
    }
}

fn value(model: &Model, field: FieldId, answer: Answer) -> Option<String> {
    match answer {
        Answer::Altered(value) => Some(model.value_name(&model.kind_of(What::Presence(field)), value)),
        Answer::Visible | Answer::Hidden => None,
    }
}

impl WireAnswer {
    /// An answer.
    pub fn new(graph: &RuleGraph, sources: &Sources, question: &See, answers: &Answers) -> WireAnswer {
        let (model, decisions) = (graph.model(), &answers.decisions);
        let last = decisions.last().map(|(_, decision)| *decision);
        let only = question.field().zip(last).map(|(field, decision)| (field, decision.answer));
        let answer = match only {
            Some((_, answer)) => answer.name(),
            None => CategoryAnswer::from_answers(decisions.iter().map(|(_, decision)| decision.answer)).name(),
        };
        let field = |(field, decision): &(FieldId, Decision)| WireField {
            field: model.fields[*field].declared.name.clone(),
            answer: decision.answer.name(),
            value: value(model, *field, decision.answer),
        };
        WireAnswer {
            answer: answer.to_owned(),
            value: only.and_then(|(field, answer)| value(model, field, answer)),
            container: last.and_then(|decision| decision.container).map(|it| container(model, it)),
            membership: last
                .and_then(|decision| decision.matched)
                .zip(answers.settled.as_ref())
                .map(|(matched, settled)| membership(graph, sources, settled, matched)),
            fields: decisions.iter().map(field).collect(),
            warnings: question.warnings().to_vec(),
            elsewhere: Vec::new(),
            explanation: Vec::new(),
        }
    }

    /// The same with its explanation.
    #[must_use]
    pub fn explained(mut self, sources: &Sources, explanation: &Explanation) -> WireAnswer {
        self.explanation = explanation.sentences.iter().map(|it| sentence(sources, it)).collect();
        self
    }

    /// The same with the other channels.
    #[must_use]
    pub fn with_elsewhere(mut self, model: &Model, sources: &Sources, channels: &[Channel]) -> WireAnswer {
        self.elsewhere = channels.iter().map(|it| channel(model, sources, it)).collect();
        self
    }
}

/// A feature that discloses the same.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema, Debug)]
pub(in crate::report) struct WireChannel {
    /// The feature.
    feature: String,
    /// To whom.
    recipient: String,
    /// What, as a category, a field or data of the feature.
    item: String,
    /// `certain` only if it happens whenever the feature is used, and in a meeting of the directory if it is about
    /// meetings.
    #[schemars(extend("enum" = words::certainties()))]
    certainty: &'static str,
    /// The meetings of the directory in which it is so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    meetings: Vec<String>,
    /// Where it is said.
    at: At,
}

pub(in crate::report) fn channel(model: &Model, sources: &Sources, channel: &Channel) -> WireChannel {
    WireChannel {
        feature: model.features[channel.feature].declared.name.clone(),
        recipient: model.recipients[channel.to].declared.name.clone(),
        item: model.item_name(channel.item),
        certainty: channel.certainty.name(),
        meetings: channel.meetings.iter().map(|meeting| model.meetings[*meeting].name.clone()).collect(),
        at: At::new(sources, channel.span),
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
        at: sentence.at.map(|span| At::new(sources, span)),
    }
}

/// The whole document.
pub fn answer(model: &Model, question: &See, answer: &WireAnswer) -> String {
    let asked = WireQuestion::new(model, question).asked_by(question.viewer_name());
    super::line(&Document { schema: SCHEMA, question: asked, answer })
}
