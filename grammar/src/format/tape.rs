//! Walks along the text while the tree is printed, and puts every comment between the same words again.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::entry::Block;
use super::piece::{Break, Comment, CommentKind, Group, Piece};
use crate::syntax::Parsed;
use crate::syntax::ast::Name;
use crate::text::{Span, Spanned};

/// What stands between the last word and the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Gap {
    /// Nothing, or what was put there.
    #[default]
    None,
    Blank,
}

/// An entry while it is taken apart.
#[derive(Debug, Default)]
pub(super) struct Line<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    /// Where its first word stands.
    pub(super) start: Option<usize>,
    /// Its block, if that has lines of its own.
    pub(super) block: Option<Block<'a>>,
    /// A comma has to stand behind it even at the end of a line.
    pub(super) comma: bool,
    /// Its further lines stand no further in.
    pub(super) hugs: bool,
    gap: Gap,
}

/// The text, and how much of it has been printed.
#[derive(Debug)]
pub(super) struct Tape<'a> {
    pub(super) text: &'a str,
    /// The end of the last word.
    pub(super) at: usize,
    /// The end of the last entry, comment or opening brace.
    pub(super) previous: usize,
    /// How deep the present entry stands.
    pub(super) depth: usize,
    pub(super) line: Line<'a>,
    /// Comments still to come.
    comments: std::slice::Iter<'a, Spanned<String>>,
    /// Lines of documentation still to come, as far as they are known.
    docs: VecDeque<Comment<'a>>,
}

impl<'a> Tape<'a> {
    pub(super) fn new(parsed: &'a Parsed, text: &'a str) -> Tape<'a> {
        let comments = parsed.comments.iter();
        let docs = VecDeque::new();
        let mut tape = Tape { text, at: 0, previous: 0, depth: 0, line: Line::default(), comments, docs };
        tape.documented(parsed.doc.as_ref(), CommentKind::FileDoc);
        tape
    }

    /// From a place within a text on, whatever comments it has.
    pub(super) fn from(text: &'a str, at: usize) -> Tape<'a> {
        let (line, comments, docs) = (Line::default(), [].iter(), VecDeque::new());
        Tape { text, at, previous: at, depth: 0, line, comments, docs }
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The lines of documentation before the next entry.
    pub(super) fn doc(&mut self, doc: Option<&Spanned<String>>) {
        self.documented(doc, CommentKind::Doc);
    }

    fn documented(&mut self, doc: Option<&Spanned<String>>, kind: CommentKind) {
        let Some(doc) = doc else { return };
        let (mut start, end) = (doc.span.start as usize, doc.span.end as usize);
        for line in self.slice(start, end).split('\n') {
            let text = line.trim();
            let at = start + (line.len() - line.trim_start().len());
            start += line.len() + 1;
            let wanted = match kind {
                CommentKind::FileDoc => text.starts_with("//!"),
                CommentKind::Doc | CommentKind::Plain => text.starts_with("///") && !text.starts_with("////"),
            };
            if wanted {
                self.docs.push_back(Comment { text, start: at, kind, alone: true });
            }
        }
    }

    /// The next comment, if it stands before a place.
    fn next_comment(&mut self, before: usize) -> Option<Comment<'a>> {
        let plain = self.comments.as_slice().first().map(|comment| comment.span.start as usize);
        let doc = self.docs.front().map(|doc| doc.start);
        if doc.is_some_and(|doc| doc < before && plain.is_none_or(|plain| doc < plain)) {
            // The docs of the file may be known before those of its first item.
            return self.docs.pop_front();
        }
        plain.filter(|plain| *plain < before)?;
        let comment = self.comments.next()?;
        let start = comment.span.start as usize;
        let line = self.slice(0, start).trim_end_matches([' ', '\t', '\r']);
        let alone = line.is_empty() || line.ends_with('\n');
        Some(Comment { text: &comment.it, start, kind: CommentKind::Plain, alone })
    }

    /// Puts the comments before a place behind the last word.
    pub(super) fn comments_before(&mut self, place: usize) {
        while let Some(comment) = self.next_comment(place) {
            let words = self.line.pieces.iter().rposition(|piece| !piece.is_gap()).map_or(0, |last| last + 1);
            self.line.pieces.insert(words, Piece::Comment(comment));
        }
    }

    /// Where a word stands, if it is the next. Commas and parentheses that are not printed are passed over.
    pub(super) fn find(&self, word: &str) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            match bytes.get(at)? {
                b' ' | b'\n' | b'\t' | b'\r' => at += 1,
                b',' if word != "," => at += 1,
                b'(' | b')' if word != "(" && word != ")" => at += 1,
                b'/' if bytes.get(at + 1) == Some(&b'/') => {
                    at += self.text.get(at..)?.find('\n')?;
                }
                _ => break,
            }
        }
        let behind = self.text.get(at..)?.strip_prefix(word)?;
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        (!(word.ends_with(is_word) && behind.starts_with(is_word))).then_some(at)
    }

    /// Goes on to a word that has no place in the tree.
    pub(super) fn sync(&mut self, word: &str) {
        if let Some(at) = self.find(word) {
            self.reach(at, at + word.len());
        }
    }

    fn reach(&mut self, start: usize, end: usize) {
        self.comments_before(start);
        self.line.start.get_or_insert(start);
        self.at = self.at.max(end);
    }

    fn put(&mut self, text: impl Into<Cow<'a, str>>) {
        if self.line.gap == Gap::Blank {
            self.line.pieces.push(Piece::Blank);
        }
        self.line.pieces.push(Piece::Text(text.into()));
        self.line.gap = Gap::Blank;
    }

    /// A word, or several with blanks between.
    pub(super) fn word(&mut self, words: &'static str) {
        for word in words.split(' ') {
            self.sync(word);
            self.put(word);
        }
    }

    /// A sign right behind the last word.
    pub(super) fn behind(&mut self, sign: &'static str) {
        self.line.gap = Gap::None;
        self.word(sign);
    }

    /// The same for a comma or colon, which never starts a line: comments before it come to stand behind it.
    pub(super) fn close_behind(&mut self, sign: &'static str) {
        if let Some(at) = self.find(sign) {
            self.at = at + sign.len();
        }
        self.line.gap = Gap::None;
        self.put(sign);
    }

    /// No blank before the next word.
    pub(super) fn joined(&mut self) {
        self.line.gap = Gap::None;
    }

    /// The sign that ends a place, right behind the last word.
    pub(super) fn last(&mut self, span: Span, sign: &'static str) {
        let end = span.end as usize;
        self.reach(end.saturating_sub(sign.len()), end);
        self.line.gap = Gap::None;
        self.put(sign);
    }

    /// Keeps the comma behind an entry if without it a comment would become documentation of the next.
    pub(super) fn keep_comma(&mut self) {
        // What has a block of its own stands in a test, where nothing has documentation.
        let Some(comma) = self.find(",").filter(|_| self.line.block.is_none()) else { return };
        let is_doc = |comment: &Spanned<String>| comment.it.starts_with("///");
        let left = self.comments.as_slice();
        let (before, after) = left.split_at(left.partition_point(|it| (it.span.start as usize) < comma));
        // Where a comment stands before the comma, another behind it would get a line of its own.
        let blanks = |it: &Spanned<String>| self.slice(comma + 1, it.span.start as usize);
        let behind =
            |it: &Spanned<String>| !before.is_empty() && blanks(it).bytes().all(|byte| matches!(byte, b' ' | b'\t'));
        if before.iter().any(is_doc) || after.first().is_some_and(|it| is_doc(it) && behind(it)) {
            self.reach(comma, comma + 1);
            self.line.comma = true;
        }
    }

    /// What stands at a place, as it was written.
    pub(super) fn written(&mut self, span: Span) {
        let (start, end) = (span.start as usize, span.end as usize);
        self.reach(start, end);
        self.put(self.slice(start, end));
    }

    /// A name, label or address.
    pub(super) fn name(&mut self, name: &Name) {
        self.written(name.span);
    }

    /// Words for what stands at a place, which may be a part that comes in another order than ours.
    pub(super) fn said(&mut self, span: Span, words: &'static str) {
        self.comments_before(span.start as usize);
        self.word(words);
        self.line.start.get_or_insert(span.start as usize);
        self.at = self.at.max(span.end as usize);
    }

    /// The same, for a value that is written without blanks.
    pub(super) fn value(&mut self, span: Span, text: String) {
        self.reach(span.start as usize, span.end as usize);
        self.put(text);
    }

    /// Everything from the next word up to a place, as it was written.
    pub(super) fn rest_of(&mut self, span: Span) {
        let end = span.end as usize;
        let start = self.find("\"").unwrap_or(self.at);
        self.reach(start, end);
        self.put(self.slice(start, end));
    }

    pub(super) fn pad(&mut self, blanks: usize) {
        if blanks > 0 {
            self.line.pieces.push(Piece::Pad(blanks));
        }
    }

    pub(super) fn tab(&mut self, column: u8) {
        self.gap(Piece::Tab(column));
    }

    pub(super) fn line_break(&mut self, kind: Break) {
        self.gap(Piece::Break(kind));
    }

    fn gap(&mut self, piece: Piece<'a>) {
        self.line.pieces.push(piece);
        self.line.gap = Gap::None;
    }

    /// Pieces that belong together.
    pub(super) fn group(&mut self, group: Group, inside: impl FnOnce(&mut Self)) {
        if self.line.gap == Gap::Blank {
            self.gap(Piece::Blank);
        }
        self.line.pieces.push(Piece::Open(group));
        inside(self);
        self.line.pieces.push(Piece::Close);
    }

    pub(super) fn mark(&mut self) {
        self.line.pieces.push(Piece::Mark);
    }

    /// True if a comment stands inside a place, documentation aside.
    pub(super) fn holds_comment(&self, span: Span) -> bool {
        let left = self.comments.as_slice();
        let next = left.partition_point(|comment| comment.span.start < span.start);
        left.get(next).is_some_and(|comment| comment.span.start < span.end)
    }

    pub(super) fn starts_with(&self, span: Span, sign: &str) -> bool {
        self.slice(span.start as usize, span.end as usize).starts_with(sign)
    }

    /// True if what ends at a place ends with a brace.
    pub(super) fn braced(&self, span: Span) -> bool {
        self.slice(span.start as usize, span.end as usize).ends_with('}')
    }

    /// True if there is an empty line between two places.
    pub(super) fn is_apart(&self, from: usize, to: usize) -> bool {
        let mut ended = false;
        self.slice(from, to).bytes().any(|byte| match byte {
            b'\n' => std::mem::replace(&mut ended, true),
            b' ' | b'\t' | b'\r' => false,
            _ => {
                ended = false; // a comma that is not printed may stand alone on its line
                false
            }
        })
    }

    /// True if a line ends between two places.
    pub(super) fn has_lines(&self, from: usize, to: usize) -> bool {
        self.slice(from, to).contains('\n')
    }
}
