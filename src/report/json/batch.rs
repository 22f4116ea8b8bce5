//! The lines of `batch`: questions in, answers out.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::WireAnswer;

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
}

/// `"see":{…}`
#[derive(Clone, PartialEq, Eq, Deserialize, Debug)]
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireLine {
    #[serde(default)]
    id: Value,
    see: SeeQuestion,
}

/// One line of answers.
#[derive(Serialize, Debug)]
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
    match serde_json::from_str::<WireLine>(line) {
        Ok(WireLine { id, see }) => Ok(BatchLine { id, question: Question::See(see) }),
        Err(error) => {
            let id = serde_json::from_str::<Value>(line).ok().and_then(|line| line.get("id").cloned());
            Err(BatchAnswer::Failed { id: id.unwrap_or_default(), error: error.to_string() })
        }
    }
}
