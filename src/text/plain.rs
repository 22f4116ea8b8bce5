//! Findings as plain lines: what a pipe gets of them, and what an error of the library says.

use crate::language::{Diagnostic, Severity, Sources, Span};

use super::shown::line;

/// The word for a severity.
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
    }
}

/// `path:line:column: severity: message [code]`, further places and help on lines of their own.
pub fn plain(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let place = |span: Span| place(sources, span);
    let mut text = String::new();
    for diagnostic in diagnostics {
        let severity = severity_name(diagnostic.severity);
        let at = diagnostic.span().map(|span| format!("{}: ", place(span))).unwrap_or_default();
        text.push_str(&line!("{at}{severity}: {} [{}]", diagnostic.message, diagnostic.code.name()));
        for (index, label) in diagnostic.labels.iter().enumerate() {
            match (index, label.text.as_str()) {
                (0, "") => {}
                (0, words) => text.push_str(&line!("    {words}")),
                (_, words) => text.push_str(&line!("    {}: {words}", place(label.span))),
            }
        }
        if let Some(help) = &diagnostic.help {
            text.push_str(&line!("    help: {help}"));
        }
        if let Some(followers) = followers(diagnostic) {
            text.push_str(&format!("    note: {followers}\n"));
        }
    }
    text
}

/// `path:line:column`.
pub(crate) fn place(sources: &Sources, span: Span) -> String {
    let start = sources.start(span);
    format!("{}:{}:{}", sources.path(span.file), start.line, start.column)
}

/// How many findings follow from one and are not told, in words.
pub fn followers(diagnostic: &Diagnostic) -> Option<String> {
    match diagnostic.followers {
        0 => None,
        1 => Some("1 more finding follows from this one and is not shown".to_owned()),
        many => Some(format!("{many} more findings follow from this one and are not shown")),
    }
}
