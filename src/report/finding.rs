//! Findings as people read them: plainly, a line each, or with the text they are about.

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Sources, Span};

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
    let place = |span: Span| {
        let start = sources.start(span);
        format!("{}:{}:{}", sources.path(span.file), start.line, start.column)
    };
    let mut text = String::new();
    for diagnostic in diagnostics {
        let severity = severity_name(diagnostic.severity);
        let at = diagnostic.span().map(|span| format!("{}: ", place(span))).unwrap_or_default();
        text.push_str(&format!("{at}{severity}: {} [{}]\n", diagnostic.message, diagnostic.code.name()));
        for (index, label) in diagnostic.labels.iter().enumerate() {
            match (index, label.text.as_str()) {
                (0, "") => {}
                (0, words) => text.push_str(&format!("    {words}\n")),
                (_, words) => text.push_str(&format!("    {}: {words}\n", place(label.span))),
            }
        }
        if let Some(help) = &diagnostic.help {
            text.push_str(&format!("    help: {help}\n"));
        }
    }
    text
}

/// "2 errors, 1 warning and 3 notes"; None if there is nothing to count.
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity: Severity, word: &str| {
        let count = diagnostics.iter().filter(|it| it.severity == severity).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {word}{plural}"))
    };
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Information, "note")];
    let mut parts: Vec<String> = counts.into_iter().filter_map(|(severity, word)| count(severity, word)).collect();
    let last = parts.pop()?;
    Some(if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) })
}

#[cfg(feature = "cli")]
pub use graphical::graphical;

#[cfg(feature = "cli")]
mod graphical {
    //! The same through miette: with the lines of text, several labels, colours. The only place that names miette.

    use std::fmt;

    use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

    use crate::diagnostic::{Diagnostic, Severity};
    use crate::text::{FileId, Sources};

    /// A diagnostic as miette wants it. Labels in other files than the first are advice of their own.
    struct Adapter {
        message: String,
        code: Option<&'static str>,
        severity: miette::Severity,
        help: Option<String>,
        labels: Vec<LabeledSpan>,
        source: NamedSource<String>,
        related: Vec<Adapter>,
    }

    impl fmt::Debug for Adapter {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&self.message)
        }
    }

    impl fmt::Display for Adapter {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&self.message)
        }
    }

    impl std::error::Error for Adapter {}

    impl miette::Diagnostic for Adapter {
        fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
            self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
        }
        fn severity(&self) -> Option<miette::Severity> {
            Some(self.severity)
        }
        fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
            self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
        }
        fn source_code(&self) -> Option<&dyn SourceCode> {
            if self.labels.is_empty() { None } else { Some(&self.source) }
        }
        fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
            if self.labels.is_empty() { None } else { Some(Box::new(self.labels.iter().cloned())) }
        }
        fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
            if self.related.is_empty() {
                return None;
            }
            Some(Box::new(self.related.iter().map(|it| it as &dyn miette::Diagnostic)))
        }
    }

    /// Findings with their text. Colours only where asked for.
    pub fn graphical(sources: &Sources, diagnostics: &[Diagnostic], colour: bool) -> String {
        let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(100).with_links(false);
        let mut text = String::new();
        for diagnostic in diagnostics {
            // Writing into a string cannot fail; what miette cannot lay out is printed plainly.
            let mut rendered = String::new();
            if handler.render_report(&mut rendered, &adapter(sources, diagnostic)).is_ok() {
                text.push_str(&trimmed(&rendered));
            } else {
                text.push_str(&super::plain(sources, std::slice::from_ref(diagnostic)));
            }
            text.push('\n');
        }
        text
    }

    /// Without spaces at line ends.
    fn trimmed(text: &str) -> String {
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
    }

    fn adapter(sources: &Sources, diagnostic: &Diagnostic) -> Adapter {
        let first = diagnostic.span().map(|span| span.file);
        let in_file = |file: Option<FileId>| {
            diagnostic
                .labels
                .iter()
                .filter(move |label| Some(label.span.file) == file)
                .map(|label| {
                    let text = (!label.text.is_empty()).then(|| label.text.clone());
                    LabeledSpan::new(text, label.span.start as usize, label.span.len())
                })
                .collect::<Vec<_>>()
        };
        let named = |file: Option<FileId>| match file {
            Some(file) => NamedSource::new(sources.path(file), sources.text(file).to_owned()),
            None => NamedSource::new("", String::new()),
        };
        let mut others: Vec<FileId> =
            diagnostic.labels.iter().map(|label| label.span.file).filter(|file| Some(*file) != first).collect();
        others.dedup();
        let related = others.into_iter().map(|file| Adapter {
            message: "and in another file".to_owned(),
            code: None,
            severity: miette::Severity::Advice,
            help: None,
            labels: in_file(Some(file)),
            source: named(Some(file)),
            related: Vec::new(),
        });
        Adapter {
            message: diagnostic.message.clone(),
            code: Some(diagnostic.code.name()),
            severity: match diagnostic.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Information => miette::Severity::Advice,
            },
            help: diagnostic.help.clone(),
            labels: in_file(first),
            source: named(first),
            related: related.collect(),
        }
    }
}
