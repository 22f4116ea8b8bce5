//! Answers about features: `prescope/answer/v1`, `prescope/users/v1`, `prescope/uses/v1`.

use serde::Serialize;

use super::answer::{WireSentence, sentence};
use crate::model::FeatureId;
use crate::report::usage::deciding;
use crate::report::who::class_name;
use crate::resolve::{Context, RuleSet, Ruling, Use, UseExplanation, Users, controls};
use crate::text::Sources;

/// An answer about a feature on the wire.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub struct WireUse {
    answer: &'static str,
    rule: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<WireSentence>,
}

impl WireUse {
    /// An answer, with its explanation if there is one.
    pub fn new(
        rules: &RuleSet,
        sources: &Sources,
        question: &Use,
        ruling: Ruling,
        explanation: Option<&UseExplanation>,
    ) -> WireUse {
        let sentences = explanation.map(|it| it.sentences.iter().map(|it| sentence(sources, it)).collect());
        WireUse {
            answer: ruling.name(),
            rule: deciding(rules, ruling),
            warnings: question.warnings().to_vec(),
            explanation: sentences.unwrap_or_default(),
        }
    }
}

#[derive(Serialize)]
struct WireContext<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feature: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
}

#[derive(Serialize)]
struct WireQuestion<'a> {
    r#use: WireContext<'a>,
}

impl<'a> WireQuestion<'a> {
    fn of(subject: Option<&'a str>, feature: Option<&'a str>, context: Context<'a>) -> WireQuestion<'a> {
        let Context { meeting, role, peer, owner } = context;
        WireQuestion { r#use: WireContext { subject, feature, meeting, role, peer, owner } }
    }
}

#[derive(Serialize)]
struct AnswerDocument<'a> {
    schema: &'static str,
    question: WireQuestion<'a>,
    #[serde(flatten)]
    answer: &'a WireUse,
}

/// The whole document of one answer. Names of people are in canonical form.
pub fn use_answer(rules: &RuleSet, question: &Use, context: Context<'_>, answer: &WireUse) -> String {
    let feature = &rules.model().features[question.feature()].declared.name;
    let context =
        Context { peer: context.peer.and(question.other()), owner: context.owner.and(question.other()), ..context };
    super::line(&AnswerDocument {
        schema: "prescope/answer/v1",
        question: WireQuestion::of(Some(question.subject()), Some(feature), context),
        answer,
    })
}

#[derive(Serialize)]
struct UsersDocument<'a> {
    schema: &'static str,
    question: WireQuestion<'a>,
    known: WireKnown,
    open: Vec<WireClass>,
}

#[derive(Serialize)]
struct WireKnown {
    count: usize,
    people: Vec<WireUser>,
}

#[derive(Serialize)]
struct WireUser {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    answer: &'static str,
    rule: Option<String>,
}

#[derive(Serialize)]
struct WireClass {
    class: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    answer: &'static str,
    rule: Option<String>,
}

/// Who uses a feature. `count` is how many of the known people listed may.
pub fn who_uses(rules: &RuleSet, feature: FeatureId, context: Context<'_>, users: &Users) -> String {
    let model = rules.model();
    let roles = rules.roles();
    let role_name = |role: Option<crate::model::Value>| role.and_then(|role| roles.get(role.0 as usize).cloned());
    let people = users.known.iter().map(|(person, role, ruling)| WireUser {
        uri: person.map_or("anonymous".to_owned(), |person| model.people[person].address.to_string()),
        role: role_name(*role),
        answer: ruling.name(),
        rule: deciding(rules, *ruling),
    });
    let open = users.open.iter().map(|(class, role, ruling)| WireClass {
        class: class_name(model, *class),
        role: role_name(*role),
        answer: ruling.name(),
        rule: deciding(rules, *ruling),
    });
    super::line(&UsersDocument {
        schema: "prescope/users/v1",
        question: WireQuestion::of(None, Some(&model.features[feature].declared.name), context),
        known: WireKnown {
            count: users.known.iter().filter(|(_, _, ruling)| ruling.available).count(),
            people: people.collect(),
        },
        open: open.collect(),
    })
}

#[derive(Serialize)]
struct UsesDocument<'a> {
    schema: &'static str,
    question: WireQuestion<'a>,
    features: Vec<WireFeature>,
}

#[derive(Serialize)]
struct WireFeature {
    feature: String,
    answer: &'static str,
    rule: Option<String>,
    controlled_by: Vec<String>,
    platforms: Vec<String>,
    controls: Vec<String>,
}

/// What somebody uses, feature by feature.
pub fn what_uses(rules: &RuleSet, subject: &str, context: Context<'_>, rows: &[(Use, Ruling)]) -> String {
    let model = rules.model();
    let features = rows.iter().map(|(question, ruling)| {
        let of = &model.features[question.feature()];
        let read = controls(model, question.feature());
        WireFeature {
            feature: of.declared.name.clone(),
            answer: ruling.name(),
            rule: deciding(rules, *ruling),
            controlled_by: of.controlled_by.clone(),
            platforms: of.platforms.clone(),
            controls: read.into_iter().map(|id| crate::report::usage::control_name(model, id)).collect(),
        }
    });
    super::line(&UsesDocument {
        schema: "prescope/uses/v1",
        question: WireQuestion::of(Some(subject), None, context),
        features: features.collect(),
    })
}
