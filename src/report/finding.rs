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

/// "2 errors and 1 warning"; None if there is nothing to count.
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity: Severity, word: &str| {
        let count = diagnostics.iter().filter(|it| it.severity == severity).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {word}{plural}"))
    };
    let parts: Vec<String> =
        [count(Severity::Error, "error"), count(Severity::Warning, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

#[cfg(feature = "cli")]
pub use graphical::graphical;

#[cfg(feature = "cli")]
mod graphical {
    //! The same through miette: with the lines of text, several labels, colours. The only place that names miette.

    use std::fmt;

    use miette::{
        GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
        SpanContents,
    };

    use crate::diagnostic::{Diagnostic, Label, Severity};
    use crate::text::{FileId, Sources, Span};

    /// The longest line that is drawn, in bytes: people do not read longer ones, and miette cannot count them.
    const LONGEST: usize = 1000;

    /// The longest message that is laid out, in bytes.
    const LONGEST_MESSAGE: usize = 4000;

    /// A file as miette reads it: only around a place, so that many findings in a large file stay cheap.
    struct Text<'a> {
        sources: &'a Sources,
        file: FileId,
    }

    impl<'a> Text<'a> {
        /// The whole lines around a range of bytes, with some more before and after: where they start, and they.
        fn around(&self, start: usize, end: usize, before: usize, after: usize) -> (usize, &'a str) {
            let text = self.sources.text(self.file);
            let (start, end) = (start.min(text.len()), end.min(text.len()));
            let bytes = text.as_bytes();
            let line_ends_before = bytes.iter().take(start).enumerate().rev().filter(|(_, byte)| **byte == b'\n');
            let from = line_ends_before.map(|(at, _)| at + 1).nth(before).unwrap_or(0);
            let line_ends_after = bytes.iter().enumerate().skip(end).filter(|(_, byte)| **byte == b'\n');
            let to = line_ends_after.map(|(at, _)| at + 1).nth(after).unwrap_or(text.len());
            (from, text.get(from..to).unwrap_or_default())
        }
    }

    impl SourceCode for Text<'_> {
        fn read_span<'s>(
            &'s self,
            span: &SourceSpan,
            lines_before: usize,
            lines_after: usize,
        ) -> Result<Box<dyn SpanContents<'s> + 's>, MietteError> {
            let end = span.offset() + span.len();
            let (from, window) = self.around(span.offset(), end, lines_before, lines_after + 1);
            let inner = SourceSpan::from((span.offset().saturating_sub(from), span.len()));
            let contents = window.as_bytes().read_span(&inner, lines_before, lines_after)?;
            let first = self.sources.start(Span::new(self.file, from, from)).line - 1;
            Ok(Box::new(MietteSpanContents::new_named(
                self.sources.path(self.file).to_owned(),
                contents.data(),
                SourceSpan::from((contents.span().offset() + from, contents.span().len())),
                contents.line() + first,
                contents.column(),
                contents.line_count() + first,
            )))
        }
    }

    /// A diagnostic as miette wants it. Labels in other files than the first are advice of their own.
    struct Adapter<'t> {
        message: &'t str,
        code: Option<&'static str>,
        severity: miette::Severity,
        help: Option<&'t str>,
        labels: Vec<LabeledSpan>,
        source: Option<Text<'t>>,
        related: Vec<Adapter<'t>>,
    }

    impl fmt::Debug for Adapter<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.message)
        }
    }

    impl fmt::Display for Adapter<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.message)
        }
    }

    impl std::error::Error for Adapter<'_> {}

    impl miette::Diagnostic for Adapter<'_> {
        fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
            self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
        }
        fn severity(&self) -> Option<miette::Severity> {
            Some(self.severity)
        }
        fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
            self.help.map(|help| Box::new(help) as Box<dyn fmt::Display>)
        }
        fn source_code(&self) -> Option<&dyn SourceCode> {
            self.source.as_ref().map(|text| text as &dyn SourceCode)
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
            let drawn = can_be_drawn(sources, diagnostic)
                && handler.render_report(&mut rendered, &adapter(sources, diagnostic)).is_ok();
            if drawn {
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

    /// False where a line or a message is too long for a drawing.
    fn can_be_drawn(sources: &Sources, diagnostic: &Diagnostic) -> bool {
        let fits = |label: &Label| {
            let text = Text { sources, file: label.span.file };
            let (_, lines) = text.around(label.span.start as usize, label.span.end as usize, 1, 1);
            label.text.len() <= LONGEST_MESSAGE && lines.lines().all(|line| line.len() <= LONGEST)
        };
        let help = diagnostic.help.as_deref().unwrap_or_default();
        diagnostic.message.len() + help.len() <= LONGEST_MESSAGE && diagnostic.labels.iter().all(fits)
    }

    fn adapter<'t>(sources: &'t Sources, diagnostic: &'t Diagnostic) -> Adapter<'t> {
        let first = diagnostic.span().map(|span| span.file);
        let in_file = |file: FileId| {
            let labels = diagnostic.labels.iter().filter(move |label| label.span.file == file);
            let labelled = labels.map(|label| {
                let text = (!label.text.is_empty()).then(|| label.text.clone());
                LabeledSpan::new(text, label.span.start as usize, label.span.len())
            });
            labelled.collect::<Vec<_>>()
        };
        let mut others: Vec<FileId> =
            diagnostic.labels.iter().map(|label| label.span.file).filter(|file| Some(*file) != first).collect();
        others.dedup();
        let related = others.into_iter().map(|file| Adapter {
            message: "and in another file",
            code: None,
            severity: miette::Severity::Advice,
            help: None,
            labels: in_file(file),
            source: Some(Text { sources, file }),
            related: Vec::new(),
        });
        Adapter {
            message: &diagnostic.message,
            code: Some(diagnostic.code.name()),
            severity: match diagnostic.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Information => miette::Severity::Advice,
            },
            help: diagnostic.help.as_deref(),
            labels: first.map(in_file).unwrap_or_default(),
            source: first.map(|file| Text { sources, file }),
            related: related.collect(),
        }
    }
}
