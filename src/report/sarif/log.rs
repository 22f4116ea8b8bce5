//! The shape of a SARIF 2.1.0 log, in types of our own: what the standard calls for, and no more.

use std::collections::BTreeMap;

use serde::Serialize;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What every log of ours begins with, and none of others.
pub(in crate::report) const SARIF_HEAD: &str = concat!(
    r#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":"#,
    r#"[{"tool":{"driver":{"name":"prescope""#
);

#[derive(Serialize)]
pub(in crate::report) struct Log {
    #[serde(rename = "$schema")]
    pub(in crate::report) schema: &'static str,
    pub(in crate::report) version: &'static str,
    pub(in crate::report) runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Run {
    pub(in crate::report) tool: Tool,
    pub(in crate::report) column_kind: &'static str,
    pub(in crate::report) original_uri_base_ids: BTreeMap<&'static str, Base>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) invocations: Vec<Invocation>,
    pub(in crate::report) results: Vec<SarifResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) properties: Option<Properties>,
}

/// How it went, where there is something to say about that.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Invocation {
    pub(in crate::report) execution_successful: bool,
    pub(in crate::report) tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
pub(in crate::report) struct Notification {
    pub(in crate::report) level: &'static str,
    pub(in crate::report) message: Message,
}

/// What the standard has no word for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Properties {
    pub(in crate::report) invariants_not_proved: usize,
}

#[derive(Serialize)]
pub(in crate::report) struct Tool {
    pub(in crate::report) driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Driver {
    pub(in crate::report) name: &'static str,
    pub(in crate::report) semantic_version: &'static str,
    /// Where this program comes from, if that was known when it was built.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) information_uri: Option<&'static str>,
    pub(in crate::report) rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Descriptor {
    pub(in crate::report) id: &'static str,
    pub(in crate::report) short_description: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) full_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) help: Option<Help>,
    pub(in crate::report) default_configuration: Configuration,
}

#[derive(Serialize)]
pub(in crate::report) struct Help {
    pub(in crate::report) text: String,
    pub(in crate::report) markdown: String,
}

#[derive(Serialize)]
pub(in crate::report) struct Configuration {
    pub(in crate::report) enabled: bool,
    pub(in crate::report) level: &'static str,
}

#[derive(Serialize)]
pub(in crate::report) struct Message {
    pub(in crate::report) text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct SarifResult {
    pub(in crate::report) rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) rule_index: Option<usize>,
    pub(in crate::report) level: &'static str,
    pub(in crate::report) message: Message,
    /// Whether there was one before; of all results, or of none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) baseline_state: Option<&'static str>,
    /// How many findings it stands for, if for several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) occurrence_count: Option<usize>,
    pub(in crate::report) locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) fixes: Vec<SarifFix>,
    pub(in crate::report) partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) id: Option<usize>,
    pub(in crate::report) physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Physical {
    pub(in crate::report) artifact_location: Artifact,
    pub(in crate::report) region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

impl Artifact {
    /// A file by its path from the top of the repository on.
    pub(in crate::report) fn new(path: &str) -> Artifact {
        Artifact { uri: uri(path), uri_base_id: TOP }
    }
}

/// By what name tools know the folder that paths begin at.
const TOP: &str = "%SRCROOT%";

/// What paths begin at. Where that lies is another place on each machine, so it is not said.
#[derive(Serialize)]
pub(in crate::report) struct Base {
    description: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Region {
    pub(in crate::report) start_line: usize,
    pub(in crate::report) start_column: usize,
    pub(in crate::report) end_line: usize,
    pub(in crate::report) end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct SarifFix {
    pub(in crate::report) description: Message,
    pub(in crate::report) artifact_changes: Vec<ArtifactChange>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ArtifactChange {
    pub(in crate::report) artifact_location: Artifact,
    pub(in crate::report) replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Replacement {
    pub(in crate::report) deleted_region: Region,
    pub(in crate::report) inserted_content: Message,
}

impl Message {
    pub(in crate::report) fn new(text: impl Into<String>) -> Message {
        Message { text: text.into() }
    }
}

/// The log of one run. Notes say what the results do not.
pub(in crate::report) fn log(
    rules: Vec<Descriptor>,
    results: Vec<SarifResult>,
    notes: Vec<String>,
    properties: Option<Properties>,
) -> String {
    let information_uri = option_env!("PRESCOPE_BUILT_FROM").filter(|from| from.starts_with("https://"));
    let driver = Driver { name: "prescope", semantic_version: env!("CARGO_PKG_VERSION"), information_uri, rules };
    let top = Base { description: Message::new("the top of the repository") };
    let (tool, column_kind) = (Tool { driver }, "unicodeCodePoints");
    let notification = |text: String| Notification { level: "note", message: Message { text } };
    let invocation = (!notes.is_empty()).then(|| Invocation {
        execution_successful: true,
        tool_execution_notifications: notes.into_iter().map(notification).collect(),
    });
    let invocations = invocation.into_iter().collect();
    let original_uri_base_ids = BTreeMap::from([(TOP, top)]);
    let run = Run { tool, column_kind, original_uri_base_ids, invocations, results, properties };
    crate::report::json::line(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

/// A path as relative reference: everything that is not plain is written as its bytes.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// By what results are recognised in later logs.
pub(in crate::report) fn fingerprints(fingerprint: String) -> BTreeMap<&'static str, String> {
    BTreeMap::from([("prescope/v1", fingerprint)])
}
