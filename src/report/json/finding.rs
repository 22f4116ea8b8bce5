//! `prescope/findings/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::words;
use crate::language::{Diagnostic, Severity, Sources, Span};
use crate::report::{Beside, Since};

const SCHEMA: &str = "prescope/findings/v1";

/// What is wrong or doubtful.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// How many findings of each severity, and how much was not looked at.
    counts: Counts,
    /// With what they were compared, so that only new ones are among the findings; absent if all are.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<WireSince>,
    /// All of them: first those from which others follow, then by path and place.
    findings: Vec<WireFinding>,
}

/// What there was before.
#[derive(Serialize, JsonSchema)]
struct WireSince {
    /// Where: a revision as it was typed, or `A...B` for where two of them come from.
    spec: String,
    /// Its commit; null if it is none.
    commit: Option<String>,
    /// How many of today's findings were there already, and are not among the findings.
    there_already: usize,
}

/// How many findings of each severity, and how much was not looked at.
#[derive(Serialize, JsonSchema)]
struct Counts {
    /// Errors.
    error: usize,
    /// Warnings.
    warning: usize,
    /// Information.
    information: usize,
    /// Findings that follow from others and are not among the findings; absent if there are none.
    #[serde(skip_serializing_if = "is_none")]
    followers: usize,
    /// Invariants of the sets looked at, which are no findings, and which nobody tried to prove; absent if there are
    /// none.
    #[serde(skip_serializing_if = "is_none")]
    invariants_not_proved: usize,
}

/// Something that is wrong or doubtful.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireFinding {
    /// Its stable name.
    code: &'static str,
    /// How serious it is.
    #[schemars(extend("enum" = words::severities()))]
    severity: &'static str,
    /// What is the matter.
    message: String,
    /// Where: first the place of the finding, then others it is about.
    labels: Vec<WireLabel>,
    /// What to do.
    help: Option<String>,
    /// Edits that mend it.
    fix: Option<WireFix>,
    /// How many findings follow from it: they go away with it, and are not among the findings. Absent if none does.
    #[serde(skip_serializing_if = "is_none")]
    followers: usize,
}

/// A piece of a file, counted from 1, columns in characters.
#[derive(Serialize, JsonSchema)]
struct Region {
    /// The path.
    file: String,
    /// The line it starts on.
    line: usize,
    /// The column it starts at.
    column: usize,
    /// The line it ends on.
    end_line: usize,
    /// The column behind its last character.
    end_column: usize,
}

/// A place, and what it has to do with the finding.
#[derive(Serialize, JsonSchema)]
struct WireLabel {
    #[serde(flatten)]
    region: Region,
    /// What it has to do with the finding; empty where the message says so.
    text: String,
}

/// Edits that mend a finding. They do not overlap.
#[derive(Serialize, JsonSchema)]
struct WireFix {
    /// What they do.
    title: String,
    /// The edits.
    edits: Vec<WireEdit>,
}

/// A piece of a file, and what is to stand there.
#[derive(Serialize, JsonSchema)]
struct WireEdit {
    #[serde(flatten)]
    region: Region,
    /// What is to stand there.
    text: String,
}

/// True for the number of nothing.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields like this")]
pub(super) fn is_none(count: &usize) -> bool {
    *count == 0
}

fn region(sources: &Sources, span: Span) -> Region {
    let (start, end) = (sources.start(span), sources.end(span));
    Region {
        file: sources.path(span.file).to_owned(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// All findings in one document.
pub fn findings(sources: &Sources, diagnostics: &[Diagnostic], beside: Beside<'_>) -> String {
    let count = |severity: Severity| diagnostics.iter().filter(|it| it.severity == severity).count();
    super::line(&Document {
        schema: SCHEMA,
        counts: Counts {
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            information: count(Severity::Information),
            followers: diagnostics.iter().map(|it| it.followers).sum(),
            invariants_not_proved: beside.invariants,
        },
        since: beside.since.map(|Since { side, old }| WireSince {
            spec: side.origin.named(),
            commit: side.commit.clone(),
            there_already: old.count(),
        }),
        findings: diagnostics.iter().map(|it| finding(sources, it)).collect(),
    })
}

pub(super) fn finding(sources: &Sources, diagnostic: &Diagnostic) -> WireFinding {
    WireFinding {
        followers: diagnostic.followers,
        code: diagnostic.code.name(),
        severity: crate::report::finding::severity_name(diagnostic.severity),
        message: diagnostic.message.clone(),
        labels: diagnostic
            .labels
            .iter()
            .map(|label| WireLabel { region: region(sources, label.span), text: label.text.clone() })
            .collect(),
        help: diagnostic.help.clone(),
        fix: diagnostic.fix.as_ref().map(|fix| WireFix {
            title: fix.title.clone(),
            edits: fix
                .edits
                .iter()
                .map(|edit| WireEdit { region: region(sources, edit.span), text: edit.text.clone() })
                .collect(),
        }),
    }
}
