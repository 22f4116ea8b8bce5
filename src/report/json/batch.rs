//! The lines of `batch`: questions in, answers out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{WireAnswer, WireUse};
use crate::resolve::Context;

/// One line of questions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BatchLine {
    /// Any JSON value, handed back with the answer; null if there is none.
    pub id: Value,
    /// The question.
    pub question: Question,
}

/// A question of a batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Question {
    /// `see`
    See(SeeQuestion),
    /// `use`
    Use(UseQuestion),
}

/// `"see":{…}`
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema, Debug)]
#[serde(deny_unknown_fields)]
pub struct SeeQuestion {
    /// Who looks.
    pub viewer: String,
    /// Whose presence.
    pub owner: String,
    /// What.
    pub category: String,
    /// Which field; absent for the whole category.
    #[serde(default)]
    pub field: Option<String>,
}

/// `"use":{…}`
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema, Debug)]
#[serde(deny_unknown_fields)]
pub struct UseQuestion {
    /// Who wants to use it.
    pub subject: String,
    /// What.
    pub feature: String,
    /// The meeting, for a feature of participants.
    #[serde(default)]
    pub meeting: Option<String>,
    /// As what, instead of what the directory lists.
    #[serde(default)]
    pub role: Option<String>,
    /// The other side, for a feature of conversations.
    #[serde(default)]
    pub peer: Option<String>,
    /// The owner, for a feature of viewers.
    #[serde(default)]
    pub owner: Option<String>,
}

impl UseQuestion {
    /// Its other roles.
    pub fn context(&self) -> Context<'_> {
        Context {
            meeting: self.meeting.as_deref(),
            role: self.role.as_deref(),
            peer: self.peer.as_deref(),
            owner: self.owner.as_deref(),
        }
    }
}

/// A line of questions. It has `see` or `use`, and not both.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["see"] }, { "required": ["use"] }]))]
pub(super) struct WireLine {
    /// Any value; it comes back with the answer.
    #[serde(default)]
    id: Value,
    /// Who sees what.
    #[serde(default)]
    #[schemars(with = "SeeQuestion")]
    see: Option<SeeQuestion>,
    /// Who may use what.
    #[serde(default)]
    #[schemars(with = "UseQuestion")]
    r#use: Option<UseQuestion>,
}

/// One line of answers.
#[derive(Serialize, JsonSchema, Debug)]
#[serde(untagged)]
pub enum BatchAnswer {
    /// An answer.
    Answered {
        /// The id of the question.
        id: Value,
        /// The answer.
        #[serde(flatten)]
        answer: Box<WireAnswer>,
    },
    /// An answer about a feature.
    Ruled {
        /// The id of the question.
        id: Value,
        /// The answer.
        #[serde(flatten)]
        answer: Box<WireUse>,
    },
    /// What is wrong with the line.
    Failed {
        /// The id of the question, null if it could not be read.
        id: Value,
        /// What is wrong.
        error: String,
    },
}

/// Reads a line. The error has the id if that much could be read.
pub fn read_line(line: &str) -> Result<BatchLine, BatchAnswer> {
    let error = match serde_json::from_str::<WireLine>(line) {
        Ok(WireLine { id, see: Some(see), r#use: None }) => return Ok(BatchLine { id, question: Question::See(see) }),
        Ok(WireLine { id, see: None, r#use: Some(of) }) => return Ok(BatchLine { id, question: Question::Use(of) }),
        Ok(WireLine { see: Some(_), r#use: Some(_), .. }) => "both `see` and `use`: ask one question a line".to_owned(),
        Ok(WireLine { see: None, r#use: None, .. }) => "neither `see` nor `use`".to_owned(),
        Err(error) => error.to_string(),
    };
    let id = serde_json::from_str::<Value>(line).ok().and_then(|line| line.get("id").cloned());
    Err(BatchAnswer::Failed { id: id.unwrap_or_default(), error })
}
