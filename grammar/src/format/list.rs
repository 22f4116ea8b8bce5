//! Lists, in every shape they have.

use super::piece::{Break, Group, Piece};
use super::tape::Tape;
use crate::syntax::ast::{Literal, Name};
use crate::text::Spanned;

/// What stands inside of braces on one line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Edges {
    /// Nothing: `{a, b}`.
    Tight,
    /// The same; and the opening brace wants to stay on the line before.
    Marked,
    /// A blank: `{ a, b }`.
    Blank,
}

impl<'a> Tape<'a> {
    /// Parts with commas between, where a line can end.
    pub(super) fn commas<T>(&mut self, parts: &'a [T], one: impl Fn(&mut Self, &'a T)) {
        self.separated(
            parts,
            |tape| {
                tape.close_behind(",");
                tape.line_break(Break::Soft);
            },
            one,
        );
    }

    /// Names with commas between.
    pub(super) fn names(&mut self, names: &'a [Name]) {
        self.commas(names, Self::name);
    }

    /// Parts with `or` between, where a line can end.
    pub(super) fn alternatives<T>(&mut self, parts: &'a [T], one: impl Fn(&mut Self, &'a T)) {
        self.separated(
            parts,
            |tape| {
                tape.line_break(Break::Soft);
                tape.word("or");
            },
            one,
        );
    }

    /// Values with bars between, under the colon before them.
    pub(super) fn values(&mut self, names: &'a [Name]) {
        self.group(Group::Values, |tape| {
            tape.separated(
                names,
                |tape| {
                    tape.line_break(Break::Bar);
                    tape.word("|");
                },
                Self::name,
            );
        });
    }

    /// Parts with commas in braces.
    pub(super) fn braces<T>(&mut self, parts: &'a [T], edges: Edges, one: impl Fn(&mut Self, &'a T)) {
        self.group(Group::Braces, |tape| {
            tape.word("{");
            if edges == Edges::Marked {
                tape.mark();
            }
            let blanks = edges == Edges::Blank && !parts.is_empty();
            tape.line_break(Break::OpenEdge(blanks));
            tape.commas(parts, one);
            tape.line_break(Break::CloseEdge(blanks));
            tape.word("}");
            tape.tidy_braces(parts.is_empty());
        });
    }

    /// Empty braces are no place for a line to end, unless a comment is in them.
    fn tidy_braces(&mut self, empty: bool) {
        let pieces = &mut self.line.pieces;
        let last = pieces.len().saturating_sub(3);
        if empty && pieces.get(last..).is_some_and(|tail| matches!(tail, [Piece::Break(_), Piece::Break(_), _])) {
            pieces.drain(last..last + 2);
        }
    }

    fn separated<T>(&mut self, parts: &'a [T], between: impl Fn(&mut Self), one: impl Fn(&mut Self, &'a T)) {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                between(self);
            }
            one(self, part);
        }
    }

    /// A value.
    pub(super) fn literal(&mut self, literal: &Spanned<Literal>) {
        self.written(literal.span);
    }
}
