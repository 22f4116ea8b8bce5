//! The texts of a set: the only owner of file contents.

use std::sync::OnceLock;

use super::Span;
use super::line_index::{LineIndex, Position};

/// A file of one [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(u32);

/// One text with the name it goes by in messages.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    text: String,
    /// Found when they are first asked for: nobody asks about most files.
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// The path as messages show it, with `/` between the parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn index(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// Some whole lines of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lines {
    /// The first byte of the first line.
    pub start: usize,
    /// One past the last byte of the last line, its line end included.
    pub end: usize,
    /// The first line, from 0.
    pub first: usize,
    /// How many there are.
    pub count: usize,
}

impl Source {
    /// Line and column of a byte.
    pub fn start(&self, byte: usize) -> Position {
        self.index().position(&self.text, byte as u32)
    }

    /// The lines from `before` lines above one byte to `after` lines below another. None beyond the text.
    pub fn lines(&self, first_byte: usize, last_byte: usize, before: usize, after: usize) -> Option<Lines> {
        if first_byte > self.text.len() || last_byte > self.text.len() {
            return None;
        }
        let first = self.index().line(first_byte as u32).saturating_sub(before);
        let last = self.index().line(last_byte as u32) + after;
        let start = self.index().start_of(first).unwrap_or(0);
        let end = self.index().start_of(last + 1).unwrap_or(self.text.len());
        let count = last.min(self.index().last()) + 1 - first;
        Some(Lines { start, end, first, count })
    }
}

/// All texts of a set, in the order they were added.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Takes a text in. A leading byte order mark is dropped, so that line 1 starts with its first character.
    /// Texts of 4 GiB and more are cut (offsets are 32 bits); no policy or directory comes near.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let mut text: String = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        if text.len() >= u32::MAX as usize {
            let cut = (0..u32::MAX as usize).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            text.truncate(cut);
        }
        self.files.push(Source { path: path.into().replace('\\', "/"), text, lines: OnceLock::new() });
        FileId(self.files.len() as u32 - 1)
    }

    /// The source of a file. A file of another set has the empty source.
    pub fn source(&self, file: FileId) -> &Source {
        static NONE: Source = Source { path: String::new(), text: String::new(), lines: OnceLock::new() };
        self.files.get(file.0 as usize).unwrap_or(&NONE)
    }

    /// The path of a file as messages show it.
    pub fn path(&self, file: FileId) -> &str {
        self.source(file).path()
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        self.source(file).text()
    }

    /// The text a span covers.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Line and column where a span starts.
    pub fn start(&self, span: Span) -> Position {
        let source = self.source(span.file);
        source.index().position(&source.text, span.start)
    }

    /// Line and column behind the last character of a span.
    pub fn end(&self, span: Span) -> Position {
        let source = self.source(span.file);
        source.index().position(&source.text, span.end)
    }

    /// Every file, in the order it was added.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(index, source)| (FileId(index as u32), source))
    }
}
