//! Findings as SARIF 2.1.0, in types of our own: what the standard calls for, and no more.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use serde::Serialize;

use super::telling::{Room, Shown, Telling, Told, identity};
use super::{Beside, Since};
use crate::diagnostic::code;
use crate::language::{Diagnostic, FileId, Severity, Sources, Span};
use crate::lint::{Fixes, RULES, document};
use crate::text::{Fingerprints, sum};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// How many results GitHub's code scanning takes in of one run.
const RESULTS: usize = 5000;

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invocations: Vec<Invocation>,
    results: Vec<SarifResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

/// How it went, where there is something to say about that.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

/// What the standard has no word for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties {
    invariants_not_proved: usize,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    /// Whether there was one before; of all results, or of none.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    /// How many findings it stands for, if for several.
    #[serde(skip_serializing_if = "Option::is_none")]
    occurrence_count: Option<usize>,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix>,
    partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix {
    description: Message,
    artifact_changes: Vec<ArtifactChange>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

/// The log of one run. What there was before is among the results, as the standard wants it: whoever takes the log in
/// would believe otherwise that it has gone.
pub fn sarif(sources: &Sources, telling: &Telling<'_>, beside: Beside<'_>) -> String {
    let rules = descriptors();
    let index: HashMap<&'static str, usize> = rules.iter().enumerate().map(|(index, rule)| (rule.id, index)).collect();
    let mut room = Room::new(|()| RESULTS);
    let new = telling.within(|_| room.take(()));
    let old = beside.since.map(|Since { old, .. }| (old, old.within(|_| room.take(()))));
    let mut results = Results { sources, index, prints: Fingerprints::new(sources), seen: BTreeMap::new() };
    // They have the fingerprints that they had.
    let unchanged = old.as_ref().map(|(telling, old)| results.all(telling, old, Some("unchanged")));
    let mut all = results.all(telling, &new, unchanged.as_ref().map(|_| "new"));
    all.extend(unchanged.into_iter().flatten());
    let driver = Driver { name: "prescope", semantic_version: env!("CARGO_PKG_VERSION"), rules };
    let (tool, column_kind) = (Tool { driver }, "unicodeCodePoints");
    let told = |text| Notification { level: "note", message: Message { text } };
    let left_out = new.rest.into_iter().chain(old.and_then(|(_, old)| old.rest));
    let tool_execution_notifications: Vec<Notification> = left_out.map(told).collect();
    let is_said = !tool_execution_notifications.is_empty();
    let invocation = Invocation { execution_successful: true, tool_execution_notifications };
    let invocations = is_said.then_some(invocation).into_iter().collect();
    let properties = (beside.invariants > 0).then_some(Properties { invariants_not_proved: beside.invariants });
    let run = Run { tool, column_kind, invocations, results: all, properties };
    super::json::line(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

/// Everything that can be found: lints, and the errors of every other stage.
fn descriptors() -> Vec<Descriptor> {
    let text = |text: &str| Message { text: text.to_owned() };
    let lints = RULES.iter().map(|rule| Descriptor {
        id: rule.code.name(),
        short_description: text(rule.code.title()),
        full_description: Some(text(&rule.what())),
        help: Some(Help {
            text: match rule.fixes {
                Fixes::None => rule.why(),
                Fixes::Safe | Fixes::Unsafe => format!("{} A fix is offered where one is known.", rule.why()),
            },
            markdown: document(rule),
        }),
        default_configuration: Configuration {
            enabled: rule.level.severity().is_some(),
            level: level(rule.code.severity()),
        },
    });
    let codes = code::all().map(|code| Descriptor {
        id: code.name(),
        short_description: text(code.title()),
        full_description: None,
        help: None,
        default_configuration: Configuration { enabled: true, level: level(code.severity()) },
    });
    lints.chain(codes).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "note",
    }
}

/// What results are made from.
struct Results<'a> {
    sources: &'a Sources,
    /// The rules by their names.
    index: HashMap<&'static str, usize>,
    prints: Fingerprints<'a>,
    /// How often each fingerprint has been seen.
    seen: BTreeMap<u64, usize>,
}

impl Results<'_> {
    fn all(&mut self, telling: &Telling<'_>, shown: &Shown<'_, '_>, state: Option<&'static str>) -> Vec<SarifResult> {
        shown.told.iter().map(|told| self.result(told, telling, state)).collect()
    }

    fn result(&mut self, told: &Told<'_>, telling: &Telling<'_>, state: Option<&'static str>) -> SarifResult {
        let (sources, diagnostic) = (self.sources, told.first);
        let sentence = [Some(diagnostic.sentence()), super::finding::followers(diagnostic), telling.more(told)];
        let several = told.count() > 1;
        let mut labels = diagnostic.labels.iter();
        let locations =
            labels.next().map(|label| location(sources, None, label.span, &label.text)).into_iter().collect();
        let others = told.next_places().filter_map(|other| Some((other.span()?, other.message.as_str())));
        let related = labels.map(|label| (label.span, label.text.as_str())).chain(others).enumerate();
        SarifResult {
            rule_id: diagnostic.code.name(),
            rule_index: self.index.get(diagnostic.code.name()).copied(),
            level: level(diagnostic.severity),
            message: Message { text: sentence.into_iter().flatten().collect::<Vec<_>>().join("; ") },
            baseline_state: state,
            occurrence_count: several.then_some(told.count()),
            locations,
            related_locations: related
                .map(|(index, (span, words))| location(sources, Some(index + 1), span, words))
                .collect(),
            // An edit that mends the first only would not mend the result.
            fixes: if several { Vec::new() } else { fixes(sources, diagnostic) },
            partial_fingerprints: BTreeMap::from([("prescope/v1", self.fingerprint(told))]),
        }
    }

    /// What stays when lines move; of several findings, what they have in common. The same again gets a number.
    fn fingerprint(&mut self, told: &Told<'_>) -> String {
        let hash = match told.count() {
            1 => self.prints.fingerprint(told.first),
            _ => sum::go_on(sum::EMPTY, identity(self.sources, told.first).as_bytes()),
        };
        let count = self.seen.entry(hash).or_insert(0);
        *count += 1;
        format!("{hash:016x}:{count}")
    }
}

fn location(sources: &Sources, id: Option<usize>, span: Span, words: &str) -> Location {
    let message = (!words.is_empty()).then(|| Message { text: words.to_owned() });
    Location { id, physical_location: physical(sources, span), message }
}

fn fixes(sources: &Sources, diagnostic: &Diagnostic) -> Vec<SarifFix> {
    let Some(fix) = &diagnostic.fix else { return Vec::new() };
    let mut changes: IndexMap<FileId, Vec<Replacement>> = IndexMap::new();
    for edit in &fix.edits {
        changes.entry(edit.span.file).or_default().push(Replacement {
            deleted_region: region(sources, edit.span),
            inserted_content: Message { text: edit.text.clone() },
        });
    }
    let change = |(file, replacements): (FileId, Vec<Replacement>)| ArtifactChange {
        artifact_location: Artifact { uri: uri(sources.path(file)) },
        replacements,
    };
    vec![SarifFix {
        description: Message { text: fix.title.clone() },
        artifact_changes: changes.into_iter().map(change).collect(),
    }]
}

fn physical(sources: &Sources, span: Span) -> Physical {
    Physical { artifact_location: Artifact { uri: uri(sources.path(span.file)) }, region: region(sources, span) }
}

fn region(sources: &Sources, span: Span) -> Region {
    let (start, end) = (sources.start(span), sources.end(span));
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
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
