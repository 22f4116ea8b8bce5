//! The lines of `batch`: questions in, answers out.

use std::fmt;
use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::mistake;
use super::{WireAnswer, WireUse};
use crate::resolve::{Context, Unknown};

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
    see: Option<Object<SeeQuestion>>,
    /// Who may use what.
    #[serde(default)]
    #[schemars(with = "UseQuestion")]
    r#use: Option<Object<UseQuestion>>,
}

/// What has to be an object: serde would also take a list of its values.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object<T>, D::Error> {
        deserializer.deserialize_map(AnObject(PhantomData)).map(Object)
    }
}

/// Reads an object, and nothing else.
struct AnObject<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for AnObject<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
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
        /// Which line of the input it is, from 1.
        line: usize,
        /// What is wrong.
        error: String,
    },
}

/// What is wrong with a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// The id of the question, null if it could not be read.
    pub id: Value,
    /// What is wrong.
    pub error: String,
}

impl Mistake {
    /// A question that means nothing.
    pub fn unknown(id: Value, unknown: &Unknown) -> Mistake {
        Mistake { id, error: mistake::meaning(unknown) }
    }

    /// The answer to the line with this number.
    pub fn at(self, line: usize) -> BatchAnswer {
        BatchAnswer::Failed { id: self.id, line, error: self.error }
    }
}

/// Reads a line. The mistake has the id if that much could be read.
pub fn read_line(line: &str) -> Result<BatchLine, Mistake> {
    let (id, error) = match serde_json::from_str::<Object<WireLine>>(line).map(|line| line.0) {
        Ok(WireLine { id, see: Some(Object(see)), r#use: None }) => {
            return Ok(BatchLine { id, question: Question::See(see) });
        }
        Ok(WireLine { id, see: None, r#use: Some(Object(of)) }) => {
            return Ok(BatchLine { id, question: Question::Use(of) });
        }
        Ok(WireLine { id, see: Some(_), r#use: Some(_) }) => {
            (id, "both \"see\" and \"use\": ask one question a line".to_owned())
        }
        Ok(WireLine { id, see: None, r#use: None }) => {
            (id, "neither \"see\" nor \"use\": ask one question a line".to_owned())
        }
        Err(error) => mistake::form(line, &error),
    };
    Err(Mistake { id, error })
}
