//! A policy file in the one layout, and where in it the places of the file are.

use crate::language::{FileId, Span, format, parse};

/// A policy file in the one layout. Layout moves blanks, commas and parentheses; what is between keeps its order, but
/// for parts that may come in any, from the first of which to the last no place is known.
#[derive(Debug)]
pub(super) struct LaidOut {
    text: String,
    /// Where what layout does not move stands, in the file and here.
    letters: [Vec<u32>; 2],
    /// How many of them are in the same order from the beginning on, and back from the end.
    same: [usize; 2],
}

impl LaidOut {
    /// None if it has errors.
    pub(super) fn read(file: FileId, text: &str) -> Option<LaidOut> {
        let laid_out = format(&parse(file, text), text).ok()?;
        let letters = [text, &laid_out].map(letters);
        let [from, to] = &letters;
        let is_same =
            |(one, other): &(&u32, &u32)| text.as_bytes()[**one as usize] == laid_out.as_bytes()[**other as usize];
        let from_start = from.iter().zip(to).take_while(is_same).count();
        let from_end = from.iter().rev().zip(to.iter().rev()).take_while(is_same).count();
        Some(LaidOut { same: [from_start, from_end], text: laid_out, letters })
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where a place of the file is here.
    pub(super) fn place(&self, span: Span) -> Option<Span> {
        let [from, _] = &self.letters;
        let start = from.partition_point(|letter| *letter < span.start);
        let behind = from.partition_point(|letter| *letter < span.end);
        let (first, last) = (self.letter(start)?, self.letter(behind.checked_sub(1)?)?);
        (start < behind).then(|| Span::new(span.file, first, last + 1))
    }

    /// Where the letter of this number in the file stands here.
    fn letter(&self, number: usize) -> Option<usize> {
        let ([from, to], [from_start, from_end]) = (&self.letters, self.same);
        let left = from.len().checked_sub(number)?;
        let number = match number < from_start {
            true => number,
            false if left <= from_end => to.len().checked_sub(left)?,
            false => return None,
        };
        to.get(number).map(|letter| *letter as usize)
    }
}

/// Where the bytes of a text stand that layout does not move.
fn letters(text: &str) -> Vec<u32> {
    let is_moved = |byte: u8| byte.is_ascii_whitespace() || [b',', b'(', b')'].contains(&byte);
    text.bytes().zip(0..).filter(|(byte, _)| !is_moved(*byte)).map(|(_, at)| at).collect()
}
