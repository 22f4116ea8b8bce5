//! Answers about features: `prescope/answer/v1`, `prescope/users/v1`, `prescope/uses/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::answer::{self, WireSentence, sentence};
use super::words;
use crate::language::Sources;
use crate::model::{FeatureId, Model};
use crate::report::usage::deciding;
use crate::resolve::{Context, Ruling, Use, UseExplanation, Users, controls, doubts_of};

/// An answer about a feature on the wire.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema, Debug)]
pub struct WireUse {
    /// Whether it is available.
    #[schemars(extend("enum" = words::availability()))]
    answer: &'static str,
    /// The label of the rule that decided, or `requires NAME`; null if the default did.
    rule: Option<String>,
    /// What is doubtful about the question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// The steps of the decision, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<WireSentence>,
}

impl WireUse {
    /// An answer.
    pub fn new(model: &Model, question: &Use, ruling: Ruling) -> WireUse {
        WireUse {
            answer: ruling.name(),
            rule: deciding(model, ruling),
            warnings: question.warnings().to_vec(),
            explanation: Vec::new(),
        }
    }

    /// The same with its explanation.
    #[must_use]
    pub fn explained(mut self, sources: &Sources, explanation: &UseExplanation) -> WireUse {
        self.explanation = explanation.sentences.iter().map(|it| sentence(sources, it)).collect();
        self
    }
}

/// Who may use what, and with whom.
#[derive(Serialize, JsonSchema)]
struct WireContext<'a> {
    /// Who uses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    /// What.
    #[serde(skip_serializing_if = "Option::is_none")]
    feature: Option<&'a str>,
    /// The meeting, for a feature of participants.
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<&'a str>,
    /// As what, instead of what the directory lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    /// The other side, for a feature of conversations.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<&'a str>,
    /// The owner, for a feature of viewers.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
}

/// A question about features.
#[derive(Serialize, JsonSchema)]
struct WireQuestion<'a> {
    /// Who may use what.
    r#use: WireContext<'a>,
}

impl<'a> WireQuestion<'a> {
    fn new(subject: Option<&'a str>, feature: Option<&'a str>, context: Context<'a>) -> WireQuestion<'a> {
        let Context { meeting, role, peer, owner } = context;
        WireQuestion { r#use: WireContext { subject, feature, meeting, role, peer, owner } }
    }
}

/// An answer about a feature.
#[derive(Serialize, JsonSchema)]
pub(super) struct AnswerDocument<'a> {
    /// The contract.
    #[schemars(extend("const" = answer::SCHEMA))]
    schema: &'static str,
    /// What was asked.
    question: WireQuestion<'a>,
    #[serde(flatten)]
    answer: &'a WireUse,
}

/// The whole document of one answer. Names of people are in canonical form.
pub fn use_answer(model: &Model, question: &Use, context: Context<'_>, answer: &WireUse) -> String {
    let feature = &model.features[question.feature()].declared.name;
    let context =
        Context { peer: context.peer.and(question.other()), owner: context.owner.and(question.other()), ..context };
    super::line(&AnswerDocument {
        schema: answer::SCHEMA,
        question: WireQuestion::new(Some(question.subject()), Some(feature), context),
        answer,
    })
}

const USERS: &str = "prescope/users/v1";

/// Who may use a feature.
#[derive(Serialize, JsonSchema)]
pub(super) struct UsersDocument<'a> {
    /// The contract.
    #[schemars(extend("const" = USERS))]
    schema: &'static str,
    /// What was asked.
    question: WireQuestion<'a>,
    /// The people the files know.
    known: WireKnown,
    /// Every class of people whom they do not.
    open: Vec<WireClass>,
    /// What is doubtful about the question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

/// The people the files know.
#[derive(Serialize, JsonSchema)]
struct WireKnown {
    /// How many of them may use it.
    count: usize,
    /// All of them.
    people: Vec<WireUser>,
}

/// Whether somebody may use it.
#[derive(Serialize, JsonSchema)]
struct WireUser {
    /// The address, or `anonymous`.
    uri: String,
    /// As what, in a meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    /// Whether it is available.
    #[schemars(extend("enum" = words::availability()))]
    answer: &'static str,
    /// What decided; null if the default did.
    rule: Option<String>,
}

/// Whether a class of people may use it.
#[derive(Serialize, JsonSchema)]
struct WireClass {
    /// The class in words.
    class: String,
    /// As what, in a meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    /// Whether it is available.
    #[schemars(extend("enum" = words::availability()))]
    answer: &'static str,
    /// What decided; null if the default did.
    rule: Option<String>,
}

/// Who uses a feature. `count` is how many of the known people listed may.
pub fn who_uses(model: &Model, feature: FeatureId, context: Context<'_>, users: &Users) -> String {
    let role_name = |role: Option<crate::model::Value>| Some(model.role_name(role?)?.to_owned());
    let people = users.known.iter().map(|(person, role, ruling)| WireUser {
        uri: person.map_or("anonymous".to_owned(), |person| model.people[person].address.to_string()),
        role: role_name(*role),
        answer: ruling.name(),
        rule: deciding(model, *ruling),
    });
    let open = users.open.iter().map(|(class, role, ruling)| WireClass {
        class: class.words(model),
        role: role_name(*role),
        answer: ruling.name(),
        rule: deciding(model, *ruling),
    });
    super::line(&UsersDocument {
        schema: USERS,
        question: WireQuestion::new(None, Some(&model.features[feature].declared.name), context),
        known: WireKnown {
            count: users.known.iter().filter(|(_, _, ruling)| ruling.available).count(),
            people: people.collect(),
        },
        open: open.collect(),
        warnings: users.warnings.clone(),
    })
}

const USES: &str = "prescope/uses/v1";

/// What somebody may use.
#[derive(Serialize, JsonSchema)]
pub(super) struct UsesDocument<'a> {
    /// The contract.
    #[schemars(extend("const" = USES))]
    schema: &'static str,
    /// What was asked.
    question: WireQuestion<'a>,
    /// Every feature the question is about.
    features: Vec<WireFeature>,
    /// What is doubtful about the question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

/// Whether a feature may be used.
#[derive(Serialize, JsonSchema)]
struct WireFeature {
    /// Its name.
    feature: String,
    /// Whether it is available.
    #[schemars(extend("enum" = words::availability()))]
    answer: &'static str,
    /// What decided; null if the default did.
    rule: Option<String>,
    /// Who controls it.
    controlled_by: Vec<String>,
    /// On which platforms it is managed.
    platforms: Vec<String>,
    /// The settings and attributes that can change the answer.
    controls: Vec<String>,
}

/// What somebody uses, feature by feature.
pub fn what_uses(model: &Model, subject: &str, context: Context<'_>, rows: &[(Use, Ruling)]) -> String {
    let features = rows.iter().map(|(question, ruling)| {
        let of = &model.features[question.feature()];
        let read = controls(model, question.feature());
        WireFeature {
            feature: of.declared.name.clone(),
            answer: ruling.name(),
            rule: deciding(model, *ruling),
            controlled_by: of.controlled_by.clone(),
            platforms: of.platforms.clone(),
            controls: read.into_iter().map(|id| crate::report::usage::control_name(model, id)).collect(),
        }
    });
    super::line(&UsesDocument {
        schema: USES,
        question: WireQuestion::new(Some(subject), None, context),
        features: features.collect(),
        warnings: doubts_of(rows),
    })
}
