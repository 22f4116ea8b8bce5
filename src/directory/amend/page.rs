//! The text as lines and places, the edits of it, and why one is refused.

use super::super::yaml::{Key, Node, Pair, Value};
use super::Address;
use crate::diagnostic::code;
use crate::language::{Diagnostic, Edit, FileId, Span};

/// A text that is to be edited.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    /// How its lines end.
    pub(super) newline: &'static str,
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str) -> Page<'a> {
        let first = text.split_inclusive('\n').next().unwrap_or_default();
        Page { text, newline: if first.ends_with("\r\n") { "\r\n" } else { "\n" } }
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Where the line of a byte begins.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.slice(0, at).rfind('\n').map_or(0, |before| before + 1)
    }

    /// Where the line of a byte ends, its line end included.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.slice(at, self.text.len()).find('\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// Where what stands in the line of a byte ends.
    pub(super) fn content_end(&self, at: usize) -> usize {
        let line = self.slice(at, self.line_end(at));
        at + line.trim_end_matches(['\n', '\r']).len()
    }

    /// How far a byte is indented, in characters.
    pub(super) fn column(&self, at: usize) -> usize {
        self.slice(self.line_start(at), at).chars().count()
    }

    /// The quote around a scalar.
    pub(super) fn quote(&self, span: Span) -> Option<char> {
        let before = (span.start as usize).checked_sub(1).and_then(|at| self.byte(at))?;
        let quoted = matches!(before, b'"' | b'\'') && self.byte(span.end as usize) == Some(before);
        quoted.then_some(before as char)
    }

    /// The range of a scalar with its quotes.
    pub(super) fn whole(&self, span: Span) -> (usize, usize) {
        let quotes = usize::from(self.quote(span).is_some());
        (span.start as usize - quotes, span.end as usize + quotes)
    }

    /// Behind the `:` of a key; None where a key stands in a form nobody writes.
    pub(super) fn behind_colon(&self, key: &Key<'_>) -> Option<usize> {
        let (_, end) = self.whole(key.span);
        let rest = self.slice(end, self.text.len());
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        (self.byte(end + blanks) == Some(b':')).then_some(end + blanks + 1)
    }

    /// Behind the `:` of a key, and behind the anchor or tag of what it holds, if that stands in the same line.
    pub(super) fn behind_header(&self, key: &Key<'_>) -> Option<usize> {
        let mut at = self.behind_colon(key)?;
        loop {
            let line = self.slice(at, self.content_end(at));
            let rest = line.trim_start_matches([' ', '\t']);
            if !rest.starts_with(['&', '!']) {
                return Some(at);
            }
            let word = rest.find([' ', '\t']).unwrap_or(rest.len());
            at += line.len() - rest.len() + word;
        }
    }

    /// The range of a single value or an alias, from the `|` or `>` of a text in lines of its own.
    pub(super) fn single(&self, pair: &Pair<'_>) -> Option<(usize, usize)> {
        let (start, end) = (self.whole(pair.value.span).0, self.end(pair)?);
        let header = self.behind_header(&pair.key)?;
        let rest = self.slice(header, end).trim_start_matches([' ', '\t']);
        Some((if rest.starts_with(['|', '>']) { end - rest.len() } else { start }, end))
    }

    /// True for `[…]` and `{…}`.
    pub(super) fn is_flow(&self, node: &Node<'_>) -> bool {
        !node.is_scalar() && matches!(self.byte(node.span.start as usize), Some(b'[' | b'{'))
    }

    /// Where the text of a value ends, comments behind it left out.
    pub(super) fn end(&self, pair: &Pair<'_>) -> Option<usize> {
        if pair.value.is_null() && pair.value.span.is_empty() {
            return self.behind_header(&pair.key);
        }
        self.end_of(&pair.value)
    }

    fn end_of(&self, node: &Node<'_>) -> Option<usize> {
        if node.alias || node.is_scalar() {
            // A text in lines of its own (`|`) ends with its last one.
            let (start, end) = self.whole(node.span);
            return Some(start + self.slice(start, end).trim_end().len());
        }
        if self.is_flow(node) {
            return Some(node.span.end as usize);
        }
        match &node.value {
            Value::List(items) => {
                let last = items.last()?;
                // Nothing at all stands behind the dash.
                if last.is_null() && last.span.is_empty() { None } else { self.end_of(last) }
            }
            _ => self.end(own_pairs(node).last()?),
        }
    }

    /// True if nothing but blanks stands before a byte in its line.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        let before = self.slice(0, at).trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with('\n')
    }

    /// True if nothing but a comment stands behind a byte in its line.
    pub(super) fn ends_line(&self, at: usize) -> bool {
        let rest = self.slice(at, self.text.len());
        let bare = rest.trim_start_matches([' ', '\t']);
        let ended = bare.trim_start_matches('\r');
        ended.is_empty() || ended.starts_with('\n') || (bare.starts_with('#') && bare.len() < rest.len())
    }

    /// A whole new line (or several) below the line of a byte.
    pub(super) fn below(&self, at: usize, lines: &str, splices: &mut Splices<'_>) {
        let end = self.line_end(at);
        let newline = self.newline;
        let broken = self.slice(0, end).ends_with('\n');
        let text = if broken { format!("{lines}{newline}") } else { format!("{newline}{lines}") };
        splices.put(end, end, text);
    }
}

/// The pairs that stand in a mapping itself, in the order of the text.
pub(super) fn own_pairs<'n, 'a>(node: &'n Node<'a>) -> Vec<&'n Pair<'a>> {
    match &node.value {
        Value::Mapping(pairs) if !node.alias => pairs.iter().filter(|pair| !pair.merged).collect(),
        _ => Vec::new(),
    }
}

/// Ranges of a page and what comes in their place. Of two at one place that which was asked for first comes first.
#[derive(Debug)]
pub(super) struct Splices<'p> {
    pub(super) page: &'p Page<'p>,
    ranges: Vec<(usize, usize, String)>,
}

impl<'p> Splices<'p> {
    pub(super) fn on(page: &'p Page<'p>) -> Splices<'p> {
        Splices { page, ranges: Vec::new() }
    }

    pub(super) fn put(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.ranges.push((start, end, text.into()));
    }

    pub(super) fn into_edits(self, file: FileId) -> Vec<Edit> {
        self.ranges.into_iter().map(|(start, end, text)| Edit { span: Span::new(file, start, end), text }).collect()
    }

    pub(super) fn apply(mut self) -> String {
        let text = self.page.text;
        // Of things at one place the insertions come before the removal.
        self.ranges.sort_by_key(|(start, end, _)| (*start, *end != *start));
        let mut edited =
            String::with_capacity(text.len() + self.ranges.iter().map(|splice| splice.2.len()).sum::<usize>());
        let mut at = 0;
        for (start, end, new) in self.ranges {
            edited.push_str(text.get(at..start).unwrap_or_default());
            edited.push_str(&new);
            at = at.max(end);
        }
        edited.push_str(text.get(at..).unwrap_or_default());
        edited
    }
}

/// Why a user cannot be edited.
#[derive(Debug)]
pub(super) enum NoEdit {
    /// The text has a form that edits do not know.
    Form,
    /// All of the user is an alias, or was taken over by `<<`.
    Alias,
    /// Somebody else takes over what would change.
    Shared(Address),
}

impl NoEdit {
    pub(super) fn explain(&self, span: Span) -> Diagnostic {
        let (message, help) = match self {
            NoEdit::Form => (
                "this user stands in a form that cannot be edited".to_owned(),
                "write each key of the user as `key: value` in a line of its own, or make the change by hand",
            ),
            NoEdit::Alias => (
                "this user is the copy of another one".to_owned(),
                "write the user out in place of the alias, then change it",
            ),
            NoEdit::Shared(user) => (
                format!("the change would change `{user}` too, through an alias or `<<`"),
                "write out here what is taken over from somebody else",
            ),
        };
        Diagnostic::new(code::NOT_EDITABLE, message).at(span, "").help(help)
    }
}
