//! From the tree to entries and blocks, and from these to lines: the runs of neighbours that align.

use super::align::aligned;
use super::entry::{Alike, Block, Entry, Lead, RULE};
use super::piece::{Comment, CommentKind, Piece, width};
use super::render::Page;
use super::tape::{Line, Tape};
use super::{INDENT, WIDTH};

impl<'a> Tape<'a> {
    /// One entry, with the comments before it. The second is a comment at the end of what stands before.
    pub(super) fn entry(&mut self, print: impl FnOnce(&mut Self) -> Alike) -> (Entry<'a>, Option<&'a str>) {
        let previous = self.previous;
        let outer = std::mem::take(&mut self.line);
        let alike = print(self);
        let line = std::mem::replace(&mut self.line, outer);
        self.previous = self.at;
        let mut pieces = line.pieces;
        let words = pieces.iter().position(|piece| !piece.is_comment()).unwrap_or(pieces.len());
        let words = pieces.split_off(words);
        let (before, lead, end) = self.lead(pieces, previous);
        let documented = lead.last().is_some_and(|lead| lead.kind == CommentKind::Doc);
        let apart = !documented && line.start.is_some_and(|start| self.is_apart(end, start));
        let Line { block, hugs, comma, .. } = line;
        (Entry { lead, apart, alike, pieces: words, block, hugs, comma, behind: None }, before)
    }

    /// Comments on lines of their own, and before them one that stands at the end of a line; and where they end.
    fn lead(&self, comments: Vec<Piece<'a>>, mut end: usize) -> (Option<&'a str>, Vec<Lead<'a>>, usize) {
        let (mut before, mut lead): (_, Vec<Lead<'a>>) = (None, Vec::new());
        for piece in comments {
            let Piece::Comment(comment) = piece else { continue };
            if !comment.alone && before.is_none() && lead.is_empty() {
                before = Some(comment.text);
            } else {
                let last = lead.last().map(|lead| lead.kind);
                let documented = comment.kind == CommentKind::Doc && last == Some(CommentKind::Doc);
                let apart = self.is_apart(end, comment.start) && !documented;
                lead.push(Lead { text: comment.text, kind: comment.kind, apart });
            }
            end = Comment::end(&comment);
        }
        (before, lead, end)
    }

    /// `{ … }` behind a head. Each entry is printed with the one after it in view.
    pub(super) fn block<T>(&mut self, entries: &'a [T], print: impl Fn(&mut Self, &'a T, Option<&'a T>) -> Alike) {
        self.sync("{");
        let open = self.at;
        let mut block = Block::default();
        self.previous = open;
        self.depth += 1;
        for (index, part) in entries.iter().enumerate() {
            let (entry, before) = self.entry(|tape| {
                let alike = print(tape, part, entries.get(index + 1));
                tape.keep_comma();
                alike
            });
            block.put_behind(before);
            block.entries.push(entry);
        }
        self.depth -= 1;
        let head = std::mem::take(&mut self.line);
        let end = self.previous;
        let close = self.find("}").unwrap_or(self.at);
        self.comments_before(close);
        let comments = std::mem::replace(&mut self.line, head).pieces;
        let (before, closing, _) = self.lead(comments, end);
        block.put_behind(before);
        block.closing = closing;
        self.at = self.at.max(close + 1);
        self.brace(block, self.has_lines(open, close));
    }

    /// Puts a block behind its head: on the line if that is how it was written and it fits.
    fn brace(&mut self, block: Block<'a>, lines: bool) {
        let line = if lines && !block.entries.is_empty() { None } else { block.on_one_line() };
        let head: usize = self.line.pieces.iter().map(Piece::width).sum();
        let fits = |line: &String| INDENT * self.depth + head + 1 + width(line) <= WIDTH;
        let commented = self.line.pieces.iter().skip_while(|piece| piece.is_comment()).any(Piece::is_comment);
        match line.filter(|line| !commented && fits(line)) {
            Some(line) => {
                self.line.pieces.push(if self.depth == 0 { Piece::Tab(u8::MAX) } else { Piece::Blank });
                self.line.pieces.push(Piece::Text(line.into()));
            }
            None => {
                self.line.pieces.push(Piece::Blank);
                self.line.pieces.push(Piece::Text("{".into()));
                self.line.block = Some(block);
            }
        }
    }

    /// The whole file: its items, and the comments behind the last.
    pub(super) fn whole<T>(mut self, items: &'a [T], print: impl Fn(&mut Self, &'a T) -> Alike) -> String {
        let mut page = Page::default();
        page.text.reserve(self.text.len() + self.text.len() / 8);
        let mut first = true;
        let mut waiting: Vec<Entry<'a>> = Vec::new();
        for item in items {
            let (entry, before) = self.entry(|tape| print(tape, item));
            if let Some(last) = waiting.last_mut() {
                last.behind = before;
                if !last.joins(&entry) {
                    page.entries(&waiting, 0, &mut first);
                    waiting.clear();
                }
            }
            waiting.push(entry);
        }
        self.comments_before(usize::MAX);
        let comments = std::mem::take(&mut self.line).pieces;
        let (before, closing, _) = self.lead(comments, self.previous);
        if let Some(last) = waiting.last_mut() {
            last.behind = before;
        }
        page.entries(&waiting, 0, &mut first);
        page.comments(&closing, 0, &mut first);
        page.text
    }
}

impl Page {
    /// Entries below each other.
    fn entries(&mut self, entries: &[Entry<'_>], indent: usize, first: &mut bool) {
        let mut from = 0;
        while let Some(entry) = entries.get(from) {
            let one_line = |entry: &Entry<'_>| entry.alike == Some(RULE) || indent + entry.width() <= WIDTH;
            let joins = |pair: &[Entry<'_>]| matches!(pair, [a, b] if a.joins(b) && one_line(b));
            let more = entries.get(from..).unwrap_or_default().windows(2).take_while(|pair| joins(pair)).count();
            let run = entries.get(from..=from + if one_line(entry) { more } else { 0 }).unwrap_or_default();
            let pads = aligned(run, indent);
            for (index, entry) in run.iter().enumerate() {
                self.whole_entry(entry, indent, pads.get(index).map_or(&[], Vec::as_slice), first);
            }
            from += run.len().max(1);
        }
    }

    fn whole_entry(&mut self, entry: &Entry<'_>, indent: usize, pads: &[usize], first: &mut bool) {
        self.comments(&entry.lead, indent, first);
        let below_file = entry.lead.last().is_some_and(|lead| lead.kind == CommentKind::FileDoc);
        if (entry.apart || below_file) && !*first {
            self.end_line();
        }
        *first = false;
        let inner = indent + INDENT;
        let further = match &entry.block {
            Some(_) => inner + INDENT, // so that a long head does not look like the block's first entry
            None if entry.hugs => indent,
            None => inner,
        };
        self.entry(&entry.pieces, indent, further, pads);
        if entry.comma {
            self.behind_entry(",", further);
        }
        if let Some(block) = &entry.block {
            if let Some(comment) = block.opening {
                self.comment_behind(comment, inner);
            }
            self.end_line();
            let mut first = true;
            self.entries(&block.entries, inner, &mut first);
            self.comments(&block.closing, inner, &mut first);
            self.indent(indent);
            self.push("}");
        }
        if let Some(comment) = entry.behind {
            self.comment_behind(comment, inner);
        }
        self.end_line();
    }

    /// Comments on lines of their own.
    fn comments(&mut self, comments: &[Lead<'_>], indent: usize, first: &mut bool) {
        let mut last = None;
        for comment in comments {
            let below_file = last == Some(CommentKind::FileDoc) && comment.kind != CommentKind::FileDoc;
            if (comment.apart || below_file) && !*first {
                self.end_line();
            }
            *first = false;
            self.indent(indent);
            self.comment(comment.text);
            last = Some(comment.kind);
        }
    }
}
