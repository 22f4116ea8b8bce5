//! What is wrong, where, and what to do: one type for every message about a text.

pub mod code;

pub use code::Code;

use crate::text::{Near, Span};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The set cannot be used, or a lint was raised to this level.
    Error,
    /// Most likely a mistake.
    Warning,
    /// Worth knowing.
    Information,
}

/// A message about one or several places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Its stable name.
    pub code: Code,
    /// Its weight.
    pub severity: Severity,
    /// What is wrong: lower case, no final period, names in backticks.
    pub message: String,
    /// The places; the first is the primary one. None for a message about the whole set.
    pub labels: Vec<Label>,
    /// What to do: one sentence in the imperative.
    pub help: Option<String>,
    /// An edit a machine can make.
    pub fix: Option<Fix>,
    /// What somebody would change to mend it, where others have the same to change: names and words that stay when
    /// lines move. None if the message and the text at its place say so.
    pub cause: Option<String>,
    /// The names that are not declared because of it, where others may ask for them.
    pub loses: Vec<String>,
    /// How many findings follow from it, and go away with it. They are not told.
    pub followers: usize,
}

/// What one place has to do with a diagnostic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What it is ("first declared here"); may be empty for the primary place.
    pub text: String,
}

/// Edits that mend what a diagnostic complains of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What the edits do, in the imperative.
    pub title: String,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
}

/// A replacement of one span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What comes in its place.
    pub text: String,
}

/// A text with edits made; they do not overlap. Everything else of it stays byte for byte.
pub fn edited<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        edited.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
        edited.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    edited.push_str(text.get(at..).unwrap_or_default());
    edited
}

impl Diagnostic {
    /// A diagnostic of the code's own severity, without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            labels: Vec::new(),
            help: None,
            fix: None,
            cause: None,
            loses: Vec::new(),
            followers: 0,
        }
    }

    /// The same with a further place.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        // Most have one place or two, and of a large directory there can be a million findings.
        if self.labels.len() < 2 {
            self.labels.reserve_exact(1);
        }
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same with what others of its code have in common with it.
    #[must_use]
    pub fn because(mut self, cause: impl Into<String>) -> Diagnostic {
        self.cause = Some(cause.into());
        self
    }

    /// The same with "did you mean" when a near name exists. The primary place is the misspelt name. Where nothing else
    /// can have been meant there is a fix, but not for a warning: then the text means something already.
    #[must_use]
    pub fn suggest(self, near: Option<Near>) -> Diagnostic {
        let (Some(near), Some(span)) = (near, self.span()) else { return self };
        let suggested = self.help(near.help());
        match near.surely() {
            Some(name) if suggested.is_error() => suggested.fix(format!("write `{name}`"), span, name),
            _ => suggested,
        }
    }

    /// The same with a fix that writes one text at several places.
    #[must_use]
    pub fn fix_all(mut self, title: impl Into<String>, places: &[Span], text: &str) -> Diagnostic {
        let edits = places.iter().map(|span| Edit { span: *span, text: text.to_owned() }).collect();
        self.fix = Some(Fix { title: title.into(), edits });
        self
    }

    /// The same with an edit that mends it.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix { title: title.into(), edits: vec![Edit { span, text: text.into() }] });
        self
    }

    /// What is wrong and what to do, in a line.
    pub fn sentence(&self) -> String {
        match &self.help {
            Some(help) => format!("{}; {help}", self.message),
            None => self.message.clone(),
        }
    }

    /// The primary place.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    /// True if the set cannot be used with it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
