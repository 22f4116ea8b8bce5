//! Findings as people read them: plainly, a line each, or with the text they are about.

use crate::language::{Diagnostic, Severity, Sources, Span};
use crate::text::line;

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
fn place(sources: &Sources, span: Span) -> String {
    let start = sources.start(span);
    format!("{}:{}:{}", sources.path(span.file), start.line, start.column)
}

/// `path:line:column: message`, of a finding that is told beside another one of the same kind.
pub(super) fn in_a_line(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let at = diagnostic.span().map(|span| format!("{}: ", place(sources, span))).unwrap_or_default();
    format!("{at}{}", diagnostic.message)
}

/// How many findings follow from one and are not told, in words.
pub fn followers(diagnostic: &Diagnostic) -> Option<String> {
    match diagnostic.followers {
        0 => None,
        1 => Some("1 more finding follows from this one and is not shown".to_owned()),
        many => Some(format!("{many} more findings follow from this one and are not shown")),
    }
}

/// "2 errors, 1 warning and 3 notes", and how many that follow from them are not shown; None if there is nothing to count.
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity: Severity, word: &str| {
        let count = diagnostics.iter().filter(|it| it.severity == severity).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {word}{plural}"))
    };
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Information, "note")];
    let mut parts: Vec<String> = counts.into_iter().filter_map(|(severity, word)| count(severity, word)).collect();
    let last = parts.pop()?;
    let counted = if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) };
    Some(match diagnostics.iter().map(|it| it.followers).sum() {
        0 => counted,
        1 => format!("{counted} (1 more follows and is not shown)"),
        many => format!("{counted} ({many} more follow and are not shown)"),
    })
}

#[cfg(feature = "cli")]
pub use graphical::graphical;

#[cfg(feature = "cli")]
mod graphical;
