//! From pieces to lines.

use super::measure::Map;
use super::piece::{Break, Comment, Group, Piece, width};
use super::{INDENT, WIDTH};

/// Lines as they are written.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// All lines.
    pub(super) text: String,
    column: usize,
    /// The last thing was a comment, so the line has ended whatever follows.
    commented: bool,
    /// Line ends written, and lines that are too long.
    pub(super) lines: usize,
    pub(super) too_long: usize,
}

impl Page {
    /// Ends the line.
    pub(super) fn end_line(&mut self) {
        self.too_long += usize::from(self.column > WIDTH && !self.commented);
        self.text.push('\n');
        self.column = 0;
        self.lines += 1;
        self.commented = false;
    }

    /// Starts a line.
    pub(super) fn indent(&mut self, blanks: usize) {
        self.blanks(blanks);
        self.column = blanks;
    }

    /// Words on the present line.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += width(text);
    }

    /// A sign behind an entry.
    pub(super) fn behind_entry(&mut self, sign: &str, further: usize) {
        if self.commented {
            self.new_line(further);
        }
        self.push(sign);
    }

    fn blanks(&mut self, blanks: usize) {
        const MANY: &str = "                                                                ";
        let mut left = blanks;
        while left > 0 {
            let some = left.min(MANY.len());
            self.text.push_str(MANY.get(..some).unwrap_or(" "));
            left -= some;
        }
        self.column += blanks;
    }

    fn new_line(&mut self, indent: usize) {
        self.end_line();
        self.indent(indent);
    }

    /// A comment behind what the line holds.
    pub(super) fn comment_behind(&mut self, text: &str, indent: usize) {
        if self.commented {
            self.new_line(indent);
        } else {
            self.push(" ");
        }
        self.too_long += usize::from(self.column > WIDTH + 1);
        self.push(text);
        self.commented = true;
    }

    /// A comment on a line of its own.
    pub(super) fn comment(&mut self, text: &str) {
        self.text.push_str(text);
        self.commented = true;
        self.end_line();
    }

    /// An entry: its first line at `indent`, the others at `further`. The line stays open.
    pub(super) fn entry(&mut self, pieces: &[Piece<'_>], indent: usize, further: usize, pads: &[usize]) {
        self.indent(indent);
        let words: usize = pieces.iter().map(Piece::width).sum();
        let total = words + pads.iter().sum::<usize>();
        if indent + total <= WIDTH && !pieces.iter().any(Piece::is_comment) {
            self.flat(pieces, pads);
        } else {
            Lines { page: self, pieces, map: Map::new(pieces, pads), frames: Vec::new(), long: false }
                .run(further, pads);
        }
    }

    fn flat(&mut self, pieces: &[Piece<'_>], pads: &[usize]) {
        let mut pads = pads.iter();
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.push(text),
                Piece::Comment(comment) => self.push(comment.text),
                Piece::Blank | Piece::Pad(_) | Piece::Tab(_) | Piece::Break(_) => {
                    let pad = piece.tab().and_then(|_| pads.next()).copied().unwrap_or(0);
                    self.blanks(piece.width() + pad);
                }
                Piece::Open(_) | Piece::Close | Piece::Mark => {}
            }
        }
    }
}

/// Pieces as they stand in a block on one line.
pub(super) fn inline(pieces: &[Piece<'_>], out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Comment(comment) => out.push_str(comment.text),
            Piece::Blank | Piece::Tab(_) => out.push(' '),
            Piece::Break(at) => out.push_str(if at.width() > 0 { " " } else { "" }),
            Piece::Pad(_) | Piece::Open(_) | Piece::Close | Piece::Mark => {}
        }
    }
}

/// How the breaks of a group are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    None,
    Needed,
    All,
}

/// An open group.
#[derive(Clone, Copy)]
struct Frame {
    group: Group,
    indent: usize,
    taken: Taken,
    /// How many lines there were when it was opened.
    lines: usize,
}

/// An entry that needs several lines.
struct Lines<'p, 'a> {
    page: &'p mut Page,
    pieces: &'p [Piece<'a>],
    map: Map,
    frames: Vec<Frame>,
    /// The last list or clause needed several lines.
    long: bool,
}

impl Lines<'_, '_> {
    fn run(&mut self, further: usize, pads: &[usize]) {
        let lines = self.page.lines;
        self.frames.push(Frame { group: Group::Nest(0), indent: further, taken: Taken::Needed, lines });
        let (mut pads, mut broken) = (pads.iter(), false);
        for (index, piece) in self.pieces.iter().enumerate() {
            let pad = piece.tab().and_then(|_| pads.next()).copied().unwrap_or(0);
            match piece {
                Piece::Text(text) => {
                    self.after_comment();
                    self.page.push(text);
                }
                Piece::Blank | Piece::Pad(_) | Piece::Tab(_) => {
                    if !self.page.commented {
                        self.page.blanks(piece.width() + pad);
                    }
                }
                Piece::Break(kind) => {
                    broken = self.page.commented || self.breaks(index, *kind);
                    if broken {
                        self.page.new_line(self.indent_at(*kind));
                    } else {
                        self.page.blanks(piece.width() + pad);
                    }
                }
                Piece::Open(group) => self.open(index, *group, broken),
                Piece::Close => {
                    if let Some(frame) = self.frames.pop()
                        && matches!(frame.group, Group::List | Group::Clause)
                    {
                        self.long = frame.lines < self.page.lines;
                    }
                }
                Piece::Mark => {}
                Piece::Comment(comment) => self.comment(comment),
            }
        }
    }

    fn top(&self) -> Frame {
        let bottom = Frame { group: Group::List, indent: 0, taken: Taken::Needed, lines: 0 };
        self.frames.last().copied().unwrap_or(bottom)
    }

    fn after_comment(&mut self) {
        if self.page.commented {
            self.page.new_line(self.top().indent);
        }
    }

    fn comment(&mut self, comment: &Comment<'_>) {
        let indent = self.top().indent;
        if comment.alone && !self.page.commented {
            self.page.new_line(indent);
            self.page.push(comment.text);
            self.page.commented = true;
        } else {
            self.page.comment_behind(comment.text, indent);
        }
    }

    /// A closing brace stands where the lines around its group do.
    fn indent_at(&self, kind: Break) -> usize {
        let top = self.top();
        if matches!(kind, Break::CloseEdge(_)) { top.indent.saturating_sub(INDENT) } else { top.indent }
    }

    fn fits(&self, from: usize, to: usize) -> bool {
        self.page.column + self.map.width(from, to) <= WIDTH
    }

    fn breaks(&self, index: usize, kind: Break) -> bool {
        let until = match kind {
            Break::Rest if self.long => self.map.until(index + 1),
            Break::Apart if self.long => return true,
            Break::Rest | Break::Apart | Break::Tight | Break::TightTab | Break::Column(_) | Break::Soft => {
                self.map.until(index)
            }
            Break::Bar | Break::OpenEdge(_) | Break::CloseEdge(_) => match self.top().taken {
                Taken::None => return false,
                Taken::All => return true,
                Taken::Needed => self.map.until(index),
            },
        };
        !self.fits(index, until)
    }

    fn open(&mut self, index: usize, group: Group, broken: bool) {
        let outer = self.top().indent;
        let (indent, taken) = match group {
            Group::Nest(further) => (outer + further, Taken::Needed),
            Group::Clause => (if broken { outer + INDENT } else { outer }, Taken::Needed),
            Group::List | Group::Rest => (outer, Taken::Needed),
            Group::Values if self.is_whole(index) => (outer, Taken::None),
            Group::Values if self.page.commented => (outer, Taken::All),
            Group::Values => {
                let column = self.page.column.saturating_sub(": ".len());
                (column, if self.bars_in_two_lines(index, column) { Taken::Needed } else { Taken::All })
            }
            Group::Braces if self.is_whole(index) => (outer, Taken::None),
            Group::Braces => (outer + INDENT, Taken::All),
        };
        self.frames.push(Frame { group, indent, taken, lines: self.page.lines });
    }

    /// True if a group fits on the present line, with what stands right behind it.
    fn is_whole(&self, open: usize) -> bool {
        let close = self.map.until(open);
        let inside = self.pieces.get(open..close).unwrap_or_default();
        self.fits(open, self.map.next(close)) && !inside.iter().any(Piece::is_comment)
    }

    /// True if the values of a group need no more than two lines.
    fn bars_in_two_lines(&self, open: usize, indent: usize) -> bool {
        let (mut lines, mut column, mut from) = (1, self.page.column, open);
        while from < self.pieces.len() {
            let next = self.map.next(from);
            let bar = matches!(self.pieces.get(next), Some(Piece::Break(Break::Bar)));
            let until = if bar { self.map.until(next) } else { next };
            let segment = if from == open { self.map.width(from, next) } else { 0 };
            column += segment;
            if !bar {
                break;
            }
            let wide = self.map.width(next, until);
            if column + wide > WIDTH {
                lines += 1;
                column = indent + wide - 1;
            } else {
                column += wide;
            }
            from = next;
        }
        lines <= 2
    }
}
