//! A YAML text as a tree in which everything knows its place; the only module that knows the YAML crate.
//!
//! The tree is built from the events of the parser inside that crate, not through serde: serde stops at the first
//! mistake and cannot name the first of two equal keys, while a person wants all mistakes of a file at once.

mod sharing;
mod tree;
mod wording;

use std::collections::HashMap;

use granit_parser as granit;

use granit::{Event, Parser, ScalarStyle, Tag};

use crate::language::{Code, Diagnostic, FileId, Span};

use sharing::Anchored;
pub(crate) use tree::{Key, Node, Pair, Value, first_line};

/// How deep collections may nest, aliases included: everything that walks a tree may recurse. A directory needs seven.
const DEPTH: usize = 64;

/// How many bytes are looked through before a closer look may follow.
const BYTES_AT_ONCE: usize = 4096;

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
        items: Vec::new(),
        pairs: Vec::new(),
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
    /// What stands in open lists and mappings: kept together, so that each gets just the room it needs.
    items: Vec<Node<'a>>,
    pairs: Vec<Pair<'a>>,
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

/// With the first of what stands in it so far, among what stands in all collections that are open.
enum Content<'a> {
    List(usize),
    /// And the key that waits for its value; `Some(None)` is a key that cannot be one.
    Mapping(usize, Option<Option<Key<'a>>>),
}

/// What stops reading. Boxed: the good case is the one that counts.
type Fatal = Box<Diagnostic>;

impl<'a> Builder<'a> {
    fn run(&mut self) -> Result<(), Fatal> {
        if let Some((at, wrong)) = control_character(self.text) {
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
                    let plain = match tag.as_deref() {
                        None => style == ScalarStyle::Plain,
                        Some(tag) => self.is_plain(tag, self.tag_place(&place)),
                    };
                    let node = Node::new(self.span(start, end), Value::Scalar { text, plain });
                    self.anchor(anchor, &node)?;
                    self.take(node)?;
                }
                Event::SequenceStart(_, anchor, tag) => {
                    self.check_tag(tag.as_deref(), "seq", self.tag_place(&place));
                    self.push(Open { start, anchor, content: Content::List(self.items.len()) })?;
                }
                Event::MappingStart(_, anchor, tag) => {
                    self.check_tag(tag.as_deref(), "map", self.tag_place(&place));
                    self.push(Open { start, anchor, content: Content::Mapping(self.pairs.len(), None) })?;
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
            Content::List(first) => Value::List(self.items.drain(first..).collect()),
            Content::Mapping(first, _) => {
                let pairs = self.pairs.drain(first..).collect();
                Value::Mapping(self.merge_keys(pairs))
            }
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
            Content::List(_) => self.items.push(node),
            Content::Mapping(_, waiting) => match waiting.take() {
                Some(Some(key)) => self.pairs.push(Pair::new(key, node)),
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

    /// Whether a scalar with a tag may be something else than a text, as `true` and `5` are.
    fn is_plain(&mut self, tag: &Tag, span: Span) -> bool {
        match tag.core_suffix() {
            Some("int" | "bool" | "null") => true,
            Some("str" | "float") => false,
            // `!` alone makes a text of whatever follows.
            None if tag.original() == "!" => false,
            _ => {
                self.check_tag(Some(tag), "", span);
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

/// The first character that YAML does not allow. Almost no text has any, and bytes are looked through fast.
fn control_character(text: &str) -> Option<(usize, char)> {
    // What may be part of one: ASCII controls but for tab and line ends, and the first byte of U+0080 to U+009F.
    let doubtful = |byte: &u8| (*byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) | matches!(byte, 0x7f | 0xc2);
    let mut start = 0;
    for part in text.as_bytes().chunks(BYTES_AT_ONCE) {
        // Without an early end, so that many bytes are compared at once.
        if part.iter().fold(false, |any, byte| any | doubtful(byte)) {
            let from = text.floor_char_boundary(start);
            let to = text.ceil_char_boundary(start + part.len());
            let mut characters = text.get(from..to).unwrap_or_default().char_indices();
            if let Some((at, wrong)) = characters.find(|(_, c)| c.is_control() && !is_allowed(*c)) {
                return Some((from + at, wrong));
            }
        }
        start += part.len();
    }
    None
}

/// The control characters that YAML allows.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}
