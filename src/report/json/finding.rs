//! `prescope/findings/v1`.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Sources, Span};

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    counts: Counts,
    findings: Vec<WireFinding>,
}

#[derive(Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    information: usize,
}

#[derive(Serialize)]
pub(super) struct WireFinding {
    code: &'static str,
    severity: &'static str,
    message: String,
    labels: Vec<WireLabel>,
    help: Option<String>,
    fix: Option<WireFix>,
}

#[derive(Serialize)]
struct Region {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct WireLabel {
    #[serde(flatten)]
    region: Region,
    text: String,
}

#[derive(Serialize)]
struct WireFix {
    title: String,
    edits: Vec<WireEdit>,
}

#[derive(Serialize)]
struct WireEdit {
    #[serde(flatten)]
    region: Region,
    text: String,
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
pub fn findings(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let count = |severity: Severity| diagnostics.iter().filter(|it| it.severity == severity).count();
    super::line(&Document {
        schema: "prescope/findings/v1",
        counts: Counts {
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            information: count(Severity::Information),
        },
        findings: diagnostics.iter().map(|it| finding(sources, it)).collect(),
    })
}

pub(super) fn finding(sources: &Sources, diagnostic: &Diagnostic) -> WireFinding {
    WireFinding {
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
