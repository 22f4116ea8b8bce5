//! How wide pieces are, and where their lines could end: found in one walk, whatever their number.

use super::piece::{Break, Piece};

/// What can be known of pieces before any line is.
#[derive(Debug)]
pub(super) struct Map {
    /// The width of everything before each piece, on one line.
    before: Vec<usize>,
    /// For a break, the piece before which its line could end next; for an opening, its close.
    until: Vec<usize>,
    /// For each piece, the next break of any kind behind it.
    next: Vec<usize>,
}

impl Map {
    pub(super) fn new(pieces: &[Piece<'_>], pads: &[usize]) -> Map {
        let end = pieces.len();
        let (mut before, mut until, mut next) = (Vec::with_capacity(end + 1), vec![end; end], vec![end; end]);
        let (mut sum, mut pads) = (0, pads.iter());
        // Breaks whose segment still goes on, the deepest last; those that end at a mark; openings.
        let (mut waiting, mut marked, mut open): (Vec<(usize, usize)>, Vec<usize>, Vec<usize>) = Default::default();
        let mut close = |from: usize, at: usize| {
            if let Some(until) = until.get_mut(from) {
                *until = at;
            }
        };
        for (index, piece) in pieces.iter().enumerate() {
            before.push(sum);
            sum += piece.width() + piece.tab().and_then(|_| pads.next()).copied().unwrap_or(0);
            match piece {
                Piece::Break(kind) => {
                    while waiting.last().is_some_and(|(depth, _)| *depth >= open.len()) {
                        if let Some((_, from)) = waiting.pop() {
                            close(from, index);
                        }
                    }
                    match kind {
                        Break::Tight | Break::TightTab | Break::Rest => marked.push(index),
                        Break::Soft
                        | Break::Apart
                        | Break::Column(_)
                        | Break::Bar
                        | Break::OpenEdge(_)
                        | Break::CloseEdge(_) => {
                            waiting.push((open.len(), index));
                        }
                    }
                }
                Piece::Open(_) => open.push(index),
                Piece::Close => open.pop().map_or((), |from| close(from, index)),
                Piece::Mark => marked.drain(..).for_each(|from| close(from, index)),
                Piece::Comment(_) => {
                    waiting.drain(..).for_each(|(_, from)| close(from, index));
                    marked.drain(..).for_each(|from| close(from, index));
                }
                Piece::Text(_) | Piece::Blank | Piece::Pad(_) | Piece::Tab(_) => {}
            }
        }
        before.push(sum);
        let mut following = end;
        for (index, piece) in pieces.iter().enumerate().rev() {
            if let Some(next) = next.get_mut(index) {
                *next = following;
            }
            if matches!(piece, Piece::Break(_) | Piece::Comment(_)) {
                following = index;
            }
        }
        Map { before, until, next }
    }

    /// The width of pieces on one line.
    pub(super) fn width(&self, from: usize, to: usize) -> usize {
        let before = |index: usize| self.before.get(index).copied().unwrap_or(0);
        before(to).saturating_sub(before(from))
    }

    /// Where the segment of a break ends; the close of an opening.
    pub(super) fn until(&self, index: usize) -> usize {
        self.until.get(index).copied().unwrap_or(index)
    }

    /// The next break or comment of whatever depth.
    pub(super) fn next(&self, index: usize) -> usize {
        self.next.get(index).copied().unwrap_or(index)
    }
}
