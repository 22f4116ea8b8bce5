//! Where a place of an edited text stood before the edit: people have the text that is on disk before them.

use std::collections::HashMap;

use crate::language::Span;

/// The lines of an edited text, and where they come from.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    /// Where it starts in the edited text.
    start: usize,
    /// Where it started before; of a new line, where it is put.
    before: usize,
    is_new: bool,
}

impl Moved {
    /// Compares two texts line by line: what they begin and end with alike, and between that the lines that occur once.
    pub(super) fn between(before: &str, edited: &str) -> Moved {
        let (old, new) = (starts(before), starts(edited));
        let alike = |(a, b): &(&(usize, &str), &(usize, &str))| a.1 == b.1;
        let head = old.iter().zip(&new).take_while(alike).count();
        let tail = old.iter().skip(head).rev().zip(new.iter().skip(head).rev()).take_while(alike).count();
        let mut at_of: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, (_, line)) in old.iter().enumerate().take(old.len() - tail).skip(head) {
            at_of.entry(line).or_default().push(at);
        }
        let (first, last) = (new.len() - tail, old.len() - tail);
        let mut next = head;
        let mut from = |index: usize, line: &str| {
            let known = match index {
                _ if index < head => Some(index),
                _ if index >= first => Some(last + index - first),
                _ => match at_of.get(line).map(Vec::as_slice) {
                    Some([only]) if *only >= next => Some(*only),
                    // A line that occurs often belongs to the one before it.
                    Some(several) => several.contains(&next).then_some(next),
                    None => None,
                },
            };
            let at = known.unwrap_or(next);
            next = if known.is_some() { at + 1 } else { next };
            (old.get(at).map_or(before.len(), |(start, _)| *start), known.is_none())
        };
        let lines = new.iter().enumerate().map(|(index, (start, line))| {
            let (before, is_new) = from(index, line);
            Line { start: *start, before, is_new }
        });
        Moved { lines: lines.collect() }
    }

    /// The place before; None for one on a line that the edit made.
    pub(super) fn back(&self, span: Span) -> Option<Span> {
        let line = self.line(span.start as usize)?;
        let back = |at: u32| at - line.start as u32 + line.before as u32;
        (!line.is_new).then(|| Span { start: back(span.start), end: back(span.end), ..span })
    }

    /// Where the line of a place is put, in the text before.
    pub(super) fn put(&self, span: Span) -> Span {
        let at = self.line(span.start as usize).map_or(0, |line| line.before as u32);
        Span { start: at, end: at, ..span }
    }

    fn line(&self, at: usize) -> Option<&Line> {
        let behind = self.lines.partition_point(|line| line.start <= at);
        self.lines.get(behind.checked_sub(1)?)
    }
}

/// Every line with where it starts.
fn starts(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push((start, line));
        start += line.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Sources;

    /// What stands at the place from which a word of the edited text comes, and whether its line is new.
    fn back(before: &str, edited: &str, word: &str) -> Option<usize> {
        let mut sources = Sources::default();
        let file = sources.add("a", edited);
        let at = edited.find(word).expect("the word");
        Moved::between(before, edited).back(Span::new(file, at, at + word.len())).map(|span| span.start as usize)
    }

    #[test]
    fn lines_keep_their_places_around_edits() {
        let before = "a {\n x\n}\nb {\n y\n}\nc {\n z\n}\n";
        let edited = "a {\n x\n new\n}\nb {\n}\nc {\n z\n more\n}\n";
        for word in ["a", "x", "b", "c", "z"] {
            assert_eq!(back(before, edited, word), before.find(word), "{word}");
        }
        assert_eq!(back(before, edited, "new"), None);
        assert_eq!(back(before, edited, "more"), None);
    }

    #[test]
    fn what_is_new_is_put_where_it_comes() {
        let (before, edited) = ("a\nb\n", "a\nnew\nb\n");
        let mut sources = Sources::default();
        let file = sources.add("a", edited);
        let put = Moved::between(before, edited).put(Span::new(file, 2, 5));
        assert_eq!((put.start, put.end), (2, 2));
    }
}
