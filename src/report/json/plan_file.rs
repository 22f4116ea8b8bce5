//! `prescope/plan-file/v1`: a plan as it is kept, to be carried out later.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::PlanDocument;
use crate::language::FileId;
use crate::project::{self, Becomes, Input, Project, Role};

const SCHEMA: &str = "prescope/plan-file/v1";

/// What the contracts of kept plans begin with, whichever version of them.
const SCHEMAS: &str = "prescope/plan-file/";

/// What every file begins with that keeps a plan.
pub const PLAN_FILE_HEAD: &str = "{\"schema\":\"prescope/plan-file/v1\"";

/// A plan that is kept.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document<'a> {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The version of prescope that made the plan; no other one applies it.
    version: &'static str,
    /// The command that plans it, word by word, without where the project is and how the plan is told.
    command: Vec<String>,
    /// The sum of the shipped policies that the project uses; null if it uses none.
    library: Option<String>,
    /// Every file that the plan was made from, sorted by path.
    files: Vec<WireInput>,
    /// The plan as the command prints it with `--format json`: `prescope/change/v1` or `prescope/plan/v1`.
    #[schemars(with = "Map<String, Value>")]
    plan: &'a PlanDocument<'a>,
}

/// A file that the plan was made from.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WireInput {
    /// Its path, from the folder of the project on; of a file that the command line names, as it was named.
    path: String,
    /// What it is read as.
    role: WireRole,
    /// The sum of its text, BLAKE3 in hexadecimal digits. A byte order mark does not count; of a file that is not
    /// read, its beginning.
    sum: String,
    /// What is to be written into it; absent if nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    becomes: Option<WireBecomes>,
}

/// What a file is read as.
#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum WireRole {
    /// The project file.
    Project,
    /// Policies.
    Policy,
    /// People of the project.
    Directory,
    /// People whom a test names.
    TestDirectory,
    /// Explanations that tests keep.
    Explanations,
    /// Nothing, though it looks as if it should be: `lint` says so.
    Unread,
}

/// The new text of a file: the one before, with some of its lines exchanged.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WireBecomes {
    /// The sum of the new text.
    sum: String,
    /// The first line that goes, or before which lines come; from 1.
    line: usize,
    /// The lines that go.
    removes: String,
    /// The lines that come in their place.
    text: String,
}

/// A kept plan as it is read. What it tells of the plan is made anew.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    schema: String,
    version: String,
    command: Vec<String>,
    library: Option<String>,
    files: Vec<WireInput>,
    #[serde(rename = "plan")]
    _plan: IgnoredAny,
}

/// As much of a plan as another version of prescope can be expected to have written the same way.
#[derive(Deserialize)]
struct Head {
    schema: String,
    version: Option<Value>,
}

impl Head {
    /// Why this version does not read it; None if that is not because of another one.
    fn is_of_another(&self) -> Option<String> {
        let made = self.version.as_ref().and_then(Value::as_str);
        let by = |version| format!("prescope {version} made it, and this is {}", project::VERSION);
        match made.filter(|version| *version != project::VERSION) {
            _ if !self.schema.starts_with(SCHEMAS) => None,
            Some(version) if self.schema == SCHEMA => Some(by(version)),
            Some(version) => Some(format!("it follows `{}`, not `{SCHEMA}`: {}", self.schema, by(version))),
            None => (self.schema != SCHEMA).then(|| format!("it follows `{}`, not `{SCHEMA}`", self.schema)),
        }
    }
}

/// What a kept plan says of how it was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanFile {
    /// The version of prescope.
    pub version: String,
    /// The command, word by word.
    pub command: Vec<String>,
    /// The sum of the shipped policies.
    pub library: Option<String>,
    /// The files.
    pub files: Vec<Input>,
}

impl PlanFile {
    /// The files that change.
    pub fn becomes(&self) -> Vec<&str> {
        self.files.iter().filter(|file| file.becomes.is_some()).map(|file| file.path.as_str()).collect()
    }
}

/// A plan as it is kept: the command that plans it, what it was made from, and what it is.
pub fn plan_file(
    project: &Project,
    command: Vec<String>,
    texts: &BTreeMap<FileId, String>,
    plan: &PlanDocument<'_>,
) -> String {
    super::line(&Document {
        schema: SCHEMA,
        version: project::VERSION,
        command,
        library: project.library_sum(),
        files: project.inputs(texts).into_iter().map(WireInput::from).collect(),
        plan,
    })
}

/// Reads what [`plan_file`] wrote; otherwise why it is something else.
pub fn read_plan_file(text: &str) -> Result<PlanFile, String> {
    let kept: Kept = serde_json::from_str(text).map_err(|error| {
        let head: Option<Head> = serde_json::from_str(text).ok();
        head.and_then(|head| head.is_of_another()).unwrap_or_else(|| error.to_string())
    })?;
    if kept.schema != SCHEMA {
        return Err(format!("it follows `{}`, not `{SCHEMA}`", kept.schema));
    }
    Ok(PlanFile {
        version: kept.version,
        command: kept.command,
        library: kept.library,
        files: kept.files.into_iter().map(Input::from).collect(),
    })
}

impl From<Input> for WireInput {
    fn from(input: Input) -> WireInput {
        let becomes = |Becomes { sum, line, removes, text }| WireBecomes { sum, line, removes, text };
        let role = match input.role {
            Role::Project => WireRole::Project,
            Role::Policy => WireRole::Policy,
            Role::Directory => WireRole::Directory,
            Role::TestDirectory => WireRole::TestDirectory,
            Role::Explanations => WireRole::Explanations,
            Role::Unread => WireRole::Unread,
        };
        WireInput { path: input.path, role, sum: input.sum, becomes: input.becomes.map(becomes) }
    }
}

impl From<WireInput> for Input {
    fn from(input: WireInput) -> Input {
        let becomes = |WireBecomes { sum, line, removes, text }| Becomes { sum, line, removes, text };
        let role = match input.role {
            WireRole::Project => Role::Project,
            WireRole::Policy => Role::Policy,
            WireRole::Directory => Role::Directory,
            WireRole::TestDirectory => Role::TestDirectory,
            WireRole::Explanations => Role::Explanations,
            WireRole::Unread => Role::Unread,
        };
        Input { path: input.path, role, sum: input.sum, becomes: input.becomes.map(becomes) }
    }
}
