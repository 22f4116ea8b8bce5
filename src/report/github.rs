//! Findings as annotations of GitHub's workflow runs, the heaviest first: only so many are shown.

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Sources;

/// A workflow command for each finding.
pub fn github(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.severity);
    sorted.into_iter().map(|diagnostic| annotation(sources, diagnostic, "")).collect()
}

/// The command for one finding. The prefix leads from the repository to the project.
pub(super) fn annotation(sources: &Sources, diagnostic: &Diagnostic, prefix: &str) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "notice",
    };
    let mut properties = Vec::new();
    if let Some(span) = diagnostic.span() {
        let (start, end) = (sources.start(span), sources.end(span));
        properties.push(format!("file={}", property(&below(prefix, sources.path(span.file)))));
        properties.push(format!("line={}", start.line));
        properties.push(format!("endLine={}", end.line));
        // Columns are understood on one line only.
        if start.line == end.line {
            properties.push(format!("col={}", start.column));
            properties.push(format!("endColumn={}", end.column));
        }
    }
    properties.push(format!("title={}", property(diagnostic.code.name())));
    let mut message = diagnostic.message.clone();
    for (index, label) in diagnostic.labels.iter().enumerate().filter(|(_, label)| !label.text.is_empty()) {
        let at = if index == 0 { String::new() } else { format!("{}: ", super::place(sources, label.span)) };
        message.push_str(&format!("\n{at}{}", label.text));
    }
    if let Some(help) = &diagnostic.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    format!("::{command} {}::{}\n", properties.join(","), data(&message))
}

/// A path below a folder.
pub(super) fn below(prefix: &str, path: &str) -> String {
    if prefix.is_empty() { path.to_owned() } else { format!("{prefix}/{path}") }
}

/// A message, whose line ends GitHub wants escaped.
pub(super) fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before the message, where the separators are escaped too.
pub(super) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
