//! A YAML text as a tree in which everything knows its place; the only module that knows the YAML crate.
//!
//! The tree is built from the events of the parser inside that crate, not through serde: serde stops at the first
//! mistake and cannot name the first of two equal keys, while a person wants all mistakes of a file at once.

mod sharing;
mod tree;
mod wording;

use std::collections::HashMap;

use serde_yaml::granit_parser as granit;

use granit::{Event, Parser, ScalarStyle, Tag};

use crate::diagnostic::{Code, Diagnostic};
use crate::text::{FileId, Span};

use sharing::Anchored;
pub(crate) use tree::{Key, Node, Pair, Value, first_line};

/// How deep collections may nest, aliases included: everything that walks a tree may recurse. A directory needs seven.
const DEPTH: usize = 64;

/// What a text holds.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// The tree; None for an empty text.
    pub(crate) root: Option<Node<'a>>,
    /// What is wrong with the YAML.
    pub(crate) found: Vec<Diagnostic>,
    /// True if reading stopped before the end, so that parts may be missing.
    pub(crate) cut: bool,
}

/// Reads one YAML 1.2 document. Total: whatever is wrong becomes a diagnostic of the given code.
pub(crate) fn parse(file: FileId, text: &str, code: Code) -> Document<'_> {
    let mut builder = Builder {
        file,
        text,
        code,
        found: Vec::new(),
        open: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        copies: 0,
    };
    let cut = builder.run().map_err(|fatal| builder.found.push(*fatal)).is_err();
    while cut && !builder.open.is_empty() {
        if builder.close(text.len()).is_err() {
            break;
        }
    }
    Document { root: builder.root, found: builder.found, cut }
}

/// A tree half built: the collections still open, and what anchors stand for.
struct Builder<'a> {
    file: FileId,
    text: &'a str,
    code: Code,
    found: Vec<Diagnostic>,
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    anchors: HashMap<usize, Anchored<'a>>,
    copies: usize,
}

/// A collection whose end has not come yet.
struct Open<'a> {
    start: usize,
    anchor: usize,
    content: Content<'a>,
}

enum Content<'a> {
    List(Vec<Node<'a>>),
    /// The pairs so far, and the key that waits for its value; `Some(None)` is a key that cannot be one.
    Mapping(Vec<Pair<'a>>, Option<Option<Key<'a>>>),
}

/// What stops reading. Boxed: the good case is the one that counts.
type Fatal = Box<Diagnostic>;

impl<'a> Builder<'a> {
    fn run(&mut self) -> Result<(), Fatal> {
        // Bytes are looked at many times faster than characters, and few texts have one that may belong to such a character.
        let doubtful = self.text.bytes().any(|byte| byte.is_ascii_control() && byte != b'\n' || byte == 0xC2);
        let mut characters = self.text.char_indices().filter(|_| doubtful);
        if let Some((at, wrong)) = characters.find(|(_, c)| c.is_control() && !is_allowed(*c)) {
            let message = format!("a control character (U+{:04X}) cannot stand in YAML", u32::from(wrong));
            return Err(self.fatal(self.span(at, at + wrong.len_utf8()), message));
        }
        let mut options = granit::options! { flow_nesting_limit: DEPTH, block_nesting_limit: DEPTH };
        options.set_emit_comments(false);
        let mut documents = 0;
        for next in Parser::new_from_str_with_options(self.text, options) {
            let (event, place) = match next {
                Ok(next) => next,
                Err(error) => return Err(Box::new(self.not_yaml(&error))),
            };
            let start = place.start.byte_offset().unwrap_or(0);
            let end = place.end.byte_offset().unwrap_or(start);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(self.fatal(self.span(start, end), "a second document in one file"));
                    }
                }
                Event::Scalar(text, style, anchor, tag) => {
                    let (start, end) = self.inside_quotes(start, end, style);
                    let plain = self.is_plain(tag.as_deref(), style, self.tag_place(&place));
                    let node = Node::new(self.span(start, end), Value::Scalar { text, plain });
                    self.anchor(anchor, &node)?;
                    self.take(node)?;
                }
                Event::SequenceStart(_, anchor, tag) => {
                    self.check_tag(tag.as_deref(), "seq", self.tag_place(&place));
                    self.push(Open { start, anchor, content: Content::List(Vec::new()) })?;
                }
                Event::MappingStart(_, anchor, tag) => {
                    self.check_tag(tag.as_deref(), "map", self.tag_place(&place));
                    self.push(Open { start, anchor, content: Content::Mapping(Vec::new(), None) })?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(end)?,
                Event::Alias(anchor) => {
                    let node = self.copy(anchor, self.span(start, end))?;
                    self.take(node)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn push(&mut self, open: Open<'a>) -> Result<(), Fatal> {
        if self.open.len() >= DEPTH {
            return Err(self.fatal(self.span(open.start, open.start), format!("nesting deeper than {DEPTH} levels")));
        }
        self.open.push(open);
        Ok(())
    }

    /// Ends the innermost collection.
    fn close(&mut self, end: usize) -> Result<(), Fatal> {
        let Some(Open { start, anchor, content }) = self.open.pop() else { return Ok(()) };
        let value = match content {
            Content::List(items) => Value::List(items),
            Content::Mapping(pairs, _) => Value::Mapping(self.merge_keys(pairs)),
        };
        // A block collection ends for the parser where the next thing starts; for people where its last line ends.
        let text = self.text.get(start..end).unwrap_or_default();
        let node = Node::new(self.span(start, start + text.trim_end().len()), value);
        self.anchor(anchor, &node)?;
        self.take(node)
    }

    /// Puts a finished node where it belongs.
    fn take(&mut self, node: Node<'a>) -> Result<(), Fatal> {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Mapping(pairs, waiting) => match waiting.take() {
                Some(Some(key)) => pairs.push(Pair::new(key, node)),
                Some(None) => {}
                None if node.is_null() || !node.is_scalar() => {
                    *waiting = Some(None);
                    let wrong = Diagnostic::new(self.code, "a key has to be a text").at(self.first_line(node.span), "");
                    self.found.push(wrong);
                }
                None => *waiting = Some(node.into_key()),
            },
        }
        Ok(())
    }

    /// Whether a scalar may be something else than a text, as `true` and `5` are.
    fn is_plain(&mut self, tag: Option<&Tag>, style: ScalarStyle, span: Span) -> bool {
        match tag.map(Tag::core_suffix) {
            None => style == ScalarStyle::Plain,
            Some(Some("int" | "bool" | "null")) => true,
            Some(Some("str" | "float")) => false,
            // `!` alone makes a text of whatever follows.
            Some(None) if tag.is_some_and(|tag| tag.original() == "!") => false,
            Some(_) => {
                self.check_tag(tag, "", span);
                false
            }
        }
    }

    fn check_tag(&mut self, tag: Option<&Tag>, expected: &str, span: Span) {
        if let Some(tag) = tag.filter(|tag| tag.core_suffix() != Some(expected) && tag.original() != "!") {
            let message = format!("the tag `{}` has no meaning here", tag.original());
            self.found.push(Diagnostic::new(self.code, message).at(self.first_line(span), "").help("remove the tag"));
        }
    }

    /// Where the tag of a node stands.
    fn tag_place(&self, node: &granit::Span) -> Span {
        let tag = node.tag_span();
        let place = tag.as_ref().unwrap_or(node);
        let start = place.start.byte_offset().unwrap_or(0);
        self.span(start, place.end.byte_offset().unwrap_or(start))
    }

    /// The range of a scalar's text without its quotes, so that an edit of the text leaves the quotes alone.
    fn inside_quotes(&self, start: usize, end: usize, style: ScalarStyle) -> (usize, usize) {
        let quote = match style {
            ScalarStyle::SingleQuoted => b'\'',
            ScalarStyle::DoubleQuoted => b'"',
            _ => return (start, end),
        };
        let bytes = self.text.as_bytes();
        let quoted = end >= start + 2 && bytes.get(start) == Some(&quote) && bytes.get(end - 1) == Some(&quote);
        if quoted { (start + 1, end - 1) } else { (start, end) }
    }

    fn not_yaml(&self, error: &granit::ScanError) -> Diagnostic {
        let mut at = self.text.floor_char_boundary(error.marker().byte_offset().unwrap_or(self.text.len()));
        if wording::is_tab(error.kind()) && self.text.get(..at).is_some_and(|before| before.ends_with('\t')) {
            at -= 1;
        }
        let rest = self.text.get(at..).unwrap_or_default();
        let width = rest.chars().next().filter(|c| !matches!(c, '\n' | '\r')).map_or(0, char::len_utf8);
        wording::explain(Diagnostic::new(self.code, ""), error.kind(), self.span(at, at + width))
    }

    fn fatal(&self, span: Span, message: impl Into<String>) -> Fatal {
        Box::new(Diagnostic::new(self.code, message).at(span, ""))
    }

    fn first_line(&self, span: Span) -> Span {
        first_line(self.text, span)
    }

    /// A range as a span, on character borders and inside of the text whatever the parser says.
    fn span(&self, start: usize, end: usize) -> Span {
        let start = self.text.floor_char_boundary(start);
        Span::new(self.file, start, self.text.floor_char_boundary(end).max(start))
    }
}

/// The control characters that YAML allows.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}
