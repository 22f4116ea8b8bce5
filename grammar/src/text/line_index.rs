//! Byte offsets to lines and columns.

/// A place as people count it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: usize,
}

/// How far apart the marks in a line are, in bytes: so many are counted at most to find a column.
const APART: usize = 1024;

/// The start of every line of one text.
#[derive(Clone, Debug)]
pub(super) struct LineIndex {
    starts: Vec<u32>,
    /// Places within long lines, each with the characters before it in its line. Columns in a line of megabytes would
    /// be counted from its start otherwise, for every finding.
    marks: Vec<(u32, u32)>,
}

impl LineIndex {
    pub(super) fn new(text: &str) -> LineIndex {
        let breaks = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        let starts: Vec<u32> = std::iter::once(0).chain(breaks).collect();
        let ends = starts.iter().skip(1).map(|next| *next as usize).chain([text.len()]);
        let lines = starts.iter().map(|start| *start as usize).zip(ends);
        let long = lines.filter(|(start, end)| end - start > APART);
        let marks = long.flat_map(|(start, end)| marks(text, start, end)).collect();
        LineIndex { starts, marks }
    }

    /// The line, from 0, that holds a byte.
    pub(super) fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The first byte of a line, from 0; None beyond the last one.
    pub(super) fn start_of(&self, line: usize) -> Option<usize> {
        self.starts.get(line).map(|start| *start as usize)
    }

    /// The last line, from 0.
    pub(super) fn last(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    pub(super) fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let mark = self.marks.partition_point(|(at, _)| *at <= offset).checked_sub(1);
        let mark = mark.and_then(|mark| self.marks.get(mark)).filter(|(at, _)| *at >= start);
        let (from, counted) = mark.copied().unwrap_or((start, 0));
        let column = text.get(from as usize..offset as usize).map_or(0, |before| before.chars().count());
        Position { line: line + 1, column: counted as usize + column + 1 }
    }
}

/// The marks of one line.
fn marks(text: &str, start: usize, end: usize) -> Vec<(u32, u32)> {
    let (mut marks, mut from, mut counted) = (Vec::new(), start, 0);
    for (at, _) in text.get(start..end).unwrap_or_default().char_indices() {
        if start + at - from >= APART {
            from = start + at;
            marks.push((from as u32, counted));
        }
        counted += 1;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let text = "ä\r\nbü c\n";
        let index = LineIndex::new(text);
        let at = |needle: &str| index.position(text, text.find(needle).unwrap() as u32);
        assert_eq!(at("ä"), Position { line: 1, column: 1 });
        assert_eq!(at("c"), Position { line: 2, column: 4 });
        assert_eq!(index.position(text, text.len() as u32), Position { line: 3, column: 1 });
    }

    #[test]
    fn columns_of_long_lines_are_those_that_counting_finds() {
        let long = "aü€😀".repeat(700);
        let text = format!("{long}\n{long}\nshort\n{long}");
        let index = LineIndex::new(&text);
        assert!(index.marks.len() > 15, "{}", index.marks.len());
        let (mut line, mut column) = (1, 1);
        for (at, letter) in text.char_indices() {
            assert_eq!(index.position(&text, at as u32), Position { line, column });
            (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
    }
}
