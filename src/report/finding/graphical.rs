//! Findings through miette: with the lines of text, several labels, colours. The only place that names miette.

use std::collections::BTreeMap;
use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};

use crate::language::{Code, Diagnostic, FileId, Label, Severity, Source, Sources};
use crate::report::page::Screen;
use crate::report::telling::{Room, Telling};
use crate::text::{line, shown};

/// The longest line that is drawn, in bytes: people do not read longer ones, and miette cannot count them.
const LONGEST_LINE: usize = 1000;

/// How wide messages are laid out where there is room, in columns.
const WIDEST: usize = 100;

/// The longest message that is laid out, in bytes.
const LONGEST_MESSAGE: usize = 4000;

/// The most places that are drawn: a drawing of more is longer than a screen, and miette compares all with all.
const MOST_PLACES: usize = 50;

/// How many causes of one code are drawn: nobody reads more of them at a time.
const CAUSES: usize = 50;

/// Findings with their text, and what is not shown of them, for a screen.
pub fn graphical(sources: &Sources, telling: &Telling<'_>, screen: Screen) -> String {
    let mut pen = Pen::new(screen);
    let mut room = Room::new(|_: (Code, Severity)| CAUSES);
    let told = telling.within(|finding| room.take((finding.code, finding.severity)));
    let mut text = String::new();
    for group in told.told {
        text.push_str(&pen.draw(sources, group.first));
        for other in group.next_places() {
            text.push_str(&line!("  also: {}", super::in_a_line(sources, other)));
        }
        if let Some(more) = telling.more(group) {
            text.push_str(&line!("  and {more}"));
        }
        text.push('\n');
    }
    text.extend(told.rest.map(|rest| line!("{rest}")));
    text
}

/// What draws, with colours or without.
struct Pen {
    colour: bool,
    plain: GraphicalReportHandler,
    coloured: GraphicalReportHandler,
    escaping: Escaping,
}

impl Pen {
    fn new(Screen { width, colour }: Screen) -> Pen {
        let width = width.map_or(WIDEST, |width| width.min(WIDEST));
        let handler = |theme| GraphicalReportHandler::new_themed(theme).with_width(width).with_links(false);
        let (plain, coloured) = (handler(GraphicalTheme::unicode_nocolor()), handler(GraphicalTheme::unicode()));
        Pen { colour, plain, coloured, escaping: Escaping::default() }
    }

    fn draw(&mut self, sources: &Sources, diagnostic: &Diagnostic) -> String {
        // Where the text itself has escape characters, ours could not be told from them: it is drawn without colours.
        let mut escapes = diagnostic.labels.iter().map(|label| self.escaping.is(sources, label.span.file));
        let colour = self.colour && !escapes.any(|escapes| escapes);
        let handler = if colour { &self.coloured } else { &self.plain };
        // Writing into a string cannot fail; what miette cannot lay out is printed plainly.
        let mut drawn = String::new();
        if !can_be_drawn(sources, diagnostic)
            || handler.render_report(&mut drawn, &adapter(sources, diagnostic)).is_err()
        {
            return super::plain(sources, std::slice::from_ref(diagnostic));
        }
        let drawn = if colour { drawn } else { drawn.replace('\u{1b}', &shown("\u{1b}")) };
        let followers = super::followers(diagnostic).map(|followers| line!("  note: {followers}"));
        trimmed(&drawn) + &followers.unwrap_or_default()
    }
}

/// Which files hold escape characters. Each is looked through once.
#[derive(Default)]
struct Escaping(BTreeMap<FileId, bool>);

impl Escaping {
    fn is(&mut self, sources: &Sources, file: FileId) -> bool {
        *self.0.entry(file).or_insert_with(|| sources.text(file).contains('\u{1b}'))
    }
}

/// False where a line or a message is too long for a drawing, or there are too many places.
fn can_be_drawn(sources: &Sources, diagnostic: &Diagnostic) -> bool {
    let fits = |label: &Label| {
        let source = sources.source(label.span.file);
        let lines = source.lines(label.span.start as usize, label.span.end as usize, 1, 1);
        label.text.len() <= LONGEST_MESSAGE && lines.is_none_or(|lines| source.longest(lines) <= LONGEST_LINE)
    };
    let help = diagnostic.help.as_deref().unwrap_or_default();
    diagnostic.labels.len() <= MOST_PLACES
        && diagnostic.message.len() + help.len() <= LONGEST_MESSAGE
        && diagnostic.labels.iter().all(fits)
}

/// Without spaces at line ends.
fn trimmed(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

/// A file as miette reads it. Lines are found by the index that the source has anyway: miette's own reader would scan
/// the file from its start for every finding.
struct Excerpt<'a>(&'a Source);

impl SourceCode for Excerpt<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let last = span.offset() + span.len().saturating_sub(1);
        let lines = self.0.lines(span.offset(), last, before, after).ok_or(MietteError::OutOfBounds)?;
        let data = self.0.text().get(lines.start..lines.end).ok_or(MietteError::OutOfBounds)?;
        let range = SourceSpan::from((lines.start, data.len()));
        let (line, count) = (lines.first, lines.count);
        let name = shown(self.0.path()).into_owned();
        // Without context miette asks where the span itself begins, for the heading.
        let column = if before + after == 0 { self.0.start(span.offset()).column - 1 } else { 0 };
        Ok(Box::new(MietteSpanContents::new_named(name, data.as_bytes(), range, line, column, count)))
    }
}

/// A diagnostic as miette wants it. Labels in other files than the first are advice of their own.
struct Adapter<'a> {
    message: String,
    code: Option<&'static str>,
    severity: miette::Severity,
    help: Option<String>,
    labels: Vec<LabeledSpan>,
    source: Option<Excerpt<'a>>,
    related: Vec<Adapter<'a>>,
}

impl fmt::Debug for Adapter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Adapter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
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
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
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

fn adapter<'a>(sources: &'a Sources, diagnostic: &Diagnostic) -> Adapter<'a> {
    let first = diagnostic.span().map(|span| span.file);
    let mut others: Vec<FileId> =
        diagnostic.labels.iter().map(|label| label.span.file).filter(|file| Some(*file) != first).collect();
    others.dedup();
    let related = others.into_iter().map(|file| Adapter {
        message: "and in another file".to_owned(),
        code: None,
        severity: miette::Severity::Advice,
        help: None,
        labels: labels(diagnostic, Some(file)),
        source: Some(Excerpt(sources.source(file))),
        related: Vec::new(),
    });
    Adapter {
        message: shown(&diagnostic.message).into_owned(),
        code: Some(diagnostic.code.name()),
        severity: match diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Information => miette::Severity::Advice,
        },
        help: diagnostic.help.as_deref().map(|help| shown(help).into_owned()),
        labels: labels(diagnostic, first),
        source: first.map(|file| Excerpt(sources.source(file))),
        related: related.collect(),
    }
}

/// The labels in one file.
fn labels(diagnostic: &Diagnostic, file: Option<FileId>) -> Vec<LabeledSpan> {
    let here = diagnostic.labels.iter().enumerate().filter(|(_, label)| Some(label.span.file) == file);
    here.map(|(index, label)| {
        let text = (!label.text.is_empty()).then(|| shown(&label.text).into_owned());
        let place = (label.span.start as usize, label.span.len());
        // The heading names the primary place, wherever the others stand.
        if index == 0 {
            LabeledSpan::new_primary_with_span(text, place)
        } else {
            LabeledSpan::new_with_span(text, place)
        }
    })
    .collect()
}
