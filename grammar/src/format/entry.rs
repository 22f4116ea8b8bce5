//! Entries and blocks of them, as they are before their lines are known.

use super::piece::{CommentKind, Piece};
use super::render::inline;

/// What kind of neighbours align with an entry; None if nothing does.
pub(super) type Alike = Option<&'static str>;

/// The kind of rules: they align even where their conditions need several lines.
pub(super) const RULE: &str = "rule";

/// A comment on a line of its own.
#[derive(Debug)]
pub(super) struct Lead<'a> {
    pub(super) text: &'a str,
    pub(super) kind: CommentKind,
    /// An empty line before it.
    pub(super) apart: bool,
}

/// An entry of a block, or an item of the file.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) lead: Vec<Lead<'a>>,
    pub(super) apart: bool,
    pub(super) alike: Alike,
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) block: Option<Block<'a>>,
    pub(super) hugs: bool,
    pub(super) comma: bool,
    /// A comment at the end of its last line.
    pub(super) behind: Option<&'a str>,
}

/// What stands in braces, a line each.
#[derive(Debug, Default)]
pub(super) struct Block<'a> {
    /// A comment behind the opening brace.
    pub(super) opening: Option<&'a str>,
    pub(super) entries: Vec<Entry<'a>>,
    /// Comments before the closing one.
    pub(super) closing: Vec<Lead<'a>>,
}

impl Block<'_> {
    /// Its entries between braces on one line, if they can stand so.
    pub(super) fn on_one_line(&self) -> Option<String> {
        if self.opening.is_some() || !self.closing.is_empty() {
            return None;
        }
        let mut text = String::new();
        for entry in &self.entries {
            let plain = entry.lead.is_empty() && entry.behind.is_none() && entry.block.is_none();
            if !plain || entry.pieces.iter().any(Piece::is_comment) {
                return None;
            }
            text.push_str(if text.is_empty() { "{ " } else { ", " });
            inline(&entry.pieces, &mut text);
        }
        text.push_str(if text.is_empty() { "{}" } else { " }" });
        Some(text)
    }
}

impl<'a> Block<'a> {
    /// A comment at the end of the last line.
    pub(super) fn put_behind(&mut self, comment: Option<&'a str>) {
        match self.entries.last_mut() {
            Some(last) => last.behind = comment,
            None => self.opening = self.opening.or(comment),
        }
    }
}

impl Entry<'_> {
    /// True if the next entry may belong to the same run.
    pub(super) fn joins(&self, next: &Entry<'_>) -> bool {
        let near = !next.apart && next.lead.is_empty();
        near && self.alike.is_some() && self.alike == next.alike && self.aligns() && next.aligns()
    }

    fn aligns(&self) -> bool {
        self.block.is_none() && !self.pieces.iter().any(Piece::is_comment)
    }

    pub(super) fn width(&self) -> usize {
        self.pieces.iter().map(Piece::width).sum()
    }
}
