//! `prescope/answer/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{At, words};
use crate::language::{Sources, Span};
use crate::model::{ContainerId, FieldId, GroupId, What};
use crate::resolve::{
    Answer, CategoryAnswer, Channel, Decision, Explanation, Matched, RuleSet, See, Sentence, Settled, settled,
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
    pub(super) fn new(rules: &RuleSet, question: &See, with_viewer: bool) -> WireQuestion {
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
    let through = settled.stand(matched).map(|stand| stand.through(rules.graph())).unwrap_or_default();
    let group = |(group, span): (GroupId, Span)| WireGroup {
        group: rules.model().groups[group].name.clone(),
        at: At::new(sources, span),
    };
    WireMembership {
        r#type: matched.matcher.type_name(),
        entry: matched.matcher.describe(rules.model()),
        at: settled.place(rules.model(), matched).map(|span| At::new(sources, span)),
        through: through.into_iter().map(group).collect(),
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
            None => CategoryAnswer::from_answers(decisions.iter().map(|(_, decision)| decision.answer)).name(),
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
                .map(|it| membership(rules, sources, &settled(rules, question.owner()), it)),
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

pub(in crate::report) fn channel(rules: &RuleSet, sources: &Sources, channel: &Channel) -> WireChannel {
    let model = rules.model();
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
pub fn answer(rules: &RuleSet, question: &See, answer: &WireAnswer) -> String {
    super::line(&Document { schema: SCHEMA, question: WireQuestion::new(rules, question, true), answer })
}
